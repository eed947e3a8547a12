"""A role template made ready for scoring: expressions parsed once, names in full, weights as whole numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from appraise.expr.quantiser import quantised
from appraise.model.role import ByBands, Direction, Level, PassFail, PercentOfTarget, Relative
from appraise.scoring.bands import Stairs, stairs_of
from appraise.scoring.levels import target_of
from appraise.scoring.policies import FRAPPE, PERCENT, under_policy
from appraise.scoring.questions import Question, Reader, of_a_figure
from appraise.scoring.weights import shared_weights, whole_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from appraise.expr.functions import Functions
    from appraise.model.period import Period
    from appraise.model.problem import Problem
    from appraise.model.role import Adjustment, Gate, Kpi, Kra, Role
    from appraise.plugin import Scorer

__all__ = ["Question", "whole_numbers"]  # beside what is defined here


@dataclass(frozen=True, slots=True)
class Tools:
    """What scoring needs beside templates and numbers.

    `scorers` are the plugins' by name. `titles` are words for full names, in explanations; `counts` are the names of
    measures that count things, of which "7 more" can be said. `days` are the appraised period and the one before, which
    KPIs with `by_month` and `matures_after` need; without them, as in worked examples, they are read like others.
    `policy` holds for templates that name none. `definitions` are the ids of what measures of plugins mean.
    """

    functions: Functions
    scorers: Mapping[str, Scorer] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    counts: frozenset[str] = frozenset()
    days: tuple[Period, Period] | None = None
    policy: str = ""
    definitions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KpiPlan:
    """A KPI ready for scoring.

    `kra` is the place of its KRA, `weight` a whole number that means something beside its siblings' only, `least` and
    `most` are the floor and ceiling of its score in hundredths. Where it is scored by comparison, `stairs` are climbed
    by where the value stands among its peers, and `otherwise` by the value itself. `cases` counts what `shrinkage` is
    about.
    """

    kpi: Kpi
    kra: int
    weight: int
    formula: Question
    target: str | None = None
    stairs: Stairs | None = None
    otherwise: Stairs | None = None
    cases: Question | None = None
    applies: Question | None = None
    sample: Question | None = None
    passes: Question | None = None
    floor: Question | None = None
    least: int = 0
    most: int | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every expression of the KPI."""
        known = (self.formula, self.applies, self.sample, self.passes, self.floor, self.cases)
        return tuple(question for question in known if question is not None)


@dataclass(frozen=True, slots=True)
class GatePlan:
    """A gate ready for scoring: `kra` is the place of the KRA it caps, None for the overall; `cap` is in hundredths.

    With a `severity`, `classes` are the severities at which a cap begins, rising, each with that cap in hundredths, and
    `cap` is the mildest of them. `open` asks whether an allegation is open.
    """

    gate: Gate
    when: Question
    applies: Question | None
    kra: int | None
    cap: int
    severity: Question | None = None
    classes: tuple[tuple[float, int], ...] = ()
    open: Question | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every expression of the gate."""
        return tuple(question for question in (self.when, self.applies, self.severity, self.open) if question)

    @property
    def shown(self) -> tuple[Question, ...]:
        """The expressions whose figures are printed beside the gate: all but whom it is about."""
        return tuple(question for question in (self.when, self.severity, self.open) if question)


@dataclass(frozen=True, slots=True)
class AdjustmentPlan:
    """An adjustment ready for scoring; `points` are hundredths."""

    adjustment: Adjustment
    when: Question
    points: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole template ready for scoring.

    `role` is the template under its policy. `weights` are the KRAs' as whole numbers, `members` the places of each
    KRA's KPIs, `limit` is in hundredths. `shared` are `shared_weights` where all that is scored shares the whole, and
    empty where a KPI without a score gives its weight to its siblings.
    `staged` tells that every level of the roll-up is rounded.
    """

    role: Role
    tools: Tools
    kpis: tuple[KpiPlan, ...]
    gates: tuple[GatePlan, ...]
    adjustments: tuple[AdjustmentPlan, ...]
    weights: tuple[int, ...]
    members: tuple[tuple[int, ...], ...]
    limit: int
    shared: tuple[int, ...] = ()
    staged: bool = False

    @property
    def declared(self) -> tuple[int, ...]:
        """What the KPIs of each KRA weigh together, in the unit of their weights."""
        return tuple(sum(self.kpis[member].weight for member in members) for members in self.members)

    @property
    def least(self) -> int:
        """The lowest overall in hundredths: the end of the scale, or zero where what is missing counts as that."""
        lowest = self.role.scale.lowest
        return 100 * (min(lowest, 0) if self.staged else lowest)

    @property
    def in_percent(self) -> bool:
        """Whether the scores are percent of progress, of which already score times weight is rounded where all is."""
        return self.staged and self.role.scale.highest >= PERCENT

    @property
    def questions(self) -> Iterator[Question]:
        """Every expression of the template."""
        for kpi in self.kpis:
            yield from kpi.questions
        for gate in self.gates:
            yield from gate.questions
        yield from (adjustment.when for adjustment in self.adjustments)

    @property
    def names(self) -> frozenset[str]:
        """The full name of everything the template reads: columns that the input frame must have."""
        figures = {kpi.kpi.formula.text for kpi in self.kpis if kpi.kpi.members}
        read = {name for question in self.questions for name in question.names} - figures
        return frozenset(read | {kpi.target for kpi in self.kpis if kpi.target is not None})


