"""Sums that do not depend on the order of the rows: numbers as whole billionths in 128 bits.

Adding Float64 numbers gives other last bits in another order, so with more threads or a sorted file. Whole numbers
have no such trouble. A number is taken at one billionth (`SCALE`), up to ±1e18 (`LARGEST`); 1e11 such rows still fit in
128 bits. Amounts with up to nine decimals are added exactly, as on paper: ten times 0.1 is 1.
"""

from __future__ import annotations

import polars as pl

SCALE = 1_000_000_000
"""Parts that one is cut into."""

LARGEST = 1e18
"""The largest number, up or down, that can be added; beyond it a number counts as missing."""

_EXACT = 2**53
"""Whole numbers below this are exact as Float64."""


def fixed(number: pl.Expr) -> pl.Expr:
    """The number as Int128 billionths, rounded to the nearest; null where it is missing, not finite or too large.

    The whole part and the fraction go separate ways, because `number * 1e9` would already round.
    """
    kept = pl.when(number.is_finite() & (number.abs() <= LARGEST)).then(number)
    whole = kept.floor()
    billionths = ((kept - whole) * float(SCALE) + 0.5).floor()
    return whole.cast(pl.Int128) * _whole(SCALE) + billionths.cast(pl.Int128)


def number_of(total: pl.Expr) -> pl.Expr:
    """The Float64 nearest to a total of billionths; null where it is null."""
    plain = total.cast(pl.Float64)
    whole = (total // _whole(SCALE)).cast(pl.Float64)
    rest = (total % _whole(SCALE)).cast(pl.Float64)
    small = (total < _whole(_EXACT)) & (total > _whole(-_EXACT))
    return pl.when(small).then(_divided(plain)).otherwise(whole + _divided(rest))


def mean_of(total: pl.Expr, count: pl.Expr) -> pl.Expr:
    """A total of billionths divided by a count of rows, as Float64; null where the count is 0."""
    return number_of(total) / pl.when(count > 0).then(count.cast(pl.Float64))


def _divided(number: pl.Expr) -> pl.Expr:
    # A constant divisor would be multiplied by as a rounded reciprocal (polars 2.1): half of all results were one bit
    # off. `number * 0 + 1e9` is a divisor of its own for every row.
    return number / (number * 0.0 + float(SCALE))


def _whole(number: int) -> pl.Expr:
    return pl.lit(number, dtype=pl.Int128)
