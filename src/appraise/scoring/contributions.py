"""What each KPI brings to the printed overall, for the whole company: hundredths that add up exactly.

Every exact part is a whole number over a common denominator; the hundredths lost by cutting each off go to the largest
remainders, among equals to the KPI whose id is first in the alphabet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.quantiser import quantised_column
from appraise.scoring.exact import ranks_of
from appraise.scoring.findings import by_code
from appraise.scoring.kras import kra_weight, total
from appraise.scoring.overall import rolled_up_rows
from appraise.scoring.statuses import FINDINGS, SCORED, keeps_weight

if TYPE_CHECKING:
    from appraise.scoring.company import RoleScores
    from appraise.scoring.plan import Plan


def share_frame(scores: RoleScores) -> pl.DataFrame:
    """The effective weight of each KPI (`<place>.share`) and KRA (`kra.<place>.share`), percent with four decimals."""
    plan = scores.plan
    frames = [scores.kpis, scores.kras, *([] if scores.weights is None else [scores.weights])]
    frame = pl.concat(frames, how="horizontal").lazy()
    if scores.weights is None:
        frame = frame.with_columns(share=pl.lit(1, pl.Int64), total=pl.lit(1, pl.Int64))
    kpis = [_share(plan, place).alias(f"{place}.share") for place in range(len(plan.kpis))]
    kras = [_kra_share(plan, place).alias(f"kra.{place}.share") for place in range(len(plan.weights))]
    return frame.select(*kpis, *kras).collect()


def _share(plan: Plan, place: int) -> pl.Expr:
    kpi = plan.kpis[place]
    keeps = by_code([int(keeps_weight(code)) for code in range(len(FINDINGS))], pl.col(f"{place}.code")) == 1
    unit = plan.shared[kpi.kra] if plan.shared else plan.weights[kpi.kra]
    # Where all that is scored shares the whole, it does not matter what the siblings keep.
    siblings = pl.lit(1, pl.Int64) if plan.shared else pl.col(f"{kpi.kra}.held")
    held = (siblings * pl.col("weight") * pl.col("total")).cast(pl.Float64)
    percent = pl.lit(float(100 * unit * kpi.weight)) * pl.col("share").cast(pl.Float64) / held
    return pl.when(keeps & (held > 0)).then(quantised_column(percent, 4)).otherwise(0.0)


def _kra_share(plan: Plan, place: int) -> pl.Expr:
    counts = (pl.col(f"{place}.held") > 0) & (pl.col("weight") > 0)
    whole = (pl.col("weight") * pl.col("total")).cast(pl.Float64)
    percent = (kra_weight(plan, place) * 100 * pl.col("share")).cast(pl.Float64) / whole
    return pl.when(counts).then(quantised_column(percent, 4)).otherwise(0.0)


def part_frame(scores: RoleScores) -> pl.DataFrame:
    """What each KPI (`<place>.part`) and KRA (`kra.<place>.part`) brings, in hundredths, Int64.

    Null for KPIs that are not scored and for people without a base.
    """
    plan, size, whole = scores.plan, len(scores.plan.kpis), scores.common.whole
    ranks = ranks_of(plan)
    cut = exact_parts(scores).with_columns(
        *((pl.col(f"{place}.exact") // pl.col("all")).alias(f"{place}.whole") for place in range(size)),
        *(
            ((pl.col(f"{place}.exact") % pl.col("all")) * size + (size - 1 - ranks[place])).alias(f"{place}.rest")
            for place in range(size)
        ),
    )
    left = (pl.col("base").cast(whole) - total([pl.col(f"{place}.whole") for place in range(size)])).cast(pl.Int64)
    ranked = pl.concat_list(f"{place}.rest" for place in range(size)).list.sort(descending=True)
    least = pl.when(left > 0).then(ranked.list.get(left - 1, null_on_oob=True))
    given = cut.with_columns(least.alias("least")).select(_part(place) for place in range(size)).collect()
    given = _with_odd_rows(scores, given)
    return given.with_columns(kra_parts(plan))


def exact_parts(scores: RoleScores) -> pl.LazyFrame:
    """What each KPI brings to the score of its row, `<place>.exact` above the line `all`, both whole hundredths."""
    plan, whole = scores.plan, scores.common.whole
    frame = pl.concat([scores.kpis, scores.kras], how="horizontal").with_columns(
        scores.overall["base"], scores.common.below
    )
    parts = [_exact_part(plan, place, whole).alias(f"{place}.exact") for place in range(len(plan.kpis))]
    return frame.lazy().with_columns((pl.col("common") * pl.col("weight").cast(whole)).alias("all"), *parts)


def kra_parts(plan: Plan) -> list[pl.Expr]:
    """The parts of KRAs, `kra.<place>.part`, from those of their KPIs."""
    return [_kra_part(plan, place) for place in range(len(plan.weights))]


def _exact_part(plan: Plan, place: int, whole: type[pl.Int64 | pl.Int128]) -> pl.Expr:
    kpi = plan.kpis[place]
    joint = pl.col(f"{kpi.kra}.capped") | (plan.role.kras[kpi.kra].rollup != "arithmetic")
    score = pl.when(joint).then(pl.col(f"{kpi.kra}.score")).otherwise(pl.col(f"{place}.points"))
    unit = plan.shared[kpi.kra] if plan.shared else plan.weights[kpi.kra]
    factor = pl.lit(unit * kpi.weight, whole)
    held = pl.col(f"{kpi.kra}.held").cast(whole)
    scored = (pl.col(f"{place}.code") < SCORED) & (held > 0)
    part = pl.col("common") if plan.shared else pl.col("common") // held
    exact = part * factor * score.cast(whole)
    return pl.when(scored).then(exact).otherwise(pl.lit(0, whole))


def _part(place: int) -> pl.Expr:
    whole, rest = pl.col(f"{place}.whole").cast(pl.Int64), pl.col(f"{place}.rest")
    more = (rest >= pl.col("least")).fill_null(value=False).cast(pl.Int64)
    known = (pl.col(f"{place}.code") < SCORED) & pl.col("base").is_not_null()
    return pl.when(known).then(whole + more).alias(f"{place}.part")


def _with_odd_rows(scores: RoleScores, parts: pl.DataFrame) -> pl.DataFrame:
    """The parts of those whose weights have no common denominator in 128 bits, worked out one by one."""
    odd = scores.common.below.is_null().arg_true()
    if not odd.len():
        return parts
    columns = {name: parts[name].clone() for name in parts.columns}
    for row, roll_up in rolled_up_rows(scores.plan, scores.kpis, scores.kras, odd):
        for place, part in enumerate(roll_up.parts):
            columns[f"{place}.part"][row] = part
    return pl.DataFrame(columns)


def _kra_part(plan: Plan, place: int) -> pl.Expr:
    parts = [pl.col(f"{member}.part") for member in plan.members[place]]
    known = pl.any_horizontal(part.is_not_null() for part in parts)
    return pl.when(known).then(pl.sum_horizontal(parts)).alias(f"kra.{place}.part")
