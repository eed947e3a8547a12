"""Stretches of days other than the period's own over which a KPI counts: its months, and earlier days."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from appraise.model.calendar import months_of
from appraise.model.period import day_in_words

if TYPE_CHECKING:
    from appraise.model.period import Period

MOST_DAYS = 1_830
"""The longest time, in days, after which an outcome may become known: five years."""

_DAYS = {"day": 1, "week": 7}
_WRITTEN = re.compile(r"([1-9][0-9]{0,3}) (day|week|month)s?", re.ASCII)
_DAY = r"\d{4}-\d\d-\d\d"
_MARK = re.compile(rf"@({_DAY})\.\.({_DAY})(?:\+(.+))?$", re.ASCII)
_MONTHS_IN_YEAR = 12


@dataclass(frozen=True, slots=True)
class Maturity:
    """How long after an event its outcome is known: so many days, or calendar months (just one is set).

    `text` is what stands in the template, `90 days`.
    """

    text: str
    days: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True)
class Window:
    """Days from `start` to `end`, both included, whose rows are counted.

    `after` tells for days before the period how long it takes until the outcome is known (`90 days`); for a month of
    the period it is empty.
    """

    start: date
    end: date
    after: str = ""

    @property
    def mark(self) -> str:
        """What is put behind the name of a measure that is counted over these days; no formula can write it."""
        return f"@{self.start}..{self.end}" + (f"+{self.after}" if self.after else "")

    @property
    def words(self) -> str:
        """`2 Apr 2026 – 2 Jul 2026`."""
        return f"{day_in_words(self.start)} – {day_in_words(self.end)}"


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month of a period, clipped to it: the id (`2026-M07`) and the days."""

    id: str
    start: date
    end: date


def maturity_of(text: str) -> Maturity | None:
    """The time that `90 days`, `13 weeks` or `3 months` says; None for anything else."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    count = int(found[1])
    return Maturity(text, months=count) if found[2] == "month" else Maturity(text, days=count * _DAYS[found[2]])


def months_in(period: Period) -> tuple[Month, ...]:
    """The calendar months of a period, the first and the last clipped to it."""
    return tuple(
        Month(month.id, max(month.start, period.start), min(month.end, period.end)) for month in months_of(period)
    )


def matured(start: date, end: date, maturity: Maturity) -> Window:
    """The days so much earlier, whose outcomes are known by now."""
    if maturity.months:
        return Window(earlier(start, maturity.months), _last_earlier(end, maturity.months), maturity.text)
    back = timedelta(days=maturity.days)
    return Window(start - back, end - back, maturity.text)


def month_before(month: Month) -> Window:
    """The same days of the calendar month before; of a whole month the whole one before."""
    return Window(earlier(month.start, 1), _last_earlier(month.end, 1))


def earlier(day: date, months: int) -> date:
    """The same day so many calendar months before, or the last one of a month that is shorter."""
    year, month = divmod(day.year * _MONTHS_IN_YEAR + day.month - 1 - months, _MONTHS_IN_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _last_earlier(day: date, months: int) -> date:
    """The same, but the last day of a month stays a last day, so that a quarter becomes the quarter before."""
    found = earlier(day, months)
    last = day.day == monthrange(day.year, day.month)[1]
    return found.replace(day=monthrange(found.year, found.month)[1]) if last else found


def without_window(name: str) -> str:
    """The name as a formula writes it: `promises_due` for `promises_due@2026-04-02..2026-07-02+90 days`."""
    return name.partition("@")[0]


def window_of(name: str) -> Window | None:
    """The days over which a name is counted, where they are others than the period's."""
    found = _MARK.search(name)
    if found is None:
        return None
    return Window(date.fromisoformat(found[1]), date.fromisoformat(found[2]), found[3] or "")
