"""Tables that hold several periods, each row naming its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from appraise.model.calendar import period_named
from appraise.sources.facts import DATE, PERIOD
from appraise.sources.rejects import rejected

if TYPE_CHECKING:
    from datetime import date

    from appraise.sources.facts import Reading

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_NAMES = pl.Schema({"_written": pl.String(), PERIOD: pl.String(), "_starts": pl.Date()})


def with_periods(frame: pl.DataFrame, column: str, reading: Reading) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows with `_period` and, as `_date`, the first day of the period they name; and the rejected rows.

    `_period` is the appraised or the previous period where the named one lies inside it, else the named one.
    """
    names = [
        (written, *_period(written, reading)) for written in frame[column].drop_nulls().unique(maintain_order=True)
    ]
    table = pl.DataFrame(names, schema=_NAMES, orient="row")
    rows = frame.join(table, left_on=column, right_on="_written", how="left", maintain_order="left")
    known = pl.col(PERIOD).is_not_null()
    blank = rejected(rows.filter(pl.col(column).is_null()), f"it has no period in '{column}'")
    says = pl.format("'{}' is no period, write 2026-Q3, 2026-M07 or 2026", column)
    strange = rejected(rows.filter(pl.col(column).is_not_null() & ~known), says)
    dated = rows.filter(known).with_columns(pl.col("_starts").cast(pl.Datetime("us")).alias(DATE)).drop("_starts")
    return dated, pl.concat([blank, strange])


def _period(written: str, reading: Reading) -> tuple[str | None, date | None]:
    period = period_named(reading.calendar, _MONTH.sub(r"\1-M\2", written))
    if period is None:
        return None, None
    for whole in (reading.period, reading.previous):
        if whole.start <= period.start and period.end <= whole.end:
            return whole.id, period.start
    return period.id, period.start
