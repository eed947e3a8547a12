"""The KPIs of each responsibility area, one row each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.expr.quantiser import quantised
from appraise.model.status import KpiStatus
from appraise.report.days import because_of, counted_over, mean_of_months
from appraise.report.formulas import put_in_with_names
from appraise.report.members import members_in_words
from appraise.report.numbers import DASH, clean, ends_of, with_unit
from appraise.report.pack import Detail, KpiRow, KraBlock
from appraise.report.parts import Mark
from appraise.report.peers import RELATIVE, compared_in_words, drawn_in_words, is_relative, standing_word
from appraise.report.sentences import sentence
from appraise.report.sources import Sources, sources_of
from appraise.report.targets import target_notes
from appraise.report.versions import segment_in_words
from appraise.report.words import NO_DAYS_TARGET, NOT_SCORED, REASONS

if TYPE_CHECKING:
    from appraise.model.outcome import KpiScore, KraScore, Segment
    from appraise.report.material import Material
    from appraise.report.parts import Bullet

LOWER = ", lower is better"
PERCENT_OF_TARGET = "percent_of_target"
HALF_A_HUNDREDTH = 0.005


def detail_of(material: Material) -> Detail:
    """One block per area, in the order of the template."""
    sources = sources_of(material)
    blocks = [
        _block(material, sources, kra, _heading(material, segment) if index == 0 else "")
        for segment in material.appraisal.segments
        for index, kra in enumerate(segment.kras)
    ]
    return Detail(tuple(blocks), material.ruler.level_bands(), _legend(material, blocks), sources.notes)


def _legend(material: Material, blocks: list[KraBlock]) -> str:
    ruler = material.ruler
    if not material.is_scored:
        return "The figures that are there, for information. Nothing is scored; weights are those of the overall."
    span = f"from {ruler.lowest} to {ruler.highest}"
    said = [f"Bars stand on the scale {span}: shades are bands, the thin line the middle; longer is always better."]
    if material.is_dense:
        said.append("Definitions and workings are kept; ask for them.")
    else:
        said.append(f"“Bands from” are the figures at which bands begin; at the first the score is {ruler.lowest}.00.")
    if material.is_brief and not material.is_dense:
        said.append("What each KPI counts is defined in the template.")
    if material.is_rated:
        said.append("A KPI’s word is that of its whole band; the overall’s is that of the rating scale.")
    said.append("Weight and points are those of the overall.")
    if material.is_dense:
        return " ".join(said)
    if any("(" in share for block in blocks for share in (block.share, *(row.share for row in block.rows))):
        said.append("In brackets: the declared weight, where KPIs without a score passed theirs on.")
    return " ".join(said)


def not_scored(material: Material, kpi: KpiScore) -> str:
    """Why a KPI has no score, as a sentence; empty where it has one."""
    if kpi.status is KpiStatus.OK:
        return ""
    why = because_of(REASONS.get(kpi.reason, NOT_SCORED.get(kpi.status, "")), kpi.window)
    if kpi.status in {KpiStatus.INSUFFICIENT_SAMPLE, KpiStatus.MONITOR}:
        why = NOT_SCORED[kpi.status]
    if kpi.status is KpiStatus.NO_TARGET and kpi.level == "person" and not material.appraisal.person.available_days:
        why = NO_DAYS_TARGET
    shown = f" ({kpi.shown})" if kpi.shown else ""
    return sentence(f"not scored: {why}{shown}")


def _heading(material: Material, segment: Segment) -> str:
    if len(material.appraisal.segments) < 2:
        return ""
    return segment_in_words(material.appraisal, segment, material.numbers)


def _block(material: Material, sources: Sources, kra: KraScore, segment: str) -> KraBlock:
    numbers = material.numbers
    score = kra.score if material.is_scored else None
    share = material.weight(kra.effective_weight if score is not None else 0.0, kra.weight)
    note = ""
    if kra.capped_by and kra.uncapped is not None and score is not None:
        held, free = numbers.score(kra.score), numbers.score(kra.uncapped)
        note = f"A rule holds this area at {held}; without it the score is {free}."
    rows = tuple(_row(material, sources, kra, kpi) for kpi in kra.kpis)
    points = DASH if kra.contribution is None or score is None else numbers.score(kra.contribution)
    purpose = "" if material.is_dense else kra.purpose
    return KraBlock(kra.title, purpose, share, numbers.score(score), points, rows, segment, note)


def _row(material: Material, sources: Sources, kra: KraScore, kpi: KpiScore) -> KpiRow:
    numbers, is_dense = material.numbers, material.is_dense
    found = kpi.status is KpiStatus.OK and kpi.score is not None and kpi.band is not None
    scored = found and material.is_scored
    band = _band(material, kpi) if scored else Mark(DASH)
    lacking = NOT_SCORED[KpiStatus.OK if found else KpiStatus.NO_DATA]
    return KpiRow(
        title=kpi.title + (RELATIVE if scored and is_relative(kpi) else ""),
        target=_expected(material, kpi),
        actual=numbers.tight(kpi.value, kpi.unit, kpi.decimals),
        bullet=_bullet(material, kpi, band) if scored else None,
        band=band,
        score=numbers.score(kpi.score) if scored else DASH,
        share=material.weight(kpi.effective_weight, kra.weight * kpi.weight / 100) if scored else DASH,
        points=numbers.score(kpi.contribution) if scored else DASH,
        working="" if is_dense else _working(material, sources, kpi) if scored else _figures(material, sources, kpi),
        definition="" if material.is_brief else sentence(clean(kpi.definition)),
        reason="" if scored else not_scored(material, kpi) or sentence(f"not scored: {lacking}"),
    )


def _band(material: Material, kpi: KpiScore) -> Mark:
    """The number of the band with its word, where tables are dense the word; without a rating the number alone."""
    number = kpi.band or 0
    mark = material.ruler.level(number)
    words = mark.words if material.is_dense else f"{number} {mark.words}"
    return Mark(words, mark.tone, mark.glyph) if material.is_rated else Mark(str(number))


def _bullet(material: Material, kpi: KpiScore, band: Mark) -> Bullet:
    numbers, ruler = material.numbers, material.ruler
    actual = numbers.amount(kpi.value, kpi.unit, kpi.decimals)
    word = f", {ruler.level(kpi.band or 0).words}" if material.is_rated else ""
    reached = f"score {numbers.score(kpi.score)}, band {kpi.band} of {ruler.highest}{word}"
    return ruler.bullet(kpi.score or 0.0, f"{kpi.title}: {actual}, {reached}.", band.tone)


def _expected(material: Material, kpi: KpiScore) -> str:
    """The target, or where the band begins that the middle of the scale has."""
    numbers = material.numbers
    if kpi.target is not None:
        return numbers.amount(kpi.target, kpi.unit, kpi.decimals)
    if kpi.method == PERCENT_OF_TARGET:
        return DASH
    step = material.ruler.middle_level - material.ruler.lowest - 1
    if 0 <= step < len(kpi.starts) and is_relative(kpi):
        return f"{standing_word(kpi)} {numbers.loose(kpi.starts[step])}"
    if 0 <= step < len(kpi.starts) and kpi.attainment is None:
        bound = "up to" if kpi.direction == "lower" else "from"
        return f"{bound} {_with_percent(numbers.loose(kpi.starts[step]), kpi)}"
    if 0 <= step < len(kpi.ranges):
        low, high = kpi.ranges[step]
        return _with_percent(f"{numbers.loose(low)}–{numbers.loose(high)}", kpi)
    return DASH


def _with_percent(number: str, kpi: KpiScore) -> str:
    return f"{number}%" if kpi.unit == "percent" else number


def _working(material: Material, sources: Sources, kpi: KpiScore) -> str:
    numbers = material.numbers
    worked = put_in_with_names(kpi, numbers) or mean_of_months(kpi, numbers)
    count = "" if kpi.sample is None or kpi.members is not None else numbers.loose(kpi.sample)
    sample = f"{count} {'case' if kpi.sample == 1 else 'cases'}" if count and count not in worked else ""
    whose = (_whose(material, kpi), counted_over(kpi, numbers), _meaning(kpi))
    others = (members_in_words(kpi, numbers), drawn_in_words(kpi, numbers), compared_in_words(kpi, numbers))
    parts = (
        worked,
        *others,
        _attained(material, kpi),
        *target_notes(material, kpi),
        _starts(material, kpi),
        sample,
        *whose,
        *kpi.notes,
    )
    return " · ".join(part for part in parts if part) + _letters(sources, kpi)


def _figures(material: Material, sources: Sources, kpi: KpiScore) -> str:
    """The numbers of a KPI that is not scored, and where they come from."""
    numbers = material.numbers
    worked = "" if kpi.value is None else put_in_with_names(kpi, numbers) or mean_of_months(kpi, numbers)
    told = worked or members_in_words(kpi, numbers)
    parts = (told, _whose(material, kpi), counted_over(kpi, numbers), _meaning(kpi))
    return (" · ".join(part for part in parts if part) + _letters(sources, kpi)).strip()


def _letters(sources: Sources, kpi: KpiScore) -> str:
    letters = sources.of(kpi)
    return f" ({letters})" if letters and len(sources.notes) > 1 else ""


def _whose(material: Material, kpi: KpiScore) -> str:
    if kpi.level == "person":
        return ""
    members = material.appraisal.person.team_members if kpi.level == "team" else 0
    counted = f" ({members} {'person' if members == 1 else 'people'})" if members else ""
    return f"figure of the {kpi.level}{counted}"


def _meaning(kpi: KpiScore) -> str:
    """The id of what a plugin's figure means, which tells it from others of the same name."""
    return f"definition {clean(kpi.definition_id)}" if kpi.definition_id else ""


