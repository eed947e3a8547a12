"""Which rows of a source belong to a period."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from datetime import date

    from appraise.model.period import Period
    from appraise.model.workspace import SourceSpec
    from appraise.scoring.ports import Facts

PERSON = "_person"
TEAM = "_team"
DATE = "_date"
PERIOD = "_period"
FILE = "_file"
LINE = "_line"

_SOON = timedelta(days=6)


def is_log(spec: SourceSpec) -> bool:
    """Whether the source is a log of events; a table has one row per person instead."""
    return bool(spec.date)


def rows_in(facts: Facts, period: Period, *, up_to_end: bool, current: bool) -> pl.DataFrame:
    """The rows of the period, or with `up_to_end` all rows up to its end.

    A table without dates or periods tells of the appraised period only (`current`). `period_start` and `period_end` are
    added for the expressions.
    """
    frame = facts.frame
    if PERIOD in frame.columns and not up_to_end:
        frame = frame.filter(pl.col(PERIOD) == period.id)
    elif DATE in frame.columns:
        ends = pl.col(DATE) < _midnight(period.end + timedelta(days=1))
        frame = frame.filter(ends if up_to_end else ends & (pl.col(DATE) >= _midnight(period.start)))
    elif not current:
        frame = frame.clear()
    return frame.with_columns(
        pl.lit(period.start, dtype=pl.Date).alias("period_start"), pl.lit(period.end, dtype=pl.Date).alias("period_end")
    )


def reaches_back_to(facts: Facts, period: Period, *, soon: bool = False) -> bool:
    """Whether a log began by the period's end, or with `soon` within its first seven days.

    Otherwise no rows in it mean no data, not nothing done.
    """
    if not is_log(facts.spec):
        return True
    first = facts.frame.select(pl.col(DATE).min()).item()
    by = min(period.end, period.start + _SOON) if soon else period.end
    return first is not None and first < _midnight(by + timedelta(days=1))


def in_order(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows by time, then as they stand in their files."""
    return frame.sort([name for name in (DATE, FILE, LINE) if name in frame.columns], maintain_order=True)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
