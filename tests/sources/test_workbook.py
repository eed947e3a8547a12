"""Excel workbooks: typed cells, exact rows, and files made to harm."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter

from appraise.plugin import RawTable, ReadRequest
from appraise.sources.adapters.cell_marks import marks_of
from appraise.sources.adapters.package import Sheet
from appraise.sources.adapters.workbook import read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

DAY = datetime(2026, 7, 1, tzinfo=UTC).replace(tzinfo=None)


def book(rows: Mapping[str, Any], formats: Mapping[str, str] | None = None, **options: Any) -> bytes:
    """A workbook with these cells by address, some of them with a number format; a text with = is a formula."""
    data = io.BytesIO()
    workbook = xlsxwriter.Workbook(data, options)
    sheet = workbook.add_worksheet("Calls")
    for address, value in rows.items():
        form = workbook.add_format({"num_format": formats[address]}) if formats and address in formats else None
        if isinstance(value, tuple):
            sheet.write_formula(address, value[0], form, value[1])
        elif isinstance(value, datetime | time | timedelta):
            sheet.write_datetime(address, value, form)
        else:
            sheet.write(address, value, form)
    workbook.close()
    return data.getvalue()


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part of its package changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


def read(tmp_path: Path, data: bytes, **said: Any) -> RawTable:
    """The table of a workbook."""
    path = tmp_path / "calls.xlsx"
    path.write_bytes(data)
    return read_workbook(ReadRequest(path, **said))


def refusal(tmp_path: Path, data: bytes, **said: Any) -> str:
    """Why a workbook cannot be read."""
    with pytest.raises(ValueError, match=r".+") as caught:
        read(tmp_path, data, **said)
    return str(caught.value)


def test_typed_cells_keep_their_type(tmp_path: Path) -> None:
    """Numbers, dates, yes/no and texts come as such."""
    data = book(
        {"A1": "n", "B1": "d", "C1": "b", "D1": "t", "A2": 17, "B2": DAY, "C2": True, "D2": "0017"}, {"B2": "d/m/yy"}
    )
    assert read(tmp_path, data).frame.rows() == [(17.0, DAY, True, "0017")]


def test_time_cells_are_lengths_of_time(tmp_path: Path) -> None:
    """A time of day and a length beyond a day come as durations, not as moments of the year 1900."""
    cells = {"A1": "t", "B1": "long", "A2": time(0, 2, 14), "B2": 1.5}
    raw = read(tmp_path, book(cells, {"A2": "hh:mm:ss", "B2": "[h]:mm:ss"}))
    assert raw.frame.rows() == [(timedelta(minutes=2, seconds=14), timedelta(hours=36))]


def test_time_cells_of_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    """The other date system gives the same lengths of time and the same days."""
    cells = {"A1": "t", "B1": "d", "A2": time(0, 2, 14), "B2": DAY}
    raw = read(tmp_path, book(cells, {"A2": "hh:mm:ss", "B2": "d/m/yy"}, date_1904=True))
    assert raw.frame.rows() == [(timedelta(minutes=2, seconds=14), DAY)]


def test_a_column_of_several_types_comes_as_text(tmp_path: Path) -> None:
    """A yes among numbers does not become 1, and an id keeps its zeros beside number cells."""
    data = book({"A1": "id", "B1": "n", "A2": 17, "B2": 2.5, "A3": "0017", "B3": True})
    assert read(tmp_path, data).frame.rows() == [("17", "2.5"), ("0017", "true")]


def test_times_among_texts_are_written_as_times(tmp_path: Path) -> None:
    """A time cell in a column that also has texts comes as `00:02:14`."""
    data = book({"A1": "t", "A2": time(0, 2, 14), "A3": "00:03:00", "A4": 1.5}, {"A2": "hh:mm:ss", "A4": "[h]:mm:ss"})
    assert read(tmp_path, data).frame["t"].to_list() == ["00:02:14", "00:03:00", "36:00:00"]


def test_percent_cells_are_what_the_user_sees(tmp_path: Path) -> None:
    """A cell shown as 94.01% comes as that, a plain number beside it as a number."""
    data = book({"A1": "rate", "A2": 0.9401, "A3": 0.5, "A4": 7}, {"A2": "0.00%", "A3": "0%"})
    assert read(tmp_path, data).frame["rate"].to_list() == ["94.01%", "50%", "7"]


def test_rows_are_those_of_the_sheet(tmp_path: Path) -> None:
    """Blank rows and columns before and between do not shift the row numbers; rows that are blank are passed over."""
    data = book({"B3": "id", "C3": "n", "B5": 17, "C5": 1, "B7": 18, "C7": 2})
    raw = read(tmp_path, data)
    assert (raw.frame.rows(), raw.lines.to_list(), raw.header_line) == ([(17.0, 1.0), (18.0, 2.0)], [5, 7], 3)
    lower = read(tmp_path, book({"A1": "Report", "A3": "id", "A4": 1}), header_row=3)
    assert (lower.frame.columns, lower.lines.to_list()) == (["id"], [4])


def test_an_error_cell_is_named_by_its_address(tmp_path: Path) -> None:
    """`#DIV/0!` is told with its cell and missing in the table."""
    raw = read(tmp_path, book({"A1": "id", "B1": "n", "A2": 1, "B2": ("=1/0", "#DIV/0!"), "A3": 2, "B3": 5}))
    assert [(item.line, item.column, item.says) for item in raw.unread] == [(2, "n", "B2 is #DIV/0!, an error")]
    assert raw.frame["n"].to_list() == [None, 5.0]


def test_a_formula_gives_its_saved_result(tmp_path: Path) -> None:
    """Nothing is evaluated: the saved result is read and noted, a formula without one is told."""
    cells = {"A1": "id", "B1": "n", "A2": 1, "B2": ("=1+1", 2), "A3": 2, "B3": ("=2+2", "")}
    raw = read(tmp_path, book(cells))
    assert raw.frame["n"].to_list() == [2.0, None]
    assert [item.says for item in raw.unread] == ["B3 is a formula without a saved result"]
    assert raw.notes == ("2 cells are formulas' results, as last saved",)


def test_a_sheet_is_chosen_by_name_or_is_the_first_visible(tmp_path: Path) -> None:
    """A sheet that is not there is answered with those that are."""
    data = book({"A1": "id", "A2": 1})
    assert read(tmp_path, data, sheet="Calls").frame.height == 1
    assert refusal(tmp_path, data, sheet="Call") == "there is no sheet 'Call' (found: 'Calls'): correct `sheet:`"


def test_a_far_cell_is_refused_before_the_reader_sees_it(tmp_path: Path) -> None:
    """One cell at the far corner would make a table of billions of cells."""
    assert "reaches to cell XFD1048576" in refusal(tmp_path, book({"A1": "id", "A2": 1, "XFD1048576": 1}))


def test_a_sheet_of_too_many_rows_is_refused() -> None:
    """Half a million rows is the most, whatever the rows hold."""
    with pytest.raises(ValueError, match="the sheet has 500,001 rows, the most is 500,000"):
        marks_of(Sheet("Calls", b"<sheetData>" + b"<row></row>" * 500_001, b"", is_1904=False))


def test_a_bomb_is_refused_by_its_directory(tmp_path: Path) -> None:
    """A part that unpacks to hundreds of times its size is not unpacked."""
    data = changed(
        book({"A1": "id"}), "xl/worksheets/sheet1.xml", lambda _: b"<worksheet>" + b"A" * 30_000_000 + b"</worksheet>"
    )
    assert "times its size" in refusal(tmp_path, data)


def test_an_entity_is_refused(tmp_path: Path) -> None:
    """A DOCTYPE could name files of this machine; no workbook needs one."""
    data = changed(
        book({"A1": "id", "A2": 1}),
        "xl/worksheets/sheet1.xml",
        lambda sheet: sheet.replace(
            b"<worksheet", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet', 1
        ),
    )
    assert refusal(tmp_path, data).startswith("the workbook has a DTD")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"hello", "this is not an Excel workbook"),
        (b"PK\x03\x04" + b"x" * 50, "the workbook is damaged"),
        (b"\xd0\xcf\x11\xe0", "this is an old Excel (.xls) or a password-protected file"),
        (b"", "the file is empty"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    """Other files named .xlsx are named for what they are."""
    assert refusal(tmp_path, data).startswith(says)


def test_an_empty_sheet_and_an_error_as_heading_are_refused(tmp_path: Path) -> None:
    """A table needs a header of names."""
    assert "no header is found" in refusal(tmp_path, book({}))
    assert "line 9: the sheet ends before it" in refusal(tmp_path, book({"A1": "id"}), header_row=9)
    assert "A1 is #DIV/0!" in refusal(tmp_path, book({"A1": ("=1/0", "#DIV/0!"), "A2": 1}))


def test_a_sheet_without_a_header_has_columns_by_position(tmp_path: Path) -> None:
    """Typed cells keep their type from the first row on, and rows keep their numbers."""
    raw = read(tmp_path, book({"A2": "Ann", "B2": 3, "A3": "Bo", "B3": 4}), header_row=0)

    assert raw.frame.columns == ["column_1", "column_2"]
    assert raw.frame.rows() == [("Ann", 3.0), ("Bo", 4.0)]
    assert (raw.lines.to_list(), raw.header_line) == ([2, 3], 0)
