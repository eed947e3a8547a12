"""How the result was worked out: the rules in words with this person's numbers put in."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from appraise.model.status import GateStatus, PersonStatus
from appraise.report.formulas import condition_in_words, name_in_words
from appraise.report.gates import severity_in_words
from appraise.report.numbers import DASH, clean, hundredths, shortened
from appraise.report.pack import Check, Working
from appraise.report.parts import Fact, Mark
from appraise.report.policies import policies_said, rounding_said, unscored_said
from appraise.report.scale import GLYPHS
from appraise.report.sentences import sentence
from appraise.report.sources import Sources, sources_of
from appraise.report.waterfall import Waterfall, waterfall_of
from appraise.report.words import GATES

if TYPE_CHECKING:
    from appraise.model.outcome import AdjustmentResult, GateResult, KpiScore, Measure, Segment
    from appraise.report.material import Material

SHOWN_HASH = 16
LONGEST_ROWS = 30


def working_of(material: Material) -> Working:
    """Everything between the figures and the proposed rating."""
    waterfall, sources = waterfall_of(material), sources_of(material)
    segments = material.appraisal.segments
    return Working(
        rules=_rules(material, waterfall),
        steps=waterfall.steps,
        axis=waterfall.axis,
        steps_note="" if waterfall.steps else "There is no score, so there are no points and no steps to show.",
        gates=tuple(_gate(material, sources, segment, gate) for segment in segments for gate in segment.gates),
        adjustments=tuple(_adjustment(material, one) for segment in segments for one in segment.adjustments),
        labels=_labels(material),
        result_title="Rating" if material.context.is_final else "Proposed rating",
        result=_result(material),
        template=tuple(fact for segment in segments for fact in _template(segment)),
    )


def _rules(material: Material, waterfall: Waterfall) -> tuple[str, ...]:
    if not material.moves:
        return ()
    middle = material.numbers.score(material.ruler.middle)
    each = "area" if waterfall.by_area else "KPI"
    return (
        "Each figure is rounded as printed, then placed between the starts of its bands; a whole band is 1.00.",
        _example(material),
        f"The steps start at the middle of the scale, {middle}, and show what each {each} added or took away.",
        f"{unscored_said(material.appraisal)} {_coverage(material)}".rstrip(),
        rounding_said(material.appraisal),
        *(sentence(said) for said in policies_said(material.appraisal)),
    )


def _example(material: Material) -> str:
    """Score times weight for the heaviest KPI whose product needs no correction to add up."""
    numbers = material.numbers
    kpis = sorted((move.kpi for move in material.moves), key=lambda kpi: -kpi.effective_weight)
    plain = next((kpi for kpi in kpis if _product(kpi) == hundredths(kpi.contribution or 0)), None)
    shown = "" if plain is None else f", as in “{plain.title}”: {_equation(material, plain)}"
    total = sum(hundredths(kpi.contribution or 0) for kpi in kpis)
    added = numbers.points(total).lstrip("+")
    return f"Points are score × weight{shown}. Those of all {len(kpis)} scored KPIs add up to {added}."


def _equation(material: Material, kpi: KpiScore) -> str:
    numbers = material.numbers
    return f"{numbers.score(kpi.score)} × {numbers.share(kpi.effective_weight)} = {numbers.score(kpi.contribution)}"


def _product(kpi: KpiScore) -> int:
    product = hundredths(kpi.score or 0) * Decimal(str(kpi.effective_weight)) / 100
    return int(product.to_integral_value(ROUND_HALF_UP))


def _coverage(material: Material) -> str:
    coverage = material.appraisal.coverage
    if coverage is None:
        return ""
    needed = max((segment.min_coverage for segment in material.appraisal.segments), default=0.0)
    share = material.numbers.share
    return f"Scored: {share(coverage)} of the weight; needed: {share(needed)}."


def _gate(material: Material, sources: Sources, segment: Segment, gate: GateResult) -> Check:
    words, evidence = GATES[gate.status], _evidence(material, sources, segment, gate)
    says = sentence(clean(gate.says)) + (f" {sentence(clean(gate.says_open))}" if gate.open else "")
    is_open = "; an allegation is open" if gate.open else ""
    if gate.status is GateStatus.FAIL:
        scope = "the overall score" if gate.caps == "overall" else "its area"
        held = f"{words}: holds {scope} at {material.numbers.score(gate.cap_at)}{is_open}"
        return Check(says, Mark(held, "down", GLYPHS["down"]), evidence)
    return Check(says, Mark(f"{words}{is_open}"), evidence)


def _evidence(material: Material, sources: Sources, segment: Segment, gate: GateResult) -> str:
    """The condition in words, and each figure that it read with its rows."""
    if gate.status is GateStatus.NOT_APPLICABLE or not gate.steps:
        return ""
    measures = {measure.name: measure for measure in segment.measures}
    read = [measures[name] for name in gate.inputs if name in measures]
    found = [_figure(material, measure, named=len(read) > 1) for measure in read]
    letters = sources.of(gate)
    source = f" ({letters})" if letters and len(sources.notes) > 1 else ""
    is_breach = gate.status in {GateStatus.FAIL, GateStatus.UNKNOWN}
    source += f"; severity {severity_in_words(gate)}" if gate.caps_by_severity and is_breach else ""
    here = f"; here {', '.join(found)}" if found else ""
    return clean(sentence(f"condition: {condition_in_words(gate.condition, gate.steps)}{here}{source}"))


def _figure(material: Material, measure: Measure, *, named: bool) -> str:
    value = "unknown" if measure.value is None else material.numbers.value(measure.value)
    name = f"{name_in_words(measure.name)} " if named else ""
    used = next(iter(measure.used), None)
    if used is None:
        return name + value
    rows = f"{'row' if used.rows.isdigit() else 'rows'} {shortened(used.rows, LONGEST_ROWS)}"
    return f"{name}{value} ({used.file}, {rows})"


def _adjustment(material: Material, adjustment: AdjustmentResult) -> Check:
    if not adjustment.applied:
        return Check(sentence(clean(adjustment.says)), Mark("not applied"))
    added = hundredths(adjustment.added)
    tone = "up" if added > 0 else "down"
    return Check(sentence(clean(adjustment.says)), Mark(f"{material.numbers.points(added)} points", tone, GLYPHS[tone]))


def _labels(material: Material) -> tuple[Fact, ...]:
    """The words of the scale with their spans; none where nobody is rated by them."""
    if not material.is_rated:
        return ()
    labels, numbers = material.ruler.labels, material.numbers
    ends = [hundredths(label.start) - 1 for label in labels[1:]] + [100 * material.ruler.highest]
    return tuple(
        Fact(label.label, f"{numbers.loose(label.start)}–{numbers.points(end).lstrip('+')}")
        for label, end in zip(labels, ends, strict=True)
    )


def _result(material: Material) -> str:
    appraisal, score, decision = material.appraisal, material.numbers.score, material.context.decision
    if decision is not None:
        by = " ".join(f"{word} {part}" for word, part in (("by", decision.decided_by), ("on", decision.on)) if part)
        return sentence(f"decided: “{decision.label}” {by}") + (
            f" {sentence(decision.reason)}" if decision.reason else ""
        )
    if appraisal.status is not PersonStatus.RATED or appraisal.overall is None:
        return "No rating is proposed for this period."
    said = f"The score of {score(appraisal.overall)} lies in the span of “{appraisal.label}”."
    if material.context.is_final:
        return f"{said} A named person has decided on the rating."
    return f"{said} It is a proposal until a named person decides."


def _template(segment: Segment) -> tuple[Fact, ...]:
    facts = [
        Fact("Template", f"{segment.title}, version {segment.template_version}"),
        Fact("File", segment.template_file),
        Fact("SHA-256", segment.template_sha256[:SHOWN_HASH] or DASH),
    ]
    if segment.effective:
        facts.append(Fact("In force from", segment.effective))
    if segment.approved_by:
        facts.append(Fact("Approved by", segment.approved_by))
    return tuple(facts)
