"""A KPI of a template in words: a sentence for each of its keys, found by the name of the field."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from appraise.app.method_words import method_words
from appraise.model.method import Custom, PassFail
from appraise.model.role import Direction, Level, Missing
from appraise.scoring.levels import target_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from appraise.app.wording import Telling
    from appraise.model.role import Kpi

TEAMS = {
    "same_team": "those in the same team",
    "direct_reports": "those who report to the person",
    "all_reports": "everybody below the person",
}
"""What `team` means for a role, in words."""

CATEGORIES = {
    "production": "about production: how much is done",
    "quality": "about quality: how well it is done",
    "compliance": "about compliance, which everybody has to keep: nothing is scored by comparison with others",
    "customer": "about customers: how they are treated",
    "development": "about development: how people and work get better",
    "other": "about something else than production, quality, compliance, customers and development",
}
"""What an area or a KPI is about, in words."""

_BETTER = {
    Direction.HIGHER: "more is better",
    Direction.LOWER: "less is better",
    Direction.RANGE: "a range is best",
}
_PLAIN = frozenset({"number", "count", "currency"})
"""Units that are no word behind a number."""


if TYPE_CHECKING:
    Said: TypeAlias = Callable[[Telling[Kpi]], str]
    """What a key says, in words; empty where it says nothing that needs to be told."""


def _weight(told: Telling[Kpi]) -> str:
    return "none" if told.thing.monitor else f"{told.wording.number(float(told.thing.weight))} % of its area"


def _formula(told: Telling[Kpi]) -> str:
    return "" if told.thing.members is not None else told.wording.expression(told.thing.formula, told.thing.level)


def _members(told: Telling[Kpi]) -> str:
    members = told.thing.members
    return "" if members is None else f"{members.says}; there is none with fewer than {members.needed} of them"


def _unit(told: Telling[Kpi]) -> str:
    unit = told.thing.unit
    return f"in {unit.replace('_', ' ')}" if unit not in _PLAIN else {"currency": "an amount of money"}.get(unit, "")


def _decimals(told: Telling[Kpi]) -> str:
    count = told.thing.decimals
    return f"rounded to {('a whole number', '1 decimal')[count] if count < 2 else f'{count} decimals'} first"


def _target(told: Telling[Kpi]) -> str:
    name = target_of(told.thing)
    title = told.wording.titles.get(name or "", "")
    return title or (name or "").rpartition("target.")[2].replace("_", " ")


def _sample(told: Telling[Kpi]) -> str:
    sample = told.thing.min_sample
    if sample is None:
        return ""
    what = told.wording.expression(sample.of, told.thing.level)
    return f"scored only where {what} is at least {told.wording.number(sample.at_least)}"


def _missing(told: Telling[Kpi]) -> str:
    lowest = told.role.scale.lowest
    words = {
        Missing.EXCLUDE: "it is left out, and its weight goes to the others of the area",
        Missing.LOWEST_SCORE: f"it scores {lowest}, but not where the whole source was not delivered or is out of date",
        Missing.FAIL_RUN: "the result is held back until the data are there",
        Missing.MANUAL: "the result waits until a value is entered by hand",
    }
    return words.get(told.thing.missing, f"it counts as {told.thing.missing.value}")


def _empty(told: Telling[Kpi]) -> str:
    return f"nothing to count (0 of 0) scores {told.role.scale.highest}" if told.thing.success_when_empty else ""


def _most(told: Telling[Kpi]) -> str:
    return "" if told.thing.max_score is None else f"its score is {told.wording.number(told.thing.max_score)} at most"


def _least(told: Telling[Kpi]) -> str:
    floor = told.thing.min_score
    if floor is None:
        return ""
    where = told.wording.expression(floor.when, told.thing.level)
    return f"its score is {told.wording.number(floor.score)} at least where {where}. {floor.says}"


def _shrinkage(told: Telling[Kpi]) -> str:
    pull = told.thing.shrinkage
    if pull is None:
        return ""
    of, strength = told.wording.expression(pull.of, told.thing.level), told.wording.number(pull.strength)
    prior = "the value of everybody on the role"
    if pull.prior is not None:
        prior = told.wording.amount(pull.prior, told.thing.unit)
    return f"drawn towards {prior}, as if {strength} more of {of} had come to that: few cases alone say little"


def _by_month(told: Telling[Kpi]) -> str:
    return "the mean of the values of the months" if told.thing.by_month else ""


def _matures(told: Telling[Kpi]) -> str:
    after = told.thing.matures_after
    if after is None:
        return ""
    return f"counts what happened {after.text} earlier, since its outcome is known only after {after.text}"


def _pair(told: Telling[Kpi]) -> str:
    if told.thing.pair_with is None:
        return ""
    title = next((kpi.title for kpi in told.role.kpis if kpi.id == told.thing.pair_with), told.thing.pair_with)
    return f"“{title}”: where one of the two is good and the other poor, both say so"


def _level(told: Telling[Kpi]) -> str:
    return {Level.TEAM: "the whole team's", Level.COMPANY: "the whole company's"}.get(told.thing.level, "")


def _direction(told: Telling[Kpi]) -> str:
    """Nothing where a test or a plugin tells what is good, whatever the direction says."""
    return "" if isinstance(told.thing.method, PassFail | Custom) else _BETTER[told.thing.direction]


def _control(told: Telling[Kpi]) -> str:
    words = {"medium": "the person can influence it in part", "low": "the person can hardly influence it"}
    return words.get(told.thing.controllability, "")


KPI_WORDS: Mapping[str, Said] = {
    "title": lambda told: told.thing.title,
    "definition": lambda told: told.thing.definition,
    "definition_id": lambda told: told.thing.definition_id,
    "weight": _weight,
    "monitor": lambda told: "watched only, never scored" if told.thing.monitor else "",
    "applies_when": lambda told: told.condition("applies_when", told.thing.level),
    "level": _level,
    "formula": _formula,
    "members": _members,
    "by_month": _by_month,
    "matures_after": _matures,
    "shrinkage": _shrinkage,
    "unit": _unit,
    "decimals": _decimals,
    "direction": _direction,
    "target": _target,
    "method": lambda told: method_words(told.thing, told.role.scale, told.wording),
    "max_score": _most,
    "min_score": _least,
    "min_sample": _sample,
    "missing": _missing,
    "success_when_empty": _empty,
    "pair_with": _pair,
    "controllability": _control,
    "category": lambda told: CATEGORIES.get(told.thing.category, ""),
    "reference": lambda told: told.thing.reference,
}
"""What each key of a KPI says, by the field of `model.role.Kpi`. A new key needs its function here."""
