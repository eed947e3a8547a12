"""One person with several segments appraised in plain numbers: each worked out alone, then joined to one result."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from appraise.model.status import SCALES_DIFFER, PersonStatus
from appraise.scoring.cards import Sight, adjustment_results, gate_results, kra_scores
from appraise.scoring.exact import covered, half_up, kra_weight, largest_remainder, ranks_of
from appraise.scoring.gates import FAIL
from appraise.scoring.inputs import SHARE
from appraise.scoring.joined import Joined, Part, added_together, joined, scales_differ
from appraise.scoring.joined_company import differing_scales, ends_of, floor_of, unusable
from appraise.scoring.one import Scored, points, problems_of, worked
from appraise.scoring.ratings import label_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from appraise.model.kinds import Value
    from appraise.model.outcome import AdjustmentResult
    from appraise.model.problem import Problem
    from appraise.scoring.one import Work
    from appraise.scoring.plan import Plan


@dataclass(frozen=True, slots=True)
class Stretch:
    """One segment of a person: the result of its days alone, of which the parts are those of the person's overall.

    `plan` is None where there is no template, `scored` then has nothing; `share` is what it has of the overall, from 0
    to 1.
    """

    plan: Plan | None
    row: Mapping[str, Value]
    scored: Scored
    share: Fraction


@dataclass(frozen=True, slots=True)
class Whole:
    """A person's result and the segments that it was joined from; its own KRAs, gates and adjustments are empty."""

    scored: Scored
    stretches: tuple[Stretch, ...]

    @property
    def plan(self) -> Plan | None:
        """The template whose scale and labels are the result's: the last one that counts."""
        plans = [stretch.plan for stretch in self.stretches if stretch.plan is not None]
        counted = [stretch.plan for stretch in self.stretches if stretch.plan is not None and stretch.row.get(SHARE)]
        return counted[-1] if counted else plans[-1] if plans else None


def appraised_together(segments: Sequence[tuple[Plan | None, Mapping[str, Value]]]) -> Whole:
    """A person scored on the template of each segment, and the segments joined.

    Args:
        segments: in order the template, None where there is none that can be used, and the row of the input frame.
    """
    works = [None if plan is None else worked(plan, row) for plan, row in segments]
    parts = [_part(work, row) for work, (_, row) in zip(works, segments, strict=True)]
    found = joined(parts)
    stretches = _stretches(works, parts, found, [row for _, row in segments])
    whole = Whole(_result(parts, found, stretches), stretches)
    told = [problem for work in works if work is not None for problem in problems_of(work)]
    problems = dict.fromkeys([*told, *_differing(works, parts, segments)])
    return replace(whole, scored=replace(whole.scored, problems=tuple(problems)))


def _part(work: Work | None, row: Mapping[str, Value]) -> Part:
    """What a segment brings to the join."""
    given = str(row.get("status_reason") or "")
    if work is None:
        template = row.get("template", row.get("role"))
        return unusable(None if template is None else str(template), given)
    plan, roll_up = work.plan, work.roll_up
    exact = sum(roll_up.exact, Fraction(0))
    share = covered(plan, work.codes)
    caps = [
        (judged.cap, gate.gate.id)
        for gate, judged in zip(plan.gates, work.gates, strict=True)
        if gate.kra is None and judged.status == FAIL
    ]
    cap, gate = min(caps, key=lambda pair: pair[0], default=(None, ""))
    return Part(
        share=int(str(row.get(SHARE, 1))),
        given=given,
        scale=plan.role.scale,
        base=None if roll_up.base is None else (exact.numerator, exact.denominator),
        weighs=any(kra_weight(plan, place, kra.held) for place, kra in enumerate(roll_up.kras)),
        bounded=min(max(sum(_points(work)), -plan.limit), plan.limit),
        ends=ends_of(plan),
        coverage=(share.numerator, share.denominator),
        floor=floor_of(plan.role),
        cap=cap,
        gate=gate,
        barred=work.barred,
        open=any(judged.open for judged in work.gates),
    )


def _points(work: Work) -> list[int]:
    """The points of the adjustments, 0 where one does not hold."""
    return [each.points if holds else 0 for each, holds in zip(work.plan.adjustments, work.holds, strict=True)]


def _counts(part: Part) -> bool:
    return bool(part.share and part.weighs and part.scale is not None)


def _stretches(
    works: Sequence[Work | None], parts: Sequence[Part], found: Joined, rows: Sequence[Mapping[str, Value]]
) -> tuple[Stretch, ...]:
    counted = [place for place, part in enumerate(parts) if _counts(part)]
    own, added = _contributions(works, parts, found, counted), _added(works, parts, found, counted)
    stretches = []
    for place, (work, part, row) in enumerate(zip(works, parts, rows, strict=True)):
        share = Fraction(part.share, found.total) if place in counted else Fraction(0)
        scored = (
            _nothing(part) if work is None else _scored(work, part, found, (own.get(place), added.get(place), share))
        )
        stretches.append(Stretch(None if work is None else work.plan, row, scored, share))
    return tuple(stretches)


