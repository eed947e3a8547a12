"""Opening a file of a source: its header with the columns that the workspace wants, or the line where it may stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from appraise.model.naming import snake_case
from appraise.model.place import Place
from appraise.model.problem import Problem
from appraise.sources.clean.texts import texts_from_typed
from appraise.sources.columns import NAMED, Header, header_of
from appraise.sources.files import read_file
from appraise.sources.needs import needs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from appraise.model.workspace import SourceSpec
    from appraise.sources.facts import Reading
    from appraise.sources.files import FoundFile, ReadFile
    from appraise.sources.needs import Needs

MOST_LINES = 12
"""So many lines are searched for a header that is not where it should be."""

ENOUGH = 0.6
"""The share of the wanted columns that makes a line look like the header."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A file with its header and what its columns must be; `usable` where it has all that no row can do without."""

    read: ReadFile
    header: Header
    needs: Needs
    usable: bool


def opening_of(
    file: FoundFile, spec: SourceSpec, reading: Reading, rows: int | None = None
) -> tuple[Opening | None, list[Problem]]:
    """A file with its header, and what is wrong with it; None where it cannot be read or its header is elsewhere.

    Args:
        file: the file.
        spec: how the workspace describes its layout.
        reading: what its columns are used for.
        rows: how many data rows are wanted, None for all.
    """
    read, found = read_file(file, spec, reading, rows)
    if read is None:
        elsewhere = _header_below(file, spec, reading, 0)
        return None, [elsewhere] if elsewhere else found
    header, problems = header_of(read.raw.frame.columns, spec, Place(file.shown, read.raw.header_line))
    needs, wrong = needs_of(spec, reading, header)
    missing = header.all_missing((*needs.keys, *needs.used), spec)
    if missing or header.lacking:
        now = _score(header, _wanted(spec, needs))
        elsewhere = _header_among_rows(read, _wanted(spec, needs), spec, reading)
        elsewhere = elsewhere or _header_below(file, spec, reading, now)
        if elsewhere is not None:
            return None, [elsewhere]
    usable = not wrong and all(header.named(name) is not None for name in needs.keys)
    return Opening(read, header, needs, usable), [*problems, *wrong, *missing]


def _wanted(spec: SourceSpec, needs: Needs) -> set[str]:
    """The headings that the workspace expects, in snake_case."""
    new_names = {snake_case(name) for name in spec.columns}
    named = {snake_case(name) for name in (*needs.keys, *needs.used)} - new_names
    return named | {snake_case(heading) for heading in spec.columns.values()}


def _score(header: Header, wanted: set[str]) -> int:
    """How many of the wanted headings a header has."""
    return len(wanted & {snake_case(title) for title in header.titles.values()})


def _header_among_rows(read: ReadFile, wanted: set[str], spec: SourceSpec, reading: Reading) -> Problem | None:
    """The problem that one of the first rows looks more like the header than the line that was read as one."""
    more = read if read.raw.frame.height else read_file(read.file, spec, reading, MOST_LINES)[0]
    if more is None:
        return None
    rows = zip(more.raw.lines.to_list(), _rows(more), strict=False)
    counts = {line: len(wanted & {snake_case(cell) for cell in cells}) for line, cells in rows}
    best = max(counts, key=lambda line: counts[line], default=0)
    now = len(wanted & {snake_case(title) for title in more.raw.frame.columns})
    if counts.get(best, 0) <= now or counts[best] < ENOUGH * len(wanted):
        return None
    return _elsewhere(Place(read.file.shown, best), spec)


def _rows(read: ReadFile) -> Iterator[list[str]]:
    """The first rows as texts."""
    top = read.raw.frame.head(MOST_LINES)
    for row in top.select(texts_from_typed(column) for column in top.iter_columns()).iter_rows():
        yield [cell or "" for cell in row]


def _header_below(file: FoundFile, spec: SourceSpec, reading: Reading, now: int) -> Problem | None:
    """The problem that a text file has more than `now` of the wanted headings when it is read from a later line."""
    if file.path.suffix.lower() not in {".csv", ".tsv", ".txt"}:
        return None
    for number in range(spec.header_row + 1, MOST_LINES + 1):
        read, _ = read_file(file, replace(spec, header_row=number), reading, 0)
        if read is None or read.raw.header_line != number:
            continue
        header, _ = header_of(read.raw.frame.columns, spec, Place(file.shown, number))
        wanted = _wanted(spec, needs_of(spec, reading, header)[0])
        if _score(header, wanted) >= max(now + 1, ENOUGH * len(wanted)):
            return _elsewhere(Place(file.shown, number), spec)
    return None


def _elsewhere(place: Place, spec: SourceSpec) -> Problem:
    key = f"header_row: {place.line}"
    is_short = not any(name != "path" and not name.startswith(NAMED) for name in spec.places)
    now = f"line {spec.header_row} does not" if spec.header_row else "`header_row` says that there is none"
    return Problem(
        place,
        code="header-elsewhere",
        message=f"source '{spec.name}': line {place.line} looks like the header, and {now}",
        hint=f"write `{spec.name}: {{path: {spec.path}, {key}}}`" if is_short else f"write `{key}` under the source",
    )


def columns_named(names: Iterable[tuple[str, Place]]) -> dict[str, Place]:
    """The places where a workspace names columns of a source, as the source keeps them."""
    return {f"{NAMED}{written}": place for written, place in names}
