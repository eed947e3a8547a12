"""Rules about names that must differ, and names that must exist."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from appraise.documents.suggest import did_you_mean
from appraise.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from appraise.model.place import Place
    from appraise.model.role import Role


def ids_are_unique(role: Role) -> list[Problem]:
    """No two KRAs, KPIs (of all KRAs), gates, adjustments or examples have the same id or name."""
    kinds: list[tuple[str, Iterable[tuple[str, Place]]]] = [
        ("KRA id", ((kra.id, kra.places.get("id", kra.place)) for kra in role.kras)),
        ("KPI id", ((kpi.id, kpi.places.get("id", kpi.place)) for kpi in role.kpis)),
        ("gate id", ((gate.id, gate.places.get("id", gate.place)) for gate in role.gates)),
        ("adjustment id", ((one.id, one.places.get("id", one.place)) for one in role.adjustments)),
        ("example name", ((example.name, example.place) for example in role.examples)),
    ]
    return [problem for kind, named in kinds for problem in _twice(kind, named)]


def pairs_exist(role: Role) -> list[Problem]:
    """`pair_with` names another KPI of the template."""
    known = {kpi.id for kpi in role.kpis}
    problems = []
    for kpi in role.kpis:
        if kpi.pair_with is None or (kpi.pair_with in known and kpi.pair_with != kpi.id):
            continue
        place = kpi.places.get("pair_with", kpi.place)
        others = known - {kpi.id, ""}
        if kpi.pair_with == kpi.id:
            message = f"KPI '{kpi.id}': it cannot be paired with itself"
        else:
            message = f"KPI '{kpi.id}': 'pair_with' names '{kpi.pair_with}', and no KPI has that id"
        hint = did_you_mean(kpi.pair_with, others) or "write the id of another KPI of this template"
        problems.append(Problem(place, code="unknown-pair", message=message, hint=hint))
    return problems


def capped_kras_exist(role: Role) -> list[Problem]:
    """A gate caps `overall` or a KRA of the template."""
    known = {f"kra.{kra.id}" for kra in role.kras} | {"overall"}
    problems = []
    for gate in role.gates:
        if gate.caps not in known:
            message = f"gate '{gate.id}': 'caps' names '{gate.caps}', and no KRA has that id"
            hint = did_you_mean(gate.caps, known) or f"write {', '.join(sorted(known))}"
            place = gate.places.get("caps", gate.place)
            problems.append(Problem(place, code="unknown-kra", message=message, hint=hint))
    return problems


def effective_is_a_day(role: Role) -> list[Problem]:
    """`effective` is a day of the calendar: 2026-02-30 is none."""
    try:
        date.fromisoformat(role.effective or "2000-01-01")
    except ValueError:
        place = role.places.get("effective", role.place)
        message = f"'effective' {role.effective} is no day of the calendar"
        hint = "write a date as year-month-day, like 2026-07-01"
        return [Problem(place, code="not-a-date", message=message, hint=hint)]
    return []


def _twice(kind: str, named: Iterable[tuple[str, Place]]) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for name, place in named:
        if name and name in first:
            message = f"duplicate {kind} '{name}', first in line {first[name].line}"
            yield Problem(place, code="duplicate-id", message=message, hint="give one of the two another name")
        first.setdefault(name, place)
