"""A new version of the rules inside a period, in words: `version 2.0.0 from 15 Aug 2026`."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from appraise.model.outcome import Appraisal, Segment
    from appraise.report.numbers import Numbers


def version_begun(appraisal: Appraisal, segment: Segment, numbers: Numbers) -> str:
    """The version and its first day, where the segment began because the rules of the same role changed; else empty."""
    before = next((one for one, other in pairwise(appraisal.segments) if other is segment), None)
    if before is None or before.role != segment.role or before.template_version == segment.template_version:
        return ""
    return f"version {segment.template_version} from {numbers.day(_first_day(segment))}"


def segment_in_words(appraisal: Appraisal, segment: Segment, numbers: Numbers) -> str:
    """`Tele Collection Agent, 15 Aug – 30 Sep 2026, version 2.0.0 from 15 Aug 2026`."""
    days = numbers.span(segment.start, segment.end)
    return ", ".join(part for part in (segment.title, days, version_begun(appraisal, segment, numbers)) if part)


def _first_day(segment: Segment) -> date:
    """The day from which the version counts; a segment begins later where the person was away on that day."""
    try:
        return date.fromisoformat(segment.effective)
    except ValueError:
        return segment.start
