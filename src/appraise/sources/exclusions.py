"""Rows that do not count because another source says so: those of a disputed account, of a closed shop.

They leave every measure of the source, numerator and denominator alike, and are counted.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from appraise.model.problem import Problem
from appraise.sources.assignments import ALWAYS, FOREVER
from appraise.sources.clean.texts import texts_from_typed
from appraise.sources.facts import DATE, PERIOD, Delivery
from appraise.sources.row_filter import kept_rows
from appraise.sources.rule_columns import columns_found

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.model.workspace import LeaveOut
    from appraise.sources.facts import FactTable, Reading

_ROW = "_row"


def without_excluded(
    table: FactTable, tables: Mapping[str, FactTable], reading: Reading
) -> tuple[FactTable, list[Problem]]:
    """The table without the rows that its rule leaves out, which it counts.

    Args:
        table: a table whose source has `leave_out`.
        tables: every source by name; where the one that decides did not arrive, neither did this one.
        reading: has the periods and the functions of `where`.
    """
    rule = table.spec.leave_out
    deciding = tables.get(rule.source) if rule is not None else None
    if rule is None or deciding is None or not table.is_delivered:
        return table, []
    if not deciding.is_delivered:
        return replace(table, frame=table.frame.clear(), status=deciding.status), []
    rule, problems = _in_frames(rule, table, deciding)
    if problems:
        return replace(table, frame=table.frame.clear(), status=Delivery.MISSING), problems
    rows, problems = kept_rows(deciding, rule.where, reading.functions, reading.period)
    numbered = table.frame.with_row_index(_ROW)
    out = _in_force(numbered.select(_ROW, _same(table.frame, rule.same), _day(table, reading)), _spans(rows, rule))
    frame = numbered.join(out, on=_ROW, how="anti", maintain_order="left").drop(_ROW)
    return replace(table, frame=frame, excluded=table.frame.height - frame.height), problems


def _in_frames(rule: LeaveOut, table: FactTable, deciding: FactTable) -> tuple[LeaveOut, list[Problem]]:
    """The rule with the names that its columns have in the two frames; a problem for each that is not there."""
    named = {key: (deciding, getattr(rule, key)) for key in ("same_there", "first_day", "last_day")}
    named["same"] = (table, rule.same)
    found, absent = columns_found(named)
    place, thing = table.spec.places.get("leave_out") or table.spec.place, f"source '{table.spec.name}'"
    problems = [
        Problem(
            place,
            code="leave-out-column-missing",
            message=f"{thing}: 'leave_out' needs the column '{one.name}' of '{one.source}'",
            hint=one.hint or "correct the name under leave_out:",
        )
        for one in absent
    ]
    changes: dict[str, Any] = dict(found)
    return replace(rule, **changes), problems


def _same(frame: pl.DataFrame, column: str) -> pl.Series:
    return texts_from_typed(frame[column]).alias("_same")


def _day(table: FactTable, reading: Reading) -> pl.Expr:
    """The day of a row: of an event its own, of a table's row the last day of the period that it is about."""
    if table.spec.date or table.spec.months_in_columns:
        return pl.col(DATE).dt.date().alias("_day")
    last = pl.lit(reading.period.end)
    if PERIOD in table.frame.columns:
        before = pl.col(PERIOD) == reading.previous.id
        last = pl.when(before).then(pl.lit(reading.previous.end)).otherwise(last)
    return last.alias("_day")


def _spans(rows: pl.DataFrame, rule: LeaveOut) -> pl.DataFrame:
    """What is left out, and from which day to which."""
    first = pl.col(rule.first_day).cast(pl.Date) if rule.first_day else pl.lit(None, pl.Date)
    last = pl.col(rule.last_day).cast(pl.Date) if rule.last_day else pl.lit(None, pl.Date)
    return rows.select(
        _same(rows, rule.same_there), first.fill_null(ALWAYS).alias("_first"), last.fill_null(FOREVER).alias("_last")
    )


def _in_force(rows: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """The numbers of the rows that one of the spans covers."""
    met = rows.drop_nulls("_same").join(spans.unique(), on="_same")
    return met.filter(pl.col("_day").is_between("_first", "_last")).select(_ROW).unique()
