"""Which records were left out of which figures, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.model.window import window_of
from appraise.report.days import span_of
from appraise.report.numbers import clean
from appraise.report.sources import BEFORE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.model.outcome import Measure
    from appraise.report.material import Material

SHOWN_PLACES = 3
SHOWN_TITLES = 3


def left_out(material: Material) -> Iterator[str]:
    """A sentence for each source of which records were left out, in the period or in the one before."""
    groups: dict[str, list[Measure]] = {}
    for segment in material.appraisal.segments:
        for measure in segment.measures:
            if measure.blanks:
                groups.setdefault(f"{measure.source}{_when(material, measure)}", []).append(measure)
    for source, measures in groups.items():
        yield _said(material, source, measures)


def _when(material: Material, measure: Measure) -> str:
    """Of which days the records are, where they are not those of the whole period."""
    window = window_of(measure.name)
    if window is not None:
        return f" of {span_of(window, material.numbers)}"
    return " of the period before" if measure.name.startswith(BEFORE) else ""


def _said(material: Material, source: str, measures: list[Measure]) -> str:
    count = max(measure.blanks for measure in measures)
    names = {measure.name for measure in measures}
    titles = [f"“{kpi.title}”" for kpi in material.kpis if names & set(kpi.inputs)]
    whose = f" of {' and '.join(titles)}" if titles else ""
    if len(titles) > SHOWN_TITLES:
        whose = f" of {len(titles)} KPIs"
    records = "record was" if count == 1 else "records were"
    said = f"{material.numbers.plain(count, 0)} {records} left out{whose} ({clean(source)})"
    return f"{said}: a cell {_why(material, measures, count)}."


def _why(material: Material, measures: list[Measure], count: int) -> str:
    """Blank; or, where cells of the files could not be read, that this may be why, and where they stand."""
    files = {used.file for measure in measures for used in measure.used}
    places = material.appraisal.unreadable
    unread = [place for place in places if not files or {place, place.partition(":")[0]} & files]
    if not unread:
        return "was blank"
    shown = ", ".join(unread[:SHOWN_PLACES]) + (" and more" if len(unread) > SHOWN_PLACES else "")
    blank = "" if len(unread) == count else "was blank or "
    return f"{blank}could not be read, see {shown}"
