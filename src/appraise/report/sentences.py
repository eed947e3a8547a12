"""The generated sentences of a pack: about the work, never about the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.model.status import GateStatus, PersonStatus
from appraise.report.gates import allegations
from appraise.report.numbers import clean, hundredths
from appraise.report.policies import MISSING_AS_ZERO
from appraise.report.segments import kpi_in_words
from appraise.report.words import HELD_BACK, NOT_RATED

if TYPE_CHECKING:
    from appraise.model.outcome import GateResult, KpiScore
    from appraise.report.material import Material, Move

SHOWN = 3


def sentences_of(material: Material) -> tuple[str, ...]:
    """Two to four sentences: the state of the result, what went well, what fell short, the change since last time."""
    ups, downs = ups_of(material), downs_of(material)
    sentences = [*state_of(material)]
    if material.moves:
        sentences.append(_well(material, ups))
        sentences.append(_short(material, downs))
    change = change_of(material)
    return tuple([*sentences, change][:4] if change else sentences[:4])


def state_of(material: Material) -> tuple[str, ...]:
    """Why there is no rating, or why the score is capped; nothing for a plain result."""
    appraisal = material.appraisal
    if appraisal.status is PersonStatus.NOT_RATED:
        return (f"There is no rating for this period, because {_because(material)}. What follows is feedback only.",)
    if appraisal.status is PersonStatus.RATED:
        capped = tuple(_capped(material, gate) for gate in deciding_gates(material))[:1]
        return (*_provisional(material), *capped)
    said = " ".join(sentence(clean(problem.message)) for problem in appraisal.problems[:2])
    return (f"The result is held back until a problem is cured. {said}".strip(),)


def _provisional(material: Material) -> tuple[str, ...]:
    reasons = [sentence(reason) for reason in allegations(material.appraisal)]
    return (" ".join(["The rating is provisional: an allegation is open.", *reasons]),) if reasons else ()


def _because(material: Material) -> str:
    """Why there is no rating, with the figures that decide it where they are known."""
    appraisal, numbers = material.appraisal, material.numbers
    card, words = appraisal.person, NOT_RATED.get(appraisal.reason, HELD_BACK)
    if appraisal.reason == "too_new" and card.minimum_days:
        needed = f"a fair rating needs at least {numbers.loose(card.minimum_days)}"
        if not card.available_days:
            days = f"none of the {numbers.loose(card.working_days)} working days was available"
            return f"{days}, and nobody can be measured who was not there; {needed} days"
        there = numbers.loose(card.available_days)
        return f"there were too few available working days: {there} of {numbers.loose(card.working_days)}; {needed}"
    if appraisal.reason == "low_coverage" and appraisal.coverage is not None:
        floor = max((segment.min_coverage for segment in appraisal.segments), default=0.0)
        return f"{words}: {numbers.share(appraisal.coverage)}, where {numbers.share(floor)} is needed"
    return words


def deciding_gates(material: Material) -> tuple[GateResult, ...]:
    """The gates that cap the overall below what the points give."""
    appraisal = material.appraisal
    if appraisal.overall is None or appraisal.uncapped is None or appraisal.overall >= appraisal.uncapped:
        return ()
    gates = [gate for segment in appraisal.segments for gate in segment.gates if gate.status is GateStatus.FAIL]
    named = [gate for gate in gates if gate.id == appraisal.capped_by]
    return tuple(named or [gate for gate in gates if gate.caps == "overall"])


def change_of(material: Material) -> str:
    """The change of the overall since the previous result; empty where the two cannot be compared."""
    previous, figure = material.context.previous, material.appraisal.overall
    if previous is None or previous.overall is None or figure is None or not comparable(material):
        return ""
    before, now = material.numbers.score(previous.overall), material.numbers.score(figure)
    moved = hundredths(figure) - hundredths(previous.overall)
    if not moved:
        return f"Since {previous.period} the overall score has stayed at {now}."
    way = "up" if moved > 0 else "down"
    points = material.numbers.points(abs(moved)).lstrip("+")
    return f"Since {previous.period} the overall score went {way} by {points} points, from {before} to {now}."


def comparable(material: Material) -> bool:
    """Whether a previous result is given and lies on the same scale."""
    previous, ruler = material.context.previous, material.ruler
    return previous is not None and (previous.lowest, previous.highest) == (ruler.lowest, ruler.highest)


def ups_of(material: Material) -> tuple[Move, ...]:
    """The three KPIs above the middle of the scale that raised the score most."""
    middle = material.ruler.middle
    moves = [move for move in material.moves if move.hundredths >= 0 and (move.kpi.score or 0) > middle]
    return tuple(sorted(moves, key=lambda move: -move.hundredths)[:SHOWN])


def downs_of(material: Material) -> tuple[Move, ...]:
    """The three KPIs below the middle of the scale that lowered the score most."""
    middle = material.ruler.middle
    moves = [move for move in material.moves if move.hundredths <= 0 and (move.kpi.score or 0) < middle]
    return tuple(sorted(moves, key=lambda move: move.hundredths)[:SHOWN])


def sentence(text: str) -> str:
    """The text with a capital letter and a full stop."""
    text = " ".join(text.split())
    return text and text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def _well(material: Material, ups: tuple[Move, ...]) -> str:
    if not ups:
        return "No figure stood above the middle of the scale in this period."
    said = f"Went well: {_came_to(material, ups[0].kpi)}."
    if len(ups) > 1:
        said += f" {_came_to(material, ups[1].kpi)}."
    return said


def _short(material: Material, downs: tuple[Move, ...]) -> str:
    if not downs:
        return "No figure stood below the middle of the scale in this period."
    kpi = downs[0].kpi
    step = f" {sentence(kpi.next_band.says)}" if kpi.next_band else ""
    return f"Fell short: {_came_to(material, kpi)}.{step}"


def _came_to(material: Material, kpi: KpiScore) -> str:
    title = kpi_in_words(material.appraisal, kpi, material.numbers)
    if kpi.value is None and kpi.reason == MISSING_AS_ZERO:
        return f"{title} has no figure and counts as zero"
    amount = material.numbers.amount(kpi.value, kpi.unit, kpi.decimals)
    target = material.numbers.amount(kpi.target, kpi.unit, kpi.decimals)
    against = "" if kpi.target is None else f" against a target of {target}"
    band = "" if kpi.band is None else f", band {kpi.band} of {material.ruler.highest}"
    return f"{title} came to {amount}{against}{band}"


def _capped(material: Material, gate: GateResult) -> str:
    score = material.numbers.score
    appraisal = material.appraisal
    held = (
        f"Without this rule the score would be {score(appraisal.uncapped)}; it is held at {score(appraisal.overall)}."
    )
    return f"{sentence(clean(gate.says))} {held} While the cap holds, no figure adds anything."
