"""Sums and means that no order of rows can change."""

from __future__ import annotations

import os
import subprocess
import sys
from decimal import Decimal
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appraise.expr.totals import LARGEST, fixed, mean_of, number_of

AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=4, allow_nan=False, allow_infinity=False)
NUMBERS = st.floats(min_value=-1e15, max_value=1e15, allow_nan=False, allow_infinity=False)


def total(numbers: list[float | None]) -> float:
    """The order-free sum of the numbers."""
    frame = pl.DataFrame({"number": numbers}, schema={"number": pl.Float64})
    return frame.select(number_of(fixed(pl.col("number")).sum())).item()


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        pytest.param([], 0.0, id="nothing"),
        pytest.param([0.1] * 10, 1.0, id="ten-tenths"),
        pytest.param([0.1, 0.2], 0.3, id="tenths"),
        pytest.param([1e15, 0.01, -1e15], 0.01, id="a-cent-beside-a-fortune"),
        pytest.param([-0.1, -0.2], -0.3, id="negative"),
        pytest.param([5.0, None, 2.5], 7.5, id="missing-is-skipped"),
        pytest.param([1e18, 1e18, 1e18], 3e18, id="huge"),
        pytest.param([1.0, float("nan"), float("inf"), 1e19], 1.0, id="no-number-to-add"),
        pytest.param([4e-10], 0.0, id="below-half-a-billionth"),
        pytest.param([6e-10], 1e-9, id="above-half-a-billionth"),
    ],
)
def test_a_total_is_the_sum_on_paper(numbers: list[float | None], expected: float) -> None:
    """Numbers add up as their decimals do; what is missing, not finite or beyond 1e18 adds nothing."""
    assert total(numbers) == expected


@given(st.lists(AMOUNTS, max_size=40))
def test_amounts_add_up_as_decimals(amounts: list[Decimal]) -> None:
    """Amounts below a million million with four decimals add up to the nearest Float64 of their exact sum."""
    exact = sum((Decimal(float(amount)) for amount in amounts), Decimal(0))
    paper = sum(amounts, Decimal(0))
    assert total([float(amount) for amount in amounts]) in {float(paper), float(round(exact, 9))}


@given(st.lists(NUMBERS, min_size=1, max_size=60), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_bit(numbers: list[float], random: Random) -> None:
    """A shuffled column has the same total, bit for bit."""
    shuffled = list(numbers)
    random.shuffle(shuffled)
    assert total(list(shuffled)) == total(list(numbers))


@given(st.floats(min_value=-LARGEST, max_value=LARGEST, allow_nan=False).filter(lambda x: abs(x) > 1e-3 or x == 0))
def test_one_number_is_its_own_total(number: float) -> None:
    """A sum over one row is within half a billionth of it, and equal where it has at most nine decimals."""
    assert total([round(number, 9)]) == round(number, 9)


@settings(max_examples=60)
@given(st.lists(st.integers(-(10**24), 10**24), min_size=1, max_size=30))
def test_a_total_is_divided_exactly(totals: list[int]) -> None:
    """Billionths become the nearest Float64 in a frame of any length, small or large."""
    frame = pl.DataFrame({"total": totals}, schema={"total": pl.Int128})
    numbers = frame.select(number_of(pl.col("total")))["total"].to_list()
    assert all(
        abs(number - value / 10**9) <= abs(value / 10**9) * 2**-52
        for number, value in zip(numbers, totals, strict=True)
    )


def test_small_totals_lose_no_bit() -> None:
    """One hundred thousand totals below 2**53 are all divided as IEEE 754 asks."""
    random = Random(7)  # noqa: S311 -- numbers for a test
    totals = [random.randrange(-(2**53) + 1, 2**53) for _ in range(100_000)]
    frame = pl.DataFrame({"total": totals}, schema={"total": pl.Int128})
    assert frame.select(number_of(pl.col("total")))["total"].to_list() == [value / 1e9 for value in totals]


def test_a_mean_of_nothing_is_missing() -> None:
    """The mean is the total by the count, and missing without rows."""
    frame = pl.DataFrame({"total": [7 * 10**9, 0], "count": [2, 0]}, schema={"total": pl.Int128, "count": pl.UInt32})
    assert frame.select(mean_of(pl.col("total"), pl.col("count")))["total"].to_list() == [3.5, None]


PROGRAM = """
import hashlib, polars as pl, random
from appraise.expr.totals import fixed, number_of
generator = random.Random(5)
numbers = [generator.uniform(-1e9, 1e9) for _ in range(200_000)]
frame = pl.DataFrame({"key": [i % 977 for i in range(200_000)], "number": numbers})
sums = frame.group_by("key").agg(number_of(fixed(pl.col("number")).sum())).sort("key")["number"]
print(hashlib.sha256(repr(sums.to_list()).encode()).hexdigest())
"""


def test_the_number_of_threads_changes_no_bit() -> None:
    """One thread and two threads give the same bytes."""
    digests = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "POLARS_MAX_THREADS": threads},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for threads in ("1", "2")
    }
    assert len(digests) == 1
