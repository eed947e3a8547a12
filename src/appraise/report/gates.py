"""What gates say beyond pass and fail: caps by severity, and allegations that are still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.model.status import GateStatus
from appraise.report.numbers import clean

if TYPE_CHECKING:
    from appraise.model.outcome import Appraisal, GateResult


def allegations(appraisal: Appraisal) -> tuple[str, ...]:
    """Why the rating is provisional, in the words of the gates, each reason once; nothing where it is not."""
    if not appraisal.provisional:
        return ()
    gates = (gate for segment in appraisal.segments for gate in segment.gates)
    return tuple(dict.fromkeys(clean(gate.says_open) for gate in gates if gate.open))


def severity_in_words(gate: GateResult) -> str:
    """The person's severity and what each severity caps at: `2, where 1 caps at 3.50, 2 at 2.50`."""
    classes = ", ".join(f"{each.start:g} caps at {each.cap_at:.2f}" for each in gate.caps_by_severity)
    absent = "not known" if gate.status is GateStatus.UNKNOWN else "none"
    found = absent if gate.severity is None else f"{gate.severity:g}"
    return f"{found}, where {classes}"
