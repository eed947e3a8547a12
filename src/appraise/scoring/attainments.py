"""How much of a target is reached: the percentage as it is, and what is said where it counts for less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.expr.quantiser import quantised
from appraise.model.role import Direction, PercentOfTarget

if TYPE_CHECKING:
    from appraise.scoring.plan import KpiPlan


def attained(kpi: KpiPlan, value: float | None, target: float | None) -> float | None:
    """The percent of the target that a value attains, 0 or more, with two decimals; None without a target above 0."""
    if not isinstance(kpi.kpi.method, PercentOfTarget) or value is None or target is None or target <= 0:
        return None
    percent = (2.0 - value / target) * 100.0 if kpi.kpi.direction is Direction.LOWER else value * 100.0 / target
    return quantised(max(percent, 0.0), 2)


def beyond_cap(kpi: KpiPlan, value: float | None, target: float | None) -> tuple[str, ...]:
    """A sentence where more of the target is reached than counts."""
    method, percent = kpi.kpi.method, attained(kpi, value, target)
    if not isinstance(method, PercentOfTarget) or percent is None or percent <= method.attainment_cap:
        return ()
    return (f"{percent:,.2f} % of the target is reached; {method.attainment_cap:g} % is the most that counts",)
