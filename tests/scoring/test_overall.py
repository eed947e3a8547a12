"""From KPI scores to the label: weights that move, exact rounding, adjustments, gates, coverage, contributions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
import pytest

from appraise.model.outcome import PersonCard
from appraise.model.period import Period
from appraise.model.place import Place
from appraise.model.role import (
    Adjustment,
    Bands,
    Custom,
    Direction,
    MinSample,
    PercentOfTarget,
    Rating,
    Role,
    SeverityCap,
)
from appraise.model.status import GateStatus, PersonStatus
from appraise.scoring.company import score_company
from appraise.scoring.exact import geometric, largest_remainder
from appraise.scoring.one import Scored, appraisal_of, appraised, segment_of
from appraise.scoring.plan import whole_numbers
from appraise.scoring.results import kra_results


def rated(build: Any, name: str, weight: Any = 100, **more: Any) -> Any:
    """A KPI whose value is its score."""
    return build.kpi(name, Rating(), id=name, weight=weight, **more)


def figures(scored: Scored) -> tuple[Any, ...]:
    """Status, reason, overall and label."""
    return scored.status.value, scored.reason, scored.overall, scored.label


def contributions(scored: Scored) -> list[float | None]:
    """What each KPI brings."""
    return [kpi.contribution for kra in scored.kras for kpi in kra.kpis]


def test_a_tie_goes_up_and_is_decided_exactly(build: Any) -> None:
    """1.40 and 1.49 at 50 each are 1.445, which is 1.45 on paper and 1.44 in binary (case 3)."""
    role = build.role(build.kra(rated(build, "x", 50), rated(build, "y", 50)))
    assert build.scored(role, x=1.40, y=1.49).overall == 1.45


def test_unscored_weight_stays_inside_the_kra_first(build: Any) -> None:
    """Half of A has no data: A counts with the other half, 3.20 and not 2.86 (case 7)."""
    a = build.kra(rated(build, "a1", 50), rated(build, "a2", 50), weight=60)
    b = build.kra(rated(build, "b1"), id="b", weight=40)
    scored = build.scored(build.role(a, b), a1=4, a2=None, b1=2)
    assert figures(scored) == ("rated", "", 3.2, "Meets")
    assert [kra.score for kra in scored.kras] == [4.0, 2.0]
    assert [kpi.effective_weight for kra in scored.kras for kpi in kra.kpis] == [60.0, 0.0, 40.0]
    assert scored.coverage == 70.0
    assert contributions(scored) == [2.4, None, 0.8]


def test_an_empty_kra_gives_its_weight_to_the_others(build: Any) -> None:
    """Feedback that is missing is no zero: the other KRA carries everything (case 23)."""
    kras = build.kra(rated(build, "x"), weight=80), build.kra(rated(build, "y"), id="b", weight=20)
    scored = build.scored(build.role(*kras), x=3.6, y=None)
    assert figures(scored) == ("rated", "", 3.6, "Exceeds")
    assert (scored.coverage, scored.kras[1].status, scored.kras[1].effective_weight) == (80.0, "not_scored", 0.0)


def test_below_the_coverage_floor_there_is_only_an_indicative_figure(build: Any) -> None:
    """59.99 percent of the weight is too little, 60 is enough."""
    role = build.role(build.kra(rated(build, "x", "59.99"), rated(build, "y", "40.01")))
    low, enough = build.scored(role, x=3, y=None), build.scored(role, x=None, y=None)
    assert (figures(low), low.indicative, low.coverage) == (("not_rated", "low_coverage", None, None), 3.0, 59.99)
    assert (figures(enough), enough.indicative) == (("not_rated", "low_coverage", None, None), None)
    sixty = build.role(build.kra(rated(build, "x", 60), rated(build, "y", 40)))
    assert figures(build.scored(sixty, x=3, y=None))[0] == "rated"


def test_an_error_blocks_and_keeps_its_weight(build: Any) -> None:
    """A KPI in error is never passed over: the person waits, with the problem that says why."""
    role = build.role(build.kra(rated(build, "x", 50), rated(build, "y", 50)))
    scored = build.scored(role, x=3, y=9)
    assert figures(scored) == ("blocked", "kpi_error", None, None)
    assert [kpi.effective_weight for kpi in scored.kras[0].kpis] == [50.0, 50.0]
    assert scored.kras[0].score is None
    problem = scored.problems[0]
    assert (problem.code, problem.person) == ("kpi-error", "E1")
    assert problem.message == "person 'E1': KPI 'y': cannot be scored, its value lies off the scale"


@pytest.mark.parametrize(
    ("violations", "reason", "found"),
    [
        (0, None, ("rated", 3.8, GateStatus.PASS)),
        (1, None, ("rated", 2.0, GateStatus.FAIL)),
        (None, "source_missing", ("blocked", None, GateStatus.UNKNOWN)),
    ],
)
def test_the_states_of_a_gate(build: Any, violations: Any, reason: Any, found: tuple[str, Any, GateStatus]) -> None:
    """A breach caps, a feed that did not arrive blocks and never passes because the count is zero (case 12)."""
    role = build.role(build.kra(rated(build, "x")), gates=(build.gate("violations > 0"),))
    scored = build.scored(role, **{"x": 3.8, "violations": violations, "violations?": reason})
    assert (scored.status.value, scored.overall, scored.gates[0].status) == found
    status, _, gate = found
    assert scored.uncapped == (3.8 if status == "rated" else None)
    assert scored.capped_by == ("g" if gate is GateStatus.FAIL else "")


def test_a_gate_that_does_not_concern_somebody(build: Any) -> None:
    """A rule of another country, or a share of no cases, is not applicable."""
    abroad = build.gate("x > 0", applies_when=build.says("person.jurisdiction == 'IN'"))
    share = build.gate("wrong / calls > 0.1", id="share")
    role = build.role(build.kra(rated(build, "x")), gates=(abroad, share))
    scored = build.scored(role, x=3, person__jurisdiction="US", wrong=0, calls=0)
    assert [gate.status.value for gate in scored.gates] == ["not_applicable", "not_applicable"]
    assert scored.overall == 3.0


@pytest.mark.parametrize(
    ("violations", "found"),
    [
        (0, ("rated", "pass")),
        (1, ("blocked", "unknown")),
        (None, ("blocked", "unknown")),
    ],
)
def test_a_gate_of_which_nobody_knows_whom_it_concerns(build: Any, violations: Any, found: tuple[str, str]) -> None:
    """Who is known not to have done it passes, wherever they work; a breach of perhaps no rule blocks."""
    here = build.gate("violations > 0", applies_when=build.says("person.jurisdiction == 'IN'"))
    role = build.role(build.kra(rated(build, "x")), gates=(here,))
    scored = build.scored(role, x=3, person__jurisdiction=None, violations=violations)
    assert (scored.status.value, scored.gates[0].status.value) == found


def test_the_lowest_cap_wins_and_a_low_score_stays(build: Any) -> None:
    """Of two gates that fail the stricter one caps; one above the score changes nothing."""
    gates = build.gate("x > 0", cap_at=2.5, id="mild"), build.gate("x > 0", cap_at=2.0, id="strict")
    role = build.role(build.kra(rated(build, "x")), gates=gates)
    high, low = build.scored(role, x=4), build.scored(role, x=1.8)
    assert (high.overall, high.uncapped, high.capped_by, high.label) == (2.0, 4.0, "strict", "Needs improvement")
    assert (low.overall, low.uncapped, low.capped_by) == (1.8, 1.8, "")


def test_a_cap_on_a_kra_lowers_it_before_the_overall(build: Any) -> None:
    """The KRA keeps its uncapped figure; its KPIs then count with its score, so that the parts add up."""
    a = build.kra(rated(build, "a1", 50), rated(build, "a2", 50), weight=60)
    b = build.kra(rated(build, "b1"), id="b", weight=40)
    scored = build.scored(build.role(a, b, gates=(build.gate("bad > 0", "kra.a"),)), a1=4, a2=5, b1=3, bad=1)
    assert (scored.kras[0].score, scored.kras[0].uncapped, scored.kras[0].capped_by) == (2.0, 4.5, "g")
    assert (scored.overall, scored.uncapped, scored.capped_by) == (2.4, 2.4, "")
    assert contributions(scored) == [0.6, 0.6, 1.2]


def classes(*caps: tuple[float, float]) -> tuple[SeverityCap, ...]:
    """Severities and the caps that begin at them."""
    return tuple(SeverityCap(start, cap_at, Place("")) for start, cap_at in caps)


def graded(build: Any, caps: str = "overall") -> Any:
    """A gate that holds harder the graver a breach is."""
    more = {"severity": build.says("worst"), "caps_by_severity": classes((1, 3.5), (2, 2.5), (3, 1))}
    return build.gate("violations > 0", caps, float("nan"), **more)


@pytest.mark.parametrize(
    ("worst", "overall", "status", "label"),
    [
        (1, 3.5, "fail", "Exceeds"),
        (1.99, 3.5, "fail", "Exceeds"),
        (1.995, 2.5, "fail", "Meets"),
        (2, 2.5, "fail", "Meets"),
        (3, 1.0, "fail", "Unacceptable"),
        (9, 1.0, "fail", "Unacceptable"),
        (0.5, 3.8, "pass", "Exceeds"),
    ],
)
def test_a_graver_breach_caps_lower(build: Any, worst: float, overall: float, status: str, label: str) -> None:
    """The cap is that of the last severity reached, two decimals of it; below the first one nothing is capped."""
    role = build.role(build.kra(rated(build, "x")), gates=(graded(build),))
    scored = build.scored(role, x=3.8, violations=1, worst=worst)
    assert (scored.overall, scored.uncapped, scored.gates[0].status.value) == (overall, 3.8, status)
    assert scored.label == label
    assert scored.gates[0].cap_at == (overall if status == "fail" else 3.5)
    assert scored.gates[0].severity == (2.0 if worst == 1.995 else worst)


def test_a_breach_of_unknown_severity_leaves_the_gate_unknown(build: Any) -> None:
    """Nobody is capped by a guess, and nobody passes; without a breach its severity is not asked for."""
    role = build.role(build.kra(rated(build, "x")), gates=(graded(build),))
    breach = build.scored(role, **{"x": 3.8, "violations": 1, "worst": None, "worst?": "unreadable"})
    clean = build.scored(role, **{"x": 3.8, "violations": 0, "worst": None, "worst?": "no_rows"})
    assert (breach.status.value, breach.reason, breach.gates[0].reason) == ("blocked", "gate_unknown", "unreadable")
    assert (clean.overall, clean.gates[0].status, clean.gates[0].severity) == (3.8, GateStatus.PASS, None)


def test_severity_caps_a_kra_too(build: Any) -> None:
    """The lowest cap on a KRA wins, whichever gate it comes from, and the KRA's uncapped figure stays visible."""
    kras = build.kra(rated(build, "x"), weight=50), build.kra(rated(build, "y"), id="b", weight=50)
    plain = build.gate("violations > 0", "kra.a", 3.0, id="plain")
    role = build.role(*kras, gates=(plain, graded(build, "kra.a")))
    scored = {worst: build.scored(role, x=4, y=4, violations=1, worst=worst) for worst in (1, 2)}
    found = {
        worst: (one.kras[0].score, one.kras[0].uncapped, one.kras[0].capped_by, one.overall)
        for worst, one in scored.items()
    }
    assert found == {1: (3.0, 4.0, "plain", 3.5), 2: (2.5, 4.0, "g", 3.25)}


