"""From a person's roll-up to the overall in plain numbers: adjustments, the scale's ends, gates; all in hundredths.

`overall` says the same for the whole company; a test compares the two on everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.scoring.gates import FAIL, gate_status, graded, severity_of, with_allegation
from appraise.scoring.one_kpi import Reply, replied

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from appraise.model.kinds import Value
    from appraise.scoring.plan import GatePlan, Plan


@dataclass(frozen=True, slots=True)
class Judged:
    """A gate judged for one person: `status` as in `GATE_STATUSES`, `why` the finding that kept it from saying more.

    `cap` is in hundredths, by the `severity` where the gate has one; `open` tells that an allegation is open.
    """

    status: int
    why: int
    reply: Reply
    cap: int
    severity: float | None = None
    open: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The overall of one person in hundredths, as if rated: after adjustments, and after the gates.

    `gate` is the place of the gate that lowered it, `added` what each adjustment adds.
    """

    uncapped: int
    overall: int
    gate: int | None
    added: tuple[int, ...]


def judged(gate: GatePlan, row: Mapping[str, Value]) -> Judged:
    """What a gate says of a person."""
    when = replied(gate.when, row)
    applies = replied(gate.applies, row) if gate.applies is not None else None
    concerned = (applies.value is True, applies.finding) if applies is not None else (True, 0)
    status, why = gate_status(concerned, (when.value is True, when.finding))
    cap, severity, is_open, further = gate.cap, None, False, 0
    if gate.severity is not None:
        grade = replied(gate.severity, row)
        severity = severity_of(grade.value if isinstance(grade.value, float) else None)
        status, further, cap = graded(gate, status, severity, grade.finding)
        why = further or why
    if gate.open is not None:
        alleged = replied(gate.open, row)
        status, further, is_open = with_allegation(status, (alleged.value is True, alleged.finding))
        why = further or why
    return Judged(status, why, when, cap, severity, is_open)


def kra_caps(plan: Plan, gates: Sequence[Judged]) -> dict[int, tuple[int, int]]:
    """The lowest cap on each KRA that has one, and the place of the first gate that sets it."""
    caps: dict[int, tuple[int, int]] = {}
    for place, (gate, found) in enumerate(zip(plan.gates, gates, strict=True)):
        known = caps.get(gate.kra) if gate.kra is not None else None
        if gate.kra is not None and found.status == FAIL and (known is None or found.cap < known[0]):
            caps[gate.kra] = (found.cap, place)
    return caps


def verdict_of(plan: Plan, base: int, gates: Sequence[Judged], applied: Sequence[bool]) -> Verdict:
    """The overall from a person's base, gates, and the adjustments whose conditions hold."""
    scale = plan.role.scale
    points = [each.points if holds else 0 for each, holds in zip(plan.adjustments, applied, strict=True)]
    bounded = min(max(sum(points), -plan.limit), plan.limit)
    uncapped = min(max(base + bounded, plan.least), 100 * scale.highest)
    overall, lowered = uncapped, None
    for place, (gate, found) in enumerate(zip(plan.gates, gates, strict=True)):
        if gate.kra is None and found.status == FAIL and found.cap < overall:
            overall, lowered = found.cap, place
    return Verdict(uncapped, overall, lowered, _added(points, uncapped - base))


def _added(points: Sequence[int], room: int) -> tuple[int, ...]:
    """What each adjustment adds of its points, so that together they fill the room: the last lose first."""
    surplus = sum(points) - room
    added = list(points)
    for place in reversed(range(len(points))):
        lost = min(max(surplus, min(points[place], 0)), max(points[place], 0))
        added[place] -= lost
        surplus -= lost
    return tuple(added)
