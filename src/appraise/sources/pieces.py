"""The clean rows of one file, with every cell that could not be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from appraise.model.place import Place
from appraise.sources.clean.cells import CONVERTERS, cells_of, missing_dtype, trimmed
from appraise.sources.clean.durations import time_of_day
from appraise.sources.clean.texts import texts_from_typed
from appraise.sources.facts import DATE, FILE, LINE, PERIOD

if TYPE_CHECKING:
    from appraise.model.workspace import SourceSpec
    from appraise.sources.columns import Header
    from appraise.sources.facts import Reading, SourceFile
    from appraise.sources.files import ReadFile
    from appraise.sources.needs import Needs
    from appraise.sources.openings import Opening

TOLD = "told"
"""The kind of a fault that the adapter told in words."""

DATE_TEXT = "_date_text"
"""What stands where the date should be, for the message."""

FAULTS = pl.Schema(
    {
        FILE: pl.String(),
        LINE: pl.Int64(),
        "column": pl.String(),
        "kind": pl.String(),
        "text": pl.String(),
        "typed": pl.Boolean(),
    }
)


@dataclass(frozen=True, slots=True)
class Piece:
    """The rows of one file or of several one below the other.

    `frame` has the named columns, a Boolean `<column>!` beside those with unreadable cells, `_file`, `_line`, for logs
    `_date` and `_date_text`, and `_period` where the path names it. `faults` lists unreadable cells (schema `FAULTS`),
    `broken` the rows that the adapter could not read.
    """

    frame: pl.DataFrame
    faults: pl.DataFrame
    broken: tuple[tuple[Place, str], ...]
    needs: Needs
    titles: dict[str, str]
    files: tuple[SourceFile, ...]


def piece_of(opening: Opening, spec: SourceSpec, reading: Reading) -> Piece:
    """The clean rows of a usable file; a column that is not there is missing in every row."""
    read, header, needs = opening.read, opening.header, opening.needs
    raw = read.raw
    frame, faults = _converted(read, header, needs, (spec, reading))
    absent = [name for name in needs.used if header.named(name) is None]
    frame = frame.with_columns(
        *(pl.lit(None, missing_dtype(needs.kinds.get(name, ""))).alias(name) for name in absent),
        pl.lit(read.file.shown).alias(FILE),
        raw.lines.cast(pl.Int64).alias(LINE),
    )
    if read.file.period is not None and not spec.date and spec.period is None:
        frame = frame.with_columns(pl.lit(read.file.period.id).alias(PERIOD))
    broken = tuple((Place(read.file.shown, item.line), item.says) for item in raw.unread if not item.column)
    return Piece(frame, faults, broken, needs, header.titles, (read.source_file,))


def joined(pieces: list[Piece]) -> Piece:
    """The pieces one below the other; a column that is of several types becomes text."""
    if len(pieces) == 1:
        return pieces[0]
    names = dict.fromkeys(name for piece in pieces for name in piece.frame.columns)
    mixed = {
        name for name in names if len({piece.frame.schema[name] for piece in pieces if name in piece.frame.columns}) > 1
    }
    frames = [
        piece.frame.with_columns(texts_from_typed(piece.frame[name]) for name in piece.frame.columns if name in mixed)
        for piece in pieces
    ]
    titles = {name: title for piece in reversed(pieces) for name, title in piece.titles.items()}
    frame = pl.concat(frames, how="diagonal")
    marks = [name for name in frame.columns if name.endswith("!")]
    return Piece(
        frame.with_columns(pl.col(marks).fill_null(value=False)),
        pl.concat([piece.faults for piece in pieces]),
        tuple(row for piece in pieces for row in piece.broken),
        pieces[0].needs,
        titles,
        tuple(file for piece in pieces for file in piece.files),
    )


def _converted(
    read: ReadFile, header: Header, needs: Needs, asking: tuple[SourceSpec, Reading]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The columns under their names as values, with their marks, and the unreadable cells."""
    spec, reading = asking
    raw = read.raw.frame
    columns: list[pl.Series] = []
    faults = [_told(read, header)]
    times = {header.named(name) for name in spec.date[1:]}
    for name, title in header.titles.items():
        asked = needs.asked(name, spec, reading)
        if name in times and asked.kind == "date":
            asked = replace(asked, kind="text")  # a time of day is no date by itself: see `_dates`
        kind = asked.kind if asked.kind in CONVERTERS else ""
        cells = cells_of(raw[title], asked)
        told = faults[0].filter(pl.col("column") == name)[LINE]
        unreadable = cells.unreadable | read.raw.lines.is_in(told.implode())
        columns.append(cells.values.alias(name))
        if unreadable.any():
            columns.append(unreadable.alias(f"{name}!"))
            faults.append(_faults(raw[title], cells.unreadable, read, (name, kind)))
    frame = pl.DataFrame(columns)
    if spec.date:
        frame = frame.with_columns(_dates(frame, read, (header, needs), spec))
    return frame, pl.concat(faults)


def _dates(frame: pl.DataFrame, read: ReadFile, named: tuple[Header, Needs], spec: SourceSpec) -> list[pl.Series]:
    """The moment of every row from one or two columns, and what is written there.

    Where an expression uses the time of day as a date, as in `hour_of(time)`, that column holds the moment too.
    """
    (header, needs), raw = named, read.raw.frame
    names = [header.named(name) or name for name in spec.date]
    written = [_as_text(raw[header.titles[name]]) for name in names]
    text = pl.DataFrame(written).select(pl.concat_str(pl.all(), separator=" ", ignore_nulls=True)).to_series()
    moment = frame[names[0]]
    if len(names) > 1:
        column = raw[header.titles[names[1]]]
        column = trimmed(column, spec.missing_marks) if column.dtype == pl.String else column
        moment = _at_time(moment, column)
    moment = moment.cast(pl.Datetime("us"))
    asked_for = [name for name in names[1:] if needs.kinds.get(name) == "date"]
    return [moment.alias(DATE), text.alias(DATE_TEXT), *(moment.alias(name) for name in asked_for)]


def _at_time(day: pl.Series, written: pl.Series) -> pl.Series:
    """The day at the time of day in the other column: midnight where it is blank, null where it is no time."""
    parts = pl.DataFrame({"day": day, "time": time_of_day(written), "blank": written.is_null()})
    known = pl.col("blank") | pl.col("time").is_not_null()
    moment = pl.col("day").dt.truncate("1d") + pl.col("time").fill_null(pl.duration(days=0))
    return parts.select(pl.when(known).then(moment)).to_series()


def _told(read: ReadFile, header: Header) -> pl.DataFrame:
    """The cells that the adapter itself could not read."""
    names = {title: name for name, title in header.titles.items()}
    rows = [
        (read.file.shown, item.line, names[item.column], TOLD, item.says, False)
        for item in read.raw.unread
        if item.column in names
    ]
    return pl.DataFrame(rows, schema=FAULTS, orient="row")


def _faults(column: pl.Series, unreadable: pl.Series, read: ReadFile, named: tuple[str, str]) -> pl.DataFrame:
    name, kind = named
    return pl.DataFrame(
        {
            FILE: read.file.shown,
            LINE: read.raw.lines.filter(unreadable),
            "column": name,
            "kind": kind,
            "text": _as_text(column.filter(unreadable)),
            "typed": column.dtype != pl.String,
        },
        schema=FAULTS,
    )


def _as_text(column: pl.Series) -> pl.Series:
    return column.str.strip_chars() if column.dtype == pl.String else texts_from_typed(column)
