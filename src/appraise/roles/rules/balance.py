"""Rules about the balance of a template: whether what is easy to count crowds out what protects people.

The limits are house defaults. A template is asked only where it uses categories, and each of these warnings is silenced
by a reason under `accepted`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from appraise.model.balance import category_of
from appraise.model.problem import Problem, Severity
from appraise.model.role import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from decimal import Decimal

    from appraise.model.balance import Accepted
    from appraise.model.place import Place
    from appraise.model.role import Kpi, Kra, Role

PRODUCTION_AT_MOST = 60
SAFEGUARDS_AT_LEAST = 30
BEYOND_CONTROL_AT_MOST = 20
"""Percent of the overall."""

SAFEGUARDS = ("compliance", "quality", "customer")

_ALL = 100


class Weighed(NamedTuple):
    """A KPI with its category (blank where none is said) and its exact part of the overall, from 0 to 100."""

    kpi: Kpi
    category: str
    share: Fraction


def balance_problems(role: Role) -> list[Problem]:
    """What is out of balance and not accepted, and what is accepted without being out of balance.

    Nothing is asked of a template without any category, or whose weights are wrong.
    """
    weighed = weighed_kpis(role)
    if not weighed:
        return []
    categorised = any(one.category for one in weighed)
    found = [problem for rule in BALANCE_RULES for problem in rule(role, weighed)] if categorised else []
    reasons = [one for one in role.accepted if one.warning and one.reason]
    told = {problem.code for problem in found}
    idle = [_idle(one) for one in reasons if one.warning not in told]
    return [*(one for one in found if one.code not in {other.warning for other in reasons}), *idle]


def production_is_not_everything(role: Role, weighed: Sequence[Weighed]) -> list[Problem]:
    """A warning: production weighs more than 60 % of the overall."""
    share = _sum(one for one in weighed if one.category == "production")
    if share <= PRODUCTION_AT_MOST:
        return []
    message = f"production weighs {_percent(share)} % of the overall, more than {PRODUCTION_AT_MOST} %"
    hint = "let something else weigh more"
    return [_warning(role.places["kras"], message, hint, code="production-heavy")]


def safeguards_weigh_enough(role: Role, weighed: Sequence[Weighed]) -> list[Problem]:
    """A warning: compliance, quality and customer together weigh less than 30 % of the overall."""
    share = _sum(one for one in weighed if one.category in SAFEGUARDS)
    if share >= SAFEGUARDS_AT_LEAST:
        return []
    message = (
        f"compliance, quality and customer together weigh {_percent(share)} % of the overall, "
        f"less than {SAFEGUARDS_AT_LEAST} %"
    )
    without = any(one.share and not one.category for one in weighed)
    hint = "give the KPIs without a category one" if without else "let them weigh more"
    return [_warning(role.places["kras"], message, hint, code="safeguards-light")]


def people_are_asked_what_they_control(role: Role, weighed: Sequence[Weighed]) -> list[Problem]:
    """A warning: what the person can hardly influence weighs more than 20 % of the overall.

    That is what has `controllability: low`, or is the team's or the company's. A template whose `team` is not
    `same_team` is a lead's, who answers for others: it is not asked.
    """
    if role.team != "same_team":
        return []
    beyond = [one for one in weighed if one.share and _is_beyond_control(one.kpi)]
    share = _sum(beyond)
    if share <= BEYOND_CONTROL_AT_MOST:
        return []
    named = ", ".join(one.kpi.id for one in beyond)
    message = (
        f"what the person can hardly influence weighs {_percent(share)} % of the overall, "
        f"more than {BEYOND_CONTROL_AT_MOST} % ({named})"
    )
    hint = "let figures of the team, the company or of low controllability weigh less"
    return [_warning(role.places["kras"], message, hint, code="beyond-control")]


def production_is_paired(_role: Role, weighed: Sequence[Weighed]) -> list[Problem]:
    """A warning: a KPI of production that is scored has no pair that is about something else.

    `pair_with` counts in both directions. Another figure of production keeps nobody honest.
    """
    about = {one.kpi.id: one.category for one in weighed}
    pairs = [(one.kpi.id, one.kpi.pair_with or "") for one in weighed if one.kpi.pair_with in about]
    both_ways = [*pairs, *((other, one) for one, other in pairs)]
    paired = {one for one, other in both_ways if about[other] != "production"}
    return [
        _warning(
            one.kpi.places.get("pair_with", one.kpi.place),
            f"KPI '{one.kpi.id}': a figure of production without a pair that is about something else",
            "name in `pair_with` what suffers when it is overdone, such as a KPI of quality",
            code="production-unpaired",
        )
        for one in weighed
        if one.category == "production" and one.share and one.kpi.id not in paired
    ]


BALANCE_RULES: tuple[Callable[[Role, Sequence[Weighed]], list[Problem]], ...] = (
    production_is_not_everything,
    safeguards_weigh_enough,
    people_are_asked_what_they_control,
    production_is_paired,
)


def weighed_kpis(role: Role) -> list[Weighed]:
    """Every KPI with its part of the overall; none at all where weights are unknown or do not total 100."""
    lists: list[Sequence[Kra | Kpi]] = [role.kras, *(kra.kpis for kra in role.kras)]
    if any(one.weight.is_nan() for weighing in lists for one in weighing):
        return []
    if not role.equal_kras and _total(role.kras) != _ALL:
        return []
    if any(kra.weight and not kra.equal_kpis and _total(kra.kpis) != _ALL for kra in role.kras):
        return []
    kras = Fraction(_total(role.kras))
    return [
        Weighed(kpi, category_of(kpi, kra), _ALL * Fraction(kra.weight) / kras * _part(kpi, kra))
        for kra in role.kras
        for kpi in kra.kpis
    ]


def _part(kpi: Kpi, kra: Kra) -> Fraction:
    """The exact part of its area, from 0 to 1: `equal` weights are rounded, and only their ratio is exact."""
    total = _total(kra.kpis)
    return Fraction(kpi.weight) / Fraction(total) if total else Fraction(0)


def _total(weighing: Sequence[Kra | Kpi]) -> Decimal | int:
    return sum(one.weight for one in weighing)


def _sum(weighed: Iterable[Weighed]) -> Fraction:
    return sum((one.share for one in weighed), Fraction(0))


def _is_beyond_control(kpi: Kpi) -> bool:
    return kpi.controllability == "low" or kpi.level is not Level.PERSON


def _percent(share: Fraction) -> str:
    """The share with two decimals, or with as many as tell it from a limit."""
    limits = {PRODUCTION_AT_MOST, SAFEGUARDS_AT_LEAST, BEYOND_CONTROL_AT_MOST}
    decimals = 8 if round(share, 2) in limits else 2
    return f"{float(share):.{decimals}f}".rstrip("0").rstrip(".")


def _warning(place: Place, message: str, hint: str, *, code: str) -> Problem:
    hint = f"{hint}, or say under `accepted` why it is meant so"
    return Problem(place, code=code, message=message, hint=hint, severity=Severity.WARNING)


def _idle(one: Accepted) -> Problem:
    message = f"'accepted' names {one.warning}, and there is no such warning to silence"
    hint = "take it away; where no KPI has a category nothing is asked"
    return Problem(one.place, code="accepted-nothing", message=message, hint=hint, severity=Severity.WARNING)
