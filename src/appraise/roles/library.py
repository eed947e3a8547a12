"""From folders of templates to roles: look up, extend, check and build; one bad template never stops the others."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from appraise.documents.schema import Fault, schema_faults, told_faults
from appraise.documents.suggest import did_you_mean
from appraise.model.problem import Problem
from appraise.model.role import FIVE_POINT, Role, Scale
from appraise.roles.build import role_of
from appraise.roles.files import Folder, Template, files_in
from appraise.roles.inherit import chain_of, merged
from appraise.roles.kpi_library import nearest_libraries, trial_of
from appraise.roles.part import Part, unsound_paths
from appraise.roles.rules import rule_problems
from appraise.roles.rules.balance import balance_problems
from appraise.roles.things import thing_of
from appraise.roles.twins import without_twins
from appraise.roles.used_kpis import with_used_kpis

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from appraise.documents.nodes import Document
    from appraise.roles.kpi_library import KpiLibrary

__all__ = ["Draft", "Folder", "RoleRequest", "load_drafts", "load_roles"]

INCOMPLETE = frozenset({"missing-key", "weights-total", "nothing-scored", "wrong-length"})
"""What may be wrong with a template that others extend: it is then no role of its own, only a beginning."""


@dataclass(frozen=True, slots=True)
class RoleRequest:
    """Where templates are, nearest folder first, the schema they must keep, and the scales they may name.

    Libraries of KPIs stand beside them and keep `library_schema`. With `wanted`, ids of roles, the folders beyond the
    nearest give only what these roles need; a template of the nearest folder is always read.
    """

    folders: Sequence[Folder]
    schema: Mapping[str, Any]
    scales: Mapping[str, Scale] = field(default_factory=dict)
    library_schema: Mapping[str, Any] = field(default_factory=dict)
    wanted: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A role as far as its template is sound; only a `sound` one may be scored.

    The expressions of an unsound one can still be checked, so that all mistakes of a file are told at once.
    """

    role: Role
    sound: bool


def load_roles(request: RoleRequest) -> tuple[Mapping[str, Role], list[Problem]]:
    """The sound roles by key, and what is wrong with all templates, in the order of the files."""
    drafts, problems = load_drafts(request)
    return {name: draft.role for name, draft in drafts.items() if draft.sound}, problems


def load_drafts(request: RoleRequest) -> tuple[Mapping[str, Draft], list[Problem]]:
    """The same with the roles whose templates are not sound.

    The keys are `Role.key`, `id@version` where a role has several versions, or the file of a template without an id.
    """
    found, problems = files_in(request.folders, request.wanted)
    libraries, told = nearest_libraries(found.libraries)
    problems += told + [problem for library in libraries.values() for problem in _library_problems(library, request)]
    written_out = [with_used_kpis(template, libraries) for template in found.templates]
    problems += [problem for _, told in written_out for problem in told]
    templates, twins = without_twins([template for template, _ in written_out])
    problems += twins
    visible = _nearest(templates)
    extended = {
        beneath.role
        for template in visible
        for beneath in chain_of(template, templates)[0][1:]
        if beneath.role != template.role
    }
    drafts: dict[str, Draft] = {}
    for template in visible:
        draft, told = _draft(template, templates, request)
        only_a_beginning = template.role in extended and {one.code for one in told if one.is_error} & INCOMPLETE
        if only_a_beginning:
            told = [one for one in told if one.code not in INCOMPLETE]
        elif draft:
            draft = _as_edition(draft, template, visible)
            drafts[draft.role.key or template.document.shown] = draft
        problems += told
    return drafts, sorted(_once(problems), key=lambda problem: (problem.place, problem.code))


def _nearest(templates: Iterable[Template]) -> list[Template]:
    """Every template of each role's nearest layer, which has all the versions that count."""
    nearest: dict[str, list[Template]] = {}
    for template in templates:
        editions = nearest.setdefault(template.role or template.document.shown, [])
        if not editions or editions[0].layer == template.layer:
            editions.append(template)
    return [template for editions in nearest.values() for template in editions]


def _as_edition(draft: Draft, template: Template, visible: Sequence[Template]) -> Draft:
    """The draft with its version in its key, where its role has others."""
    if sum(other.role == template.role for other in visible) == 1 or not template.role:
        return draft
    edition = draft.role.version or template.version or template.effective or template.document.shown
    return replace(draft, role=replace(draft.role, edition=edition))


def _draft(
    template: Template, templates: Sequence[Template], request: RoleRequest
) -> tuple[Draft | None, list[Problem]]:
    chain, broken = chain_of(template, templates)
    document, problems = (template.document, broken) if broken else merged(chain)
    faults = schema_faults(document, request.schema, thing_of(document))
    if broken:
        known = {one.place for one in broken}
        told = [one for one in told_faults(document, faults) if one.place not in known and one.code != "missing-key"]
        return None, [*broken, *told]
    problems = [*problems, *told_faults(document, faults)]
    role, told = _built(document, faults, chain, request)
    problems += [*told, *rule_problems(role), *balance_problems(role)]
    sound = all(one.readable for one in chain) and not any(problem.is_error for problem in problems)
    return Draft(role, sound), [_with_heir(problem, template) for problem in problems]


def _library_problems(library: KpiLibrary, request: RoleRequest) -> list[Problem]:
    """What is wrong with a library by itself, whoever uses it."""
    told = told_faults(
        library.document, schema_faults(library.document, request.library_schema, thing_of(library.document))
    )
    trial = trial_of(library)
    role, unbuilt = _built(trial, schema_faults(trial, request.schema, thing_of(trial)), (), request)
    return [*told, *unbuilt, *rule_problems(role)]


def _built(
    document: Document, faults: list[Fault], chain: Sequence[Template], request: RoleRequest
) -> tuple[Role, list[Problem]]:
    part = Part(document, unsound_paths(faults))
    scale, problems = _scale_of(part, {FIVE_POINT.id: FIVE_POINT, **request.scales})
    role, told = role_of(part, scale, [one.document.content for one in chain])
    return role, [*problems, *told]


def _scale_of(part: Part, scales: Mapping[str, Scale]) -> tuple[Scale, list[Problem]]:
    """The scale that the template names; one without steps, which no rule looks at, where there is none such."""
    name = part.text("scale", "" if part.has("scale") else FIVE_POINT.id)
    if name in scales:
        return scales[name], []
    unknown = Scale(name, 0, 0, ())
    if not name:
        return unknown, []
    message = f"there is no scale '{name}'"
    hint = did_you_mean(name, scales) or f"write {', '.join(scales)}, or declare it in appraise.yaml under `scales`"
    return unknown, [Problem(part.place("scale"), code="unknown-scale", message=message, hint=hint)]


def _with_heir(problem: Problem, template: Template) -> Problem:
    """What goes wrong in one file because of another names the other."""
    if problem.place.file == template.document.shown:
        return problem
    return replace(problem, message=f"{problem.message} (inherited by role '{template.role}')")


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once: what is wrong with an extended template is no news in those that extend it."""
    told: dict[tuple[str, str, str], Problem] = {}
    for problem in sorted(problems, key=lambda one: " (inherited by " in one.message):
        bare = problem.message.split(" (inherited by ")[0]
        told.setdefault((str(problem.place), problem.code, bare), problem)
    return list(told.values())
