"""Days sales outstanding (DSO): how many days of sales are still owed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from appraise.plugin import CustomMeasure, MeasureExample

from .receivables import CLOSING, CREDIT_SALES, INVOICES, OPENING, days_of, receivables, sales_by_stretch
from .totals import quotient

if TYPE_CHECKING:
    from appraise.plugin import MeasureRequest


def closing(request: MeasureRequest) -> pl.DataFrame:
    """Closing receivables in days of the period's sales."""
    return _in_days_of_sales(request, pl.col("closing"))


def average(request: MeasureRequest) -> pl.DataFrame:
    """The mean of opening and closing receivables in days of the period's sales."""
    return _in_days_of_sales(request, (pl.col("opening") + pl.col("closing")) / 2.0)


def count_back(request: MeasureRequest) -> pl.DataFrame:
    """The days behind the closing receivables: whole stretches, latest first, then a share of the one they end in."""
    owed = receivables(request).select("person", "closing")
    stretches = sales_by_stretch(request).join(owed, on="person").sort("person", "day", descending=[False, True])
    sales, left = pl.col("credit_sales"), pl.col("left")
    known = sales.fill_null(0)
    counted = stretches.with_columns(left=pl.col("closing") - (known.cum_sum().over("person") - known))
    share = pl.when(left <= 0).then(0.0).when(left >= sales).then(1.0).otherwise(left / sales)
    explained = (sales.sum() >= pl.col("closing").first()) & ~(sales.is_null() & (left > 0)).any()
    return counted.group_by("person").agg(pl.when(explained).then((share * pl.col("days")).sum()).alias("value"))


def _in_days_of_sales(request: MeasureRequest, owed: pl.Expr) -> pl.DataFrame:
    days = quotient(owed * float(days_of(request)), pl.col("credit_sales"))
    return receivables(request).select("person", days.alias("value"))


METRICS = (
    CustomMeasure(
        name="dso_closing",
        compute=closing,
        doc="Days of the period's credit sales that are owed at its end.",
        definition_id="dso.closing.v1",
        formula="closing receivables ÷ credit sales × days of the period",
        unit="days",
        range="0 and more; no figure without sales",
        reference="bit1024.com and trymesha.com, DSO calculators",
        columns=(CREDIT_SALES, CLOSING),
        or_columns=INVOICES,
        up_to_end=True,
        examples=(
            MeasureExample(
                says="bit1024.com: 50,000 owed after a year with sales of 200,000",
                start=date(2025, 1, 1),
                end=date(2025, 12, 31),
                rows={"date": [date(2025, 12, 31)], "credit_sales": [200_000], "closing": [50_000]},
                gives=91.25,
            ),
            MeasureExample(
                says="trymesha.com: 150,000 owed after a year with sales of 1,800,000",
                start=date(2025, 1, 1),
                end=date(2025, 12, 31),
                rows={"date": [date(2025, 12, 31)], "credit_sales": [1_800_000], "closing": [150_000]},
                gives=30.4,
                within=0.05,
            ),
        ),
    ),
    CustomMeasure(
        name="dso_average",
        compute=average,
        doc="Days of the period's credit sales that are owed on average, from its beginning and its end.",
        definition_id="dso.average.v1",
        formula="(opening + closing receivables) ÷ 2 ÷ credit sales × days of the period",
        unit="days",
        range="0 and more; no figure without sales",
        reference="trymesha.com, 'The 2 DSO Calculation Formulas'; numbers ours",
        columns=(OPENING, CREDIT_SALES, CLOSING),
        or_columns=INVOICES,
        up_to_end=True,
        examples=(
            MeasureExample(
                says="a quarter of 92 days that begins with 40,000 and ends with 60,000 owed",
                start=date(2026, 7, 1),
                end=date(2026, 9, 30),
                rows={"date": [date(2026, 9, 30)], "opening": [40_000], "credit_sales": [92_000], "closing": [60_000]},
                gives=50.0,
            ),
        ),
    ),
    CustomMeasure(
        name="dso_count_back",
        compute=count_back,
        doc="Days over which the receivables at the period's end were sold, counted back stretch by stretch.",
        definition_id="dso.count_back.v1",
        formula="days of the latest stretches whose sales are owed whole, and of the next one the share that is owed",
        unit="days",
        range="0 and more; no figure where all sales known are less than what is owed",
        reference="support.benjipays.com, trymesha.com and calculator7, count-back method",
        columns=(CREDIT_SALES, CLOSING),
        or_columns=INVOICES,
        up_to_end=True,
        examples=(
            MeasureExample(
                says="benjipays.com: 212,000 owed after months of 30 days with sales of 70,000, 80,000 and 100,000",
                start=date(2025, 7, 1),
                end=date(2025, 8, 29),
                rows={
                    "date": [date(2025, 6, 30), date(2025, 7, 30), date(2025, 8, 29)],
                    "credit_sales": [70_000, 80_000, 100_000],
                    "closing": [0, 0, 212_000],
                },
                gives=73.7,
                within=0.05,
            ),
            MeasureExample(
                says="calculator7: 2,100,000 owed after January, February and March",
                start=date(2025, 1, 1),
                end=date(2025, 3, 31),
                rows={
                    "date": [date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)],
                    "credit_sales": [700_000, 800_000, 900_000],
                    "closing": [0, 0, 2_100_000],
                },
                gives=76.714286,
                within=0.000001,
            ),
        ),
    ),
)
"""The three ways to count days sales outstanding."""
