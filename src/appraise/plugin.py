"""All that a plugin author imports: the marker for hooks and the shapes of what a plugin declares.

A plugin returns declarations and never changes what it is given. See `appraise.hooks.specs` for the hooks themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, cast

import pluggy

from appraise.model.declared import MeasureColumn, MeasureExample, MeasureOption, Rows
from appraise.model.kinds import Kind, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import polars as pl

__all__ = [
    "CustomMeasure",
    "Design",
    "Function",
    "FunctionExample",
    "Kind",
    "MeasureColumn",
    "MeasureExample",
    "MeasureOption",
    "MeasureRequest",
    "RawTable",
    "ReadRequest",
    "Renderer",
    "Rows",
    "ScoreRequest",
    "Scorer",
    "SourceAdapter",
    "Unread",
    "Value",
    "hookimpl",
]

hookimpl = pluggy.HookimplMarker("appraise")
"""Marks a function or method as an implementation of an `appraise_…` hook."""


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """What an adapter is asked to read: one file, with what the workspace says about its layout.

    `header_row` counts from 1 and is 0 for a table without one, whose columns are then called `column_1` and so on.
    `columns` is None for all, or the raw column names that are wanted. `rows` limits how
    many data rows are read (None: all; 0: the header only). For a database `url` is its address and `parameters` are
    what a statement may ask for, as (name, text) pairs; days are written as 2026-07-01.
    """

    path: Path
    sheet: str | None = None
    header_row: int = 1
    encoding: str | None = None
    separator: str | None = None
    rows: int | None = None
    url: str | None = field(default=None, repr=False)
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A row, or the cell of a `column` (as the header has it), that could not be read: its line, and why in words.

    A row told here is not in the table; a cell told here is null in it.
    """

    line: int
    says: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as it stands in the file, before any cleaning.

    `frame` has one row per data row under the file's own column names; text cells are String, typed cells keep their
    type. `lines` is the line (or sheet row) of every frame row in the file, Int64, counting from 1. `unread` tells
    what could not be read, `header_line` where the header stands (0: the file has none), `notes` what a user may want
    to know about the file ("3 cells are results of formulas, as last saved"). `fingerprint` is the SHA-256 of what was
    read where that is not the file itself.
    """

    frame: pl.DataFrame
    lines: pl.Series
    unread: tuple[Unread, ...] = ()
    header_line: int = 1
    notes: tuple[str, ...] = ()
    fingerprint: str = ""


class Reader(Protocol):
    """Reads one file into a raw table; raises OSError or ValueError with a sentence a user understands."""

    def __call__(self, request: ReadRequest) -> RawTable: ...


@dataclass(frozen=True, slots=True)
class SourceAdapter:
    """A kind of file that sources can be read from.

    `suffixes` are lower case with the dot. `isolated` asks for a child process with limits: the adapter is then loaded
    again by plugin and name in the child, and its table comes back as Arrow bytes.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Reader
    doc: str
    isolated: bool = False


@dataclass(frozen=True, slots=True)
class FunctionExample:
    """A call and its result, run by the tests for both implementations."""

    call: str
    gives: Value


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the expression language.

    `takes` are the kinds of the positional arguments, `gives` the kind of the result. `scalar` works on plain values,
    `column` on Polars expressions; both must give the same answer bit for bit and give missing where an argument is
    missing (the engine does not call `scalar` with a missing argument).
    """

    name: str
    takes: tuple[Kind, ...]
    gives: Kind
    scalar: Callable[..., Value]
    column: Callable[..., pl.Expr]
    doc: str
    examples: tuple[FunctionExample, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureRequest:
    """What a custom measure is computed from: cleaned rows of its source in the period, after `where`.

    `rows` has `person` (text), for a log `date` (a moment), and the measure's columns under their names, without the
    rows in which a needed one is missing; all columns of the source where the measure declares none. For a team's
    figure `person` is the team's key. `start` and `end` are the period's first and last day, `options` has a value for
    every declared option. `left_out` are the rows in which something is missing, for figures that a gap would falsify.
    """

    rows: pl.DataFrame
    start: date
    end: date
    options: Mapping[str, Value] = field(default_factory=dict)
    left_out: pl.DataFrame | None = None

    def number(self, option: str) -> float:
        """The number that an option has."""
        return cast("float", self.options[option])


@dataclass(frozen=True, slots=True)
class CustomMeasure:
    """A measure that no aggregate can say: gives a frame `person` (text), `value` (Float64, null for no data).

    `definition_id` (`kept_rate.by_count.v1`) is printed wherever the figure is: change it when the figure changes its
    meaning. `formula`, `unit`, `range` and `reference` are for readers. `or_columns` are another set of columns that
    does as well as `columns`; it is taken where the workspace names one of them. With `up_to_end` the rows from before
    the period are there too, for figures that look back.
    """

    name: str
    compute: Callable[[MeasureRequest], pl.DataFrame]
    doc: str
    unit: str = ""
    reference: str = ""
    definition_id: str = ""
    formula: str = ""
    range: str = ""
    columns: tuple[MeasureColumn, ...] = ()
    or_columns: tuple[MeasureColumn, ...] = ()
    options: tuple[MeasureOption, ...] = ()
    examples: tuple[MeasureExample, ...] = ()
    up_to_end: bool = False


@dataclass(frozen=True, slots=True)
class ScoreRequest:
    """What a scorer works from: quantised values (Float64) in order, the template's options and the scale's ends."""

    values: Sequence[float]
    options: Mapping[str, Value]
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class Scorer:
    """A way to score a KPI: gives one score between `lowest` and `highest` for every value, None where it cannot.

    Each score may depend only on its own value, so that a person's score never depends on who else is scored.
    """

    name: str
    score: Callable[[ScoreRequest], Sequence[float | None]]
    doc: str


@dataclass(frozen=True, slots=True)
class Design:
    """A folder of report designs that a plugin brings."""

    name: str
    folder: Path
    doc: str


@dataclass(frozen=True, slots=True)
class Renderer:
    """Turns a finished HTML page into a document; `capabilities` from: pdf, tagged, forms, archive, draft."""

    name: str
    suffix: str
    render: Callable[[str, Path], bytes]
    capabilities: frozenset[str]
    doc: str
