"""Where weight without a score goes, and the rules of other systems: their published numbers, by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from appraise.model.role import (
    Adjustment,
    Bands,
    Direction,
    MinSample,
    Missing,
    PassFail,
    PercentOfTarget,
    Rating,
    Role,
)
from appraise.scoring.exact import rolled_up
from appraise.scoring.one import Scored
from appraise.scoring.plan import plan_of
from appraise.scoring.policies import POLICIES, under_policy
from appraise.scoring.statuses import MISSING_AS_ZERO

THIRD = "33.3333"
TARGET = PercentOfTarget(Bands((80.0, 95.0, 105.0, 120.0)))


def rated(build: Any, name: str, weight: Any = 100, **more: Any) -> Any:
    """A KPI whose value is its score."""
    return build.kpi(name, Rating(), id=name, weight=weight, **more)


def parts_of(scored: Scored) -> list[float | None]:
    """What each KPI brings."""
    return [kpi.contribution for kra in scored.kras for kpi in kra.kpis]


def added_up(scored: Scored) -> Fraction:
    """Printed contributions and adjustments together."""
    points = [part or 0.0 for part in parts_of(scored)] + [each.added for each in scored.adjustments]
    return sum((Fraction(str(point)) for point in points), Fraction(0))


def case_7(build: Any, **more: Any) -> Role:
    """Two KRAs of 60 and 40, the first with two KPIs of which one has no data."""
    a = build.kra(rated(build, "a1", 50), rated(build, "a2", 50), weight=60)
    role: Role = build.role(a, build.kra(rated(build, "b1"), id="b", weight=40), **more)
    return role


def three_parts(build: Any, *goals: Any, **more: Any) -> Role:
    """An appraisal of frappe: goals, feedback and self-appraisal, a third each."""
    kras = (
        build.kra(*goals, id="goals", weight=THIRD),
        build.kra(rated(build, "f1", 70), rated(build, "f2", 30), id="feedback", weight=THIRD),
        build.kra(rated(build, "s1", 70), rated(build, "s2", 30), id="self", weight=THIRD),
    )
    role: Role = build.role(*kras, policy="frappe", **more)
    return role


# Where the weight of a KPI without a score goes.


def test_with_global_all_that_is_scored_shares_the_whole(build: Any) -> None:
    """(30 × 4 + 40 × 2) ÷ 70 = 2.86, where the siblings first would give 3.20 (case 7)."""
    scored = build.scored(case_7(build, unscored_weight="global"), a1=4, a2=None, b1=2)
    assert (scored.overall, scored.coverage, scored.label) == (2.86, 70.0, "Meets")
    assert [kra.score for kra in scored.kras] == [4.0, 2.0]
    assert [kpi.effective_weight for kra in scored.kras for kpi in kra.kpis] == [42.8571, 0.0, 57.1429]
    assert [kra.effective_weight for kra in scored.kras] == [42.8571, 57.1429]
    assert parts_of(scored) == [1.72, None, 1.14]


def test_without_gaps_global_changes_nothing(build: Any) -> None:
    """Where everything is scored there is nothing to give away."""
    row = {"a1": 4.37, "a2": 1.01, "b1": 2.22}
    here, there = (build.scored(case_7(build, unscored_weight=each), **row) for each in ("siblings", "global"))
    assert here == there


def test_a_kra_of_which_much_is_missing_counts_less(build: Any) -> None:
    """A KRA that does not compensate, or that a gate caps, counts with what its scored KPIs weigh: 30 of 70."""
    a = build.kra(rated(build, "a1", 50), rated(build, "a2", 50), weight=60, rollup="worst")
    kras = (a, build.kra(rated(build, "b1"), id="b", weight=40))
    role = build.role(*kras, unscored_weight="global", gates=(build.gate("True", caps="kra.b", cap_at=1.5),))
    scored = build.scored(role, a1=4, a2=None, b1=2)
    assert (scored.overall, parts_of(scored)) == (2.57, [1.71, None, 0.86])


def test_equal_weights_are_shared_exactly(build: Any) -> None:
    """A third of a third and a seventh of the rest are whole numbers: nothing is lost to binary fractions."""
    a = build.kra(*(rated(build, f"a{n}", THIRD) for n in range(3)), weight="33.33")
    b = build.kra(*(rated(build, f"b{n}", "14.2857") for n in range(7)), id="b", weight="66.67")
    row = {f"a{n}": 3.33 for n in range(3)} | {f"b{n}": 2.01 + n / 100 for n in range(7)} | {"a1": None, "b6": None}
    role = build.role(a, b, unscored_weight="global")
    scored = build.scored(role, **row)
    above = Fraction(3333, 3) * 2 * Fraction("3.33") + Fraction(6667, 7) * sum(Fraction(201 + n, 100) for n in range(6))
    assert scored.overall == round(float(above / (Fraction(3333, 3) * 2 + Fraction(6667, 7) * 6)), 2)
    assert added_up(scored) == Fraction(str(scored.overall))


# Roll-ups that every policy leaves as they are.


def test_the_overall_comes_from_kra_scores_that_are_not_rounded(build: Any) -> None:
    """A KRA of 3.0067 prints as 3.01 and counts as what it is: with 3.00 beside it 3.00, where 3.01 would give 3.01."""
    a = build.kra(rated(build, "a1", "33.33"), rated(build, "a2", "66.67"), weight=50)
    scored = build.scored(build.role(a, build.kra(rated(build, "b1"), id="b", weight=50)), a1=3.0, a2=3.01, b1=3.0)
    assert [kra.score for kra in scored.kras] == [3.01, 3.0]
    assert (scored.overall, added_up(scored)) == (3.0, 3)


@pytest.mark.parametrize(("rollup", "score"), [("geometric", 2.24), ("worst", 1.0)])
def test_a_kra_that_does_not_compensate_takes_its_scored_kpis_alone(build: Any, rollup: str, score: float) -> None:
    """A KPI without a score is neither a factor nor the worst."""
    kpis = rated(build, "x", 30), rated(build, "y", 30), rated(build, "z", 40)
    role = build.role(build.kra(*kpis, rollup=rollup))
    assert build.scored(role, x=5, y=1, z=None).overall == score


def test_adjustments_are_bounded_before_the_gates_cap(build: Any) -> None:
    """Two bonuses of 0.2 are 0.25 together, and no bonus lifts over the cap."""
    place = build.kpi().place
    bonuses = tuple(Adjustment(name, build.says("True"), Decimal("0.2"), "added", place) for name in "mn")
    role = build.role(build.kra(rated(build, "x")), adjustments=bonuses, gates=(build.gate("late > 0", cap_at=2),))
    free, held = (build.scored(role, x=3, late=late) for late in (0, 1))
    assert (free.overall, held.overall, held.uncapped) == (3.25, 2.0, 3.25)
    assert [each.added for each in free.adjustments] == [0.2, 0.05]


# frappe


def test_frappe_counts_missing_parts_as_zero(build: Any) -> None:
    """5 at 30 and 3 at 70 are 3.6; without feedback and self-appraisal a third of it is the result, 1.2."""
    five = build.on_scale(0, 5)
    role = three_parts(five, rated(five, "g1", 30), rated(five, "g2", 70))
    scored = five.scored(role, g1=5, g2=3, f1=None, f2=None, s1=None, s2=None)
    assert [kra.score for kra in scored.kras] == [3.6, 0.0, 0.0]
    assert (scored.status.value, scored.overall, scored.coverage) == ("rated", 1.2, 33.33)
    assert parts_of(scored) == [0.5, 0.7, 0.0, 0.0, 0.0, 0.0]
    zero = scored.kras[1].kpis[0]
    assert (zero.status.value, zero.reason, zero.score, zero.value) == ("ok", "missing_as_zero", 0.0, None)
    assert zero.notes == ("it has no score, which counts as zero under the policy 'frappe'",)


def test_frappe_takes_the_mean_of_three_parts(build: Any) -> None:
    """3.6, 3.85 and 3.85 are 3.767 with three decimals, printed 3.77."""
    five = build.on_scale(0, 5)
    role = three_parts(five, rated(five, "g1", 30), rated(five, "g2", 70))
    scored = five.scored(role, g1=5, g2=3, f1=4.0, f2=3.5, s1=4.0, s2=3.5)
    assert [kra.score for kra in scored.kras] == [3.6, 3.85, 3.85]
    assert (scored.overall, added_up(scored)) == (3.77, Fraction("3.77"))


def test_frappe_counts_progress_in_percent(build: Any) -> None:
    """Progress of 12.5 at 30 and 50 at 70 are 3.75 + 35 = 38.75; a third of it is 12.917 percent, printed 12.92."""
    percent = build.on_scale(0, 100)
    role = three_parts(percent, rated(percent, "g1", 30), rated(percent, "g2", 70))
    scored = percent.scored(role, g1=12.5, g2=50, f1=None, f2=None, s1=None, s2=None)
    assert (scored.kras[0].score, scored.overall) == (38.75, 12.92)
    assert added_up(scored) == Fraction("12.92")


def test_frappe_rounds_at_each_level(build: Any) -> None:
    """1.9335 is 1.934, a third of it 0.645 and 0.65 on paper; rounded once it would be 0.64."""
    five = build.on_scale(0, 5)
    role = three_parts(five, rated(five, "g1", 35), rated(five, "g2", 65))
    row = {"g1": 1.81, "g2": 2.0, "f1": None, "f2": None, "s1": None, "s2": None}
    scored = five.scored(role, **row)
    plan = five.plan(role)
    codes, points = [0, 0, *[MISSING_AS_ZERO] * 4], [181, 200, 0, 0, 0, 0]
    assert rolled_up(plan, codes, points, {}).kras[0].exact == Fraction(1934, 10)
    assert (scored.overall, added_up(scored)) == (0.65, Fraction("0.65"))


def test_frappe_rounds_score_times_weight_of_percent(build: Any) -> None:
    """A third of 50.05 is 16.68, three times, 50.04: each product of progress and weight has two decimals."""
    percent = build.on_scale(0, 100)
    role = percent.role(percent.kra(*(rated(percent, name, THIRD) for name in "xyz")), policy="frappe")
    assert percent.scored(role, x=50.05, y=50.05, z=50.05).overall == 50.04
    assert percent.scored(replace(role, policy=""), x=50.05, y=50.05, z=50.05).overall == 50.05


def test_frappe_goes_below_the_scale(build: Any) -> None:
    """Nobody is not rated for want of figures: on a scale from 1 everything missing is 0.00, with the lowest word."""
    place = build.kpi().place
    bonus = Adjustment("m", build.says("True"), Decimal("0.2"), "added", place)
    role = build.role(build.kra(rated(build, "x", 50), rated(build, "y", 50)), policy="frappe", adjustments=(bonus,))
    scored = build.scored(role, x=None, y=None)
    assert (scored.status.value, scored.overall, scored.label, scored.coverage) == ("rated", 0.2, "Unacceptable", 0.0)
    assert (scored.base, added_up(scored)) == (0.0, Fraction("0.2"))
    assert build.scored(role, x=1, y=None).overall == 0.7


def test_frappe_leaves_what_a_kpi_asks_for_itself(build: Any) -> None:
    """A value waited for still blocks, the lowest score stays the lowest, and what is only watched counts nothing."""
    waits = build.role(build.kra(rated(build, "x", missing=Missing.MANUAL)), policy="frappe")
    assert build.scored(waits, x=None).status.value == "blocked"
    lowest = build.role(build.kra(rated(build, "x", missing=Missing.LOWEST_SCORE)), policy="frappe")
    assert build.scored(lowest, x=None).overall == 1.0
    watched = rated(build, "y", 0, monitor=True)
    seen = build.scored(build.role(build.kra(rated(build, "x"), watched), policy="frappe"), x=4, y=None)
    assert (seen.overall, seen.kras[0].kpis[1].status.value) == (4.0, "monitor")


def test_frappe_knows_no_least_sample_and_no_case_that_does_not_concern_somebody(build: Any) -> None:
    """Two cases count like twenty, and a KPI that does not apply is zero."""
    few = rated(build, "x", 50, min_sample=MinSample(build.says("n"), 20))
    absent = rated(build, "y", 50, applies_when=build.says("x > 9"))
    scored = build.scored(build.role(build.kra(few, absent), policy="frappe"), x=4, y=5, n=2)
    assert (scored.overall, [kpi.reason for kpi in scored.kras[0].kpis]) == (2.0, ["", "missing_as_zero"])


# sap_average


def test_sap_divides_by_the_weights_present(build: Any) -> None:
    """Twelve ratings whose weights are all present are 5.44; without the last one the sum is divided by 90."""
    ten = build.on_scale(1, 10)
    pairs = [
        (6, 10),
        (6, 10),
        (4, 10),
        (4, 10),
        (4, 15),
        (10, 2.5),
        (5, 5),
        (7.5, 2.5),
        (5, 10),
        (8, 10),
        (3, 5),
        (7, 10),
    ]
    kpis = [rated(ten, f"r{place}", weight) for place, (_, weight) in enumerate(pairs)]
    role = ten.role(ten.kra(*kpis), policy="sap_average")
    row = {f"r{place}": rating for place, (rating, _) in enumerate(pairs)}
    assert ten.scored(role, **row).overall == 5.44
    assert ten.scored(role, **{**row, "r11": None}).overall == 5.26


def test_sap_has_no_floor_and_shares_over_all_sections(build: Any) -> None:
    """A tenth of the weight is enough for a rating; the weight of what is missing is spread over everything."""
    scored = build.scored(case_7(build, policy="sap_average"), a1=4, a2=None, b1=2)
    assert (scored.overall, scored.status.value) == (2.86, "rated")
    little = build.role(build.kra(rated(build, "x", 10), rated(build, "y", 90)), policy="sap_average")
    assert (build.scored(little, x=3, y=None).overall, build.scored(little, x=3, y=None).coverage) == (3.0, 10.0)
    nothing = build.scored(little, x=None, y=None)
    assert (nothing.status.value, nothing.reason) == ("not_rated", "low_coverage")


# okr_clamped


@pytest.mark.parametrize(
    ("first", "second", "overall"),
    [(80, 130, 4.6), (0, 200, 3.0), (-20, 100, 3.0), (100, 100, 5.0), (25, 50, 2.5)],
    ids=["130 counts as 100", "0 and 200 are 50 percent", "below 0 counts as 0", "all reached", "a straight line"],
)
def test_okr_clamps_each_result_to_its_target(build: Any, first: float, second: float, overall: float) -> None:
    """0 to 100 percent are the scale from 1 to 5, whatever bands are written: 90 percent are 1 + 4 × 0.9 = 4.60."""
    kpis = (build.kpi(name, TARGET, id=name, weight=50) for name in ("x", "y"))
    role = build.role(build.kra(*kpis), policy="okr_clamped")
    row = {"x": first, "y": second, "target.x": 100, "target.y": 100}
    assert build.scored(role, **row).overall == overall


def test_okr_on_a_scale_of_percent_prints_the_progress(build: Any) -> None:
    """Half at 80 percent and half at 130 are 90 percent."""
    percent = build.on_scale(0, 100)
    kpis = (percent.kpi(name, TARGET, id=name, weight=50) for name in ("x", "y"))
    role = percent.role(percent.kra(*kpis), policy="okr_clamped")
    assert percent.scored(role, **{"x": 80, "y": 130, "target.x": 100, "target.y": 100}).overall == 90.0


def test_okr_leaves_other_methods_and_the_floor(build: Any) -> None:
    """A test that is passed is 100 percent by itself; what has no data is left out, and too little is no rating."""
    fewer = build.kpi("x", TARGET, id="x", weight=50, direction=Direction.LOWER)
    done = build.kpi("y", PassFail(at_least=1.0), id="y", weight=50)
    role = build.role(build.kra(fewer, done), policy="okr_clamped")
    assert build.scored(role, **{"x": 90, "y": 1, "target.x": 100}).overall == 5.0
    assert build.scored(role, **{"x": None, "y": 1, "target.x": 100}).reason == "low_coverage"


# All of them


def test_the_policy_of_a_template_wins_over_that_of_the_workspace(build: Any) -> None:
    """`policy` in a template is followed; the default of the workspace is for those that name none."""
    named, plain = case_7(build, policy="sap_average"), case_7(build)
    for role, default, expected in ((named, "frappe", "sap_average"), (plain, "frappe", "frappe"), (plain, "", "")):
        plan, _ = plan_of(role, replace(build.tools, policy=default))
        assert plan is not None
        assert plan.role.policy == expected


def test_without_a_policy_a_template_stays_as_it_is(build: Any) -> None:
    """A template without a policy is the very same object: it costs nothing."""
    role = case_7(build)
    assert under_policy(role) is role


@pytest.mark.parametrize("policy", POLICIES)
def test_every_kra_is_a_weighted_mean(build: Any, policy: str) -> None:
    """None of these systems has a geometric mean or a worst child."""
    role = case_7(build, policy=policy)
    worst = replace(role, kras=tuple(replace(kra, rollup="worst") for kra in role.kras))
    assert [kra.rollup for kra in under_policy(worst).kras] == ["arithmetic", "arithmetic"]
