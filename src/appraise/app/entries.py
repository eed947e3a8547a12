"""Lines that people write by hand into small files of the workspace: values and decisions, those of one period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.app.workspace_tables import rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from appraise.app.workspace_tables import Row
    from appraise.model.problem import Problem

PERIOD = "period"
"""The optional column, and the mark in a path, that say which period a line is about."""


def entries_of(root: Path, shown: str | None, columns: tuple[str, ...], period: str) -> tuple[list[Row], list[Problem]]:
    """The lines about a period of a file that must have these columns; none where no file is named.

    A file for each period has `{period}` in its path. In a file for several a column `period` holds the id; a line
    without one is about whichever period is asked for.

    Args:
        root: the folder of the workspace.
        shown: the path as the workspace writes it.
        columns: the headings that must be there, in lower case.
        period: the id of the period.
    """
    if shown is None:
        return [], []
    file = entries_file(shown, period)
    rows, problems = rows_of(root / file, file, columns)
    return [(place, row) for place, row in rows if row.get(PERIOD, "") in {"", period}], problems


def entries_file(shown: str, period: str) -> str:
    """The path of the file for a period."""
    return shown.replace(f"{{{PERIOD}}}", period)
