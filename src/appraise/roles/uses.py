"""Every expression of a template, with the thing it belongs to and the kind it must have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.model.kinds import Kind
from appraise.model.role import Level, PassFail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.model.expression import Expression
    from appraise.model.role import Adjustment, Gate, Kpi, Role


@dataclass(frozen=True, slots=True)
class Use:
    """An expression where it is used.

    `thing` is the name for messages (`KPI 'promise_kept'`), `key` the key it stands under, `wanted` its kind. `level`
    tells whose numbers its names are. `zero_is_explained` tells that the template says what dividing by zero means;
    `sample` is what must be large enough, and so cannot be zero, for the formula to count.
    """

    thing: str
    key: str
    expression: Expression
    wanted: Kind
    level: Level = Level.PERSON
    zero_is_explained: bool = False
    sample: str = ""


def uses_of(role: Role) -> Iterator[Use]:
    """Every expression that could be read, in the order of the template."""
    for kpi in role.kpis:
        yield from _written(_uses_of_kpi(kpi))
    for gate in role.gates:
        yield from _written(_uses_of_gate(gate))
    for adjustment in role.adjustments:
        yield from _written(_uses_of_adjustment(adjustment))


def _written(uses: Iterator[Use]) -> Iterator[Use]:
    return (use for use in uses if use.expression.text)


def _uses_of_kpi(kpi: Kpi) -> Iterator[Use]:
    thing = f"KPI '{kpi.id}'"
    explained = "success_when_empty" in kpi.places
    sample = kpi.min_sample.of.text if kpi.min_sample else ""
    if kpi.members is None:
        yield Use(thing, "formula", kpi.formula, Kind.NUMBER, kpi.level, explained, sample)
    if kpi.min_sample:
        yield Use(thing, "min_sample", kpi.min_sample.of, Kind.NUMBER, kpi.level)
    if kpi.shrinkage:
        yield Use(thing, "shrinkage", kpi.shrinkage.of, Kind.NUMBER, kpi.level)
    if isinstance(kpi.method, PassFail) and kpi.method.when:
        yield Use(thing, "when", kpi.method.when, Kind.YES_NO, kpi.level)
    if kpi.min_score:
        yield Use(thing, "min_score", kpi.min_score.when, Kind.YES_NO, kpi.level, explained)
    if kpi.applies_when:
        yield Use(thing, "applies_when", kpi.applies_when, Kind.YES_NO)


def _uses_of_gate(gate: Gate) -> Iterator[Use]:
    yield Use(f"gate '{gate.id}'", "when", gate.when, Kind.YES_NO)
    if gate.applies_when:
        yield Use(f"gate '{gate.id}'", "applies_when", gate.applies_when, Kind.YES_NO)
    if gate.severity:
        yield Use(f"gate '{gate.id}'", "severity", gate.severity, Kind.NUMBER)
    if gate.open_when:
        yield Use(f"gate '{gate.id}'", "open_when", gate.open_when, Kind.YES_NO)


def _uses_of_adjustment(adjustment: Adjustment) -> Iterator[Use]:
    yield Use(f"adjustment '{adjustment.id}'", "when", adjustment.when, Kind.YES_NO)
