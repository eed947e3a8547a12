"""A workspace that may be scored: its rules checked, with the templates that cannot be used left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from appraise.app.names import names_of, scope_of
from appraise.app.setting import opened
from appraise.app.unused import lost_versions, unknown_templates
from appraise.app.versions import not_yet_in_force
from appraise.app.workspace import FILE
from appraise.roles.scope import expression_problems

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from appraise.app.asked import Asked
    from appraise.app.names import Names
    from appraise.app.setting import Setting
    from appraise.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Ready:
    """A setting whose assigned templates are all sound, and the names that its formulas can use."""

    setting: Setting
    names: Names


def ready(asked: Asked) -> tuple[Ready | None, list[Problem]]:
    """The workspace of a request, ready to be scored, and what is wrong with its rules.

    A mistake in `appraise.yaml` leaves nothing to score by. One in a template costs those who are on it: they come out
    with the status `error`, and everybody else is scored.
    """
    setting, problems = opened(asked)
    if setting is None or not may_be_scored(problems):
        return None, problems
    names, found = names_of(setting)
    early, lost = not_yet_in_force(setting), lost_versions(setting, problems)
    setting, unsound = with_sound_templates(setting, names)
    setting = _without(setting, {problem.place.file for problem in lost})
    told = [*problems, *found, *unknown_templates(setting), *early, *lost, *unsound]
    return Ready(setting, names), list(dict.fromkeys(told))


def may_be_scored(problems: Iterable[Problem]) -> bool:
    """Whether nothing is wrong with `appraise.yaml` itself, from the problems of opening it."""
    return not any(problem.is_error and problem.place.file == FILE for problem in problems)


def _without(setting: Setting, files: Container[str]) -> Setting:
    """The setting in which no version of the roles in these files is scored on."""
    roles = {draft.role.id for draft in setting.drafts.values() if draft.role.place.file in files}
    drafts = {
        key: replace(draft, sound=draft.sound and draft.role.id not in roles) for key, draft in setting.drafts.items()
    }
    return replace(setting, drafts=drafts)


def with_sound_templates(setting: Setting, names: Names) -> tuple[Setting, list[Problem]]:
    """The setting without the templates whose expressions do not fit the names, and why they do not."""
    scope = scope_of(setting, names)
    drafts = dict(setting.drafts)
    problems: list[Problem] = []
    for name, role in setting.assigned.items():
        found = expression_problems(role, scope)
        problems += found
        if any(problem.is_error for problem in found):
            drafts[name] = replace(drafts[name], sound=False)
    return replace(setting, drafts=drafts), problems
