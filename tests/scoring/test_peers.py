"""Scores by comparison, and values drawn towards what is usual: case 10 and the rules of relative scoring."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path
from statistics import fmean, pstdev
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from conftest import FUNCTIONS, Builder, frame_of
from hypothesis import given
from hypothesis import strategies as st

from appraise.model.role import Bands, Direction, Kpi, MinSample, Relative, Role, Shrinkage, Standing
from appraise.scoring.company import score_company
from appraise.scoring.one import appraised
from appraise.scoring.peers import with_peers
from appraise.scoring.plan import Tools
from appraise.scoring.results import kpi_results

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from appraise.model.outcome import KpiScore

CASES = Path(__file__).parents[3] / "shared" / "cases" / "tricky_cases.json"
OWN = Bands((60.0, 70.0, 78.0, 85.0))
RANKS = Bands((10.0, 35.0, 65.0, 90.0))
DISTANCES = Bands((-1.5, -0.5, 0.5, 1.5))


def by_rank(*peers: str, **more: Any) -> Relative:
    """Scored by percentile."""
    return Relative(Standing.PERCENTILE, RANKS, OWN, peers or ("role",), **more)


def by_distance(*peers: str, **more: Any) -> Relative:
    """Scored by z-score."""
    return Relative(Standing.Z_SCORE, DISTANCES, OWN, peers or ("role",), **more)


def people(values: Iterable[float | None], **columns: Sequence[Any]) -> pl.DataFrame:
    """People with the values of `x`, and more columns about them."""
    rows = [{"person": f"E{place:03}", "role": "tried", "x": value} for place, value in enumerate(values)]
    return frame_of(rows).with_columns(pl.Series(name.replace("__", "."), found) for name, found in columns.items())


def looked_at(build: Builder, role: Role, frame: pl.DataFrame) -> list[KpiScore]:
    """The only KPI of everybody, after the company in columns said the same about all of them."""
    plan = build.plan(role)
    frame = with_peers(frame, [plan])
    results, _ = score_company([plan], frame)
    told = [appraised(plan, row).kras[0].kpis[0] for row in frame.iter_rows(named=True)]
    table = kpi_results(results).select("status", "reason", "value", "band", "score").rows()
    assert table == [(kpi.status.value, kpi.reason, kpi.value, kpi.band, kpi.score) for kpi in told]
    return told


def kpi_scores(build: Builder, kpi: Kpi, frame: pl.DataFrame) -> list[KpiScore]:
    """A template of one KPI, for everybody."""
    return looked_at(build, build.role(build.kra(kpi)), frame)


def standings_of(scores: Iterable[KpiScore]) -> list[float | None]:
    """Where everybody stands."""
    return [kpi.compared.standing if kpi.compared else None for kpi in scores]


def test_a_percentile_is_the_share_of_those_who_are_worse_and_half_of_the_equal(build: Builder) -> None:
    """Of 20 people five have 10, five 20 and ten 30: 12.5, 37.5 and 75 percent."""
    scores = kpi_scores(build, build.kpi("x", by_rank()), people([10.0] * 5 + [20.0] * 5 + [30.0] * 10))
    assert standings_of(scores) == [12.5] * 5 + [37.5] * 5 + [75.0] * 10
    assert [kpi.score for kpi in scores] == [2.1] * 5 + [3.08] * 5 + [4.4] * 10


def test_fewer_is_better_turns_the_ranks_round(build: Builder) -> None:
    """With `direction: lower` those with more are worse."""
    kpi = build.kpi("x", by_rank(), direction=Direction.LOWER)
    assert standings_of(kpi_scores(build, kpi, people([10.0] * 5 + [20.0] * 5 + [30.0] * 10))) == [
        *[87.5] * 5,
        *[62.5] * 5,
        *[25.0] * 10,
    ]


def test_everybody_equal_stands_in_the_middle(build: Builder) -> None:
    """Without any difference the percentile is 50 and the z-score 0 for all."""
    same = people([7.0] * 24)
    assert standings_of(kpi_scores(build, build.kpi("x", by_rank()), same)) == [50.0] * 24
    assert standings_of(kpi_scores(build, build.kpi("x", by_distance()), same)) == [0.0] * 24


def test_nineteen_are_too_few_and_twenty_are_enough(build: Builder) -> None:
    """With 19 people, each of them included, the value itself is scored, and says so."""
    few = kpi_scores(build, build.kpi("x", by_rank()), people(range(60, 79)))
    assert {kpi.reason for kpi in few} == {"too_few_peers"}
    assert [kpi.score for kpi in few[:2]] == [2.0, 2.1]
    assert few[0].starts == OWN.starts
    enough = kpi_scores(build, build.kpi("x", by_rank()), people(range(60, 80)))
    assert {kpi.reason for kpi in enough} == {""}
    assert standings_of(enough)[:2] == [2.5, 7.5]
    assert enough[0].starts == RANKS.starts


@pytest.mark.parametrize("direction", [Direction.HIGHER, Direction.LOWER])
def test_a_z_score_is_the_distance_from_the_mean_in_deviations(build: Builder, direction: Direction) -> None:
    """Mean and deviation are those of all peers; the score is turned round where less is better and held at two."""
    drawn = random.Random(5)  # noqa: S311 -- drawn to be the same on every machine, nothing is secret
    values = [round(drawn.gauss(75, 9), 2) for _ in range(50)] + [200.0]
    found = standings_of(kpi_scores(build, build.kpi("x", by_distance(), direction=direction), people(values)))
    sign = -1 if direction is Direction.LOWER else 1
    plain = [sign * (value - fmean(values)) / pstdev(values) for value in values]
    assert found == [round(min(max(each, -2.0), 2.0), 2) + 0.0 for each in plain]
    assert found[-1] == 2.0 * sign


def test_the_order_of_the_rows_changes_no_bit(build: Builder) -> None:
    """Shuffled people have the same standing, mean and deviation to the last bit."""
    drawn = random.Random(6)  # noqa: S311 -- drawn to be the same on every machine, nothing is secret
    frame = people([drawn.uniform(-1e6, 1e6) for _ in range(80)])
    plan = build.plan(build.role(build.kra(build.kpi("x", by_distance()))))
    there = with_peers(frame, [plan])
    back = with_peers(frame.reverse(), [plan]).reverse()
    assert there.equals(back)
    assert there["peers.k.deviation"].null_count() == 0


@given(st.lists(st.integers(-40, 40), min_size=20, max_size=60))
def test_a_better_value_never_stands_lower(values: list[int]) -> None:
    """Standings rise with the values, and equal values stand equal."""
    build = Builder(Tools(FUNCTIONS))
    for method in (by_rank(), by_distance()):
        scores = kpi_scores(build, build.kpi("x", method), people(values))
        pairs = sorted(zip(values, standings_of(scores), strict=True))
        assert [standing for _, standing in pairs] == sorted(standing for _, standing in pairs if standing is not None)
        assert len(set(pairs)) == len({value for value, _ in pairs})


def test_peers_share_what_the_template_says(build: Builder) -> None:
    """`peers: [role, site]` compares each site with itself; who has no site is nobody's peer."""
    sites = ["North"] * 20 + ["South"] * 21 + [None]
    frame = people([*range(20), *range(21), 5.0], site=sites)
    scores = kpi_scores(build, build.kpi("x", by_rank("role", "site")), frame)
    assert [kpi.compared.peers for kpi in scores if kpi.compared] == [20] * 20 + [21] * 21 + [0]
    assert standings_of(scores)[:2] == [2.5, 7.5]
    assert standings_of(scores)[20] == 2.38
    assert (scores[-1].reason, standings_of(scores)[-1]) == ("too_few_peers", None)