@pytest.mark.parametrize(
    ("confirmed", "alleged", "found"),
    [
        (0, 0, ("rated", 3.8, "pass", False, False)),
        (0, 1, ("rated", 3.8, "pass", True, True)),
        (1, 1, ("rated", 2.0, "fail", True, True)),
        (0, None, ("blocked", None, "unknown", False, False)),
        (1, None, ("rated", 2.0, "fail", False, False)),
        (None, 1, ("blocked", None, "unknown", True, False)),
    ],
)
def test_an_open_allegation_caps_nothing(build: Any, confirmed: Any, alleged: Any, found: tuple[Any, ...]) -> None:
    """Alleged is not confirmed: the person is rated, provisionally; where nobody knows, the gate is unknown."""
    gate = build.gate("confirmed > 0", open_when=build.says("alleged > 0"), says_open="An allegation is open.")
    scored = build.scored(build.role(build.kra(rated(build, "x")), gates=(gate,)), **told(confirmed, alleged))
    one = scored.gates[0]
    assert (scored.status.value, scored.overall, one.status.value, one.open, scored.provisional) == found


def told(confirmed: Any, alleged: Any) -> dict[str, Any]:
    """A person's row; what is None was not delivered."""
    row = {"x": 3.8, "confirmed": confirmed, "alleged": alleged}
    return row | {f"{name}?": "source_missing" for name in ("confirmed", "alleged") if row[name] is None}


