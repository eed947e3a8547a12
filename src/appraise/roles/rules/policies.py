"""Rules about the policy of another system: keys that say otherwise than it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.model.problem import Problem, Severity
from appraise.model.role import Missing, PercentOfTarget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.model.place import Place
    from appraise.model.role import Kpi, Role

FRAPPE, SAP_AVERAGE, OKR_CLAMPED = "frappe", "sap_average", "okr_clamped"
SHARED = {FRAPPE: "siblings", SAP_AVERAGE: "global"}
"""Who takes unscored weight under a policy that decides on it; under `frappe` no weight is given away."""

FULL = 100.0


def policies_are_not_contradicted(role: Role) -> list[Problem]:
    """A warning: a key of the template says otherwise than its policy.

    A policy wins over `min_coverage`, `unscored_weight`, `rollup`, `min_sample` and `attainment_cap`, which then have
    no effect. What a KPI says under `missing` wins over the policy. The policy of `appraise.yaml` warns of nothing: it
    is there to score templates that were written without it.
    """
    if not role.policy:
        return []
    return [
        *_of_the_template(role),
        *(
            _without_effect(role, f"KRA '{kra.id}': `rollup: {kra.rollup}`", kra.places.get("rollup", kra.place))
            for kra in role.kras
            if kra.rollup != "arithmetic"
        ),
        *(problem for kpi in role.kpis for problem in _of_a_kpi(role, kpi)),
    ]


def _of_the_template(role: Role) -> Iterator[Problem]:
    if role.policy not in SHARED:
        return
    if "min_coverage" in role.places and role.min_coverage:
        yield _without_effect(role, f"`min_coverage: {role.min_coverage:g}`", role.places["min_coverage"])
    if "unscored_weight" in role.places and role.unscored_weight != SHARED[role.policy]:
        yield _without_effect(role, f"`unscored_weight: {role.unscored_weight}`", role.places["unscored_weight"])


def _of_a_kpi(role: Role, kpi: Kpi) -> Iterator[Problem]:
    thing, places = f"KPI '{kpi.id}'", kpi.places
    if role.policy == FRAPPE and "min_sample" in places:
        yield _without_effect(role, f"{thing}: `min_sample`", places["min_sample"])
    if role.policy == FRAPPE and "missing" in places:
        said = f"{thing}: `missing: {kpi.missing.value}`"
        yield (
            _without_effect(role, said, places["missing"])
            if kpi.missing is Missing.EXCLUDE
            else _followed(role, said, places["missing"])
        )
    method = kpi.method
    capped = isinstance(method, PercentOfTarget) and method.attainment_cap > FULL
    if role.policy == OKR_CLAMPED and capped and "attainment_cap" in places:
        yield _without_effect(role, f"{thing}: an `attainment_cap` above 100", places["attainment_cap"])


def _without_effect(role: Role, said: str, place: Place) -> Problem:
    message = f"{said} has no effect under the policy '{role.policy}'"
    return _warning(message, place, "leave it out, or the policy")


def _followed(role: Role, said: str, place: Place) -> Problem:
    message = f"{said} is followed, where the policy '{role.policy}' would count zero"
    return _warning(message, place, "leave it out to score as the other system does")


def _warning(message: str, place: Place, hint: str) -> Problem:
    return Problem(place, code="policy-contradicted", message=message, hint=hint, severity=Severity.WARNING)
