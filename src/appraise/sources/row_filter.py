"""The rows of a table that a `where` keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.columns import bind
from appraise.expr.formula import parse
from appraise.expr.kinds import kind_of
from appraise.model.kinds import Kind
from appraise.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.expr.functions import Functions
    from appraise.model.expression import Expression
    from appraise.model.period import Period
    from appraise.sources.facts import FactTable


def kinds_in(frame: pl.DataFrame) -> dict[str, Kind]:
    """The kind of every column that an expression may name."""
    return {
        name: _kind(dtype)
        for name, dtype in frame.schema.items()
        if not name.startswith("_") and not name.endswith("!")
    }


def kept_rows(
    table: FactTable, where: Expression | None, functions: Functions, period: Period
) -> tuple[pl.DataFrame, list[Problem]]:
    """The rows for which `where` holds; a filter that is missing drops the row, which a warning counts."""
    if where is None:
        return table.frame, []
    frame = table.frame.with_columns(period_start=pl.lit(period.start), period_end=pl.lit(period.end))
    test, problems = bound(where, kinds_in(frame), functions, Kind.YES_NO)
    if test is None:
        return table.frame, problems
    tested = frame.select(test.alias("kept"))["kept"]
    if undecided := tested.null_count():
        problems.append(
            Problem(
                where.place,
                code="filter-undecided",
                message=f"source '{table.spec.name}': {undecided} rows are left out: a cell of the filter is blank",
                hint="fill the cells, or say what a blank means with missing(...)",
                severity=Severity.WARNING,
            )
        )
    return table.frame.filter(tested.fill_null(value=False)), problems


def bound(
    expression: Expression, kinds: Mapping[str, Kind], functions: Functions, wanted: Kind
) -> tuple[pl.Expr | None, list[Problem]]:
    """The expression as a column of the wanted kind, or None with the problems that say why not."""
    formula, problems = parse(expression, functions)
    if formula is None:
        return None, problems
    report = kind_of(formula, kinds, wanted)
    if report.problems:
        return None, [*problems, *report.problems]
    return bind(formula, kinds).value, problems


def _kind(dtype: pl.DataType) -> Kind:
    if dtype == pl.Boolean:
        return Kind.YES_NO
    if dtype == pl.String:
        return Kind.TEXT
    return Kind.DATE if dtype.is_temporal() else Kind.NUMBER
