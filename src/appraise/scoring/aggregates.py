"""How the rows of a group become one value: count, count_distinct, sum, mean, min, max, latest and earliest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.totals import fixed, mean_of, number_of
from appraise.model.kinds import Kind
from appraise.scoring.pools import KEY
from appraise.scoring.windows import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from appraise.scoring.bindings import BoundMeasure

ROWS = "_rows"
"""How many rows a group has, whatever `where` says."""

TOTALS = frozenset({"sum", "mean"})
"""Aggregates that add numbers up, in billionths."""

CELLS_AT_ONCE = 20_000_000
"""Rows times measures that are worked on in one pass, so that memory stays flat."""

_CODE = "_code"
_WORTH_SORTING = 4


def values_by_group(rows: pl.DataFrame, measures: Sequence[BoundMeasure]) -> pl.DataFrame:
    """One row per group, with five columns for measure number i.

    Args:
        rows: rows with the key of their group.
        measures: measures of the rows' source, none of them `custom`.

    Returns:
        `_key`, `_rows` and for each measure `{i}.value`, `{i}.used` (rows that brought a value), `{i}.empty` (rows kept
        whose value is missing), `{i}.undecided` (rows whose filter is missing) and `{i}.unreadable` (rows of these two
        with a cell that could not be read).
    """
    grouped = _by_key(in_order_for(rows, measures), len(measures))
    result = grouped.group_by(_CODE, maintain_order=True).agg(pl.col(KEY).first(), pl.len().alias(ROWS))
    at_once = max(1, CELLS_AT_ONCE // max(1, rows.height))
    parts = [result]
    for first in range(0, len(measures), at_once):
        numbered = list(enumerate(measures))[first : first + at_once]
        columns = [column for number, measure in numbered for column in _group_columns(number, measure)]
        groups = marked_rows(grouped.lazy(), numbered).group_by(_CODE, maintain_order=True).agg(columns).collect()
        parts.append(groups.drop(_CODE))
    return pl.concat(parts, how="horizontal").drop(_CODE)


def in_order_for(rows: pl.DataFrame, measures: Iterable[BoundMeasure]) -> pl.DataFrame:
    """The rows by time where a measure asks for the first or last of them, else as they are."""
    needed = any(measure.per or measure.spec.aggregate in {"latest", "earliest"} for measure in measures)
    return in_order(rows) if needed else rows


def marked_rows(rows: pl.LazyFrame, measures: Sequence[tuple[int, BoundMeasure]]) -> pl.LazyFrame:
    """The rows with, for each measure, what the row brings.

    `{i}.keep` tells whether the row counts (null: cannot be told), `{i}.value` what it brings (null where it does not
    count or its value is missing) and `{i}.doubt` whether a cell that is missing for it could not be read. The first
    is absent where every row counts, the last where no cell of the measure is unreadable.
    """
    keeps = [_keeps(measure).alias(f"{number}.keep") for number, measure in measures if measure.tests_rows]
    values = [_value(number, measure).alias(f"{number}.value") for number, measure in measures]
    totals = [
        fixed(pl.col(f"{number}.value")).alias(f"{number}.value")
        for number, measure in measures
        if measure.spec.aggregate in TOTALS
    ]
    doubts = [_doubt(number, measure).alias(f"{number}.doubt") for number, measure in measures if measure.doubts]
    return rows.with_columns(keeps).with_columns(values).with_columns(totals).with_columns(doubts)


def _by_key(rows: pl.DataFrame, measures: int) -> pl.DataFrame:
    """The rows with a number for their key; where much is to be made of them, in its order, which groups faster."""
    coded = rows.with_columns(pl.col(KEY).cast(pl.Categorical).to_physical().alias(_CODE))
    return coded.sort(_CODE, maintain_order=True) if measures >= _WORTH_SORTING else coded


def finished(number: int, measure: BoundMeasure) -> pl.Expr:
    """The value of a group, from the columns of `values_by_group`."""
    value, used = pl.col(f"{number}.value"), pl.col(f"{number}.used")
    if measure.spec.aggregate == "sum":
        return number_of(value)
    if measure.spec.aggregate == "mean":
        return mean_of(value, used)
    return value.cast(pl.Float64) if measure.kind is Kind.NUMBER else value


def _keeps(measure: BoundMeasure) -> pl.Expr:
    keeps = pl.lit(value=True) if measure.keeps is None else measure.keeps
    if measure.per is None:
        return keeps
    keeps = pl.when(pl.col(measure.per).is_not_null()).then(keeps)
    state = pl.struct(KEY, measure.per, keeps.fill_null(value=False).alias("_keep"))
    chosen = state.is_first_distinct() if measure.spec.first_per else state.is_last_distinct()
    return pl.when(chosen | keeps.is_null()).then(keeps).otherwise(pl.lit(value=False))


def _keep(number: int, measure: BoundMeasure) -> pl.Expr:
    return pl.col(f"{number}.keep") if measure.tests_rows else pl.lit(value=True)


def _value(number: int, measure: BoundMeasure) -> pl.Expr:
    value = pl.lit(value=True) if measure.value is None else measure.value
    return pl.when(_keep(number, measure)).then(value) if measure.tests_rows else value


def _doubt(number: int, measure: BoundMeasure) -> pl.Expr:
    keep, value = _keep(number, measure), pl.col(f"{number}.value")
    unusable = keep.is_null() | (keep & value.is_null())
    return unusable & pl.any_horizontal(pl.col(name).fill_null(value=False) for name in measure.doubts)


def _group_columns(number: int, measure: BoundMeasure) -> list[pl.Expr]:
    value = pl.col(f"{number}.value")
    used = group_counts(number, measure)
    whole = used[0] if measure.value is None else _aggregate(measure.spec.aggregate, value)
    return [whole.alias(f"{number}.value"), *used]


def group_counts(number: int, measure: BoundMeasure) -> list[pl.Expr]:
    """How many rows of a group were used, empty, undecided and unreadable, from the columns of `marked_rows`."""
    value = pl.col(f"{number}.value")
    kept = pl.col(f"{number}.keep").sum() if measure.tests_rows else pl.len()
    undecided = pl.col(f"{number}.keep").null_count() if measure.tests_rows else pl.lit(0)
    used = value.count() if measure.value is not None else kept
    doubt = pl.col(f"{number}.doubt").sum() if measure.doubts else pl.lit(0)
    return [
        used.cast(pl.Int64).alias(f"{number}.used"),
        (kept.cast(pl.Int64) - used.cast(pl.Int64)).alias(f"{number}.empty"),
        undecided.cast(pl.Int64).alias(f"{number}.undecided"),
        doubt.cast(pl.Int64).alias(f"{number}.unreadable"),
    ]


def _aggregate(aggregate: str, value: pl.Expr) -> pl.Expr:
    by_word: dict[str, Callable[[], pl.Expr]] = {
        "count_distinct": lambda: value.drop_nulls().n_unique(),
        "min": value.min,
        "max": value.max,
        "latest": lambda: value.last(ignore_nulls=True),
        "earliest": lambda: value.first(ignore_nulls=True),
        "sum": value.sum,
        "mean": value.sum,
    }
    return by_word[aggregate]()
