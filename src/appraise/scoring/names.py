"""The full names of measures: `x`, `prev.x`, `team.x`, `prev.team.x`, `company.x` and `prev.company.x`."""

from __future__ import annotations

from dataclasses import dataclass

from appraise.model.role import Level

_LEVELS = {"team": Level.TEAM, "company": Level.COMPANY}
_OTHERS = frozenset({"target", "person"})
_ENGINE = frozenset({"period_start", "period_end", "working_days", "available_days"})


@dataclass(frozen=True, slots=True, order=True)
class MeasureName:
    """A measure as a formula names it: whose rows, in which period."""

    full: str
    measure: str
    level: Level
    previous: bool


def measure_name(full: str) -> MeasureName | None:
    """The parts of a full name; None for targets, attributes and what the engine itself provides."""
    *prefixes, measure = full.split(".")
    previous = prefixes[:1] == ["prev"]
    rest = prefixes[1:] if previous else prefixes
    if measure in _ENGINE or _OTHERS & set(rest) or len(rest) > 1 or (rest and rest[0] not in _LEVELS):
        return None
    return MeasureName(full, measure, _LEVELS[rest[0]] if rest else Level.PERSON, previous)
