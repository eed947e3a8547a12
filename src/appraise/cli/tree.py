"""One person's result as a tree: overall, KRAs, gates and adjustments, each from what it was made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from rich.tree import Tree

from appraise.cli.diagnostics import harmless
from appraise.cli.figures import percent, score
from appraise.cli.tree_kpi import Reading, inputs_below, kpi_branch
from appraise.model.period import Period
from appraise.model.status import GateStatus, PersonStatus
from appraise.report.gates import allegations, severity_in_words
from appraise.report.numbers import numbers_for
from appraise.report.policies import policies_said
from appraise.report.segments import joined_in_words, stretch_in_words
from appraise.report.versions import segment_in_words
from appraise.report.words import GATES, HELD_BACK, NOT_RATED

if TYPE_CHECKING:
    from appraise.model.outcome import AdjustmentResult, Appraisal, GateResult, KraScore, Segment


def explanation_tree(appraisal: Appraisal, kpi: str = "") -> Tree:
    """The way of a result, from the rating down to the rows of the files, to be read aloud.

    Args:
        appraisal: the whole result.
        kpi: show only the KPI with this id; the empty text for all.
    """
    period = Period(appraisal.period, appraisal.period_start, appraisal.period_end)
    person = appraisal.person
    who = f"{person.name} ({person.id})" if person.name else person.id
    tree = Tree(_text(f"{who}, {period.title}", "bold"), guide_style="dim")
    if not kpi:
        _overall(tree, appraisal)
    for segment in appraisal.segments:
        _segment(tree, appraisal, segment, kpi)
    return tree


def kpi_ids(appraisal: Appraisal) -> tuple[str, ...]:
    """The ids of every KPI in the result."""
    return tuple(kpi.id for segment in appraisal.segments for kra in segment.kras for kpi in kra.kpis)


def _overall(tree: Tree, appraisal: Appraisal) -> None:
    branch = tree.add(_text(_verdict(appraisal), "bold"))
    if appraisal.decision is not None:
        made = appraisal.decision
        because = f": {made.reason}" if made.reason else ""
        branch.add(_text(f"final: {made.label}, decided by {made.decided_by} on {made.on}{because}", "bold"))
    if appraisal.coverage is not None:
        floor = min((segment.min_coverage for segment in appraisal.segments), default=0.0)
        branch.add(_text(f"{percent(appraisal.coverage)} of the weight could be scored; {percent(floor)} is needed"))
    for said in policies_said(appraisal):
        branch.add(_text(said, "yellow"))
    _sum(branch, appraisal)
    if appraisal.capped_by and appraisal.overall != appraisal.uncapped:
        branch.add(_text(f"without the gate '{appraisal.capped_by}' it would be {score(appraisal.uncapped)}", "yellow"))
    for reason in allegations(appraisal):
        branch.add(_text(f"provisional: an allegation is open. {reason}", "yellow"))
    for problem in appraisal.problems:
        branch.add(_text(f"problem: {problem.message}", "red"))


def _verdict(appraisal: Appraisal) -> str:
    if appraisal.status is PersonStatus.RATED:
        proposed = "" if appraisal.decision else " (a proposal until a named person decides)"
        label = f": {appraisal.label}{proposed}" if appraisal.label else ""
        return f"overall {score(appraisal.overall)} of {appraisal.highest}{label}"
    if appraisal.status is PersonStatus.NOT_RATED:
        because = NOT_RATED.get(appraisal.reason, appraisal.reason.replace("_", " ") or HELD_BACK)
        figure = f"; what could be scored comes to {score(appraisal.indicative)}" if appraisal.indicative else ""
        return f"not rated, because {because}{figure}"
    return "no result: it is held back until a problem is cured"


def _sum(branch: Tree, appraisal: Appraisal) -> None:
    """The points that add up to the overall, or the segments that were joined to it."""
    if len(appraisal.segments) > 1:
        numbers = numbers_for("en")
        lines = [stretch_in_words(segment, numbers) for segment in appraisal.segments]
        for line in filter(None, [*lines, joined_in_words(appraisal, numbers)]):
            branch.add(_text(line))
    if len(appraisal.segments) != 1 or appraisal.overall is None:
        return
    segment = appraisal.segments[0]
    points = [score(kra.contribution) for kra in segment.kras if kra.contribution is not None]
    added = [f"{adjustment.added:+.2f}" for adjustment in segment.adjustments if adjustment.applied]
    total = score(appraisal.uncapped if appraisal.uncapped is not None else appraisal.overall)
    if points:
        branch.add(_text(f"{' + '.join(points)}{''.join(f' {part[0]} {part[1:]}' for part in added)} = {total} points"))


def _segment(tree: Tree, appraisal: Appraisal, segment: Segment, kpi: str) -> None:
    reading = Reading(appraisal, segment, numbers_for("en"))
    branch = tree
    if len(appraisal.segments) > 1 or kpi:
        branch = tree.add(_text(segment_in_words(appraisal, segment, reading.numbers), "bold"))
    for kra in segment.kras:
        _kra(branch, reading, kra, kpi)
    if kpi:
        return
    for gate in segment.gates:
        _gate(branch, reading, gate)
    for adjustment in segment.adjustments:
        branch.add(_text(_adjustment(adjustment)))
    if not segment.template_file:
        return
    branch.add(_text(f"rules: {segment.template_file}, version {segment.template_version}", "dim"))


def _kra(tree: Tree, reading: Reading, kra: KraScore, kpi: str) -> None:
    chosen = [found for found in kra.kpis if kpi in {"", found.id}]
    if not chosen:
        return
    branch = tree.add(_text(_kra_line(kra), "bold"))
    for found in chosen:
        kpi_branch(branch, reading, found)


def _kra_line(kra: KraScore) -> str:
    weight = f"weight {percent(kra.weight)}"
    if kra.score is None:
        return f"{kra.title}: not scored, its {weight} goes to the other areas"
    if kra.effective_weight != kra.weight:
        weight += f", here {percent(kra.effective_weight)}"
    points = "" if kra.contribution is None else f", {score(kra.contribution)} points of the overall"
    capped = ""
    if kra.capped_by and kra.uncapped is not None:
        capped = f" (held down by the gate '{kra.capped_by}', {score(kra.uncapped)} without it)"
    return f"{kra.title}: {score(kra.score)}{capped}, {weight}{points}"


def _gate(tree: Tree, reading: Reading, gate: GateResult) -> None:
    styles = {GateStatus.FAIL: "red", GateStatus.UNKNOWN: "yellow"}
    what = "the overall" if gate.caps == "overall" else f"'{gate.caps.removeprefix('kra.')}'"
    held = f"; holds {what} at {score(gate.cap_at)} at most" if gate.status is GateStatus.FAIL else ""
    reason = f" ({gate.reason.replace('_', ' ')})" if gate.reason else ""
    line = f"gate '{gate.id}': {GATES[gate.status]}{reason}{held}. {gate.says}"
    branch = tree.add(_text(line, styles.get(gate.status, "")))
    branch.add(_text(f"rule: {gate.condition}"))
    if gate.caps_by_severity:
        branch.add(_text(f"severity {severity_in_words(gate)}; it is {gate.severity_condition}"))
    if gate.open:
        line = f"an allegation is open, which caps nothing: {gate.open_condition}. {gate.says_open}"
        branch.add(_text(line, "yellow"))
    if gate.open or gate.status in styles:
        inputs_below(branch, reading, gate.inputs)


def _adjustment(adjustment: AdjustmentResult) -> str:
    if adjustment.applied:
        return f"adjustment '{adjustment.id}': {adjustment.added:+.2f} points. {adjustment.says}"
    reason = f" ({adjustment.reason.replace('_', ' ')})" if adjustment.reason else ""
    return f"adjustment '{adjustment.id}': does not apply{reason}. {adjustment.says}"


def _text(line: str, style: str = "") -> Text:
    return Text(harmless(line), style=style)
