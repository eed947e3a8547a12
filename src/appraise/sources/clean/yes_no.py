"""Yes and no, in words or, where the column is declared so, as 1 and 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from appraise.sources.clean.asked import Asked

_WORDS = {"y": True, "yes": True, "true": True, "n": False, "no": False, "false": False}
_DIGITS = {"1": True, "0": False}


def yes_no_from_text(text: pl.Series, asked: Asked) -> pl.Series:
    """True and false of `Y N yes no true false` in any case, null for anything else."""
    words = _WORDS | _DIGITS if asked.declared else _WORDS
    return text.str.to_lowercase().replace_strict(words, default=None, return_dtype=pl.Boolean)


def yes_no_from_typed(column: pl.Series, asked: Asked) -> pl.Series:
    """Typed yes/no as it is; 1 and 0 where the column is declared."""
    if column.dtype == pl.Boolean:
        return column
    if asked.declared and column.dtype.is_numeric():
        return column.cast(pl.Float64).replace_strict({1.0: True, 0.0: False}, default=None, return_dtype=pl.Boolean)
    return pl.Series(column.name, [None] * len(column), dtype=pl.Boolean)
