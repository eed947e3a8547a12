"""Recovery: how much of what is owed came in, plain and against what the mix of accounts lets expect."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from appraise.plugin import CustomMeasure, Kind, MeasureColumn, MeasureExample

from .totals import amount, percent

if TYPE_CHECKING:
    from appraise.plugin import MeasureRequest

_OUTSTANDING = MeasureColumn("outstanding", Kind.NUMBER, "What was owed on the account at the beginning.")
_COLLECTED = MeasureColumn("collected", Kind.NUMBER, "What came in; an amount that was waived is no recovery.")
_REVERSED = MeasureColumn(
    "reversed", Kind.NUMBER, "What of it went back, as a positive amount.", needed=False, blank=True
)
_EXPECTED_RATE = MeasureColumn("expected_rate", Kind.NUMBER, "Percent of it that accounts of its kind pay.")


def rate_net(request: MeasureRequest) -> pl.DataFrame:
    """What stayed collected, of what was owed."""
    return percent(request.rows, _net(request), amount("outstanding"))


def index(request: MeasureRequest) -> pl.DataFrame:
    """What stayed collected, of what was to be expected."""
    rows = request.rows.with_columns(expected=pl.col("outstanding") * pl.col("expected_rate") / 100.0)
    return percent(rows, _net(request), amount("expected"))


def _net(request: MeasureRequest) -> pl.Expr:
    if "reversed" not in request.rows.columns:
        return amount("collected")
    return amount("collected") - amount("reversed").fill_null(0)


METRICS = (
    CustomMeasure(
        name="recovery_rate_net",
        compute=rate_net,
        doc="Money collected, net of what went back, of the debt outstanding at the beginning.",
        definition_id="recovery_rate.net.v1",
        formula="100 × (collected − reversed) ÷ outstanding",
        unit="percent",
        range="normally 0 to 100; below 0 where more went back than came in",
        reference="'Mastering Debt Collection KPIs', number 4; ACA International surveys; numbers ours",
        columns=(_OUTSTANDING, _COLLECTED, _REVERSED),
        examples=(
            MeasureExample(
                says="2,300 of 10,000 came in and 300 went back; a mean of the accounts' rates would be 31.25",
                start=date(2026, 7, 1),
                end=date(2026, 9, 30),
                rows={"outstanding": [8_000, 2_000], "collected": [1_300, 1_000], "reversed": [300, None]},
                gives=20.0,
            ),
        ),
    ),
    CustomMeasure(
        name="recovery_index",
        compute=index,
        doc="Money collected, net of what went back, against what accounts of the same kinds pay; 100 is as expected.",
        definition_id="recovery.index.v1",
        formula="100 × Σ (collected − reversed) ÷ Σ (outstanding × expected rate)",
        unit="index",
        range="0 and more; 100 is as expected; no figure where nothing is expected",
        reference="house definition: indirect standardisation, as for mortality ratios; numbers ours",
        columns=(_OUTSTANDING, _COLLECTED, _EXPECTED_RATE, _REVERSED),
        examples=(
            MeasureExample(
                says="hard accounts: 1,000 of 10,000 is less than 20 percent, and 125 percent of the 800 expected",
                start=date(2026, 7, 1),
                end=date(2026, 9, 30),
                rows={"outstanding": [8_000, 2_000], "collected": [300, 700], "expected_rate": [5, 20]},
                gives=125.0,
            ),
        ),
    ),
)
"""The plain rate, and the one that is fair to whoever has the hard accounts."""
