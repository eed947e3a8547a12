"""KRA scores and coverage for the whole company, in whole numbers: a score is a fraction until it is printed.

`exact.rolled_up` says the same for one person; a test compares the two on everything.
"""

from __future__ import annotations

import math
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import polars as pl

from appraise.scoring.exact import NEAR_A_HALF, geometric
from appraise.scoring.findings import by_code
from appraise.scoring.gates import FAIL, cap_column
from appraise.scoring.statuses import FINDINGS, blocks, covers, keeps_weight

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from appraise.scoring.plan import Plan

PARTS = ("held", "above", "below", "uncapped", "score", "capped")
"""The columns of a KRA, named `<place>.<part>`: the weight its KPIs keep, its exact score after a cap as the fraction
above / below in hundredths (above is null where it has none), its score before and after a cap in whole hundredths,
and whether a gate capped it."""


def kra_frame(plan: Plan, kpis: pl.DataFrame, gates: pl.DataFrame) -> pl.DataFrame:
    """Every KRA of the template in the columns of `PARTS`, and three columns of the person.

    `coverage` is in hundredths of a percent, `blocked` tells that a KPI blocks, `weight` is what the KRAs that keep
    any weight have together.
    """
    clean = _clean(plan, kpis)
    places = range(len(plan.weights))
    sums = kpis.lazy().with_columns(
        pl.int_range(kpis.height, dtype=pl.UInt32).alias("everyone"),
        *(column for place in places for column in _sums(plan, place, clean)),
        *_caps(plan, gates),
        _coverage(plan, clean).alias("coverage"),
    )
    means = sums.with_columns(column for place in places for column in _means(plan, place))
    frame = means.collect()
    for place, kra in enumerate(plan.role.kras):
        if kra.rollup == "geometric":
            frame = _decided(plan, place, frame)
    capped = frame.lazy().with_columns(column for place in places for column in _capped(place))
    names = [f"{place}.{part}" for place in places for part in PARTS]
    blocked = pl.any_horizontal(f"{place}.blocked" for place in places)
    return (
        capped.with_columns(blocked.alias("blocked"), _weight(plan).alias("weight"))
        .select(*names, "coverage", "blocked", "weight")
        .collect()
    )


def _clean(plan: Plan, kpis: pl.DataFrame) -> frozenset[int]:
    """The KPIs that everyone is scored on, which spares a good part of the work."""
    return frozenset(place for place in range(len(plan.kpis)) if not kpis[f"{place}.code"].max())


def _code(member: int) -> pl.Expr:
    return pl.col(f"{member}.code")


def _where(test: Callable[[int], bool], member: int) -> pl.Expr:
    return by_code([int(test(code)) for code in range(len(FINDINGS))], _code(member)) == 1


def total(columns: Sequence[pl.Expr]) -> pl.Expr:
    """The columns added up, Int64; 0 without any."""
    return reduce(add, columns) if columns else pl.lit(0, pl.Int64)


def _weight_where(plan: Plan, member: int, clean: frozenset[int], test: Callable[[int], bool]) -> pl.Expr:
    weight = pl.lit(plan.kpis[member].weight, pl.Int64)
    return weight if member in clean else pl.when(_where(test, member)).then(weight).otherwise(pl.lit(0, pl.Int64))


def _sums(plan: Plan, place: int, clean: frozenset[int]) -> list[pl.Expr]:
    members = plan.members[place]
    weighing = [member for member in members if plan.kpis[member].weight]
    held = total([_weight_where(plan, member, clean, keeps_weight) for member in weighing])
    scores = [pl.col(f"{member}.points").cast(pl.Int64) * plan.kpis[member].weight for member in weighing]
    if plan.in_percent:
        scores = [rounded(score, held) for score in scores]
    known = [score if member in clean else score.fill_null(0) for score, member in zip(scores, weighing, strict=True)]
    barred = [_where(blocks, member) for member in members if member not in clean]
    blocked = pl.any_horizontal(barred) if barred else pl.lit(value=False)
    return [held.alias(f"{place}.held"), total(known).alias(f"{place}.sum"), blocked.alias(f"{place}.blocked")]


def _caps(plan: Plan, gates: pl.DataFrame) -> list[pl.Series]:
    caps = []
    for place in range(len(plan.weights)):
        mine = [(index, gate) for index, gate in enumerate(plan.gates) if gate.kra == place]
        failed = [pl.when(pl.col(f"{index}.gate") == FAIL).then(cap_column(index, gate)) for index, gate in mine]
        if failed:
            caps.append(gates.select(pl.min_horizontal(failed).alias(f"{place}.cap")).to_series())
        else:
            caps.append(pl.repeat(None, gates.height, dtype=pl.Int64, eager=True).alias(f"{place}.cap"))
    return caps


