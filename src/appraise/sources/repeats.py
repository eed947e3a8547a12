"""Tables that should have one row for each person and have more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.model.place import Place
from appraise.model.problem import Problem
from appraise.sources.facts import FILE, LINE, PERIOD, PERSON
from appraise.sources.row_places import rows_named

if TYPE_CHECKING:
    from appraise.sources.facts import FactTable, Reading

MOST_PERSONS = 20
REPEATED = frozenset({"person-repeated", "several-rows-per-person"})
"""The codes of problems about two rows of a person in a table of one row each."""

DUPLICATES = frozenset({"duplicate-person", "overlapping-assignments"})
"""The codes of problems about two rows of a person on the same days."""


def repeat_problems(table: FactTable, reading: Reading) -> list[Problem]:
    """A problem for each person with several rows in a table whose columns are measures by themselves."""
    if table.spec.name not in reading.one_row_each or PERSON not in table.frame.columns:
        return []
    keys = [name for name in (PERSON, PERIOD) if name in table.frame.columns]
    twice = table.frame.filter(pl.struct(keys).is_duplicated())
    problems = [_repeated(table, str(key[0]), rows) for key, rows in twice.group_by(keys, maintain_order=True)]
    if len(problems) <= MOST_PERSONS:
        return problems
    more = Problem(
        problems[MOST_PERSONS].place,
        code="persons-repeated",
        message=f"source '{table.spec.name}': {len(problems) - MOST_PERSONS} more persons have several rows",
        hint="is this file meant to have one row for each person?",
    )
    return [*problems[:MOST_PERSONS], more]


def without_duplicates(problems: list[Problem], people: str) -> list[Problem]:
    """The problems without those of second rows in the people source that are told as duplicates too."""
    duplicates = [problem for problem in problems if problem.code in DUPLICATES]
    persons, places = {problem.person for problem in duplicates}, {problem.place for problem in duplicates}
    start = f"source '{people}': "
    return [
        problem
        for problem in problems
        if problem.code not in REPEATED
        or not problem.message.startswith(start)
        or not (problem.person in persons or problem.place in places)
    ]


def _repeated(table: FactTable, person: str, rows: pl.DataFrame) -> Problem:
    lines = rows_named(rows[LINE].to_list())
    return Problem(
        Place(rows[FILE][0], rows[LINE][0]),
        code="person-repeated",
        message=f"source '{table.spec.name}': person '{person}' has {rows.height} rows ({lines})",
        hint="keep one, or declare under 'measures:' how they are added up",
        person=person,
    )
