"""Areas and KPIs out of what somebody typed: `Results:60`, `Results > Promises kept:50 | percent | 60, 70, 78, 85`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from appraise.model.place import Place
from appraise.model.problem import Problem
from appraise.model.role import Direction
from appraise.roles.outlines.outline import KpiOutline, KraOutline, Outline, number_in, numbers_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal


def outline_of_arguments(kras: Sequence[str], kpis: Sequence[str]) -> tuple[Outline, list[Problem]]:
    """The areas in the order in which they are named first, each with its KPIs.

    Args:
        kras: `TITLE` or `TITLE:WEIGHT`.
        kpis: `KRA > TITLE`, with `:WEIGHT` behind the title and, after bars, a unit, a direction or four numbers.
    """
    areas: dict[str, KraOutline] = {}
    problems = []
    for written in kras:
        title, weight = _weighed(written)
        if title:
            areas[title] = KraOutline(title, weight=weight)
        else:
            problems.append(_unclear("--kra", written, 'write --kra "Target Achievement:25"'))
    for written in kpis:
        area, arrow, rest = written.partition(">")
        found = _kpi(rest)
        if area.strip() and arrow and found is not None:
            kra = areas.setdefault(area.strip(), KraOutline(area.strip()))
            areas[kra.title] = replace(kra, kpis=(*kra.kpis, found))
        else:
            hint = 'write --kpi "Target Achievement > Promises kept:50 | percent | higher | 60, 70, 78, 85"'
            problems.append(_unclear("--kpi", written, hint))
    return Outline(tuple(areas.values())), problems


def _kpi(written: str) -> KpiOutline | None:
    """The KPI, or None where a part of it cannot be understood."""
    named, *parts = written.split("|")
    title, weight = _weighed(named)
    found = KpiOutline(title, weight)
    for part in map(str.strip, parts):
        if part in list(Direction):
            found = replace(found, direction=Direction(part))
        elif (numbers := numbers_in(part)) is not None:
            if len(numbers) != 4:
                return None
            found = replace(found, bands=numbers)
        else:
            found = replace(found, unit=part)
    return found if title else None


def _weighed(written: str) -> tuple[str, Decimal | None]:
    """A title and the weight behind it; a colon without a number after it belongs to the title."""
    title, colon, weight = written.rpartition(":")
    number = number_in(weight) if colon else None
    return (written.strip(), None) if number is None else (title.strip(), number)


def _unclear(option: str, written: str, hint: str) -> Problem:
    message = f"'{written[:80]}' cannot be understood"
    return Problem(Place(option), code="outline-unclear", message=message, hint=hint)
