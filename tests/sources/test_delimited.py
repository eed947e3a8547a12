"""CSV files and what passes for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from appraise.plugin import RawTable, ReadRequest
from appraise.sources.adapters.delimited import read_delimited

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the files stand."""
    return tmp_path


def read(folder: Path, text: str | bytes, **said: Any) -> RawTable:
    """The table of a file with this content."""
    path = folder / "facts.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_delimited(ReadRequest(path, **said))


def refusal(folder: Path, text: str | bytes, **said: Any) -> str:
    """Why a file with this content cannot be read."""
    with pytest.raises(ValueError, match=r".+") as caught:
        read(folder, text, **said)
    return str(caught.value)


def test_every_cell_is_text(folder: Path) -> None:
    """Nothing is guessed while reading: ids keep their zeros, and blanks are empty text."""
    raw = read(folder, "id,n\n0017,1e5\n17,\n")
    assert raw.frame.rows() == [("0017", "1e5"), ("17", "")]


def test_lines_are_those_of_the_file(folder: Path) -> None:
    """A quoted line end, a blank line and a lead-in do not shift the line numbers of the rows after them."""
    raw = read(folder, 'made by X\n\nid,note\n1,"a\nb"\n\n2,c\n', header_row=3)
    assert (raw.frame["id"].to_list(), raw.lines.to_list(), raw.header_line) == (["1", "2"], [4, 7], 3)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(folder: Path, ends: str) -> None:
    """Unix, Windows and old Macintosh line ends, with or without the last one."""
    raw = read(folder, ends.join(["id,n", "1,2", "3,4"]))
    assert (raw.frame.rows(), raw.lines.to_list()) == ([("1", "2"), ("3", "4")], [2, 3])


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_where_it_is_certain(folder: Path, separator: str) -> None:
    """The character that cuts header and rows alike is the separator."""
    raw = read(folder, f"id{separator}n\n1{separator}2\n")
    assert raw.frame.rows() == [("1", "2")]


def test_a_decoy_in_the_header_does_not_mislead(folder: Path) -> None:
    """Of two characters in the header, the one that cuts all rows alike is the separator."""
    raw = read(folder, "id,name (first|last)\n1,A\n2,B\n")
    assert raw.frame.columns == ["id", "name (first|last)"]


def test_an_uncertain_separator_is_asked_for(folder: Path) -> None:
    """Where two separators are as likely nothing is guessed."""
    assert refusal(folder, "a;b,c\n1;2,3\n") == (
        "line 1: cannot tell the separator, comma and semicolon are as likely: say `separator:` for this source"
    )
    assert read(folder, "a;b,c\n1;2,3\n", separator=";").frame.columns == ["a", "b,c"]
    assert read(folder, "a\tb\n1\t2\n", separator="tab").frame.columns == ["a", "b"]


def test_excel_s_own_separator_line_is_obeyed(folder: Path) -> None:
    """`sep=;` on the first line is Excel's way of saying it."""
    raw = read(folder, "sep=;\nid;n\n1;2\n")
    assert (raw.frame.rows(), raw.lines.to_list()) == ([("1", "2")], [3])


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        ("id,name\n1,René\n".encode(), None),
        ("id,name\n1,René\n".encode("utf-8-sig"), None),
        ("id,name\n1,René\n".encode("utf-16"), None),
        ("id,name\n1,René\n".encode("utf-16-le"), "utf-16-le"),
        ("id,name\n1,René\n".encode("latin-1"), "latin-1"),
    ],
)
def test_encodings(folder: Path, data: bytes, declared: str | None) -> None:
    """UTF-8 with or without mark, UTF-16 by its mark, and any declared encoding."""
    assert read(folder, data, encoding=declared).frame.rows() == [("1", "René")]


def test_an_undecodable_row_costs_itself(folder: Path) -> None:
    """A row with wrong bytes is told with line and byte, and the others are read."""
    raw = read(folder, b"id,n\n1,2\n\xff\xfe\xfa,3\n4,5\n")
    assert raw.frame["id"].to_list() == ["1", "4"]
    assert [(item.line, item.says.partition(":")[0]) for item in raw.unread] == [(3, "it is not UTF-8 (byte 9)")]


def test_a_file_of_another_encoding_is_refused(folder: Path) -> None:
    """Where most rows are undecodable the file is of another encoding, and the cure is named."""
    says = refusal(folder, "id,name\n1,René\n2,Zoë\n".encode("latin-1"))
    assert says.startswith("line 2: is not UTF-8 (byte 13): save the file as UTF-8, or say `encoding: cp1252`")


