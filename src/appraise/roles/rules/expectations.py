"""Rules about what worked examples expect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.documents.suggest import did_you_mean
from appraise.model.problem import Problem
from appraise.model.status import GateStatus, KpiStatus, PersonStatus
from appraise.roles.rules.bands import decimals_of
from appraise.roles.rules.scores import SCORE_DECIMALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from appraise.model.role import Example, Role

KRA_STATUSES = ("ok", "not_scored")


def expectations_can_be_met(role: Role) -> list[Problem]:
    """An example expects results that the template has, and values that they can take.

    Scores lie on the scale and have two decimals; statuses and labels are words that exist.
    """
    return [problem for example in role.examples for problem in _expectation_problems(role, example)]


def _expectation_problems(role: Role, example: Example) -> Iterator[Problem]:
    possible = _possible(role)
    for name, value in example.expect.items():
        place, thing = example.expect_places[name], f"example '{example.name}'"
        if name not in possible:
            message = f"{thing}: nothing is called '{name}'"
            hint = did_you_mean(name, possible) or "write kpi., kra. or gate. and an id, or overall, or label"
            yield Problem(place, code="unknown-result", message=message, hint=hint)
        elif isinstance(value, str) and role.scale.steps and value not in possible[name]:
            words = ", ".join(possible[name])
            hint = did_you_mean(value, possible[name]) or f"write {words}"
            message = f"{thing}: '{name}' can never be '{value[:60]}'"
            yield Problem(place, code="impossible-result", message=message, hint=hint)
        elif isinstance(value, float) and not _reachable(role, name, value):
            message = f"{thing}: '{name}' can never be {value}"
            hint = f"scores lie between {role.scale.lowest} and {role.scale.highest} and have two decimals"
            yield Problem(place, code="impossible-result", message=message, hint=hint)


def _reachable(role: Role, name: str, value: float) -> bool:
    if name.startswith("gate.") or name == "label":
        return False
    if name == "coverage" or role.scale.steps == 0:
        return True
    return role.scale.lowest <= value <= role.scale.highest and decimals_of(value) <= SCORE_DECIMALS


def _possible(role: Role) -> Mapping[str, list[str]]:
    """Every result that can be expected, with the words that it can be."""
    names: dict[str, list[str]] = {f"kpi.{kpi.id}": list(KpiStatus) for kpi in role.kpis}
    names |= {f"kra.{kra.id}": list(KRA_STATUSES) for kra in role.kras}
    names |= {f"gate.{gate.id}": list(GateStatus) for gate in role.gates}
    labels = [label.label for label in role.scale.labels]
    return names | {"overall": list(PersonStatus), "label": labels, "coverage": []}