def test_an_allegation_of_a_rule_of_others_is_none(build: Any) -> None:
    """Where the gate is not about the person nothing is open; a person who is not rated has no provisional rating."""
    gate = build.gate("confirmed > 0", open_when=build.says("alleged > 0"), applies_when=build.says("here"))
    role = build.role(build.kra(rated(build, "x")), gates=(gate,))
    abroad, here = (build.scored(role, here=here, **told(0, 1)) for here in (False, True))
    new = build.scored(role, here=True, status_reason="too_new", **told(0, 1))
    assert [(one.gates[0].open, one.provisional) for one in (abroad, here, new)] == [
        (False, False),
        (True, True),
        (True, False),
    ]


def adjusted(build: Any, *points: str) -> Role:
    """A template with an adjustment of so many points each."""
    says = build.says("helps")
    made = [Adjustment(f"m{place}", says, Decimal(each), "helps", says.place) for place, each in enumerate(points)]
    return build.role(build.kra(rated(build, "x")), adjustments=tuple(made), gates=(build.gate("x > 4.9"),))


@pytest.mark.parametrize(
    ("points", "score", "overall", "added"),
    [
        (("0.1",), 3.0, 3.1, [0.1]),
        (("0.2", "0.2"), 3.0, 3.25, [0.2, 0.05]),
        (("0.2", "0.2", "-0.2"), 3.0, 3.2, [0.2, 0.2, -0.2]),
        (("-0.2", "-0.2"), 3.0, 2.75, [-0.2, -0.05]),
        (("0.2",), 4.9, 5.0, [0.1]),
        (("0.2",), 5.0, 2.0, [0.0]),
    ],
)
def test_adjustments_are_bounded_and_never_lift_over_a_cap(
    build: Any, points: tuple[str, ...], score: float, overall: float, added: list[float]
) -> None:
    """At most 0.25 in sum, inside the scale, before the caps; what is printed adds up to the overall before caps."""
    scored = build.scored(adjusted(build, *points), x=score, helps=True)
    assert scored.overall == overall
    assert [each.added for each in scored.adjustments] == added
    assert scored.base is not None
    assert Fraction(str(scored.base)) + sum(Fraction(str(each)) for each in added) == Fraction(str(scored.uncapped))


