"""The roll-up in exact whole numbers: KPI scores to KRA scores, overall, coverage and contributions.

Scores are whole hundredths, weights whole numbers, and everything between is a fraction, so that the one rounding at
the end never meets a tie that is none. One person is always rolled up here; the columns must give the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

from appraise.scoring.statuses import SCORED, blocks, covers, keeps_weight

NEAR_A_HALF = 1e-6
"""How near to a half an estimated mean may come before fifty digits decide."""

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from appraise.scoring.plan import Plan


@dataclass(frozen=True, slots=True)
class KraSum:
    """A KRA rolled up: `exact` hundredths after a cap, `uncapped` before it; both None where it cannot be scored.

    `held` is the whole number of weights that its KPIs keep, `joint` whether its KPIs count with the KRA's score
    instead of their own: where it is capped, or rolled up otherwise than by the weighted mean.
    """

    exact: Fraction | None
    uncapped: Fraction | None
    held: int
    joint: bool
    capped: bool


@dataclass(frozen=True, slots=True)
class RollUp:
    """A person rolled up: `shares` are the KPIs' parts of the overall, `coverage`, `base` and `parts` hundredths.

    `base` is None where nothing is scored or something blocks; `parts` then are too. `exact` are the parts before they
    are rounded, as they count where segments are joined: those of a template that rounds every level are rounded.
    """

    kras: tuple[KraSum, ...]
    shares: tuple[Fraction, ...]
    coverage: int
    base: int | None
    parts: tuple[int | None, ...]
    exact: tuple[Fraction, ...] = ()


def rolled_up(plan: Plan, codes: Sequence[int], points: Sequence[int | None], caps: Mapping[int, int]) -> RollUp:
    """A person's KPI findings and scores in hundredths, rolled up; `caps` are hundredths by the place of the KRA."""
    kras = tuple(_kra_sum(plan, place, codes, points, caps.get(place)) for place in range(len(plan.weights)))
    total = sum(kra_weight(plan, place, kra.held) for place, kra in enumerate(kras))
    shares = tuple(_share(plan, place, codes[place], kras, total) for place in range(len(plan.kpis)))
    coverage = half_up(10_000 * covered(plan, codes))
    whole = total > 0 and not any(map(blocks, codes))
    if not whole:
        return RollUp(kras, shares, coverage, None, (None,) * len(codes))
    exact = [
        share * _counted(kras[kpi.kra], score) for kpi, share, score in zip(plan.kpis, shares, points, strict=True)
    ]
    base = _base(plan, kras, total) if plan.staged else half_up(sum(exact, Fraction(0)))
    parts = largest_remainder(exact, base, ranks_of(plan))
    shown = tuple(part if code < SCORED else None for part, code in zip(parts, codes, strict=True))
    return RollUp(kras, shares, coverage, base, shown, tuple(map(Fraction, parts) if plan.staged else exact))


def kra_weight(plan: Plan, place: int, held: int) -> int:
    """What a KRA whose KPIs keep that weight has of the overall, in the unit of the other KRAs' weights."""
    return plan.shared[place] * held if plan.shared else plan.weights[place] * (held > 0)


