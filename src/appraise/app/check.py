"""Checking: every mistake in the rules, their examples, the headings of files, and on request every value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.app.answers import Checked
from appraise.app.beginning import schema_copy_problems
from appraise.app.coverage import coverage_of
from appraise.app.days_of_kpis import days_without_effect
from appraise.app.examples import example_results
from appraise.app.first_templates import first_templates
from appraise.app.names import names_of, scope_of
from appraise.app.pipeline import scores_of
from appraise.app.ready import Ready, may_be_scored, with_sound_templates
from appraise.app.setting import opened
from appraise.app.unused import unknown_templates, unused_measures
from appraise.app.versions import not_yet_in_force
from appraise.roles.members import scores_of_nobody
from appraise.roles.scope import expression_problems

if TYPE_CHECKING:
    from collections.abc import Iterable

    from appraise.app.asked import Asked
    from appraise.app.coverage import Coverage
    from appraise.app.names import Names
    from appraise.app.setting import Setting
    from appraise.model.problem import Problem


def check(asked: Asked, with_data: bool, *, with_coverage: bool = False) -> Checked:  # noqa: FBT001 -- the first switch of the command
    """Every problem of a workspace, each once, in the order of files and lines.

    Args:
        asked: the request.
        with_data: read the values too, as a run would, and report what is wrong with them.
        with_coverage: tell what the examples of the templates do not reach.
    """
    setting, problems = opened(asked)
    if setting is None:
        return Checked(_ordered(problems))
    usable = may_be_scored(problems)
    names, found = names_of(setting)
    problems += [*found, *rule_problems(setting, names), *schema_copy_problems(asked.root)]
    people = None
    if with_data and usable:
        sound, _ = with_sound_templates(setting, names)
        scores, told = scores_of(Ready(sound, names))
        problems += told
        people = scores.inputs.frame.height
    return Checked(
        _ordered(problems),
        setting.period,
        len(setting.every_draft),
        len(setting.workspace.sources),
        len(setting.workspace.measures),
        people,
        _coverage(setting, names) if with_coverage else None,
    )


def _coverage(setting: Setting, names: Names) -> tuple[Coverage, ...]:
    """What the examples reach of every template of the workspace that can be scored."""
    scope = scope_of(setting, names)
    roles = [draft.role for draft in setting.concerned.values() if draft.sound]
    sound = [role for role in roles if not any(problem.is_error for problem in expression_problems(role, scope))]
    return tuple(coverage_of(role, setting) for role in sound)


def rule_problems(setting: Setting, names: Names) -> list[Problem]:
    """What is wrong between the templates and the names of the workspace, and the examples that do not come out.

    Every version of a template is looked at, also those that do not count in the period. A shipped template that nobody
    in this workspace is on may name measures that it does not have.
    """
    scope = scope_of(setting, names)
    problems = [*unknown_templates(setting), *not_yet_in_force(setting), *unused_measures(setting)]
    problems += [*first_templates(setting).problems, *days_without_effect(setting)]
    others = [draft.role for draft in setting.every_draft.values()]
    for draft in setting.concerned.values():
        found = expression_problems(draft.role, scope)
        problems += [*found, *scores_of_nobody(draft.role, others)]
        if draft.sound and not any(problem.is_error for problem in found):
            problems += example_results(draft.role, setting)
    return problems


def _ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    once = dict.fromkeys(problems)
    return tuple(sorted(once, key=lambda problem: (problem.place, problem.code, problem.message)))
