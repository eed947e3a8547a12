"""What stands at the head of a result: who it is about, the words of the scale, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from appraise.model.kinds import Value


@dataclass(frozen=True, slots=True)
class ScaleLabel:
    """A rating word and where it begins."""

    label: str
    start: float


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Who it is about; `attributes` are the declared, unprotected ones. Days are working days of the period.

    `minimum_days` is how many a rating needs, `team_members` how many people make the figures of the person's team.
    """

    id: str
    name: str
    role_title: str = ""
    manager: str = ""
    manager_name: str = ""
    team: str = ""
    site: str = ""
    working_days: float = 0
    available_days: float = 0
    attributes: dict[str, Value] = field(default_factory=dict)
    minimum_days: float = 0
    team_members: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """The rating that a named person has decided on; `on` as the company wrote it."""

    label: str
    decided_by: str
    on: str
    reason: str
