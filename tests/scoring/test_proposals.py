"""Bands proposed from past values."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraise.scoring.proposals import proposed_starts


@pytest.mark.parametrize(
    ("values", "decimals", "rising", "starts"),
    [
        (range(101), 0, True, ["20", "50", "80", "95"]),
        (range(101), 0, False, ["80", "50", "20", "5"]),
        ([value / 10 for value in range(600, 801)], 1, True, ["64", "70", "76", "79"]),
        ([50.0] * 30, 1, True, []),
        ([1.0] * 10 + [2.0] * 10 + [3.0] * 10, 0, True, []),
        ([0.001 * value for value in range(101)], 3, True, ["0.020", "0.050", "0.080", "0.095"]),
        ([0.001 * value for value in range(101)], 1, True, []),
    ],
)
def test_quantiles_in_the_better_direction(values: list[float], decimals: int, rising: bool, starts: list[str]) -> None:
    """A fifth, the half, four fifths and all but a twentieth lie below the starts, on a sensible step."""
    assert list(proposed_starts(list(values), decimals, rising=rising)) == [Decimal(start) for start in starts]


@given(st.lists(st.integers(-500, 500), min_size=20, max_size=60), st.integers(0, 3), st.booleans())
def test_what_is_proposed_can_be_written(values: list[int], decimals: int, rising: bool) -> None:
    """The starts are in order, none stands twice, and none is finer than the value."""
    starts = proposed_starts([value / 10 for value in values], decimals, rising=rising)
    assert all((before < start) == rising and before != start for before, start in pairwise(starts))
    assert all(start == round(start, decimals) for start in starts)
