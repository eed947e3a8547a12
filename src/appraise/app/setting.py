"""A workspace opened for a request: its rules read, its plugins loaded, its period known."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from appraise.app.bundled import bundled_folder, schema_text
from appraise.app.headings import with_headings_read
from appraise.app.plugins import registry_for
from appraise.app.versions import pin_problems, pinned_in
from appraise.app.workspace import FILE, load_workspace
from appraise.documents.schema import load_schema
from appraise.expr.functions import Workdays, functions_with
from appraise.model.calendar import period_asked, period_before
from appraise.model.place import Place
from appraise.roles.editions import editions_in
from appraise.roles.library import Folder, RoleRequest, load_drafts
from appraise.scoring.custom_specs import with_declarations

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from appraise.app.asked import Asked
    from appraise.expr.functions import Functions
    from appraise.hooks.registry import Registry
    from appraise.model.period import Period
    from appraise.model.problem import Problem
    from appraise.model.role import Role
    from appraise.model.workspace import Workspace
    from appraise.roles.editions import Starts
    from appraise.roles.library import Draft

TEMPLATES = "templates/roles"
"""Where a workspace keeps its role templates."""


@dataclass(frozen=True, slots=True)
class Setting:
    """All that a request works with, before any fact is read.

    `drafts` are the role templates that can be seen and count in the period, by `Role.key`, also those that are not
    sound: a role's id is the version of the period's first day. `editions` tells by role id from which day in the
    period each of its versions counts; `others` are the versions that do not count in it.
    """

    asked: Asked
    workspace: Workspace
    period: Period
    previous: Period
    registry: Registry
    functions: Functions
    drafts: Mapping[str, Draft]
    editions: Mapping[str, Starts] = field(default_factory=dict)
    others: tuple[Draft, ...] = ()

    @property
    def roles(self) -> dict[str, Role]:
        """The templates that people may be scored on."""
        return {name: draft.role for name, draft in self.drafts.items() if draft.sound}

    @property
    def assigned(self) -> dict[str, Role]:
        """The sound templates that the workspace gives to somebody."""
        return {name: role for name, role in self.roles.items() if role.id in self.given}

    @property
    def given(self) -> frozenset[str]:
        """The ids of the roles that the workspace gives to somebody."""
        return _given(self.workspace)

    @property
    def cuts(self) -> dict[str, Starts]:
        """The roles of which a further version begins in the period, with the days that cut it."""
        return {role: starts for role, starts in self.editions.items() if len(starts) > 1}

    @property
    def every_draft(self) -> dict[str, Draft]:
        """The role templates that can be seen, also the versions that do not count in the period."""
        return {**self.drafts, **{draft.role.key: draft for draft in self.others}}

    @property
    def concerned(self) -> dict[str, Draft]:
        """The templates that a mistake matters in: the workspace's own, and others that it gives to somebody."""
        return {
            name: draft
            for name, draft in self.every_draft.items()
            if draft.role.id in self.given or draft.role.place.file.startswith(f"{TEMPLATES}/")
        }

    def template_file(self, name: str) -> str:
        """The file of a template, or the one in which the workspace would have it."""
        every = self.every_draft
        return every[name].role.place.file if name in every else f"{TEMPLATES}/{name}.yaml"

    def template_files(self, role: str) -> frozenset[str]:
        """The files of all versions of a role that count in the period, or the one in which it would be."""
        keys = [key for _, key in self.editions.get(role, ())] or [role]
        return frozenset(map(self.template_file, keys))


def opened(asked: Asked, *, every_template: bool = False) -> tuple[Setting | None, list[Problem]]:
    """The setting of a request with every problem of the rules, or None where there is no usable workspace.

    Of the templates that come with plugins and with the program only those that the workspace needs are read, or with
    `every_template` all of them.
    """
    workspace, problems = load_workspace(asked.root, load_schema(schema_text("workspace")))
    if workspace is None:
        return None, problems
    calendar = workspace.calendar
    period, unknown = _period(asked, workspace)
    registry, found = registry_for(asked.root, workspace.plugins)
    workspace = with_declarations(workspace, registry.measures)
    workdays = Workdays(calendar.workdays, frozenset(day for day, site in calendar.holidays if not site))
    functions, clashes = functions_with(registry.functions.values(), workdays, calendar.time_zone)
    wanted = None if every_template else _wanted(asked, workspace)
    drafts, told = load_drafts(replace(role_request(workspace, registry), wanted=wanted))
    problems += [*unknown, *found, *clashes, *told]
    if period is None:
        return None, problems
    problems += pin_problems(workspace.template_versions, drafts.values())
    counted = editions_in(period, drafts, pinned_in(period, workspace))
    rules = (counted.drafts, counted.starts, counted.others)
    setting = Setting(asked, workspace, period, period_before(calendar, period), registry, functions, *rules)
    return with_headings_read(setting), problems


def _wanted(asked: Asked, workspace: Workspace) -> frozenset[str]:
    """The roles that the workspace gives to somebody or pins, and those that the request names."""
    named = {name.partition("@")[0] for name in asked.roles}
    return _given(workspace) | named | {pin.role for pin in workspace.template_versions}


def _given(workspace: Workspace) -> frozenset[str]:
    people = workspace.people
    return frozenset({people.everyone_is} if people.everyone_is else people.roles.values())


def _period(asked: Asked, workspace: Workspace) -> tuple[Period | None, list[Problem]]:
    name = asked.period or workspace.period
    place = Place("--period") if asked.period else Place(FILE)
    return period_asked(workspace.calendar, name, asked.today(workspace.calendar.time_zone), place)


def role_request(workspace: Workspace, registry: Registry) -> RoleRequest:
    """Where the templates of a workspace are looked up, and what they must keep."""
    role_schema, library_schema = (load_schema(schema_text(name)) for name in ("role", "library"))
    return RoleRequest(_role_folders(workspace.root, registry), role_schema, workspace.scales, library_schema)


def _role_folders(root: Path, registry: Registry) -> list[Folder]:
    """Where templates are looked up: the workspace, then plugins, then what ships with the program."""
    packs = [Folder(path, f"{path.parent.name}/{path.name}") for path in registry.template_packs]
    shipped = Folder(bundled_folder("templates") / "roles", "shipped templates/roles")
    own = Folder(root / TEMPLATES, TEMPLATES)
    return [own, *packs, *([] if shipped.path == own.path.resolve() else [shipped])]
