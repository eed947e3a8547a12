"""The `people:` part of `appraise.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.documents.suggest import did_you_mean
from appraise.model.naming import snake_case
from appraise.model.problem import Problem
from appraise.model.workspace import LeaveSpec, PeopleSpec

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from appraise.app.workspace_section import Section
    from appraise.model.place import Place

PEOPLE_COLUMNS = ("id", "name", "role", "manager", "team", "site", "from", "to", "fte")
"""What the people source can tell about a person, beside declared attributes."""


def people_of(section: Section) -> PeopleSpec:
    """Who is appraised; `columns` holds `id` always and the others where they are written."""
    written = section.pairs("columns")
    return PeopleSpec(
        source=section.text("source"),
        place=section.key_place(),
        where=section.expression("where"),
        columns={"id": "id"} | {name: written[name] for name in PEOPLE_COLUMNS if name in written},
        roles=section.pairs("roles"),
        everyone_is=section.optional("everyone_is"),
        attributes=section.texts("attributes"),
        leave=_leave(section.at("leave")),
        places=_places(section),
    )


def people_problems(
    section: Section, people: PeopleSpec, protected: frozenset[str], sources: Collection[str]
) -> list[Problem]:
    """What does not fit together in the people part."""
    return [
        *source_problems(section, "source", "people", sources),
        *source_problems(section.at("leave"), "source", "people: leave", sources),
        *_role_problems(section, people),
        *_attribute_problems(section, people, protected),
    ]


def source_problems(section: Section, key: str, thing: str, sources: Collection[str]) -> list[Problem]:
    """The problem of a source that is named under the key and declared nowhere."""
    name = section.text(key)
    if not name or name in sources:
        return []
    message = f"{thing}: there is no source '{name}'"
    hint = did_you_mean(name, sources) or f"declare it under sources, or write one of {', '.join(sorted(sources)[:8])}"
    return [Problem(section.place(key), code="unknown-source", message=message, hint=hint)]


def _leave(section: Section) -> LeaveSpec | None:
    if not section.text("source"):
        return None
    return LeaveSpec(
        source=section.text("source"),
        person=section.text("person"),
        first_day=section.text("from"),
        last_day=section.text("to"),
    )


def _places(section: Section) -> Mapping[str, Place]:
    """The places of what later stages may have to point at: `columns.id`, `roles.<title>`, and so on."""
    keys = {name: section.place(name) for name in section.names()}
    columns = {f"columns.{name}": section.place("columns", name) for name in section.at("columns").names()}
    roles = {f"roles.{title}": section.place("roles", title) for title in section.at("roles").names()}
    leave = {f"leave.{name}": section.place("leave", name) for name in section.at("leave").names()}
    attributes = {
        f"attributes.{name}": section.place("attributes", number)
        for number, name in enumerate(section.texts("attributes"))
    }
    return keys | columns | roles | leave | attributes


def _role_problems(section: Section, people: PeopleSpec) -> list[Problem]:
    if not (people.everyone_is and people.roles):
        return []
    message = "people: both 'roles' and 'everyone_is' are written"
    hint = "keep 'everyone_is' where all have one template, else 'roles'"
    return [Problem(section.key_place("everyone_is"), code="two-ways-to-say", message=message, hint=hint)]


def _attribute_problems(section: Section, people: PeopleSpec, protected: frozenset[str]) -> list[Problem]:
    problems = []
    seen: set[str] = set()
    for number, name in enumerate(people.attributes):
        place, column = section.place("attributes", number), snake_case(name)
        if column in protected:
            message = f"people: '{name}' is a protected attribute, which no expression may use"
            hint = "remove it from attributes; it can be joined in the fairness report only"
            problems.append(Problem(place, code="protected-attribute", message=message, hint=hint))
        if column in seen:
            message = f"people: the attribute '{name}' is there twice"
            problems.append(Problem(place, code="name-twice", message=message, hint="remove one of them"))
        seen.add(column)
    return problems
