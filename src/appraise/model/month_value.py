"""What a formula came to in one month, in a KPI whose value is the mean of the months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from appraise.model.status import KpiStatus


@dataclass(frozen=True, slots=True)
class MonthValue:
    """A calendar month of the period, clipped to it, with the value as it came out, not rounded.

    `status` is `ok`, or why the month has no value and is left out of the mean, with its `reason` where more is known.
    `inputs` are the full names that were read; its steps are the operands of the KPI's only step, in the same order.
    """

    month: str
    start: date
    end: date
    value: float | None
    status: KpiStatus
    reason: str = ""
    inputs: tuple[str, ...] = ()
