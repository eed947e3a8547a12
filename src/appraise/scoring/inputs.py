"""The input frame: everything a formula can name, one row per person and segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from appraise.model.period import Period
    from appraise.scoring.ports import People

_OF_THE_FRAME = frozenset({"person"})

SHARE, NUMBER = "stretch.share", "stretch.number"
"""The weight and the number of a segment, under names that no measure can have."""


def input_frame(people: People, measures: pl.DataFrame, targets: pl.DataFrame, period: Period) -> pl.DataFrame:
    """The roster with measures and targets beside it, in the order of the roster.

    Args:
        people: who is appraised.
        measures: what `measures_of` gave for them.
        targets: what `targets_of` gave for them.
        period: the appraised period.

    Returns:
        the columns of the roster's segments (person, stretch, template, role, status_reason, working_days,
        available_days, `person.<attribute>` …; its weight and number as `stretch.share` and `stretch.number`),
        period_start and period_end (Date), every measure and target under its full name, and beside each name N the
        column `N?`, the reason where there is no value, and for measures `N#` and `N~`, the rows used and left out.
    """
    days = people.segments.rename({"share": SHARE, "segment": NUMBER}).with_columns(
        pl.repeat(period.start, pl.len(), dtype=pl.Date).alias("period_start"),
        pl.repeat(period.end, pl.len(), dtype=pl.Date).alias("period_end"),
    )
    taken = set(days.columns) | _OF_THE_FRAME
    parts = [frame.select(name for name in frame.columns if name not in taken) for frame in (measures, targets)]
    return pl.concat([days, *(part for part in parts if part.width)], how="horizontal")