def test_a_row_of_another_width_costs_itself(folder: Path) -> None:
    """A row with too many or too few cells is told; blank cells beyond the header are no cells."""
    raw = read(folder, "a,b\n1,2\n3\n4,5,6\n7,8,,\n,\n")
    assert (raw.frame.rows(), raw.lines.to_list()) == ([("1", "2"), ("7", "8")], [2, 5])
    assert [(item.line, item.says) for item in raw.unread] == [
        (3, "the row has 1 cell and the header 2"),
        (4, "the row has 3 cells and the header 2"),
    ]


def test_a_quote_inside_a_bare_cell_costs_the_row(folder: Path) -> None:
    """`1"0` is read differently by different programs, so it is not read."""
    raw = read(folder, 'a,b\n1"0,2\n"3 ""x""",4\n')
    assert (raw.frame.rows(), [item.line for item in raw.unread]) == ([('3 "x"', "4")], [2])


@pytest.mark.parametrize("tail", ["", "18,5\n" * 3, "18,5\n" * 40_000, 'x"y,5\n'])
def test_a_quote_left_open_costs_the_file(folder: Path, tail: str) -> None:
    """The rest of the file is inside the quote, so nothing after it can be trusted."""
    assert refusal(folder, f'a,b\n17,"10\n{tail}').startswith("line 2: a quote is opened here and not closed")


def test_a_huge_cell_costs_the_row(folder: Path) -> None:
    """A cell longer than 131,072 characters is told."""
    raw = read(folder, f'a,b\n1,2\n3,"{"9" * 300_000}"\n')
    assert (raw.frame.height, raw.unread[0].line) == (1, 3)


def test_a_nul_costs_the_row(folder: Path) -> None:
    """A row with a NUL character is told."""
    raw = read(folder, "a,b\n" + "1,2\n" * 20 + "3,\0\n")
    assert (raw.frame.height, raw.unread[0].line) == (20, 22)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        (b"<!doctype html><html>401</html>", "this is HTML"),
        (b"\xef\xbb\xbf<html>", "this is HTML"),
        (b"PK\x03\x04xxxx", "this is a ZIP or Excel file"),
        (b"%PDF-1.7", "this is a PDF"),
        (b"\x1f\x8bxx", "this is a gzip file"),
        (b"\xd0\xcf\x11\xe0", "this is an old Excel (.xls)"),
        (b"i\0d\0,\0n\0\n\0", "the file holds NUL bytes"),
        (b"# made by X\nid,n\n1,2\n", "line 1: is no header, it has 1 cell and the lines below have 2"),
        (b"a,b\n1,2,3\n", "line 2: the row has 3 cells and the header 2"),
        (b"a,b,a\n1,2,3\n", "line 1: two columns are called 'a' (columns 1 and 3)"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(folder: Path, data: bytes, says: str) -> None:
    """A file of another kind, without a header or without any row that fits, is named for what it is."""
    assert refusal(folder, data).startswith(says)


def test_a_header_alone_is_an_empty_table(folder: Path) -> None:
    """A file without rows is delivered, with no rows."""
    raw = read(folder, "a,b\n")
    assert (raw.frame.columns, raw.frame.height) == (["a", "b"], 0)


def test_only_the_header_can_be_asked_for(folder: Path) -> None:
    """With `rows=0` a fault further down is not looked at."""
    assert read(folder, 'a,b\n1,"2\n', rows=0).frame.columns == ["a", "b"]
    assert read(folder, '"a\nx",b\n1,2\n', rows=0).frame.columns == ["a x", "b"]
    assert read(folder, b"a,b\n1,\xff\n", rows=0).frame.columns == ["a", "b"]


def test_a_blank_heading_is_called_after_its_position(folder: Path) -> None:
    """A column without heading is `column_2`, and left out where it holds nothing."""
    assert read(folder, "a,,c\n1,2,3\n").frame.columns == ["a", "column_2", "c"]
    assert read(folder, "a,,c\n1,,3\n").frame.columns == ["a", "c"]


def test_a_file_without_a_header_has_columns_by_position(folder: Path) -> None:
    """The first line is a row like any other, a column that is blank everywhere stays, and short rows are told."""
    raw = read(folder, "17|Ann|\n18|Bo|\n19\n", header_row=0)

    assert raw.frame.columns == ["column_1", "column_2", "column_3"]
    assert raw.frame.rows() == [("17", "Ann", ""), ("18", "Bo", "")]
    assert (raw.lines.to_list(), raw.header_line) == ([1, 2], 0)
    assert [(item.line, item.says) for item in raw.unread] == [(3, "the row has 1 cell and the first row 3")]


def test_two_equal_headings_may_be_no_headings(folder: Path) -> None:
    """A row of data that is read as a header is refused with the word that cures it."""
    assert "say `header_row: none` if the file has no headings" in refusal(folder, "1,1\n2,2\n")
