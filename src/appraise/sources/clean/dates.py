"""Days and moments: ISO always, other texts by the declared format, typed cells as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.sources.clean.date_words import shape_of
from appraise.sources.clean.durations import time_of_day

if TYPE_CHECKING:
    from appraise.sources.clean.asked import Asked

MOMENT = pl.Datetime("us")
_LAST_YEAR = 9999
_FARTHEST_ZONE = 14 * 60
_ISO = (
    r"^(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"(?:[T ](?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)\s?(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?$"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def moments_from_text(text: pl.Series, asked: Asked) -> pl.Series:
    """Moments in company time, without zone; a day is its midnight, and a written offset is converted."""
    iso = _moments(text.str.extract_groups(_ISO).struct.unnest(), asked.time_zone)
    shape = shape_of(asked.date_format) if asked.date_format else None
    if shape is None:
        return iso
    parts = text.str.extract_groups(shape.pattern).struct.unnest()
    if shape.month_is_word:
        parts = parts.with_columns(month=_month_number(pl.col("month")))
    declared = _moments(parts.with_columns(zone=pl.lit(None, pl.String)), asked.time_zone)
    return declared if shape.starts_with_year else iso.zip_with(iso.is_not_null(), declared)


def moments_from_typed(column: pl.Series, asked: Asked) -> pl.Series:
    """Moments of typed dates; a number is no date, whatever a spreadsheet may mean by it."""
    if column.dtype == pl.Date:
        return _of_the_calendar(column.cast(MOMENT))
    if column.dtype == pl.Datetime:
        zone = getattr(column.dtype, "time_zone", None)
        local = column.dt.convert_time_zone(asked.time_zone).dt.replace_time_zone(None) if zone else column
        return _of_the_calendar(local.cast(MOMENT))
    return pl.Series(column.name, [None] * len(column), dtype=MOMENT)


def _moments(parts: pl.DataFrame, time_zone: str) -> pl.Series:
    """The moments of frames of texts year, month, day, time, zone; null where one of them is impossible."""
    year = pl.when(pl.col("year").str.len_chars() == 2).then(pl.lit("20") + pl.col("year")).otherwise("year")
    day = pl.concat_str(
        year, pl.col("month").str.zfill(2), pl.col("day").str.zfill(2), separator="-", ignore_nulls=False
    )
    read = parts.select(
        day=day.str.to_date("%Y-%m-%d", strict=False).cast(MOMENT),
        year=pl.col("year").cast(pl.Int32, strict=False),
        has_time=pl.col("time").is_not_null(),
        minutes=_offset_minutes(),
    ).with_columns(time=time_of_day(parts["time"]))
    real = (
        (pl.col("year") > 0)
        & (pl.col("has_time") == pl.col("time").is_not_null())
        & (pl.col("minutes").abs() <= _FARTHEST_ZONE).fill_null(value=True)
    )
    moment = pl.col("day") + pl.col("time").fill_null(pl.duration(days=0))
    absolute = (
        (moment - pl.duration(minutes=pl.col("minutes")))
        .dt.replace_time_zone("UTC")
        .dt.convert_time_zone(time_zone)
        .dt.replace_time_zone(None)
    )
    local = pl.when(pl.col("minutes").is_null()).then(moment).otherwise(absolute)
    return _of_the_calendar(read.select(pl.when(real).then(local)).to_series().cast(MOMENT))


def _of_the_calendar(moments: pl.Series) -> pl.Series:
    """The moments of the years 1 to 9999, which alone are days; a time zone may lead a little beyond them."""
    return pl.select(pl.when(moments.dt.year().is_between(1, _LAST_YEAR)).then(moments)).to_series().alias(moments.name)


def _offset_minutes() -> pl.Expr:
    """Minutes east of Greenwich of `+05:30`, 0 of `Z`, null where no offset is written."""
    digits = pl.col("zone").str.replace(":", "", literal=True)
    minutes = digits.str.slice(1, 2).cast(pl.Int64, strict=False) * 60 + digits.str.slice(3, 2).cast(
        pl.Int64, strict=False
    )
    signed = pl.when(digits.str.starts_with("-")).then(-minutes).otherwise(minutes)
    return pl.when(pl.col("zone") == "Z").then(0).otherwise(signed)


def _month_number(word: pl.Expr) -> pl.Expr:
    """`01` to `12` of English month names and their first three letters."""
    numbers = {name: f"{number:02d}" for names in (_MONTHS, _LONG_MONTHS) for number, name in enumerate(names, start=1)}
    return word.str.to_lowercase().replace_strict(numbers, default=None, return_dtype=pl.String)