def test_attributes_narrow_the_peers(build: Builder) -> None:
    """An attribute of the person is as good as the site."""
    frame = people(range(45), person__grade=["A"] * 25 + ["B"] * 20)
    scores = kpi_scores(build, build.kpi("x", by_rank("role", "person.grade")), frame)
    assert [kpi.compared.peers for kpi in scores if kpi.compared] == [25] * 25 + [20] * 20


def test_people_on_other_roles_are_no_peers(build: Builder) -> None:
    """Only those on the same template count."""
    frame = people(range(30)).with_columns(role=pl.Series(["tried"] * 19 + ["other"] * 11))
    plan = build.plan(build.role(build.kra(build.kpi("x", by_rank()))))
    results, _ = score_company([plan], with_peers(frame, [plan]))
    assert set(kpi_results(results)["reason"]) == {"too_few_peers"}


def test_who_cannot_be_rated_is_no_peer(build: Builder) -> None:
    """A person with too few days is left out of the peers, and scored by the value."""
    reasons = ["too_new"] + [""] * 20
    scores = kpi_scores(build, build.kpi("x", by_rank()), people([80.0] + [50.0] * 20, status_reason=reasons))
    assert (scores[0].reason, scores[0].score) == ("not_compared", 4.29)
    assert standings_of(scores) == [None] + [50.0] * 20


