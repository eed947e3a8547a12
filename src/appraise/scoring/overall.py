"""From KRA scores to the overall for the whole company: adjustments, the scale's ends, one rounding, gates, label.

Everything is whole hundredths once the base is rounded. `verdicts` says the same for one person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.scoring.exact import rolled_up
from appraise.scoring.gates import FAIL, UNKNOWN, cap_column, open_column
from appraise.scoring.kras import kra_weight, rounded, total

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.scoring.denominators import Common
    from appraise.scoring.exact import RollUp
    from appraise.scoring.plan import Plan

PARTS = ("base", "uncapped", "overall", "gate", "coverage", "unknown", "blocked", "open")
"""The columns: hundredths before adjustments, before and after the gates; the place of the gate that lowered the
overall; coverage in hundredths of a percent; whether a gate is unknown, whether a KPI blocks, and whether
an allegation is open in a gate."""


def overall_frame(
    plan: Plan, kpis: pl.DataFrame, gates: pl.DataFrame, rolled: tuple[pl.DataFrame, Common]
) -> pl.DataFrame:
    """The overall of every person as if all were rated, in the columns of `PARTS`, and `<place>.added` hundredths."""
    kras, common = rolled
    base = _base(plan, kpis, kras, common)
    unknown = [pl.col(f"{place}.gate") == UNKNOWN for place in range(len(plan.gates))]
    frame = pl.DataFrame([base, kras["coverage"], kras["blocked"], *gates.get_columns()]).lazy()
    lowest, highest = (pl.lit(end, pl.Int64) for end in (plan.least, 100 * plan.role.scale.highest))
    frame = frame.with_columns((pl.col("base") + bounded_adjustments(plan)).clip(lowest, highest).alias("uncapped"))
    frame = frame.with_columns((pl.col("uncapped") - pl.col("base")).alias("room"))
    frame = frame.with_columns(_added(plan)).with_columns(*_caps(plan))
    frame = frame.with_columns(pl.min_horizontal("uncapped", "cap").alias("overall"))
    unsure = pl.any_horizontal(unknown) if unknown else pl.lit(value=False)
    names = [f"{place}.added" for place in range(len(plan.adjustments))]
    return frame.with_columns(unsure.alias("unknown"), open_column(plan).alias("open")).select(*PARTS, *names).collect()


def rolled_up_rows(plan: Plan, kpis: pl.DataFrame, kras: pl.DataFrame, rows: pl.Series) -> Iterator[tuple[int, RollUp]]:
    """Single people rolled up one by one: those whose weights have no common denominator in 128 bits."""
    for row in rows:
        codes = [kpis[f"{place}.code"][row] for place in range(len(plan.kpis))]
        points = [kpis[f"{place}.points"][row] for place in range(len(plan.kpis))]
        caps = {
            place: kras[f"{place}.score"][row] for place in range(len(plan.weights)) if kras[f"{place}.capped"][row]
        }
        yield row, rolled_up(plan, codes, points, caps)


def _base(plan: Plan, kpis: pl.DataFrame, kras: pl.DataFrame, common: Common) -> pl.Series:
    """The overall before adjustments, in hundredths, Int64; null where something blocks or nothing is scored."""
    scored = ~pl.col("blocked") & (pl.col("weight") > 0)
    mean = rounded(pl.col("sum"), pl.col("all"))
    if plan.staged:
        mean = rounded(rounded(pl.col("sum") * 10, pl.col("all")), pl.lit(10, common.whole))
    base = weighted_sums(plan, kras, common).select(pl.when(scored).then(mean).cast(pl.Int64).alias("base"))
    found = base.collect().to_series()
    for row, roll_up in rolled_up_rows(plan, kpis, kras, common.below.is_null().arg_true()):
        found[row] = roll_up.base
    return found


def weighted_sums(plan: Plan, kras: pl.DataFrame, common: Common) -> pl.LazyFrame:
    """The columns of the KRAs with the exact overall in hundredths as the fraction `sum` / `all`."""
    whole = common.whole
    parts = []
    for place in range(len(plan.weights)):
        above, below = (pl.col(f"{place}.{part}").cast(whole) for part in ("above", "below"))
        parts.append((above * (pl.col("common") // below) * _weight(plan, place, whole)).fill_null(0))
    frame = kras.lazy().with_columns(common.below)
    return frame.with_columns(total(parts).alias("sum"), (pl.col("common") * pl.col("weight").cast(whole)).alias("all"))


def _weight(plan: Plan, place: int, whole: type[pl.Int64 | pl.Int128]) -> pl.Expr:
    return kra_weight(plan, place).cast(whole) if plan.shared else pl.lit(plan.weights[place], whole)


def bounded_adjustments(plan: Plan) -> pl.Expr:
    """What the adjustments that hold come to, inside the limit, in hundredths, Int64."""
    return _adjusted(plan).clip(-plan.limit, plan.limit)


def _adjusted(plan: Plan) -> pl.Expr:
    none = pl.lit(0, pl.Int64)
    return total(
        [
            pl.when(pl.col(f"{place}.applies")).then(pl.lit(each.points, pl.Int64)).otherwise(none)
            for place, each in enumerate(plan.adjustments)
        ]
    )


def _added(plan: Plan) -> list[pl.Expr]:
    """What each adjustment adds in the end: what the limit and the scale's ends leave of it. The last lose first."""
    surplus = _adjusted(plan) - pl.col("room")
    columns = []
    for place in reversed(range(len(plan.adjustments))):
        points = plan.adjustments[place].points
        applies = pl.col(f"{place}.applies")
        lost = surplus.clip(0, points) if points > 0 else surplus.clip(points, 0)
        kept = pl.when(applies).then(pl.lit(points, pl.Int64) - lost).otherwise(pl.lit(0, pl.Int64))
        surplus = surplus - pl.when(applies).then(lost).otherwise(pl.lit(0, pl.Int64))
        columns.append(kept.alias(f"{place}.added"))
    return columns


def _caps(plan: Plan) -> list[pl.Expr]:
    """The lowest cap of the gates that fail, and the place of the first gate with it where it lowers the overall."""
    cap, gate = pl.lit(None, pl.Int64), pl.lit(None, pl.Int64)
    lowest = pl.col("uncapped")
    for place, each in enumerate(plan.gates):
        if each.kra is None:
            own = cap_column(place, each)
            lowers = (pl.col(f"{place}.gate") == FAIL) & (own < lowest)
            gate = pl.when(lowers).then(pl.lit(place, pl.Int64)).otherwise(gate)
            cap = pl.when(lowers).then(own).otherwise(cap)
            lowest = pl.when(lowers).then(own).otherwise(lowest)
    return [cap.alias("cap"), gate.alias("gate")]
