"""Lengths of time, in seconds, and times of day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.sources.clean.numbers import numbers_from_text, numbers_from_typed

if TYPE_CHECKING:
    from appraise.sources.clean.asked import Asked

_CLOCK = r"^(?:(?P<hours>[0-9]{1,5}):)?(?P<minutes>[0-9]{1,5}):(?P<seconds>[0-5][0-9](?:\.[0-9]{1,6})?)$"
_TIME_OF_DAY = (
    r"^(?P<hours>[0-9]{1,2}):(?P<minutes>[0-5][0-9])(?::(?P<seconds>[0-5][0-9](?:\.[0-9]{1,6})?))?"
    r"(?:\s?(?P<half>[AaPp])[Mm])?$"
)


def seconds_from_text(text: pl.Series, asked: Asked) -> pl.Series:
    """Seconds of `hours:minutes:seconds`, of `minutes:seconds`, or of a plain number of seconds."""
    parts = text.str.extract_groups(_CLOCK).struct.unnest().cast(pl.Float64)
    hours = pl.col("hours").fill_null(0)
    whole = pl.col("hours").is_null() | (pl.col("minutes") < 60)
    clock = parts.select(pl.when(whole).then(hours * 3600 + pl.col("minutes") * 60 + pl.col("seconds"))).to_series()
    plain = numbers_from_text(text, asked)
    return clock.zip_with(clock.is_not_null(), plain)


def seconds_from_typed(column: pl.Series, asked: Asked) -> pl.Series:
    """Seconds of Excel's time cells, or of numbers of seconds."""
    if column.dtype == pl.Duration:
        return column.dt.total_milliseconds().cast(pl.Float64) / 1000
    if column.dtype == pl.Time:
        return column.cast(pl.Int64).cast(pl.Float64) / 1_000_000_000
    return numbers_from_typed(column, asked)


def time_of_day(column: pl.Series) -> pl.Series:
    """The time since midnight, as Duration, of trimmed text (`14:05`, `2:05 pm`) or of typed cells; else null."""
    if column.dtype == pl.String:
        return _time_from_text(column)
    if column.dtype == pl.Datetime:
        return (column - column.dt.truncate("1d")).cast(pl.Duration("us"))
    if column.dtype in (pl.Duration, pl.Time):
        time = column.cast(pl.Duration("us"))
        return time.set((time.dt.total_days() != 0).fill_null(value=False), None)
    return pl.Series(column.name, [None] * len(column), dtype=pl.Duration("us"))


def _time_from_text(text: pl.Series) -> pl.Series:
    parts = text.str.extract_groups(_TIME_OF_DAY).struct.unnest()
    hour, half = pl.col("hours").cast(pl.Int64), pl.col("half").str.to_lowercase()
    in_range = pl.when(half.is_null()).then(hour < 24).otherwise(hour.is_between(1, 12))
    hour = pl.when(half.is_null()).then(hour).otherwise(hour % 12 + pl.when(half == "p").then(12).otherwise(0))
    micros = (pl.col("seconds").fill_null("0").cast(pl.Float64) * 1_000_000).cast(pl.Int64)
    since = pl.duration(hours=hour, minutes=pl.col("minutes").cast(pl.Int64), microseconds=micros, time_unit="us")
    return parts.select(pl.when(in_range).then(since)).to_series().alias(text.name)
