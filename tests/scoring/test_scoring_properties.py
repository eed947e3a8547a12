"""What must hold of every template and everybody: better never scores less, and what means nothing changes nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appraise.model.role import Bands, ByBands, Direction, Kra, PercentOfTarget, Role
from appraise.scoring.bands import climbed, stairs_of
from appraise.scoring.company import score_company
from appraise.scoring.exact import half_up, largest_remainder, rolled_up
from appraise.scoring.results import kpi_results
from appraise.scoring.statuses import MISSING_AS_ZERO, NOT_APPLICABLE

VALUES = st.floats(-1000, 1000, allow_nan=False).map(lambda value: round(value, 2))
POINTS = st.lists(st.integers(100, 500), min_size=4, max_size=4)


def starts_of(drawn: list[float], *, rising: bool) -> tuple[float, ...]:
    """Four different starts in order."""
    return tuple(sorted(drawn, reverse=not rising))


@given(st.lists(VALUES, min_size=4, max_size=4, unique=True), VALUES, VALUES, st.sampled_from(["higher", "lower"]))
@settings(max_examples=300)
def test_a_better_value_never_scores_less(
    build: Any, drawn: list[float], one: float, other: float, direction: str
) -> None:
    """More is never worse where higher is better, nor fewer where lower is; the score never contradicts its band."""
    way = Direction(direction)
    stairs = stairs_of(Bands(starts_of(drawn, rising=way is Direction.HIGHER)), way, build.scale)
    worse, better = sorted((one, other), reverse=way is Direction.LOWER)
    low, high = climbed(stairs, worse), climbed(stairs, better)
    assert low[0] <= high[0]
    assert low[1] <= high[1]
    assert all(100 * band <= score <= min(100 * band + 99, 500) for band, score in (low, high))


@given(st.lists(VALUES, min_size=8, max_size=8, unique=True), VALUES)
@settings(max_examples=200)
def test_inside_a_range_nothing_scores_less_than_outside(build: Any, drawn: list[float], value: float) -> None:
    """A value inside an interval has at least its band."""
    ends = sorted(drawn)
    ranges = tuple((ends[place], ends[-1 - place]) for place in range(4))
    band, _ = climbed(stairs_of(Bands(ranges=ranges), Direction.RANGE, build.scale), value)
    assert band == 1 + sum(low <= value <= high for low, high in ranges)


def four(build: Any, weights: list[str]) -> Role:
    """A template of two KRAs with two KPIs each."""
    kpis = [build.kpi(f"x{place}", id=f"k{place}", weight=weight) for place, weight in enumerate(weights)]
    return build.role(build.kra(*kpis[:2], weight=60), build.kra(*kpis[2:], id="b", weight=40))


def scaled(role: Role, factor: Decimal) -> Role:
    """The template with every weight multiplied."""
    kras: list[Kra] = []
    for kra in role.kras:
        kpis = tuple(replace(kpi, weight=kpi.weight * factor) for kpi in kra.kpis)
        kras.append(replace(kra, kpis=kpis, weight=kra.weight * factor))
    return replace(role, kras=tuple(kras))


@given(POINTS, st.lists(st.sampled_from([0, 0, 0, NOT_APPLICABLE]), min_size=4, max_size=4), st.integers(1, 999))
@settings(max_examples=100)
def test_scaling_all_weights_changes_nothing(build: Any, points: list[int], codes: list[int], factor: int) -> None:
    """Only proportions count: weights times any number give the same base, shares and contributions."""
    role = four(build, ["33.3", "66.7", "12.5", "87.5"])
    found = [
        rolled_up(build.plan(each), codes, points, {}) for each in (role, scaled(role, Decimal(factor) / Decimal(100)))
    ]
    assert found[0] == found[1]


@given(POINTS)
@settings(max_examples=100)
def test_contributions_add_up_and_the_base_is_the_nearest_hundredth(build: Any, points: list[int]) -> None:
    """The base is the exact mean rounded once, and the printed parts are its sum."""
    found = rolled_up(build.plan(four(build, ["33.3", "66.7", "12.5", "87.5"])), [0] * 4, points, {})
    exact = sum(Fraction(share) * score for share, score in zip(found.shares, points, strict=True))
    assert found.base == half_up(Fraction(exact))
    assert sum(part for part in found.parts if part is not None) == found.base


@given(POINTS, st.lists(st.sampled_from([0, 0, 0, NOT_APPLICABLE]), min_size=4, max_size=4), st.integers(1, 999))
@settings(max_examples=100)
@pytest.mark.parametrize("rules", ["global", "frappe", "sap_average"])
def test_under_other_rules_too_parts_add_up_and_only_proportions_count(
    build: Any, rules: str, points: list[int], codes: list[int], factor: int
) -> None:
    """Wherever weight goes and figures are rounded, what is printed is a sum, and no KPI gets more than a hundredth."""
    role = four(build, ["33.3", "66.7", "12.5", "87.5"])
    role = replace(role, **({"unscored_weight": rules} if rules == "global" else {"policy": rules}))
    if rules == "frappe":
        codes = [MISSING_AS_ZERO if code else 0 for code in codes]
    known = [0 if code else score for code, score in zip(codes, points, strict=True)]
    found = rolled_up(build.plan(role), codes, known, {})
    assert rolled_up(build.plan(scaled(role, Decimal(factor) / Decimal(100))), codes, known, {}) == found
    parts = [part for part in found.parts if part is not None]
    assert sum(parts) == (found.base or 0)
    for part, share, score in zip(found.parts, found.shares, known, strict=True):
        assert part is None or 0 <= part - int(share * score) <= 1


@given(st.lists(st.fractions(0, 500), min_size=1, max_size=12))
def test_the_largest_remainders_take_what_is_left(exact: list[Fraction]) -> None:
    """Every part is its exact value cut off, or one more."""
    total = half_up(sum(exact, Fraction(0)))
    parts = largest_remainder(exact, total)
    assert sum(parts) == total
    assert all(
        0 <= part - (number.numerator // number.denominator) <= 1 for part, number in zip(parts, exact, strict=True)
    )


def test_removing_a_kpi_that_does_not_apply_changes_nothing(build: Any) -> None:
    """A KPI without data, and the same template without it, give the same rating."""
    a, b = build.kpi("x", id="x", weight=30), build.kpi("y", id="y", weight=70)
    with_it = build.scored(build.role(build.kra(a, b), min_coverage=0.0), x=3.37, y=None)
    without = build.scored(build.role(build.kra(a), min_coverage=0.0), x=3.37)
    assert (with_it.overall, with_it.label) == (without.overall, without.label)
    assert with_it.kras[0].kpis[0].effective_weight == without.kras[0].kpis[0].effective_weight == 100.0


def company(rows: int) -> pl.DataFrame:
    """People with values that hit starts, ties and gaps."""
    number = pl.int_range(rows, dtype=pl.Int64)
    columns = [
        pl.when((number * 7 + place) % 11 > 0).then((number * (place + 3) % 17).cast(pl.Float64) / 3).alias(f"x{place}")
        for place in range(4)
    ]
    names = pl.format("E{}", number).alias("person")
    return pl.select(names, pl.repeat("tried", rows).alias("role"), *columns)


def test_the_order_of_people_changes_no_byte(build: Any) -> None:
    """Shuffled people have the same rows."""
    plan, people = build.plan(four(build, ["33.3", "66.7", "12.5", "87.5"])), company(400)
    shuffled = people.sample(fraction=1.0, shuffle=True, seed=5)
    tables = [kpi_results(score_company([plan], each)[0]).sort("person", "kpi") for each in (people, shuffled)]
    ratings = [score_company([plan], each)[0].people.sort("person") for each in (people, shuffled)]
    assert tables[0].equals(tables[1])
    assert ratings[0].equals(ratings[1])


def test_the_order_of_kpis_changes_no_rating(build: Any) -> None:
    """A template written the other way round rates everybody alike."""
    role = four(build, ["33.3", "66.7", "12.5", "87.5"])
    turned = replace(role, kras=tuple(replace(kra, kpis=kra.kpis[::-1]) for kra in role.kras[::-1]))
    people = company(400)
    ratings = [score_company([build.plan(each)], people)[0].people for each in (role, turned)]
    assert ratings[0].equals(ratings[1])


@pytest.mark.parametrize("method", [ByBands(Bands((2.0, 3.0, 4.0, 5.0))), PercentOfTarget(Bands((2.0, 3.0, 4.0, 5.0)))])
def test_nobody_at_all_is_no_fault(build: Any, method: Any) -> None:
    """A company without people has tables without rows."""
    plan = build.plan(build.role(build.kra(build.kpi(method=method))))
    people = pl.DataFrame(schema={"person": pl.String, "role": pl.String, "x": pl.Float64})
    results, problems = score_company([plan], people)
    assert (results.people.height, kpi_results(results).height, problems) == (0, 0, [])
