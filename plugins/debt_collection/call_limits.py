"""Call limits: how many calls about one debt a customer may get from the whole firm, and the rest after a talk.

Both windows roll: any so many consecutive days count, not weeks of the calendar, and calls of all agents count
together. Regulation F of the United States presumes harassment beyond seven calls in seven days, and on a call within
seven days of a conversation, whose own day is the first of the seven.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import polars as pl

from appraise.plugin import CustomMeasure, Kind, MeasureColumn, MeasureExample, MeasureOption, Rows

if TYPE_CHECKING:
    from appraise.plugin import MeasureRequest

_TALKED = "talked"
_ABOUT = ["customer", "debt"]


def over_limit(request: MeasureRequest) -> pl.DataFrame:
    """The person's calls in the period that were one too many, or that broke the rest after a conversation."""
    if "date" not in request.rows.columns:
        raise ValueError("it must know when each call was: write 'date:' under the source")
    judged = _judged(request).filter(pl.col("day").is_between(request.start, request.end))
    counted = request.rows.select("person", "call").unique().join(judged, on="call")
    return counted.group_by("person").agg(pl.col("broke").sum().cast(pl.Float64).alias("value"))


def _judged(request: MeasureRequest) -> pl.DataFrame:
    """Every call of the firm, once, with its `day` and whether it `broke` a limit."""
    rows = request.rows
    talked = pl.col(_TALKED).fill_null(value=False) if _TALKED in rows.columns else pl.lit(value=False)
    calls = (
        rows.select("call", *_ABOUT, "date", pl.col("date").dt.date().alias("day"), talked.alias(_TALKED))
        .unique("call")
        .sort(*_ABOUT, "date", "call")
        .with_columns(number=pl.int_range(pl.len()).over(_ABOUT))
    )
    window = f"{round(request.number('per_days'))}d"
    first = pl.col("number").rolling_min_by("day", window_size=window).over(_ABOUT)
    spoken = pl.when(_TALKED).then("day").shift(1).over(_ABOUT).forward_fill().over(_ABOUT)
    rest = timedelta(days=round(request.number("quiet_days")))
    too_many = pl.col("number") - first + 1 > request.number("most")
    too_soon = (pl.col("day") - spoken < rest).fill_null(value=False)
    return calls.select("call", "day", (too_many | too_soon).alias("broke"))


def _at(day: int, hour: int) -> datetime:
    return datetime(2025, 7, day, hour, 0)  # noqa: DTZ001 -- moments of a log are local to the company


_JULY = [(1, 10), (1, 15), (2, 10), (3, 10), (4, 10), (5, 10), (7, 10), (7, 18), (8, 10), (12, 10), (16, 10)]
_CALLS: Rows = {
    "date": [_at(day, hour) for day, hour in _JULY],
    "call": [f"c{number}" for number in range(1, 12)],
    "customer": ["P"] * 11,
    "debt": ["D"] * 11,
    "talked": [number == 9 for number in range(1, 12)],
}
"""Eleven calls about one debt: the eighth in seven days on 7 July, a conversation on the 8th, two calls after it."""

METRICS = (
    CustomMeasure(
        name="calls_over_limit",
        compute=over_limit,
        doc="Calls beyond the limit for one customer and debt, or within the days of rest after a conversation.",
        definition_id="calls_over_limit.seven_in_seven.v1",
        formula="calls after which more than `most` lie in `per_days` days, or within `quiet_days` of a conversation",
        unit="count",
        range="0 and more; nobody without calls has a figure",
        reference="12 CFR 1006.14(b)(2), Regulation F; numbers ours",
        columns=(
            MeasureColumn("call", Kind.TEXT, "What names the call, such as its number."),
            MeasureColumn("customer", Kind.TEXT, "The customer who was called."),
            MeasureColumn("debt", Kind.TEXT, "The account that the call was about."),
            MeasureColumn(_TALKED, Kind.YES_NO, "Yes where the customer was spoken to.", needed=False, blank=True),
        ),
        options=(
            MeasureOption("per_days", 7.0, "So many consecutive days are looked at, the call's own the last of them."),
            MeasureOption("most", 7.0, "So many calls are allowed in them, of all agents together."),
            MeasureOption("quiet_days", 7.0, "Days of rest after a conversation, its own day the first; 0 for none."),
        ),
        up_to_end=True,
        examples=(
            MeasureExample(
                "the eighth call in 1 to 7 July, and one four days after the conversation of the 8th; "
                "2 to 8 July hold seven, and the 16th is free",
                date(2025, 7, 1),
                date(2025, 9, 30),
                _CALLS,
                gives=2.0,
            ),
            MeasureExample(
                "without rest the call of the 12th is free",
                date(2025, 7, 1),
                date(2025, 9, 30),
                _CALLS,
                gives=1.0,
                options={"quiet_days": 0.0},
            ),
            MeasureExample(
                "the days before the period are looked at, their calls not counted",
                date(2025, 7, 8),
                date(2025, 9, 30),
                _CALLS,
                gives=2.0,
                options={"most": 6.0},
            ),
        ),
    ),
)
"""One limit with both of its rules; another country's is another set of options."""
