"""Rules about single scores and points: limits, caps and adjustments."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from appraise.model.problem import Problem, Severity
from appraise.roles.rules.bands import decimals_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.model.place import Place
    from appraise.model.role import Kpi, Role, Scale

SCORE_DECIMALS = 2


def scores_are_on_the_scale(role: Role) -> list[Problem]:
    """`max_score` and the score of `min_score` lie on the scale, with at most two decimals, and in order."""
    return [problem for kpi in role.kpis for problem in _limit_problems(kpi, role.scale)]


def gates_cap_on_the_scale(role: Role) -> list[Problem]:
    """`cap_at` lies on the scale and below its highest score, where it would cap nothing (a warning)."""
    problems: list[Problem] = []
    for gate in role.gates:
        own = (gate.cap_at, gate.places.get("cap_at", gate.place))
        for cap_at, place in (own, *((each.cap_at, each.place) for each in gate.caps_by_severity)):
            problems += _cap_problems(f"gate '{gate.id}'", cap_at, role.scale, place)
    return problems


def adjustments_are_within_the_limit(role: Role) -> list[Problem]:
    """No adjustment adds or takes more than `adjustments_limit`, which bounds all of them together."""
    problems = []
    for one in role.adjustments:
        if not one.add.is_nan() and abs(float(one.add)) > role.adjustments_limit:
            message = f"adjustment '{one.id}': {one.add} is more than all adjustments may change"
            hint = f"stay within {role.adjustments_limit:g}, or raise `adjustments_limit`"
            place = one.places.get("add", one.place)
            problems.append(Problem(place, code="adjustment-beyond-limit", message=message, hint=hint))
    return problems


def _cap_problems(thing: str, cap_at: float, scale: Scale, place: Place) -> Iterator[Problem]:
    yield from _off_scale(f"{thing}: 'cap_at'", cap_at, scale, place)
    if scale.steps and cap_at == scale.highest:
        message = f"{thing}: a cap at {cap_at:g} changes nothing, because no score is higher"
        hint = f"write a number below {scale.highest}"
        yield Problem(place, code="cap-without-effect", message=message, hint=hint, severity=Severity.WARNING)


def _limit_problems(kpi: Kpi, scale: Scale) -> Iterator[Problem]:
    thing, place = f"KPI '{kpi.id}'", kpi.places.get("min_score", kpi.place)
    if kpi.max_score is not None:
        yield from _off_scale(f"{thing}: 'max_score'", kpi.max_score, scale, kpi.places.get("max_score", kpi.place))
    if kpi.min_score is None:
        return
    yield from _off_scale(f"{thing}: 'min_score'", kpi.min_score.score, scale, place)
    if kpi.max_score is not None and kpi.min_score.score > kpi.max_score:
        message = f"{thing}: 'min_score' {kpi.min_score.score:g} is above 'max_score' {kpi.max_score:g}"
        yield Problem(place, code="score-limits-crossed", message=message, hint="lower the one or raise the other")


def _off_scale(what: str, score: float, scale: Scale, place: Place) -> Iterator[Problem]:
    if math.isnan(score) or not scale.steps:
        return
    if not scale.lowest <= score <= scale.highest:
        message = f"{what} {score:g} is not on the scale '{scale.id}'"
        hint = f"write a number from {scale.lowest} to {scale.highest}"
        yield Problem(place, code="score-off-scale", message=message, hint=hint)
    elif decimals_of(score) > SCORE_DECIMALS:
        message = f"{what} {score} has more than two decimals, which no score has"
        yield Problem(place, code="score-too-fine", message=message, hint="round it to two decimals")
