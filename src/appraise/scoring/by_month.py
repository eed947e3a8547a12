"""A formula worked out month by month: the mean of the months that have a value, alike in columns and for one person.

The months are added up in their order and divided once, so that both ways come to the same number bit for bit.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import polars as pl

from appraise.model.kinds import Fault
from appraise.model.status import KpiStatus
from appraise.scoring.statuses import FINDINGS, error

if TYPE_CHECKING:
    from collections.abc import Sequence

NOT_FINITE = error(Fault.NOT_FINITE.value)

_ERRORS = tuple(code for code, finding in enumerate(FINDINGS) if finding.status is KpiStatus.ERROR)


def mean_of_months(months: Sequence[tuple[float | None, int]]) -> tuple[float | None, int]:
    """The mean of one person's months and its finding, 0 where there is a mean.

    A month without a value is skipped, but one in error is an error of the KPI: it is somebody's mistake. Where no
    month has a value, the worst finding is told.

    Args:
        months: the value of each month, in order, and its finding where it has none.
    """
    total, count, worst = 0.0, 0.0, 0
    for value, finding in months:
        total += 0.0 if value is None else value
        count += 0.0 if value is None else 1.0
        worst = max(worst, finding) if value is None else worst
    if worst in _ERRORS or not count:
        return None, worst
    mean = total / count
    return (mean, 0) if math.isfinite(mean) else (None, NOT_FINITE)


def mean_columns(months: Sequence[tuple[pl.Series, pl.Series | None]]) -> tuple[pl.Series, pl.Series | None]:
    """The same for everyone: Float64, and the findings (UInt8) where somebody has none.

    Args:
        months: the values of each month, and the findings of those without, None where nobody's is missing.
    """
    height = months[0][0].len()
    total = count = pl.zeros(height, dtype=pl.Float64, eager=True)
    worst = pl.zeros(height, dtype=pl.UInt8, eager=True)
    for value, finding in months:
        number = _number(value)
        total = total + number.fill_null(0.0)
        count = count + number.is_not_null().cast(pl.Float64)
        if finding is not None or number.null_count() > value.null_count():
            worst = _worse(worst, number, value, finding)
    parts = pl.DataFrame({"total": total, "count": count, "worst": worst})
    return _finished(parts)


def _number(value: pl.Series) -> pl.Series:
    """The values as numbers; texts and days, which a check refuses before, are none."""
    if value.dtype.is_numeric() or value.dtype == pl.Boolean:
        return value.cast(pl.Float64)
    return pl.Series([None], dtype=pl.Float64).new_from_index(0, value.len())


def _worse(worst: pl.Series, number: pl.Series, value: pl.Series, finding: pl.Series | None) -> pl.Series:
    """The worst finding so far, of those whose month has no value."""
    parts = pl.DataFrame(
        {
            "worst": worst,
            "without": number.is_null(),
            "unfit": value.is_not_null(),
            "finding": pl.zeros(worst.len(), dtype=pl.UInt8, eager=True) if finding is None else finding,
        }
    )
    told = pl.when("unfit").then(pl.lit(NOT_FINITE, pl.UInt8)).otherwise("finding")
    return parts.select(pl.when("without").then(pl.max_horizontal("worst", told)).otherwise("worst")).to_series()


def _finished(parts: pl.DataFrame) -> tuple[pl.Series, pl.Series | None]:
    """Mean and finding from the columns total, count and worst."""
    lost = pl.col("worst").is_in(_ERRORS) | (pl.col("count") == 0.0)
    # A divisor per row: one that is the same everywhere would be multiplied by as a rounded reciprocal.
    mean = pl.col("total") / (pl.col("total") * 0.0 + pl.col("count"))
    told = parts.with_columns(lost.alias("lost"), mean.alias("mean")).select(
        pl.when(~pl.col("lost") & pl.col("mean").is_finite()).then("mean").alias("mean"),
        pl.when("lost").then("worst").otherwise(pl.lit(NOT_FINITE, pl.UInt8)).alias("finding"),
    )
    value = told["mean"]
    if not value.null_count():
        return value, None
    found = told.select(pl.when(pl.col("mean").is_null()).then("finding").otherwise(pl.lit(0, pl.UInt8)))
    return value, found.to_series()