@pytest.mark.parametrize(("rollup", "overall"), [("arithmetic", 3.0), ("geometric", 2.24), ("worst", 1.0)])
def test_roll_ups_that_do_not_compensate(build: Any, rollup: str, overall: float) -> None:
    """5 and 1 at 50 each are 3.00 as a mean, 2.24 as a geometric mean and 1.00 as the worst."""
    scored = build.scored(build.role(build.kra(rated(build, "x", 50), rated(build, "y", 50), rollup=rollup)), x=5, y=1)
    assert (scored.overall, scored.kras[0].score) == (overall, overall)
    assert round(sum(part or 0 for part in contributions(scored)), 9) == overall


@pytest.mark.parametrize("rollup", ["arithmetic", "geometric", "worst"])
def test_a_kra_that_is_only_watched_has_no_score_whatever_its_roll_up(build: Any, rollup: str) -> None:
    """Of monitored KPIs alone there is neither a mean nor a worst, and the others score as ever."""
    watched = build.kpi(id="w", weight=0, monitor=True)
    role = build.role(build.kra(build.kpi()), build.kra(watched, id="b", weight=0, rollup=rollup))
    scored = build.scored(role, x=3)
    assert (scored.overall, [kra.score for kra in scored.kras]) == (3.0, [3.0, None])


@pytest.mark.parametrize(
    ("overall", "label"),
    [
        (1.0, "Unacceptable"),
        (1.49, "Unacceptable"),
        (1.5, "Needs improvement"),
        (2.5, "Meets"),
        (4.49, "Exceeds"),
        (4.5, "Outstanding"),
        (5.0, "Outstanding"),
    ],
)
def test_labels_are_half_open_and_the_top_is_closed(build: Any, overall: float, label: str) -> None:
    """A score belongs to the label that begins at it."""
    assert build.scored(build.role(build.kra(rated(build, "x"))), x=overall).label == label


