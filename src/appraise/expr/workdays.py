"""Counting the days that are worked between two days."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from datetime import date, datetime

_DAYS_IN_WEEK = 7


@dataclass(frozen=True, slots=True)
class Workdays:
    """Which days are worked: weekday numbers with Monday 0, at least one, less the holidays."""

    weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    holidays: frozenset[date] = field(default_factory=frozenset)


def working_days_between(workdays: Workdays, first: datetime, last: datetime) -> float:
    """Working days after the first day up to and including the last; negative where the last day is earlier.

    From Friday to the Monday after is 1, from Saturday to that Monday 1, within one day 0.
    """
    rested = _rested(workdays)
    return float(_worked_until(workdays, rested, last.toordinal()) - _worked_until(workdays, rested, first.toordinal()))


def working_days_between_column(workdays: Workdays, first: pl.Expr, last: pl.Expr) -> pl.Expr:
    """The same for Datetime columns."""
    start, end = first.dt.date() + pl.duration(days=1), last.dt.date() + pl.duration(days=1)
    counted = pl.when(start <= end).then(_counted(workdays, start, end)).otherwise(-_counted(workdays, end, start))
    return counted.cast(pl.Float64)


def _counted(workdays: Workdays, start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """Working days from start to end, the end not included; both Date, in order."""
    mask = [weekday in workdays.weekdays for weekday in range(_DAYS_IN_WEEK)]
    return pl.business_day_count(start, end, week_mask=mask, holidays=sorted(workdays.holidays))


def _worked_until(workdays: Workdays, rested: list[int], day: int) -> int:
    """Working days from the first Monday there is (ordinal 1) to that ordinal day, included."""
    weeks, rest = divmod(day, _DAYS_IN_WEEK)
    tail = sum(weekday in workdays.weekdays for weekday in range(rest))
    return weeks * len(workdays.weekdays) + tail - bisect_right(rested, day)


def _rested(workdays: Workdays) -> list[int]:
    """The ordinals of the holidays on which people would otherwise work."""
    return sorted(day.toordinal() for day in workdays.holidays if day.weekday() in workdays.weekdays)
