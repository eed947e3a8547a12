"""Targets as they are written, in one form: which target, for whom, from when to when, how much, for how long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from appraise.documents.suggest import did_you_mean
from appraise.model.kinds import Kind
from appraise.model.naming import snake_case
from appraise.model.problem import Problem
from appraise.sources.assignments import ALWAYS, FOREVER
from appraise.sources.facts import DATE, FILE, LINE, PERIOD, PERSON, TEAM
from appraise.sources.row_filter import bound, kinds_in
from appraise.sources.row_places import place_of, rows_named
from appraise.sources.target_scopes import SCOPES, WORDS, with_scopes_read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    from appraise.expr.functions import Functions
    from appraise.model.period import Period
    from appraise.model.workspace import TargetSpec
    from appraise.sources.facts import FactTable

PERS = ("month", "period", "day", "rate")
"""What one value covers. The first three are amounts, which shrink with availability; a rate stays as it is."""

ROW_SCHEMA = {
    "target": pl.String,
    "scope": pl.String,
    "of": pl.String,
    "start": pl.Date,
    "end": pl.Date,
    "value": pl.Float64,
    "per": pl.String,
    FILE: pl.String,
    LINE: pl.Int64,
}
"""A target row; a `value` that is unreadable or negative is null: the row is in force and of no use."""

_MOST_PROBLEMS = 50


def target_rows(
    spec: TargetSpec, table: FactTable, period: Period, functions: Functions
) -> tuple[pl.DataFrame, list[Problem]]:
    """The rows of a sheet of one target, or of a register of many, that are in force on some day of the period."""
    rows, problems = (_of_register if spec.columns else _of_sheet)(spec, table, period, functions)
    if rows is None:
        return pl.DataFrame(schema=ROW_SCHEMA), problems
    here = rows.filter((pl.col("start") <= period.end) & (pl.col("end") >= period.start))
    sound, more = _sound(spec, here)
    return sound, [*problems, *more]


def targets_named(spec: TargetSpec, table: FactTable) -> list[str]:
    """The names of the targets in a register, those of other periods too; of a sheet its own."""
    column = _column(spec, "target")
    if not spec.columns or column not in table.frame.columns:
        return [spec.name, *spec.ramp, *spec.weighted_by]
    return table.frame[column].cast(pl.String).drop_nulls().unique(maintain_order=True).to_list()


def _of_sheet(
    spec: TargetSpec, table: FactTable, period: Period, functions: Functions
) -> tuple[pl.DataFrame | None, list[Problem]]:
    """A sheet with the target of one person (or team) in each row, or in each row and month."""
    value, problems = _value(spec, table, period, functions)
    if value is None:
        return None, problems
    frame = table.frame.with_columns(period_start=pl.lit(period.start), period_end=pl.lit(period.end))
    if PERIOD in frame.columns:
        frame = frame.filter(pl.col(PERIOD) == period.id)
    per = "month" if table.spec.months_in_columns and spec.per == "period" else spec.per
    owner = next((name for name in (PERSON, TEAM) if name in frame.columns), None)
    start, end = _covered(per, frame, period)
    return frame.select(
        pl.lit(spec.name).alias("target"),
        pl.lit({PERSON: "person", TEAM: "team", None: "company"}[owner]).alias("scope"),
        (pl.col(owner) if owner else pl.lit("")).alias("of"),
        start.alias("start"),
        end.alias("end"),
        value.alias("value"),
        pl.lit(per).alias("per"),
        _unreadable(spec, frame).alias("unreadable"),
        FILE,
        LINE,
    ), problems


def _of_register(
    spec: TargetSpec, table: FactTable, period: Period, functions: Functions
) -> tuple[pl.DataFrame | None, list[Problem]]:
    """A register with the target, the scope and the span of days in each row."""
    value, problems = _value(spec, table, period, functions)
    frame = table.frame.with_columns(period_start=pl.lit(period.start), period_end=pl.lit(period.end))
    absent = [key for key in ("target", "scope", "of") if _column(spec, key) not in frame.columns]
    problems += [_no_column(spec, table, key) for key in absent]
    if value is None or absent:
        return None, problems

    def text(key: str, otherwise: str) -> pl.Expr:
        column = _column(spec, key)
        known = pl.col(column).cast(pl.String) if column in frame.columns else pl.lit(None, dtype=pl.String)
        return known.fill_null(otherwise)

    def day(key: str, otherwise: date) -> pl.Expr:
        column = _column(spec, key)
        known = pl.col(column).cast(pl.Date, strict=False) if column in frame.columns else pl.lit(None, dtype=pl.Date)
        return known.fill_null(otherwise)

    rows = frame.select(
        text("target", "").alias("target"),
        text("scope", "").alias("scope"),
        text("of", "").alias("of"),
        day("from", ALWAYS).alias("start"),
        day("to", FOREVER).alias("end"),
        value.alias("value"),
        text("per", spec.per).str.to_lowercase().alias("per"),
        _unreadable(spec, frame).alias("unreadable"),
        FILE,
        LINE,
    )
    return with_scopes_read(rows), problems


def _value(
    spec: TargetSpec, table: FactTable, period: Period, functions: Functions
) -> tuple[pl.Expr | None, list[Problem]]:
    """The amount as a column: the declared expression, or the register's column."""
    if spec.value is not None:
        frame = table.frame.with_columns(period_start=pl.lit(period.start), period_end=pl.lit(period.end))
        return bound(spec.value, kinds_in(frame), functions, Kind.NUMBER)
    if _column(spec, "value") not in table.frame.columns:
        return None, [_no_column(spec, table, "value")]
    return pl.col(_column(spec, "value")).cast(pl.Float64, strict=False), []


