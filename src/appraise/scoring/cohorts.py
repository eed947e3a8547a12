"""Where values stand among those of their peers: mid-rank percentiles and z-scores, in exact arithmetic.

Nothing here depends on the order of the rows: ranks are halves of whole numbers, and the sums behind a z-score are of
values as whole numbers of their last decimal.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.quantiser import quantised_column
from appraise.model.role import Direction, Standing
from appraise.scoring.standings import COUNT, DEVIATION, MEAN, STANDING, peer_name

if TYPE_CHECKING:
    from appraise.model.role import Kpi, Relative

DECIMALS = 2
"""Percentiles and z-scores are rounded to two decimals before they are compared with bands."""

MOST_DEVIATIONS = 2.0
"""A z-score is held at two deviations, up and down."""

_MOST_UNITS = 2.0**48
"""A value with more units of its last decimal is not rounded, and so not compared."""


def standings(kpi: Kpi, method: Relative, people: pl.DataFrame) -> pl.DataFrame:
    """The columns of `standings.peer_name` for one KPI, one row per person in the order of `people`.

    Args:
        kpi: what is scored by comparison.
        method: how.
        people: `value` (Float64, quantised), `counts` (whether it is one to compare with), and `group` (String), which
            peers share; null where that is not known of somebody, who is then nobody's peer.
    """
    numbered = people.with_row_index("place")
    comparable = (pl.col("value").abs() * 10.0**kpi.decimals) < _MOST_UNITS
    peers = numbered.filter(pl.col("counts") & comparable & pl.col("group").is_not_null())
    sizes = peers.group_by("group").agg(pl.len().cast(pl.Float64).alias("peers"))
    placed = peers.join(sizes.filter(pl.col("peers") >= method.min_peers), on="group", maintain_order="left")
    found = _percentiles(kpi, placed) if method.standing is Standing.PERCENTILE else _z_scores(kpi, placed)
    whole = numbered.join(sizes, on="group", how="left", maintain_order="left").with_columns(
        pl.col("peers").fill_null(0.0)
    )
    whole = whole.join(found, on="place", how="left", maintain_order="left")
    parts = {"peers": COUNT, "standing": STANDING, "mean": MEAN, "deviation": DEVIATION}
    return whole.select(pl.col(part).alias(peer_name(kpi.id, end)) for part, end in parts.items() if part in whole)


def _percentiles(kpi: Kpi, placed: pl.DataFrame) -> pl.DataFrame:
    """100 · (those who are worse + half of those who are equal, the person included) / all."""
    fewer = kpi.direction is Direction.LOWER
    ahead = pl.col("value").rank("average", descending=fewer).over("group") - 0.5
    return placed.select("place", quantised_column(100.0 * ahead / pl.col("peers"), DECIMALS).alias("standing"))


def _z_scores(kpi: Kpi, placed: pl.DataFrame) -> pl.DataFrame:
    """(value - mean) / standard deviation of all peers, turned round where less is better; 0 where all are equal.

    With values as whole units u it is (n · u - Σu) / √(n · Σu² - (Σu)²): the sums are exact, so one root and one
    division are all that is rounded.
    """
    scale = 10**kpi.decimals
    units = (pl.col("value") * float(scale) + 0.5).floor().cast(pl.Int64).cast(pl.Int128)
    counted = placed.with_columns(units.alias("units"))
    sums = counted.group_by("group").agg(
        pl.len().alias("count"),
        pl.col("units").sum().alias("total"),
        (pl.col("units") * pl.col("units")).sum().alias("squares"),
    )
    rows = list(sums.select("count", "total", "squares").iter_rows())
    roots = [math.sqrt(count * squares - total * total) for count, total, squares in rows]
    means = [float(Fraction(total, count * scale)) for count, total, _ in rows]
    moments = sums.with_columns(
        pl.Series("spread", roots, dtype=pl.Float64), pl.Series("mean", means, dtype=pl.Float64)
    ).with_columns(deviation=pl.col("spread") / (pl.col("count") * float(scale)))
    sign = -1.0 if kpi.direction is Direction.LOWER else 1.0
    distance = (pl.col("units") * pl.col("count").cast(pl.Int128) - pl.col("total")).cast(pl.Float64) * sign
    z_score = pl.when(pl.col("spread") > 0.0).then(distance / pl.col("spread")).otherwise(0.0)
    held = quantised_column(z_score.clip(-MOST_DEVIATIONS, MOST_DEVIATIONS), DECIMALS)
    joined = counted.join(moments, on="group", maintain_order="left")
    return joined.select("place", held.alias("standing"), "mean", "deviation")
