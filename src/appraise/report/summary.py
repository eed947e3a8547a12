"""Page one: the quarter on one page."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from appraise.model.status import KpiStatus
from appraise.report.left_out import left_out
from appraise.report.numbers import DASH, clean, hundredths
from appraise.report.pack import Identity, KraLine, Mover, MoverPair, Overall, Summary
from appraise.report.parts import Fact, Mark
from appraise.report.policies import MISSING_AS_ZERO, policies_said
from appraise.report.scale import GLYPHS
from appraise.report.segments import area_in_words, areas_that_count, kpi_in_words, segment_lines
from appraise.report.sentences import SHOWN, comparable, deciding_gates, downs_of, sentence, sentences_of, ups_of
from appraise.report.versions import segment_in_words

if TYPE_CHECKING:
    from appraise.model.outcome import KraScore, Measure, Segment
    from appraise.report.material import Material, Move

LINE, LINES_FREE, LINES_PER_AREA = 100, 22, 1.4
"""Characters of a line, lines that page one has free for the manager's words and the areas, lines of an area."""

NOTABLE_CHANGE = 50
"""From how many hundredths on a change since last time gets an arrow: half a band."""


def identity_of(material: Material) -> Identity:
    """The strip at the head of the pack."""
    appraisal, numbers = material.appraisal, material.numbers
    card = appraisal.person
    days = f"{numbers.loose(card.available_days)} of {numbers.loose(card.working_days)} working days"
    if appraisal.reason == "too_new" and card.minimum_days:
        days += f"; {numbers.loose(card.minimum_days)} needed"
    facts = [
        Fact("Employee id", clean(card.id)),
        Fact("Manager", card.manager_name or clean(card.manager) or DASH),
        Fact("Team", clean(" · ".join(part for part in (card.team, card.site) if part)) or DASH),
        Fact("Available", days),
        Fact("Template", "; ".join(_template(segment) for segment in appraisal.segments) or DASH),
        Fact("Status", "Final" if material.context.is_final else "Draft, for the conversation"),
    ]
    if any((one.start, one.end) != (appraisal.period_start, appraisal.period_end) for one in appraisal.segments):
        facts.append(Fact("Role", "; ".join(_stretch(material, segment) for segment in appraisal.segments)))
    period = f"{clean(appraisal.period)} · {numbers.span(appraisal.period_start, appraisal.period_end)}"
    return Identity(card.name, _role(material), period, "Final" if material.context.is_final else "Draft", tuple(facts))


def summary_of(material: Material) -> Summary:
    """All of page one below the strip."""
    card = material.appraisal.person
    kras = tuple(_line(material, kra) for kra in areas_that_count(material.appraisal)) if material.is_scored else ()
    return Summary(
        sentences=sentences_of(material),
        manager=card.manager_name or "the manager",
        paragraph=tuple(clean(text) for text in material.context.notes.get("paragraph", ())),
        overall=_overall(material),
        kras=kras,
        change_note=_change_note(material),
        shows_change=any(line.change.words != DASH for line in kras),
        bands=material.ruler.label_bands(),
        movers=_movers(material),
        movers_note=_movers_note(material),
        notice=_notice(material),
        is_long=_is_long(material),
        segments=segment_lines(material),
    )


