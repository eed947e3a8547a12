"""The `calendar:` part of `appraise.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from appraise.app.workspace_paths import path_problems
from appraise.app.workspace_tables import dated_periods_of, holidays_of
from appraise.documents.suggest import did_you_mean
from appraise.model.calendar import MONTHS_OF, accepted_names, period_named
from appraise.model.period import Calendar
from appraise.model.problem import Problem

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from appraise.app.workspace_section import Section
    from appraise.model.period import Period

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def calendar_of(section: Section, root: Path) -> tuple[Calendar, list[Problem]]:
    """The calendar a workspace declares, with the defaults where it says nothing or nothing usable."""
    plain = Calendar()
    rhythm, dated, problems = _rhythm(section, root)
    zone, zone_problems = _time_zone(section)
    holidays, holiday_problems = _holidays(section, root)
    starts, named_by = section.text("year_starts"), section.text("year_named_by")
    workdays = frozenset(WEEKDAYS.index(day) for day in section.texts("workdays") if day in WEEKDAYS)
    calendar = Calendar(
        year_starts=MONTHS.index(starts) + 1 if starts in MONTHS else plain.year_starts,
        year_named_by=named_by if named_by in {"start", "end"} else plain.year_named_by,
        appraise_every=rhythm,
        dated=dated,
        time_zone=zone,
        workdays=workdays or plain.workdays,
        holidays=holidays,
        files=_files(section),
    )
    return calendar, [*problems, *zone_problems, *holiday_problems]


def default_period_of(section: Section, calendar: Calendar) -> tuple[str | None, list[Problem]]:
    """The period that commands are about without `--period`, where one is written."""
    name = section.text("period")
    if not name or period_named(calendar, name) is not None:
        return name or None, []
    message = f"period '{name}': there is no such period in this calendar"
    problem = Problem(section.place("period"), code="unknown-period", message=message, hint=accepted_names(calendar))
    return None, [problem]


def _rhythm(section: Section, root: Path) -> tuple[str, tuple[Period, ...], list[Problem]]:
    written = section.text("appraise_every", Calendar().appraise_every)
    if written in MONTHS_OF:
        return written, (), []
    if not _is_file(written):
        message = f"calendar: appraise_every '{written}' is neither a rhythm nor a CSV file"
        hint = did_you_mean(written, MONTHS_OF) or "write month, quarter, half, year or a file like data/periods.csv"
        place = section.place("appraise_every")
        return Calendar().appraise_every, (), [Problem(place, code="unknown-rhythm", message=message, hint=hint)]
    problems = path_problems(section, "appraise_every", "calendar")
    if problems:
        return Calendar().appraise_every, (), problems
    dated, problems = dated_periods_of(root / written, written)
    return Calendar().appraise_every, dated, problems


def _files(section: Section) -> tuple[str, ...]:
    every, holidays = section.text("appraise_every"), section.text("holidays")
    return (*([every] if _is_file(every) else []), *([holidays] if holidays else []))


def _is_file(written: str) -> bool:
    return written.casefold().endswith(".csv")


def _time_zone(section: Section) -> tuple[str, list[Problem]]:
    written = section.text("time_zone", Calendar().time_zone)
    if _is_time_zone(written):
        return written, []
    message = f"calendar: there is no time zone '{written}'"
    hint = did_you_mean(written, available_timezones()) or "write it like Asia/Kolkata or Europe/Berlin"
    place = section.place("time_zone")
    return Calendar().time_zone, [Problem(place, code="unknown-time-zone", message=message, hint=hint)]


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _holidays(section: Section, root: Path) -> tuple[tuple[tuple[date, str], ...], list[Problem]]:
    written = section.text("holidays")
    problems = path_problems(section, "holidays", "calendar")
    if not written or problems:
        return (), problems
    return holidays_of(root / written, written)