def test_short_samples_and_those_it_does_not_apply_to_are_no_peers(build: Builder) -> None:
    """Whoever is not scored on the KPI is not compared with either."""
    kpi = build.kpi(
        "x", by_rank(), min_sample=MinSample(build.says("n"), 5), applies_when=build.says("person.site == 'in'")
    )
    where = ["in"] * 22 + ["out"] * 3
    frame = people(range(25), n=[4.0] + [9.0] * 24, person__site=where)
    scores = kpi_scores(build, kpi, frame)
    assert scores[0].status == "insufficient_sample"
    assert scores[24].status == "not_applicable"
    assert [kpi.compared.peers for kpi in scores[1:22] if kpi.compared] == [21] * 21


def test_a_monitored_kpi_is_not_compared(build: Builder) -> None:
    """What is only shown has no standing."""
    watched = build.kpi("x", by_rank(), id="w", weight=0, monitor=True)
    role = build.role(build.kra(watched, build.kpi("x")))
    scores = looked_at_all(build, role, people(range(30)))
    assert {(one[0].status.value, one[0].compared) for one in scores} == {("monitor", None)}


def looked_at_all(build: Builder, role: Role, frame: pl.DataFrame) -> list[tuple[KpiScore, ...]]:
    """All KPIs of everybody."""
    plan = build.plan(role)
    frame = with_peers(frame, [plan])
    return [appraised(plan, row).kras[0].kpis for row in frame.iter_rows(named=True)]


def test_nothing_is_added_where_nobody_is_compared(build: Builder) -> None:
    """A template without comparisons leaves the input frame as it is."""
    frame = people(range(30))
    assert with_peers(frame, [build.plan(build.role(build.kra(build.kpi("x"))))]) is frame


def surveys(build: Builder, prior: float | None = 75.0, **more: Any) -> Kpi:
    """Satisfied customers, drawn by twelve further answers."""
    pull = Shrinkage(build.says("n"), 12.0, prior)
    return build.kpi("100 * x / n", build.bands(60, 70, 78, 85), shrinkage=pull, **more)


def test_case_10_four_of_four_are_not_a_hundred_percent(build: Builder) -> None:
    """(4 · 100 + 12 · 75) / 16 = 81.25, band 4, score 4.46; the figure before is kept."""
    (found,) = kpi_scores(build, surveys(build), people([4.0], n=[4.0]))
    assert (found.value, found.band, found.score) == (81.25, 4, 4.46)
    assert found.shrunk is not None
    assert (found.shrunk.value, found.shrunk.cases, found.shrunk.prior, found.shrunk.peers) == (100.0, 4.0, 75.0, None)


