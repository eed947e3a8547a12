"""The rules of other systems as presets: a template scored as another system would, to prove parity before leaving it.

docs/policies.md tells for each what it does, where that is from, and its numbers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from appraise.model.role import Bands, Missing, PercentOfTarget

if TYPE_CHECKING:
    from appraise.model.role import Kpi, Kra, Role, Scale

FRAPPE, SAP_AVERAGE, OKR_CLAMPED = "frappe", "sap_average", "okr_clamped"
POLICIES = (FRAPPE, SAP_AVERAGE, OKR_CLAMPED)

PERCENT = 100
"""A scale that ends here or above is of percent."""

FULL = 100.0
"""The attainment, in percent, above which an objective counts no more."""


def under_policy(role: Role, default: str = "") -> Role:
    """A template with the keys that its policy sets, which win over those that are written.

    Args:
        role: the template as it is written.
        default: the policy of a template that names none.
    """
    policy = role.policy or default
    if policy not in POLICIES:
        return role
    kras = tuple(replace(kra, rollup="arithmetic", kpis=_kpis(kra, policy, role.scale)) for kra in role.kras)
    role = replace(role, policy=policy, kras=kras)
    if policy == OKR_CLAMPED:
        return role
    shared = "global" if policy == SAP_AVERAGE else "siblings"
    return replace(role, min_coverage=0.0, unscored_weight=shared)


def _kpis(kra: Kra, policy: str, scale: Scale) -> tuple[Kpi, ...]:
    if policy == FRAPPE:
        return tuple(_never_missing(kpi) for kpi in kra.kpis)
    return tuple(_clamped(kpi, scale) for kpi in kra.kpis) if policy == OKR_CLAMPED else kra.kpis


def _never_missing(kpi: Kpi) -> Kpi:
    """Without a score it counts as zero, but for what the KPI itself asks for; a few cases are as good as many."""
    missing = Missing.ZERO if kpi.missing is Missing.EXCLUDE else kpi.missing
    return replace(kpi, missing=missing, min_sample=None)


def _clamped(kpi: Kpi, scale: Scale) -> Kpi:
    """0 to 100 percent of the target are the scale from end to end, in a straight line."""
    if not isinstance(kpi.method, PercentOfTarget) or not scale.steps:
        return kpi
    starts = tuple(FULL * step / scale.steps for step in range(1, scale.steps + 1))
    return replace(kpi, method=PercentOfTarget(Bands(starts, scores_lowest_at=0.0), FULL))