def half_up(number: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return math.floor(number + Fraction(1, 2))


def largest_remainder(exact: Sequence[Fraction], total: int, ranks: Sequence[int] = ()) -> list[int]:
    """Whole numbers near `exact` that add up to `total`.

    What is left over after cutting all off goes to the largest remainders, among equals to those with the lower of
    `ranks` first, or without these to the earlier.
    """
    whole = [math.floor(number) for number in exact]
    ranked = ranks or range(len(exact))
    order = sorted(range(len(exact)), key=lambda place: (whole[place] - exact[place], ranked[place]))
    for place in order[: total - sum(whole)]:
        whole[place] += 1
    return whole


def ranks_of(*plans: Plan) -> list[int]:
    """The place of each KPI in the order of their ids, template by template.

    Of two KPIs with like remainders the first by this order is first, wherever a template lists them.
    """
    ids = [(number, kpi.kpi.id, place) for number, plan in enumerate(plans) for place, kpi in enumerate(plan.kpis)]
    order = {key: rank for rank, key in enumerate(sorted(ids))}
    return [order[key] for key in ids]


def covered(plan: Plan, codes: Sequence[int]) -> Fraction:
    """The part of the declared weight that is scored, from 0 to 1."""
    total = Fraction(0)
    for place, weight in enumerate(plan.weights):
        members = plan.members[place]
        declared = sum(plan.kpis[member].weight for member in members)
        scored = sum(plan.kpis[member].weight for member in members if covers(codes[member]))
        total += weight * Fraction(scored, declared or 1)
    return total / (sum(plan.weights) or 1)


def geometric(points: Sequence[int], weights: Sequence[int]) -> int:
    """The weighted geometric mean of hundredths, in whole ones; near a half fifty digits decide, a half goes up."""
    if min(points) <= 0:
        return 0
    size = sum(weights)
    logs = math.fsum(weight * math.log(point) for weight, point in zip(weights, points, strict=True))
    mean = math.exp(logs / size)
    whole = math.floor(mean)
    if abs(mean - whole - 0.5) > NEAR_A_HALF:
        return math.floor(mean + 0.5)
    with localcontext(prec=60):
        exact = sum((weight * Decimal(point).ln() for weight, point in zip(weights, points, strict=True)), Decimal(0))
        above_half = exact - size * (whole + Decimal("0.5")).ln()
        return whole + int(above_half > -(Decimal(10) ** -45))


def _share(plan: Plan, place: int, code: int, kras: Sequence[KraSum], total: int) -> Fraction:
    kpi = plan.kpis[place]
    held = kras[kpi.kra].held
    if not keeps_weight(code) or not held or not total:
        return Fraction(0)
    return Fraction(kra_weight(plan, kpi.kra, held) * kpi.weight, total * held)


def _counted(kra: KraSum, points: int | None) -> Fraction:
    return kra.exact if kra.joint and kra.exact is not None else Fraction(points or 0)


def _kra_sum(plan: Plan, place: int, codes: Sequence[int], points: Sequence[int | None], cap: int | None) -> KraSum:
    members = [member for member in plan.members[place] if keeps_weight(codes[member]) and plan.kpis[member].weight]
    weights = [plan.kpis[member].weight for member in members]
    held = sum(weights)
    if not held or any(blocks(codes[member]) for member in plan.members[place]):
        return KraSum(None, None, held, joint=False, capped=False)
    scores = [points[member] or 0 for member in members]
    rollup = plan.role.kras[place].rollup
    mean = _in_stages(plan, scores, weights) if plan.staged else _mean(rollup, scores, weights)
    capped = cap is not None and cap < mean
    exact = Fraction(cap) if cap is not None and capped else mean
    return KraSum(exact, mean, held, joint=capped or rollup != "arithmetic", capped=capped)


def _in_stages(plan: Plan, scores: Sequence[int], weights: Sequence[int]) -> Fraction:
    """A weighted mean rounded to three decimals; of percent, each score times weight to two before."""
    parts = [Fraction(score * weight, sum(weights)) for score, weight in zip(scores, weights, strict=True)]
    summed = sum((Fraction(half_up(part)) for part in parts) if plan.in_percent else parts, Fraction(0))
    return Fraction(half_up(10 * summed), 10)


def _base(plan: Plan, kras: Sequence[KraSum], total: int) -> int:
    """The mean of KRA scores that are rounded already, rounded to three decimals and then as it is printed."""
    weighted = [
        kra_weight(plan, place, kra.held) * kra.exact for place, kra in enumerate(kras) if kra.exact is not None
    ]
    return half_up(Fraction(half_up(10 * sum(weighted, Fraction(0)) / total), 10))


def _mean(rollup: str, scores: Sequence[int], weights: Sequence[int]) -> Fraction:
    if rollup == "worst":
        return Fraction(min(scores))
    if rollup == "geometric":
        return Fraction(geometric(scores, weights))
    return Fraction(sum(score * weight for score, weight in zip(scores, weights, strict=True)), sum(weights))