def _contributions(
    works: Sequence[Work | None], parts: Sequence[Part], found: Joined, counted: Sequence[int]
) -> dict[int, list[int]]:
    """The hundredths that each KPI brings to the person's score, by the place of the segment."""
    if found.base is None:
        return {}
    exact = []
    for place in counted:
        work = works[place]
        share = Fraction(parts[place].share, found.total)
        exact += [part * share for part in (work.roll_up.exact if work is not None else ())]
    plans = [work.plan for place in counted if (work := works[place]) is not None]
    whole = largest_remainder(exact, found.base, ranks_of(*plans))
    return dict(zip(counted, _cut(whole, [_size(works[place]) for place in counted]), strict=True))


def _size(work: Work | None) -> int:
    return 0 if work is None else len(work.plan.kpis)


def _cut(numbers: list[int], sizes: Sequence[int]) -> list[list[int]]:
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    return [numbers[start : start + size] for start, size in zip(starts, sizes, strict=True)]


def _added(
    works: Sequence[Work | None], parts: Sequence[Part], found: Joined, counted: Sequence[int]
) -> dict[int, tuple[list[int], list[bool]]]:
    """The hundredths that each adjustment adds, and whether a limit left less, by the place of the segment."""
    if found.base is None or found.uncapped is None:
        return {}
    points_of = {place: _points(work) for place in counted if (work := works[place]) is not None}
    pairs = [(points_of[place], parts[place]) for place in counted]
    added, limited = added_together(pairs, found.total, found.uncapped - found.base)
    return dict(zip(counted, zip(added, limited, strict=True), strict=True))


def _scored(
    work: Work, part: Part, found: Joined, own: tuple[list[int] | None, tuple[list[int], list[bool]] | None, Fraction]
) -> Scored:
    """The result of one segment, its parts those of the person's overall."""
    plan, (numbers, added, share) = work.plan, own
    known = [None if part is None else number for part, number in zip(work.roll_up.parts, numbers or (), strict=False)]
    roll_up = replace(work.roll_up, parts=tuple(known) if numbers is not None else (None,) * len(plan.kpis))
    told = found.shown and part.base is not None and share > 0
    sight = Sight(work.row, work.capping, shown=found.shown, share=share)
    return Scored(
        status=found.status,
        reason=part.given,
        overall=points(half_up(Fraction(*part.adjusted))) if told else None,
        uncapped=None,
        base=points(half_up(Fraction(*(part.base or (0, 1))))) if told else None,
        indicative=None,
        label=None,
        coverage=work.roll_up.coverage / 100,
        capped_by="",
        kras=kra_scores(plan, work.marks, roll_up, sight),
        gates=gate_results(plan, work.gates),
        adjustments=_adjustments(work, added if found.shown else None),
        problems=(),
    )


def _adjustments(work: Work, added: tuple[list[int], list[bool]] | None) -> tuple[AdjustmentResult, ...]:
    plain = adjustment_results(work.plan, work.adjusting, None)
    if added is None:
        return plain
    return tuple(
        replace(one, added=number / 100, reason="limited" if limited and one.applied else one.reason)
        for one, number, limited in zip(plain, *added, strict=True)
    )


def _nothing(part: Part) -> Scored:
    """A segment without a template that can be used."""
    nothing = (None,) * 5
    return Scored(PersonStatus.NOT_RATED, part.given, *nothing, None, "", (), (), (), ())


def _result(parts: Sequence[Part], found: Joined, stretches: Sequence[Stretch]) -> Scored:
    """The person's result, without the detail."""
    rated = found.status is PersonStatus.RATED
    overall = found.overall if found.shown else None
    scales = [part.scale for part in parts if part.scale is not None and part.share]
    label = label_of(scales[-1], overall) if rated and scales and overall is not None else None
    return Scored(
        found.status,
        found.reason,
        overall=points(overall) if rated else None,
        uncapped=points(found.uncapped) if found.shown else None,
        base=points(found.base) if found.shown else None,
        indicative=None if rated else points(overall),
        label=label,
        coverage=points(found.coverage),
        capped_by=found.capped_by if found.shown else "",
        kras=(),
        gates=tuple(gate for stretch in stretches for gate in stretch.scored.gates),
        adjustments=(),
        problems=(),
    )


def _differing(
    works: Sequence[Work | None], parts: Sequence[Part], segments: Sequence[tuple[Plan | None, Mapping[str, Value]]]
) -> list[Problem]:
    places = scales_differ(parts)
    if joined(parts).reason != SCALES_DIFFER or places is None:
        return []
    first, second = (works[place] for place in places)
    person = str(segments[0][1].get("person") or "")
    return [differing_scales(person, first.plan.role, second.plan.role)] if first and second else []