def _is_long(material: Material) -> bool:
    """Whether the page overflows with a cap or what people wrote and the areas, or has room to spare without scores."""
    several = len(material.appraisal.segments) > 1
    if several or not material.is_scored or deciding_gates(material) or material.appraisal.provisional:
        return True
    written = sum(len(text) // LINE + 1 + text.count("\n") for text in material.context.notes.get("paragraph", ()))
    return written + LINES_PER_AREA * len(material.kras) > LINES_FREE


def _role(material: Material) -> str:
    """The job title; where the company has none, what the templates are called."""
    titles = dict.fromkeys(segment.title for segment in material.appraisal.segments)
    return clean(material.appraisal.person.role_title or ", ".join(titles)) or "No role on record"


def _stretch(material: Material, segment: Segment) -> str:
    return segment_in_words(material.appraisal, segment, material.numbers)


def _template(segment: Segment) -> str:
    return f"{segment.title} {segment.template_version}"


def _overall(material: Material) -> Overall:
    figure, ruler, numbers = material.figure, material.ruler, material.numbers
    scale = f"on a scale from {ruler.lowest} to {ruler.highest}"
    if figure is None:
        return Overall(DASH, scale, "", (), None, ruler.label_bands(), ())
    score = numbers.score(figure)
    if not material.is_rated:
        bullet = ruler.bullet(figure, f"Indicative score {score} {scale}.")
        return Overall(score, scale, "", ("An indication only, not a rating.",), bullet, ruler.label_bands(), ())
    bullet = ruler.bullet(figure, f"Overall score {score} {scale}, in the span of “{ruler.word(figure)}”.")
    return Overall(score, scale, _rating(material), (), bullet, ruler.label_bands(), ruler.label_ticks())


def _rating(material: Material) -> str:
    """The word of the rating, and whether it is more than a proposal."""
    decision = material.context.decision
    word = decision.label if decision is not None else material.appraisal.label
    if not word:
        return ""
    open_yet = ", provisional" if material.appraisal.provisional else ""
    return f"{'Rating' if material.context.is_final else 'Proposed rating'}{open_yet}: {clean(word)}"


def _line(material: Material, kra: KraScore) -> KraLine:
    numbers, ruler = material.numbers, material.ruler
    share = material.weight(kra.effective_weight if kra.score is not None else 0.0, kra.weight)
    title = area_in_words(material.appraisal, kra, material.numbers)
    if kra.score is None:
        reason = "Not scored; its weight went to the other areas." if material.moves else "Not scored."
        return KraLine(title, share, None, DASH, Mark(DASH), reason)
    says = f"{title}: score {numbers.score(kra.score)} on a scale from {ruler.lowest} to {ruler.highest}."
    return KraLine(title, share, ruler.bullet(kra.score, says), numbers.score(kra.score), _change(material, kra))


def _change(material: Material, kra: KraScore) -> Mark:
    previous = material.context.previous
    before = previous.kras.get(kra.id) if previous and comparable(material) else None
    if before is None or kra.score is None:
        return Mark(DASH)
    moved = hundredths(kra.score) - hundredths(before)
    tone = "up" if moved >= NOTABLE_CHANGE else "down" if moved <= -NOTABLE_CHANGE else "even"
    return Mark(material.numbers.points(moved) if moved else "0.00", tone, GLYPHS[tone])


def _change_note(material: Material) -> str:
    previous = material.context.previous
    if previous is None:
        return "No earlier result was given, so no change is shown."
    if not comparable(material):
        return f"The result of {previous.period} lies on another scale, so no change is shown."
    return f"Change since {previous.period}; ▲ and ▼ mark half a band or more."


def _movers(material: Material) -> tuple[MoverPair, ...]:
    ups = [_mover(material, move) for move in ups_of(material)]
    downs = [*_caps(material), *(_mover(material, move) for move in downs_of(material))][:SHOWN]
    nobody = Mover("", Mark(""))
    return tuple(MoverPair(up, down) for up, down in zip_longest(ups, downs, fillvalue=nobody))


def _caps(material: Material) -> list[Mover]:
    """The cap that holds the overall, as what lowered it; its reason stands in the first sentence."""
    appraisal = material.appraisal
    points = material.numbers.points(hundredths(appraisal.overall or 0) - hundredths(appraisal.uncapped or 0))
    return [
        Mover(f"The cap at {material.numbers.score(gate.cap_at)}", Mark(points, "down", GLYPHS["down"]))
        for gate in deciding_gates(material)[:1]
    ]


def _mover(material: Material, move: Move) -> Mover:
    tone = "up" if move.hundredths > 0 else "down" if move.hundredths else "even"
    points = material.numbers.points(move.hundredths) if move.hundredths else "0.00"
    title = kpi_in_words(material.appraisal, move.kpi, material.numbers)
    return Mover(title, Mark(points, tone, GLYPHS[tone]))


def _movers_note(material: Material) -> str:
    if not material.moves:
        return ""
    middle = material.numbers.score(material.ruler.middle)
    return f"In points of the overall score, against the middle of the scale, {middle}."


def _notice(material: Material) -> tuple[str, ...]:
    kpis = [kpi for kpi in material.kpis if not kpi.monitor]
    if not kpis:
        return ("There are no KPIs for this person in this period.",)
    scored = [kpi for kpi in kpis if kpi.status is KpiStatus.OK and kpi.reason != MISSING_AS_ZERO]
    notices = [*map(sentence, policies_said(material.appraisal)), _coverage(material, len(scored), len(kpis))]
    missing = {measure.source for measure in _measures(material) if measure.reason in {"source_missing", "stale"}}
    if missing - {""}:
        notices.append(sentence(f"not delivered in time: {', '.join(sorted(missing - {''}))}"))
    return (*notices, *left_out(material))


def _coverage(material: Material, scored: int, count: int) -> str:
    coverage = material.appraisal.coverage
    share = "" if coverage is None else f"; they carry {material.numbers.share(coverage)} of the declared weight"
    if not material.is_scored:
        return f"{scored} of {count} KPIs have a figure that could be judged; none is scored, since there is no rating."
    passed = " The tables say why the others were not." if scored < count else ""
    return f"{scored} of {count} {_kpis(count)} scored{share}.{passed}"


def _kpis(count: int) -> str:
    return "KPI was" if count == 1 else "KPIs were"


def _measures(material: Material) -> list[Measure]:
    return [measure for segment in material.appraisal.segments for measure in segment.measures]
