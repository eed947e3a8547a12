"""Which character stands between the cells, where the file alone can tell."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SEPARATORS = (",", ";", "\t", "|")
NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_WORDS = {name: character for character, name in NAMES.items()} | {"\\t": "\t"}
_SAMPLE = 30


def separator_of(lines: Sequence[str], declared: str | None, first: int) -> str:
    """The separator: the declared one, or the only one that cuts the header and the first rows into as many cells.

    Args:
        lines: the file's lines from the header on.
        declared: a character, or its name (`comma`, `semicolon`, `tab`, `bar`).
        first: the number of the header's line in the file.

    Raises:
        ValueError: it is not one character, or two separators are as likely, or the header seems to be elsewhere.
    """
    if declared:
        chosen = _WORDS.get(declared, declared)
        if len(chosen) != 1 or chosen in '"\r\n':
            raise ValueError(f"separator '{declared}' is not one character: write ',' ';' 'tab' or '|'")
        return chosen
    widths = {separator: _widths(lines, separator) for separator in SEPARATORS}
    cutting = [separator for separator in SEPARATORS if widths[separator][:1] > [1]]
    if len(cutting) == 1:
        return cutting[0]
    even = [separator for separator in cutting if len(set(widths[separator])) == 1]
    if len(even) == 1:
        return even[0]
    if cutting:
        names = " and ".join(NAMES[separator] for separator in even or cutting)
        raise ValueError(
            f"line {first}: cannot tell the separator, {names} are as likely: say `separator:` for this source"
        )
    return _lone_column(widths, first)


def _lone_column(widths: dict[str, list[int]], first: int) -> str:
    """A comma for a file of one column; its rows must have one cell as well."""
    for below in (widths[separator][1:] for separator in SEPARATORS):
        if below and min(below) > 1:
            raise ValueError(
                f"line {first}: is no header, it has 1 cell and the lines below have {below[0]}: "
                "say `header_row:`, counting lines from 1"
            )
    return ","


def _widths(lines: Sequence[str], separator: str) -> list[int]:
    try:
        rows = [len(row) for row in csv.reader(lines[:_SAMPLE], delimiter=separator) if row]
    except csv.Error:
        return []
    return rows if len(lines) <= _SAMPLE or len(rows) == 1 else rows[:-1]
