"""Results as tables: Parquet for programs and a workbook for people, the same bytes for the same results."""

from __future__ import annotations

import io
import math
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import polars as pl
import xlsxwriter

from appraise.store.writing import write_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LONGEST_CELL = 32_767
_MOST_ROWS = 1_048_575
_WIDEST, _NARROWEST = 60, 8
_LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_parquet(path: Path, frame: pl.DataFrame) -> str:
    """Write a frame as Parquet; gives the SHA-256 of the file."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", compression_level=3, statistics=True, row_group_size=100_000)
    return write_bytes(path, buffer.getvalue())


def write_workbook(path: Path, sheets: Mapping[str, pl.DataFrame], day: date) -> str:
    """Write frames as the sheets of one workbook; gives the SHA-256 of the file.

    Text stays text whatever it begins with, missing values are blank cells, days are dates of the workbook.

    Args:
        path: the file.
        sheets: frame by sheet name (at most 31 characters), in order; at most 1,048,575 rows each.
        day: written into the file as the day it was made, so that no clock is needed.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"created": datetime(day.year, day.month, day.day, tzinfo=UTC)})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "quoted": book.add_format({"quote_prefix": True}),
    }
    for name, frame in sheets.items():
        _fill(book.add_worksheet(name), frame, formats)
    book.close()
    return write_bytes(path, buffer.getvalue())


def _fill(sheet: Any, frame: pl.DataFrame, formats: Mapping[str, Any]) -> None:
    if frame.height > _MOST_ROWS:
        raise ValueError(f"a sheet holds {_MOST_ROWS} rows, not {frame.height}")
    for column, name in enumerate(frame.columns):
        values = frame.get_column(name)
        sheet.write_string(0, column, name, formats["head"])
        sheet.set_column(column, column, _width(name, values))
        for row, value in enumerate(values, start=1):
            _write_cell(sheet, (row, column), value, formats)
    sheet.freeze_panes(1, 1)
    if frame.width and frame.height:
        sheet.autofilter(0, 0, frame.height, frame.width - 1)


def _write_cell(sheet: Any, cell: tuple[int, int], value: Any, formats: Mapping[str, Any]) -> None:
    """One value in a cell of its own type; what is missing or no finite number stays blank."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return
    if isinstance(value, bool):
        sheet.write_boolean(*cell, value)
    elif isinstance(value, int | float):
        sheet.write_number(*cell, value)
    elif isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001 -- a workbook's dates have no zone
        sheet.write_datetime(*cell, moment, formats["day"])
    else:
        text = str(value)[:_LONGEST_CELL].encode("utf-8", "replace").decode("utf-8")
        sheet.write_string(*cell, text, formats["quoted"] if text.startswith(_LOOKS_LIKE_A_FORMULA) else None)


def _width(name: str, values: pl.Series) -> int:
    """The width of a column in characters, from its heading and its longest text among the first rows."""
    longest = values.head(200).cast(pl.String, strict=False).str.len_chars().max() if values.len() else 0
    return max(_NARROWEST, min(_WIDEST, max(len(name), longest if isinstance(longest, int) else 0) + 2))
