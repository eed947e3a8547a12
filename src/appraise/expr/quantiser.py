"""The only rounding in the program: half away from zero, with a guard for what binary numbers leave just below a half.

`y = |x|·10^d; floor(y + 0.5 + 1e-9 + y·2⁻⁵⁰) / 10^d` with the sign of x. From y = 2⁴⁸ on, x stays as it is; zero is
+0.0. `kept / due * 100` for 29 of 100 is 28.999999999999996 in binary, and 29 on paper and here.
"""

from __future__ import annotations

import math

import polars as pl

from appraise.expr.sharing import together

MOST_DECIMALS = 9
"""More decimals than these are refused where an expression is written."""

_GUARD = 1e-9
_RELATIVE_GUARD = 2.0**-50
_UNROUNDED_FROM = 2.0**48


def quantised(number: float, decimals: int) -> float:
    """The number rounded to so many decimals; what is not finite stays as it is."""
    scale = 10.0**decimals
    scaled = abs(number) * scale
    if not scaled < _UNROUNDED_FROM:
        return number
    rounded = math.floor(scaled + 0.5 + _GUARD + scaled * _RELATIVE_GUARD) / scale
    return 0.0 - rounded if number < 0.0 else rounded


def quantised_column(number: pl.Expr, decimals: int) -> pl.Expr:
    """The same for a Float64 column, bit for bit; null stays null."""

    def rounded(number: pl.Expr, scale: pl.Expr) -> pl.Expr:
        scaled = number.abs() * 10.0**decimals
        size = (scaled + 0.5 + _GUARD + scaled * _RELATIVE_GUARD).floor() / scale
        signed = pl.when((number < 0.0) & (size > 0.0)).then(-size).otherwise(size)
        return pl.when(scaled < _UNROUNDED_FROM).then(signed).otherwise(number)

    return together([number, pl.lit(10.0**decimals)], rounded)
