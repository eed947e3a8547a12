"""Rules about gates: just one way to say the cap, caps by severity in order, allegations in words."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from appraise.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.model.role import Gate, Role

_SEVERITY, _CLASSES = "severity", "caps_by_severity"


def gates_have_one_cap(role: Role) -> list[Problem]:
    """A gate has either `cap_at`, or `severity` together with `caps_by_severity`."""
    return [problem for gate in role.gates for problem in _cap_problems(gate)]


def severities_are_in_order(role: Role) -> list[Problem]:
    """In `caps_by_severity` each `from` is higher than the one before, and each `cap_at` lower: worse caps harder."""
    return [problem for gate in role.gates for problem in _order_problems(gate)]


def allegations_are_in_words(role: Role) -> list[Problem]:
    """`open_when` and `says_open` stand together: what makes a rating provisional is printed."""
    problems = []
    for gate in role.gates:
        written = [key for key in ("open_when", "says_open") if key in gate.places]
        if len(written) == 1:
            absent = "says_open" if written == ["open_when"] else "open_when"
            message = f"gate '{gate.id}': '{written[0]}' without '{absent}'"
            hint = (
                "write what is printed while an allegation is open, like: An allegation is not decided yet."
                if absent == "says_open"
                else "write the condition, like: violations_alleged > 0"
            )
            place = gate.places[written[0]]
            problems.append(Problem(place, code="allegation-incomplete", message=message, hint=hint))
    return problems


def _cap_problems(gate: Gate) -> Iterator[Problem]:
    thing, written = f"gate '{gate.id}'", gate.places
    classes = [key for key in (_SEVERITY, _CLASSES) if key in written]
    if "cap_at" in written and classes:
        message = f"{thing}: both 'cap_at' and '{classes[0]}' are written"
        hint = "a gate has one cap for all, or caps by severity: keep one"
        yield Problem(written[classes[0]], code="two-ways-to-say", message=message, hint=hint)
    elif len(classes) == 1:
        absent = _CLASSES if classes == [_SEVERITY] else _SEVERITY
        message = f"{thing}: '{classes[0]}' without '{absent}'"
        hint = f"add '{absent}', or write 'cap_at' for one cap that does not depend on severity"
        yield Problem(written[classes[0]], code="severity-incomplete", message=message, hint=hint)
    elif "cap_at" not in written and not classes:
        hint = "write 'cap_at', or 'severity' with 'caps_by_severity'"
        yield Problem(gate.place, code="gate-without-cap", message=f"{thing}: nothing says what it caps at", hint=hint)


def _order_problems(gate: Gate) -> Iterator[Problem]:
    thing = f"gate '{gate.id}': 'caps_by_severity'"
    for before, after in pairwise(gate.caps_by_severity):
        if any(math.isnan(number) for each in (before, after) for number in (each.start, each.cap_at)):
            continue
        if after.start <= before.start:
            message = f"{thing}: from {after.start:g} stands behind from {before.start:g}"
            hint = "begin with the mildest severity, and write each one once"
            yield Problem(after.place, code="severities-not-rising", message=message, hint=hint)
        elif after.cap_at >= before.cap_at:
            message = (
                f"{thing}: from {after.start:g} caps at {after.cap_at:g}, which is no lower than {before.cap_at:g}"
            )
            hint = "let what is worse cap lower, or leave the line out"
            yield Problem(after.place, code="severity-caps-not-falling", message=message, hint=hint)
