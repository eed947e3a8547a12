"""A KPI in the tree of an explanation: its rule, the numbers put in, the bands, and where each number comes from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.text import Text

from appraise.cli.diagnostics import harmless
from appraise.cli.figures import day, percent, score
from appraise.expr.quantiser import quantised
from appraise.model.status import KpiStatus
from appraise.model.window import window_of, without_window
from appraise.report.days import because_of, counted_over, mean_of_months, month_name
from appraise.report.formulas import put_in
from appraise.report.members import members_in_words
from appraise.report.numbers import ends_of, with_unit
from appraise.report.peers import compared_in_words, drawn_in_words, is_relative, own_value, standing_word
from appraise.report.words import NOT_SCORED, REASONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.tree import Tree

    from appraise.model.outcome import Appraisal, KpiScore, Measure, Segment
    from appraise.report.numbers import Numbers

_STAYS_HERE = frozenset({KpiStatus.PENDING, KpiStatus.ERROR})
"""What blocks the person; every other status passes its weight on."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a KPI is read with: the result and segment it is in, and how numbers are written."""

    appraisal: Appraisal
    segment: Segment
    numbers: Numbers

    def measure(self, name: str) -> Measure | None:
        """The input of that name, as formulas write it."""
        return next((measure for measure in self.segment.measures if measure.name == name), None)

    @property
    def heirs(self) -> str:
        """Who takes the weight of an unscored KPI."""
        return "its neighbours" if self.segment.unscored_weight == "siblings" else "everything that is scored"

    def passes_on(self, kpi: KpiScore) -> bool:
        """Whether scored neighbours in the area take over the weight of an unscored KPI."""
        area = next((kra for kra in self.segment.kras if kpi in kra.kpis), None)
        return area is not None and area.score is not None and kpi.status not in _STAYS_HERE


def kpi_branch(tree: Tree, reading: Reading, kpi: KpiScore) -> None:
    """Add a KPI with everything that leads to its score."""
    branch = tree.add(_text(_line(reading, kpi), "" if kpi.status is KpiStatus.OK else "yellow"))
    for line in (*_rule(reading, kpi), *_bands(reading, kpi), *_sample(reading, kpi), *kpi.notes):
        branch.add(_text(line))
    _months(branch, reading, kpi)
    if kpi.next_band is not None:
        branch.add(_text(f"next band: {kpi.next_band.says}", "cyan"))
    of_months = {name for month in kpi.months for name in month.inputs}
    inputs_below(branch, reading, [name for name in kpi.inputs if name not in of_months])


def _months(branch: Tree, reading: Reading, kpi: KpiScore) -> None:
    """Each month of a mean with its value, the numbers put in, and where these come from."""
    numbers = reading.numbers
    for month, step in zip(kpi.months, kpi.steps[0].steps if kpi.months else (), strict=True):
        filled = put_in(replace(kpi, months=(), steps=(step,)), numbers)
        told = "no value"
        if month.value is not None:
            value = numbers.amount(quantised(month.value, kpi.decimals), kpi.unit, kpi.decimals)
            told = f"{value} = {filled}" if filled else value
        inputs_below(branch.add(_text(f"{month_name(month.start, numbers)}: {told}")), reading, month.inputs)


def inputs_below(branch: Tree, reading: Reading, names: Iterable[str]) -> None:
    """What was read, and the rows it was counted from."""
    for name in names:
        measure = reading.measure(name)
        if measure is not None:
            _measure(branch, reading, measure)


def _line(reading: Reading, kpi: KpiScore) -> str:
    if kpi.score is None or kpi.monitor:
        return f"{kpi.title}: {_unscored(reading, kpi)}"
    value = reading.numbers.amount(kpi.value, kpi.unit, kpi.decimals) if kpi.value is not None else "no figure"
    band = "" if kpi.band is None else f", band {kpi.band} of {reading.appraisal.highest}"
    points = "" if kpi.contribution is None else f", {score(kpi.contribution)} points of the overall"
    weight = f"{percent(kpi.weight)} of the area"
    return f"{kpi.title}: {value}{band}, score {score(kpi.score)}, {weight}{points}"


