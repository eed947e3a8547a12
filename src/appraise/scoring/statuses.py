"""The statuses and reasons of a KPI as one small number, so that a column of them takes one byte per person.

Both ways of scoring, columns and one person, use the same numbers and the same tables: they cannot drift apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from appraise.model.kinds import SEVEREST_LAST, Fault
from appraise.model.role import Missing
from appraise.model.status import KpiStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

AMBIGUOUS = "ambiguous_target"
CIRCULAR, OTHER_SCALE = "circular_members", "members_scales_differ"
"""Why the scores of a team's members cannot be had: they wait for this one, or are on another scale."""

MISSING_REASONS: tuple[str, ...] = (
    "no_target",
    "no_value",
    "no_rows",
    "unreadable",
    "stale",
    "source_missing",
    AMBIGUOUS,
    CIRCULAR,
    OTHER_SCALE,
)
"""Why an input is missing, worst last: of several missing inputs the worst reason is told."""

ERROR_REASONS: tuple[str, ...] = (
    "division_by_zero",
    "not_finite",
    "target_zero",
    "target_negative",
    "out_of_scale",
    "scorer_failed",
    "no_score",
    AMBIGUOUS,
    CIRCULAR,
    OTHER_SCALE,
)
"""Why a KPI is in error, whatever the data policy of the template."""

UNCOMPARED_REASONS: tuple[str, ...] = ("too_few_peers", "not_compared")
"""Why a KPI that is scored by comparison was scored by the bands of its value."""


class Finding(NamedTuple):
    """A status with its reason."""

    status: KpiStatus
    reason: str = ""


def _findings() -> tuple[Finding, ...]:
    held = ("success_when_empty", "lowest_score", "ceiling", "max_score", "manual", "missing_as_zero")
    scored = ("", *held, *UNCOMPARED_REASONS)
    feeds = tuple(reason for reason in MISSING_REASONS[1:] if reason not in ERROR_REASONS)
    seen = ("", "no_target", *feeds, *ERROR_REASONS, "zero_denominator", "previous_zero", "insufficient_sample")
    return (
        *(Finding(KpiStatus.OK, reason) for reason in scored),
        Finding(KpiStatus.NOT_APPLICABLE),
        *(Finding(KpiStatus.NO_TARGET, reason) for reason in ("", *feeds[2:])),
        *(Finding(KpiStatus.NO_DATA, reason) for reason in feeds),
        Finding(KpiStatus.ZERO_DENOMINATOR),
        Finding(KpiStatus.ZERO_DENOMINATOR, "previous_zero"),
        Finding(KpiStatus.INSUFFICIENT_SAMPLE),
        *(Finding(KpiStatus.ERROR, reason) for reason in (*ERROR_REASONS, *feeds)),
        *(Finding(KpiStatus.PENDING, reason) for reason in feeds),
        *(Finding(KpiStatus.MONITOR, reason) for reason in seen),
    )


FINDINGS: tuple[Finding, ...] = _findings()
"""Every status with every reason it can have; 0 is a plain score."""

CODE: Mapping[Finding, int] = {finding: code for code, finding in enumerate(FINDINGS)}
"""The number of a finding."""

SCORED = sum(finding.status is KpiStatus.OK for finding in FINDINGS)
"""Findings below this number carry a score."""

SUCCESS_WHEN_EMPTY = CODE[Finding(KpiStatus.OK, "success_when_empty")]
LOWEST_SCORE = CODE[Finding(KpiStatus.OK, "lowest_score")]
CEILING = CODE[Finding(KpiStatus.OK, "ceiling")]
MAX_SCORE = CODE[Finding(KpiStatus.OK, "max_score")]
MANUAL = CODE[Finding(KpiStatus.OK, "manual")]
MISSING_AS_ZERO = CODE[Finding(KpiStatus.OK, "missing_as_zero")]
TOO_FEW_PEERS, NOT_COMPARED = (CODE[Finding(KpiStatus.OK, reason)] for reason in UNCOMPARED_REASONS)
BY_VALUE = (0, MANUAL, TOO_FEW_PEERS, NOT_COMPARED)
"""Findings with which the method decides on the score."""

