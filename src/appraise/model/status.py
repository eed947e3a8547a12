"""The words for whether there is a result: missing is never zero, and no number stands without its status."""

from __future__ import annotations

from enum import StrEnum


class MeasureStatus(StrEnum):
    """Whether a measure has a value."""

    OK = "ok"
    NO_DATA = "no_data"
    ERROR = "error"


class KpiStatus(StrEnum):
    """Whether a KPI is scored and if not, why. The first is scored; `PENDING` and `ERROR` block the person."""

    OK = "ok"
    NOT_APPLICABLE = "not_applicable"
    NO_DATA = "no_data"
    ZERO_DENOMINATOR = "zero_denominator"
    INSUFFICIENT_SAMPLE = "insufficient_sample"
    NO_TARGET = "no_target"
    MONITOR = "monitor"
    PENDING = "pending"
    ERROR = "error"


class GateStatus(StrEnum):
    """`FAIL` caps the score, `UNKNOWN` blocks the person."""

    PASS = "pass"  # noqa: S105 -- a state of a gate, not a password
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class PersonStatus(StrEnum):
    """Whether a person has a rating."""

    RATED = "rated"
    NOT_RATED = "not_rated"
    BLOCKED = "blocked"
    ERROR = "error"


ROWS_IN_DOUBT = "rows_in_doubt"
TEMPLATE_UNUSABLE = "template_unusable"
CAUSES_OF_ERROR = frozenset({ROWS_IN_DOUBT, TEMPLATE_UNUSABLE})
"""Why a person's status is `error`: rows of the people source contradict each other, or the template has mistakes."""
