"""Every source of a workspace, clean and attributed: the people first, then what is known of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from appraise.model.place import Place
from appraise.model.problem import Problem, Severity
from appraise.sources.credits import credited
from appraise.sources.delivery import table_of
from appraise.sources.exclusions import without_excluded
from appraise.sources.repeats import repeat_problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.model.workspace import SourceSpec
    from appraise.sources.facts import FactTable, Reading


def collect(specs: Mapping[str, SourceSpec], reading: Reading) -> tuple[dict[str, FactTable], list[Problem]]:
    """The fact table of every source, in the order of the workspace, and all that is wrong with them.

    Nothing that stands in a file raises: a source that cannot be used is missing, with a problem that names the file
    and the line. The people source comes first, because other sources look persons up in it.
    """
    reading = _with_match_columns(specs, reading)
    name_of_people = reading.people.source if reading.people else None
    people: FactTable | None = None
    tables: dict[str, FactTable] = {}
    problems: list[Problem] = []
    for name in sorted(specs, key=lambda name: name != name_of_people):
        table, found = table_of(specs[name], reading, people)
        problems += [*found, *_undecided(table), *repeat_problems(table, reading)]
        tables[name] = table
        if name == name_of_people and table.is_delivered:
            people = table
    for name in (name for name, spec in specs.items() if spec.credit is not None):
        tables[name], found = credited(tables[name], tables, reading)
        problems += found
    whole = dict(tables)
    for name in (name for name, spec in specs.items() if spec.leave_out is not None):
        tables[name], found = without_excluded(tables[name], whole, reading)
        problems += found
    return {name: tables[name] for name in specs}, problems


def _with_match_columns(specs: Mapping[str, SourceSpec], reading: Reading) -> Reading:
    """The reading in which the people source's other ids are texts, as every id is."""
    if reading.people is None:
        return reading
    matches = {spec.person.matches: "text" for spec in specs.values() if spec.person and spec.person.matches}
    kinds = dict(reading.kinds)
    kinds[reading.people.source] = dict(kinds.get(reading.people.source, {})) | matches
    return replace(reading, kinds=kinds)


def _undecided(table: FactTable) -> list[Problem]:
    """A warning that a source's filter could not decide on some rows."""
    if not table.undecided or table.spec.where is None:
        return []
    rows = "1 row is" if table.undecided == 1 else f"{table.undecided} rows are"
    place = table.spec.where.place if table.spec.where.place.file else Place(table.files[0].shown)
    return [
        Problem(
            place,
            code="filter-undecided",
            message=f"source '{table.spec.name}': {rows} left out because a cell that 'where' needs is missing",
            hint="fill the cells, or say what a blank means with missing(...)",
            severity=Severity.WARNING,
        )
    ]
