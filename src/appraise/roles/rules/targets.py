"""Rules about targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.model.problem import Problem, Severity
from appraise.model.role import PercentOfTarget

if TYPE_CHECKING:
    from appraise.model.role import Role


def targets_are_used(role: Role) -> list[Problem]:
    """A warning: `target` stands beside a way to score that does not look at it.

    A formula may name a target itself, and then needs no `target`.
    """
    problems = []
    for kpi in role.kpis:
        if kpi.target and "method" in kpi.places and not isinstance(kpi.method, PercentOfTarget):
            message = f"KPI '{kpi.id}': 'target' is not used, because the score does not ask for it"
            hint = "take it out, or score by `percent_of_target`"
            place = kpi.places.get("target", kpi.place)
            problems.append(
                Problem(place, code="target-unused", message=message, hint=hint, severity=Severity.WARNING),
            )
    return problems
