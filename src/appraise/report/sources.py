"""Where the numbers of a pack come from, as lettered notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.model.window import window_of, without_window
from appraise.report.days import is_matured, span_of
from appraise.report.numbers import clean
from appraise.report.pack import SourceNote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.model.outcome import GateResult, KpiScore, Measure
    from appraise.report.material import Material

SHOWN_FILES = 3
BEFORE = "prev."
"""What the names of figures of the period before begin with."""

TARGET = "target."
"""What stands in the names of targets; those of a team are not counted row by row."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Sources:
    """The notes, and the letters of the sources by the name of a measure."""

    notes: tuple[SourceNote, ...]
    letters: Mapping[str, str]

    def of(self, thing: KpiScore | GateResult) -> str:
        """The letters of the sources of a KPI or gate: `a, c`."""
        return ", ".join(sorted({self.letters[name] for name in thing.inputs if name in self.letters}))


def sources_of(material: Material) -> Sources:
    """One note per source that a KPI or gate used, in the order in which they are used; a letter marks it in its rows.

    Where the tables are too dense for their workings nothing refers to a letter, so there are none.
    """
    measures = {measure.name: measure for segment in material.appraisal.segments for measure in segment.measures}
    by_source: dict[str, list[Measure]] = {}
    gates = (gate for segment in material.appraisal.segments for gate in segment.gates)
    read = [*(name for kpi in material.kpis for name in kpi.inputs), *(name for gate in gates for name in gate.inputs)]
    for measure in (measures[name] for name in read if name in measures):
        if measure.source and not measure.name.startswith("person."):
            by_source.setdefault(measure.source, []).append(measure)
    letter = {source: "" if material.is_dense else _letter(index) for index, source in enumerate(by_source)}
    notes = tuple(SourceNote(letter[source], _note(material, source, used)) for source, used in by_source.items())
    named = {name: letter[m.source] for name, m in measures.items() if letter.get(m.source)}
    return Sources(notes, named)


def _letter(index: int) -> str:
    return LETTERS[index] if index < len(LETTERS) else f"a{index}"


def _note(material: Material, source: str, measures: list[Measure]) -> str:
    ours = [measure for measure in measures if not measure.name.startswith(BEFORE)]
    earlier_days = [measure for measure in ours if is_matured(measure)]
    now = [measure for measure in ours if not is_matured(measure)]
    before = [measure for measure in measures if measure.name.startswith(BEFORE)]
    files = list(dict.fromkeys(rows.file for measure in now or earlier_days or before for rows in measure.used))
    more = f" and {len(files) - SHOWN_FILES} more" if len(files) > SHOWN_FILES else ""
    listed = f" ({', '.join(files[:SHOWN_FILES])}{more})" if files else ""
    dates = [measure.as_of for measure in ours if measure.as_of]
    as_of = f", as of {material.numbers.day(max(dates))}" if dates else ""
    is_told = any(measure.rows or TARGET not in measure.name for measure in now)
    counted = f", {_records(material, now)}" if is_told else ""
    earlier = "".join(f", {_records(material, group)} over {days}" for days, group in _by_days(material, earlier_days))
    earlier += f", {_records(material, before)} in the period before" if before else ""
    missing = {"source_missing": ", not delivered", "stale": ", out of date"}
    state = next((missing[measure.reason] for measure in measures if measure.reason in missing), "")
    return clean(f"{source}{listed}{'' if state else counted}{as_of}{earlier}{state}")


def _by_days(material: Material, measures: list[Measure]) -> list[tuple[str, list[Measure]]]:
    """The measures by the days that they were counted over, in words."""
    windows = [(window_of(measure.name), measure) for measure in measures]
    days = [(span_of(window, material.numbers), measure) for window, measure in windows if window]
    return [(words, [one for each, one in days if each == words]) for words in dict.fromkeys(each for each, _ in days)]


def _records(material: Material, measures: list[Measure]) -> str:
    of_months: dict[str, int] = {}
    for measure in measures:
        mark = measure.name.removeprefix(without_window(measure.name))
        of_months[mark] = max(measure.rows, of_months.get(mark, 0))
    rows = max(of_months.pop("", 0), sum(of_months.values()))
    return f"{material.numbers.plain(rows, 0) if rows else 'no'} {'record' if rows == 1 else 'records'}"
