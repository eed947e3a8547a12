"""The days of a team or of the company: those of its people, added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.totals import fixed, number_of
from appraise.scoring.pools import KEY
from appraise.scoring.states import NO_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from appraise.scoring.asked import MeasuresAsked
    from appraise.scoring.pools import Pools

POOLED_DAYS = frozenset({"team.working_days", "team.available_days", "company.working_days", "company.available_days"})
"""What `working_days` and `available_days` are called in a KPI of the team or company."""

_DAYS = ("working_days", "available_days")


def pooled_days(asked: MeasuresAsked, pools: Pools, names: Iterable[str]) -> list[pl.DataFrame]:
    """The four columns of each of these names, for every segment of the roster; see `measures_of`.

    A member counts with all days of the period for the team of the person's last day; for the team of a segment with
    the days inside it, for the team of the segment's last day.
    """
    segments = asked.people.segments
    worked = _of_members(asked, pools)
    frames = []
    for name in sorted(names):
        level, _, days = name.partition(".")
        total = number_of(fixed(pl.col(days)).sum())
        if level == "company":
            value = pl.repeat(segments.select(total).item(), pl.len(), dtype=pl.Float64)
            frame = segments.select(value.alias(name))
        else:
            sums = worked.group_by(KEY).agg(total.alias(name))
            own = pools.people.select(pl.col("own_team").alias(KEY))
            frame = own.join(sums, on=KEY, how="left", maintain_order="left").select(name)
        reason = pl.when(pl.col(name).is_null()).then(pl.lit(NO_ROWS)).alias(f"{name}?")
        counts = (pl.repeat(0, pl.len(), dtype=pl.Int64).alias(f"{name}{mark}") for mark in "#~")
        frames.append(frame.select(name, reason, *counts))
    return frames


def _of_members(asked: MeasuresAsked, pools: Pools) -> pl.DataFrame:
    """The key of every team with the working and available days of its members."""
    last = pools.members.filter(pl.col("_as_of").is_between("_start", "_end"))
    whole = last.join(asked.people.segments, left_on="_member", right_on="person").select(KEY, *_DAYS)
    if pools.stretches.is_empty():
        return whole
    spans = pools.people.join(pools.stretches, on="stretch").select(pl.col("own_team").alias(KEY), "_from", "_until")
    members = last.join(spans.drop_nulls().unique(), on=KEY).select(KEY, "_from", "_until", person="_member")
    inside = asked.people.days_within(members).select(KEY, *_DAYS)
    return pl.concat([whole.join(spans, on=KEY, how="anti"), inside])
