"""Values that are written into an expression."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, cast

from appraise.expr.nodes import Node, Number, Text, YesNo
from appraise.expr.refusals import Refused

if TYPE_CHECKING:
    from appraise.expr.refusals import Spans

LARGEST_NUMBER = 1e15
MOST_TEXT = 200


def literal_of(node: ast.Constant, spans: Spans) -> Node:
    """The number, text, True or False."""
    start, end = spans.of(node)
    value = node.value
    if isinstance(value, bool):
        return YesNo(start, end, value)
    if isinstance(value, int | float):
        if value <= LARGEST_NUMBER:
            return Number(start, end, float(value))
        message, hint = "the number is larger than 1e15", "count in thousands or millions"
        raise Refused(start=start, end=end, code="formula-number", message=message, hint=hint)
    if isinstance(value, str) and len(value) <= MOST_TEXT:
        return Text(start, end, value)
    message, hint = f"the text is longer than {MOST_TEXT} characters", "compare with a shorter one"
    raise Refused(start=start, end=end, code="formula-text", message=message, hint=hint)


def number_of(node: ast.expr, spans: Spans) -> float | None:
    """The number that is written here, which may have a minus; None where it is something else."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = number_of(node.operand, spans) if isinstance(node.operand, ast.Constant) else None
        return None if value is None else -value
    literal = literal_of(node, spans) if isinstance(node, ast.Constant) else None
    return literal.value if isinstance(literal, Number) else None


def options_of(node: ast.expr, spans: Spans) -> tuple[float, ...] | tuple[str, ...] | tuple[bool, ...]:
    """The literals of one kind in `("a", "b")` after `in`."""
    values = [_value_of(each, spans) for each in node.elts] if isinstance(node, ast.Tuple) else []
    if values and None not in values and len({type(value) for value in values}) == 1:
        return cast("tuple[float, ...]", tuple(values))
    start, end = spans.of(node)
    message = "after 'in' there is no list of literals of one kind"
    hint = "write x in ('a', 'b') or x in (1, 2); for a single one x == 'a'"
    raise Refused(start=start, end=end, code="formula-list", message=message, hint=hint)


def _value_of(node: ast.expr, spans: Spans) -> float | str | bool | None:
    if isinstance(node, ast.Constant):
        literal = literal_of(node, spans)
        return literal.value if isinstance(literal, Number | Text | YesNo) else None
    return number_of(node, spans)
