"""Promises kept: of those that fell due in the period, how many were paid in full within the days of grace.

The cohort are the promises whose due day lies in the period, whenever they were made. One that was cancelled before it
was due is left out, and so is one whose days of grace end after the freeze, because nobody can know it yet. A payment
counts where it came by the end of the grace, and no longer where it went back by the freeze; what goes back later is a
posting of the next period, so that a frozen figure does not move.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from appraise.plugin import CustomMeasure, Kind, MeasureColumn, MeasureExample, MeasureOption, Rows

from .totals import EVERY_ROW, amount, percent

if TYPE_CHECKING:
    from appraise.plugin import MeasureRequest

_COLUMNS = (
    MeasureColumn("due_on", Kind.DATE, "The day by which the customer promised to pay."),
    MeasureColumn("promised", Kind.NUMBER, "The amount promised."),
    MeasureColumn("paid", Kind.NUMBER, "What was paid on it; 0 where nothing was."),
    MeasureColumn("paid_on", Kind.DATE, "When; blank or not there: in time.", needed=False, blank=True),
    MeasureColumn("reversed_on", Kind.DATE, "When the payment went back; blank: it did not.", needed=False, blank=True),
    MeasureColumn("cancelled", Kind.YES_NO, "Yes where it was withdrawn before it was due.", needed=False, blank=True),
)
_OPTIONS = (
    MeasureOption("grace_days", 2.0, "Days after the due day on which a payment is still in time."),
    MeasureOption("freeze_days", 5.0, "Days after the period's end on which the figures are frozen."),
)


def kept_by_count(request: MeasureRequest) -> pl.DataFrame:
    """Promises kept in full, of those that fell due."""
    return percent(_cohort(request), pl.col("kept"), EVERY_ROW)


def kept_by_amount(request: MeasureRequest) -> pl.DataFrame:
    """Money paid as promised, of the money promised; part of a promise counts, more than promised does not."""
    return percent(_cohort(request), amount("paid"), amount("promised"))


def due(request: MeasureRequest) -> pl.DataFrame:
    """How many promises fell due: the cases behind the other two."""
    return _cohort(request).group_by("person").agg(pl.len().cast(pl.Float64).alias("value"))


def _cohort(request: MeasureRequest) -> pl.DataFrame:
    """The promises due in the period, with `paid` as it counts for them and whether they were `kept`."""
    grace, freeze = (timedelta(days=request.number(name)) for name in ("grace_days", "freeze_days"))
    frozen, in_time_until = request.end + freeze, pl.col("due_on") + grace
    rows = _with_every_column(request.rows)
    known = pl.col("due_on").is_between(request.start, request.end) & (in_time_until <= frozen)
    in_time = (pl.col("paid_on") <= in_time_until).fill_null(value=True)
    went_back = (pl.col("reversed_on") <= frozen).fill_null(value=False)
    counts = pl.when(in_time & ~went_back).then(pl.min_horizontal("paid", "promised")).otherwise(0.0)
    promises = rows.filter(known & ~pl.col("cancelled").fill_null(value=False)).with_columns(paid=counts)
    return promises.with_columns(kept=pl.col("paid") >= pl.col("promised"))


def _with_every_column(rows: pl.DataFrame) -> pl.DataFrame:
    types = {Kind.DATE: pl.Date, Kind.NUMBER: pl.Float64, Kind.YES_NO: pl.Boolean}
    absent = [column for column in _COLUMNS if column.name not in rows.columns]
    return rows.with_columns(pl.lit(None, types[column.kind]).alias(column.name) for column in absent)


_QUARTER: Rows = {
    "due_on": [
        date(2025, 7, 2),
        date(2025, 9, 30),  # paid on the last day of grace
        date(2025, 9, 30),  # paid in part
        date(2025, 10, 1),  # next quarter's
        date(2025, 8, 15),  # cancelled before it was due
        date(2025, 9, 10),  # went back in the quarter
        date(2025, 9, 5),  # went back after the freeze: stays kept
    ],
    "promised": [5_000, 10_000, 10_000, 9_000, 4_000, 12_000, 8_000],
    "paid": [5_000, 10_000, 6_000, 9_000, 0, 12_000, 8_000],
    "paid_on": [None, date(2025, 10, 2), None, None, None, None, None],
    "reversed_on": [None, None, None, None, None, date(2025, 9, 20), date(2025, 10, 12)],
    "cancelled": [None, None, None, None, True, None, None],
}
"""Seven promises of July to September 2025, of which five fell due and three were kept."""

METRICS = (
    CustomMeasure(
        name="promise_kept_count",
        compute=kept_by_count,
        doc="Promises that fell due in the period and were paid in full within the days of grace.",
        definition_id="promise_kept.count.v1",
        formula="100 × promises kept in full ÷ promises due",
        unit="percent",
        range="0 to 100",
        reference="house definition: cohort by due day; numbers ours",
        columns=_COLUMNS,
        options=_OPTIONS,
        up_to_end=True,
        examples=(MeasureExample("three of five promises", date(2025, 7, 1), date(2025, 9, 30), _QUARTER, gives=60.0),),
    ),
    CustomMeasure(
        name="promise_kept_amount",
        compute=kept_by_amount,
        doc="Money that was promised for the period and was paid within the days of grace.",
        definition_id="promise_kept.amount.v1",
        formula="100 × Σ paid, at most as promised ÷ Σ promised",
        unit="percent",
        range="0 to 100",
        reference="house definition: cohort by due day; numbers ours",
        columns=_COLUMNS,
        options=_OPTIONS,
        up_to_end=True,
        examples=(
            MeasureExample(
                "29,000 of 45,000", date(2025, 7, 1), date(2025, 9, 30), _QUARTER, gives=64.44, within=0.005
            ),
        ),
    ),
    CustomMeasure(
        name="promise_due_count",
        compute=due,
        doc="Promises that fell due in the period: the cases behind the share that was kept.",
        definition_id="promise_due.count.v1",
        formula="promises due",
        unit="count",
        range="0 and more; nobody without promises has a figure",
        reference="house definition: cohort by due day; numbers ours",
        columns=_COLUMNS,
        options=_OPTIONS,
        up_to_end=True,
        examples=(MeasureExample("five of seven", date(2025, 7, 1), date(2025, 9, 30), _QUARTER, gives=5.0),),
    ),
)
"""The rate by promises and by money, and how many promises there were."""