def test_case_10_is_as_it_was_given() -> None:
    """The numbers above are those of the case."""
    if not CASES.exists():
        pytest.skip(f"{CASES.name} is not there")
    (case,) = (one for one in json.loads(CASES.read_text("utf-8"))["cases"] if one["n"] == 10)
    assert case["expected"][1] == {"value_used": "81.25", "level": 4, "score": "4.46"}


def test_the_prior_of_the_peers_is_a_ratio_of_sums(build: Builder) -> None:
    """With 4 of 4 and 19 times 30 of 40 the prior is all top answers by all answers, never a mean of rates."""
    top, answers = [4.0] + [30.0] * 19, [4.0] + [40.0] * 19
    found = kpi_scores(build, surveys(build, None), people(top, n=answers))[0]
    prior = 75.13
    assert math.isclose(prior, 100 * sum(top) / sum(answers), abs_tol=0.005)
    assert found.shrunk is not None
    assert (found.shrunk.prior, found.shrunk.peers) == (prior, 20)
    assert found.value == round((4 * 100 + 12 * prior) / 16, 2)


def test_too_few_peers_give_no_prior(build: Builder) -> None:
    """With 19 people and no written prior the value stays as it is."""
    found = kpi_scores(build, surveys(build, None), people([4.0] * 19, n=[4.0] * 19))[0]
    assert (found.value, found.score) == (100.0, 5.0)
    assert found.shrunk is not None
    assert (found.shrunk.prior, found.shrunk.peers) == (None, 19)


def test_many_cases_move_little_and_none_move_to_the_prior(build: Builder) -> None:
    """The more cases, the nearer to the own value; below none there are none."""
    kpi = build.kpi("x", build.bands(60, 70, 78, 85), shrinkage=Shrinkage(build.says("n"), 12.0, 75.0))
    found = kpi_scores(build, kpi, people([100.0] * 4, n=[0.0, -3.0, 12.0, 1e6]))
    assert [each.value for each in found] == [75.0, 75.0, 87.5, 100.0]


def test_without_the_number_of_cases_there_is_no_score(build: Builder) -> None:
    """A hundred percent of nobody knows how many is no result."""
    kpi = build.kpi("x", build.bands(60, 70, 78, 85), shrinkage=Shrinkage(build.says("n"), 12.0, 75.0))
    (found,) = kpi_scores(build, kpi, people([100.0], n=[None]).cast({"n": pl.Float64}))
    assert (found.status, found.score) == ("no_data", None)


def test_drawn_values_are_compared(build: Builder) -> None:
    """Where a KPI has both, the values that are compared are the drawn ones."""
    kpi = build.kpi("100 * x / n", by_rank(), shrinkage=Shrinkage(build.says("n"), 12.0, 50.0))
    top, answers = [2.0] + [float(each) for each in range(70, 90)], [2.0] + [100.0] * 20
    found = kpi_scores(build, kpi, people(top, n=answers))
    assert found[0].value == 57.14
    assert standings_of(found)[0] == 2.38


def test_no_next_band_is_told_that_depends_on_others(build: Builder) -> None:
    """Of a standing nobody knows how far the next band is; of a value scored by its own bands everybody does."""
    compared = kpi_scores(build, build.kpi("x", by_rank()), people(range(60, 90)))
    assert {kpi.next_band for kpi in compared} == {None}
    alone = kpi_scores(build, build.kpi("x", by_rank()), people([72.0]))
    assert alone[0].next_band is not None
    assert alone[0].next_band.says == "with 6.00 more this is band 4"


def test_the_next_band_of_a_drawn_value_is_told_in_counts(build: Builder) -> None:
    """One more top answer of 30 brings 76.19 to 78.57; in percentage points nothing is said."""
    counting = build.with_tools(counts=frozenset({"x"}))
    (found,) = kpi_scores(counting, surveys(counting), people([23.0], n=[30.0]))
    assert found.value == 76.19
    assert found.next_band is not None
    assert found.next_band.says == "1 more (x) makes this band 4"
    (silent,) = kpi_scores(build, surveys(build), people([23.0], n=[30.0]))
    assert silent.next_band is None
