"""The worked examples of a template, worked out: each expectation that does not come out is a problem at its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.app.words import example_tools_of
from appraise.model.problem import Problem
from appraise.scoring.one import appraised
from appraise.scoring.plan import plan_of

if TYPE_CHECKING:
    from appraise.app.setting import Setting
    from appraise.model.kinds import Value
    from appraise.model.role import Example, Role
    from appraise.scoring.one import Scored
    from appraise.scoring.plan import Plan

NEAR = 0.005
"""Results have two decimals: an expectation written with fewer or more is met within half of the last one."""


@dataclass(frozen=True, slots=True)
class _Result:
    """What came out: the number where there is one, and the word."""

    number: float | None
    word: str


def example_results(role: Role, setting: Setting) -> list[Problem]:
    """A problem for every expectation of the template's examples that scoring does not give."""
    plan, problems = plan_of(role, example_tools_of(setting))
    if plan is None:
        return problems
    return [problem for example in role.examples for problem in failures_of(plan, example)]


def failures_of(plan: Plan, example: Example) -> list[Problem]:
    """What an example expects and does not get."""
    results = _results(appraised(plan, row_of(plan, example)))
    problems = []
    for name, expected in example.expect.items():
        result = results.get(name, _Result(None, "missing"))
        if not _is_met(result, expected):
            place = example.expect_places.get(name, example.place)
            message = f"example '{example.name}': {name} is {_said(result)}, not {_written(expected)}"
            hint = "correct the example, or the rule that gives this"
            problems.append(Problem(place, code="example-fails", message=message, hint=hint))
    return problems


def row_of(plan: Plan, example: Example) -> dict[str, Value]:
    """A row of the input frame in which only what the example gives is known."""
    return {
        "person": "example",
        "role": plan.role.id,
        "status_reason": "",
        **dict.fromkeys(plan.names),
        **example.given,
    }


def _results(scored: Scored) -> dict[str, _Result]:
    results = {"overall": _Result(scored.overall, str(scored.status)), "coverage": _Result(scored.coverage, "")}
    results["label"] = _Result(None, scored.label or "")
    for kra in scored.kras:
        results[f"kra.{kra.id}"] = _Result(kra.score, kra.status)
        results |= {f"kpi.{kpi.id}": _Result(kpi.score, str(kpi.status)) for kpi in kra.kpis}
    return results | {f"gate.{gate.id}": _Result(None, str(gate.status)) for gate in scored.gates}


def _is_met(result: _Result, expected: float | str | None) -> bool:
    if isinstance(expected, str):
        return expected == result.word
    if expected is None or result.number is None:
        return expected is result.number
    return abs(result.number - expected) < NEAR


def _said(result: _Result) -> str:
    return result.word if result.number is None else f"{result.number:.2f}"


def _written(expected: float | str | None) -> str:
    if expected is None:
        return "null"
    return f"{expected:.2f}" if isinstance(expected, float) else expected