def names_needed(role: Role, functions: Functions) -> frozenset[str]:
    """The full names of the input frame's columns that a template reads; none where an expression does not parse."""
    plan, _ = plan_of(role, Tools(functions))
    return plan.names if plan is not None else frozenset()


def plan_of(role: Role, tools: Tools) -> tuple[Plan | None, list[Problem]]:
    """A template ready for scoring; None where an expression does not parse, which a check has told before."""
    role = under_policy(role, tools.policy)
    reader = Reader(tools.functions, [], tools.days)
    kpis = [kpi for place, kra in enumerate(role.kras) for kpi in _kpis(role, place, kra, reader)]
    gates = [_gate(role, gate, reader) for gate in role.gates]
    adjustments = [_adjustment(adjustment, reader) for adjustment in role.adjustments]
    if reader.problems:
        return None, reader.problems
    weights = whole_numbers([kra.weight for kra in role.kras])
    members = tuple(tuple(place for place, kpi in enumerate(kpis) if kpi.kra == kra) for kra in range(len(weights)))
    limit = _points(role.adjustments_limit)
    plan = Plan(role, tools, tuple(kpis), tuple(gates), tuple(adjustments), weights, members, limit)
    shared = shared_weights(weights, plan.declared) if role.unscored_weight == "global" else ()
    return replace(plan, shared=shared, staged=role.policy == FRAPPE), []


def _points(score: float | Decimal) -> int:
    return math.floor(quantised(float(score), 2) * 100.0 + 0.5)


def _kpis(role: Role, place: int, kra: Kra, reader: Reader) -> Iterator[KpiPlan]:
    weights = whole_numbers([kpi.weight for kpi in kra.kpis])
    for kpi, weight in zip(kra.kpis, weights, strict=True):
        method, level = kpi.method, kpi.level
        bands = method.bands if isinstance(method, ByBands | PercentOfTarget | Relative) else None
        # An attainment rises in both directions: fewer than the target is more than 100 percent of it. So does a rank.
        rising = Direction.HIGHER if isinstance(method, PercentOfTarget | Relative) else kpi.direction
        own = method.otherwise if isinstance(method, Relative) else None
        asks = reader.within(kpi)
        passes = method.when if isinstance(method, PassFail) else None
        yield KpiPlan(
            kpi,
            place,
            weight,
            of_a_figure(kpi.formula) if kpi.members else asks.value(kpi.formula, level),
            target=target_of(kpi),
            stairs=stairs_of(bands, rising, role.scale) if bands is not None else None,
            otherwise=stairs_of(own, kpi.direction, role.scale) if own is not None else None,
            cases=asks.number(kpi.shrinkage.of, level) if kpi.shrinkage else None,
            applies=asks.maybe(kpi.applies_when, level),
            sample=asks.number(kpi.min_sample.of, level) if kpi.min_sample else None,
            passes=asks.maybe(passes, level),
            floor=asks.maybe(kpi.min_score.when if kpi.min_score else None, level),
            least=_points(kpi.min_score.score) if kpi.min_score else 0,
            most=_points(kpi.max_score) if kpi.max_score is not None else None,
        )


def _gate(role: Role, gate: Gate, reader: Reader) -> GatePlan:
    kras = [kra.id for kra in role.kras]
    target = gate.caps.removeprefix("kra.")
    place = kras.index(target) if target in kras and gate.caps != "overall" else None
    severity = reader.number(gate.severity, Level.PERSON) if gate.severity else None
    classes = tuple((each.start, _cap(role, each.cap_at)) for each in gate.caps_by_severity) if severity else ()
    cap = classes[0][1] if classes else _cap(role, gate.cap_at)
    when, applies = reader.condition(gate.when), reader.maybe(gate.applies_when)
    return GatePlan(gate, when, applies, place, cap, severity, classes, reader.maybe(gate.open_when))


def _cap(role: Role, score: float) -> int:
    if math.isnan(score):  # a template that was not sound, which is read for its names alone
        return 100 * role.scale.highest
    return min(max(_points(score), 100 * role.scale.lowest), 100 * role.scale.highest)


def _adjustment(adjustment: Adjustment, reader: Reader) -> AdjustmentPlan:
    add = adjustment.add
    points = _points(abs(add))
    return AdjustmentPlan(adjustment, reader.condition(adjustment.when), -points if add < Decimal(0) else points)
