"""Trying a plugin's function before any formula may call it: both its ways give one answer, row by row."""

from __future__ import annotations

import math
from datetime import datetime
from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.parts import DTYPES
from appraise.expr.values import plain
from appraise.model.errors import told
from appraise.model.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from appraise.expr.functions import PluginFunction
    from appraise.model.kinds import Value

_TRIED: Mapping[Kind, tuple[Value, ...]] = {
    Kind.NUMBER: (1.0, 2.0, 3.0),
    Kind.YES_NO: (True, False, True),
    Kind.TEXT: ("a", "b", "c"),
    Kind.DATE: tuple(datetime(2026, 1, day) for day in (1, 2, 3)),  # noqa: DTZ001 -- a formula's dates have no zone
}
"""What a function is tried with, in every argument of the kind."""


def fault_of(declared: PluginFunction) -> str:
    """What is wrong with the function, in words; empty where nothing is."""
    columns = {f"{number}": pl.Series(_TRIED[kind], dtype=DTYPES[kind]) for number, kind in enumerate(declared.takes)}
    rows = pl.DataFrame({"row": [0, 1, 2], **columns})
    try:
        together = _over_columns(declared, rows)
        alone = [value for row in range(rows.height) for value in _over_columns(declared, rows.slice(row, 1))]
    except KeyboardInterrupt:
        raise
    except BaseException as fault:  # noqa: BLE001 -- a plugin may raise anything, and Polars may panic over it
        return f"over columns it fails ({told(fault)})"
    if together != alone:
        return "over columns, what it gives for a row depends on the other rows"
    return _unlike(declared, rows.drop("row").rows(), together)


def _over_columns(declared: PluginFunction, rows: pl.DataFrame) -> list[Value]:
    made = declared.column(*(pl.col(f"{number}") for number in range(len(declared.takes))))
    if not isinstance(made, pl.Expr):
        raise TypeError(f"it gives {type(made).__name__}, not an expression of Polars")
    values = rows.with_columns(made.cast(DTYPES[declared.gives]).alias("made"))["made"].to_list()
    return [_finite(value) for value in values]


def _unlike(declared: PluginFunction, rows: Sequence[tuple[Value, ...]], over_columns: Sequence[Value]) -> str:
    """Where the two ways differ."""
    for arguments, column in zip(rows, over_columns, strict=True):
        try:
            scalar = _finite(plain(declared.scalar(*arguments)))
        except Exception as fault:  # noqa: BLE001 -- a plugin may raise anything
            if column is None:
                continue
            return f"for plain values it fails ({told(fault)})"
        if scalar != column:
            return f"it gives {scalar!r} for plain values and {column!r} over columns"
    return ""


def _finite(value: Value) -> Value:
    return None if isinstance(value, float) and not math.isfinite(value) else value
