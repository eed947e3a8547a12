"""Expressions for tests: read with the language's functions, at a fixed place."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from appraise.expr.arithmetic import SEVERITY
from appraise.expr.columns import bind
from appraise.expr.formula import Formula, parse
from appraise.expr.functions import Functions
from appraise.expr.numbers import Outcome, evaluate
from appraise.model.expression import Expression
from appraise.model.kinds import Fault, Kind, Value
from appraise.model.place import Place
from appraise.model.problem import Problem

PLACE = Place("role.yaml", 12, 18)
FAULTS = {code: fault for fault, code in SEVERITY.items()}


def read(text: str, functions: Functions | None = None) -> tuple[Formula | None, list[Problem]]:
    """What parsing gives."""
    return parse(Expression(text, PLACE), functions or Functions())


def formula(text: str, functions: Functions | None = None) -> Formula:
    """The formula of a text that is right."""
    found, problems = read(text, functions)
    assert problems == []
    assert found is not None
    return found


def outcome(text: str, functions: Functions | None = None, **values: Value) -> Outcome:
    """The outcome in plain numbers; a name with a dot is written with two underscores."""
    return evaluate(formula(text, functions), {name.replace("__", "."): value for name, value in values.items()})


def column(text: str, frame: pl.DataFrame, kinds: Mapping[str, Kind] | None = None) -> list[tuple[Value, Fault]]:
    """The values and faults over columns."""
    bound = bind(formula(text), kinds or {})
    found = frame.select(value=bound.value, fault=bound.fault)
    return [(value, FAULTS[fault]) for value, fault in found.iter_rows()]
