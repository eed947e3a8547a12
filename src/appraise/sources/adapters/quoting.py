"""From lines to rows of cells, by the rules of CSV and no looser."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from appraise.plugin import Unread

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_CELL = 131_072


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that were read (empty where one could not be), the line each one starts on, and what could not be read."""

    cells: list[list[str]]
    lines: list[int]
    unread: list[Unread]


def rows_of(lines: Sequence[str], separator: str, first: int, most: int | None = None) -> Rows:
    """Every row of the lines; a quoted cell may hold line ends, and a quote inside a cell is written twice.

    Args:
        lines: with their ends.
        separator: one character.
        first: the number of the first line in the file.
        most: how many rows are wanted, None for all.

    Raises:
        ValueError: a quote is opened and never closed, so that the rest of the file cannot be trusted.
    """
    reader = csv.reader(lines, delimiter=separator, strict=True)
    cells: list[list[str]] = []
    starts: list[int] = [first]
    unread: list[Unread] = []
    while True:
        try:
            for row in islice(reader, most):
                cells.append(row)
                starts.append(first + reader.line_num)
            break
        except csv.Error as fault:
            after = first + reader.line_num
            unread.append(_unread(fault, starts[-1], after))
            cells.append([])
            starts.append(after)
    rows = Rows(cells, starts[:-1], unread)
    _drop_stray_quotes(rows, lines, separator)
    return rows


def _unread(fault: csv.Error, line: int, after: int) -> Unread:
    """What is wrong with the row that starts on `line`; a quote left open is wrong with the whole file."""
    if after - line > 1 or "unexpected end" in str(fault):
        raise ValueError(f"line {line}: a quote is opened here and not closed: close it, or write it twice")
    if "field larger" in str(fault):
        return Unread(line, f"a cell is longer than {LONGEST_CELL} characters")
    return Unread(line, "its quoting is bad, a cell that begins with a quote must end with one")


def _drop_stray_quotes(rows: Rows, lines: Sequence[str], separator: str) -> None:
    """Empty the rows that have a quote inside an unquoted cell, which other readers read otherwise, and tell them."""
    suspects = [index for index, row in enumerate(rows.cells) if '"' in "".join(row)]
    if not suspects:
        return
    cut = re.escape(separator)
    cell = rf'(?:"(?:[^"]|"")*"|[^"{cut}\r\n]*)'
    shape = re.compile(rf"{cell}(?:{cut}{cell})*[\r\n]*")
    first = rows.lines[0]
    ends = [*rows.lines[1:], first + len(lines)]
    for index in suspects:
        start = rows.lines[index]
        if not shape.fullmatch("".join(lines[start - first : ends[index] - first])):
            rows.cells[index] = []
            rows.unread.append(Unread(start, "its quoting is bad, a quote stands inside a cell that is not quoted"))
