"""Collection efficiency: what came in for every hundred that fell due in the period."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from appraise.plugin import CustomMeasure, Kind, MeasureColumn, MeasureExample, Rows

from .totals import amount, percent

if TYPE_CHECKING:
    import polars as pl

    from appraise.plugin import MeasureRequest

_DEMAND = MeasureColumn("demand", Kind.NUMBER, "What fell due in the period.")
_COLLECTED = MeasureColumn("collected", Kind.NUMBER, "Everything that came in, net of what went back.")
_ARREARS = MeasureColumn("arrears_collected", Kind.NUMBER, "What of it was for earlier demand, or paid in advance.")


def total(request: MeasureRequest) -> pl.DataFrame:
    """Everything collected against the demand of the period."""
    return percent(request.rows, amount("collected"), amount("demand"))


def current(request: MeasureRequest) -> pl.DataFrame:
    """What was collected on the demand of the period alone."""
    return percent(request.rows, amount("collected") - amount("arrears_collected"), amount("demand"))


_OCTOBER: Rows = {"demand": [60_000, 40_000], "collected": [66_000, 38_000], "arrears_collected": [9_000, 3_000]}

METRICS = (
    CustomMeasure(
        name="collection_efficiency_total",
        compute=total,
        doc="Money collected, arrears and advance payments too, for every hundred that fell due.",
        definition_id="collection_efficiency.total.v1",
        formula="100 × collected ÷ demand",
        unit="percent",
        range="0 and more; passes 100 where arrears come in",
        reference="practice of Indian lenders, who report up to 207 for a month; numbers ours",
        columns=(_DEMAND, _COLLECTED),
        examples=(
            MeasureExample("104,000 for 100,000 due", date(2026, 10, 1), date(2026, 10, 31), _OCTOBER, gives=104.0),
        ),
    ),
    CustomMeasure(
        name="collection_efficiency_current",
        compute=current,
        doc="Money collected on what fell due in the period, for every hundred of it.",
        definition_id="collection_efficiency.current.v1",
        formula="100 × (collected − arrears collected) ÷ demand",
        unit="percent",
        range="0 to 100",
        reference="house definition; numbers ours",
        columns=(_DEMAND, _COLLECTED, _ARREARS),
        examples=(
            MeasureExample("the same without arrears", date(2026, 10, 1), date(2026, 10, 31), _OCTOBER, gives=92.0),
        ),
    ),
)
"""With and without arrears: the first may pass 100, the second cannot."""
