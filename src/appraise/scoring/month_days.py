"""The days of single months, for formulas that are worked out month by month: first and last, worked and available."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.totals import fixed, number_of
from appraise.model.calendar import working_days
from appraise.model.period import Period
from appraise.model.window import window_of, without_window
from appraise.scoring.names import is_of_days
from appraise.scoring.pools import KEY, pools_of
from appraise.scoring.states import NO_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from appraise.scoring.asked import MeasuresAsked
    from appraise.scoring.pools import Pools

_DAYS = ("working_days", "available_days")


def names_of_months(names: Iterable[str]) -> list[str]:
    """Those of the names that ask for the days of a month, in order."""
    return sorted(name for name in names if "@" in name and is_of_days(name))


def days_of_months(asked: MeasuresAsked, names: Iterable[str]) -> list[pl.DataFrame]:
    """The four columns of each of these names, for every segment of the roster; see `measures_of`.

    `working_days` and `available_days` mean what they mean for the whole period, inside the month.
    """
    by_mark: dict[str, list[str]] = {}
    for name in names:
        by_mark.setdefault(name.removeprefix(without_window(name)), []).append(name)
    return [frame for mark, group in by_mark.items() for frame in _of_month(asked, mark, group)]


def _of_month(asked: MeasuresAsked, mark: str, names: Iterable[str]) -> Iterator[pl.DataFrame]:
    window = window_of(mark)
    if window is None:
        raise ValueError(mark)
    month = Period(mark, window.start, window.end)
    pools = pools_of(asked.people, month, asked.team_kinds, teams=any(name.startswith("team.") for name in names))
    own = _own_days(asked, month)
    for name in names:
        level, _, days = without_window(name).rpartition(".")
        if days in _DAYS:
            value = _pooled(asked, pools, own, days) if level == "team" else _alone(own, days, level)
        else:
            value = pl.Series([month.start if days == "period_start" else month.end], dtype=pl.Date)
            value = value.new_from_index(0, own.height)
        reason = pl.when(pl.col(name).is_null()).then(pl.lit(NO_ROWS)).alias(f"{name}?")
        counts = (pl.repeat(0, pl.len(), dtype=pl.Int64).alias(f"{name}{part}") for part in "#~")
        yield pl.DataFrame({name: value}).select(name, reason, *counts)


def _own_days(asked: MeasuresAsked, month: Period) -> pl.DataFrame:
    """The working and available days of every segment inside the month, in the order of the roster."""
    inside = (pl.max_horizontal("start", pl.lit(month.start)), pl.min_horizontal("end", pl.lit(month.end)))
    alone = pl.col("person") == pl.col("stretch")
    spans = asked.people.segments.select(
        *("person", "stretch", "site"),
        _from=inside[0],
        _until=inside[1],
        # Who has one segment is measured by the whole month, as by the whole period.
        _first=pl.when(alone).then(pl.lit(month.start)).otherwise(inside[0]),
        _last=pl.when(alone).then(pl.lit(month.end)).otherwise(inside[1]),
    )
    kinds = spans.select("site", "_first", "_last").unique()
    calendar = asked.workspace.calendar
    worked = [float(working_days(calendar, first, last, site or "")) for site, first, last in kinds.iter_rows()]
    counted = kinds.with_columns(working_days=pl.Series(worked, dtype=pl.Float64))
    there = asked.people.days_within(spans.select("person", "stretch", "_from", "_until"))
    available = there.group_by("stretch").agg(pl.col("available_days").sum())
    joined = spans.join(counted, on=kinds.columns, how="left", nulls_equal=True, maintain_order="left")
    joined = joined.join(available, on="stretch", how="left", maintain_order="left")
    return joined.select("person", "working_days", pl.col("available_days").fill_null(0.0))


def _alone(own: pl.DataFrame, days: str, level: str) -> pl.Series:
    """The person's own days, or everybody's."""
    if level != "company":
        return own[days]
    total = own.select(number_of(fixed(pl.col(days)).sum())).to_series()
    return total.new_from_index(0, own.height)


def _pooled(asked: MeasuresAsked, pools: Pools, own: pl.DataFrame, days: str) -> pl.Series:
    """The days of the members of each own team, added up, for the team of the month's last day."""
    last = pools.members.filter(pl.col("_as_of").is_between("_start", "_end"))
    members = last.join(own, left_on="_member", right_on="person").select(KEY, days)
    own_team = pools.people.select(pl.col("own_team").alias(KEY))
    if not pools.stretches.is_empty():
        spans = pools.people.join(pools.stretches, on="stretch")
        spans = spans.select(pl.col("own_team").alias(KEY), "_from", "_until")
        cut = last.join(spans.drop_nulls().unique(), on=KEY).select(
            KEY,
            pl.max_horizontal("_from", pl.lit(pools.period.start)).alias("_from"),
            pl.min_horizontal("_until", pl.lit(pools.period.end)).alias("_until"),
            person="_member",
        )
        inside = asked.people.days_within(cut).select(KEY, days)
        members = pl.concat([members.join(spans, on=KEY, how="anti"), inside])
    sums = members.group_by(KEY).agg(number_of(fixed(pl.col(days)).sum()).alias(days))
    return own_team.join(sums, on=KEY, how="left", maintain_order="left")[days]
