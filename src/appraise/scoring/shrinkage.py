"""Values drawn towards what is usual, so that two happy customers are not a hundred percent, for both ways of scoring.

The value used is (n · value + strength · prior) / (n + strength), worked out from the value as printed, so that it can
be checked by hand, and rounded to the KPI's decimals like every value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.quantiser import quantised, quantised_column
from appraise.expr.sharing import together
from appraise.model.peers import Shrunk
from appraise.model.role import Missing
from appraise.scoring.standings import POOL, PRIOR, peer_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.model.kinds import Value
    from appraise.scoring.plan import KpiPlan


def prior_of(kpi: KpiPlan, row: Mapping[str, Value]) -> float | None:
    """What a person's value is drawn towards; None where too few peers can tell what is usual."""
    shrinkage = kpi.kpi.shrinkage
    if shrinkage is None or shrinkage.prior is not None:
        return shrinkage.prior if shrinkage is not None else None
    found = row.get(peer_name(kpi.kpi.id, PRIOR))
    return found if isinstance(found, float) else None


def drawn(value: float, cases: float, strength: float, prior: float) -> float:
    """The value drawn towards the prior, not rounded; below none there are no cases."""
    # The same as (cases · value + strength · prior) / (cases + strength), whose products could outgrow Float64.
    return value + (prior - value) * (strength / (max(cases, 0.0) + strength))


def shrunk(kpi: KpiPlan, value: float | None, cases: float | None, row: Mapping[str, Value]) -> Shrunk | None:
    """What a person's value was before and what it was drawn towards; None for a KPI that draws no values."""
    shrinkage = kpi.kpi.shrinkage
    if shrinkage is None or value is None or cases is None:
        return None
    count = row.get(peer_name(kpi.kpi.id, POOL))
    peers = None if shrinkage.prior is not None else int(count) if isinstance(count, float) else 0
    return Shrunk(value, cases, shrinkage.of.text, shrinkage.strength, prior_of(kpi, row), peers)


def used(value: float | None, before: Shrunk | None, decimals: int) -> float | None:
    """The value that counts: the drawn one where there is one."""
    if before is None or before.prior is None:
        return value
    return quantised(drawn(before.value, before.cases, before.strength, before.prior), decimals)


def used_column(place: int, kpi: KpiPlan, value: pl.Expr) -> pl.Expr:
    """The same in columns: `value` is quantised, and drawn but for those to whom a value was given by hand."""
    shrinkage = kpi.kpi.shrinkage
    if shrinkage is None:
        return value
    strength, decimals = shrinkage.strength, kpi.kpi.decimals
    prior = pl.col(f"{place}.prior") if shrinkage.prior is None else pl.lit(shrinkage.prior)
    by_hand = pl.col(f"{place}.typed") if kpi.kpi.missing is Missing.MANUAL else pl.lit(value=False)

    def moved(value: pl.Expr, cases: pl.Expr, prior: pl.Expr, by_hand: pl.Expr) -> pl.Expr:
        nearer = value + (prior - value) * (strength / (cases.clip(lower_bound=0.0) + strength))
        shifted = quantised_column(nearer, decimals)
        return pl.when(by_hand | shifted.is_null()).then(value).otherwise(shifted)

    return together([value, pl.col(f"{place}.cases"), prior, by_hand], moved)
