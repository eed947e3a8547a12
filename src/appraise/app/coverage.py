"""How much of a template its worked examples try: the cases that they reach, and those that they do not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.app.cases import cases_met, cases_of
from appraise.app.examples import row_of
from appraise.app.words import example_tools_of
from appraise.model.problem import Problem
from appraise.scoring.one import appraised
from appraise.scoring.plan import plan_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from appraise.app.cases import Case
    from appraise.app.setting import Setting
    from appraise.model.role import Role


@dataclass(frozen=True, slots=True)
class Coverage:
    """The examples of one template: `total` cases, of which no example reaches those in `missing`."""

    role: Role
    total: int
    missing: tuple[Case, ...]

    @property
    def reached(self) -> int:
        """How many cases the examples reach."""
        return self.total - len(self.missing)


def coverage_of(role: Role, setting: Setting) -> Coverage:
    """What the examples of a sound template reach, whether or not they say what they expect there."""
    plan, _ = plan_of(role, example_tools_of(setting))
    if plan is None:
        return Coverage(role, 0, ())
    met = frozenset().union(*(cases_met(appraised(plan, row_of(plan, one))) for one in role.examples))
    every = cases_of(plan)
    return Coverage(role, len(every), tuple(case for case in every if case not in met))


def percent_reached(coverages: Iterable[Coverage]) -> int:
    """Reached cases in whole percent, rounded down, so that 100 means all; 100 where there are none to reach."""
    every = tuple(coverages)
    total = sum(one.total for one in every)
    return math.floor(100 * sum(one.reached for one in every) / total) if total else 100


def below(coverages: Iterable[Coverage], percent: float) -> tuple[Problem, ...]:
    """A problem for each template whose examples reach fewer percent of its cases."""
    return tuple(
        Problem(
            one.role.places.get("examples", one.role.place),
            code="examples-reach-too-little",
            message=f"role '{one.role.key}': its examples reach {percent_reached([one])} % of its cases, "
            f"fewer than the {percent:g} % asked for",
            hint="add examples for what 'appraise check --coverage' lists",
        )
        for one in coverages
        if 100 * one.reached < percent * one.total
    )
