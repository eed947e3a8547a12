"""What was left out or could not be read, as a list that a person can work through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.model.place import Place
from appraise.model.problem import Problem
from appraise.sources.advice import fault_and_cure
from appraise.sources.clean.reasons import why_unreadable
from appraise.sources.facts import FILE, LINE, PERSON
from appraise.sources.pieces import TOLD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from appraise.model.workspace import SourceSpec

MOST_ROWS = 20
"""So many rejected rows of a source are listed one by one; the rest are counted."""

MOST_CELLS = 5
"""So many unreadable cells of a column are listed one by one; the rest are counted."""

REJECTS = pl.Schema({FILE: pl.String(), LINE: pl.Int64(), "says": pl.String(), PERSON: pl.String()})
"""Rows that are left out: where they stand, why with the cure after a colon, and whose they are where that is known."""


def rejected(frame: pl.DataFrame, says: str | pl.Expr) -> pl.DataFrame:
    """The rows as rejects, for a reason."""
    reason = pl.lit(says) if isinstance(says, str) else says
    person = pl.col(PERSON) if PERSON in frame.columns else pl.lit(None)
    return frame.select(FILE, LINE, reason.alias("says"), person.alias(PERSON)).cast(REJECTS)


def row_problems(spec: SourceSpec, broken: Iterable[tuple[Place, str]], rejects: pl.DataFrame) -> list[Problem]:
    """A problem for each rejected row up to `MOST_ROWS`, and one that counts the others."""
    rows = [(place, says, None) for place, says in broken]
    rows += [(Place(file, line), says, person) for file, line, says, person in rejects.iter_rows()]
    rows.sort(key=lambda row: row[0])
    problems = [_row_problem(spec, *row) for row in rows[:MOST_ROWS]]
    if len(rows) > MOST_ROWS:
        more = f"{len(rows) - MOST_ROWS} more rows are left out, the next on line {rows[MOST_ROWS][0].line}"
        place = Place(rows[MOST_ROWS][0].file)
        hint = f"{len(rows)} rows in all cannot be used"
        problems.append(Problem(place, code="rows-rejected", message=f"source '{spec.name}': {more}", hint=hint))
    return problems


def _row_problem(spec: SourceSpec, place: Place, says: str, person: str | None) -> Problem:
    reason, cure = fault_and_cure(says)
    return Problem(
        place,
        code="row-rejected",
        message=f"source '{spec.name}': the row is left out, {reason}",
        hint=cure or "mend the row, or leave such rows out with 'where:'",
        person=person,
    )


def cell_problems(
    spec: SourceSpec, faults: pl.DataFrame, frame: pl.DataFrame, titles: Mapping[str, str]
) -> list[Problem]:
    """A problem for each unreadable cell up to `MOST_CELLS` in a column, and one that counts the others."""
    if faults.is_empty():
        return []
    if PERSON in frame.columns:
        persons = frame.select(FILE, LINE, PERSON).unique(subset=[FILE, LINE])
        faults = faults.join(persons, on=[FILE, LINE], how="left", maintain_order="left")
    problems = []
    for (column,), cells in faults.sort(FILE, LINE).group_by("column", maintain_order=True):
        name = _named(str(column), titles)
        rows = list(cells.iter_rows(named=True))
        problems += [_cell_problem(spec, name, row) for row in rows[:MOST_CELLS]]
        if len(rows) > MOST_CELLS:
            problems.append(_more_cells(spec, name, rows))
    return problems


def _cell_problem(spec: SourceSpec, name: str, row: Mapping[str, str | int | bool | None]) -> Problem:
    says, cure = _why(spec, row)
    person = row.get(PERSON)
    return Problem(
        Place(str(row[FILE]), int(row[LINE] or 0)),
        code="cell-unreadable",
        message=f"source '{spec.name}', column {name}: {says}",
        hint=cure,
        person=str(person) if person is not None else None,
    )


def _why(spec: SourceSpec, row: Mapping[str, str | int | bool | None]) -> tuple[str, str]:
    """What is wrong with a cell, and the cure."""
    text, kind = str(row["text"]), str(row["kind"])
    if kind == TOLD:
        return text, "mend it in the spreadsheet"
    return why_unreadable(text, kind, is_typed=bool(row["typed"]), decimal_comma=spec.decimal_comma)


def _more_cells(spec: SourceSpec, name: str, rows: Sequence[Mapping[str, str | int | bool | None]]) -> Problem:
    following = rows[MOST_CELLS]
    more = len(rows) - MOST_CELLS
    _, cure = _why(spec, following)
    if "decimal: comma" not in cure:
        cure = "declare the column under 'types:'"
    cells = "1 more cell is" if more == 1 else f"{more} more cells are"
    return Problem(
        Place(str(following[FILE])),
        code="cells-unreadable",
        message=f"source '{spec.name}', column {name}: {cells} unreadable, the next on line {following[LINE]}",
        hint=f"if all are alike, {cure}",
    )


def _named(column: str, titles: Mapping[str, str]) -> str:
    title = titles.get(column, column)
    return f"'{title}'" if title == column else f"'{title}' ({column})"
