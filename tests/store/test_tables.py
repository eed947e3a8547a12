"""Results as Parquet and as a workbook."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import fastexcel
import polars as pl
import pytest

from appraise.store.tables import write_parquet, write_workbook

FRAME = pl.DataFrame(
    {
        "person": ["E001", "=1+1", "@x", None],
        "score": [3.5, None, float("nan"), -1.0],
        "rated": [True, False, None, True],
        "since": [date(2026, 7, 1), None, date(2026, 9, 30), None],
    }
)
DAY = date(2026, 9, 30)


def test_the_same_results_give_the_same_parquet(tmp_path: Path) -> None:
    """No clock and no chance is in the file, and the frame comes back as it was."""
    assert write_parquet(tmp_path / "a.parquet", FRAME) == write_parquet(tmp_path / "b.parquet", FRAME)
    assert pl.read_parquet(tmp_path / "a.parquet").equals(FRAME)


def test_the_same_results_give_the_same_workbook(tmp_path: Path) -> None:
    """The only date in the file is the one it is given."""
    first = write_workbook(tmp_path / "a.xlsx", {"People": FRAME, "KPIs": FRAME}, DAY)

    assert first == write_workbook(tmp_path / "b.xlsx", {"People": FRAME, "KPIs": FRAME}, DAY)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert "2026-09-30T00:00:00Z" in archive.read("docProps/core.xml").decode()


@pytest.mark.parametrize(
    "text", ["=cmd|'/c calc'!A1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "http://x", "{=1}", "0017"]
)
def test_text_never_becomes_a_formula(tmp_path: Path, text: str) -> None:
    """A text is a text cell, also when it looks like a formula, a link or a number."""
    write_workbook(tmp_path / "a.xlsx", {"x": pl.DataFrame({"note": [text]})}, DAY)

    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        names = archive.namelist()
    assert "<f" not in sheet
    assert "hyperlink" not in sheet
    assert not any("rels" in name and "worksheets" in name for name in names)
    assert fastexcel.read_excel(tmp_path / "a.xlsx").load_sheet("x", dtypes="string").to_polars().item() == text


def test_cells_keep_their_types_and_missing_ones_are_blank(tmp_path: Path) -> None:
    """Numbers, yes/no and days are typed cells; what is missing or no number is blank."""
    write_workbook(tmp_path / "a.xlsx", {"People": FRAME}, DAY)

    back = fastexcel.read_excel(tmp_path / "a.xlsx").load_sheet("People").to_polars()

    assert back["score"].to_list() == [3.5, None, None, -1.0]
    assert back["rated"].to_list() == [True, False, None, True]
    assert back["since"].cast(pl.Date).to_list() == FRAME["since"].to_list()


def test_odd_letters_do_not_break_the_workbook(tmp_path: Path) -> None:
    """Control characters and texts beyond a cell's size are written as far as a workbook can."""
    frame = pl.DataFrame({"note": ["a\x00b\x1f\ufffe", "x" * 40_000, "😀"]})

    write_workbook(tmp_path / "a.xlsx", {"x": frame}, DAY)

    back = fastexcel.read_excel(tmp_path / "a.xlsx").load_sheet("x").to_polars()["note"].to_list()
    assert (len(back[1]), back[2]) == (32_767, "😀")


def test_an_empty_frame_is_a_sheet_of_headings(tmp_path: Path) -> None:
    """Nobody in the results still gives a file that opens."""
    write_workbook(tmp_path / "a.xlsx", {"x": FRAME.clear()}, DAY)

    assert fastexcel.read_excel(tmp_path / "a.xlsx").load_sheet("x").to_polars().columns == FRAME.columns
