"""The full names of measures: `x`, `prev.x`, `team.x`, `prev.team.x`, `company.x` and `prev.company.x`.

Behind it may stand the mark of the days it is counted over, where they are others than the period's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.model.role import Level
from appraise.model.window import window_of, without_window

if TYPE_CHECKING:
    from appraise.model.window import Window

_LEVELS = {"team": Level.TEAM, "company": Level.COMPANY}
_OTHERS = frozenset({"target", "person"})
_ENGINE = frozenset({"period_start", "period_end", "working_days", "available_days"})


@dataclass(frozen=True, slots=True, order=True)
class MeasureName:
    """A measure as a formula names it: whose rows, in which period.

    `mark` is that of the days it is counted over, or empty where these are the period's; `previous` then tells how the
    formula wrote it.
    """

    full: str
    measure: str
    level: Level
    previous: bool
    mark: str = ""

    @property
    def window(self) -> Window | None:
        """The days of the mark."""
        return window_of(self.mark) if self.mark else None


def measure_name(full: str) -> MeasureName | None:
    """The parts of a full name; None for targets, attributes and what the engine itself provides."""
    plain = without_window(full)
    *prefixes, measure = plain.split(".")
    previous = prefixes[:1] == ["prev"]
    rest = prefixes[1:] if previous else prefixes
    if measure in _ENGINE or _OTHERS & set(rest) or len(rest) > 1 or (rest and rest[0] not in _LEVELS):
        return None
    return MeasureName(full, measure, _LEVELS[rest[0]] if rest else Level.PERSON, previous, full[len(plain) :])


def is_of_days(full: str) -> bool:
    """Whether a name says days of the calendar or days worked, of a person, team or company."""
    return without_window(full).removeprefix("team.").removeprefix("company.") in _ENGINE
