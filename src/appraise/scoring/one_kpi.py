"""One KPI of one person in plain numbers, with every step of its formula: the same as the columns, for explanations."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.expr.quantiser import quantised
from appraise.model.kinds import Fault
from appraise.model.role import Custom, Missing, PassFail, PercentOfTarget, Rating
from appraise.scoring.attainments import attained
from appraise.scoring.bands import climbed, held, hundredths
from appraise.scoring.members import COUNT, member_name, rolled_up, too_few_members
from appraise.scoring.replies import Reply, number_of, rank_of, replied
from appraise.scoring.scorers import custom_scores
from appraise.scoring.shrinkage import shrunk, used
from appraise.scoring.standings import compared, uncompared
from appraise.scoring.statuses import (
    BY_VALUE,
    CEILING,
    INSUFFICIENT_SAMPLE,
    LOWEST_SCORE,
    MANUAL,
    MAX_SCORE,
    MISSING_AS_ZERO,
    NO_DATA_CODES,
    NOT_APPLICABLE,
    PREVIOUS_ZERO,
    SUCCESS_WHEN_EMPTY,
    ZERO_DENOMINATOR,
    error,
    monitored,
    settled,
    target_code,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.model.kinds import Value
    from appraise.model.members import MembersFigure
    from appraise.model.outcome import Step
    from appraise.model.peers import Compared, Shrunk
    from appraise.model.problem import Problem
    from appraise.scoring.plan import KpiPlan, Plan

__all__ = ["Reply", "number_of", "replied"]  # beside what is defined here


@dataclass(frozen=True, slots=True)
class Marks:
    """A KPI scored for one person: the columns of `kpis.PARTS`, and the steps of the formula."""

    value: float | None
    target: float | None
    attainment: float | None
    sample: float | None
    code: int
    band: int | None
    points: int | None
    step: Step
    problems: tuple[Problem, ...] = ()
    compared: Compared | None = None
    shrunk: Shrunk | None = None
    members: MembersFigure | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """What a KPI is scored from, before it is."""

    value: float | None
    target: float | None
    attainment: float | None
    sample: float | None
    floor: bool
    passes: bool | None
    by_hand: bool
    compared: Compared | None
    shrunk: Shrunk | None


def marked(plan: Plan, place: int, row: Mapping[str, Value]) -> Marks:
    """A KPI of one person, scored; `row` holds the person's values and reasons by their full names."""
    kpi = plan.kpis[place]
    asked = replied(kpi.formula, row)
    found = _found(kpi, asked, row)
    code, custom, problems = _trouble(plan, kpi, asked, found, row)
    code = _after_policy(kpi, code, found)
    band, points = _scored(plan, kpi, code, found, custom)
    code, band, points = _bounded(kpi, code, band, points, floor=found.floor)
    if kpi.kpi.monitor:
        code, band, points = monitored(code), None, None
    seen = found.value, found.target, found.attainment, found.sample
    return Marks(*seen, code, band, points, asked.step, problems, found.compared, found.shrunk, rolled_up(kpi, row))


def _found(kpi: KpiPlan, asked: Reply, row: Mapping[str, Value]) -> _Found:
    by_hand = _typed(kpi, asked, row)
    raw = by_hand if by_hand is not None else number_of(asked.value)
    own = quantised(raw, kpi.kpi.decimals) if raw is not None else None
    before = shrunk(kpi, own, cases_of(kpi, row), row) if by_hand is None else None
    value = used(own, before, kpi.kpi.decimals)
    target = number_of(row.get(kpi.target)) if kpi.target is not None else None
    sample = _sample(kpi, row)
    floor = kpi.floor is not None and replied(kpi.floor, row).value is True
    passes = replied(kpi.passes, row).value is True if kpi.passes is not None else None
    attained = attainment_of(kpi, value, target)
    return _Found(value, target, attained, sample, floor, passes, by_hand is not None, compared(kpi, row), before)


def _sample(kpi: KpiPlan, row: Mapping[str, Value]) -> float | None:
    """How many cases or members carry the value."""
    if kpi.kpi.members is not None:
        return number_of(row.get(member_name(kpi.kpi.id, COUNT)))
    return number_of(replied(kpi.sample, row).value) if kpi.sample is not None else None


def cases_of(kpi: KpiPlan, row: Mapping[str, Value]) -> float | None:
    """How many cases carry a value that is drawn towards a prior."""
    return number_of(replied(kpi.cases, row).value) if kpi.cases is not None else None


def _typed(kpi: KpiPlan, asked: Reply, row: Mapping[str, Value]) -> float | None:
    """What a manager typed, where the formula has no data and the template asks for it."""
    if kpi.kpi.missing is not Missing.MANUAL or asked.finding not in NO_DATA_CODES:
        return None
    return number_of(row.get(f"manual.{kpi.kpi.id}"))


def attainment_of(kpi: KpiPlan, value: float | None, target: float | None) -> float | None:
    """The percent of the target that a value attains, capped; None without a target above zero."""
    method, percent = kpi.kpi.method, attained(kpi, value, target)
    if not isinstance(method, PercentOfTarget) or percent is None:
        return None
    return min(percent, method.attainment_cap)


