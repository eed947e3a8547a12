"""Whole fields of cases against the same rules in fractions: no value, however near an edge, comes out otherwise."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import pytest
from oracle import Area, attainment, climbed, half_up, of_bands, of_ranges, rolled_up
from trials import Desk, Thing, kpi, kra, only, rated, template

from appraise.model.outcome import KpiScore

LADDERS = {
    "higher": [
        ["60", "70", "78", "85"],
        ["75", "85", "90", "95"],
        ["20", "29", "40", "57"],
        ["0.1", "0.2", "0.3", "0.7"],
    ],
    "lower": [["60", "45", "35", "25"], ["0.7", "0.3", "0.2", "0.1"], ["5", "0", "-5", "-10"]],
}
WRITINGS = ("100 * kept / due", "kept / due * 100", "kept / (due / 100)", "100 - 100 * (due - kept) / due")


def found_in(desk: Desk, said: Thing, rows: Sequence[dict[str, Any]]) -> list[KpiScore]:
    """The results of one KPI for everybody."""
    return [one.kras[0].kpis[0] for one in desk.everyone(only(said), rows)]


def around(points: Sequence[str], places: int) -> list[str]:
    """Values about each point, on both sides and just between two printed ones, and some in between."""
    drawn = random.Random(7)  # noqa: S311 -- drawn to be the same on every machine, nothing is secret
    step = Fraction(1, 10 ** (places + 1))
    near = [Fraction(point) + count * step for point in points for count in range(-21, 22)]
    low, high = min(near) - 30, max(near) + 30
    free = [low + (high - low) * Fraction(drawn.randrange(10**6), 10**6) for _ in range(80)]
    return [f"{float(value):.{places + 1}f}" for value in [*near, *free]]


@pytest.mark.parametrize("places", [0, 1, 2, 3])
@pytest.mark.parametrize(("direction", "starts"), [(way, each) for way, ladders in LADDERS.items() for each in ladders])
def test_every_value_near_an_edge(desk: Desk, direction: str, starts: list[str], places: int) -> None:
    """Value, band and score of hundreds of values about each start, in both directions."""
    places = max(places, *(len(start.partition(".")[2]) for start in starts))
    exact = [Fraction(start) for start in starts]
    said = kpi(direction=direction, decimals=places, score={"bands": [float(start) for start in starts]})
    values = around(starts, places)
    for text, one in zip(values, found_in(desk, said, [{"x": float(text)} for text in values]), strict=True):
        value = half_up(Fraction(text), places)
        expected = of_bands(value, direction, exact)
        assert (one.value, one.band, one.score) == (float(value), expected.band, float(expected.score)), text


def test_every_value_near_the_ends_of_a_range(desk: Desk) -> None:
    """The worse side counts, on every side of every interval."""
    ranges = [("80", "300"), ("110", "260.5"), ("140", "240"), ("170.25", "220")]
    exact = [(Fraction(low), Fraction(high)) for low, high in ranges]
    bands = {"ranges": [[float(low), float(high)] for low, high in ranges]}
    values = around([end for pair in ranges for end in pair], 2)
    said = kpi(direction="range", score={"bands": bands})
    for text, one in zip(values, found_in(desk, said, [{"x": float(text)} for text in values]), strict=True):
        expected = of_ranges(half_up(Fraction(text)), exact)
        assert (one.band, one.score) == (expected.band, float(expected.score)), text


@pytest.mark.parametrize("writing", WRITINGS)
def test_every_part_of_every_whole_up_to_60(desk: Desk, writing: str) -> None:
    """A percentage has the value of its fraction, however it is written, and the score of that."""
    starts = ["25", "50", "60", "75"]
    pairs = [(kept, due) for due in range(1, 61) for kept in range(due + 1)]
    said = kpi(formula=writing, score={"bands": [25, 50, 60, 75]}, success_when_empty=False)
    rows = [{"kept": kept, "due": due} for kept, due in pairs]
    for (kept, due), one in zip(pairs, found_in(desk, said, rows), strict=True):
        value = half_up(Fraction(100 * kept, due))
        expected = of_bands(value, "higher", [Fraction(start) for start in starts])
        assert (one.value, one.band, one.score) == (float(value), expected.band, float(expected.score)), (kept, due)


@pytest.mark.parametrize("direction", ["higher", "lower"])
def test_every_attainment_of_many_targets(desk: Desk, direction: str) -> None:
    """Percent of target in both forms, from below nothing to beyond the cap."""
    pairs = [(actual, target) for target in (1, 3, 7, 30, 64, 99) for actual in range(-target, 3 * target + 1)]
    exact = [Fraction(start) for start in (80, 95, 105, 120)]
    bands = {"bands": [80, 95, 105, 120], "attainment_cap": 130}
    rows = [{"x": actual, "target.k": target} for actual, target in pairs]
    said = kpi(direction=direction, score={"percent_of_target": bands})
    for (actual, target), one in zip(pairs, found_in(desk, said, rows), strict=True):
        reached = attainment(Fraction(actual), Fraction(target), direction, Fraction(130))
        expected = climbed(reached, exact)
        assert (one.attainment, one.band, one.score) == (float(reached), expected.band, float(expected.score))


SPLITS: list[list[tuple[str, list[str]]]] = [
    [("100", ["50", "50"])],
    [("100", ["33.33", "33.33", "33.34"])],
    [("60", ["50", "50"]), ("40", ["100"])],
    [("33.33", ["12.5", "87.5"]), ("33.33", ["0", "100"]), ("33.34", ["20", "30", "50"])],
    [("12.37", ["100"]), ("41.11", ["7.69", "23.07", "31.4", "37.84"]), ("46.52", ["99.9999", "0.0001"])],
]
LABELS = {"Unacceptable": "1", "Needs improvement": "1.5", "Meets": "2.5", "Exceeds": "3.5", "Outstanding": "4.5"}


def drawn_scores(count: int, holes: float) -> Iterator[list[Fraction | None]]:
    """Scores in hundredths, some of them missing."""
    drawn = random.Random(11)  # noqa: S311 -- drawn to be the same on every machine, nothing is secret
    for _ in range(150):
        yield [None if drawn.random() < holes else Fraction(drawn.randrange(100, 501), 100) for _ in range(count)]


@pytest.mark.parametrize("shared", [False, True], ids=["siblings", "global"])
@pytest.mark.parametrize("holes", [0, 0.3])
@pytest.mark.parametrize("split", SPLITS, ids=str)
def test_every_roll_up(desk: Desk, split: list[tuple[str, list[str]]], holes: float, shared: bool) -> None:
    """Overall, label and coverage of many people, to the last hundredth, whatever is missing."""
    names = [[f"x{place}_{n}" for n, _ in enumerate(inner)] for place, (_, inner) in enumerate(split)]
    kras = [
        kra(*(rated(*pair) for pair in zip(own, map(float, inner), strict=True)), name=f"a{place}", weight=float(outer))
        for place, ((outer, inner), own) in enumerate(zip(split, names, strict=True))
    ]
    flat = [name for own in names for name in own]
    people = list(drawn_scores(len(flat), holes))
    rows = [{name: None if x is None else float(x) for name, x in zip(flat, one, strict=True)} for one in people]
    more = {"unscored_weight": "global"} if shared else {}
    for scores, one in zip(people, desk.everyone(template(*kras, **more), rows), strict=True):
        left = iter(scores)
        areas = [Area(Fraction(outer), [(Fraction(weight), next(left)) for weight in inner]) for outer, inner in split]
        exact, coverage = rolled_up(areas, shared=shared)
        enough = exact is not None and coverage >= 60
        overall = half_up(exact) if exact is not None and enough else None
        assert one.overall == (None if overall is None else float(overall))
        assert one.coverage == float(half_up(coverage))
        assert one.label == (
            None if overall is None else [w for w, start in LABELS.items() if Fraction(start) <= overall][-1]
        )
