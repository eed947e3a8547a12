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


NO_ROLE = "no_role"
TOO_NEW = "too_new"
SHORT_SEGMENT = "short_segment"
"""Why a person, or a stretch of a period, is not rated: no template, too few days, too few in that role."""

ROWS_IN_DOUBT = "rows_in_doubt"
SCALES_DIFFER = "scales_differ"
TEMPLATE_UNUSABLE = "template_unusable"
CAUSES_OF_ERROR = frozenset({ROWS_IN_DOUBT, TEMPLATE_UNUSABLE, SCALES_DIFFER})
"""Why a person's status is `error`: rows of the people source contradict each other, the template has mistakes, or the
templates of two stretches of the period have different scales."""
