"""Several segments of one person joined to one result: means weighted by the shares, in whole numbers.

Both ways of scoring join here. What a segment brings is exact, so that a period cut in two like halves gives what the
whole gives: everything is rounded once, at the end.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from appraise.model.status import CAUSES_OF_ERROR, SCALES_DIFFER, SHORT_SEGMENT, TOO_NEW, PersonStatus
from appraise.scoring.exact import largest_remainder
from appraise.scoring.ratings import standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appraise.model.scale import Scale

_GRAVEST_FIRST = ("kpi_error", "kpi_pending", "gate_unknown")


@dataclass(frozen=True, slots=True)
class Part:
    """What one segment brings to the join.

    `share` is its weight, 0 where it is not scored; `given` the roster's reason why. `scale` is None where there is no
    template. `base` is the exact score in hundredths as above and below a line, None where nothing is scored or
    something blocks; `weighs` tells whether a KPI keeps its weight. `bounded` are the adjustments in hundredths, `ends`
    the lowest and highest overall. `coverage` is the scored part of the weight, `floor` the least one in hundredths of
    a percent, both above and below a line. `cap` is the lowest cap on the overall in hundredths, by the gate `gate`.
    `barred` is what blocks.
    """

    share: int
    given: str
    scale: Scale | None = None
    base: tuple[int, int] | None = None
    weighs: bool = False
    bounded: int = 0
    ends: tuple[int, int] = (0, 0)
    coverage: tuple[int, int] = (0, 1)
    floor: tuple[int, int] = (0, 1)
    cap: int | None = None
    gate: str = ""
    barred: str = ""
    open: bool = False

    @property
    def adjusted(self) -> tuple[int, int]:
        """The exact score after adjustments and the ends of the scale, as above and below a line."""
        above, below = self.base or (0, 1)
        lowest, highest = self.ends
        return min(max(above + self.bounded * below, lowest * below), highest * below), below


@dataclass(frozen=True, slots=True)
class Joined:
    """A person's result from several segments.

    The numbers are hundredths, as if rated: before adjustments, before and after the gates; None without a base.
    `coverage` is in hundredths of a percent, None where nothing counts. `total` is the weight of the segments that have
    a score, 0 where none has.
    """

    status: PersonStatus
    reason: str
    base: int | None
    uncapped: int | None
    overall: int | None
    coverage: int | None
    capped_by: str
    total: int

    @property
    def shown(self) -> bool:
        """Whether there is an overall that parts can be parts of."""
        return self.status is PersonStatus.RATED or self.reason == "low_coverage"


def joined(parts: Sequence[Part]) -> Joined:
    """A person's segments as one result.

    A segment in which nothing is scored gives its share to the others; any KPI or gate that blocks blocks the person.
    """
    counted = [part for part in parts if part.share and part.scale is not None]
    scored = [part for part in counted if part.weighs]
    total = sum([part.share for part in scored])
    base = uncapped = overall = None
    capped_by = ""
    exact = [(part.share, part.base) for part in scored if part.base is not None]
    if scored and len(exact) == len(scored):
        base = uncapped = overall = _mean(exact)
        if any(part.bounded for part in scored):
            overall = uncapped = _mean([(part.share, part.adjusted) for part in scored])
        for part in parts:
            if part.cap is not None and part.cap < overall:
                overall, capped_by = part.cap, part.gate
    coverage, enough = _covered(counted)
    barred = _gravest([part.barred for part in parts])
    status, reason = standing(given_of(parts), barred, covered=base is not None and enough)
    return Joined(status, reason, base, uncapped, overall, coverage, capped_by, total)


def _covered(counted: Sequence[Part]) -> tuple[int | None, bool]:
    """The coverage in hundredths of a percent, and whether it reaches the least one; both joined by the shares."""
    if not counted:
        return None, False
    coverage = _mean([(part.share, (10_000 * part.coverage[0], part.coverage[1])) for part in counted])
    if len({part.floor for part in counted}) == 1:
        above, below = counted[0].floor
        return coverage, coverage * below >= above
    weight = sum(part.share for part in counted)
    return coverage, coverage * weight >= sum(part.share * Fraction(*part.floor) for part in counted)


def _gravest(barred: Sequence[str]) -> str:
    """What blocks the person, the gravest first; empty where nothing does."""
    return next((word for word in _GRAVEST_FIRST if word in barred), "")


def given_of(parts: Sequence[Part]) -> str:
    """Why a person is not rated whatever the scores, from the reasons of the segments; empty where nothing says so."""
    reasons = [part.given for part in parts]
    if not any(reasons):
        return SCALES_DIFFER if scales_differ(parts) else ""
    grave = [reason for reason in reasons if reason in CAUSES_OF_ERROR]
    if grave:
        return grave[0]
    if TOO_NEW in reasons:
        return TOO_NEW
    if "" in reasons:
        return SCALES_DIFFER if scales_differ(parts) else ""
    return SHORT_SEGMENT if SHORT_SEGMENT in reasons else reasons[0]


def scales_differ(parts: Sequence[Part]) -> tuple[int, int] | None:
    """The places of two segments that count on different scales; None where all can be joined."""
    if len({id(part.scale) for part in parts}) == 1:
        return None
    count = [place for place, part in enumerate(parts) if part.scale and (part.share or part.cap is not None)]
    others = [place for place in count[1:] if not _alike(parts[count[0]].scale, parts[place].scale)]
    return (count[0], others[0]) if others else None


def contributions(
    exact: Sequence[tuple[Sequence[int], int, int]], ranks: Sequence[Sequence[int]], total: int, whole: int
) -> list[list[int]]:
    """What everything of a person brings to the overall, in hundredths that add up to it, by segment.

    Args:
        exact: of each segment that has a score what its things bring to its own score, above one line; that line; and
            its share.
        ranks: of each the order of its things among like remainders; those of an earlier segment come first.
        total: the shares together.
        whole: the person's score in hundredths.
    """
    shared = math.lcm(*(below for _, below, _ in exact))
    line = shared * total
    scaled = [number * (shared // below * share) for numbers, below, share in exact for number in numbers]
    floors = [number // line for number in scaled]
    keys = [(segment, rank) for segment, own in enumerate(ranks) for rank in own]
    order = sorted(range(len(scaled)), key=lambda place: (floors[place] * line - scaled[place], keys[place]))
    for place in order[: max(whole - sum(floors), 0)]:
        floors[place] += 1
    found, start = [], 0
    for numbers, _, _ in exact:
        found.append(floors[start : start + len(numbers)])
        start += len(numbers)
    return found


def added_together(
    adjusting: Sequence[tuple[Sequence[int], Part]], total: int, whole: int
) -> tuple[list[list[int]], list[list[bool]]]:
    """What each adjustment adds to the overall in hundredths, and whether a limit left less of it, by segment.

    Args:
        adjusting: of each segment that has a score the points of its adjustments, 0 where one does not hold.
        total: the shares together.
        whole: what all together add, in hundredths.
    """
    own = []
    for points, part in adjusting:
        (above, below), (adjusted, _) = part.base or (0, 1), part.adjusted
        own.append(_kept(points, Fraction(adjusted - above, below)))
    exact = [
        added * Fraction(part.share, total) for kept, (_, part) in zip(own, adjusting, strict=True) for added in kept
    ]
    whole_numbers = largest_remainder(exact, whole)
    found, start = [], 0
    for kept in own:
        found.append(whole_numbers[start : start + len(kept)])
        start += len(kept)
    limited = [
        [added != point for added, point in zip(kept, points, strict=True)]
        for kept, (points, _) in zip(own, adjusting, strict=True)
    ]
    return found, limited


def _kept(points: Sequence[int], room: Fraction) -> list[Fraction]:
    """What a segment's limit and the ends of its scale leave of each adjustment; the last lose first."""
    surplus, kept = sum(points) - room, [Fraction(point) for point in points]
    for place in reversed(range(len(points))):
        lost = min(max(surplus, min(kept[place], Fraction(0))), max(kept[place], Fraction(0)))
        kept[place] -= lost
        surplus -= lost
    return kept


def _mean(weighted: Sequence[tuple[int, tuple[int, int]]]) -> int:
    """The mean of fractions by their weights, rounded once, a half up."""
    shared = math.lcm(*[below for _, (_, below) in weighted])
    above = line = 0
    for share, (number, below) in weighted:
        above += share * number * (shared // below)
        line += share * shared
    return (2 * above + line) // (2 * line)


def _alike(one: Scale | None, other: Scale | None) -> bool:
    """Whether two scales have the same ends and labels, whatever they are called."""
    return one is other or (
        one is not None
        and other is not None
        and (one.lowest, one.highest, one.labels) == (other.lowest, other.highest, other.labels)
    )
