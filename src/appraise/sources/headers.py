"""What columns a source has, for a check that reads no data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.sources.absences import absence_problems
from appraise.sources.files import files_of
from appraise.sources.openings import opening_of

if TYPE_CHECKING:
    from appraise.model.problem import Problem
    from appraise.model.workspace import SourceSpec
    from appraise.sources.facts import Reading


def headers_of(spec: SourceSpec, reading: Reading) -> tuple[tuple[str, ...], list[Problem]]:
    """The columns that expressions can name in a source, from the headers of its files alone.

    Nothing is known of a file that is not there or cannot be read; the columns are empty then. Columns that the
    workspace names and a file does not have are problems at the line that names them, or at the file's header.
    """
    names: dict[str, None] = {}
    files = files_of(spec, reading)
    problems = absence_problems(files, spec, reading)
    for file in files:
        opening, found = opening_of(file, spec, reading, rows=0)
        problems += found
        if opening is not None:
            names |= dict.fromkeys(opening.header.titles)
    wide = spec.months_in_columns
    if wide is not None and names:
        names[wide.value] = None
    return tuple(names), problems
