"""People with several segments as appraisals: the whole result, and each stretch of the period with its share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from appraise.expr.quantiser import quantised
from appraise.model.outcome import Appraisal, ScaleLabel, Segment
from appraise.model.scale import FIVE_POINT
from appraise.scoring.one import segment_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appraise.model.outcome import Measure, PersonCard
    from appraise.model.period import Period
    from appraise.scoring.one_joined import Stretch, Whole

OK, NOT_SCORED = "ok", "not_scored"
"""Whether a segment has a score of its own that counts."""


def joined_appraisal(whole: Whole, card: PersonCard, period: Period, segments: Sequence[Segment]) -> Appraisal:
    """The whole appraisal of a person whose segments were joined."""
    scored, plan = whole.scored, whole.plan
    scale = FIVE_POINT if plan is None else plan.role.scale
    labels = sorted(scale.labels, key=lambda label: label.start)
    return Appraisal(
        person=card,
        period=period.id,
        period_start=period.start,
        period_end=period.end,
        status=scored.status,
        reason=scored.reason,
        overall=scored.overall,
        uncapped=scored.uncapped,
        indicative=scored.indicative,
        label=scored.label,
        coverage=scored.coverage,
        lowest=scale.lowest,
        highest=scale.highest,
        labels=tuple(ScaleLabel(label.label, label.start) for label in labels),
        segments=tuple(segments),
        problems=scored.problems,
        base=scored.base,
        capped_by=scored.capped_by,
        provisional=scored.provisional,
    )


def joined_segment(stretch: Stretch, measures: Sequence[Measure]) -> Segment:
    """One stretch of a person's period, with what it has of the overall."""
    row: Any = stretch.row
    days = row["start"], row["end"]
    segment = (
        _without_template(row) if stretch.plan is None else segment_of(stretch.plan, stretch.scored, days, measures)
    )
    return replace(
        segment,
        share=quantised(float(100 * stretch.share), 4),
        days=row["available_days"],
        status=OK if stretch.share > 0 else NOT_SCORED,
        reason=stretch.scored.reason,
        coverage=stretch.scored.coverage,
        base=stretch.scored.base,
        overall=stretch.scored.overall,
    )


def _without_template(row: Any) -> Segment:
    """A stretch in a job without a template, or whose template cannot be used."""
    title = row["role_title"] or row["role"] or ""
    return Segment(row["role"] or "", title, "", "", "", row["start"], row["end"], ())
