"""Text tables: CSV and its relatives, read as text with the right line numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from appraise.plugin import RawTable, Unread
from appraise.sources.adapters.characters import SAVE_AS, Text, text_of
from appraise.sources.adapters.disguises import refuse_disguise
from appraise.sources.adapters.headings import headings_of, named_by_position, positions
from appraise.sources.adapters.quoting import Rows, rows_of
from appraise.sources.adapters.separators import separator_of

if TYPE_CHECKING:
    from appraise.plugin import ReadRequest

_SEP_LINE = "sep="
"""Excel writes `sep=;` as the first line of some files."""


def read_delimited(request: ReadRequest) -> RawTable:
    """The table of a text file, every cell as text.

    Raises:
        OSError: the file cannot be opened.
        ValueError: it is no such table; the message says why.
    """
    data = request.path.read_bytes()
    refuse_disguise(data)
    text = text_of(data, request.encoding)
    header, declared = _header(text.lines, request.header_row, request.separator)
    lines = text.lines[header - 1 :]
    separator = separator_of(lines, declared, header)
    if header in text.undecodable:
        raise ValueError(_not_utf8(text, header))
    most = None if request.rows is None else request.rows + 1
    rows = rows_of(lines, separator, header, most)
    if request.header_row:
        names = headings_of(rows.cells[0], header)
    else:
        names = positions(len(rows.cells[0]), header)
        rows = Rows([names, *rows.cells], [0, *rows.lines], rows.unread)
    fitting = _fitting(rows, len(names), text)
    if request.rows != 0:
        _refuse_misread(fitting, text)
    return _table(names, fitting, header) if request.header_row else _headless(names, fitting)


def _header(lines: list[str], header_row: int, separator: str | None) -> tuple[int, str | None]:
    """The line of the header, the first one with text from `header_row` on, and the separator told so far.

    Of a file without a header (`header_row` is 0) it is the line of the first row.
    """
    header_row = max(header_row, 1)
    if header_row > len(lines):
        raise ValueError(f"the file has {_count(len(lines), 'line')}, and `header_row` is {header_row}")
    if header_row == 1 and lines[0].startswith(_SEP_LINE) and len(lines[0].rstrip("\r\n")) == len(_SEP_LINE) + 1:
        separator = separator or lines[0][len(_SEP_LINE)]
        header_row = 2
    for number in range(header_row, len(lines) + 1):
        if lines[number - 1].strip():
            return number, separator
    raise ValueError("the file has no header: there is no text where the column names should be")


def _headless(names: list[str], fitting: Rows) -> RawTable:
    """The table of a file whose first line is a row already; blank columns stay, their names are their places."""
    unread = [replace(item, says=item.says.replace("the header", "the first row")) for item in fitting.unread]
    return _table(names, Rows(fitting.cells, fitting.lines, unread), 0)


def _fitting(rows: Rows, width: int, text: Text) -> Rows:
    """The rows below the header that are as wide as it is; blank ones are passed over, others are told."""
    fitting = Rows([], [], rows.unread)
    for cells, line in zip(rows.cells[1:], rows.lines[1:], strict=True):
        if len(cells) == width and line not in text.undecodable:
            fitting.cells.append(cells)
            fitting.lines.append(line)
        elif any(cell.strip() for cell in cells):
            _fit(fitting, _trimmed(cells, width), line, (width, text))
    return fitting


def _refuse_misread(fitting: Rows, text: Text) -> None:
    """Stop where no row or few rows fit, so that the fault is in how the file is read, not in a row."""
    ragged = [item for item in fitting.unread if "the header" in item.says]
    if ragged and not fitting.cells:
        raise ValueError(f"line {ragged[0].line}: {ragged[0].says}: say `header_row:` if that is another line")
    if len(text.undecodable) > len(fitting.cells):
        raise ValueError(_not_utf8(text, min(text.undecodable)))


def _fit(fitting: Rows, cells: list[str], line: int, against: tuple[int, Text]) -> None:
    width, text = against
    if line in text.undecodable:
        fitting.unread.append(Unread(line, f"it is not UTF-8 (byte {text.undecodable[line]}): {SAVE_AS}"))
    elif len(cells) != width:
        fitting.unread.append(Unread(line, f"the row has {_count(len(cells), 'cell')} and the header {width}"))
    else:
        fitting.cells.append(cells)
        fitting.lines.append(line)


def _trimmed(cells: list[str], width: int) -> list[str]:
    """The cells without blank ones beyond the header's last."""
    return cells if any(cell.strip() for cell in cells[width:]) else cells[:width]


def _table(names: list[str], rows: Rows, header: int) -> RawTable:
    columns = list(zip(*rows.cells, strict=True)) if rows.cells else [()] * len(names)
    series = [pl.Series(name, column, dtype=pl.String) for name, column in zip(names, columns, strict=True)]
    frame = pl.DataFrame([*series, pl.Series("\0line", rows.lines, dtype=pl.Int64)])
    cells = pl.col(names)
    blank = pl.all_horizontal(cells.str.strip_chars() == "")
    torn = pl.any_horizontal(cells.str.contains("\0", literal=True))
    told = [Unread(line, "the row holds a NUL character") for line in frame.filter(torn)["\0line"]]
    frame = frame.filter(~torn & ~blank)
    lines = frame.drop_in_place("\0line").alias("line")
    if header:
        frame = frame.drop([name for name in names if named_by_position(name) and (frame[name] == "").all()])
    unread = sorted([*rows.unread, *told], key=lambda item: item.line)
    return RawTable(frame, lines, tuple(unread), header)


def _not_utf8(text: Text, line: int) -> str:
    return f"line {line}: is not UTF-8 (byte {text.undecodable[line]}): {SAVE_AS}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
