"""A template, its areas, gates, adjustments and examples in words: a sentence for each of their keys."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from appraise.app.kpi_words import CATEGORIES, TEAMS
from appraise.expr.words import called
from appraise.report.policies import POLICIES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from appraise.app.wording import Telling, Thing, Wording
    from appraise.model.role import Adjustment, Example, Gate, Kra, Role, Scale

ROLLUPS = {
    "arithmetic": "the weighted mean of its KPIs",
    "geometric": "the weighted geometric mean of its KPIs, in which a good one makes up less for a bad one",
    "worst": "the lowest score of its KPIs",
}
"""How the scores of KPIs become that of their area, in words."""


if TYPE_CHECKING:
    Said: TypeAlias = Callable[[Telling[Thing]], str]


def scale_words(scale: Scale) -> str:
    """From where to where, and where each label begins."""
    labels = sorted(scale.labels, key=lambda label: label.start)
    named = ", ".join(f"{label.label} from {label.start:g}" for label in labels)
    return f"from {scale.lowest} to {scale.highest}: {named}"


def day_words(written: str) -> str:
    """`1 July 2026`, or what is written where that is no day."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return written
    return f"{day.day} {day:%B %Y}"


def _caps(told: Telling[Gate]) -> str:
    gate = told.thing
    if gate.caps == "overall":
        return "the overall"
    area = gate.caps.removeprefix("kra.")
    title = next((kra.title for kra in told.role.kras if kra.id == area), area)
    return f"the area “{title}”"


def _cap_at(told: Telling[Gate]) -> str:
    gate = told.thing
    return "by how severe it is" if gate.severity is not None else f"at {told.wording.number(gate.cap_at)} at most"


def _severities(told: Telling[Gate]) -> str:
    number = told.wording.number
    steps = [f"at {number(one.cap_at)} from severity {number(one.start)} on" for one in told.thing.caps_by_severity]
    return ", ".join(steps)


ACCEPTED = {
    "production-heavy": "production weighs more than usual",
    "safeguards-light": "compliance, quality and customers weigh less than usual",
    "beyond-control": "what the person can hardly influence weighs more than usual",
    "production-unpaired": "a figure of production stands without one that keeps it honest",
}
"""What is accepted of a template's balance, in words."""

UNSCORED = {
    "siblings": "goes to the other KPIs of its area, that of an empty area to the other areas",
    "global": "goes to all KPIs that are scored, in every area",
}
"""Where the weight of what is not scored goes, in words."""


def _policy(told: Telling[Role]) -> str:
    policy = told.role.policy
    return f"scored by the policy '{policy}': {POLICIES.get(policy, 'the rules of another system')}" if policy else ""


ROLE_WORDS: Mapping[str, Said[Role]] = {
    "title": lambda told: told.role.title,
    "version": lambda told: told.role.version,
    "effective": lambda told: day_words(told.role.effective),
    "approved_by": lambda told: told.role.approved_by,
    "scale": lambda told: scale_words(told.role.scale),
    "min_coverage": lambda told: f"{told.wording.number(told.role.min_coverage)} % of the weight must be scored",
    "unscored_weight": lambda told: UNSCORED.get(told.role.unscored_weight, told.role.unscored_weight),
    "policy": _policy,
    "team": lambda told: TEAMS.get(told.role.team, told.role.team),
    "adjustments_limit": lambda told: (
        f"all of them together change the overall by {told.wording.number(told.role.adjustments_limit)} at most"
    ),
    "accepted": lambda told: "; ".join(
        f"{ACCEPTED.get(one.warning, one.warning)}: {one.reason.rstrip('.')}" for one in told.role.accepted
    ),
}
"""What each key of a template says, by the field of `model.role.Role`."""

KRA_WORDS: Mapping[str, Said[Kra]] = {
    "title": lambda told: told.thing.title,
    "purpose": lambda told: told.thing.purpose,
    "weight": lambda told: f"{told.wording.number(float(told.thing.weight))} % of the overall",
    "rollup": lambda told: ROLLUPS.get(told.thing.rollup, told.thing.rollup),
    "category": lambda told: CATEGORIES.get(told.thing.category, ""),
}
"""What each key of an area says, by the field of `model.role.Kra`."""

GATE_WORDS: Mapping[str, Said[Gate]] = {
    "says": lambda told: told.thing.says,
    "when": lambda told: told.condition("when"),
    "applies_when": lambda told: told.condition("applies_when"),
    "caps": _caps,
    "cap_at": _cap_at,
    "severity": lambda told: told.condition("severity"),
    "caps_by_severity": _severities,
    "open_when": lambda told: told.condition("open_when"),
    "says_open": lambda told: told.thing.says_open,
}
"""What each key of a gate says, by the field of `model.role.Gate`."""

ADJUSTMENT_WORDS: Mapping[str, Said[Adjustment]] = {
    "says": lambda told: told.thing.says,
    "when": lambda told: told.condition("when"),
    "add": lambda told: f"{float(told.thing.add):+g} points".replace("-", "−"),
}
"""What each key of an adjustment says, by the field of `model.role.Adjustment`."""


def given_words(example: Example, wording: Wording) -> str:
    """What an example starts from: `promises kept = 73, promises due = 100`."""
    named = {name: called(name, wording.titles) for name in example.given}
    return ", ".join(f"{named[name]} = {wording.numbers.value(value)}" for name, value in example.given.items())


def expected_words(example: Example, role: Role, wording: Wording) -> str:
    """What comes out of an example: `Promise-to-pay kept rate 3.38, overall 3.90`."""
    titles = {f"kpi.{kpi.id}": kpi.title for kpi in role.kpis} | {f"kra.{kra.id}": kra.title for kra in role.kras}
    titles |= {f"gate.{gate.id}": f"gate “{gate.id}”" for gate in role.gates}
    parts = []
    for name, value in example.expect.items():
        score = wording.numbers.score(value) if isinstance(value, float) else str(value or "no score").replace("_", " ")
        parts.append(f"{titles.get(name, name)} {f'{score} %' if name == 'coverage' else score}")
    return ", ".join(parts)
