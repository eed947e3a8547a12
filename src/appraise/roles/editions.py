"""The editions of a role: versions of its template, each with the day from which it counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from appraise.model.period import Period
    from appraise.model.role import Role
    from appraise.roles.library import Draft

Starts = tuple[tuple[date, str], ...]
"""The first day in the period of each edition that counts in it, with the edition's key, in the order of the days."""


@dataclass(frozen=True, slots=True)
class Editions:
    """Which editions count in a period.

    `drafts` are those that count, by `Role.key`: the role's id for the one of the first day, `id@version` for those
    that begin later in the period. `starts` tells by role id from when each of them counts; `others` are the rest.
    """

    drafts: Mapping[str, Draft]
    starts: Mapping[str, Starts]
    others: tuple[Draft, ...]


def day_of(effective: str) -> date | None:
    """The day that is written, or None where none is or it cannot be read."""
    try:
        return date.fromisoformat(effective)
    except ValueError:
        return None


def first_day_of(effective: str) -> date:
    """The day from which an edition counts: one without a day has always counted."""
    return day_of(effective) or date.min


def in_force(starts: Sequence[date], day: date | None) -> int:
    """The position of the edition in force on a day: the latest that has begun, else the earliest of all.

    Without a day it is the latest of all. Of two that begin on one day it is the first.
    """
    begun = [start for start in starts if day is None or start <= day]
    return starts.index(max(begun) if begun else min(starts))


def editions_in(period: Period, drafts: Mapping[str, Draft], pinned: Mapping[str, str]) -> Editions:
    """Which editions of each role count in a period, and from which day.

    Args:
        period: the appraised period.
        drafts: every edition of every role, by any name; a role without an id is called by this name.
        pinned: the version that alone counts in the period, by role id; an unknown one counts for nothing.
    """
    counted: dict[str, Draft] = {}
    starts: dict[str, Starts] = {}
    others: list[Draft] = []
    for role, editions in _by_role(drafts).items():
        chosen = _counting(editions, period, pinned.get(role, ""))
        keyed = {_key(role, draft, is_first=place == 0): draft for place, (_, draft) in enumerate(chosen)}
        starts[role] = tuple((day, key) for (day, _), key in zip(chosen, keyed, strict=True))
        counted |= {key: _called(draft, key.partition("@")[2]) for key, draft in keyed.items()}
        others += [draft for draft in editions if draft not in keyed.values()]
    return Editions(counted, starts, tuple(others))


def is_of_unknown_day(role: Role) -> bool:
    """Whether a day is written from which the edition counts, and it cannot be read."""
    return "effective" in role.places and day_of(role.effective) is None


def _by_role(drafts: Mapping[str, Draft]) -> dict[str, list[Draft]]:
    grouped: dict[str, list[Draft]] = {}
    for name, draft in drafts.items():
        grouped.setdefault(draft.role.id or name, []).append(draft)
    return grouped


def _counting(editions: Sequence[Draft], period: Period, version: str) -> list[tuple[date, Draft]]:
    """The editions that count in the period, each with its first day in it."""
    alone = [draft for draft in editions if version and draft.role.version == version]
    # An edition of an unknown day might be the one to score by. It is not sound, so that nobody is scored on a guess.
    alone = alone or [draft for draft in editions if is_of_unknown_day(draft.role)]
    if alone:
        return [(period.start, alone[0])]
    starts = [first_day_of(draft.role.effective) for draft in editions]
    first = in_force(starts, period.start)
    later = [
        (start, draft)
        for start, draft in zip(starts, editions, strict=True)
        if max(starts[first], period.start) < start <= period.end
    ]
    return [(period.start, editions[first]), *sorted(later, key=lambda begun: begun[0])]


def _key(role: str, draft: Draft, *, is_first: bool) -> str:
    return role if is_first else f"{role}@{draft.role.edition}"


def _called(draft: Draft, edition: str) -> Draft:
    return replace(draft, role=replace(draft.role, edition=edition))


def known_versions(drafts: Iterable[Draft], role: str) -> tuple[str, ...]:
    """The versions of a role that there are, the earliest first."""
    found = [draft.role for draft in drafts if draft.role.id == role]
    return tuple(each.version for each in sorted(found, key=lambda one: first_day_of(one.effective)))
