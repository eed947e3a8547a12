"""The hour on somebody else's clock: moments of company time, read in other time zones."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

import polars as pl

if TYPE_CHECKING:
    from datetime import datetime

_MICROSECONDS_IN_HOUR = 3_600_000_000.0


def local_hour(company: str, moment: datetime, zone: str) -> float | None:
    """The hour of the day in the zone, with minutes and seconds as a fraction: from 0 to below 24.

    None where there is no such zone, or where the company's clock never showed the moment because it was put forward.
    A moment that it showed twice is the first of the two.

    Args:
        company: the IANA name of the zone of company time.
        moment: without zone, in company time.
        zone: the IANA name of the other zone.
    """
    if zone not in _zones():
        return None
    here = ZoneInfo(company)
    there = moment.replace(tzinfo=here).astimezone(ZoneInfo("UTC"))
    if there.astimezone(here).replace(tzinfo=None, fold=0) != moment.replace(fold=0):
        return None
    local = there.astimezone(ZoneInfo(zone))
    seconds = local.hour * 3_600 + local.minute * 60 + local.second
    return float(seconds * 1_000_000 + local.microsecond) / _MICROSECONDS_IN_HOUR


def local_hour_column(company: str, moment: pl.Expr, zone: pl.Expr) -> pl.Expr:
    """The same for a Datetime column and a column of zones."""
    both = pl.struct(moment.alias("moment"), zone.alias("zone"))
    return both.map_batches(partial(_local_hours, company), return_dtype=pl.Float64, is_elementwise=True)


def _local_hours(company: str, both: pl.Series) -> pl.Series:
    frame = both.struct.unnest()
    there = pl.col("moment").dt.replace_time_zone(company, ambiguous="earliest", non_existent="null")
    known = sorted(_zones() & set(frame["zone"].drop_nulls().unique()))
    hours = [pl.when(pl.col("zone") == zone).then(_hour(there.dt.convert_time_zone(zone))) for zone in known]
    return frame.select(pl.coalesce(*hours, pl.lit(None, pl.Float64)).alias("hour"))["hour"]


def _hour(local: pl.Expr) -> pl.Expr:
    clock = local.dt.replace_time_zone(None)
    microseconds = (clock - clock.dt.truncate("1d")).dt.total_microseconds().cast(pl.Float64)
    # A divisor of its own for every row: by a constant, Polars would multiply with the rounded reciprocal.
    return microseconds / (microseconds * 0.0 + _MICROSECONDS_IN_HOUR)


@cache
def _zones() -> frozenset[str]:
    """The zones that can be named: places, such as Asia/Kolkata, and UTC."""
    return frozenset(name for name in available_timezones() if "/" in name) | {"UTC"}