def test_printed_contributions_add_up(build: Any) -> None:
    """Three thirds of 100 hundredths are 34, 33 and 33, to the earlier first."""
    third = Fraction(100, 3)
    assert largest_remainder([third] * 3, 100) == [34, 33, 33]
    kras = build.kra(
        *(rated(build, name, weight) for name, weight in zip("xyz", ("33.33", "33.33", "33.34"), strict=True))
    )
    scored = build.scored(build.role(kras), x=3.01, y=3.02, z=3.02)
    assert (scored.overall, contributions(scored)) == (3.02, [1.0, 1.01, 1.01])


def test_weights_are_whole_numbers_in_the_same_proportion() -> None:
    """33.33, 33.33 and 33.34 need no binary fractions."""
    assert whole_numbers([Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]) == (3333, 3333, 3334)
    assert whole_numbers([Decimal(25)] * 4) == (1, 1, 1, 1)
    assert whole_numbers([Decimal(0), Decimal(100)]) == (0, 1)


def test_a_geometric_mean_near_a_half_is_decided_by_fifty_digits() -> None:
    """The mean of 250 and 250 is no half, the mean of 100 and 225 is 150, and a real half goes up."""
    assert geometric([250, 250], [50, 50]) == 250
    assert geometric([100, 225], [1, 1]) == 150
    assert geometric([225, 441], [1, 1]) == 315
    assert geometric([1, 4, 2], [1, 1, 0]) == 2
    assert geometric([0, 400], [1, 1]) == 0


@pytest.mark.parametrize("rules", [{}, {"unscored_weight": "global"}, {"policy": "sap_average"}], ids=str)
def test_weights_too_odd_for_128_bits_are_still_exact(build: Any, rules: dict[str, str]) -> None:
    """With many odd weights and much missing the few people concerned are rolled up one by one, to the same result."""
    weights = ["12.3713", "17.1719", "19.2329", "23.3137", "27.9102"]
    kras = []
    for kra, share in enumerate(["9.7", "11.3", "13.1", "17.9", "19.3", "28.7"]):
        kpis = [rated(build, f"x{kra}{place}", weight) for place, weight in enumerate(weights)]
        kras.append(build.kra(*kpis, id=f"a{kra}", weight=share))
    role = build.role(*kras, min_coverage=0.0, **rules)
    names = [(kra, place) for kra in range(6) for place in range(5)]
    row = {
        f"x{kra}{place}": None if (kra + 1) >> place & 1 else 1.0 + (kra * 7 + place * 3) % 5 for kra, place in names
    }
    plan = build.plan(role)
    results, _ = score_company([plan], pl.DataFrame([{"person": "E1", "role": role.id, **row}]))
    assert results.roles[0].common.below.null_count() == 1
    scored = build.scored(role, **row)
    assert scored.status is PersonStatus.RATED
    parts = [Fraction(str(kra.contribution)) for kra in scored.kras]
    assert sum(parts) == Fraction(str(scored.base))
    assert kra_results(results)["contribution"].to_list() == [kra.contribution for kra in scored.kras]


@pytest.mark.parametrize(
    ("given", "role", "status", "reason"),
    [
        ("too_new", "tried", "not_rated", "too_new"),
        ("short_segment", None, "not_rated", "short_segment"),
        ("no_role", None, "not_rated", "no_role"),
        ("rows_in_doubt", "tried", "error", "rows_in_doubt"),
        ("", "gone", "error", "template_unusable"),
        (None, "tried", "rated", ""),
    ],
)
def test_the_roster_says_who_is_not_rated(build: Any, given: Any, role: Any, status: str, reason: str) -> None:
    """Its reasons come before anything that the numbers say; a person on no readable template is an error."""
    plan = build.plan(build.role(build.kra(rated(build, "x"))))
    people = pl.DataFrame({"person": ["E1"], "role": [role], "status_reason": [given], "x": [3.0]})
    people = people.with_columns(pl.col("role", "status_reason").cast(pl.String))
    found = score_company([plan], people)[0].people
    assert found.select("status", "reason").row(0) == (status, reason)
    assert (found["overall"][0] is None) == (status != "rated")


