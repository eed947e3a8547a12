"""Every name that the formulas of a workspace can use, known from its rules and the headers of its files alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.app.words import tools_of
from appraise.model.kinds import Kind
from appraise.model.window import window_of
from appraise.roles.scope import Scope
from appraise.scoring.catalogue import catalogue_of, columns_of_facts, tables_of_facts
from appraise.scoring.columns_used import columns_used, declared_kinds, kinds_of_measures
from appraise.scoring.custom_specs import custom_problems
from appraise.scoring.names import measure_name
from appraise.scoring.plan import names_needed, plan_of
from appraise.sources.facts import People, Reading
from appraise.sources.headers import headers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from appraise.app.setting import Setting
    from appraise.model.problem import Problem
    from appraise.model.role import Role
    from appraise.model.workspace import Workspace

ENGINE: Mapping[str, Kind] = {
    "period_start": Kind.DATE,
    "period_end": Kind.DATE,
    "working_days": Kind.NUMBER,
    "available_days": Kind.NUMBER,
}
"""What every formula may name, whatever the workspace declares."""

_MEASURE_PREFIXES = ("", "prev.", "team.", "prev.team.", "company.", "prev.company.")
_TARGET_PREFIXES = ("target.", "team.target.", "company.target.")


@dataclass(frozen=True, slots=True)
class Names:
    """What can be named.

    `measures` are the declared ones and the columns of tables, with their kinds (None: to follow from use). `headers`
    are the columns of each source, empty where its files are not there: any name that a template reads may then be one
    of them. `kinds` are the columns that something uses, by source.
    `tables` are the sources of which a template reads a column just as it stands there.
    """

    measures: Mapping[str, Kind | None]
    headers: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, Mapping[str, str]]
    tables: frozenset[str] = frozenset()


def names_of(setting: Setting) -> tuple[Names, list[Problem]]:
    """The names of a workspace, with what does not fit between its rules and the headers of its files."""
    workspace = setting.workspace
    used, problems = columns_used(workspace, setting.functions)
    problems += _custom_problems(setting)
    kinds = {source: {column: kind.value for column, kind in columns.items()} for source, columns in used.items()}
    reading = reading_of(setting, kinds)
    headers = {}
    for name, spec in workspace.sources.items():
        headers[name], found = headers_of(spec, reading)
        problems += found
    declared = kinds_of_measures(workspace, setting.functions)
    implicit = _implicit(workspace, headers, declared)
    read = _read_by(setting.assigned.values(), setting)
    bare = [(source, column) for source, column in implicit if column in read]
    problems += _clashes(workspace, bare)
    for source, column in bare:
        kinds.setdefault(source, {}).setdefault(column, Kind.NUMBER.value)
    measures: dict[str, Kind | None] = {column: Kind.NUMBER for _, column in implicit}
    if any(not headers[table.name] for table in tables_of_facts(workspace)):
        measures |= dict.fromkeys(_measures_read_by(setting), Kind.NUMBER)
    return Names(
        {**declared, **measures, **declared}, headers, kinds, frozenset(source for source, _ in bare)
    ), problems


def _custom_problems(setting: Setting) -> list[Problem]:
    """What does not fit between the workspace and the measures of plugins."""
    workspace, customs = setting.workspace, setting.registry.measures
    custom = (spec for spec in workspace.measures.values() if spec.aggregate == "custom")
    return [problem for spec in custom for problem in custom_problems(workspace, spec, customs)]


def reading_of(
    setting: Setting, kinds: Mapping[str, Mapping[str, str]], tables: frozenset[str] = frozenset()
) -> Reading:
    """How the sources of a setting are read; `tables` are those that must have one row for each person."""
    workspace = setting.workspace
    people = People(workspace.people.source, workspace.people.columns["id"])
    return Reading(
        root=workspace.root,
        period=setting.period,
        previous=setting.previous,
        calendar=workspace.calendar,
        adapters=setting.registry.adapters,
        functions=setting.functions,
        kinds=kinds,
        people=people,
        used=_used(workspace),
        one_row_each=tables,
        environment=setting.asked.environment,
        since=_first_day_counted(setting),
    )


def _first_day_counted(setting: Setting) -> date | None:
    """The first of the days that a KPI with `matures_after` counts; None where there is none."""
    late = [role for role in setting.assigned.values() if any(kpi.matures_after for kpi in role.kpis)]
    plans = (plan_of(role, tools_of(setting))[0] for role in late)
    windows = [window_of(name) for plan in plans if plan is not None for name in plan.names]
    return min((window.start for window in windows if window is not None), default=None)


def _used(workspace: Workspace) -> frozenset[str]:
    """The sources that something needs: a log that no measure, target or leave is taken from is none."""
    people = workspace.people
    named = [people.source, *([people.leave.source] if people.leave else [])]
    named += [measure.source for measure in workspace.measures.values()]
    named += [target.source for target in workspace.targets.values()]
    rules = [(spec.credit, spec.leave_out) for spec in workspace.sources.values()]
    named += [credit.to for credit, _ in rules if credit] + [left.source for _, left in rules if left]
    return frozenset(named) | {table.name for table in tables_of_facts(workspace)}


def scope_of(setting: Setting, names: Names) -> Scope:
    """What a template may name in this workspace."""
    workspace = setting.workspace
    kinds: dict[str, Kind | None] = {
        f"{prefix}{name}": kind for name, kind in names.measures.items() for prefix in _MEASURE_PREFIXES
    }
    kinds |= {f"{prefix}{name}": Kind.NUMBER for name in target_names(setting) for prefix in _TARGET_PREFIXES}
    kinds |= {f"person.{name}": kind for name, kind in _attributes(workspace).items()}
    groups = frozenset({"team", "site"} & set(workspace.people.columns))
    scorers = frozenset(setting.registry.scorers)
    return Scope({**kinds, **ENGINE}, setting.functions, workspace.protected, scorers, groups)


def target_names(setting: Setting) -> frozenset[str]:
    """The targets a formula can name: those declared, and in a workspace with a register any that a template names.

    Which targets a register holds is known only when it is read; a target that nobody has is `no_target` then.
    """
    targets = setting.workspace.targets
    plain = {name for name, spec in targets.items() if not spec.columns}
    if len(plain) == len(targets):
        return frozenset(plain)
    wanted = _read_by((draft.role for draft in setting.every_draft.values()), setting)
    return frozenset(plain | {name.rpartition("target.")[2] for name in wanted if "target." in name})


def _attributes(workspace: Workspace) -> dict[str, Kind | None]:
    source = workspace.sources.get(workspace.people.source)
    declared = declared_kinds(source) if source else {}
    return {name: declared.get(name, Kind.TEXT) for name in workspace.people.attributes}


def _implicit(
    workspace: Workspace, headers: Mapping[str, Iterable[str]], declared: Mapping[str, Kind]
) -> list[tuple[str, str]]:
    """The columns of tables that are measures by themselves, as (source, column), without the persons' ids."""
    found = []
    for spec in tables_of_facts(workspace):
        typed = declared_kinds(spec)
        found += [
            (spec.name, column)
            for column in columns_of_facts(workspace, spec, headers.get(spec.name, ()))
            if column not in declared and typed.get(column, Kind.NUMBER) is Kind.NUMBER
        ]
    return found


def _clashes(workspace: Workspace, bare: Sequence[tuple[str, str]]) -> list[Problem]:
    """A problem for each column that templates read and two tables have."""
    columns: dict[str, list[str]] = {}
    for source, column in bare:
        columns.setdefault(source, []).append(column)
    _, problems = catalogue_of(workspace, columns, frozenset(column for _, column in bare))
    return problems


def _measures_read_by(setting: Setting) -> set[str]:
    """The measures that the templates of the workspace read, without their prefixes."""
    read = _read_by((draft.role for draft in setting.concerned.values()), setting)
    return {known.measure for name in read if (known := measure_name(name)) is not None}


def _read_by(roles: Iterable[Role], setting: Setting) -> set[str]:
    """The names that templates read, those of measures without their prefixes too."""
    names = {name for role in roles for name in names_needed(role, setting.functions)}
    measures = {known.measure for name in names if (known := measure_name(name)) is not None}
    return names | measures
