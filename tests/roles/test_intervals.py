"""Bands and labels proved against a count of every value there is, in exact decimals: no gap, no overlap, none idle."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraise.app.bundled import schema_text
from appraise.app.workspace import load_workspace
from appraise.documents.schema import load_schema
from appraise.expr.quantiser import quantised
from appraise.model.expression import Expression
from appraise.model.place import Place
from appraise.model.problem import Severity
from appraise.model.role import FIVE_POINT, Bands, ByBands, Direction, Kpi, Kra, PercentOfTarget, Role, Scale
from appraise.roles.rules import rule_problems
from appraise.scoring.bands import climbed, stairs_of
from appraise.scoring.ratings import label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from appraise.model.problem import Problem
    from appraise.model.role import Method

HERE = Place("role.yaml", 1, 1)
OF_BANDS = {"bands-order", "bands-equal", "band-too-fine", "range-reversed", "ranges-not-nested"}
GRID = st.integers(-30, 60)
"""Places on a fine grid of numbers, near enough to one another that equal ones and neighbours come up."""


def template(method: Method, direction: Direction, decimals: int = 1) -> Role:
    """A template of one KPI."""
    kpi = Kpi("k", "K", Expression("calls", HERE), Decimal(100), direction, method, HERE, decimals=decimals)
    kra = Kra("work", "Work", Decimal(100), (kpi,), HERE, places={"kpis": HERE})
    return Role("agent", "Agent", "1.0.0", FIVE_POINT, (kra,), HERE, "", places={"kras": HERE})


def codes(role: Role, severity: Severity = Severity.ERROR) -> set[str]:
    """The codes of what is refused, or of the warnings."""
    return {problem.code for problem in rule_problems(role) if problem.severity is severity}


def bands_had(bands: Bands, direction: Direction, values: Iterable[Fraction], decimals: int) -> dict[int, int]:
    """How many of the values, each as it is rounded and printed, are in each band."""
    stairs = stairs_of(bands, direction, FIVE_POINT)
    had: dict[int, int] = {}
    for value in values:
        band, _ = climbed(stairs, quantised(float(value), decimals))
        had[band] = had.get(band, 0) + 1
    return had


def every_value(decimals: int) -> list[Fraction]:
    """All values with so many decimals around the grid."""
    return [Fraction(number, 10**decimals) for number in range(-4 * 10**decimals, 7 * 10**decimals)]


@given(st.lists(GRID, min_size=4, max_size=4), st.sampled_from(["higher", "lower"]), st.booleans())
def test_starts_are_accepted_if_and_only_if_every_band_can_be_had(drawn: list[int], way: str, ordered: bool) -> None:
    """Of starts in tenths each band has the values between its start and the next, and none is left without one."""
    direction = Direction(way)
    rising = direction is Direction.HIGHER
    places = sorted(drawn, reverse=not rising) if ordered else drawn
    bands = Bands(tuple(place / 10 for place in places))
    sound = all((one < two) if rising else (one > two) for one, two in pairwise(places))
    assert (not codes(template(ByBands(bands), direction)) & OF_BANDS) == sound
    if sound:
        widths = [abs(two - one) for one, two in pairwise(places)]
        had = bands_had(bands, direction, every_value(1), 1)
        assert set(had) == {1, 2, 3, 4, 5}
        assert [had[band] for band in (2, 3, 4)] == widths


@given(st.lists(GRID, min_size=4, max_size=4, unique=True), st.sampled_from(["higher", "lower"]))
def test_starts_finer_than_the_value_are_refused(drawn: list[int], way: str) -> None:
    """A value of whole numbers can have no start in tenths, whose band could share all its values with the next."""
    direction = Direction(way)
    starts = tuple(place / 10 for place in sorted(drawn, reverse=direction is Direction.LOWER))
    role = template(ByBands(Bands(starts)), direction, decimals=0)
    assert ("band-too-fine" in codes(role)) == any(place % 10 for place in drawn)


@given(st.lists(st.tuples(GRID, GRID), min_size=4, max_size=4), st.booleans())
def test_ranges_are_accepted_if_and_only_if_every_band_can_be_had(drawn: list[tuple[int, int]], nested: bool) -> None:
    """Nested ranges overlap nowhere else: each value has the band of the innermost range around it."""
    ends = sorted(end for pair in drawn for end in pair)
    places = [(ends[number], ends[-1 - number]) for number in range(4)] if nested else drawn
    bands = Bands(ranges=tuple((low / 10, high / 10) for low, high in places))
    inside = all(a <= c and d <= b and (a, b) != (c, d) for (a, b), (c, d) in pairwise(places))
    sound = inside and all(low <= high for low, high in places)
    assert (not codes(template(ByBands(bands), Direction.RANGE)) & OF_BANDS) == sound
    if sound:
        had = bands_had(bands, Direction.RANGE, every_value(1), 1)
        sizes = [high - low + 1 for low, high in places]
        assert [had[band] for band in (2, 3, 4, 5)] == [a - b for a, b in zip(sizes, [*sizes[1:], 0], strict=True)]


@pytest.mark.parametrize(
    ("starts", "cap", "expected"),
    [
        ((80.0, 95.0, 105.0, 120.0), 150.0, set()),
        ((80.0, 95.0, 105.0, 120.0), 120.0, set()),
        ((80.0, 95.0, 105.0, 120.0), 119.99, {"band-out-of-reach"}),
        ((0.01, 95.0, 105.0, 120.0), 150.0, set()),
        ((0.0, 95.0, 105.0, 120.0), 150.0, {"band-out-of-reach"}),
        ((-5.0, 95.0, 105.0, 120.0), 150.0, {"band-out-of-reach"}),
    ],
)
def test_attainments_that_nobody_has_are_told(starts: tuple[float, ...], cap: float, expected: set[str]) -> None:
    """An attainment lies between 0 and its cap, so a band that begins beyond either end is had by nobody."""
    role = template(PercentOfTarget(Bands(starts), cap), Direction.HIGHER)
    assert codes(role, Severity.WARNING) == expected


def test_edges_at_the_end_of_float64_are_as_exact() -> None:
    """Starts that differ in the file but are one number are refused as equal."""
    starts = (1.0, 2.0, 1e15, 1e15 + 0.01)
    assert codes(template(ByBands(Bands(starts)), Direction.HIGHER)) >= {"bands-equal"}


SCALE = """\
company: Acme
people: {{source: people}}
sources:
  people: data/people.csv
