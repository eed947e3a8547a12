"""What a source does with its rows before they are anybody's figures, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from appraise.model.expression import Expression


@dataclass(frozen=True, slots=True)
class Credit:
    """To whom an event belongs that names nobody: the person of the last matching row of the log `to`.

    A row matches where the column `same` (of the event) has what `same_there` has, at most `within` days before the
    event. `where` chooses among the rows of `to`. Without a match the event is the person's in the column `otherwise`,
    or with None nobody's. `split` are shares in percent of the `last` and the `first` match, (100, 0) for the last
    alone. An event whose column `reverses` names the `key` of another one goes wherever that went.
    """

    to: str
    same: str
    same_there: str
    within: int
    where: Expression | None = None
    otherwise: str | None = None
    split: tuple[float, float] = (100.0, 0.0)
    key: str | None = None
    reverses: str | None = None


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """Which rows of a source do not count: those about something that a row of `source` speaks of.

    A row is left out where its column `same` has what `same_there` has in a row of `source` for which `where` holds and
    which is in force on the row's day: from the day in `first_day` to the one in `last_day`, both included; with None
    or a blank cell always before, or after.
    """

    source: str
    same: str
    same_there: str
    where: Expression | None = None
    first_day: str | None = None
    last_day: str | None = None
