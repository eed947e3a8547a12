"""Where a row of a frame stands in its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.model.place import Place
from appraise.sources.facts import FILE, LINE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

SHOWN_ROWS = 5
"""So many rows are named; of further ones, how many."""


def place_of(row: Mapping[str, Any]) -> Place:
    """The place of a row that carries its file and line."""
    return Place(str(row[FILE]), int(row[LINE]))


def rows_named(lines: Sequence[int]) -> str:
    """`line 4`, `lines 4 and 9`, `lines 4, 5, 6, 7, 8 and 12 more`."""
    if len(lines) == 1:
        return f"line {lines[0]}"
    shown = [str(line) for line in lines[:SHOWN_ROWS]]
    last = f"{len(lines) - SHOWN_ROWS} more" if len(lines) > SHOWN_ROWS else shown.pop()
    return f"lines {', '.join(shown)} and {last}"