def _unreadable(spec: TargetSpec, frame: pl.DataFrame) -> pl.Expr:
    """Whether a cell of the row that the amount needs could not be read."""
    written = {_column(spec, "value"), *re.findall(r"\w+", spec.value.text if spec.value else "")}
    marks = [f"{name}!" for name in sorted(written) if f"{name}!" in frame.columns]
    return pl.any_horizontal(pl.col(mark).fill_null(value=False) for mark in marks) if marks else pl.lit(value=False)


def _covered(per: str, frame: pl.DataFrame, period: Period) -> tuple[pl.Expr, pl.Expr]:
    """The days on which a sheet's row is in force: its month or day where it has a date, else always."""
    if DATE not in frame.columns or (PERIOD in frame.columns and per != "month"):
        return pl.lit(ALWAYS), pl.lit(FOREVER)
    day = pl.col(DATE).cast(pl.Date)
    if per == "month":
        return day.dt.month_start(), day.dt.month_end()
    if per == "day":
        return day, day
    inside = day.is_between(period.start, period.end)
    return pl.when(inside).then(pl.lit(ALWAYS)).otherwise(day), pl.when(inside).then(pl.lit(FOREVER)).otherwise(day)


def _sound(spec: TargetSpec, rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Problem]]:
    """The rows that say something, with a problem for each that says it wrongly."""
    unknown = ~pl.col("scope").is_in(SCOPES)
    strange = ~pl.col("per").is_in(PERS)
    negative = pl.col("value") < 0
    problems = [
        *_unknown_scope(spec, rows.filter(unknown)),
        *_unknown_per(spec, rows.filter(strange)),
        *[_negative(row) for row in rows.filter(negative).head(_MOST_PROBLEMS).iter_rows(named=True)],
    ]
    kept = rows.filter(~unknown & ~strange & (pl.col("value").is_not_null() | pl.col("unreadable")))
    return kept.with_columns(pl.when(~negative).then(pl.col("value"))).select(*ROW_SCHEMA), problems


def _unknown_scope(spec: TargetSpec, rows: pl.DataFrame) -> list[Problem]:
    """One problem for each scope that is not known, at its first row."""
    return [
        Problem(
            place_of(group.row(0, named=True)),
            code="unknown-scope",
            message=f"target '{spec.name}': '{word}' is no scope ({rows_named(group[LINE].to_list())})",
            hint=did_you_mean(str(word), WORDS) or f"write one of {', '.join(SCOPES)}",
        )
        for (word,), group in rows.group_by(["scope"], maintain_order=True)
    ]


def _unknown_per(spec: TargetSpec, rows: pl.DataFrame) -> list[Problem]:
    """One problem for each word that does not tell what an amount covers, at its first row."""
    return [
        Problem(
            place_of(group.row(0, named=True)),
            code="unknown-per",
            message=f"target '{spec.name}': '{word}' is no span of time ({rows_named(group[LINE].to_list())})",
            hint=did_you_mean(str(word), PERS) or f"write one of {', '.join(PERS)}",
        )
        for (word,), group in rows.group_by(["per"], maintain_order=True)
    ]


def _negative(row: Mapping[str, Any]) -> Problem:
    return Problem(
        place_of(row),
        code="negative-target",
        message=f"target '{row['target']}': the target of {row['scope']} '{row['of']}' is negative ({row['value']:g})",
        hint="write 0 or more; until then those it is for have no target",
        person=row["of"] if row["scope"] == "person" else None,
    )


def _column(spec: TargetSpec, key: str) -> str:
    return snake_case(spec.columns.get(key, key))


def _no_column(spec: TargetSpec, table: FactTable, key: str) -> Problem:
    known = [name for name in table.frame.columns if name[0] != "_"]
    return Problem(
        spec.place,
        code="target-column-missing",
        message=f"target '{spec.name}': source '{spec.source}' has no column '{_column(spec, key)}' for '{key}'",
        hint=did_you_mean(_column(spec, key), known) or "name the column under the target's columns:",
    )
