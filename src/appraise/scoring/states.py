"""What a group's rows say about each person: the value, or the reason why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.model.kinds import Kind
from appraise.scoring.aggregates import ROWS, finished

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appraise.scoring.bindings import BoundMeasure

NO_ROWS = "no_rows"
UNREADABLE = "unreadable"
SOURCE_MISSING = "source_missing"
STALE = "stale"

PEOPLED = "_peopled"
"""Whether somebody stands behind a key: the person is employed in the period, the team has members."""

_ZERO_WITHOUT_ROWS = frozenset({"count", "count_distinct", "sum"})

DTYPES = {Kind.NUMBER: pl.Float64(), Kind.YES_NO: pl.Boolean(), Kind.TEXT: pl.String(), Kind.DATE: pl.Date()}
"""How a value of each kind stands in a frame."""


def told(people: pl.DataFrame, measures: Sequence[tuple[str, BoundMeasure]]) -> pl.DataFrame:
    """Four columns for each measure: `N`, `N?`, `N#` and `N~`.

    Args:
        people: one row per person with the columns of `values_by_group` for the person's group (null: no rows) and
            `_peopled`.
        measures: the full name and the measure behind each number, in order.
    """
    return people.select(
        column for number, (name, measure) in enumerate(measures) for column in _columns(number, name, measure)
    )


def untold(height: int, name: str, reason: str, kind: Kind) -> pl.DataFrame:
    """The four columns of a measure that nobody has."""
    return pl.DataFrame(
        {name: [None], f"{name}?": [reason], f"{name}#": [0], f"{name}~": [0]},
        schema={name: DTYPES[kind], f"{name}?": pl.String, f"{name}#": pl.Int64, f"{name}~": pl.Int64},
    ).select(pl.all().repeat_by(height).explode() if height else pl.all().head(0))


def _columns(number: int, name: str, measure: BoundMeasure) -> list[pl.Expr]:
    used, empty, undecided, unreadable = (
        pl.col(f"{number}.{part}").fill_null(0) for part in ("used", "empty", "undecided", "unreadable")
    )
    nothing_lost = (empty == 0) & (unreadable == 0)
    too_many = (pl.col(ROWS).fill_null(0) > 1) if measure.alone else pl.lit(value=False)
    value = (
        pl.when(pl.col(PEOPLED) & ~too_many & (used > 0))
        .then(finished(number, measure))
        .when(pl.col(PEOPLED) & ~too_many & nothing_lost & _is_zero(measure))
        .then(_zero(measure))
    )
    doubtful = pl.col(PEOPLED) & (too_many | (unreadable > 0))
    reason = pl.when(value.is_null()).then(pl.when(doubtful).then(pl.lit(UNREADABLE)).otherwise(pl.lit(NO_ROWS)))
    return [
        value.alias(name),
        reason.alias(f"{name}?"),
        pl.when(value.is_not_null()).then(used).otherwise(0).alias(f"{name}#"),
        (empty + undecided).alias(f"{name}~"),
    ]


def _is_zero(measure: BoundMeasure) -> pl.Expr:
    """Whether no rows mean 0: in a log for what counts and adds up, in a table only where the group has a row."""
    spec = measure.spec
    if spec.if_no_rows:
        return pl.lit(spec.if_no_rows == "zero")
    if measure.alone or spec.aggregate not in _ZERO_WITHOUT_ROWS:
        return pl.lit(value=False)
    return pl.lit(value=True) if measure.of_log else pl.col(ROWS).fill_null(0) > 0


def _zero(measure: BoundMeasure) -> pl.Expr:
    return pl.lit(0.0) if measure.kind is Kind.NUMBER else pl.lit(None, dtype=DTYPES[measure.kind])
