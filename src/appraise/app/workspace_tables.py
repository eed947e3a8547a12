"""Small CSV files that belong to the workspace itself, read plainly: holidays, dated periods, what people write."""

from __future__ import annotations

import csv
import re
from datetime import date
from typing import TYPE_CHECKING

from appraise.model.period import Period
from appraise.model.place import Place
from appraise.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Row = tuple[Place, "Mapping[str, str]"]
"""A row with its place; cells are trimmed text under their trimmed, lower-case headings."""

MOST_ROWS = 20_000
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PERIOD_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")


def rows_of(path: Path, shown: str, columns: tuple[str, ...]) -> tuple[list[Row], list[Problem]]:
    """The rows of a CSV file that must have these columns.

    Args:
        path: the file.
        shown: its name as the user writes it.
        columns: headings that must be there, in lower case.
    """
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        message, hint = f"file '{shown}': there is no such file", "put it there or correct the path in appraise.yaml"
        return [], [Problem(Place(shown), code="file-missing", message=message, hint=hint)]
    except (OSError, UnicodeDecodeError) as fault:
        message, hint = f"file '{shown}': cannot be read ({_reason(fault)})", "save it as CSV in UTF-8"
        return [], [Problem(Place(shown), code="file-unreadable", message=message, hint=hint)]
    try:
        return _rows(text, shown, columns)
    except csv.Error as fault:
        message, hint = f"file '{shown}': is no readable CSV ({fault})", "save it as CSV in UTF-8"
        return [], [Problem(Place(shown), code="file-unreadable", message=message, hint=hint)]


def holidays_of(path: Path, shown: str) -> tuple[tuple[tuple[date, str], ...], list[Problem]]:
    """The holidays in a file with columns date, name, site: days and the site that rests, empty for every site."""
    rows, problems = rows_of(path, shown, ("date",))
    holidays = []
    for place, row in rows:
        day, found = day_in(row, "date", place)
        problems += found
        if day is not None:
            holidays.append((day, row.get("site", "")))
    return tuple(sorted(set(holidays))), problems


def dated_periods_of(path: Path, shown: str) -> tuple[tuple[Period, ...], list[Problem]]:
    """The periods in a file with columns period, start, end; they follow one another, best without holes."""
    rows, problems = rows_of(path, shown, ("period", "start", "end"))
    periods: list[Period] = []
    for place, row in rows:
        start, start_problems = day_in(row, "start", place)
        end, end_problems = day_in(row, "end", place)
        problems += [*start_problems, *end_problems]
        if start is not None and end is not None:
            period = Period(row["period"], start, end)
            problems += _period_problems(period, periods, place)
            periods.append(period)
    if not rows and not problems:
        message = f"file '{shown}': has no dated periods"
        hint = "write one line per period: FY26-P1,2026-02-01,2026-02-28"
        problems.append(Problem(Place(shown), code="no-dated-periods", message=message, hint=hint))
    return tuple(sorted(periods, key=lambda period: period.start)), problems


def _rows(text: str, shown: str, columns: tuple[str, ...]) -> tuple[list[Row], list[Problem]]:
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    header = [cell.strip().casefold() for cell in next(reader, [])]
    missing = [column for column in columns if column not in header]
    if missing:
        message = f"file '{shown}': has no column '{missing[0]}'"
        hint = f"its first line must name {', '.join(columns)}; dates are written 2026-10-02"
        return [], [Problem(Place(shown, 1, 1), code="column-missing", message=message, hint=hint)]
    rows: list[Row] = []
    for cells in reader:
        if any(cell.strip() for cell in cells):
            trimmed = [cell.strip() for cell in cells] + [""] * len(header)
            rows.append((Place(shown, reader.line_num, 1), dict(zip(header, trimmed, strict=False))))
        if len(rows) > MOST_ROWS:
            message, hint = f"file '{shown}': has more than {MOST_ROWS} rows", "is it the right file?"
            return [], [Problem(Place(shown, reader.line_num), code="file-unreadable", message=message, hint=hint)]
    return rows, []


def day_in(row: Mapping[str, str], column: str, place: Place) -> tuple[date | None, list[Problem]]:
    """The day in a cell, or what is wrong with it."""
    written = row.get(column, "")
    try:
        if _ISO_DAY.fullmatch(written):
            return date.fromisoformat(written), []
    except ValueError:
        pass
    message = f"{column} '{written}': is no day" if written else f"{column}: is blank"
    return None, [Problem(place, code="date-unreadable", message=message, hint="write it as 2026-10-02")]


def _period_problems(period: Period, earlier: list[Period], place: Place) -> list[Problem]:
    name = f"period '{period.id}'"
    if not _PERIOD_ID.fullmatch(period.id):
        message = f"{name}: is no usable name, it also names a folder of results"
        hint = "use up to 32 letters, digits, dots, hyphens and underscores, like FY26-P1"
        return [Problem(place, code="period-name-unusable", message=message, hint=hint)]
    if period.end < period.start:
        message = f"{name}: ends on {period.end}, before it starts on {period.start}"
        return [Problem(place, code="period-ends-before-start", message=message, hint="swap start and end")]
    if any(other.id.casefold() == period.id.casefold() for other in earlier):
        message = f"{name}: is there twice"
        return [Problem(place, code="period-twice", message=message, hint="give every period its own name")]
    if not earlier:
        return []
    return _neighbour_problems(period, earlier[-1], place)


def _neighbour_problems(period: Period, last: Period, place: Place) -> list[Problem]:
    gap = (period.start - last.end).days - 1
    if gap < 0:
        message = f"period '{period.id}': starts on {period.start}, before '{last.id}' has ended"
        hint = "list the periods in order, each starting the day after the one before ends"
        return [Problem(place, code="periods-overlap", message=message, hint=hint)]
    if gap > 0:
        days = "1 day" if gap == 1 else f"{gap} days"
        message = f"period '{period.id}': {days} after '{last.id}' in no period"
        hint = "start it the day after the one before ends, unless nothing happened then"
        return [Problem(place, code="periods-gap", message=message, hint=hint, severity=Severity.WARNING)]
    return []


def _reason(fault: Exception) -> str:
    return "its text is not UTF-8" if isinstance(fault, UnicodeDecodeError) else (getattr(fault, "strerror", "") or "?")