NOT_APPLICABLE = CODE[Finding(KpiStatus.NOT_APPLICABLE)]
ZERO_DENOMINATOR = CODE[Finding(KpiStatus.ZERO_DENOMINATOR)]
PREVIOUS_ZERO = CODE[Finding(KpiStatus.ZERO_DENOMINATOR, "previous_zero")]
INSUFFICIENT_SAMPLE = CODE[Finding(KpiStatus.INSUFFICIENT_SAMPLE)]
NO_DATA_CODES = tuple(code for code, finding in enumerate(FINDINGS) if finding.status is KpiStatus.NO_DATA)


def error(reason: str) -> int:
    """The number of an error for that reason."""
    return CODE[Finding(KpiStatus.ERROR, reason)]


def missing_rank(reason: str | None, name: str = "") -> int:
    """How bad it is that a name is missing, from 0; without a known reason a target was not set, and else a value."""
    if reason in MISSING_REASONS:
        return MISSING_REASONS.index(reason)
    return MISSING_REASONS.index("no_target" if "target." in name else "no_value")


def missing_code(rank: int) -> int:
    """The finding of a KPI whose worst missing input has that rank."""
    reason = MISSING_REASONS[rank]
    if reason in ERROR_REASONS:
        return error(reason)
    return CODE[Finding(KpiStatus.NO_TARGET) if reason == "no_target" else Finding(KpiStatus.NO_DATA, reason)]


def target_code(rank: int) -> int:
    """The finding of a KPI whose target is missing for the reason of that rank."""
    reason = MISSING_REASONS[rank]
    if reason in ERROR_REASONS:
        return error(reason)
    return CODE.get(Finding(KpiStatus.NO_TARGET, reason), CODE[Finding(KpiStatus.NO_TARGET)])


def fault_code(fault: Fault) -> int:
    """The finding of a formula that ended in a fault; one for want of data still needs its reason."""
    known = {
        Fault.NONE: 0,
        Fault.NO_DATA: missing_code(1),
        Fault.ZERO_DENOMINATOR: ZERO_DENOMINATOR,
        Fault.PREVIOUS_ZERO: PREVIOUS_ZERO,
    }
    return known[fault] if fault in known else error(fault.value)


MISSING_CODES: tuple[int, ...] = tuple(missing_code(rank) for rank in range(len(MISSING_REASONS)))
"""The finding for each rank of a missing input."""

FAULT_CODES: tuple[int, ...] = tuple(fault_code(fault) for fault in SEVEREST_LAST)
"""The finding for each fault, by the fault's place in `SEVEREST_LAST`."""


def settled(code: int, missing: Missing) -> int:
    """A finding after the KPI's own policy on missing data.

    The lowest score is for a person who did not deliver; a feed that did not arrive never becomes a rating, but under
    the policy of a system that counts as zero whatever has no score.
    """
    status, reason = FINDINGS[code]
    if missing is Missing.ZERO:
        return code if keeps_weight(code) or status is KpiStatus.MONITOR else MISSING_AS_ZERO
    if status is not KpiStatus.NO_DATA or missing is Missing.EXCLUDE:
        return code
    if missing is Missing.LOWEST_SCORE:
        return code if reason in {"source_missing", "stale"} else LOWEST_SCORE
    return CODE[Finding(KpiStatus.ERROR if missing is Missing.FAIL_RUN else KpiStatus.PENDING, reason)]


def monitored(code: int) -> int:
    """The finding of a KPI that is only shown; the reason then says why there is no value, if there is none."""
    status, reason = FINDINGS[code]
    if status in {KpiStatus.NOT_APPLICABLE, KpiStatus.MONITOR}:
        return code
    if status is KpiStatus.OK:
        return CODE[Finding(KpiStatus.MONITOR)]
    return CODE[Finding(KpiStatus.MONITOR, reason or status.value)]


def keeps_weight(code: int) -> bool:
    """Whether a KPI with that finding keeps its weight: it is scored, or it blocks the person."""
    return code < SCORED or blocks(code)


def covers(code: int) -> bool:
    """Whether a KPI with that finding counts as covered: it is scored by figures, and not as zero for want of them."""
    return code < SCORED and code != MISSING_AS_ZERO


def blocks(code: int) -> bool:
    """Whether a KPI with that finding blocks the person."""
    return FINDINGS[code].status in {KpiStatus.PENDING, KpiStatus.ERROR}
