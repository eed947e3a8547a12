"""Rules about KPIs whose value is made of the scores of a team's members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.model.members import SHARE
from appraise.model.problem import Problem
from appraise.model.role import Relative

if TYPE_CHECKING:
    from appraise.model.role import Role

_OF_FORMULAS = (
    *("formula", "level", "min_sample", "shrinkage", "by_month", "matures_after"),
    *("success_when_empty", "missing"),
)


def members_have_no_formula(role: Role) -> list[Problem]:
    """Beside `members` stands no `formula`, and no key that only says something about one."""
    problems = []
    for kpi in role.kpis:
        beside = [key for key in _OF_FORMULAS if key in kpi.places] if "members" in kpi.places else []
        for key in beside:
            message = f"KPI '{kpi.id}': '{key}' stands beside `members`, which has no formula over measures"
            hint = "leave one of the two out"
            if key == "min_sample":
                hint = "write `at_least_members` under `members`"
            problems.append(Problem(kpi.places[key], code="beside-members", message=message, hint=hint))
    return problems


def members_are_not_compared(role: Role) -> list[Problem]:
    """A figure of members is not scored by `percentile` or `z_score`."""
    return [
        Problem(
            kpi.places.get("method", kpi.place),
            code="beside-members",
            message=f"KPI '{kpi.id}': `{kpi.method.standing.value}` compares figures of people, and `members` makes "
            "one of their scores",
            hint="score it by `bands`, `pass_fail` or `rating`",
        )
        for kpi in role.kpis
        if kpi.members is not None and isinstance(kpi.method, Relative)
    ]


def shares_say_how_much_is_enough(role: Role) -> list[Problem]:
    """`share_at_or_above` has `at_least`, a score of the scale above its lowest; `median` has none."""
    problems = []
    low, high = role.scale.lowest, role.scale.highest
    for kpi in role.kpis:
        if kpi.members is None:
            continue
        least, place = kpi.members.at_least, kpi.places.get("members.at_least", kpi.places.get("members", kpi.place))
        if kpi.members.how != SHARE and least is not None:
            message, hint = "'at_least' says nothing beside `as: median`", "leave it out, or write share_at_or_above"
        elif kpi.members.how == SHARE and least is None:
            message, hint = "`as: share_at_or_above` does not say from which score on", "write at_least: 3"
        elif least is not None and not low < least <= high:
            message = f"'at_least' {least:g} is no score that some reach and some do not, from {low} to {high}"
            hint = f"write a score above {low} and up to {high}"
        else:
            continue
        message = f"KPI '{kpi.id}': {message}"
        problems.append(Problem(place, code="members-at-least", message=message, hint=hint))
    return problems
