"""Rules about the days that a KPI is counted over: its months, and days that lie before the period."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from appraise.model.problem import Problem
from appraise.model.role import PercentOfTarget
from appraise.model.window import MOST_DAYS, matured

if TYPE_CHECKING:
    from appraise.model.role import Role

_SOME_DAY = date(2026, 7, 1)


def months_have_no_target(role: Role) -> list[Problem]:
    """A KPI with `by_month` is not scored by `percent_of_target`: the target is that of the whole period."""
    return [
        Problem(
            kpi.places.get("by_month", kpi.place),
            code="by-month-with-target",
            message=f"KPI '{kpi.id}': 'by_month' and `percent_of_target` do not go together, because a target is that "
            "of the whole period and the value would be that of a month",
            hint="leave 'by_month' out, or score the months by bands",
        )
        for kpi in role.kpis
        if kpi.by_month and isinstance(kpi.method, PercentOfTarget)
    ]


def outcomes_are_known_in_time(role: Role) -> list[Problem]:
    """`matures_after` is at most five years: logs do not reach back further, and no review should."""
    problems = []
    for kpi in role.kpis:
        if kpi.matures_after is None:
            continue
        back = (_SOME_DAY - matured(_SOME_DAY, _SOME_DAY, kpi.matures_after).start).days
        if back > MOST_DAYS:
            message = f"KPI '{kpi.id}': 'matures_after' {kpi.matures_after.text} is more than five years"
            place = kpi.places.get("matures_after", kpi.place)
            problems.append(Problem(place, code="maturity-too-long", message=message, hint="write a shorter time"))
    return problems
