"""Rows of persons whom the people source does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.model.place import Place
from appraise.model.problem import Problem, Severity
from appraise.sources.clean.texts import texts_from_typed
from appraise.sources.columns import Header
from appraise.sources.facts import FILE, LINE, PERSON

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from appraise.model.workspace import SourceSpec
    from appraise.sources.facts import FactTable

MOST_PERSONS = 5
"""So many persons are named; the rest are counted."""


def stranger_problems(spec: SourceSpec, rows: pl.DataFrame, people: FactTable | None) -> list[Problem]:
    """Warnings about the persons of a source who are not in the people source.

    One whose id differs from a known one only in case, blanks or leading zeros has a warning that names that one; all
    others have one warning together.

    Args:
        spec: the source.
        rows: their rows, with the person as written in `_person`.
        people: the people source.
    """
    if rows.is_empty() or people is None:
        return []
    known = _known(spec, people)
    persons = rows.group_by(PERSON, maintain_order=True).agg(pl.col(FILE, LINE).first(), pl.len().alias("rows"))
    alike = [row for row in persons.iter_rows(named=True) if _bare(row[PERSON]) in known][:MOST_PERSONS]
    others = persons.filter(~pl.col(PERSON).is_in([row[PERSON] for row in alike]))
    problems = [_misspelt(spec, row, people, known[_bare(row[PERSON])]) for row in alike]
    return [*problems, *([] if others.is_empty() else [_unknown(spec, others, people)])]


def _known(spec: SourceSpec, people: FactTable) -> dict[str, tuple[str, str]]:
    """The ids that the source may use, with whose they are, by their bare form; forms of two ids are left out."""
    matches = spec.person.matches if spec.person else None
    column = Header(dict(people.titles), people.spec.place).named(matches) if matches else PERSON
    if column is None:
        return {}
    ids = people.frame.select(texts_from_typed(people.frame[column]).alias("_id"), PERSON).drop_nulls().unique()
    found: dict[str, set[tuple[str, str]]] = {}
    for key, person in ids.iter_rows():
        found.setdefault(_bare(key), set()).add((key, person))
    return {bare: next(iter(meant)) for bare, meant in found.items() if len(meant) == 1}


def _bare(written: str) -> str:
    return "".join(written.split()).casefold().lstrip("0")


def _misspelt(spec: SourceSpec, row: Mapping[str, Any], people: FactTable, meant: tuple[str, str]) -> Problem:
    return Problem(
        Place(row[FILE], row[LINE]),
        code="person-unknown",
        message=f"source '{spec.name}': {_of_nobody(row['rows'], people)}: '{row[PERSON]}'",
        hint=f"did you mean '{meant[0]}'? ids are compared letter by letter",
        severity=Severity.WARNING,
        person=meant[1],
    )


def _unknown(spec: SourceSpec, persons: pl.DataFrame, people: FactTable) -> Problem:
    shown = ", ".join(f"'{person}'" for person in persons[PERSON][:MOST_PERSONS])
    more = f" and {persons.height - MOST_PERSONS} more" if persons.height > MOST_PERSONS else ""
    return Problem(
        Place(persons[FILE][0], persons[LINE][0]),
        code="person-unknown",
        message=f"source '{spec.name}': {_of_nobody(int(persons['rows'].sum()), people)}: {shown}{more}",
        hint=f"add them to '{people.spec.name}', mend the ids, or leave such rows out with 'where:'",
        severity=Severity.WARNING,
        person=persons[PERSON][0] if persons.height == 1 else None,
    )


def _of_nobody(rows: int, people: FactTable) -> str:
    return f"{'1 row is' if rows == 1 else f'{rows} rows are'} of nobody in '{people.spec.name}' and left out"
