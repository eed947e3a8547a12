"""What a KPI's title suggests: its unit, which values are better, and bands to begin with. Every guess is marked."""

from __future__ import annotations

import re
from decimal import Decimal

from appraise.model.role import Direction

_UNITS = (
    ("count", r"number of"),
    ("percent", r"percent|percentage|%"),
    ("points", r"scores?|ratings?|feedback"),
    ("percent", r"rates?|ratio|reduction|increase|accuracy|adherence|achievement|completion"),
    ("days", r"days|aging|ageing"),
    ("minutes", r"time|duration|minutes|delay"),
    ("points", r"quality|assessment|results"),
    ("count", r"number|count|calls|complaints|violations|errors|referrals"),
    ("currency", r"amount|sales|revenue|cost|costs|collected|recovered"),
)
"""The first that matches a whole word of the title counts."""

_HIGHER = r"reduction|reduced|decrease|increase|improvement|timeliness|timely|on[- ]time|resolved|favou?rabl[ey]"
_HIGHER += r"|accuracy|adherence|compliance|percentage of accounts|savings?"
_LOWER = r"time|days|aging|ageing|delays?|errors?|complaints?|defaults?|violations?|escalations?|absences?|absenteeism"
_LOWER += r"|costs?|turnaround|attrition|overdue|outstanding|abandon(ed|ment)|disputes?|breaches|rework|backlog"

_BANDS = {
    ("percent", Direction.HIGHER): ("60", "70", "80", "90"),
    ("percent", Direction.LOWER): ("20", "15", "10", "5"),
    ("days", Direction.LOWER): ("60", "45", "35", "25"),
    ("points", Direction.HIGHER): ("60", "70", "80", "90"),
}
_RISING = ("10", "20", "30", "40")
_FALLING = ("40", "30", "20", "10")

DECIMALS = {"percent": 1, "points": 1, "minutes": 1, "count": 0, "days": 0, "currency": 0}
"""How many decimals values of a unit usually have."""


def unit_of(title: str) -> str:
    """The unit that the title suggests; blank where it suggests none."""
    return next((unit for unit, words in _UNITS if _has(title, words)), "")


def direction_of(title: str, bands: tuple[Decimal, ...] = ()) -> Direction:
    """Which values are better: as the bands go where there are some, else as the title suggests."""
    if len(bands) > 1:
        return Direction.HIGHER if bands[-1] > bands[0] else Direction.LOWER
    lower = _has(title, _LOWER) and not _has(title, _HIGHER)
    return Direction.LOWER if lower else Direction.HIGHER


def bands_of(unit: str, direction: Direction) -> tuple[Decimal, ...]:
    """Where the scores 2, 3, 4 and 5 might begin."""
    usual = _FALLING if direction is Direction.LOWER else _RISING
    return tuple(Decimal(start) for start in _BANDS.get((unit, direction), usual))


def _has(title: str, words: str) -> bool:
    return re.search(rf"(?<!\w)({words})(?!\w)", title, re.IGNORECASE) is not None
