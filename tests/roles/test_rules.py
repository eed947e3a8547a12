"""What must hold in every template, beyond the files of tests/examples."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraise.model.expression import Expression
from appraise.model.place import Place
from appraise.model.problem import Severity
from appraise.model.role import FIVE_POINT, Bands, ByBands, Direction, Kpi, Kra, Label, PercentOfTarget, Role, Scale
from appraise.roles.rules import all_rules, rule_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from appraise.model.problem import Problem
    from appraise.roles.library import Draft

    Load: TypeAlias = Callable[..., tuple[Mapping[str, Draft], list[Problem]]]

PLACE = Place("role.yaml", 1, 1)


def kpi(name: str = "calls", weight: str = "100", **more: object) -> Kpi:
    """A sound KPI, but for what is given."""
    plain = Kpi(
        id=name,
        title=name,
        formula=Expression("calls", PLACE),
        weight=Decimal(weight),
        direction=Direction.HIGHER,
        method=ByBands(Bands((10.0, 20.0, 30.0, 40.0))),
        place=PLACE,
    )
    return replace(plain, **more)  # type: ignore[arg-type]  # a table of cases gives any field


def role(*kpis: Kpi, scale: Scale = FIVE_POINT) -> Role:
    """A role with one KRA of these KPIs."""
    kra = Kra("work", "Work", Decimal(100), kpis, PLACE, places={"kpis": PLACE})
    return Role("agent", "Agent", "1.0.0", scale, (kra,), PLACE, "", places={"kras": PLACE})


def codes(found: Role) -> list[str]:
    """The codes of what the rules find."""
    return [problem.code for problem in rule_problems(found)]


def banded(starts: Sequence[float], direction: str = "higher", decimals: int = 2) -> Role:
    """A role with one KPI with these starts."""
    return role(kpi(method=ByBands(Bands(tuple(starts))), direction=Direction(direction), decimals=decimals))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(role(*(kpi(f"k{n}", "33.33") for n in range(3))), ["weights-total"], id="b: 99.99"),
        pytest.param(
            role(*(kpi(f"k{n}", "11.1") for n in range(8)), kpi("last", "11.2")), [], id="c: a float sum below 100"
        ),
        pytest.param(banded([25, 35, 45, 60], "lower"), ["bands-order"], id="d: lower is better, rising"),
        pytest.param(banded([80, 90, 90, 100]), ["bands-equal"], id="e: 90 twice"),
        pytest.param(role(kpi("k1", "0"), kpi("k2", "100")), ["zero-weight"], id="f: a weight of 0"),
        pytest.param(banded([1, 1.6, 2.6, 3], decimals=0), ["band-too-fine"] * 2, id="g: finer than printed"),
    ],
)
def test_a_template_that_cannot_be_scored_clearly_is_refused(found: Role, expected: list[str]) -> None:
    """The hand-worked cases of templates that look right; case a, a gap between labels, cannot be written at all."""
    assert codes(found) == expected


def test_a_weight_of_zero_is_a_warning() -> None:
    """A weight of 0 is allowed, and pointed out."""
    assert [one.severity for one in rule_problems(role(kpi("k1", "0"), kpi("k2", "100")))] == [Severity.WARNING]


def test_published_weights_of_75_are_reported() -> None:
    """A configuration that was in use with weights of 40, 25, 5 and 5 is refused with its sum."""
    problems = rule_problems(role(*(kpi(f"k{n}", weight) for n, weight in enumerate(("40", "25", "5", "5")))))
    assert [problem.message for problem in problems] == [
        "KRA 'work': the weights of its KPIs total 75, not 100 (40 + 25 + 5 + 5)"
    ]


@pytest.mark.parametrize("steps", range(1, 10))
def test_every_scale_has_its_number_of_starts(steps: int) -> None:
    """A scale of any size works with one start for each score above the lowest."""
    scale = Scale("own", 0, steps, (Label("all", 0.0),))
    method = ByBands(Bands(tuple(float(start) for start in range(steps)), step=True))
    assert codes(role(kpi(method=method), scale=scale)) == []
    assert codes(role(kpi(method=ByBands(Bands((*method.bands.starts, 99.0)))), scale=scale)) == ["wrong-band-count"]


def test_one_start_alone_needs_to_know_the_lowest() -> None:
    """With a single start and a linear score, `scores_1_at` must say where the score ends."""
    scale = Scale("two", 1, 2, (Label("no", 1.0), Label("yes", 1.5)))
    assert codes(role(kpi(method=ByBands(Bands((3.0,)))), scale=scale)) == ["lowest-not-beyond"]
    assert codes(role(kpi(method=ByBands(Bands((3.0,), scores_lowest_at=1.0))), scale=scale)) == []


def test_attainment_rises_in_both_directions() -> None:
    """Bands of a percentage of a target rise with `direction: lower`, too."""
    method = PercentOfTarget(Bands((80.0, 95.0, 105.0, 120.0)))
    assert codes(role(kpi(method=method, direction=Direction.LOWER))) == []


def test_what_could_not_be_read_breaks_no_rule() -> None:
    """Unknown weights, empty names and scales without steps are passed over by every rule."""
    unknown = role(kpi("", "NaN", monitor=True), kpi("", "NaN", max_score=9.0), scale=Scale("none", 0, 0, ()))
    assert codes(unknown) == []


@given(st.lists(st.decimals("0.0001", "100", places=4), min_size=1, max_size=12))
def test_the_total_is_exact(weights: list[Decimal]) -> None:
    """Weights pass if and only if their decimal sum is 100, to the last digit."""
    found = codes(role(*(kpi(f"k{n}", str(weight)) for n, weight in enumerate(weights))))
    assert ("weights-total" in found) == (sum(weights) != 100)


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=12))
def test_what_completes_the_total_is_accepted(weights: list[int]) -> None:
    """Any parts of 100 that are exact add up."""
    parts = [Decimal(weight) / 1000 for weight in weights]
    found = codes(role(*(kpi(f"k{n}", str(part)) for n, part in enumerate([*parts, 100 - sum(parts)]))))
    assert found == []


@pytest.mark.parametrize("count", range(1, 12))
def test_equal_weights_are_equal(load: Load, count: int) -> None:
    """`weight: equal` gives every KPI the same weight, whatever their number, and none to what is only monitored."""
    line = "      - {{id: k{0}, title: K, formula: calls, weight: {1}, score: rating{2}}}\n"
    lines = [line.format(number, "equal", "") for number in range(count)] + [line.format("m", 0, ", monitor: true")]
    head = "role: r\ntitle: R\nversion: 1.0.0\nkras:\n  - id: a\n    title: A\n    weight: equal\n    kpis:\n"
    drafts, problems = load({"r.yaml": head + "".join(lines)})
    found = drafts["r"].role
    assert problems == []
    assert (found.equal_kras, found.kras[0].equal_kpis, found.kras[0].weight) == (True, True, Decimal(100))
    assert {one.weight for one in found.kpis} == {(Decimal(100) / count).quantize(Decimal("0.0001")), Decimal(0)}


def test_every_rule_says_what_it_is() -> None:
    """The docstring of a rule is its manual."""
    assert [rule.__name__ for rule in all_rules() if not rule.__doc__] == []


def test_bands_that_have_no_effect_are_not_judged() -> None:
    """Under the policy okr_clamped a percentage of a target is scored in a straight line, whatever bands it has."""
    two = kpi(method=PercentOfTarget(Bands((90.0, 50.0)), 40.0), target="target.sales")
    plain = role(two, scale=Scale("percent", 0, 100, (Label("Low", 0.0),)))
    assert "wrong-band-count" in codes(plain)
    assert codes(replace(plain, policy="okr_clamped")) == []