def test_a_person_who_is_too_new_keeps_scores_but_gets_no_sums(build: Any) -> None:
    """KPIs and KRAs are shown for the conversation; nothing adds up to a rating."""
    scored = build.scored(build.role(build.kra(rated(build, "x"))), x=3, status_reason="too_new")
    assert (figures(scored), scored.base, contributions(scored)) == (("not_rated", "too_new", None, None), None, [None])
    assert scored.kras[0].score == 3.0


def test_more_than_twenty_people_with_one_cause_are_told_in_one_line(build: Any) -> None:
    """A feed that is missing for everybody does not fill the screen."""
    plan = build.plan(build.role(build.kra(rated(build, "x")), gates=(build.gate("bad > 0"),)))
    people = pl.DataFrame({"person": [f"E{place}" for place in range(50)], "role": "tried", "x": 3.0})
    _, problems = score_company(
        [plan], people.with_columns(pl.lit(None, pl.Float64).alias("bad"), pl.lit("stale").alias("bad?"))
    )
    assert len(problems) == 21
    assert problems[-1].message == "gate 'g': cannot be judged, its source is out of date; the same for 30 more people"


def test_an_unknown_scorer_is_told_once_for_all(build: Any) -> None:
    """A plugin that is not allowed puts the KPI in error for everybody, with one problem that names the cure."""
    plan = build.plan(build.role(build.kra(build.kpi(method=Custom("nowhere")))))
    people = pl.DataFrame({"person": ["E1", "E2"], "role": "tried", "x": [1.0, 2.0]})
    _, problems = score_company([plan], people)
    assert [problem.message for problem in problems if problem.code == "scorer-failed"] == [
        "KPI 'k': there is no scorer 'nowhere'"
    ]


def test_the_whole_appraisal_of_one_person(build: Any) -> None:
    """Segment and appraisal carry the template's version and the person's card."""
    role = build.role(build.kra(build.kpi(min_sample=MinSample(build.says("n"), 2))), effective="2026-07-01")
    plan = build.plan(role)
    scored = appraised(plan, {"person": "E1", "x": 3.0, "n": 4.0})
    period = Period("2026-Q3", date(2026, 7, 1), date(2026, 9, 30))
    segment = segment_of(plan, scored, (period.start, period.end))
    appraisal = appraisal_of(plan, scored, PersonCard("E1", "Asha"), period, segment)
    assert (appraisal.overall, appraisal.label, appraisal.segments[0].template_version) == (3.0, "Meets", "1.0.0")
    kpi = appraisal.segments[0].kras[0].kpis[0]
    assert (kpi.sample, kpi.sample_needed, kpi.inputs, kpi.scores_lowest_at) == (4.0, 2, ("x", "n"), 1.0)
    assert kpi.steps[0].value == 3.0


def test_the_example_of_the_manual(build: Any) -> None:
    """The numbers of docs/scoring.md, section 7."""
    kept = build.kpi("100 * kept / due", build.bands(60, 70, 78, 85), id="promise_kept", weight=50, decimals=1)
    method = PercentOfTarget(Bands((80.0, 95.0, 105.0, 120.0)))
    target = build.kpi("collected", method, id="monthly_target", weight=50)
    errors = build.kpi("errors", build.bands(60, 45, 35, 25), id="errors", direction=Direction.LOWER)
    mentor = Adjustment("mentor", build.says("trainees >= 1"), Decimal("0.1"), "trained somebody", kept.place)
    role = build.role(
        build.kra(kept, target, weight=60),
        build.kra(errors, id="b", weight=40),
        gates=(build.gate("violations > 0"),),
        adjustments=(mentor,),
    )
    row = {"kept": 73, "due": 100, "collected": 100000, "target.monthly_target": 100000, "errors": 30, "trainees": 1}
    good, bad = (build.scored(role, **row, violations=count) for count in (0, 1))
    assert [kpi.score for kra in good.kras for kpi in kra.kpis] == [3.38, 3.5, 4.5]
    assert contributions(good) == [1.01, 1.05, 1.8]
    assert (good.base, good.overall, good.label) == (3.86, 3.96, "Exceeds")
    assert (bad.overall, bad.uncapped, bad.label) == (2.0, 3.96, "Needs improvement")
