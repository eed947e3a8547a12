"""The metrics of debt collection, one module for each documented unit; docs/metrics.md is their page.

Every metric is a custom measure with its formula, source, range, columns and worked examples, and with a definition id
that is printed wherever the figure is. Variants are metrics of their own, so that no figure is ever read as another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.plugin import hookimpl

from . import (
    call_limits,
    call_to_promise,
    collection_effectiveness,
    collection_efficiency,
    days_sales_outstanding,
    first_call_resolution,
    promise_kept,
    recovery,
    roll_rate,
)

if TYPE_CHECKING:
    from appraise.plugin import CustomMeasure


@hookimpl
def appraise_measures() -> list[CustomMeasure]:
    """Every metric, unit by unit."""
    return [
        *days_sales_outstanding.METRICS,
        *collection_effectiveness.METRICS,
        *first_call_resolution.METRICS,
        *recovery.METRICS,
        *call_to_promise.METRICS,
        *promise_kept.METRICS,
        *roll_rate.METRICS,
        *collection_efficiency.METRICS,
        *call_limits.METRICS,
    ]
