"""The role templates of a workspace: listing and showing them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from appraise.app.answers_roles import RoleLine, RoleShown, RolesListed
from appraise.app.setting import TEMPLATES, opened
from appraise.app.template_words import template_words
from appraise.app.versions import pinned_in
from appraise.app.wording import wording_of
from appraise.app.words import title_of
from appraise.documents.suggest import did_you_mean
from appraise.expr.formula import parse
from appraise.expr.words import say
from appraise.model.place import Place
from appraise.model.problem import Problem
from appraise.roles.editions import first_day_of, known_versions
from appraise.scoring.policies import under_policy

if TYPE_CHECKING:
    from appraise.app.asked import Asked
    from appraise.app.setting import Setting
    from appraise.model.role import Role


def list_roles(asked: Asked) -> RolesListed:
    """The templates that the workspace can use, by id, with every version of each."""
    setting, problems = opened(asked, every_template=True)
    if setting is None:
        return RolesListed(tuple(problems))
    roles = [draft.role for draft in setting.every_draft.values() if draft.sound]
    ordered = sorted(roles, key=lambda role: (role.id, first_day_of(role.effective)))
    return RolesListed(tuple(problems), tuple(_line(role, setting) for role in ordered), setting.period)


def show_role(asked: Asked, name: str) -> RoleShown:
    """One template after `extends`, with every rule in words; a problem where there is none of that name.

    `name` is the id of a role, which means the version of the period's first day, or `id@version`. Where the template
    or the workspace has a policy, the rules are those under it.
    """
    setting, problems = opened(asked, every_template=True)
    if setting is None:
        return RoleShown(tuple(problems))
    key = key_of(name, setting)
    file = setting.template_file(key)
    own = tuple(problem for problem in problems if problem.place.file == file)
    if key not in setting.every_draft:
        return RoleShown(own or (unknown_role(name, setting),))
    role = under_policy(setting.every_draft[key].role, setting.workspace.policy)
    return RoleShown(own, role, words_of(role, setting), template_words(role, wording_of(setting)))


def key_of(name: str, setting: Setting) -> str:
    """The key of the template that is meant: a version that counts from the first day is found under its id alone."""
    role, _, version = name.partition("@")
    first = setting.drafts.get(role)
    return role if first is not None and version in {"", first.role.version} else name


def unknown_role(name: str, setting: Setting) -> Problem:
    """The problem of a name that no template, or no version of one, has."""
    role, _, version = name.partition("@")
    versions = known_versions(setting.every_draft.values(), role)
    if version and versions:
        message = f"role '{role}' has no version {version[:60]}"
        hint = did_you_mean(version, versions) or f"there is {' and '.join(versions)}"
        return Problem(Place(TEMPLATES), code="unknown-version", message=message, hint=hint)
    hint = did_you_mean(name, setting.drafts) or f"there are: {', '.join(sorted(setting.drafts))}"
    return Problem(Place(TEMPLATES), code="unknown-role", message=f"there is no role template '{name}'", hint=hint)


def words_of(role: Role, setting: Setting) -> dict[str, str]:
    """The formula of every KPI in plain words, by the KPI's id; one that does not parse as it is written."""
    titles = {name: title_of(name, spec) for name, spec in setting.workspace.measures.items()}
    words = {}
    for kpi in role.kpis:
        formula, _ = parse(kpi.formula, setting.functions)
        words[kpi.id] = say(formula, titles) if formula else kpi.members.says if kpi.members else kpi.formula.text
    return words


def _line(role: Role, setting: Setting) -> RoleLine:
    starts = setting.editions.get(role.id, ())
    keys = [key for _, key in starts]
    first = last = None
    if role.key in keys:
        place = keys.index(role.key)
        nexts = [day - timedelta(days=1) for day, _ in starts[place + 1 :]]
        first, last = starts[place][0], [*nexts, setting.period.end][0]
    return RoleLine(
        role.id,
        role.title,
        role.version,
        role.place.file,
        len(role.kras),
        len(role.kpis),
        role.effective,
        first,
        last,
        pinned=pinned_in(setting.period, setting.workspace).get(role.id) == role.version,
    )
