"""The rows of a source that its own `where` keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from appraise.model.kinds import Kind
from appraise.sources.facts import FILE, LINE
from appraise.sources.near_texts import near_text_problems
from appraise.sources.row_filter import bound, kinds_in

if TYPE_CHECKING:
    from appraise.model.problem import Problem
    from appraise.model.workspace import SourceSpec
    from appraise.sources.facts import Reading
    from appraise.sources.pieces import Piece


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows that stay, the faults that matter, and how many rows are left out or could not be decided on."""

    frame: pl.DataFrame
    faults: pl.DataFrame
    dropped: int = 0
    undecided: int = 0


def kept_of(piece: Piece, spec: SourceSpec, reading: Reading) -> tuple[Kept | None, list[Problem]]:
    """The rows for which `where` holds, or None where it cannot be worked out.

    A row for which the filter is missing is left out and counted; what could not be read in it still matters, what
    could not be read in a row that is left out for good reason does not.
    """
    if spec.where is None:
        return Kept(piece.frame, piece.faults), []
    period = reading.period
    frame = piece.frame.with_columns(period_start=pl.lit(period.start), period_end=pl.lit(period.end))
    test, problems = bound(spec.where, kinds_in(frame), reading.functions, Kind.YES_NO)
    if test is None:
        return None, problems
    problems += near_text_problems(spec.where, piece.frame, reading.functions)
    decided = frame.with_columns(_kept=test)["_kept"]
    undecided = decided.is_null()
    kept = piece.frame.filter(decided.fill_null(value=False))
    return (
        Kept(
            frame=kept,
            faults=_of_rows(piece.faults, piece.frame.filter(decided.fill_null(value=True))),
            dropped=piece.frame.height - kept.height - int(undecided.sum()),
            undecided=int(undecided.sum()),
        ),
        problems,
    )


def _of_rows(faults: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    if faults.is_empty():
        return faults
    return faults.join(rows.select(FILE, LINE), on=[FILE, LINE], how="semi", maintain_order="left")
