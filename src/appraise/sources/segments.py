"""The stretches of a period in which somebody is on one template: what is scored on its own and then joined."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.quantiser import quantised_column
from appraise.model.status import NO_ROLE, ROWS_IN_DOUBT, SHORT_SEGMENT, TOO_NEW
from appraise.sources.assignments import ALWAYS, FOREVER
from appraise.sources.availability import with_days_worked
from appraise.sources.facts import LINE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from appraise.model.period import Calendar, Period

Cuts = "Mapping[str, Sequence[tuple[date, str]]]"
"""By role template the first day and the key of each of its editions, in order of days."""

AS_OF = ("name", "role_title", "manager", "team", "site", "fte")
"""What can change inside a stretch and is as of its last day."""

SEPARATOR = "\x1f"
"""Between a person's id and the number of the stretch."""


def spells_of(here: pl.DataFrame, period: Period, cuts: Mapping[str, Sequence[tuple[date, str]]]) -> pl.DataFrame:
    """The assignments of a period in order of person and day, each with the stretch that it belongs to.

    An assignment is cut where another edition of its template begins.

    Args:
        here: the assignments with some day in the period.
        period: the appraised period.
        cuts: by role the editions that count in the period; a role that is not named has one, called like itself.

    Returns:
        the columns of the assignments with start and end clipped to the period; template (the key of the edition, null
        without a template); segment (its number from 1 in the person's period) and stretch (the person's id where there
        is one segment, else the id and the number).
    """
    clipped = here.with_columns(
        pl.max_horizontal("start", pl.lit(period.start)).alias("start"),
        pl.min_horizontal("end", pl.lit(period.end)).alias("end"),
        pl.col("role").alias("template"),
    )
    ordered = _cut(clipped, cuts).sort("person", "start", LINE)
    begins = pl.col("person").ne_missing(pl.col("person").shift(1)) | pl.col("template").ne_missing(
        pl.col("template").shift(1)
    )
    number = begins.fill_null(value=True).cast(pl.Int64).cum_sum().over("person")
    numbered = ordered.with_columns(number.alias("segment"))
    several = pl.col("segment").max().over("person") > 1
    name = pl.concat_str("person", pl.lit(SEPARATOR), pl.col("segment").cast(pl.String))
    return numbered.with_columns(pl.when(several).then(name).otherwise("person").alias("stretch"))


def _cut(spells: pl.DataFrame, cuts: Mapping[str, Sequence[tuple[date, str]]]) -> pl.DataFrame:
    """The assignments with the edition of their template; one for each edition that counts on some of their days."""
    spans = [(role, *span) for role, editions in cuts.items() for span in _spans(editions)]
    if not spans:
        return spells
    table = pl.DataFrame(
        spans, schema={"role": pl.String, "_key": pl.String, "_from": pl.Date, "_until": pl.Date}, orient="row"
    )
    joined = spells.join(table, on="role", how="left", maintain_order="left_right").with_columns(
        pl.max_horizontal("start", "_from").alias("start"),
        pl.min_horizontal("end", "_until").alias("end"),
        pl.coalesce("_key", "template").alias("template"),
    )
    return joined.filter(pl.col("start") <= pl.col("end")).drop("_key", "_from", "_until")


def _spans(editions: Sequence[tuple[date, str]]) -> list[tuple[str, date, date]]:
    """Each edition with the days on which it counts; the first one reaches back."""
    ends = [first - timedelta(days=1) for first, _ in editions[1:]]
    firsts = [ALWAYS, *(first for first, _ in editions[1:])]
    return [(key, first, end) for (_, key), first, end in zip(editions, firsts, [*ends, FOREVER], strict=True)]


