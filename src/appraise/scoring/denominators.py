"""A common denominator of everybody's weights, so that the overall is one division of whole numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from appraise.scoring.plan import Plan

MOST_64, MOST_128 = 2**62, 2**126
"""Numbers below these fit in Int64 and Int128 with a bit to spare."""


@dataclass(frozen=True, slots=True)
class Common:
    """`below` divides by every KRA's kept weight, per person; null for those whose weights are too odd for Int128."""

    below: pl.Series
    whole: type[pl.Int64 | pl.Int128]


def common_of(plan: Plan, kras: pl.DataFrame) -> Common:
    """The common denominators: one for all where it is small, which is usual, else one for each pattern of weights."""
    held = [f"{place}.held" for place in range(len(plan.weights))]
    varied = [name for name in held if kras[name].min() != kras[name].max()]
    # Rounded to three decimals, the score of a KRA is a fraction of ten.
    stage = 10 if plan.staged else 1
    fixed = math.lcm(stage, *(kras[name][0] or 1 for name in held if name not in varied)) if kras.height else stage
    shared = math.lcm(fixed, *(weight for name in varied for weight in kras[name].unique() if weight))
    # The largest number that will be met: a remainder with the KPI's place packed beside it, see `contributions`.
    largest = (len(plan.kpis) + 1) * 200 * max(plan.role.scale.highest, 1) * (_most_weight(plan) or 1) * stage
    if largest * shared < MOST_64:
        return Common(pl.Series("common", [shared], dtype=pl.Int64).new_from_index(0, kras.height), pl.Int64)
    varied = varied or held  # one pattern for everybody, and too odd
    patterns = kras.select(varied).unique(maintain_order=True)
    found = [math.lcm(fixed, *(weight for weight in row if weight)) for row in patterns.iter_rows()]
    kept = [number if largest * number < MOST_128 else None for number in found]
    known = patterns.with_columns(pl.Series("common", kept, dtype=pl.Int128))
    joined = kras.select(varied).join(known, on=varied, how="left", maintain_order="left")
    return Common(joined["common"], pl.Int128)


def _most_weight(plan: Plan) -> int:
    """The largest number in the column `weight`."""
    if not plan.shared:
        return sum(plan.weights)
    return sum(unit * weight for unit, weight in zip(plan.shared, plan.declared, strict=True))
