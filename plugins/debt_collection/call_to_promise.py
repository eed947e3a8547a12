"""Calls: how many reach the right party, and how many bring a promise to pay."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from appraise.plugin import CustomMeasure, Kind, MeasureColumn, MeasureExample, Rows

from .totals import EVERY_ROW, percent

if TYPE_CHECKING:
    from appraise.plugin import MeasureRequest

_RIGHT_PARTY = MeasureColumn("right_party", Kind.YES_NO, "Yes where the customer was reached, and not somebody else.")
_PROMISE_MADE = MeasureColumn("promise_made", Kind.YES_NO, "Yes where the customer promised to pay.")


def promises_of_all_calls(request: MeasureRequest) -> pl.DataFrame:
    """Calls with a promise, of all calls."""
    return percent(request.rows, pl.col("promise_made"), EVERY_ROW)


def promises_of_right_party_calls(request: MeasureRequest) -> pl.DataFrame:
    """Calls with a promise, of those that reached the customer."""
    reached = pl.col("right_party")
    return percent(request.rows, reached & pl.col("promise_made"), reached)


def right_party_contacts(request: MeasureRequest) -> pl.DataFrame:
    """Calls that reached the customer, of all calls."""
    return percent(request.rows, pl.col("right_party"), EVERY_ROW)


_RETRIEVABLES: Rows = {
    "right_party": [True] * 25 + [False] * 25,
    "promise_made": [True] * 12 + [False] * 38,
}
"""50 contacts, 25 of them with the right party, 12 of whom agree to pay."""

METRICS = (
    CustomMeasure(
        name="call_to_promise_all_calls",
        compute=promises_of_all_calls,
        doc="Promises to pay for every hundred calls made.",
        definition_id="call_to_promise.all_calls.v1",
        formula="100 × calls with a promise ÷ calls",
        unit="percent",
        range="0 to 100",
        reference="'Mastering Debt Collection KPIs', number 5; numbers of retrievables.com",
        columns=(_PROMISE_MADE,),
        examples=(
            MeasureExample("12 promises in 50 calls", date(2026, 7, 1), date(2026, 9, 30), _RETRIEVABLES, gives=24.0),
        ),
    ),
    CustomMeasure(
        name="call_to_promise_right_party",
        compute=promises_of_right_party_calls,
        doc="Promises to pay for every hundred calls that reached the customer.",
        definition_id="call_to_promise.right_party.v1",
        formula="100 × calls that reached the customer with a promise ÷ calls that reached the customer",
        unit="percent",
        range="0 to 100",
        reference="carmaone.ai, collections KPIs; numbers of retrievables.com, 'Critical Debt Collection KPIs'",
        columns=(_RIGHT_PARTY, _PROMISE_MADE),
        examples=(
            MeasureExample(
                "12 promises of 25 customers", date(2026, 7, 1), date(2026, 9, 30), _RETRIEVABLES, gives=48.0
            ),
        ),
    ),
    CustomMeasure(
        name="right_party_rate",
        compute=right_party_contacts,
        doc="Calls that reached the customer, of all calls.",
        definition_id="right_party.rate.v1",
        formula="100 × calls that reached the customer ÷ calls",
        unit="percent",
        range="0 to 100",
        reference="retrievables.com, 'Critical Debt Collection KPIs'",
        columns=(_RIGHT_PARTY,),
        examples=(
            MeasureExample("25 of 50; promises do not enter", date(2026, 7, 1), date(2026, 9, 30), _RETRIEVABLES, 50.0),
        ),
    ),
)
"""The promise ratio of the founding text, that of the trade, and how many customers are reached at all."""
