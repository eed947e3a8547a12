"""Excel workbooks, read by fastexcel after the package was checked; runs in a child process with limits."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import fastexcel
import polars as pl

from appraise.plugin import RawTable, Unread
from appraise.sources.adapters.cell_marks import CellMarks, address, marks_of
from appraise.sources.adapters.headings import headings_of, named_by_position, positions
from appraise.sources.adapters.package import Sheet, sheet_of

if TYPE_CHECKING:
    from appraise.plugin import ReadRequest

_COLUMN = re.compile(r"column (__UNNAMED__\d+)")
_TIME_CELL = re.compile(r"(?:1899-12-31|1900-0[12]-\d\d|1904-01-\d\d) (\d\d):(\d\d):(\d\d)")
_DAYS_OF_TIMES = 60
"""Excel counts from 1900; a moment in its first days is a time of day or a length of time, no date."""


def read_workbook(request: ReadRequest) -> RawTable:
    """The table of a sheet: typed cells keep their type, a column of several types comes as text.

    Raises:
        OSError: the file cannot be opened.
        ValueError: it is no such workbook; the message says why.
    """
    sheet = sheet_of(request.path, request.sheet)
    marks = marks_of(sheet)
    header = _header_row(request.header_row, marks)
    for position, text in marks.errors.items():
        if position[0] == header:
            raise ValueError(
                f"line {header}: {address(position)} is {text}, an error, and should be a column's name: mend it"
            )
    try:
        book = fastexcel.read_excel(request.path)
        names = _names(book, sheet, header) if request.header_row else _positions(book, sheet, header)
        frame = _cells(book, sheet, header, request.rows)
    except fastexcel.InvalidParametersError:
        raise ValueError(f"line {header}: the sheet ends before it, no header is found: say `header_row:`") from None
    except fastexcel.FastExcelError as fault:
        raise ValueError(f"the workbook cannot be read ({str(fault).splitlines()[0]}): save it again") from None
    if frame.width != len(names[1]):
        raise ValueError("the sheet's header and rows differ in width: open and save the workbook in Excel")
    table = _table(frame, sheet, marks, (header, *names))
    return table if request.header_row else replace(table, header_line=0)


def _header_row(declared: int, marks: CellMarks) -> int:
    """The row of the header: the first one with anything in it, unless a later one is declared.

    In a sheet without a header (0) it is the row above the first one with anything in it.
    """
    if not declared:
        return marks.first_row - 1
    return max(declared, marks.first_row) if declared == 1 else declared


def _names(book: fastexcel.ExcelReader, sheet: Sheet, header: int) -> tuple[int, list[str]]:
    """The index of the first column in the sheet, and the column names."""
    top = book.load_sheet(sheet.name, header_row=None, skip_rows=header - 1, n_rows=1, dtypes="string")
    columns = top.available_columns()
    frame = pl.DataFrame(top)
    if not frame.height or all(cell is None for cell in frame.row(0)):
        raise ValueError(
            f"line {header}: row {header} of sheet '{sheet.name}' is empty, no header is found: say `header_row:`"
        )
    first = columns[0].absolute_index
    names = headings_of(frame.row(0), header)
    return first, names


def _positions(book: fastexcel.ExcelReader, sheet: Sheet, header: int) -> tuple[int, list[str]]:
    """The index of the first column in the sheet, and names by position, for a sheet without a header."""
    top = book.load_sheet(sheet.name, header_row=None, skip_rows=header, n_rows=1, dtypes="string")
    columns = top.available_columns()
    return columns[0].absolute_index, positions(len(columns), header + 1)


def _cells(book: fastexcel.ExcelReader, sheet: Sheet, header: int, rows: int | None) -> pl.DataFrame:
    """The rows below the header; a column of one type is typed, any other is text."""
    as_text: fastexcel.DTypeMap = {}
    while True:
        try:
            loaded = book.load_sheet(
                sheet.name,
                header_row=None,
                skip_rows=header,
                n_rows=rows,
                schema_sample_rows=None,
                dtype_coercion="strict",
                dtypes=as_text or None,
            )
            return pl.DataFrame(loaded)
        except fastexcel.UnsupportedColumnTypeCombinationError as fault:
            mixed = _COLUMN.search(str(fault))
            if mixed is None or mixed[1] in as_text:
                raise
            as_text[mixed[1]] = "string"


def _table(frame: pl.DataFrame, sheet: Sheet, marks: CellMarks, header: tuple[int, int, list[str]]) -> RawTable:
    header_row, first, names = header
    columns = [_times(frame.to_series(index), sheet).alias(name) for index, name in enumerate(names)]
    columns = [_percents(column, marks, (header_row + 1, first + index)) for index, column in enumerate(columns)]
    frame = pl.DataFrame(columns)
    rows = pl.Series("line", range(header_row + 1, header_row + 1 + frame.height), dtype=pl.Int64)
    told = {position: f"{address(position)} is {text}, an error" for position, text in marks.errors.items()}
    told |= {place: f"{address(place)} is a formula without a saved result" for place in marks.unsaved}
    unread = [
        Unread(row, says, names[column - first])
        for (row, column), says in sorted(told.items())
        if row > header_row and 0 <= column - first < len(names) and row <= header_row + frame.height
    ]
    kept = rows.is_in([item.line for item in unread]) | _any_filled(frame)
    frame, rows = frame.filter(kept), rows.filter(kept)
    if not all(named_by_position(name) for name in names):  # else there is no header, and blank columns have names too
        frame = frame.drop([name for name in names if named_by_position(name) and frame[name].is_null().all()])
    says = (
        "1 cell is the result of a formula" if marks.formulas == 1 else f"{marks.formulas} cells are formulas' results"
    )
    return RawTable(frame, rows, tuple(unread), header_row, (f"{says}, as last saved",) if marks.formulas else ())


def _any_filled(frame: pl.DataFrame) -> pl.Series:
    filled = [
        column.str.strip_chars().str.len_bytes() > 0 if column.dtype == pl.String else column.is_not_null()
        for column in frame.iter_columns()
    ]
    return pl.DataFrame(filled).select(pl.any_horizontal(pl.all()).fill_null(value=False)).to_series()


def _times(column: pl.Series, sheet: Sheet) -> pl.Series:
    """Times of day and lengths of time, which Excel keeps as moments of its first days, as Duration."""
    epoch = datetime(1904, 1, 1) if sheet.is_1904 else datetime(1899, 12, 31)  # noqa: DTZ001 -- Excel knows no zones
    if column.dtype == pl.Datetime and column.null_count() < len(column):
        latest = column.max()
        if isinstance(latest, datetime) and latest < epoch + timedelta(days=_DAYS_OF_TIMES):
            return (column - epoch).cast(pl.Duration("ms"))
    if column.dtype == pl.Null:
        return column.cast(pl.String)
    if column.dtype == pl.String and column.str.contains(_TIME_CELL.pattern).any():
        texts = [None if cell is None else _TIME_CELL.sub(lambda found: _hours(found, epoch), cell) for cell in column]
        return pl.Series(column.name, texts, dtype=pl.String)
    return column


def _hours(found: re.Match[str], epoch: datetime) -> str:
    day = datetime.fromisoformat(found[0][:10])
    hours = int(found[1]) + 24 * (day - epoch).days
    return f"{hours:02d}:{found[2]}:{found[3]}"


def _percents(column: pl.Series, marks: CellMarks, top: tuple[int, int]) -> pl.Series:
    """The column with numbers that are shown as percents written as such: 0.9401 as 94.01%."""
    first_row, index = top
    rows = {row - first_row for row, at in marks.percents if at == index}
    if not rows or not (column.dtype.is_numeric() or column.dtype == pl.String):
        return column
    texts = [_as_shown(cell, percent=number in rows) for number, cell in enumerate(column)]
    return pl.Series(column.name, texts, dtype=pl.String)


def _as_shown(cell: float | str | None, *, percent: bool) -> str | None:
    if cell is None:
        return None
    written = repr(cell) if isinstance(cell, float) else str(cell)
    if not percent:
        return written.removesuffix(".0") if isinstance(cell, float) else written
    try:
        return f"{(Decimal(written) * 100).normalize():f}%"
    except ArithmeticError:
        return written