def segments_of(spells: pl.DataFrame, leave: pl.DataFrame, calendar: Calendar, period: Period) -> pl.DataFrame:
    """One row per stretch: person, stretch, segment, what is as of its last day, its days and their weight in the join.

    Working days are those of the site: of the whole period where a person has one segment, else of the segment's days.
    `days` are those worked; `share` is hundredths of the available days.
    """
    worked = with_days_worked(spells, leave, calendar)
    carried = [name for name in worked.columns if name.startswith("person.")]
    found = worked.group_by("person", "stretch", "segment", maintain_order=True).agg(
        pl.col("template", "role").first(),
        pl.col(*AS_OF, *carried).last(),
        pl.col("start").min(),
        pl.col("end").max(),
        pl.col("days").sum(),
        pl.col("available").sum().alias("available_days"),
    )
    alone = pl.col("person") == pl.col("stretch")
    spans = found.select(
        "person",
        "site",
        start=pl.when(alone).then(pl.lit(period.start)).otherwise("start"),
        end=pl.when(alone).then(pl.lit(period.end)).otherwise("end"),
        fte=pl.lit(1.0),
    )
    whole = with_days_worked(spans, leave.clear(), calendar)["days"].alias("working_days")
    share = (quantised_column(pl.col("available_days"), 2) * 100.0 + 0.5).floor().cast(pl.Int64)
    return found.with_columns(whole, share.alias("share"))


def judged(
    segments: pl.DataFrame, people: pl.DataFrame, doubtful: Sequence[str], minimums: tuple[int, int]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The segments and the people with the reason why each is not scored or rated, the gravest first.

    Args:
        segments: as `segments_of` gives them; one that is not scored on its own loses its share.
        people: one row per person, with `days`.
        doubtful: the ids of people with contradicting rows.
        minimums: the least working days of a rating, and of a segment where a person has several.
    """
    least, shortest = minimums
    short = (pl.col("person") != pl.col("stretch")) & ((pl.col("days") < shortest) | (pl.col("share") == 0))
    own = pl.when(pl.col("template").is_null()).then(pl.lit(NO_ROLE)).when(short).then(pl.lit(SHORT_SEGMENT))
    found = segments.with_columns(own.otherwise(pl.lit("")).alias("own"))
    told = _reasons(found, people, doubtful, least)
    whole = pl.when(pl.col("_reason").is_in([ROWS_IN_DOUBT, TOO_NEW])).then("_reason").otherwise("own")
    joined = found.join(told, on="person", how="left", maintain_order="left").with_columns(
        whole.alias("status_reason"),
        pl.when(pl.col("own") == "").then("share").otherwise(pl.lit(0, pl.Int64)).alias("share"),
    )
    named = people.join(told, on="person", how="left", maintain_order="left").rename({"_reason": "status_reason"})
    return joined.drop("own", "_reason", "days"), named


def _reasons(segments: pl.DataFrame, people: pl.DataFrame, doubtful: Sequence[str], least: int) -> pl.DataFrame:
    """The people with `_reason`, why each is not rated, from the `own` reasons of the segments."""
    return (
        segments.group_by("person", maintain_order=True)
        .agg((pl.col("own") == NO_ROLE).all().alias("_no_role"), (pl.col("own") != "").all().alias("_nothing"))
        .join(people.select("person", _days="days"), on="person", how="left")
        .select(
            "person",
            pl.when(pl.col("person").is_in(list(doubtful)))
            .then(pl.lit(ROWS_IN_DOUBT))
            .when("_no_role")
            .then(pl.lit(NO_ROLE))
            .when(pl.col("_days") < least)
            .then(pl.lit(TOO_NEW))
            .when("_nothing")
            .then(pl.lit(SHORT_SEGMENT))
            .otherwise(pl.lit(""))
            .alias("_reason"),
        )
    )


def stretches_of(segments: pl.DataFrame) -> pl.DataFrame:
    """The segments of people who have several, with the days that each stands for, so that no day is lost.

    A day between two segments belongs to the one before; days before the first and after the last to that one.

    Returns:
        person, stretch, start, end, `_from` and `_until`.
    """
    several = segments.filter(pl.col("person") != pl.col("stretch")).select("person", "stretch", "start", "end")
    following = pl.col("start").shift(-1).over("person")
    return several.with_columns(
        pl.when(pl.col("person").is_first_distinct()).then(pl.lit(ALWAYS)).otherwise("start").alias("_from"),
        pl.coalesce(following - pl.duration(days=1), pl.lit(FOREVER)).cast(pl.Date).alias("_until"),
    )
