"""The days that a KPI was counted over, in words, where they are others than the period's as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.dates import format_date

from appraise.expr.quantiser import quantised
from appraise.model.window import window_of

if TYPE_CHECKING:
    from datetime import date

    from appraise.model.outcome import KpiScore, Measure
    from appraise.model.window import Window
    from appraise.report.numbers import Numbers


def month_name(day: date, numbers: Numbers) -> str:
    """`Jul`."""
    return str(format_date(day, "LLL", numbers.locale))


def mean_of_months(kpi: KpiScore, numbers: Numbers) -> str:
    """`mean of Jul 71.0, Aug 74.2, Sep 73.1`; empty where the value is no mean of months."""
    known = ((month.start, month.value) for month in kpi.months if month.value is not None)
    parts = [
        f"{month_name(start, numbers)} {numbers.plain(quantised(value, kpi.decimals), kpi.decimals)}"
        for start, value in known
    ]
    return f"mean of {', '.join(parts)}" if parts and kpi.value is not None else ""


def counted_over(kpi: KpiScore, numbers: Numbers) -> str:
    """`counted over 2 Apr – 2 Jul 2026, because the outcome is known after 90 days`; empty for the period's days."""
    if kpi.window is None:
        return ""
    each = "month by month " if kpi.months else ""
    return f"counted {each}over {span_of(kpi.window, numbers)}, because the outcome is known after {kpi.window.after}"


def because_of(words: str, window: Window | None) -> str:
    """Why there is no figure, about the days that were counted where they are not those of the period."""
    return words if window is None else words.replace("in this period", "in the days that are counted")


def is_matured(measure: Measure) -> bool:
    """Whether a figure is of days before the period, whose outcome is known in it."""
    window = window_of(measure.name)
    return window is not None and bool(window.after)


def span_of(window: Window, numbers: Numbers) -> str:
    """`2 Apr – 2 Jul 2026`."""
    return numbers.span(window.start, window.end)