scales:
  s: {{lowest: 1, highest: 4, labels: [{labels}]}}
"""


def scale_from(folder: Path, starts: list[str]) -> tuple[Scale, list[Problem]]:
    """The scale with labels from these numbers, as written, and what is said of it."""
    labels = ", ".join(f"{{label: L{number}, from: {start}}}" for number, start in enumerate(starts))
    (folder / "appraise.yaml").write_text(SCALE.format(labels=labels), "utf-8")
    workspace, problems = load_workspace(folder, schema())
    assert workspace is not None
    return workspace.scales["s"], [problem for problem in problems if "scale" in problem.message]


def schema() -> Mapping[str, Any]:
    """The schema of workspaces."""
    return load_schema(schema_text("workspace"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for one workspace after the other."""
    return tmp_path_factory.mktemp("scales")


@given(st.lists(st.integers(95, 405), min_size=0, max_size=4), st.booleans(), st.sampled_from(["", "5"]))
def test_labels_are_accepted_if_and_only_if_each_score_has_one(
    folder: Path, drawn: list[int], ordered: bool, finer: str
) -> None:
    """Every hundredth from the lowest to the highest has just one label, and every label has a hundredth."""
    numbers = [100, *(sorted(drawn) if ordered else drawn)]
    starts = [f"{number // 100}.{number % 100:02}" for number in numbers]
    starts[-1] += finer if len(starts) > 1 else ""
    exact = [Fraction(start) for start in starts]
    reached = exact[-1] <= 4 and all(one < two for one, two in pairwise(exact))
    whole = all((100 * start).denominator == 1 for start in exact)
    scale, problems = scale_from(folder, starts)
    assert (problems == []) == (reached and whole)
    if not problems:
        had = [label_of(scale, hundredth) for hundredth in range(100, 401)]
        assert list(dict.fromkeys(had)) == [f"L{number}" for number in range(len(starts))]


@pytest.mark.parametrize(
    ("weights", "sound"),
    [
        (["11.1"] * 9 + ["0.1"], True),
        (["33.33"] * 3, False),
        (["33.33", "33.33", "33.34"], True),
        (["14.2857"] * 6 + ["14.2858"], True),
        (["14.2857"] * 7, False),
        (["0.1"] * 10 + ["99"], True),
        (["99.9999", "0.0001"], True),
        (["1e2"], True),
        (["50.000", "5e1"], True),
        (["99.99999999999999999", "0.00000000000000001"], False),
        (["99.9999999999999999999999"], False),
        (["99." + 40 * "9"], False),
    ],
)
def test_weights_are_the_decimals_that_are_written(load: Any, weights: list[str], sound: bool) -> None:
    """They are added as written, never as floats: a sum that a float takes for 100 is refused, and the other way."""
    head = "role: r\ntitle: R\nversion: 1.0.0\nkras:\n  - id: a\n    title: A\n    weight: 100\n    kpis:\n"
    line = "      - {{id: k{0}, title: K, formula: calls, weight: {1}, score: rating}}\n"
    drafts, problems = load({"r.yaml": head + "".join(line.format(*each) for each in enumerate(weights))})
    found = {problem.code for problem in problems}
    assert (found == set()) == sound
    assert found <= {"weights-total", "weight-too-fine"}
    assert [kpi.weight for kpi in drafts["r"].role.kpis] == [Decimal(weight) for weight in weights]


def test_a_sum_of_other_weights_is_told_exactly() -> None:
    """Three weights of 33.33 total 99.99, as is said, and not 99.99000000000001."""
    role = template(ByBands(Bands((1.0, 2.0, 3.0, 4.0))), Direction.HIGHER)
    kpis = tuple(replace(role.kpis[0], id=f"k{number}", weight=Decimal("33.33")) for number in range(3))
    (problem,) = rule_problems(replace(role, kras=(replace(role.kras[0], kpis=kpis),)))
    assert "total 99.99, not 100 (33.33 + 33.33 + 33.33)" in problem.message
