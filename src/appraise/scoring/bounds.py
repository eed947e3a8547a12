"""What holds a score after its method: the zero of a policy, a floor, a ceiling, and that it is only watched.

Each is columns over the frame of `kpis`; nothing where a KPI does not ask for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.model.role import Missing
from appraise.scoring.findings import code_of, monitored_column
from appraise.scoring.statuses import CEILING, MAX_SCORE, MISSING_AS_ZERO

if TYPE_CHECKING:
    from appraise.scoring.plan import KpiPlan


def zeroed(place: int, kpi: KpiPlan) -> list[pl.Expr]:
    """The zero that counts where nothing else does, under a policy that has it so."""
    if kpi.kpi.missing is not Missing.ZERO:
        return []
    zero = pl.col(f"{place}.code") == MISSING_AS_ZERO
    return [
        pl.when(zero).then(pl.lit(0, pl.UInt8)).otherwise(f"{place}.band").alias(f"{place}.band"),
        pl.when(zero).then(pl.lit(0, pl.Int32)).otherwise(f"{place}.points").alias(f"{place}.points"),
    ]


def lifted(place: int, kpi: KpiPlan) -> list[pl.Expr]:
    """The floor under a score whose condition holds; it also scores those whose previous value was zero."""
    if kpi.floor is None:
        return []
    code, band, points = (pl.col(f"{place}.{part}") for part in ("code", "band", "points"))
    lifts = (code == CEILING) | (pl.col(f"{place}.floor").fill_null(value=False) & (points < kpi.least))
    lifts = lifts.fill_null(value=False)
    floor = pl.lit(kpi.least // 100, pl.UInt8)
    return [
        pl.when(lifts).then(code_of(CEILING)).otherwise(code).alias(f"{place}.code"),
        pl.when(lifts & ((band < floor) | band.is_null())).then(floor).otherwise(band).alias(f"{place}.band"),
        pl.when(lifts).then(pl.lit(kpi.least, pl.Int32)).otherwise(points).alias(f"{place}.points"),
    ]


def lowered(place: int, kpi: KpiPlan) -> list[pl.Expr]:
    """The ceiling over a score."""
    if kpi.most is None:
        return []
    code, band, points = (pl.col(f"{place}.{part}") for part in ("code", "band", "points"))
    lowers = (points > kpi.most).fill_null(value=False)
    top = pl.lit(kpi.most // 100, pl.UInt8)
    return [
        pl.when(lowers).then(code_of(MAX_SCORE)).otherwise(code).alias(f"{place}.code"),
        pl.when(lowers & (band > top)).then(top).otherwise(band).alias(f"{place}.band"),
        pl.when(lowers).then(pl.lit(kpi.most, pl.Int32)).otherwise(points).alias(f"{place}.points"),
    ]


def shown(place: int, kpi: KpiPlan) -> list[pl.Expr]:
    """A monitored KPI is shown and not scored."""
    if not kpi.kpi.monitor:
        return []
    return [
        monitored_column(pl.col(f"{place}.code")).alias(f"{place}.code"),
        pl.lit(None, pl.UInt8).alias(f"{place}.band"),
        pl.lit(None, pl.Int32).alias(f"{place}.points"),
    ]
