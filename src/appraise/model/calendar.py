"""How a company cuts time: the period of a name, the one before it, its months and its working days."""

from __future__ import annotations

import re
from datetime import MAXYEAR, date, timedelta
from typing import TYPE_CHECKING

from appraise.model.period import Period
from appraise.model.problem import Problem

if TYPE_CHECKING:
    from appraise.model.period import Calendar
    from appraise.model.place import Place

MONTHS_OF: dict[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""How many months each rhythm of `appraise_every` spans."""

_LETTERS = {"month": "M", "quarter": "Q", "half": "H", "year": ""}
_SHAPE = re.compile(
    r"(?P<year>(?:19|2\d)\d\d)(?:-(?:M(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|H(?P<half>[12])))?", re.ASCII
)
_MONTHS_IN_YEAR = 12
_DAYS_IN_WEEK = 7


def period_named(calendar: Calendar, name: str) -> Period | None:
    """The period with this id, or None where the calendar has none of that name.

    A calendar of dated periods knows its own names only. Any other knows `2026-M07`, `2026-Q3`, `2026-H1` and `2026`,
    whatever its rhythm. Quarters and halves count from `year_starts`; a month is always the calendar month.
    """
    if calendar.dated:
        return next((period for period in calendar.dated if period.id == name), None)
    shape = _SHAPE.fullmatch(name)
    if shape is None:
        return None
    year = int(shape["year"])
    if shape["month"]:
        return _span(name, year * _MONTHS_IN_YEAR + int(shape["month"]) - 1, 1)
    first = _first_month(calendar, year)
    if shape["quarter"]:
        return _span(name, first + (int(shape["quarter"]) - 1) * MONTHS_OF["quarter"], MONTHS_OF["quarter"])
    if shape["half"]:
        return _span(name, first + (int(shape["half"]) - 1) * MONTHS_OF["half"], MONTHS_OF["half"])
    return _span(name, first, _MONTHS_IN_YEAR)


def period_of(calendar: Calendar, day: date) -> Period | None:
    """The period of the calendar's rhythm that holds the day; None where a list of dated periods has a hole there."""
    if calendar.dated:
        return next((period for period in calendar.dated if day in period), None)
    return _period_at(calendar, calendar.appraise_every, day)


def period_before(calendar: Calendar, period: Period) -> Period:
    """The period of the same length before this one.

    Before the first of a list of dated periods it is as many days as that one has, named `before <id>`.
    """
    if calendar.dated:
        earlier = [other for other in calendar.dated if other.end < period.start]
        return earlier[-1] if earlier else _as_long_before(period)
    shape = _SHAPE.fullmatch(period.id)
    if shape is None:
        return _as_long_before(period)
    rhythm = next((word for word in ("month", "quarter", "half") if shape[word]), "year")
    return _period_at(calendar, rhythm, period.start - timedelta(days=1))


def last_full_period(calendar: Calendar, today: date) -> Period | None:
    """The last period that ended before today; None where every dated period is still to end."""
    if calendar.dated:
        return next((period for period in reversed(calendar.dated) if period.end < today), None)
    return period_before(calendar, _period_at(calendar, calendar.appraise_every, today))


def period_asked(
    calendar: Calendar, name: str | None, today: date, place: Place
) -> tuple[Period | None, list[Problem]]:
    """The period a request is about: the one named, or without a name the last full one before today.

    Args:
        calendar: the company's calendar.
        name: an id as the user wrote it, or None.
        today: the day of the request in the company's time zone.
        place: where the name was written, for the problem.
    """
    if name is None:
        last = last_full_period(calendar, today)
        if last is not None:
            return last, []
        message = f"calendar: no dated period ends before {today}"
        return None, [Problem(place, code="no-full-period", message=message, hint="name one with --period")]
    named = period_named(calendar, name)
    if named is not None:
        return named, []
    message = f"period '{name}': there is no such period in this calendar"
    return None, [Problem(place, code="unknown-period", message=message, hint=accepted_names(calendar))]


def accepted_names(calendar: Calendar) -> str:
    """What a period may be called, in words for a hint."""
    if calendar.dated:
        return f"the calendar's file has {_few(calendar.dated)}"
    return "write 2026-M07 for a month, 2026-Q3 for a quarter, 2026-H1 for a half-year or 2026 for a year"


def months_of(period: Period) -> tuple[Period, ...]:
    """The whole calendar months that the period touches, in order; the first and last may reach beyond it."""
    first, last = _month_number(period.start), _month_number(period.end)
    return tuple(_month(number) for number in range(first, last + 1))


def is_working_day(calendar: Calendar, day: date, site: str = "") -> bool:
    """Whether people of the site work on the day."""
    return (
        day.weekday() in calendar.workdays
        and (day, "") not in calendar.holidays
        and (not site or (day, site) not in calendar.holidays)
    )


def working_days(calendar: Calendar, start: date, end: date, site: str = "") -> int:
    """How many days from start to end, both included, people of the site work; 0 where end is before start."""
    length = (end - start).days + 1
    if length <= 0:
        return 0
    weeks, rest = divmod(length, _DAYS_IN_WEEK)
    tail = sum((start.weekday() + offset) % _DAYS_IN_WEEK in calendar.workdays for offset in range(rest))
    return weeks * len(calendar.workdays) + tail - len(_rest_days(calendar, start, end, site))


def _rest_days(calendar: Calendar, start: date, end: date, site: str) -> set[date]:
    """The holidays of the site that would otherwise be worked."""
    return {
        day
        for day, where in calendar.holidays
        if start <= day <= end and where in {"", site} and day.weekday() in calendar.workdays
    }


def _first_month(calendar: Calendar, year: int) -> int:
    """The running number of the first month of the year called `year`."""
    starts_before = calendar.year_named_by == "end" and calendar.year_starts > 1
    return (year - starts_before) * _MONTHS_IN_YEAR + calendar.year_starts - 1


def _period_at(calendar: Calendar, rhythm: str, day: date) -> Period:
    """The period of that rhythm which holds the day."""
    number = _month_number(day)
    if rhythm == "month":
        return _month(number)
    span = MONTHS_OF[rhythm]
    years, month = divmod(number - (calendar.year_starts - 1), _MONTHS_IN_YEAR)
    year = years + (calendar.year_named_by == "end" and calendar.year_starts > 1)
    part = month // span
    name = f"{year}-{_LETTERS[rhythm]}{part + 1}" if _LETTERS[rhythm] else f"{year}"
    return _span(name, number - month % span, span)


def _month_number(day: date) -> int:
    return day.year * _MONTHS_IN_YEAR + day.month - 1


def _month(number: int) -> Period:
    year, month = divmod(number, _MONTHS_IN_YEAR)
    return _span(f"{year}-M{month + 1:02d}", number, 1)


def _span(name: str, first: int, months: int) -> Period:
    """The period from the running month number `first` on, so many months long."""
    return Period(name, _first_day(first), _first_day(first + months) - timedelta(days=1))


def _first_day(number: int) -> date:
    year, month = divmod(number, _MONTHS_IN_YEAR)
    return date(min(year, MAXYEAR), month + 1, 1)


def _as_long_before(period: Period) -> Period:
    end = period.start - timedelta(days=1)
    return Period(f"before {period.id}", end - (period.end - period.start), end)


def _few(periods: tuple[Period, ...], shown: int = 8) -> str:
    names = [period.id for period in periods[-shown:]]
    return ("…, " if len(periods) > shown else "") + ", ".join(names)
