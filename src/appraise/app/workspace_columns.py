"""Where `appraise.yaml` names the columns of its sources, so that a missing one is told at that line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from appraise.sources.openings import columns_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.app.workspace_section import Section
    from appraise.model.place import Place
    from appraise.model.workspace import SourceSpec, Workspace

_OF_SOURCES = ("person", "date", "team", "period")
_OF_LEAVE = ("person", "from", "to")


def with_columns_placed(workspace: Workspace, section: Section) -> Workspace:
    """The workspace whose sources know where each of their columns is named."""
    return replace(
        workspace,
        sources={name: _placed(spec, section, workspace) for name, spec in workspace.sources.items()},
    )


def _placed(spec: SourceSpec, section: Section, workspace: Workspace) -> SourceSpec:
    own = section.at("sources", spec.name)
    named = [*_texts(own, _OF_SOURCES), *_texts(own.at("columns")), *_texts(own.at("person"), ("column",))]
    named += _texts(own.at("months_in_columns"), ("year", "months"))
    people = section.at("people")
    if workspace.people.source == spec.name:
        named += [*_texts(people.at("columns")), *_texts(people, ("attributes",))]
    if workspace.people.leave is not None and workspace.people.leave.source == spec.name:
        named += _texts(people.at("leave"), _OF_LEAVE)
    for name, target in workspace.targets.items():
        if target.source == spec.name:
            named += _texts(section.at("targets", name, "columns"))
    return replace(spec, places={**columns_named(reversed(named)), **spec.places})


def _texts(section: Section, keys: tuple[str, ...] | None = None) -> Iterator[tuple[str, Place]]:
    """The texts under the keys, all where none are told, alone or in a list, with their places."""
    for key in section.names() if keys is None else keys:
        part = section.at(key)
        if isinstance(part.data, str):
            yield part.data, part.place()
        elif isinstance(part.data, list):
            yield from ((text, part.place(number)) for number, text in enumerate(part.data) if isinstance(text, str))