def _trouble(
    plan: Plan, kpi: KpiPlan, asked: Reply, found: _Found, row: Mapping[str, Value]
) -> tuple[int, int, tuple[Problem, ...]]:
    """The finding of the first trouble in the way, 0 for none; with a plugin's points and its problems."""
    applies = replied(kpi.applies, row) if kpi.applies is not None else None
    if applies is not None and (applies.finding or applies.value is False):
        return applies.finding or NOT_APPLICABLE, 0, ()
    few = too_few_members(kpi, row)
    if few or (asked.finding and not found.by_hand) or (asked.value is not None and number_of(asked.value) is None):
        return few or asked.finding or error(Fault.NOT_FINITE.value), 0, ()
    code = _undersampled(kpi, found, row) or _uncounted(kpi, found, row) or _untargeted(kpi, found, row)
    if not code and kpi.passes is not None:
        code = replied(kpi.passes, row).finding
    if code or found.value is None:
        return code, 0, ()
    scale = plan.role.scale
    if isinstance(kpi.kpi.method, Rating) and not scale.lowest <= found.value <= scale.highest:
        return error("out_of_scale"), 0, ()
    if isinstance(kpi.kpi.method, Custom):
        scores, problems = custom_scores(plan, kpi.kpi, [found.value])
        return scores[0][0], scores[0][1], tuple(problems)
    return 0 if found.by_hand else uncompared(found.compared), 0, ()


def _undersampled(kpi: KpiPlan, found: _Found, row: Mapping[str, Value]) -> int:
    if kpi.sample is None or kpi.kpi.min_sample is None:
        return 0
    if found.sample is None:
        return replied(kpi.sample, row).finding
    return INSUFFICIENT_SAMPLE if found.sample < kpi.kpi.min_sample.at_least else 0


def _uncounted(kpi: KpiPlan, found: _Found, row: Mapping[str, Value]) -> int:
    return replied(kpi.cases, row).finding if kpi.cases is not None and not found.by_hand else 0


def _untargeted(kpi: KpiPlan, found: _Found, row: Mapping[str, Value]) -> int:
    if kpi.target is None or not isinstance(kpi.kpi.method, PercentOfTarget):
        return 0
    if found.target is None:
        return target_code(rank_of(kpi.target, row))
    if found.target == 0:
        return error("target_zero")
    return error("target_negative") if found.target < 0 else 0


def _after_policy(kpi: KpiPlan, code: int, found: _Found) -> int:
    if code == 0:
        return MANUAL if found.by_hand else 0
    if kpi.kpi.success_when_empty and code in {ZERO_DENOMINATOR, PREVIOUS_ZERO}:
        return SUCCESS_WHEN_EMPTY
    if code == PREVIOUS_ZERO and found.floor:
        return CEILING
    return settled(code, kpi.kpi.missing)


def _scored(plan: Plan, kpi: KpiPlan, code: int, found: _Found, custom: int) -> tuple[int | None, int | None]:
    scale = plan.role.scale
    if code == SUCCESS_WHEN_EMPTY:
        return scale.highest, 100 * scale.highest
    if code == MISSING_AS_ZERO:
        return 0, 0
    if code == LOWEST_SCORE:
        return scale.lowest, 100 * scale.lowest
    banded = found.attainment if isinstance(kpi.kpi.method, PercentOfTarget) else found.value
    if code not in BY_VALUE or banded is None:
        return None, None
    standing = found.compared.standing if found.compared is not None else None
    stairs = kpi.stairs if standing is not None else kpi.otherwise or kpi.stairs
    if stairs is not None:
        return climbed(stairs, banded if standing is None else standing)
    return _by_method(plan, kpi, found, banded, custom)


def _by_method(plan: Plan, kpi: KpiPlan, found: _Found, value: float, custom: int) -> tuple[int, int]:
    method, scale = kpi.kpi.method, plan.role.scale
    if isinstance(method, PassFail):
        band = scale.highest if _passed(method, found, value) else scale.lowest
        return band, 100 * band
    if isinstance(method, Rating):
        band = math.floor(min(max(value, scale.lowest), scale.highest))
        return band, held(hundredths(value), band)
    return custom // 100, custom


def _passed(method: PassFail, found: _Found, value: float) -> bool:
    if method.at_most is not None:
        return value <= method.at_most
    return value >= method.at_least if method.at_least is not None else bool(found.passes)


def _bounded(
    kpi: KpiPlan, code: int, band: int | None, points: int | None, *, floor: bool
) -> tuple[int, int | None, int | None]:
    """The floor under the score and the ceiling over it."""
    if code == CEILING or (floor and points is not None and points < kpi.least):
        code, band, points = CEILING, max(band or 0, kpi.least // 100), kpi.least
    if kpi.most is not None and points is not None and points > kpi.most:
        code, band, points = MAX_SCORE, min(band or 0, kpi.most // 100), kpi.most
    return code, band, points
