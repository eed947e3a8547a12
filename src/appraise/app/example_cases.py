"""The worked examples of a workspace one by one, for a runner of tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.app.examples import failures_of
from appraise.app.names import names_of, scope_of
from appraise.app.setting import opened
from appraise.app.words import example_tools_of
from appraise.roles.scope import expression_problems
from appraise.scoring.plan import plan_of

if TYPE_CHECKING:
    from appraise.app.asked import Asked
    from appraise.model.problem import Problem
    from appraise.model.role import Example
    from appraise.scoring.plan import Plan


@dataclass(frozen=True, slots=True)
class ExampleCase:
    """A worked example and the template that it is tried on."""

    plan: Plan
    example: Example

    @property
    def file(self) -> str:
        """The file of the template, relative to the workspace."""
        return self.plan.role.place.file

    def failures(self) -> list[Problem]:
        """What the example expects and does not get."""
        return failures_of(self.plan, self.example)


def example_cases(asked: Asked) -> tuple[tuple[ExampleCase, ...], list[Problem]]:
    """Every example of the workspace's templates that can be tried, and the mistakes of the rules."""
    setting, problems = opened(asked)
    if setting is None:
        return (), problems
    names, found = names_of(setting)
    scope, tools = scope_of(setting, names), example_tools_of(setting)
    problems += found
    cases: list[ExampleCase] = []
    for draft in setting.concerned.values():
        told = expression_problems(draft.role, scope)
        problems += told
        plan, _ = plan_of(draft.role, tools)
        if plan is not None and draft.sound and not any(problem.is_error for problem in told):
            cases += [ExampleCase(plan, example) for example in draft.role.examples]
    return tuple(cases), problems
