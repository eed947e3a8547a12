"""Collection effectiveness index (CEI): of what could be collected, how much was."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from appraise.plugin import CustomMeasure, MeasureExample, Rows

from .receivables import CLOSING, CLOSING_CURRENT, CREDIT_SALES, INVOICES, OPENING, months_of, receivables
from .totals import quotient

if TYPE_CHECKING:
    from appraise.plugin import MeasureRequest

_OPENING, _SALES, _CLOSING = pl.col("opening"), pl.col("credit_sales"), pl.col("closing")
_CURRENT = pl.col("closing_current")


def standard(request: MeasureRequest) -> pl.DataFrame:
    """What was collected of what had fallen due."""
    return _index(request, _OPENING + _SALES - _CLOSING, _OPENING + _SALES - _CURRENT)


def monthly_average_sales(request: MeasureRequest) -> pl.DataFrame:
    """The standard with the sales of an average month in the place of the period's."""
    sales = _SALES / float(months_of(request))
    return _index(request, _OPENING + sales - _CLOSING, _OPENING + sales - _CURRENT)


def seed_wording(request: MeasureRequest) -> pl.DataFrame:
    """Everything that was collected, also on new sales, against what was owed at the beginning."""
    return _index(request, _OPENING + _SALES - _CLOSING, _OPENING)


def _index(request: MeasureRequest, collected: pl.Expr, collectable: pl.Expr) -> pl.DataFrame:
    return receivables(request).select("person", quotient(100.0 * collected, collectable).alias("value"))


_QUARTER: Rows = {
    "date": [date(2025, 9, 30)],
    "opening": [6_200],
    "credit_sales": [10_890],
    "closing": [6_340],
    "closing_current": [3_590],
}

METRICS = (
    CustomMeasure(
        name="cei_standard",
        compute=standard,
        doc="Receivables collected in the period, of those that there were to collect.",
        definition_id="cei.standard.v1",
        formula="100 × (opening + credit sales − closing) ÷ (opening + credit sales − closing that is not due yet)",
        unit="percent",
        range="at most 100; below 0 where receivables grew by more than the sales",
        reference="creditguru.com and encyclopediaofcredit.com, CEI; gaviti.com, glossary",
        columns=(OPENING, CREDIT_SALES, CLOSING, CLOSING_CURRENT),
        or_columns=INVOICES,
        up_to_end=True,
        examples=(
            MeasureExample(
                says="gaviti.com: 980,000 of 1,000,000 collected",
                start=date(2025, 1, 1),
                end=date(2025, 12, 31),
                rows={
                    "date": [date(2025, 12, 31)],
                    "opening": [100_000],
                    "credit_sales": [1_000_000],
                    "closing": [120_000],
                    "closing_current": [100_000],
                },
                gives=98.0,
            ),
            MeasureExample(
                says="calculatorshub.net prints 96 %; its own formula gives 87.5",
                start=date(2025, 1, 1),
                end=date(2025, 12, 31),
                rows={
                    "date": [date(2025, 12, 31)],
                    "opening": [50_000],
                    "credit_sales": [200_000],
                    "closing": [40_000],
                    "closing_current": [10_000],
                },
                gives=87.5,
            ),
            MeasureExample(
                says="creditguru.com's sample of a quarter",
                start=date(2025, 7, 1),
                end=date(2025, 9, 30),
                rows=_QUARTER,
                gives=79.63,
                within=0.005,
            ),
        ),
    ),
    CustomMeasure(
        name="cei_monthly_average_sales",
        compute=monthly_average_sales,
        doc="The collection effectiveness index with the credit sales of an average month of the period.",
        definition_id="cei.monthly_average_sales.v1",
        formula="100 × (opening + sales ÷ months − closing) ÷ (opening + sales ÷ months − closing that is not due yet)",
        unit="percent",
        range="at most 100; below 0 where receivables grew by more than a month's sales",
        reference="creditguru.com, CEI",
        columns=(OPENING, CREDIT_SALES, CLOSING, CLOSING_CURRENT),
        or_columns=INVOICES,
        up_to_end=True,
        examples=(
            MeasureExample(
                says="creditguru.com's sample of a quarter, of which the page prints 55.9",
                start=date(2025, 7, 1),
                end=date(2025, 9, 30),
                rows=_QUARTER,
                gives=55.93,
                within=0.005,
            ),
        ),
    ),
    CustomMeasure(
        name="cei_seed_wording",
        compute=seed_wording,
        doc="Money collected in the period against the receivables at its beginning.",
        definition_id="cei.seed_wording.v1",
        formula="100 × (opening + credit sales − closing) ÷ opening",
        unit="percent",
        range="may pass 100, because money collected on new sales counts too",
        reference="'Mastering Debt Collection KPIs', number 2: collected against receivables at the beginning",
        columns=(OPENING, CREDIT_SALES, CLOSING),
        or_columns=INVOICES,
        up_to_end=True,
        examples=(
            MeasureExample(
                says="creditguru.com's sample of a quarter: 10,750 collected, 6,200 owed at the beginning",
                start=date(2025, 7, 1),
                end=date(2025, 9, 30),
                rows=_QUARTER,
                gives=173.39,
                within=0.005,
            ),
        ),
    ),
)
"""The three indexes that are called CEI; the same books give three different figures."""
