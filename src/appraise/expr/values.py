"""Plain values as the language knows them."""

from __future__ import annotations

import math
from datetime import date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from appraise.expr import nodes
from appraise.model.kinds import Fault, Kind

if TYPE_CHECKING:
    from appraise.model.kinds import Value

NO_KIND = ""
"""The kind of a step whose name is missing: nothing tells it."""

_KINDS = {
    bool: Kind.YES_NO.value,
    float: Kind.NUMBER.value,
    str: Kind.TEXT.value,
    datetime: Kind.DATE.value,
}

_GIVES = (
    (nodes.Number | nodes.Arithmetic | nodes.Negative | nodes.Power | nodes.Rounded | nodes.Interpolation, Kind.NUMBER),
    (nodes.YesNo | nodes.Comparison | nodes.Membership | nodes.Logic | nodes.Not | nodes.Missing, Kind.YES_NO),
    (nodes.Text, Kind.TEXT),
)


class Result(NamedTuple):
    """A value or its fault."""

    value: Value
    fault: Fault = Fault.NONE


def plain(value: Value) -> Value:
    """The value as the language knows it: numbers as float, dates as naive datetime."""
    if isinstance(value, bool | str) or type(value) is float:
        return value
    if isinstance(value, float | int):
        return _as_float(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return datetime.combine(value, time()) if isinstance(value, date) else None


def _as_float(value: float) -> float:
    """The number as float; whole numbers come as int, too."""
    try:
        return float(value)
    except OverflowError:
        return math.inf


def finite(value: Value) -> Result:
    """The value, missing where it is a number that is not finite."""
    if isinstance(value, float) and not math.isfinite(value):
        return Result(None, Fault.NOT_FINITE)
    return Result(value)


def kind_of_value(value: Value) -> str:
    """The kind of a value that went through `plain`, `NO_KIND` of a missing one."""
    return _KINDS.get(type(value), NO_KIND)


def kind_of_node(node: nodes.Node) -> str:
    """The kind of what the node gives, where its type tells."""
    if isinstance(node, nodes.Call):
        return node.function.gives.value
    if isinstance(node, nodes.Choice | nodes.FirstKnown):
        known = (kind_of_node(part) for part in node.parts if part is not getattr(node, "test", None))
        return next(filter(None, known), NO_KIND)
    return next((kind.value for types, kind in _GIVES if isinstance(node, types)), NO_KIND)
