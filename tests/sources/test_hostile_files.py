"""The collection of hostile CSV files and workbooks, each read the way a run would read it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from appraise.hooks.load import find_plugins, load_plugins
from appraise.hooks.registry import registry_of
from appraise.model.workspace import PersonKey
from appraise.sources.facts import Delivery

if TYPE_CHECKING:
    from appraise.model.problem import Problem
    from appraise.plugin import SourceAdapter
    from appraise.sources.facts import FactTable
    from tests.sources.conftest import Desk

HOSTILE = Path(__file__).parents[2].parent / "shared" / "cases" / "hostile_inputs"
NUMBERS = {"recovered": "number", "assigned": "number"}

CSV_ANSWERS: dict[str, tuple[list[float | None], list[str]]] = {
    "00_good": ([10, 5], []),
    "01_empty": ([], [" source-unreadable"]),
    "02_header_only": ([], []),
    "04_utf16": ([10], []),
    "05_invalid_utf8": ([10], ["3 row-rejected"]),
    "06_latin1": ([], ["2 source-unreadable"]),
    "09_missing_column": ([1], ["1 source-column-missing"]),
    "13_unclosed_quote": ([], ["2 source-unreadable"]),
    "14_quote_in_field": ([], ["2 row-rejected"]),
    "15_semicolon": ([10], []),
    "17_thousands": ([None], ["2 cell-unreadable"]),
    "18_currency": ([None], ["2 cell-unreadable"]),
    "20_nan": ([None] * 5, [f"{line} cell-unreadable" for line in range(2, 7)]),
    "21_missing_tokens": ([None] * 4, [f"{line} cell-unreadable" for line in (3, 4, 5)]),
    "23_negative": ([-5], []),
    "24_over_100": ([500], []),
    "25_big_int": ([None], ["2 cell-unreadable"]),
    "26_precision": ([None], ["2 cell-unreadable"]),
    "27_hex_octal": ([None, 10], ["2 cell-unreadable"]),
    "29_minus_sign": ([None, None], ["2 cell-unreadable", "3 cell-unreadable"]),
    "30_excel_dates": ([1, 1], [f"{line} row-rejected" for line in (2, 3, 4, 5, 6, 7, 10)]),
    "31_dup_employee": ([10, 11], ["2 person-repeated"]),
    "33_leading_zero_id": ([10, 5], []),
    "34_formula": ([1] * 4, []),
    "36_mixed_eol": ([10, 5], []),
    "37_no_final_newline": ([10], []),
    "39_long_field_300kB": ([], ["2 row-rejected"]),
    "40_comment_line": ([], ["2 header-elsewhere"]),
    "41_trailing_total": ([10], ["3 row-rejected"]),
    "43_bool_in_number": ([None], ["2 cell-unreadable"]),
    "44_html_error_page": ([], [" source-unreadable"]),
    "45_zip_named_csv": ([], [" source-unreadable"]),
}
"""By file: the values of `recovered`, and the problems by line."""

XLSX_ANSWERS = {
    "01_far_cell": "17,179,869,184 cells",
    "04_zip_bomb_50MB": "unpacks to 1025 times its size",
    "05_rows_1M": "unpacks to 411 times its size",
    "06_xxe": "DTD",
    "09_formula_cell": "has no column 'employee_id'",
    "10_error_cell": "A1 is #DIV/0!",
    "11_not_a_zip": "not an Excel workbook",
    "14_date_1904": "has no column 'employee_id'",
}
"""By file: what the one problem says. The fifth also has twice as many rows as are read."""


@pytest.fixture(scope="module")
def adapters() -> dict[str, SourceAdapter]:
    """The shipped adapters, as a run has them: workbooks are read in a child."""
    registry, problems = registry_of(load_plugins(find_plugins([], []))[0])
    assert problems == []
    return dict(registry.adapters)


def files(kind: str) -> list[Any]:
    """The hostile files of a kind, or one skipped case where the folder is not here."""
    found = sorted((HOSTILE / kind).glob(f"*.{kind}"))
    reason = pytest.mark.skip(reason="the folder of hostile inputs is not here")
    return [pytest.param(path, id=path.stem) for path in found] or [pytest.param(Path(), marks=reason, id="absent")]


def read(desk: Desk, path: Path, adapters: dict[str, SourceAdapter]) -> tuple[FactTable, list[Problem]]:
    """The facts of the file, copied into a workspace."""
    copy = desk.write(path.name, path.read_bytes())
    said: dict[str, Any] = {"date": ("date",)} if "dates" in path.stem else {}
    spec = desk.spec("facts", copy.name, person=PersonKey("employee_id"), **said)
    once = frozenset() if said else frozenset({"facts"})
    tables, problems = desk.collect(spec, adapters=adapters, kinds={"facts": NUMBERS}, one_row_each=once)
    return tables["facts"], problems


@pytest.mark.parametrize("path", files("csv"))
def test_a_hostile_csv_file_gets_its_answer(desk: Desk, adapters: dict[str, SourceAdapter], path: Path) -> None:
    """Every file gives the right numbers or says at which line it cannot, and never both wrong and silent."""
    table, problems = read(desk, path, adapters)
    values, told = CSV_ANSWERS[path.stem]
    lines = [f"{problem.place.line or ''} {problem.code}" for problem in problems]
    assert (table.frame["recovered"].to_list(), lines) == (values, told)
    assert {problem.place.file for problem in problems} <= {path.name}
    assert all(problem.message and problem.hint for problem in problems)


@pytest.mark.parametrize("path", files("xlsx"))
def test_a_hostile_workbook_gets_its_answer(desk: Desk, adapters: dict[str, SourceAdapter], path: Path) -> None:
    """Every workbook is refused with a reason, and the program lives on."""
    table, problems = read(desk, path, adapters)
    assert (table.status, len([each for each in problems if XLSX_ANSWERS[path.stem] in each.message])) == (
        Delivery.MISSING,
        1,
    )
