"""One source: from its files to its fact table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from appraise.model.naming import snake_case
from appraise.sources.absences import absence_problems
from appraise.sources.clean.cells import missing_dtype
from appraise.sources.clean.reasons import why_unreadable
from appraise.sources.columns import Header
from appraise.sources.facts import DATE, FILE, LINE, PERSON, TEAM, Delivery, FactTable
from appraise.sources.files import files_of
from appraise.sources.filters import kept_of
from appraise.sources.freshness import last_day, stale_problems
from appraise.sources.identities import Attributed, among_people, as_written, matched
from appraise.sources.months import one_row_a_month
from appraise.sources.named_periods import with_periods
from appraise.sources.openings import opening_of
from appraise.sources.pieces import DATE_TEXT, Piece, joined, piece_of
from appraise.sources.rejects import REJECTS, cell_problems, rejected, row_problems
from appraise.sources.strangers import stranger_problems

if TYPE_CHECKING:
    from appraise.model.problem import Problem
    from appraise.model.workspace import SourceSpec
    from appraise.sources.facts import Reading
    from appraise.sources.filters import Kept

_ENGINE_LAST = (PERSON, TEAM, DATE, "_period", FILE, LINE)


def table_of(spec: SourceSpec, reading: Reading, people: FactTable | None) -> tuple[FactTable, list[Problem]]:
    """The facts of a source; a source of which a file cannot be used counts as missing.

    Args:
        spec: the source.
        reading: the period, the adapters and what the columns are used for.
        people: the people source's table, None for that source itself and where there is none.
    """
    piece, problems = _read(spec, reading)
    if piece is None:
        return missing_table(spec, reading), problems
    kept, found = kept_of(piece, spec, reading)
    problems += found
    if kept is None:
        return missing_table(spec, reading), problems
    header = Header(piece.titles, spec.place)
    attributed, found = _attributed(kept.frame, piece, (spec, header), people)
    problems += found
    if attributed is None:
        return missing_table(spec, reading), problems
    frame, rejects = _shaped(attributed.frame, spec, reading, header)
    rows = replace(attributed, frame=frame, rejects=pl.concat([attributed.rejects, rejects]))
    problems += row_problems(spec, piece.broken, rows.rejects)
    problems += cell_problems(spec, _cells_of_rows(kept, rows, spec, header), rows.frame, piece.titles)
    problems += stranger_problems(spec, rows.strangers, people)
    stale = stale_problems(spec, rows.frame, reading, piece.files)
    table = _table(spec, reading, piece, (kept, rows))
    return replace(table, status=Delivery.STALE if stale else Delivery.DELIVERED), [*problems, *stale]


def missing_table(spec: SourceSpec, reading: Reading) -> FactTable:
    """The table of a source that is not there: no rows, and the columns that its use names."""
    kinds = {snake_case(name): kind for name, kind in reading.kinds.get(spec.name, {}).items()} | dict(spec.types)
    columns = {name: missing_dtype(kind) for name, kind in kinds.items()}
    engine: dict[str, pl.DataType] = {FILE: pl.String(), LINE: pl.Int64()}
    if spec.date or spec.months_in_columns:
        engine[DATE] = pl.Datetime("us")
    listed = reading.people is not None and reading.people.source == spec.name
    if spec.person is not None or spec.credit is not None or listed:
        engine[PERSON] = pl.String()
    if spec.team is not None:
        engine[TEAM] = pl.String()
    return FactTable(spec, pl.DataFrame(schema=columns | engine), Delivery.MISSING)


def _read(spec: SourceSpec, reading: Reading) -> tuple[Piece | None, list[Problem]]:
    """All files of a source as one piece, or None where one is missing or unusable.

    Of a path with `{period}`, the file of the previous period may be missing or unusable.
    """
    files = files_of(spec, reading)
    if absent := absence_problems(files, spec, reading):
        return None, absent
    problems: list[Problem] = []
    pieces = []
    complete = True
    for file in files:
        opening, found = opening_of(file, spec, reading)
        problems += found
        if opening is not None and opening.usable:
            pieces.append(piece_of(opening, spec, reading))
        elif file.period in {None, reading.period}:
            complete = False
    return (joined(pieces) if complete else None), problems


def _shaped(
    frame: pl.DataFrame, spec: SourceSpec, reading: Reading, header: Header
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows with their date and period, and the rejected ones."""
    if spec.months_in_columns is not None:
        return one_row_a_month(frame, spec.months_in_columns, header)
    if spec.period is not None:
        return with_periods(frame, header.named(spec.period) or spec.period, reading)
    if spec.date:
        undated = frame.filter(pl.col(DATE).is_null())
        reasons = {text: _why_undated(text, spec) for text in undated[DATE_TEXT].unique()}
        says = pl.col(DATE_TEXT).replace_strict(reasons, return_dtype=pl.String)
        return frame.filter(pl.col(DATE).is_not_null()).drop(DATE_TEXT), rejected(undated, says)
    return frame, pl.DataFrame(schema=REJECTS)


