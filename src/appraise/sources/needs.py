"""Which columns a source must have, and of what kind each is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.expr.formula import parse
from appraise.expr.kinds import kind_of
from appraise.model.kinds import Kind
from appraise.model.naming import snake_case
from appraise.sources.clean.asked import AS_FOUND, Asked
from appraise.sources.facts import SHARE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.model.problem import Problem
    from appraise.model.workspace import SourceSpec
    from appraise.sources.columns import Header
    from appraise.sources.facts import Reading

PERIOD_NAMES: Mapping[str, Kind] = {"period_start": Kind.DATE, "period_end": Kind.DATE}
"""Names that a filter may use beside the columns."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a source's columns should be: the kind by name as written, and which kinds were declared.

    `keys` are columns that rows cannot do without (person, team, dates, period, months), as the workspace writes them.
    `used` are columns that expressions name, `person` is the name of the person's column.
    """

    kinds: Mapping[str, str]
    declared: frozenset[str]
    keys: tuple[str, ...]
    used: tuple[str, ...]
    person: str | None = None

    def asked(self, name: str, spec: SourceSpec, reading: Reading) -> Asked:
        """How to read the column of this name."""
        return Asked(
            kind=self.kinds.get(name, AS_FOUND),
            declared=name in self.declared,
            date_format=spec.date_format,
            time_zone=reading.calendar.time_zone,
            missing_marks=spec.missing_marks,
            decimal_comma=spec.decimal_comma,
        )


def needs_of(spec: SourceSpec, reading: Reading, header: Header) -> tuple[Needs, list[Problem]]:
    """The kinds of a source's columns by their names in this header: declared, else by role, else by use."""
    person = person_column(spec, reading)
    made = {spec.months_in_columns.value if spec.months_in_columns else "", SHARE if spec.credit else ""}
    uses = {name: kind for name, kind in reading.kinds.get(spec.name, {}).items() if name not in made}
    used = {header.named(name) or snake_case(name): kind for name, kind in uses.items()}
    roles = {header.named(name) or name: kind for name, kind in _roles(spec, person).items()}
    declared = {header.named(name) or name: kind for name, kind in spec.types.items()}
    kinds = used | declared | {name: kind for name, kind in roles.items() if name not in declared or kind == "date"}
    filtered, problems = _filtered(spec, reading, (header, kinds))
    needs = Needs(
        kinds=filtered | kinds,
        declared=frozenset(declared) | frozenset(roles),
        keys=(*_roles(spec, person), *spec.date[1:]),
        used=(*used, *(name for name in filtered if name not in used)),
        person=header.named(person) if person else None,
    )
    return needs, problems


def person_column(spec: SourceSpec, reading: Reading) -> str | None:
    """The column with the person, as written: the declared one, or in the people source the people's id."""
    if spec.person is not None:
        return spec.person.column
    if reading.people is not None and reading.people.source == spec.name:
        return reading.people.id
    return None


def _roles(spec: SourceSpec, person: str | None) -> dict[str, str]:
    """The kind of the columns that the source names for a purpose."""
    roles = {name: "text" for name in (person, spec.team, spec.period) if name}
    roles |= dict.fromkeys(spec.date[:1], "date")
    if spec.months_in_columns is not None:
        wide = spec.months_in_columns
        roles |= {wide.year: "number"} | dict.fromkeys(wide.months, spec.types.get(wide.value, "number"))
    return roles


def _filtered(
    spec: SourceSpec, reading: Reading, known: tuple[Header, Mapping[str, str]]
) -> tuple[dict[str, str], list[Problem]]:
    """The kinds that follow from the source's own filter, for columns that have none yet."""
    if spec.where is None:
        return {}, []
    header, kinds = known
    formula, problems = parse(spec.where, reading.functions)
    if formula is None:
        return {}, problems
    scope = {name: kind_word(kinds.get(name, AS_FOUND)) for name in header.titles}
    report = kind_of(formula, {**scope, **PERIOD_NAMES}, Kind.YES_NO)
    found = {name: kind.value for name, kind in report.kinds.items() if name in header.titles and name not in kinds}
    return found, list(report.problems)


def kind_word(word: str) -> Kind | None:
    """The kind that expressions see of a type word."""
    if word == AS_FOUND:
        return None
    return Kind(word) if word in {"text", "yes_no", "date"} else Kind.NUMBER
