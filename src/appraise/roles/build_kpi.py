"""From an entry of `kpis` to a KPI."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from appraise.model.expression import Expression
from appraise.model.members import LEAST_MEMBERS, SHARE, Members
from appraise.model.problem import Problem
from appraise.model.role import (
    ByBands,
    Direction,
    Kpi,
    Level,
    Method,
    MinSample,
    MinScore,
    Missing,
    PercentOfTarget,
    Rating,
    Relative,
    Shrinkage,
)
from appraise.model.window import maturity_of
from appraise.roles.build_score import method_of, places_of_score

if TYPE_CHECKING:
    from decimal import Decimal

    from appraise.model.place import Place
    from appraise.roles.part import Part

_PLACED = (
    *("id", "formula", "target", "decimals", "direction", "weight", "pair_with", "monitor"),
    *("success_when_empty", "level", "max_score", "shrinkage", "missing", "min_sample", "by_month", "matures_after"),
    "members",
)


def kpi_of(part: Part, weight: Decimal) -> tuple[Kpi, list[Problem]]:
    """The KPI; an unsound key reads as if it were left out, an unsound method as `rating`, which has no rules."""
    name = part.written("id")
    method, problems = _method(part, name)
    kpi = Kpi(
        id=name,
        title=part.text("title"),
        formula=_formula(part, name),
        weight=weight,
        direction=Direction(part.text("direction", "higher")),
        method=method,
        place=part.place(),
        definition=part.text("definition"),
        reference=part.text("reference"),
        unit=part.text("unit", "percent" if part.at("members").text("as") == SHARE else "number"),
        decimals=int(part.number("decimals", 2)),
        target=part.text("target") or (f"target.{name}" if isinstance(method, PercentOfTarget) else None),
        level=Level(part.text("level", "person")),
        monitor=part.flag("monitor"),
        pair_with=part.text("pair_with") or None,
        controllability=part.text("controllability", "high"),
        category=part.text("category"),
        definition_id=part.text("definition_id"),
        places=_places(part),
    )
    return _with_conditions(kpi, part), problems


def _with_conditions(kpi: Kpi, part: Part) -> Kpi:
    """The KPI with what decides whether and how far its value counts."""
    return replace(
        kpi,
        min_sample=_min_sample(part.at("min_sample")),
        missing=Missing(part.text("missing", "exclude")),
        success_when_empty=part.flag("success_when_empty"),
        max_score=part.number_or_none("max_score"),
        min_score=_min_score(part.at("min_score")),
        shrinkage=_shrinkage(part.at("shrinkage")),
        applies_when=part.expression("applies_when"),
        by_month=part.text("by_month") == "mean",
        matures_after=maturity_of(part.text("matures_after")),
        members=_members(part.at("members")),
    )


def _formula(part: Part, name: str) -> Expression:
    """The formula as written; of a KPI of members' scores the name of the figure that is made of them."""
    if not part.has("members"):
        return part.expression("formula") or Expression("", part.place("formula"))
    sound = _members(part.at("members")) is not None
    return Expression(f"members.{name}" if sound else "", part.place("members"))


def _members(part: Part) -> Members | None:
    of, how = part.text("of"), part.text("as")
    if not of or not how:
        return None
    return Members(of, how, part.number_or_none("at_least"), int(part.number("at_least_members", LEAST_MEMBERS)))


def _method(part: Part, name: str) -> tuple[Method, list[Problem]]:
    method = method_of(part.at("score")) or Rating()
    if not isinstance(method, ByBands | PercentOfTarget | Relative) or part.text("direction"):
        return method, []
    if part.has("direction"):
        return Rating(), []
    message = f"KPI '{name}': missing key 'direction'"
    hint = "write `direction: higher` where more is better, `lower` where less is, or `range`"
    return Rating(), [Problem(part.place(), code="missing-key", message=message, hint=hint)]


def _places(part: Part) -> dict[str, Place]:
    places = {**part.places(*_PLACED), **places_of_score(part.at("score"))}
    places |= {f"members.{key}": place for key, place in part.at("members").places("of", "at_least").items()}
    if part.at("min_score").has("score"):
        places["min_score"] = part.at("min_score").place("score")
    return places


def _min_sample(part: Part) -> MinSample | None:
    of, at_least = part.expression("of"), part.number_or_none("at_least")
    return MinSample(of, at_least) if of and at_least is not None else None


def _min_score(part: Part) -> MinScore | None:
    when, score = part.expression("when"), part.number_or_none("score")
    return MinScore(score, when, part.text("says")) if when and score is not None else None


def _shrinkage(part: Part) -> Shrinkage | None:
    of, strength = part.expression("of"), part.number_or_none("strength")
    return Shrinkage(of, strength, part.number_or_none("prior")) if of and strength is not None else None
