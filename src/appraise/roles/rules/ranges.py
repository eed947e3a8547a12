"""Rules about the nested ranges of `direction: range`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from appraise.model.problem import Problem
from appraise.roles.rules.bands import banded

if TYPE_CHECKING:
    from appraise.model.role import Role
    from appraise.roles.rules.bands import Banded


def ranges_are_nested(role: Role) -> list[Problem]:
    """Each range begins below its end and lies inside the one before, so that getting nearer never scores less.

    Two ranges may share one end, but not both: the lower of the two scores could then never be had.
    """
    return [problem for one in banded(role) for problem in _reversed(one) or _not_nested(one)]


def _reversed(one: Banded) -> list[Problem]:
    problems = []
    for number, (low, high) in enumerate(one.bands.ranges):
        if low > high:
            message = f"KPI '{one.kpi.id}': the range [{low:g}, {high:g}] ends before it begins"
            hint = f"write [{high:g}, {low:g}]"
            problems.append(Problem(one.place(f"ranges.{number}"), code="range-reversed", message=message, hint=hint))
    return problems


def _not_nested(one: Banded) -> list[Problem]:
    problems = []
    for number, (outer, inner) in enumerate(pairwise(one.bands.ranges), start=1):
        shown = f"[{inner[0]:g}, {inner[1]:g}]"
        around = f"[{outer[0]:g}, {outer[1]:g}]"
        if inner == outer:
            message = f"KPI '{one.kpi.id}': the range {shown} stands twice, so a score can never be had"
        elif inner[0] < outer[0] or inner[1] > outer[1]:
            message = f"KPI '{one.kpi.id}': the range {shown} does not lie inside {around}"
        else:
            continue
        hint = "begin with the widest range and let each lie inside the one before"
        problems.append(Problem(one.place(f"ranges.{number}"), code="ranges-not-nested", message=message, hint=hint))
    return problems
