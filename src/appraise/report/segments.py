"""How a period with several roles became one result, in words: each stretch, its days, its share and its score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.report.numbers import DASH, clean
from appraise.report.pack import SegmentLine
from appraise.report.versions import segment_in_words
from appraise.report.words import NOT_COUNTED

if TYPE_CHECKING:
    from appraise.model.outcome import Appraisal, KpiScore, KraScore, Segment
    from appraise.report.material import Material
    from appraise.report.numbers import Numbers

SHARE_DECIMALS = 1
"""Decimals of a share in words; the exact one is in the trace."""


def segment_lines(material: Material) -> tuple[SegmentLine, ...]:
    """A row for each stretch; nothing where there was one role all along."""
    appraisal, numbers = material.appraisal, material.numbers
    if len(appraisal.segments) < 2:
        return ()
    return tuple(
        SegmentLine(
            title=clean(segment_in_words(appraisal, segment, numbers)),
            days=DASH if segment.days is None else numbers.loose(segment.days),
            share=numbers.share(segment.share) if segment.share else DASH,
            score=numbers.score(segment.overall),
            note=why_not_counted(segment),
        )
        for segment in appraisal.segments
    )


def why_not_counted(segment: Segment) -> str:
    """Why a stretch does not count in the score, as a sentence; empty where it does."""
    if segment.status == "ok":
        return ""
    because = NOT_COUNTED.get(segment.reason, NOT_COUNTED[""])
    return f"Does not count: {because}."


def stretch_in_words(segment: Segment, numbers: Numbers) -> str:
    """`1 Jul – 14 Aug as Tele Collection Agent, 33 days, 51.2% of the overall: 3.20`."""
    days = "" if segment.days is None else f", {numbers.loose(segment.days)} available days"
    line = f"{numbers.span(segment.start, segment.end)} as {segment.title or 'nothing on record'}{days}"
    if segment.status != "ok":
        return f"{line}. {why_not_counted(segment)}"
    score = "no score" if segment.overall is None else numbers.score(segment.overall)
    return f"{line}, {numbers.plain(segment.share, SHARE_DECIMALS)}% of the overall: {score}"


def joined_in_words(appraisal: Appraisal, numbers: Numbers) -> str:
    """How the stretches make the overall, with the numbers put in; empty where one alone counts or nothing does."""
    counted = [segment for segment in appraisal.segments if segment.overall is not None and segment.share]
    total = appraisal.uncapped
    if len(counted) < 2 or total is None:
        return ""
    parts = [
        f"{numbers.score(segment.overall)} × {numbers.plain(segment.share, SHARE_DECIMALS)}%" for segment in counted
    ]
    return f"joined by available days: {' + '.join(parts)} = {numbers.score(total)}, rounded once at the end"


def areas_that_count(appraisal: Appraisal) -> tuple[KraScore, ...]:
    """The areas of the stretches that count, or of all where none does."""
    return tuple(kra for segment in _counted(appraisal) or appraisal.segments for kra in segment.kras)


def _counted(appraisal: Appraisal) -> tuple[Segment, ...]:
    return tuple(segment for segment in appraisal.segments if segment.status == "ok")


def area_in_words(appraisal: Appraisal, kra: KraScore, numbers: Numbers) -> str:
    """The title of an area: behind it the role where several stretches count, or the days where the role stayed."""
    counted = _counted(appraisal)
    own = next((segment for segment in counted if any(kra is each for each in segment.kras)), None)
    if own is None or len(counted) < 2:
        return kra.title
    alone = [segment.title for segment in counted].count(own.title) == 1
    return f"{kra.title} ({own.title if alone else numbers.span(own.start, own.end)})"


def kpi_in_words(appraisal: Appraisal, kpi: KpiScore, numbers: Numbers) -> str:
    """The title of a KPI, with the days of its stretch where a KPI of that title counts in several."""
    among = [segment for segment in _counted(appraisal) if any(each.title == kpi.title for each in _kpis(segment.kras))]
    own = next((segment for segment in among if any(kpi is each for each in _kpis(segment.kras))), None)
    return kpi.title if own is None or len(among) < 2 else f"{kpi.title} ({numbers.span(own.start, own.end)})"


def _kpis(kras: tuple[KraScore, ...]) -> tuple[KpiScore, ...]:
    return tuple(kpi for kra in kras for kpi in kra.kpis)
