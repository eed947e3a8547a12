"""First-call resolution (FCR): how often one call was enough; two meanings that differ by tens of points."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import polars as pl

from appraise.plugin import CustomMeasure, Kind, MeasureColumn, MeasureExample, MeasureOption

from .totals import EVERY_ROW, percent

if TYPE_CHECKING:
    from appraise.plugin import MeasureRequest


def paid_on_first_attempt(request: MeasureRequest) -> pl.DataFrame:
    """First calls on which the customer was reached that brought a payment."""
    first = pl.col("first_attempt")
    return percent(request.rows, first & pl.col("paid"), first)


def resolved_without_repeat(request: MeasureRequest) -> pl.DataFrame:
    """Contacts that open a matter, are resolved, and are followed by none on the same account within the window."""
    if "date" not in request.rows.columns:
        raise ValueError("it must know when each contact was: write 'date:' under the source")
    window = timedelta(days=request.number("repeat_days"))
    moments = request.rows.select("account", "date").unique().sort("account", "date")
    gap = pl.col("date").diff().over("account")
    gaps = moments.with_columns(since=gap, until=gap.shift(-1).over("account"))
    contacts = request.rows.join(gaps, on=["account", "date"]).filter(pl.col("date").dt.date() >= request.start)
    opens = (pl.col("since") > window).fill_null(value=True)
    rests = (pl.col("until") > window).fill_null(value=True)
    return percent(contacts.filter(opens), pl.col("resolved") & rests, EVERY_ROW)


METRICS = (
    CustomMeasure(
        name="fcr_seed",
        compute=paid_on_first_attempt,
        doc="First calls that reached the customer and brought a payment there and then.",
        definition_id="fcr.seed.v1",
        formula="100 × first calls that reached the customer with a payment ÷ first calls that reached the customer",
        unit="percent",
        range="0 to 100",
        reference="'Mastering Debt Collection KPIs', number 3: payment collected on the first attempt; "
        "docs.oracle.com, banking collections; numbers ours",
        columns=(
            MeasureColumn("first_attempt", Kind.YES_NO, "Yes for the first call that reached the customer."),
            MeasureColumn("paid", Kind.YES_NO, "Yes where the call brought a payment."),
        ),
        examples=(
            MeasureExample(
                says="one of four first calls brought a payment; the payment on a later call does not count",
                start=date(2026, 7, 1),
                end=date(2026, 9, 30),
                rows={
                    "first_attempt": [True, True, True, True, False],
                    "paid": [True, False, False, False, True],
                },
                gives=25.0,
            ),
        ),
    ),
    CustomMeasure(
        name="fcr_standard",
        compute=resolved_without_repeat,
        doc="Matters resolved on the first contact, without another one on the account within the days of repeat.",
        definition_id="fcr.standard.v1",
        formula="100 × first contacts resolved without a repeat ÷ first contacts",
        unit="percent",
        range="0 to 100; contacts of the last days may still be followed by a repeat",
        reference="contact-centre practice (SQM: 70 to 79 is good); numbers ours",
        columns=(
            MeasureColumn("account", Kind.TEXT, "The account that the contact was about."),
            MeasureColumn("resolved", Kind.YES_NO, "Yes where the matter was settled on the contact."),
        ),
        options=(
            MeasureOption("repeat_days", 7.0, "Within so many days another contact is a repeat of the same matter."),
        ),
        up_to_end=True,
        examples=(
            MeasureExample(
                says="of the matters of three accounts one was resolved and rested; B called again after three days",
                start=date(2026, 7, 1),
                end=date(2026, 9, 30),
                rows={
                    "date": [
                        datetime(2026, 7, 1, 9, 0),  # noqa: DTZ001 -- moments of a log are local to the company
                        datetime(2026, 7, 2, 9, 0),  # noqa: DTZ001 -- as above
                        datetime(2026, 7, 5, 9, 0),  # noqa: DTZ001 -- as above
                        datetime(2026, 7, 9, 9, 0),  # noqa: DTZ001 -- as above
                    ],
                    "account": ["A", "B", "B", "C"],
                    "resolved": [True, True, True, False],
                },
                gives=33.33,
                within=0.005,
            ),
        ),
    ),
)
"""The meaning of the founding text, and that of contact centres."""
