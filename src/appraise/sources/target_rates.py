"""A rate that changes within the period: the mean of its values, weighted by what it is a rate of, or by days."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from appraise.expr.totals import fixed, number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from appraise.model.target_spec import TargetSpec

    Weigh: TypeAlias = Callable[[str, pl.DataFrame], pl.DataFrame]
    """From the name of a measure and stretches (person, start, end) to what it comes to in each: value and reason."""

RATE = "rate"


def weight_of(specs: Mapping[str, TargetSpec], name: str) -> str:
    """The measure that a target's rates are weighted by; empty where it is the available days."""
    return next((found for spec in specs.values() if (found := spec.weighted_by.get(name))), "")


def with_weights(parts: pl.DataFrame, measure: str, weigh: Weigh | None) -> pl.DataFrame:
    """The parts with `weight` (Float64, null where unknown and for amounts) and `_unweighed`, why it is unknown.

    Rows are counted only where a rate changes within the period: otherwise its value is the same whatever it weighs.

    Args:
        parts: stretches with the rows in force, see `sources.target_parts`.
        measure: the measure that weighs; empty for available days.
        weigh: counts it.
    """
    is_rate = pl.col("per").fill_null("") == RATE
    days = pl.when(is_rate).then("available").alias("weight")
    told = parts.with_columns(days, _unweighed=pl.lit(None, dtype=pl.String))
    rates = parts.filter(is_rate)
    if not measure or weigh is None or rates["value"].n_unique() <= 1:
        return told
    counted = weigh(measure, rates.select("person", "start", "end"))
    found = rates.with_columns(
        counted["value"].cast(pl.Float64).alias("weight"), counted["reason"].cast(pl.String).alias("_unweighed")
    )
    others = told.filter(~is_rate).with_columns(pl.lit(None, dtype=pl.Float64).alias("weight"))
    return pl.concat([found, others]).sort("person", "start", "_row", maintain_order=True)


def rates_of(parts: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """The rate of each group: the one value, or the weighted mean of several.

    Where all weights are zero, as without a single case, available days weigh, and without these the last value counts.

    Args:
        parts: those of `with_weights`.
        keys: what has the same is one group.

    Returns:
        the keys, `rate` (null where a weight is unknown and the values differ), and `unweighed`, why it is unknown.
    """
    value, unknown = pl.col("value"), pl.col("weight").is_null().any()
    weighed, lasting = (number_of((fixed(value * pl.col(by))).sum()) for by in ("weight", "available"))
    weight, days = (number_of(fixed(pl.col(by)).sum()) for by in ("weight", "available"))
    rate = (
        pl.when(value.min() == value.max())
        .then(value.min())
        .when(unknown)
        .then(None)
        .when(weight > 0)
        .then(weighed / weight)
        .when(days > 0)
        .then(lasting / days)
        .otherwise(value.last())
    )
    rates = parts.filter(pl.col("per").fill_null("") == RATE)
    told = pl.col("_unweighed").drop_nulls().first()
    return rates.group_by(*keys, maintain_order=True).agg(rate.alias("rate"), told.alias("unweighed"))


def at_odds(parts: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """The groups whose people have different rates on the same days: the keys, each once."""
    rates = parts.filter(pl.col("per").fill_null("") == RATE)
    same_days = rates.group_by(*keys, "_first").agg(pl.col("value").n_unique().alias("_values"))
    return same_days.filter(pl.col("_values") > 1).select(*keys).unique()
