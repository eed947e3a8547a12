"""The segments of people who have several, as groups of rows over the days of a period.

Days that begin before the appraised period are nobody's segment: what is counted over them is the person's in each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.scoring.windows import DATE, PERSON

if TYPE_CHECKING:
    from appraise.model.period import Period


def stretches_in(stretches: pl.DataFrame, appraised: Period, period: Period) -> pl.DataFrame:
    """The segments of people who have several, with their days in a period.

    Args:
        stretches: person, stretch, start, end, and `_from` and `_until`, the days that it stands for; in order.
        appraised: the appraised period.
        period: the period or window that is counted over.

    Returns:
        person, stretch, `_from`, `_until`, `_as_of` (the day whose state it is told by) and `_here`, whether the
        segment has a day in the period. Nothing where the period begins before the appraised one.
    """
    several = stretches.clear() if period.start < appraised.start else stretches
    last = pl.col("stretch").shift(-1).over("person").is_null()
    ends = pl.when(last).then(pl.lit(period.end)).otherwise(pl.min_horizontal("end", pl.lit(period.end)))
    here = (pl.col("start") <= period.end) & (pl.col("end") >= period.start)
    return several.with_columns(ends.alias("_as_of"), here.alias("_here")).drop("start", "end")


def events_by_stretch(rows: pl.DataFrame, stretches: pl.DataFrame, key: str) -> pl.DataFrame:
    """Each event with the segment of its own day as its key, or the person where there is one segment."""
    return _keyed(rows, stretches, key, pl.col(DATE).cast(pl.Date).is_between("_from", "_until"))


def states_by_stretch(rows: pl.DataFrame, stretches: pl.DataFrame, key: str) -> pl.DataFrame:
    """Each row up to the end of a segment with that segment as its key; a row is there once for each."""
    return _keyed(rows, stretches, key, pl.col(DATE).cast(pl.Date) <= pl.col("_as_of"))


def _keyed(rows: pl.DataFrame, stretches: pl.DataFrame, key: str, counts: pl.Expr) -> pl.DataFrame:
    if stretches.is_empty():
        return rows.with_columns(pl.col(PERSON).alias(key))
    joined = rows.join(stretches.drop("_here"), left_on=PERSON, right_on="person", how="left", maintain_order="left")
    kept = joined.filter(pl.col("stretch").is_null() | counts)
    return kept.with_columns(pl.coalesce("stretch", PERSON).alias(key)).drop("stretch", "_from", "_until", "_as_of")


def clipped_to(members: pl.DataFrame, wanted: pl.DataFrame, key: str) -> pl.DataFrame:
    """The memberships of teams over the days of single segments: `_member`, the key, `_start`, `_end` and `_as_of`.

    Args:
        members: `_member`, the key of a team, `_start` and `_end`.
        wanted: the key of a team, `_from`, `_until`, `_as_of` and `_spanned`, the key of the team over those days.
        key: the name of the column of keys.
    """
    joined = members.drop("_as_of").join(wanted, on=key, maintain_order="left")
    clipped = joined.with_columns(
        pl.max_horizontal("_start", "_from").alias("_start"), pl.min_horizontal("_end", "_until").alias("_end")
    ).filter(pl.col("_start") <= pl.col("_end"))
    return clipped.select("_member", pl.col("_spanned").alias(key), "_start", "_end", "_as_of")
