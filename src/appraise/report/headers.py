"""Which header cells of a table speak of which cells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell on the grid of its table; `scope` is `column`, `row`, `group` or, where it is no header, empty.

    `tag` is its structure element, `group` its group of rows.
    """

    tag: Any
    scope: str
    rows: range
    columns: range
    group: Any


def headers_of(cells: Sequence[Cell]) -> Iterator[tuple[Cell, list[Cell]]]:
    """Each cell with its headers, from the widest to the nearest.

    A column header speaks of the cells below it, a row header of those to its right up to the next one, and a header of
    a group of all cells that follow in the group.
    """
    columns, rows, groups = _by_place(cells)
    for cell in cells:
        wide = [head for head in groups[cell.group] if head.rows.start <= cell.rows.start and head is not cell]
        if cell.scope:
            yield cell, wide if cell.scope != "column" else []
            continue
        left = [head for row in cell.rows for head in rows[row] if head.columns.start < cell.columns.start]
        nearest = max((head.columns.start for head in left), default=0)
        beside = [head for head in dict.fromkeys(left) if head.columns.start == nearest]
        above = [head for column in cell.columns for head in columns[column] if head.rows.start < cell.rows.start]
        yield cell, [*wide, *beside, *dict.fromkeys(above)]


_Places = defaultdict[Any, list[Cell]]


def _by_place(cells: Sequence[Cell]) -> tuple[_Places, _Places, _Places]:
    columns, rows, groups = _Places(list), _Places(list), _Places(list)
    for cell in cells:
        if cell.scope == "column":
            for column in cell.columns:
                columns[column].append(cell)
        elif cell.scope == "row":
            for row in cell.rows:
                rows[row].append(cell)
        elif cell.scope == "group":
            groups[cell.group].append(cell)
    return columns, rows, groups
