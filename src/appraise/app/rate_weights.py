"""What the parts of a rate weigh: a measure counted over the days on which each value of the rate was in force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.totals import fixed, number_of
from appraise.scoring.measures import measures_of

if TYPE_CHECKING:
    from appraise.scoring.asked import MeasuresAsked
    from appraise.sources.roster import Roster


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts measures over any days of people; what is wrong with their rows is told where they are counted anyway."""

    asked: MeasuresAsked
    roster: Roster

    def __call__(self, measure: str, spans: pl.DataFrame) -> pl.DataFrame:
        """What a measure that adds up comes to in each span, and why there is none: value and reason, in order.

        Spans of a person may overlap: the days are cut where one begins or ends, counted once, and added up.

        Args:
            measure: the name of a count or sum over a log.
            spans: person, start and end (both included).
        """
        pieces = _pieces(spans)
        if pieces.is_empty():
            return pl.DataFrame(schema={"value": pl.Float64, "reason": pl.String})
        roster = replace(self.roster, segments=pieces)
        counted, _ = measures_of(replace(self.asked, people=roster, names=frozenset({measure})))
        known = pieces.select("person", _from="start", _until="end").with_columns(
            counted.select(pl.col(measure).cast(pl.Float64).alias("_value"), pl.col(f"{measure}?").alias("_reason"))
        )
        numbered = spans.select("person", "start", "end").with_row_index("_span")
        inside = numbered.join(known, on="person", maintain_order="left").filter(
            (pl.col("_from") >= pl.col("start")) & (pl.col("_until") <= pl.col("end"))
        )
        total = number_of(fixed(pl.col("_value")).sum())
        summed = inside.group_by("_span").agg(
            pl.when(pl.col("_value").null_count() == 0).then(total).alias("value"),
            pl.col("_reason").cast(pl.String).drop_nulls().first().alias("reason"),
        )
        return numbered.join(summed, on="_span", how="left", maintain_order="left").select("value", "reason")


def _pieces(spans: pl.DataFrame) -> pl.DataFrame:
    """The days of everybody cut where a span begins or ends, in the form of the roster's segments."""
    day = pl.duration(days=1)
    begins = spans.select("person", pl.col("start").alias("start"))
    cuts = pl.concat([begins, spans.select("person", (pl.col("end") + day).cast(pl.Date).alias("start"))])
    nothing = pl.lit(None, dtype=pl.String)
    return (
        cuts.unique()
        .sort("person", "start")
        .with_columns((pl.col("start").shift(-1).over("person") - day).cast(pl.Date).alias("end"))
        .drop_nulls("end")
        .with_row_index("_piece")
        .select(
            "person",
            pl.concat_str("person", pl.lit("\x1f"), "_piece").alias("stretch"),
            nothing.alias("template"),
            nothing.alias("team"),
            "start",
            "end",
        )
    )