def _attained(material: Material, kpi: KpiScore) -> str:
    """The percent of the target that was reached, and what it was counted as where that is capped."""
    if kpi.attainment is None:
        return ""
    counted = f"{material.numbers.loose(kpi.attainment)}%"
    reached = _reached(kpi)
    if reached <= kpi.attainment + HALF_A_HUNDREDTH:
        return f"{counted} of target"
    return f"{material.numbers.loose(reached)}% of target, counted to {counted}"


def _reached(kpi: KpiScore) -> float:
    """The percent of the target without its cap."""
    if not kpi.target or kpi.value is None:
        return kpi.attainment or 0.0
    share = kpi.value / kpi.target
    return quantised(100.0 * (2.0 - share if kpi.direction == "lower" else share), 2)


def _starts(material: Material, kpi: KpiScore) -> str:
    numbers = material.numbers
    if kpi.ranges:
        spans = " · ".join(f"{numbers.loose(low)}–{numbers.loose(high)}" for low, high in kpi.ranges)
        return f"bands {_bands(material, len(kpi.ranges))} inside {with_unit(spans, kpi.unit)}"
    if not kpi.starts:
        return ""
    if is_relative(kpi):
        listed = " · ".join(numbers.loose(start) for start in kpi.starts)
        return f"bands {_bands(material, len(kpi.starts))} from {standing_word(kpi)} {listed}"
    unit = kpi.unit if kpi.attainment is None else "percent"
    lowest = () if kpi.scores_lowest_at is None else (kpi.scores_lowest_at,)
    starts = (*lowest, *kpi.starts)
    listed = with_unit(" · ".join(ends_of([numbers.loose(start) for start in starts])), unit)
    return f"bands {_bands(material, len(starts))} from {listed}{LOWER if kpi.direction == 'lower' else ''}"


def _bands(material: Material, count: int) -> str:
    """`1–5`: the bands that so many starts belong to."""
    highest = material.ruler.highest
    return f"{highest - count + 1}–{highest}" if count > 1 else f"{highest}"
