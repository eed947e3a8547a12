"""Scores by comparison: where a value stands among those of its peers, for both ways of scoring.

The standing itself is worked out once for everybody, by `peers.with_peers`, and handed over in the input frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.model.peers import Compared
from appraise.model.role import Bands, ByBands, Missing, PercentOfTarget, Relative
from appraise.scoring.statuses import NOT_COMPARED, TOO_FEW_PEERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from appraise.model.kinds import Value
    from appraise.scoring.bands import Stairs
    from appraise.scoring.plan import KpiPlan

COUNT, STANDING, MEAN, DEVIATION = "", ".standing", ".mean", ".deviation"
POOL, PRIOR = ".pool", ".prior"


def peer_name(kpi: str, part: str = COUNT) -> str:
    """The column of the input frame with what a KPI needs to know of the peers; all are Float64.

    `COUNT` is how many they are, `STANDING` a percentile or z-score, null where the person is not compared, `MEAN` and
    `DEVIATION` are of a z-score. `PRIOR` is what is usual on the role, and `POOL` among how many people.
    """
    return f"peers.{kpi}{part}"


def compared(kpi: KpiPlan, row: Mapping[str, Value]) -> Compared | None:
    """Where a person's value stands; None for a KPI that is not scored by comparison, or is only shown."""
    method = kpi.kpi.method
    if not isinstance(method, Relative) or kpi.kpi.monitor:
        return None
    count, standing, mean, deviation = (_number(row, kpi.kpi.id, part) for part in (COUNT, STANDING, MEAN, DEVIATION))
    return Compared(standing, int(count or 0), method.min_peers, method.peers, mean, deviation)


def uncompared(among: Compared | None) -> int:
    """The finding of a value that is not compared where it should be, 0 for any other."""
    if among is None or among.standing is not None:
        return 0
    return NOT_COMPARED if among.peers >= among.needed else TOO_FEW_PEERS


def uncompared_troubles(place: int, kpi: KpiPlan) -> Iterator[tuple[pl.Expr, pl.Expr]]:
    """The same in columns: who is not compared, and the finding then; a value by hand says so itself."""
    method = kpi.kpi.method
    if isinstance(method, Relative):
        alone = pl.col(f"{place}.standing").is_null()
        enough = pl.col(f"{place}.peers").fill_null(0.0) >= method.min_peers
        code = pl.when(enough).then(pl.lit(NOT_COMPARED, pl.UInt8)).otherwise(pl.lit(TOO_FEW_PEERS, pl.UInt8))
        yield (alone & ~pl.col(f"{place}.typed") if kpi.kpi.missing is Missing.MANUAL else alone), code


def bands_used(kpi: KpiPlan, among: Compared | None) -> tuple[Bands, Stairs | None]:
    """The bands that scored a KPI, or would have, with their stairs; blank where its method has none."""
    method = kpi.kpi.method
    if isinstance(method, Relative) and (among is None or among.standing is None):
        return method.otherwise, kpi.otherwise
    return (method.bands if isinstance(method, ByBands | PercentOfTarget | Relative) else Bands()), kpi.stairs


def _number(row: Mapping[str, Value], kpi: str, part: str) -> float | None:
    value = row.get(peer_name(kpi, part))
    return value if isinstance(value, float) else None
