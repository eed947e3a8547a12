"""Reads `appraise.yaml`: everything a company declares, checked as a whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from appraise.app.workspace_calendar import calendar_of, default_period_of
from appraise.app.workspace_columns import with_columns_placed
from appraise.app.workspace_credit import credit_problems
from appraise.app.workspace_leave_out import deciding_sources, leave_out_problems
from appraise.app.workspace_measures import (
    clash_problems,
    measure_of,
    measure_problems,
)
from appraise.app.workspace_names import name_problems, thing_of
from appraise.app.workspace_paths import path_problems
from appraise.app.workspace_people import people_of, people_problems
from appraise.app.workspace_protected import protected_names
from appraise.app.workspace_reports import contact_of, logo_problems, plugin_problems, reports_of, reports_problems
from appraise.app.workspace_scales import scale_of, scale_problems
from appraise.app.workspace_section import whole_document
from appraise.app.workspace_sources import layout_problems, source_of, unowned_problems
from appraise.app.workspace_targets import shape_problems, target_of, target_problems
from appraise.app.workspace_versions import pins_of, unknown_periods
from appraise.documents.schema import schema_problems
from appraise.documents.text import read_document
from appraise.model.place import Place
from appraise.model.problem import Problem
from appraise.model.scale import FIVE_POINT
from appraise.model.workspace import PersonKey, Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from appraise.app.workspace_section import Section
    from appraise.model.period import Calendar
    from appraise.model.workspace import PeopleSpec, SourceSpec

FILE = "appraise.yaml"
"""The one file that makes a folder a workspace."""


def load_workspace(root: Path, schema: Mapping[str, Any]) -> tuple[Workspace | None, list[Problem]]:
    """The workspace in a folder, with every problem of its `appraise.yaml` in the order of the lines.

    A workspace comes back even where there are problems, so that templates can be checked in the same go: what is
    wrong is left out of it. It must not be scored while one of the problems is an error.

    Args:
        root: the folder.
        schema: the engine's own `workspace.schema.json`.

    Returns:
        None where the file cannot be read at all or names no people.
    """
    if not (root / FILE).is_file():
        hint = "name the company's folder with -w, or make one with 'appraise init'"
        message = f"there is no {FILE} in this folder"
        return None, [Problem(Place(FILE), code="no-workspace", message=message, hint=hint)]
    document, problems = read_document(root / FILE, FILE)
    if document is None:
        return None, problems
    problems = [*problems, *schema_problems(document, schema, thing_of)]
    section = whole_document(document)
    workspace, found = _workspace(section, root)
    ordered = sorted({*problems, *found}, key=lambda problem: (problem.place.file != FILE, problem.place, problem.code))
    return workspace if workspace.people.source else None, ordered


def _workspace(section: Section, root: Path) -> tuple[Workspace, list[Problem]]:
    calendar, problems = calendar_of(section.at("calendar"), root)
    period, period_problems = default_period_of(section, calendar)
    workspace = replace(_declared(section, root, calendar), period=period)
    problems += [*period_problems, *_problems(section, workspace)]
    return with_columns_placed(workspace, section), problems


def _declared(section: Section, root: Path, calendar: Calendar) -> Workspace:
    people = people_of(section.at("people"))
    return Workspace(
        root=root,
        company=section.text("company"),
        calendar=calendar,
        people=people,
        sources=_with_persons({name: source_of(name, part) for name, part in section.at("sources").parts()}, people),
        place=section.place(),
        measures={name: measure_of(name, part) for name, part in section.at("measures").parts()},
        targets={name: target_of(name, part) for name, part in section.at("targets").parts()},
        manual=section.optional("manual"),
        notes=section.optional("notes"),
        decisions=section.optional("decisions"),
        contact=contact_of(section.at("contact")),
        reports=reports_of(section.at("reports")),
        plugins=section.at("plugins").texts("allow"),
        scales={"five_point": FIVE_POINT} | {name: scale_of(name, part) for name, part in section.at("scales").parts()},
        protected=protected_names(section.texts("protected")),
        minimum_days=section.whole("minimum_days", 30),
        policy=section.text("policy"),
        minimum_segment_days=section.whole("minimum_segment_days", 15),
        template_versions=pins_of(section.at("template_versions"), calendar),
        scale_places={name: section.key_place("scales", name) for name in section.at("scales").names()},
    )


def _with_persons(sources: Mapping[str, SourceSpec], people: PeopleSpec) -> dict[str, SourceSpec]:
    """The sources, those of people and of leave with the person column that the people part names."""
    keys = {people.source: people.columns["id"]}
    if people.leave is not None:
        keys.setdefault(people.leave.source, people.leave.person)
    return {
        name: replace(spec, person=PersonKey(keys[name])) if name in keys and spec.person is None else spec
        for name, spec in sources.items()
    }


def _problems(section: Section, workspace: Workspace) -> list[Problem]:
    """What the parts say that does not fit together."""
    problems = [
        *name_problems(section),
        *people_problems(section.at("people"), workspace.people, workspace.protected, workspace.sources),
        *_unowned_problems(workspace),
        *clash_problems(workspace.measures, workspace.sources.values()),
        *path_problems(section, "manual", "manual"),
        *path_problems(section, "notes", "notes"),
        *path_problems(section, "decisions", "decisions"),
        *reports_problems(section.at("reports")),
        *logo_problems(section.at("reports"), workspace.root),
        *plugin_problems(section.at("plugins")),
        *unknown_periods(section.at("template_versions"), workspace.calendar),
    ]
    for name, part in section.at("sources").parts():
        problems += layout_problems(part, workspace.sources[name], workspace.protected)
        problems += credit_problems(part.at("credit"), workspace.sources[name], workspace.sources)
        problems += leave_out_problems(part.at("leave_out"), workspace.sources[name], workspace.sources)
    for name, part in section.at("measures").parts():
        problems += measure_problems(part, workspace.measures[name], workspace.sources)
    for name, part in section.at("targets").parts():
        problems += target_problems(part, workspace.targets[name], workspace.sources)
        problems += shape_problems(part, workspace.targets[name], workspace)
    for name, part in section.at("scales").parts():
        problems += scale_problems(part, workspace.scales[name])
    return problems


def _unowned_problems(workspace: Workspace) -> list[Problem]:
    """Sources of nobody; not asked while it is unknown which source lists the people or their leave."""
    people = workspace.people
    named = {people.source} | ({people.leave.source} if people.leave else set())
    if not named <= workspace.sources.keys():
        return []
    registers = frozenset(spec.source for spec in workspace.targets.values() if spec.columns)
    exempt = registers | deciding_sources(workspace.sources.values())
    return unowned_problems(workspace.sources.values(), exempt)
