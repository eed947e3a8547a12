"""Roll rate: how much of one bucket of days past due rolls on into the next."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from appraise.plugin import CustomMeasure, Kind, MeasureColumn, MeasureExample, MeasureOption

from .totals import EVERY_ROW, amount, percent

if TYPE_CHECKING:
    from appraise.plugin import MeasureRequest

_DAYS = (
    MeasureColumn("days_before", Kind.NUMBER, "Days past due when the period began."),
    MeasureColumn("days_now", Kind.NUMBER, "Days past due when it ended; 0 where the account was cured or closed."),
)
_BALANCE = MeasureColumn("balance", Kind.NUMBER, "What was owed on the account when the period began.")
_OPTIONS = (
    MeasureOption("from_days", 30.0, "Where the bucket begins, in days past due."),
    MeasureOption("to_days", 60.0, "Where the next one begins."),
)


def by_amount(request: MeasureRequest) -> pl.DataFrame:
    """Of the money in the bucket, what rolled on."""
    rows = _bucket(request)
    return percent(rows, amount("balance") * pl.col("rolled"), amount("balance"))


def by_accounts(request: MeasureRequest) -> pl.DataFrame:
    """Of the accounts in the bucket, those that rolled on."""
    return percent(_bucket(request), pl.col("rolled"), EVERY_ROW)


def _bucket(request: MeasureRequest) -> pl.DataFrame:
    """The accounts that were in the bucket, with whether they `rolled` into the next or beyond."""
    begins, ends = request.number("from_days"), request.number("to_days")
    rows = request.rows.filter(pl.col("days_before").is_between(begins, ends, closed="left"))
    return rows.with_columns(rolled=pl.col("days_now") >= ends)


METRICS = (
    CustomMeasure(
        name="roll_rate_amount",
        compute=by_amount,
        doc="Money in one bucket of days past due that rolled on into the next.",
        definition_id="roll_rate.amount.v1",
        formula="100 × balance that rolled on ÷ balance of the bucket when the period began",
        unit="percent",
        range="0 to 100",
        reference="costcalculator.calculator.city, 'how to calculate roll rates'; prove.com, glossary",
        columns=(_BALANCE, *_DAYS),
        options=_OPTIONS,
        examples=(
            MeasureExample(
                says="calculator.city: 200,000 of 1,000,000 roll from 30 to 60 days",
                start=date(2026, 9, 1),
                end=date(2026, 9, 30),
                rows={"balance": [200_000, 800_000], "days_before": [35, 40], "days_now": [65, 0]},
                gives=20.0,
            ),
            MeasureExample(
                says="newsbusiness.biz prints 6 % for 600,000 of 1,000,000; it is 60",
                start=date(2026, 9, 1),
                end=date(2026, 9, 30),
                rows={"balance": [600_000, 400_000], "days_before": [30, 59], "days_now": [60, 59]},
                gives=60.0,
            ),
        ),
    ),
    CustomMeasure(
        name="roll_rate_accounts",
        compute=by_accounts,
        doc="Accounts in one bucket of days past due that rolled on into the next.",
        definition_id="roll_rate.accounts.v1",
        formula="100 × accounts that rolled on ÷ accounts in the bucket when the period began",
        unit="percent",
        range="0 to 100",
        reference="businessdictionary.info, 'Roll Rate'; a public set of credit cards (UCI)",
        columns=_DAYS,
        options=_OPTIONS,
        examples=(
            MeasureExample(
                says="businessdictionary.info prints 20 % for 5 of 100 accounts; it is 5",
                start=date(2026, 9, 1),
                end=date(2026, 9, 30),
                rows={"days_before": [30] * 100, "days_now": [60] * 5 + [0] * 95},
                gives=5.0,
            ),
            MeasureExample(
                says="credit cards of a public set: 272 of 3,927 rolled from two months to three",
                start=date(2026, 9, 1),
                end=date(2026, 9, 30),
                rows={"days_before": [2] * 3_927, "days_now": [3] * 272 + [2] * 3_655},
                gives=6.926,
                options={"from_days": 2.0, "to_days": 3.0},
                within=0.001,
            ),
        ),
    ),
)
"""By money and by accounts; which one is meant must be said."""
