"""What a template can do, case by case, and which of these cases a scored person is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from appraise.expr.checks import may_divide_by_zero
from appraise.model.role import Custom, PassFail, PercentOfTarget
from appraise.model.status import GateStatus, KpiStatus
from appraise.scoring.levels import ONE_FOR_ALL
from appraise.scoring.statuses import MISSING_REASONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.model.outcome import GateResult, KpiScore
    from appraise.scoring.one import Scored
    from appraise.scoring.plan import GatePlan, KpiPlan, Plan

BAND, MISSING_DATA, LIMIT = "band", "missing_data", "limit"
GATE, SEVERITY, ADJUSTMENT = "gate", "severity", "adjustment"
"""The kinds of cases."""

ANY = "any"
"""The band of a plugin's scorer: which ones it can give is known to the plugin alone."""

OPEN = "open"
"""A gate while an allegation is open."""

_BY_VALUE = frozenset({"", "max_score", "manual", "too_few_peers"})
"""Reasons of a score that comes from the value of the KPI, and not from a rule about missing data."""

_KNOWN_DAYS = ONE_FOR_ALL | {"working_days", "available_days"}


class Case(NamedTuple):
    """One thing that a template can do.

    `id` is that of a KPI, gate or adjustment. `what` is a band (`4`), a status of the KPI (`no_data`), `max_score` or
    `min_score`, a status of the gate or `open`, the severity at which a cap begins (`2`), or `applied`.
    """

    kind: str
    id: str
    what: str


def cases_of(plan: Plan) -> tuple[Case, ...]:
    """Every case of a template in its order; a KPI that is only watched has none."""
    found = [case for kpi in plan.kpis if not kpi.kpi.monitor for case in _cases_of_kpi(plan, kpi)]
    found += [case for gate in plan.gates for case in _cases_of_gate(gate)]
    return (*found, *(Case(ADJUSTMENT, each.adjustment.id, "applied") for each in plan.adjustments))


def cases_met(scored: Scored) -> frozenset[Case]:
    """The cases that a person's result is an instance of."""
    kpis = [case for kra in scored.kras for kpi in kra.kpis for case in _cases_met_by(kpi)]
    gates = [case for gate in scored.gates for case in _cases_met_by_gate(gate)]
    applied = [Case(ADJUSTMENT, each.id, "applied") for each in scored.adjustments if each.applied]
    return frozenset([*kpis, *gates, *applied])


def _cases_of_kpi(plan: Plan, each: KpiPlan) -> Iterator[Case]:
    name = each.kpi.id
    yield from (Case(BAND, name, band) for band in _bands(plan, each))
    yield from (Case(MISSING_DATA, name, status.value) for status in _statuses(each))
    if each.most is not None:
        yield Case(LIMIT, name, "max_score")
    if each.floor is not None:
        yield Case(LIMIT, name, "min_score")


def _bands(plan: Plan, each: KpiPlan) -> list[str]:
    """The bands that a value can reach below the ceiling of the score."""
    scale = plan.role.scale
    highest = scale.highest if each.most is None else min(scale.highest, each.most // 100)
    if isinstance(each.kpi.method, Custom):
        return [ANY]
    if isinstance(each.kpi.method, PassFail):
        return [str(scale.lowest), str(highest)]
    return [str(band) for band in range(scale.lowest, highest + 1)]


def _statuses(each: KpiPlan) -> Iterator[KpiStatus]:
    """The ways in which the KPI can be without a value to score."""
    names = each.formula.names if each.kpi.members is None else frozenset[str]()
    if any("target." not in name and name not in _KNOWN_DAYS for name in names):
        yield KpiStatus.NO_DATA
    if may_divide_by_zero(each.formula.formula):
        yield KpiStatus.ZERO_DENOMINATOR
    if each.sample is not None or each.kpi.members is not None:
        yield KpiStatus.INSUFFICIENT_SAMPLE
    if isinstance(each.kpi.method, PercentOfTarget) or any("target." in name for name in names):
        yield KpiStatus.NO_TARGET
    if each.applies is not None:
        yield KpiStatus.NOT_APPLICABLE


def _cases_of_gate(gate: GatePlan) -> Iterator[Case]:
    name, states = gate.gate.id, [GateStatus.PASS.value, GateStatus.FAIL.value, GateStatus.UNKNOWN.value]
    states += [GateStatus.NOT_APPLICABLE.value] if gate.applies is not None else []
    yield from (Case(GATE, name, state) for state in [*states, *([OPEN] if gate.open is not None else [])])
    yield from (Case(SEVERITY, name, f"{start:g}") for start, _ in gate.classes)


def _cases_met_by_gate(gate: GateResult) -> Iterator[Case]:
    yield Case(GATE, gate.id, gate.status.value)
    if gate.open:
        yield Case(GATE, gate.id, OPEN)
    starts = [step.start for step in gate.caps_by_severity if gate.severity is not None and step.start <= gate.severity]
    if gate.status is GateStatus.FAIL and starts:
        yield Case(SEVERITY, gate.id, f"{max(starts):g}")


def _cases_met_by(kpi: KpiScore) -> Iterator[Case]:
    status = _missing_data(kpi)
    if status is not None:
        yield Case(MISSING_DATA, kpi.id, status.value)
    elif kpi.score is not None and kpi.reason in _BY_VALUE:
        yield Case(BAND, kpi.id, str(kpi.band))
        yield Case(BAND, kpi.id, ANY)
    if kpi.reason == "max_score":
        yield Case(LIMIT, kpi.id, "max_score")
    if kpi.reason == "ceiling":
        yield Case(LIMIT, kpi.id, "min_score")


def _missing_data(kpi: KpiScore) -> KpiStatus | None:
    """The way in which the KPI was without a value, whatever its template then makes of it."""
    if kpi.reason in {"success_when_empty", "division_by_zero"}:
        return KpiStatus.ZERO_DENOMINATOR
    if kpi.reason in {"lowest_score", "missing_as_zero"} or kpi.status is KpiStatus.PENDING:
        return KpiStatus.NO_DATA
    if kpi.status is KpiStatus.ERROR:
        return KpiStatus.NO_DATA if kpi.reason in MISSING_REASONS else None
    return None if kpi.status in {KpiStatus.OK, KpiStatus.MONITOR} else kpi.status
