"""The full names behind the names in a template: a KPI of the team means the team's by every name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.model.role import Level, PercentOfTarget

if TYPE_CHECKING:
    from appraise.model.role import Kpi

ONE_FOR_ALL = frozenset({"period_start", "period_end"})
"""Names with the same value at every level."""


def at_level(name: str, level: Level) -> str:
    """The name of the column that a name in a KPI of that level stands for: `x` is `team.x` at team level.

    `person.x` and the days of the period stay; a name that says a level already keeps it.
    """
    if level is Level.PERSON or name in ONE_FOR_ALL or name.startswith(("person.", "team.", "company.")):
        return name
    if name.startswith("prev."):
        rest = name.removeprefix("prev.")
        return name if rest.startswith(("team.", "company.")) else f"prev.{level}.{rest}"
    return f"{level}.{name}"


def target_of(kpi: Kpi) -> str | None:
    """The full name of a KPI's target: as declared, else `target.<id>` where it is scored against one, else None."""
    if kpi.target is None and not isinstance(kpi.method, PercentOfTarget):
        return None
    written = kpi.target or kpi.id
    name = written if "." in written else f"target.{written}"
    return at_level(name, kpi.level)
