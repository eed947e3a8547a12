"""The converter: every cell of a column to its value, to missing, or to unreadable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from appraise.sources.clean import dates, durations, numbers, texts, yes_no
from appraise.sources.clean.asked import AS_FOUND, Asked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Converter: TypeAlias = "Callable[[pl.Series, Asked], pl.Series]"
"""Turns the cells of one column into values, null where a cell is not of the kind."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A clean column: its values, null where missing or unreadable, and which cells are unreadable."""

    values: pl.Series
    unreadable: pl.Series


CONVERTERS: Mapping[str, tuple[Converter, Converter]] = {
    "text": (texts.texts_from_text, texts.texts_from_typed),
    "number": (numbers.numbers_from_text, numbers.numbers_from_typed),
    "percent": (numbers.percents_from_text, numbers.numbers_from_typed),
    "currency": (numbers.amounts_from_text, numbers.numbers_from_typed),
    "duration": (durations.seconds_from_text, durations.seconds_from_typed),
    "yes_no": (yes_no.yes_no_from_text, yes_no.yes_no_from_typed),
    "date": (dates.moments_from_text, dates.moments_from_typed),
}
"""By type word: how text cells are read, and how typed ones."""


def cells_of(column: pl.Series, asked: Asked) -> Cells:
    """The values of a column as it stands in a file.

    Args:
        column: text cells or typed ones.
        asked: the kind that it should be.
    """
    if column.dtype in (pl.Categorical, pl.Enum, pl.Null):
        column = column.cast(pl.String)
    if column.dtype == pl.Decimal:
        column = column.cast(pl.Float64)
    written = trimmed(column, asked.missing_marks) if column.dtype == pl.String else column
    from_text, from_typed = CONVERTERS[asked.kind or _kind_as_found(written)]
    values = (from_text if written.dtype == pl.String else from_typed)(written, asked).alias(column.name)
    return Cells(values, (written.is_not_null() & values.is_null()).alias(column.name))


def trimmed(text: pl.Series, missing_marks: tuple[str, ...] = ()) -> pl.Series:
    """The texts without space around them; null where nothing is left or what is left is a mark for missing."""
    bare = text.str.strip_chars()
    return bare.set(bare.is_in(["", *missing_marks]).fill_null(value=False), None)


def _kind_as_found(column: pl.Series) -> str:
    kinds = {pl.String: "text", pl.Boolean: "yes_no", pl.Date: "date", pl.Datetime: "date"}
    durations_too = {pl.Duration: "duration", pl.Time: "duration"}
    return (kinds | durations_too).get(column.dtype.base_type(), "number")


def missing_dtype(kind: str) -> pl.DataType:
    """The type of a column that is not there, by the kind it should have."""
    types: Mapping[str, pl.DataType] = {"text": pl.String(), "yes_no": pl.Boolean(), "date": pl.Date()}
    return types.get(kind, pl.String() if kind == AS_FOUND else pl.Float64())
