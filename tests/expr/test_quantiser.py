"""The quantiser: half away from zero, the same for one number and for a column."""

from __future__ import annotations

import math
import random
import struct
from decimal import ROUND_HALF_UP, Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from appraise.expr.quantiser import quantised, quantised_column


@pytest.mark.parametrize(
    ("number", "decimals", "expected"),
    [
        (1.45, 1, 1.5), (-1.45, 1, -1.5), (2.5, 0, 3.0), (0.5, 0, 1.0), (1.005, 2, 1.01), (2.675, 2, 2.68),
        (28.999999999999996, 2, 29.0), (56.99999999999999, 2, 57.0), (0.004, 2, 0.0), (-0.004, 2, 0.0), (-0.0, 2, 0.0),
        (94.01, 2, 94.01), (2.0**48, 0, 2.0**48), (1e300, 2, 1e300), (-1e300, 9, -1e300),
    ],
)  # fmt: skip
def test_rounding(number: float, decimals: int, expected: float) -> None:
    """Halves go away from zero, also those just below in binary; huge numbers stay, zero has no sign."""
    assert str(quantised(number, decimals)) == str(expected)


def test_what_is_not_finite_stays() -> None:
    """Infinity and NaN are not the quantiser's to judge."""
    assert quantised(math.inf, 2) == math.inf
    assert math.isnan(quantised(math.nan, 2))


@given(some.integers(-(10**9), 10**9), some.integers(0, 4))
def test_numbers_on_paper_round_as_on_paper(thousandths: int, decimals: int) -> None:
    """A number with up to five decimals rounds as decimal arithmetic does."""
    exact = Decimal(thousandths) / Decimal(100_000)
    expected = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert quantised(float(exact), decimals) == float(expected)


@given(some.floats(-1e12, 1e12), some.integers(0, 4))
def test_rounding_twice_is_rounding_once(number: float, decimals: int) -> None:
    """What is rounded stays as it is."""
    assert quantised(quantised(number, decimals), decimals) == quantised(number, decimals)


@pytest.mark.parametrize("decimals", [0, 1, 2, 4, 9])
@pytest.mark.parametrize("rows", [1, 5000])
def test_columns_have_the_same_bits(decimals: int, rows: int) -> None:
    """A column is quantised bit for bit as its numbers are, blanks stay blank."""
    chance = random.Random(decimals)  # noqa: S311 -- a test wants the same numbers again

    def drawn() -> float:
        halves = chance.randint(-(10**6), 10**6) / 1000
        return chance.choice((chance.uniform(-1e3, 1e3), halves, chance.uniform(-1, 1) * 2.0**49))

    numbers = [drawn() for _ in range(rows)]
    frame = pl.DataFrame({"x": [*numbers, -0.0]} if rows > 1 else {"x": numbers})
    found = frame.select(quantised_column(pl.col("x"), decimals)).to_series()
    pairs = zip(frame["x"], found, strict=True)
    assert [x for x, y in pairs if struct.pack("<d", quantised(x, decimals)) != struct.pack("<d", y)] == []
    blank = pl.DataFrame({"x": [None, 1.0]}).select(quantised_column(pl.col("x"), decimals)).to_series()
    assert blank.to_list() == [None, 1.0]