def _means(plan: Plan, place: int) -> list[pl.Expr]:
    held, summed = pl.col(f"{place}.held"), pl.col(f"{place}.sum")
    scored = (held > 0) & ~pl.col(f"{place}.blocked")
    rollup = plan.role.kras[place].rollup
    if plan.staged:
        above, below = summed * 10 if plan.in_percent else rounded(summed * 10, held), pl.lit(10, pl.Int64)
    elif rollup == "arithmetic":
        above, below = summed, held
    else:
        weighing = [member for member in plan.members[place] if plan.kpis[member].weight]
        above = _worst(weighing) if rollup == "worst" else _geometric(plan, weighing, held)
        below = pl.lit(1, pl.Int64)
    return [pl.when(scored).then(above).alias(f"{place}.above"), below.alias(f"{place}.below")]


def _worst(members: Sequence[int]) -> pl.Expr:
    nothing = pl.lit(None, pl.Int64)
    return pl.min_horizontal(nothing, *(pl.col(f"{member}.points").cast(pl.Int64) for member in members))


def _geometric(plan: Plan, members: Sequence[int], held: pl.Expr) -> pl.Expr:
    """An estimate, Float64, which `_decided` makes a whole number."""
    logs = [pl.col(f"{member}.points").cast(pl.Float64).log() * plan.kpis[member].weight for member in members]
    return (total([log.fill_null(0.0) for log in logs]) / held).exp()


def _decided(plan: Plan, place: int, frame: pl.DataFrame) -> pl.DataFrame:
    """The geometric means as whole hundredths: those near a half, where last bits would decide, are worked out."""
    estimate = frame[f"{place}.above"]
    near = ((estimate - estimate.floor() - 0.5).abs() < NEAR_A_HALF).fill_null(value=False)
    whole = (estimate + 0.5).floor().cast(pl.Int64)
    members = [member for member in plan.members[place] if plan.kpis[member].weight]
    weights = [plan.kpis[member].weight for member in members]
    for row in near.arg_true():
        points = [frame[f"{member}.points"][row] for member in members]
        known = [(score, weight) for score, weight in zip(points, weights, strict=True) if score is not None]
        whole[row] = geometric([score for score, _ in known], [weight for _, weight in known])
    return frame.with_columns(whole.alias(f"{place}.above"))


def _capped(place: int) -> list[pl.Expr]:
    above, below, cap = (pl.col(f"{place}.{part}") for part in ("above", "below", "cap"))
    capped = (cap * below < above).fill_null(value=False)
    uncapped = rounded(above, below)
    return [
        pl.when(capped).then(cap).otherwise(above).alias(f"{place}.above"),
        pl.when(capped).then(pl.lit(1, pl.Int64)).otherwise(below).alias(f"{place}.below"),
        uncapped.alias(f"{place}.uncapped"),
        pl.when(capped).then(cap).otherwise(uncapped).alias(f"{place}.score"),
        capped.alias(f"{place}.capped"),
    ]


def rounded(above: pl.Expr, below: pl.Expr) -> pl.Expr:
    """The nearest whole number to a fraction of whole numbers, a half up; null where `below` is 0."""
    return (above * 2 + below) // (below * 2)


def kra_weight(plan: Plan, place: int) -> pl.Expr:
    """What a KRA has of the overall, in the unit of the column `weight`; 0 where its KPIs keep nothing."""
    held = pl.col(f"{place}.held")
    if plan.shared:
        whole = whole_type(sum(plan.declared) * max(plan.shared))
        return held.cast(whole) * pl.lit(plan.shared[place], whole)
    return pl.when(held > 0).then(pl.lit(plan.weights[place], pl.Int64)).otherwise(pl.lit(0, pl.Int64))


def _weight(plan: Plan) -> pl.Expr:
    return total([kra_weight(plan, place) for place in range(len(plan.weights))])


def _coverage(plan: Plan, clean: frozenset[int]) -> pl.Expr:
    """What was scored of the declared weight, in hundredths of a percent."""
    scored, everything = covered_weight(plan, clean)
    whole = whole_type(20_001 * everything)
    covered = rounded(scored * pl.lit(10_000, whole), pl.lit(everything, whole))
    return covered.cast(pl.Int64).fill_null(0)


def covered_weight(plan: Plan, clean: frozenset[int] = frozenset()) -> tuple[pl.Expr, int]:
    """What was scored of the declared weight, over the findings of KPIs, and all of it, in the same whole unit."""
    declared = [sum(plan.kpis[member].weight for member in members) for members in plan.members]
    shared = math.lcm(*(weight for weight in declared if weight))
    everything = shared * sum(plan.weights)
    whole = whole_type(20_001 * everything)
    parts = []
    for weight, members, all_of_it in zip(plan.weights, plan.members, declared, strict=True):
        factor = weight * (shared // all_of_it) if all_of_it else 0
        scored = [_weight_where(plan, member, clean, covers) for member in members if plan.kpis[member].weight]
        parts.append(total(scored).cast(whole) * pl.lit(factor, whole))
    return total(parts), everything


def whole_type(largest: int) -> type[pl.Int64 | pl.Int128]:
    """The type for whole numbers up to that size."""
    return pl.Int64 if largest < 2**62 else pl.Int128