def _unscored(reading: Reading, kpi: KpiScore) -> str:
    if kpi.monitor:
        figure = reading.numbers.amount(kpi.value, kpi.unit, kpi.decimals)
        return f"{figure}, watched only, without weight"
    because = NOT_SCORED.get(kpi.status, kpi.reason.replace("_", " "))
    if kpi.status is not KpiStatus.INSUFFICIENT_SAMPLE:
        because = because_of(REASONS.get(kpi.reason, because), kpi.window)
    shown = f" ({kpi.shown})" if kpi.shown else ""
    weight = f"; its {percent(kpi.weight)} of the area goes to {reading.heirs}" if reading.passes_on(kpi) else ""
    return f"not scored, because {because}{shown}{weight}"


def _rule(reading: Reading, kpi: KpiScore) -> list[str]:
    lines = [f"rule: {kpi.says or kpi.formula}"]
    if kpi.definition:
        lines.insert(0, kpi.definition)
    if kpi.definition_id:
        lines.append(f"definition: {kpi.definition_id}")
    lines += [words for words in (counted_over(kpi, reading.numbers), mean_of_months(kpi, reading.numbers)) if words]
    numbers = put_in(kpi, reading.numbers)
    if numbers and kpi.value is not None:
        lines.append(f"with the numbers: {numbers} = {reading.numbers.amount(own_value(kpi), kpi.unit, kpi.decimals)}")
    lines += [
        words for said in (members_in_words, drawn_in_words, compared_in_words) if (words := said(kpi, reading.numbers))
    ]
    if kpi.target is not None:
        target = reading.numbers.amount(kpi.target, kpi.unit, kpi.decimals)
        reached = "" if kpi.attainment is None else f"; {reading.numbers.plain(kpi.attainment, 2)}% of it is reached"
        lines.append(f"target: {target}{reached}")
    return lines


def _bands(reading: Reading, kpi: KpiScore) -> list[str]:
    """Where the bands begin, in the unit of what is banded."""
    unit = "percent" if kpi.attainment is not None else kpi.unit
    loose = reading.numbers.loose
    first = reading.appraisal.lowest + 1
    if kpi.ranges:
        parts = [
            f"{band} from {with_unit(loose(low), unit)} to {with_unit(loose(high), unit)}"
            for band, (low, high) in enumerate(kpi.ranges, start=first)
        ]
        return [f"bands: {', '.join(parts)}"]
    if not kpi.starts:
        return []
    if is_relative(kpi):
        parts = [f"{band} at {loose(start)}" for band, start in enumerate(kpi.starts, start=first)]
        return [f"bands of the {standing_word(kpi)} begin: {', '.join(parts)} (more is better)"]
    better = "less is better" if kpi.direction == "lower" else "more is better"
    parts = [f"{band} at {with_unit(loose(start), unit)}" for band, start in enumerate(kpi.starts, start=first)]
    return [f"bands begin: {', '.join(ends_of(parts))} ({better})"]


def _sample(reading: Reading, kpi: KpiScore) -> list[str]:
    if kpi.sample_needed is None or kpi.members is not None:
        return []
    sample = "unknown" if kpi.sample is None else reading.numbers.loose(kpi.sample)
    return [f"cases: {sample}; at least {reading.numbers.loose(kpi.sample_needed)} are needed"]


def _measure(tree: Tree, reading: Reading, measure: Measure) -> None:
    if measure.value is None:
        why = REASONS.get(measure.reason, measure.reason.replace("_", " ") or "it has no value")
        because = because_of(why, window_of(measure.name))
        branch = tree.add(_text(f"{without_window(measure.name)}: unknown, because {because}", "yellow"))
    else:
        branch = tree.add(
            _text(f"{without_window(measure.name)} = {reading.numbers.value(measure.value)}{_says(measure)}")
        )
    for note in measure.notes:
        branch.add(_text(note))
    for used in measure.used:
        rows = "row" if used.count == 1 else "rows"
        branch.add(_text(f"{used.file}, {rows} {used.rows} ({used.count:,})", "dim"))


def _says(measure: Measure) -> str:
    parts = [measure.says] if measure.says else [measure.source] if measure.source else []
    if measure.blanks:
        parts.append(f"{measure.blanks:,} left out for a blank cell")
    if measure.definition_id:
        parts.append(f"definition {measure.definition_id}")
    if measure.as_of is not None:
        parts.append(f"as of {day(measure.as_of)}")
    return f": {', '.join(parts)}" if parts else ""


def _text(line: str, style: str = "") -> Text:
    return Text(harmless(line), style=style)
