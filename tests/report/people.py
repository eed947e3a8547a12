"""Hand-made appraisals for the tests of the pages, one per kind of result; they add up as the engine's do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from appraise.model.outcome import (
    AdjustmentResult,
    Appraisal,
    GateResult,
    KpiScore,
    KraScore,
    Measure,
    NextBand,
    PersonCard,
    RowRange,
    ScaleLabel,
    Segment,
    Step,
)
from appraise.model.place import Place
from appraise.model.problem import Problem
from appraise.model.status import GateStatus, KpiStatus, MeasureStatus, PersonStatus
from appraise.model.workspace import Contact
from appraise.report.context import PackContext, Previous
from appraise.report.material import shares_of

if TYPE_CHECKING:
    from collections.abc import Sequence

START, END = date(2026, 7, 1), date(2026, 9, 30)
FIVE = tuple(
    ScaleLabel(label, start)
    for label, start in (
        ("Unacceptable", 1.0),
        ("Needs improvement", 1.5),
        ("Meets", 2.5),
        ("Exceeds", 3.5),
        ("Outstanding", 4.5),
    )
)
THREE = (ScaleLabel("Below", 1.0), ScaleLabel("Meets", 1.5), ScaleLabel("Above", 2.5))
AREAS = (
    ("Target Achievement", "Meet or exceed assigned collection targets within specified timelines."),
    ("Compliance", "Follow the law and the company’s procedures in every contact."),
    ("Communication and Negotiation", "Reach agreements that customers can keep."),
    ("Customer Relationship", "Treat customers with respect and solve their questions."),
    ("Data and Documentation", "Keep records complete and right."),
    ("Time Management", "Be there when customers can be reached."),
    ("Learning and Development", "Learn what the work needs."),
    ("Teamwork", "Help the team reach its goals."),
    ("Process Improvement", "Find better ways and put them to work."),
    ("Strategy", "Plan the portfolio and work to the plan."),
)
TITLES = (
    ("Monthly collection target attainment", "currency", 0, "higher"),
    ("Promise-to-pay kept rate", "percent", 1, "higher"),
    ("Average number of calls made per day", "count", 0, "range"),
    ("Upheld complaints", "per_1000", 2, "lower"),
    ("Call quality monitoring score", "percent", 1, "higher"),
    ("Call-backs made in the window", "percent", 1, "higher"),
    ("Average call resolution time", "minutes", 2, "lower"),
    ("Successful payment plans", "count", 0, "higher"),
)
LOWEST_AT = {"higher": 50.0, "lower": 10.0, "range": None}
SCORES = (3.5, 3.38, 4.2, 2.31, 4.75, 1.86, 3.02, 2.75, 3.91, 2.05, 4.4, 3.66)
CONTACT = Contact(person="HR Operations", route="hr@example.com", days=10)


def context(**changes: object) -> PackContext:
    """A company with a contact and a run."""
    plain = PackContext(company="Meridian Recoveries", contact=CONTACT, run_id="7f3a91c2")
    return replace(plain, **changes)  # type: ignore[arg-type]  # the fields are named by the tests


def with_history() -> PackContext:
    """The same with a result of the quarter before, and with what the manager wrote."""
    before = Previous("2026-Q2", 3.05, {"area_0": 2.9, "area_1": 3.41, "area_2": 3.3, "area_3": 2.2})
    notes = {
        "paragraph": (
            "The new dialler made July hard for everybody. From August on the call-backs came back up, week by week.",
            "The agreements made since then are being kept.",
        ),
        "strength": ("Calm calls with customers in difficulty, as in the case of 12 August.",),
        "action": ("Shadow two call-back sessions with the early shift.",),
    }
    return context(previous=before, notes=notes)


def kpi(index: int, score: float | None, weight: float, effective: float, points: float | None) -> KpiScore:
    """A KPI with a plausible value for its score."""
    title, unit, decimals, direction = TITLES[index % len(TITLES)]
    starts = {"higher": (60.0, 70.0, 78.0, 85.0), "lower": (8.0, 6.0, 4.0, 2.0), "range": ()}[direction]
    ranges = ((80.0, 300.0), (110.0, 260.0), (140.0, 240.0), (170.0, 220.0)) if direction == "range" else ()
    attained = unit == "currency"
    value = None if score is None else _value(direction, score, attained=attained)
    band = None if score is None else int(score)
    nearest = NextBand(
        (band or 0) + 1, 78.0, 4.7, f"{7 + index} more cases in the window make this band {(band or 0) + 1}"
    )
    return KpiScore(
        id=f"kpi_{index}", title=title, status=KpiStatus.OK, reason="", value=value, band=band, score=score,
        weight=weight, effective_weight=effective, contribution=points, unit=unit, decimals=decimals,
        direction=direction, level="person", formula="collected" if attained else f"100 * kept_{index} / due_{index}",
        says="", method="percent_of_target" if attained else "bands", target=400000.0 if attained else None,
        attainment=103.31 if attained else None, starts=(80.0, 95.0, 105.0, 120.0) if attained else starts,
        ranges=ranges, sample=None if attained else 73.0, next_band=nearest if (band or 5) < 5 else None,
        definition="Cases that fell due in the quarter and were closed in full.", scores_lowest_at=LOWEST_AT[direction],
        inputs=("calls_made",) if index % 3 else ("calls_made", "collected"),
        steps=() if attained else _steps(index),
    )  # fmt: skip


def _value(direction: str, score: float, *, attained: bool) -> float:
    if attained:
        return 413250.0
    return round({"higher": 50 + 7 * score, "lower": 10 - 2 * (score - 1), "range": 60 + 30 * score}[direction], 2)


def _steps(index: int) -> tuple[Step, ...]:
    text = f"100 * kept_{index} / due_{index}"
    kept, due = f"kept_{index}", f"due_{index}"
    names = [
        Step(name, text.index(name), text.index(name) + len(name), "name", value)
        for name, value in ((kept, 73.0), (due, 100.0))
    ]
    return (Step(text, 0, len(text), "operation", 73.0, steps=tuple(names)),)


def areas(count: int, per_area: int, unscored: Sequence[int] = ()) -> tuple[KraScore, ...]:
    """Areas of equal weight with as many KPIs each; `unscored` are the indexes of KPIs without figures."""
    total = count * per_area
    scored = [index for index in range(total) if index not in unscored]
    weight = 100 / len(scored)
    scores = {index: SCORES[index % len(SCORES)] for index in scored}
    overall = round(100 * sum(scores.values()) / len(scored) + 1e-9)
    points = dict(zip(scored, shares_of(overall, [scores[index] for index in scored]), strict=True))
    made = []
    for area in range(count):
        kpis = []
        for index in range(area * per_area, (area + 1) * per_area):
            if index in scored:
                kpis.append(kpi(index, scores[index], 100 / per_area, weight, points[index] / 100))
            else:
                kpis.append(missing(index, 100 / per_area))
        made.append(_area(area, tuple(kpis), 100 / count))
    return tuple(made)


def missing(index: int, weight: float) -> KpiScore:
    """A KPI without a score: too few cases, or no records."""
    plain = replace(kpi(index, 3.0, weight, 0.0, None), score=None, band=None, next_band=None)
    if index % 2:
        return replace(plain, status=KpiStatus.INSUFFICIENT_SAMPLE, shown="2 of 20", sample=2.0)
    return replace(plain, status=KpiStatus.NO_DATA, reason="source_missing", value=None, steps=(), sample=None)


def _area(index: int, kpis: tuple[KpiScore, ...], weight: float) -> KraScore:
    title, purpose = AREAS[index % len(AREAS)]
    scored = [one for one in kpis if one.score is not None]
    score = round(sum(one.score or 0 for one in scored) / len(scored), 2) if scored else None
    points = round(sum(one.contribution or 0 for one in scored), 2) if scored else None
    effective = sum(one.effective_weight for one in scored)
    status = "ok" if scored else "not_scored"
    return KraScore(f"area_{index}", title, status, score, weight, effective, points, purpose, kpis=kpis)


GATES = (
    GateResult(
        "violations", GateStatus.PASS, "A confirmed legal violation caps the rating at 2.", "overall", 2.0, "x > 0"
    ),
    GateResult(
        "certificate",
        GateStatus.NOT_APPLICABLE,
        "Without the certificate the rating is capped at 3.",
        "overall",
        3.0,
        "x",
    ),
)
MEASURES = (
    Measure(
        "calls_made",
        1204.0,
        MeasureStatus.OK,
        "",
        "calls",
        "",
        1204,
        3,
        END,
        (RowRange("data/calls-2026-08.csv", "2-1205", 1204),),
    ),
    Measure(
        "collected",
        413250.0,
        MeasureStatus.OK,
        "",
        "payments",
        "",
        88,
        0,
        END,
        (RowRange("data/payments.csv", "4-91", 88),),
    ),
)
CONFIRMED = Measure(
    "confirmed", 1.0, MeasureStatus.OK, "", "violations", "", 1, 0, END, (RowRange("data/violations.csv", "2", 1),)
)


def segment(kras: tuple[KraScore, ...], title: str = "Tele Collection Agent") -> Segment:
    """A stretch of the whole period in one role."""
    return Segment(
        role="tele_collection_agent", title=title, template_version="1.0.0", template_sha256="9c1f8e2ab07d44e1" * 4,
        template_file="templates/roles/tele_collection_agent.yaml", start=START, end=END, kras=kras, gates=GATES,
        adjustments=(AdjustmentResult("mentor", "Trained a colleague.", "trainees >= 1", applied=False, added=0.0),),
        measures=MEASURES, effective="2026-07-01", approved_by="HR policy board",
    )  # fmt: skip


def appraisal(kras: tuple[KraScore, ...], **changes: object) -> Appraisal:
    """A rated appraisal of these areas; the overall is the sum of their points."""
    points = [one.contribution or 0 for kra in kras for one in kra.kpis]
    overall = round(sum(points), 2)
    card = PersonCard(
        "E0417", "Anuradha Deshpande", "Tele Collection Agent", "E0102", "Farah Iqbal", "Early shift", "Pune", 66, 62,
        minimum_days=30,
    )  # fmt: skip
    label = next((one.label for one in reversed(FIVE) if overall >= one.start), FIVE[0].label)
    plain = Appraisal(
        person=card, period="2026-Q3", period_start=START, period_end=END, status=PersonStatus.RATED, reason="",
        overall=overall, uncapped=overall, indicative=None, label=label, coverage=92.0, lowest=1, highest=5,
        labels=FIVE, segments=(segment(kras),), base=overall,
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]  # the fields are named by the tests


def normal() -> Appraisal:
    """Four areas with three KPIs each, all scored."""
    return appraisal(areas(4, 3), coverage=100.0)


def with_gaps() -> Appraisal:
    """Some KPIs without figures."""
    return appraisal(areas(4, 3, unscored=(3, 8)))


def small() -> Appraisal:
    """Two areas with four KPIs each."""
    return appraisal(areas(2, 4))


def large() -> Appraisal:
    """Ten areas with four KPIs each."""
    return appraisal(areas(10, 4, unscored=(11, 30)))


def standard() -> Appraisal:
    """Six areas with four KPIs each: what the time budget is about."""
    return appraisal(areas(6, 4))


def capped() -> Appraisal:
    """A confirmed violation holds the score at 2.00."""
    whole = normal()
    failed = replace(GATES[0], status=GateStatus.FAIL)
    steps = (Step("confirmed > 0", 0, 13, "yes_no", value=True, steps=(Step("confirmed", 0, 9, "number", 1.0),)),)
    failed = replace(failed, condition="confirmed > 0", steps=steps, inputs=("confirmed",))
    held = replace(whole.segments[0], gates=(failed, GATES[1]), measures=(*MEASURES, CONFIRMED))
    return replace(whole, overall=2.0, label="Needs improvement", segments=(held,), capped_by="violations")


def adjusted() -> Appraisal:
    """A bonus of a tenth of a point."""
    whole = normal()
    bonus = replace(whole.segments[0].adjustments[0], applied=True, added=0.1)
    raised = round((whole.overall or 0) + 0.1, 2)
    return replace(whole, overall=raised, uncapped=raised, segments=(replace(whole.segments[0], adjustments=(bonus,)),))


def unrated(reason: str = "low_coverage") -> Appraisal:
    """Too little could be scored."""
    whole = appraisal(areas(4, 3, unscored=(0, 1, 2, 3, 5, 6, 8)), coverage=41.67)
    return replace(
        whole,
        status=PersonStatus.NOT_RATED,
        reason=reason,
        indicative=whole.overall if reason == "low_coverage" else None,
        overall=None,
        uncapped=None,
        label=None,
        base=None,
    )


def blocked() -> Appraisal:
    """A gate could not be checked."""
    whole = normal()
    unknown = replace(GATES[0], status=GateStatus.UNKNOWN, reason="source_missing")
    message = "gate 'violations': the source 'violations' was not delivered, so the gate cannot be checked"
    problems = (Problem(Place("data/violations.csv"), code="gate-unknown", message=message),)
    held = replace(whole.segments[0], gates=(unknown,))
    return replace(
        whole,
        status=PersonStatus.BLOCKED,
        reason="gate_unknown",
        overall=None,
        uncapped=None,
        label=None,
        segments=(held,),
        problems=problems,
    )


def roleless() -> Appraisal:
    """Nobody wrote down what this person does."""
    card = PersonCard("E0999", "Sam Poe", working_days=66, available_days=66)
    return replace(
        normal(),
        person=card,
        segments=(),
        status=PersonStatus.NOT_RATED,
        reason="no_role",
        overall=None,
        uncapped=None,
        label=None,
        coverage=None,
        base=None,
    )


def three_labels() -> Appraisal:
    """A scale from 1 to 3."""
    kras = tuple(
        replace(kra, score=min(kra.score or 0, 2.9), kpis=tuple(_on_three(one) for one in kra.kpis))
        for kra in areas(3, 3)
    )
    return appraisal(kras, lowest=1, highest=3, labels=THREE, label="Meets")


def _on_three(one: KpiScore) -> KpiScore:
    score = min(one.score or 0, 2.9)
    return replace(
        one,
        score=score,
        band=int(score),
        contribution=round(score / 9, 2),
        starts=one.starts[:2],
        ranges=one.ranges[:2],
    )


def named(name: str) -> Appraisal:
    """The normal result under another name."""
    whole = normal()
    return replace(whole, person=replace(whole.person, name=name))


def gallery() -> dict[str, tuple[Appraisal, PackContext]]:
    """One of each kind, by a name for its file."""
    long_name = "Maria Alejandra Fernández-Cañizares de la Vega y Castellanos"
    return {
        "normal": (normal(), with_history()),
        "first": (with_gaps(), context()),
        "small": (small(), context()),
        "large": (large(), with_history()),
        "standard": (standard(), context(final=True)),
        "capped": (capped(), with_history()),
        "adjusted": (adjusted(), context()),
        "unrated": (unrated(), context()),
        "new": (unrated("too_new"), context()),
        "blocked": (blocked(), context()),
        "roleless": (roleless(), context()),
        "three": (three_labels(), context()),
        "longname": (named(long_name), with_history()),
        "devanagari": (named("अनुराधा देशपांडे"), context()),
        "arabic": (named("محمد علي"), context()),
        "script": (named("<script>alert(1)</script>"), context()),
    }
