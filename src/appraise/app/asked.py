"""What somebody asks for: the workspace, the period and the people, with everything that comes from outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told how far a long stage is: its name (`packs`), how many items are done, and of how many."""


def silent(_stage: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it was made.

    `root` is the workspace's folder, `now` the moment of the request (with its zone). `period` is an id, or None for
    the workspace's own. `people`, `teams` and `roles` choose what is shown and printed, all of them where they are
    empty; scoring always covers the company. `made_at` is `SOURCE_DATE_EPOCH` in seconds, where it is set.
    `environment` has the values that addresses of databases ask for; it is never shown.
    """

    root: Path
    now: datetime
    period: str | None = None
    people: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    made_at: int | None = None
    progress: Progress = silent
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)

    def today(self, time_zone: str) -> date:
        """The day of the request in a time zone."""
        return self.now.astimezone(ZoneInfo(time_zone)).date()

    def day_made(self, otherwise: date) -> date:
        """The day that written files bear: the one of `made_at` in UTC, or else the one given."""
        return otherwise if self.made_at is None else datetime.fromtimestamp(self.made_at, UTC).date()

    def wants(self, person: str, team: str, role: str) -> bool:
        """Whether the filters let this person through."""
        return (
            (not self.people or person in self.people)
            and (not self.teams or team in self.teams)
            and (not self.roles or role in self.roles)
        )
