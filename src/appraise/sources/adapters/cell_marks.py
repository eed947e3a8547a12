"""What the fast reader passes over in a sheet: errors, percent formats, formulas without a result, and its size."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.sources.adapters.package import Sheet

MOST_ROWS = 500_000
MOST_CELLS = 10_000_000

_CELL = rb"<(?:\w+:)?c\b"
_COLUMNS = re.compile(_CELL + rb'[^>]*?\br="([A-Z]+)')
_ROWS = re.compile(rb'<(?:\w+:)?row\b(?:[^>]*?\br="(\d+)")?')
_FILLED = re.compile(_CELL + rb'[^>/]*?\br="[A-Z]+(\d+)"[^>/]*>\s*<(?:\w+:)?(?:v|is|f)\b')
_ERROR = re.compile(_CELL + rb'([^>]*\bt="e"[^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<', re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_UNSAVED = re.compile(
    _CELL + rb"([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_STYLED = re.compile(_CELL + rb'([^>]*\bs="(\d+)"[^>/]*)>\s*<')
_ADDRESS = re.compile(rb'\br="([A-Z]+)(\d+)"')
_PERCENT_FORMATS = {"9", "10"}


@dataclass(frozen=True, slots=True)
class CellMarks:
    """Marks of a sheet; cells are (sheet row from 1, column index from 0).

    `first_row` is the first one with anything in it. `errors` have their text (`#DIV/0!`), `unsaved` are formulas
    whose result was not saved, `percents` are formatted as percent, `formulas` counts results of formulas.
    """

    first_row: int
    errors: dict[tuple[int, int], str]
    unsaved: frozenset[tuple[int, int]]
    percents: frozenset[tuple[int, int]]
    formulas: int


def marks_of(sheet: Sheet) -> CellMarks:
    """Everything worth knowing about the cells of a sheet.

    Raises:
        ValueError: the sheet is larger than can be read.
    """
    _refuse_far_cells(sheet.cells)
    filled = _FILLED.search(sheet.cells)
    return CellMarks(
        first_row=int(filled[1]) if filled else 1,
        errors={_position(cell[1]): cell[2].decode(errors="replace") for cell in _ERROR.finditer(sheet.cells)},
        unsaved=frozenset(_position(cell[1]) for cell in _UNSAVED.finditer(sheet.cells) if b't="str"' not in cell[1]),
        percents=frozenset(_percents(sheet)),
        formulas=len(_FORMULA.findall(sheet.cells)),
    )


def address(position: tuple[int, int]) -> str:
    """The position as Excel shows it: (2, 9) is `J2`."""
    row, column = position
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def _refuse_far_cells(cells: bytes) -> None:
    numbers = _ROWS.findall(cells)
    rows = max(len(numbers), max((int(number) for number in numbers if number), default=0))
    if rows > MOST_ROWS and len(numbers) > MOST_ROWS:
        raise ValueError(f"the sheet has {rows:,} rows, the most is {MOST_ROWS:,}: split it or save it as CSV")
    columns = max((_column(letters) + 1 for letters in set(_COLUMNS.findall(cells))), default=1)
    if rows * columns > MOST_CELLS:
        raise ValueError(
            f"the sheet reaches to cell {address((rows, columns - 1))}, that is {rows * columns:,} cells and more than "
            f"{MOST_CELLS:,}: delete what stands far from the data, or save it as CSV"
        )


def _percents(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """The cells whose format shows a percent sign."""
    styles = {style.encode() for style in _percent_styles(sheet.styles)}
    if styles:
        for cell in _STYLED.finditer(sheet.cells):
            if cell[2] in styles:
                yield _position(cell[1])


def _percent_styles(styles: bytes) -> set[str]:
    """The numbers of the cell styles that show a percent sign."""
    if not styles:
        return set()
    root = ET.fromstring(styles)  # noqa: S314 -- package.py refuses a DOCTYPE
    own = {
        item.get("numFmtId", "")
        for item in root.iter()
        if item.tag.endswith("}numFmt") and "%" in re.sub(r'"[^"]*"|\\.', "", item.get("formatCode", ""))
    }
    tables = [item for item in root if item.tag.endswith("}cellXfs")]
    formats = [item.get("numFmtId") for table in tables for item in table]
    return {str(number) for number, form in enumerate(formats) if form in own | _PERCENT_FORMATS}


def _position(attributes: bytes) -> tuple[int, int]:
    found = _ADDRESS.search(attributes)
    if found is None:
        raise ValueError("cells of the sheet have no addresses: open and save the workbook in Excel")
    return int(found[2]), _column(found[1])


def _column(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - ord("A") + 1
    return index - 1
