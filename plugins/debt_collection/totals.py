"""Figures made of totals: a ratio of sums, never a mean of ratios."""

from __future__ import annotations

import polars as pl

EVERY_ROW = pl.col("person").is_not_null()
"""Counts the rows themselves."""


def amount(column: str) -> pl.Expr:
    """Money as whole ten-thousandths: whole numbers add up to the same in every order, and Float64 does not."""
    return (pl.col(column) * 10_000.0).round().cast(pl.Int64)


def complete_sum(number: pl.Expr) -> pl.Expr:
    """The sum of a group; none where a part of it is missing."""
    return pl.when(number.null_count() == 0).then(number.sum())


def percent(rows: pl.DataFrame, part: pl.Expr, whole: pl.Expr) -> pl.DataFrame:
    """100 · Σ part ÷ Σ whole for each person; no figure where the whole is 0."""
    totals = rows.group_by("person").agg(part.sum().alias("part"), whole.sum().alias("whole"))
    return totals.select("person", quotient(100.0 * pl.col("part"), pl.col("whole")).alias("value"))


def quotient(above: pl.Expr, below: pl.Expr) -> pl.Expr:
    """A division without a result where there is nothing to divide by."""
    return pl.when(below > 0).then(above / below)
