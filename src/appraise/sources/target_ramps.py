"""Newcomers' targets: a percentage of each amount by month of tenure, counted from the first assignment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.sources.assignments import ALWAYS, FOREVER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from appraise.model.target_spec import TargetSpec
    from appraise.sources.roster import Roster

FULL = 100.0
"""The percentage of those whose target is not ramped."""


def ramp_of(specs: Mapping[str, TargetSpec], name: str) -> tuple[float, ...]:
    """The percentages by month of tenure for a target: those of its own sheet, else of the first register with any."""
    own = [spec.ramp.get("", ()) for spec in specs.values() if spec.name == name and not spec.columns]
    registers = [spec.ramp.get(name) or spec.ramp.get("", ()) for spec in specs.values() if spec.columns]
    return next((ramp for ramp in (*own, *registers) if ramp), ())


def with_ramp(parts: pl.DataFrame, roster: Roster, ramp: Sequence[float]) -> pl.DataFrame:
    """The parts, cut where a further month of tenure begins, with `ramp` (percent) and `tenure` (the month, from 1).

    The first month of tenure begins on the first day of a person's first assignment and ends on the eve of the same day
    of the next calendar month (or on its last day, where it has no such day). The last percentage stays. Without a ramp
    all have 100 percent, and no tenure.

    Args:
        parts: person, start and end; other columns are kept.
        roster: all assignments of the people, those of other periods too.
        ramp: percentages of the first month of tenure, the second …
    """
    if not ramp:
        return parts.with_columns(ramp=pl.lit(FULL), tenure=pl.lit(None, dtype=pl.Int32))
    months = pl.DataFrame({"tenure": range(1, len(ramp) + 1), "ramp": [float(step) for step in ramp]}).cast(
        {"tenure": pl.Int32}
    )
    first = roster.assignments.group_by("person", maintain_order=True).agg(pl.col("start").min().alias("_joined"))
    begins = pl.concat_str(pl.col("tenure") - 1, pl.lit("mo"))
    ends = pl.concat_str("tenure", pl.lit("mo"))
    spans = first.join(months, how="cross", maintain_order="left").with_columns(
        pl.when(pl.col("tenure") == 1)
        .then(pl.lit(ALWAYS))
        .otherwise(pl.col("_joined").dt.offset_by(begins))
        .alias("_begins"),
        pl.when(pl.col("tenure") == len(ramp))
        .then(pl.lit(FOREVER))
        .otherwise(pl.col("_joined").dt.offset_by(ends).dt.offset_by("-1d"))
        .alias("_ends"),
    )
    cut = parts.join(spans, on="person", how="left", maintain_order="left_right").with_columns(
        pl.max_horizontal("start", "_begins").alias("start"), pl.min_horizontal("end", "_ends").alias("end")
    )
    return cut.filter(pl.col("start") <= pl.col("end")).drop("_joined", "_begins", "_ends")