def _why_undated(text: str | None, spec: SourceSpec) -> str:
    if not text:
        return f"it has no date in '{spec.date[0]}'"
    return ": ".join(why_unreadable(text, "date"))


def _attributed(
    frame: pl.DataFrame, piece: Piece, named: tuple[SourceSpec, Header], people: FactTable | None
) -> tuple[Attributed | None, list[Problem]]:
    """The rows with their person or team."""
    spec, header = named
    if spec.team is not None:
        team = header.named(spec.team) or spec.team
        rows = frame.with_columns(pl.col(team).alias(TEAM))
        without = rejected(rows.filter(pl.col(TEAM).is_null()), f"it has no team in '{spec.team}'")
        kept = rows.filter(pl.col(TEAM).is_not_null())
        return Attributed(kept, kept.clear(), without), []
    column = piece.needs.person
    if column is None:
        return Attributed(frame, frame.clear(), pl.DataFrame(schema=REJECTS)), []
    if people is None:
        return as_written(frame, column), []
    if spec.person is not None and spec.person.matches is not None:
        return matched(frame, column, spec, people)
    return among_people(frame, column, people), []


def _cells_of_rows(kept: Kept, rows: Attributed, spec: SourceSpec, header: Header) -> pl.DataFrame:
    """The unreadable cells worth telling: not the dates of rejected rows, and no cells of strangers' rows."""
    if kept.faults.is_empty():
        return kept.faults
    dates = [header.named(name) or name for name in spec.date]
    faults = kept.faults.filter(~(pl.col("column").is_in(dates)))
    return faults.join(rows.strangers.select(FILE, LINE), on=[FILE, LINE], how="anti", maintain_order="left")


def _table(spec: SourceSpec, reading: Reading, piece: Piece, found: tuple[Kept, Attributed]) -> FactTable:
    kept, rows = found
    frame = _with_whole_days(rows.frame.drop(DATE_TEXT, strict=False))
    marks = {name: int(frame[name].sum()) for name in frame.columns if name.endswith("!")}
    frame = frame.drop([name for name, count in marks.items() if count == 0])
    unreadable = {name.removesuffix("!"): count for name, count in marks.items() if count}
    columns = [name for name in frame.columns if not name.startswith("_") and not name.endswith("!")]
    blanks = {name: frame[name].null_count() - unreadable.get(name, 0) for name in columns}
    last = [name for name in _ENGINE_LAST if name in frame.columns]
    return FactTable(
        spec=spec,
        frame=frame.select([name for name in frame.columns if name not in last] + last),
        status=Delivery.DELIVERED,
        as_of=last_day(frame, reading),
        files=piece.files,
        rejected=len(piece.broken) + rows.rejects.height,
        strangers=rows.strangers.height,
        dropped=kept.dropped,
        undecided=kept.undecided,
        blanks={name: count for name, count in blanks.items() if count},
        unreadable=unreadable,
        titles=piece.titles,
        left_out=frozenset(rows.rejects[PERSON].drop_nulls()),
    )


def _with_whole_days(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with Date for the columns of moments that are all at midnight."""
    days = [
        name
        for name, dtype in frame.schema.items()
        if dtype == pl.Datetime and name != DATE and (frame[name] == frame[name].dt.truncate("1d")).all()
    ]
    return frame.with_columns(pl.col(days).dt.date())
