"""The problems behind blocked people: which KPI or gate could not be judged, for whom, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.model.problem import Problem
from appraise.model.status import CAUSES_OF_ERROR, NO_ROLE, SHORT_SEGMENT, TOO_NEW, KpiStatus
from appraise.scoring.gates import UNKNOWN, reason_of
from appraise.scoring.statuses import FINDINGS, blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appraise.scoring.company import RoleScores
    from appraise.scoring.plan import GatePlan, KpiPlan

MOST_NAMED = 20
"""How many people are told one by one for one cause; the rest are told as a number."""

REASONS = {
    "division_by_zero": "it divides a number by zero",
    "not_finite": "its result is no finite number",
    "target_zero": "its target is zero",
    "target_negative": "its target is negative",
    "out_of_scale": "its value lies off the scale",
    "scorer_failed": "its scorer failed",
    "no_score": "its scorer gave no score",
    "ambiguous_target": "two targets are in force for it at once",
    "circular_members": "the scores of some members of the team wait for this one",
    "members_scales_differ": "some members of the team are rated on another scale",
    "no_target": "its target is missing",
    "no_value": "a value it needs is missing",
    "no_rows": "a figure it needs has no rows, or only blank cells",
    "unreadable": "a cell it needs cannot be read",
    "stale": "its source is out of date",
    "source_missing": "its source was not delivered",
}
"""Reasons in words; `KPI 'x'` or `gate 'x'` goes before."""

HINTS = {
    "ambiguous_target": "keep one of the rows of the target, or make one more specific",
    "circular_members": "take 'members' out of one of the templates, or write `team: direct_reports`",
    "members_scales_differ": "give the templates of the team the same scale",
    "division_by_zero": "look at the rows: something was counted without what it is a part of",
    "target_zero": "set a target above zero, or none",
    "target_negative": "set a target above zero, or none",
    "stale": "deliver the source again",
    "source_missing": "deliver the source",
    "unreadable": "correct the cell, which is listed with its place",
    "no_rows": "`appraise explain` names the figure; fill in its cells or, where it is of a team, see who is in it",
    "out_of_scale": "correct the value, or the scale of the template",
}


def blocker_problems(scores: RoleScores) -> list[Problem]:
    """Why people of a template are blocked: a problem per person and cause, and one for the rest above `MOST_NAMED`."""
    if not (scores.overall["blocked"].any() or scores.overall["unknown"].any()):
        return []
    settled = [TOO_NEW, NO_ROLE, *CAUSES_OF_ERROR]
    wanted = scores.people.select(open=~pl.col("reason").is_in(settled))["open"]
    counted = wanted & (scores.people["given"] != SHORT_SEGMENT)  # the gates of a short segment count, its KPIs do not
    problems: list[Problem] = []
    for place, kpi in enumerate(scores.plan.kpis):
        codes = scores.kpis[f"{place}.code"]
        for code in sorted(code for code in codes.unique().to_list() if blocks(code)):
            people = scores.people["person"].filter((codes == code) & counted).to_list()
            problems += _told(people, kpi_problem(kpi, code))
    for place, gate in enumerate(scores.plan.gates):
        unknown = scores.gates[f"{place}.gate"] == UNKNOWN
        whys = scores.gates[f"{place}.why"]
        for code in whys.filter(unknown).unique().sort().to_list():
            people = scores.people["person"].filter(unknown & (whys == code) & wanted).to_list()
            problems += _told(people, gate_problem(gate, code))
    return problems


def kpi_problem(kpi: KpiPlan, code: int) -> Problem:
    """Why a KPI with that finding blocks, without a person."""
    status, reason = FINDINGS[code]
    place = kpi.kpi.formula.place
    if status is KpiStatus.PENDING:
        message = f"KPI '{kpi.kpi.id}': waits for a value by hand, since {REASONS.get(reason, reason)}"
        return Problem(place, code="kpi-pending", message=message, hint="enter it in the file under 'manual'")
    message = f"KPI '{kpi.kpi.id}': cannot be scored, {REASONS.get(reason, reason)}"
    return Problem(place, code="kpi-error", message=message, hint=HINTS.get(reason, "look at its inputs"))


def gate_problem(gate: GatePlan, code: int) -> Problem:
    """Why a gate with that finding is unknown, without a person."""
    reason = reason_of(code)
    message = f"gate '{gate.gate.id}': cannot be judged, {REASONS.get(reason, reason)}"
    return Problem(gate.gate.place, code="gate-unknown", message=message, hint=HINTS.get(reason, "look at its inputs"))


def for_person(problem: Problem, person: str) -> Problem:
    """The problem of one person."""
    message = f"person '{person}': {problem.message}"
    return Problem(problem.place, code=problem.code, message=message, hint=problem.hint, person=person)


def _told(people: Sequence[str], problem: Problem) -> list[Problem]:
    named = [for_person(problem, person) for person in people[:MOST_NAMED]]
    rest = len(people) - len(named)
    if not rest:
        return named
    message = f"{problem.message}; the same for {rest} more people"
    return [*named, Problem(problem.place, code=problem.code, message=message, hint=problem.hint)]
