"""How far it is to the next band: a number in the KPI's unit, and a sentence in things that can be counted."""

from __future__ import annotations

from typing import Any

import pytest

from appraise.model.role import Bands, ByBands, Direction, Level, PassFail, PercentOfTarget, Rating


@pytest.fixture(name="counting")
def _counting(build: Any) -> Any:
    """A builder that knows which measures are counts."""
    counts = frozenset({"answered", "received", "errors", "call_backs_in_window"})
    return build.with_tools(counts=counts, titles={"answered": "Calls answered", "errors": "PCI errors"})


def told(kpi: Any) -> tuple[int, float, float, str]:
    """The next band as a row."""
    return kpi.next_band.band, kpi.next_band.starts_at, kpi.next_band.gap, kpi.next_band.says


def test_seven_more_call_backs(counting: Any) -> None:
    """The count is the least that reaches the band when the formula is worked out again with it."""
    kpi = counting.kpi(
        "100 * call_backs_in_window / received", counting.bands(60, 70, 78, 85), decimals=1, unit="percent"
    )
    scored = counting.scored_kpi(kpi, call_backs_in_window=71, received=100)
    assert told(scored) == (4, 78.0, 7.0, "7 more call backs in window make this band 4")


def test_quantising_may_save_one(counting: Any) -> None:
    """At one decimal 77.95 already counts as 78.0, and the sentence knows it."""
    kpi = counting.kpi("100 * answered / received", counting.bands(60, 70, 78, 85), decimals=1)
    scored = counting.scored_kpi(kpi, answered=1558, received=2000)
    assert told(scored)[3] == "1 more (calls answered) makes this band 4"


def test_fewer_where_lower_is_better(counting: Any) -> None:
    """Where fewer is better, so many fewer."""
    kpi = counting.kpi("1000 * errors / received", counting.bands(60, 45, 35, 25), direction=Direction.LOWER)
    scored = counting.scored_kpi(kpi, errors=40, received=1000)
    assert told(scored) == (4, 35.0, 5.0, "5 fewer PCI errors make this band 4")


def test_a_part_does_not_outgrow_its_whole(counting: Any) -> None:
    """Where no possible count reaches the band, the gap is told in units."""
    kpi = counting.kpi("100 * answered / received", counting.bands(60, 70, 78, 120), unit="percent")
    assert (
        told(counting.scored_kpi(kpi, answered=8, received=10))[3] == "with 40.00 percentage points more this is band 5"
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (60.0, (2, 80.0, 20.0, "with 20.00 calls a day more this is band 2")),
        (230.0, (5, 220.0, 10.0, "with 10.00 calls a day less this is band 5")),
        (320.0, (2, 300.0, 20.0, "with 20.00 calls a day less this is band 2")),
    ],
)
def test_a_range_is_entered_from_the_side_where_one_stands(build: Any, value: float, expected: Any) -> None:
    """More from below, less from above."""
    ranges = ((80.0, 300.0), (110.0, 260.0), (140.0, 240.0), (170.0, 220.0))
    kpi = build.kpi(method=ByBands(Bands(ranges=ranges)), direction=Direction.RANGE, unit="calls_a_day")
    assert told(build.scored_kpi(kpi, x=value)) == expected


@pytest.mark.parametrize(
    ("direction", "expected"),
    [
        (Direction.HIGHER, (4, 336000.0, 26000.0, "with 26,000.00 more this is band 4")),
        (Direction.LOWER, (4, 304000.0, 6000.0, "with 6,000.00 less this is band 4")),
    ],
)
def test_against_a_target_it_is_told_in_the_unit_of_the_value(build: Any, direction: Direction, expected: Any) -> None:
    """105 percent of 320,000 is 336,000, and of fewer it is 304,000."""
    method = PercentOfTarget(Bands((80.0, 95.0, 105.0, 120.0)))
    kpi = build.scored_kpi(build.kpi(method=method, direction=direction, unit="currency"), x=310000, target__k=320000)
    assert told(kpi) == expected


def test_pass_or_fail_and_ratings(build: Any) -> None:
    """A failed test leads to the top, a rating to the next whole point."""
    failed = build.scored_kpi(build.kpi(method=PassFail(at_most=0.0), direction=Direction.LOWER, decimals=0), x=3)
    rating = build.scored_kpi(build.kpi(method=Rating()), x=3.4)
    assert told(failed) == (5, 0.0, 3.0, "with 3 less this is band 5")
    assert told(rating) == (4, 4.0, 0.6, "with 0.60 more this is band 4")


def test_where_there_is_no_next_band(build: Any) -> None:
    """Not at the top, not above a ceiling, not without a score."""
    assert build.scored_kpi(build.kpi(), x=5).next_band is None
    assert build.scored_kpi(build.kpi(max_score=3.0), x=3.5).next_band is None
    assert build.scored_kpi(build.kpi(), x=None).next_band is None


def test_a_count_of_the_team_is_a_count_too(counting: Any) -> None:
    """In a KPI of the team the words are those of the measure."""
    kpi = counting.kpi("100 * answered / received", counting.bands(60, 70, 78, 85), level=Level.TEAM)
    scored = counting.scored_kpi(kpi, team__answered=700, team__received=1000)
    assert told(scored)[3] == "80 more calls answered make this band 4"
