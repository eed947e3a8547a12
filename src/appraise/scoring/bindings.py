"""Measures made ready for the columns that a source really has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from appraise.documents.suggest import did_you_mean
from appraise.expr.columns import bind
from appraise.expr.formula import parse
from appraise.expr.kinds import kind_of
from appraise.model.kinds import Kind
from appraise.model.naming import snake_case
from appraise.model.problem import Problem
from appraise.scoring.windows import is_log

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.expr.functions import Functions
    from appraise.model.expression import Expression
    from appraise.model.workspace import MeasureSpec
    from appraise.scoring.ports import Facts

UNREADABLE = "!"
"""The column `x!` is true where the cell of `x` could not be read."""

_NEEDS = {"sum": Kind.NUMBER, "mean": Kind.NUMBER}
_ANY_KIND = frozenset({"min", "max", "latest", "earliest"})


@dataclass(frozen=True, slots=True)
class BoundMeasure:
    """A measure over the columns of its source.

    `value` is what a row brings (None for `count`; for `custom` true in the rows that have the columns it needs),
    `keeps` whether `where` holds, null where a cell it needs is missing (None: every row is kept). `doubts` are the
    columns that mark unreadable cells. `per` is the column of `first_per` or `last_per`. `kind` is that of the result.
    `of_log` tells a log of events from a table. With `alone` a group has to have just one row.
    """

    spec: MeasureSpec
    value: pl.Expr | None
    keeps: pl.Expr | None
    doubts: tuple[str, ...]
    kind: Kind
    of_log: bool
    alone: bool = False

    @property
    def tests_rows(self) -> bool:
        """Whether some rows may not count."""
        return self.keeps is not None or self.per is not None

    @property
    def per(self) -> str | None:
        """The column of which only the first or last row counts."""
        named = self.spec.first_per or self.spec.last_per
        return snake_case(named) if named else None


@dataclass(frozen=True, slots=True)
class _Column:
    """An expression over a source's columns, with the names it reads."""

    column: pl.Expr
    kind: Kind
    names: frozenset[str]


def bound_measure(
    spec: MeasureSpec, facts: Facts, functions: Functions, *, alone: bool = False
) -> tuple[BoundMeasure | None, list[Problem]]:
    """The measure over the columns of its source, or None with the problems that say why it cannot be computed."""
    schema = facts.frame.schema
    kinds = kinds_of(schema) | {"period_start": Kind.DATE, "period_end": Kind.DATE}
    per = spec.first_per or spec.last_per
    problems = [] if per is None or snake_case(per) in kinds else [_no_column(spec, per, kinds)]
    problems += [_no_column(spec, read.column, kinds) for read in spec.reads if read.column not in kinds]
    value, found = _bound(_row_value(spec), kinds, functions, _NEEDS.get(spec.aggregate))
    keeps, more = _bound(spec.where, kinds, functions, Kind.YES_NO)
    problems += [*found, *more]
    if problems:
        return None, problems
    names = {name for part in (value, keeps) if part for name in part.names} | {read.column for read in spec.reads}
    doubts = tuple(sorted(f"{name}{UNREADABLE}" for name in names if f"{name}{UNREADABLE}" in schema))
    kind = value.kind if value and spec.aggregate in _ANY_KIND else Kind.NUMBER
    column, test = (part.column if part else None for part in (value, keeps))
    column = _whole(spec, doubts) if spec.reads else column
    return BoundMeasure(spec, column, test, doubts, kind, is_log(facts.spec), alone), []


def kinds_of(schema: pl.Schema) -> dict[str, Kind]:
    """The kind of every column that an expression may name."""
    return {name: _kind(dtype) for name, dtype in schema.items() if name[0] != "_" and not name.endswith(UNREADABLE)}


def _row_value(spec: MeasureSpec) -> Expression | None:
    return None if spec.aggregate in {"count", "custom"} else spec.expression


def _whole(spec: MeasureSpec, doubts: tuple[str, ...]) -> pl.Expr:
    """True in the rows that have all a plugin's measure needs, else null; an unreadable cell is no blank one."""
    needed = [pl.col(read.column).is_not_null() for read in spec.reads if read.needed]
    readable = [~pl.col(mark).fill_null(value=False) for mark in doubts]
    return pl.when(pl.all_horizontal(pl.lit(value=True), *needed, *readable)).then(pl.lit(value=True))


def _bound(
    expression: Expression | None, kinds: Mapping[str, Kind], functions: Functions, wanted: Kind | None
) -> tuple[_Column | None, list[Problem]]:
    """An expression as a column of the source; None where there is none or it does not fit."""
    if expression is None:
        return None, []
    formula, problems = parse(expression, functions)
    if formula is None:
        return None, problems
    report = kind_of(formula, kinds, wanted)
    if report.problems:
        return None, [*problems, *report.problems]
    return _Column(bind(formula, kinds).value, report.kind or Kind.NUMBER, formula.names), problems


def _kind(dtype: pl.DataType) -> Kind:
    if dtype == pl.Boolean:
        return Kind.YES_NO
    if dtype == pl.String:
        return Kind.TEXT
    return Kind.DATE if dtype.is_temporal() else Kind.NUMBER


def _no_column(spec: MeasureSpec, name: str, kinds: Mapping[str, Kind]) -> Problem:
    return Problem(
        spec.place,
        code="measure-column-missing",
        message=f"measure '{spec.name}': source '{spec.source}' has no column '{name}'",
        hint=did_you_mean(name, kinds) or "write the name of a column",
    )
