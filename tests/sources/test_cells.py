"""From what stands in a cell to its value."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraise.sources.clean.asked import Asked
from appraise.sources.clean.cells import cells_of
from appraise.sources.clean.reasons import why_unreadable
from appraise.sources.clean.texts import unusable_ids

HOSTILE = Path(__file__).parents[2].parent / "shared" / "cases" / "hostile_inputs"


def read(cells: list[Any], kind: str = "", **said: Any) -> list[Any]:
    """The values of cells, with `unreadable` where one is."""
    clean = cells_of(pl.Series("x", cells, strict=False), Asked(kind, **said))
    return [
        "unreadable" if bad else value
        for value, bad in zip(clean.values.to_list(), clean.unreadable.to_list(), strict=True)
    ]


def at(*parts: int) -> datetime:
    """A moment without zone."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)  # type: ignore[misc,arg-type]  # year, month, day and on


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("5", 5.0),
        (" 5 ", 5.0),
        ("-5", -5.0),
        ("+5", 5.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("010", 10.0),
        ("1e5", 100_000.0),
        ("1E-3", 0.001),
        ("-0", 0.0),
        ("0.1", 0.1),
        ("1000000000000000", 1e15),
        ("", None),
        ("   ", None),
    ],
)
def test_a_plain_number_is_read(written: str, value: float | None) -> None:
    """Digits, one point, a sign and an exponent make a number; a blank cell is missing."""
    assert read([written], "number", declared=True) == [value]


@pytest.mark.parametrize(
    "written",
    [
        "1,000",
        "1.000,5",
        "1_000",
        "1 000",
        "₹1000",
        "5%",
        "0x1F",
        "1/2",
        "(5)",
        "−5",
        "NaN",
        "inf",
        "-Infinity",
        "∞",
        "1e400",
        "1e-400",
        "9007199254740993",
        "1000000000000001",
        "TRUE",
        "N/A",
        "-",
        "٥",
        "00:02:14",
    ],
)
def test_what_is_no_plain_number_is_never_guessed(written: str) -> None:
    """A number that readers disagree about is unreadable, never some number."""
    assert read([written], "number", declared=True) == ["unreadable"]


def test_typed_numbers_that_are_not_finite_are_unreadable() -> None:
    """NaN and infinity never get in, nor numbers that whole numbers of Float64 no longer tell apart."""
    assert read([1.5, float("nan"), float("inf"), 1e16, None], "number") == [1.5, *["unreadable"] * 3, None]


def test_yes_is_not_one() -> None:
    """A typed yes/no is no number, and a number is no yes/no unless declared."""
    assert (read([True], "number"), read([1.0], "yes_no")) == (["unreadable"], ["unreadable"])
    assert read([1.0, 0.0, 2.0], "yes_no", declared=True) == [True, False, "unreadable"]


def test_a_percent_is_the_number_before_the_sign() -> None:
    """`94.01%` is 94.01, with or without the sign, in a column declared percent."""
    assert read(["94.01%", "5 %", "7", "%"], "percent") == [94.01, 5.0, 7.0, "unreadable"]


def test_percents_by_use_are_read_where_every_cell_is_one() -> None:
    """A column used as a number whose every cell has the sign is percents; a mixture is not guessed at."""
    assert read(["94.01%", "", "5%"], "number") == [94.01, None, 5.0]
    assert read(["94.01%", "5"], "number") == ["unreadable", 5.0]


def test_amounts_may_have_separators_signs_and_brackets() -> None:
    """A declared currency column takes thousands in western and Indian groups and brackets for negative amounts."""
    cells = ["₹1,000", "₹ 1,23,456.50", "(₹5)", "-5", "₹-5", "1,00", "(5"]
    assert read(cells, "currency") == [1000.0, 123456.5, -5.0, -5.0, -5.0, "unreadable", "unreadable"]


def test_a_column_has_one_currency() -> None:
    """An amount in another currency than the first of its column is unreadable, not added to it."""
    assert read(["$5", "€5", "7"], "currency") == [5.0, "unreadable", 7.0]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("00:02:14", 134.0),
        ("2:14", 134.0),
        ("100:00:00", 360_000.0),
        ("0:00", 0.0),
        ("134", 134.0),
        ("00:00:01.5", 1.5),
        ("2:60", "unreadable"),
        ("1:75:00", "unreadable"),
        ("soon", "unreadable"),
    ],
)
def test_durations_are_seconds(written: str, seconds: float | str) -> None:
    """`h:mm:ss`, `m:ss` and plain seconds are durations in seconds."""
    assert read([written], "duration") == [seconds]


def test_time_cells_are_durations() -> None:
    """Excel's time cells are seconds in a duration column, and unreadable as plain numbers."""
    cells = [timedelta(minutes=2, seconds=14), None]
    assert read(cells, "duration") == [134.0, None]
    assert read(cells, "number") == ["unreadable", None]


@pytest.mark.parametrize(
    ("written", "date_format", "moment"),
    [
        ("2026-07-01", None, at(2026, 7, 1)),
        ("2026-07-01 10:05", None, at(2026, 7, 1, 10, 5)),
        ("2026-07-01T10:05:06", None, at(2026, 7, 1, 10, 5, 6)),
        ("03-04-2021", "dd-mm-yyyy", at(2021, 4, 3)),
        ("3-4-2021 2:05 pm", "dd-mm-yyyy", at(2021, 4, 3, 14, 5)),
        ("2021-04-03", "dd-mm-yyyy", at(2021, 4, 3)),
        ("4/3/2021", "mm/dd/yyyy", at(2021, 4, 3)),
        ("03.04.21", "dd.mm.yy", at(2021, 4, 3)),
        ("3 Apr 2021", "dd mmm yyyy", at(2021, 4, 3)),
        ("3 april 2021", "dd mmmm yyyy", at(2021, 4, 3)),
        ("2021-03-04", "yyyy-dd-mm", at(2021, 4, 3)),
        ("03-04-2021 09:30", "dd-mm-yyyy hh:mm", at(2021, 4, 3, 9, 30)),
        ("01/02/2026", None, "unreadable"),
        ("31-02-2021", "dd-mm-yyyy", "unreadable"),
        ("03/04/2021", "dd-mm-yyyy", "unreadable"),
        ("03-04-2021 25:00", "dd-mm-yyyy", "unreadable"),
        ("45292", None, "unreadable"),
        ("31-Dec-26", None, "unreadable"),
        ("0001-01-01T00:00:00+14:00", None, "unreadable"),
        ("9999-12-31T23:59:59-12:00", None, "unreadable"),
        ("2026-07-01T10:00+25:00", None, "unreadable"),
    ],
)
def test_dates_are_iso_or_as_declared(written: str, date_format: str | None, moment: datetime | str) -> None:
    """ISO dates are always read, others by the declared format, and an ambiguous one never."""
    assert read([written], "date", date_format=date_format) == [moment]


def test_a_written_offset_is_turned_into_company_time() -> None:
    """A moment with an offset is told in the company's time zone."""
    cells = ["2026-07-01T10:00:00Z", "2026-07-01T10:00:00+02:00"]
    moments = [at(2026, 7, 1, 15, 30), at(2026, 7, 1, 13, 30)]
    assert read(cells, "date", time_zone="Asia/Kolkata") == moments


def test_typed_dates_keep_their_type_and_numbers_are_none() -> None:
    """A date cell is its day; a serial number without a date format is not taken for one."""
    assert read([date(2026, 7, 1)], "date") == [at(2026, 7, 1)]
    assert read([45292.0], "date") == ["unreadable"]


def test_yes_no_words() -> None:
    """Y, yes, true and N, no, false in any case; digits only where declared."""
    assert read(["Y", "no", "TRUE", " n ", ""], "yes_no") == [True, False, True, False, None]
    assert (read(["1"], "yes_no"), read(["1"], "yes_no", declared=True)) == (["unreadable"], [True])


def test_ids_stay_as_written() -> None:
    """`0017` and `17` are two people, and a number cell is what a person would write."""
    assert read(["0017", "17", " 17 "], "text") == ["0017", "17", "17"]
    assert read([17.0, 17.5, None], "text") == ["17", "17.5", None]


def test_missing_marks_are_missing_in_every_kind() -> None:
    """What the source lists as a mark for missing is a blank cell; without the list it is not."""
    for kind in ("text", "number", "date", "yes_no", "duration", "percent", "currency", ""):
        assert read(["-", "?"], kind, missing_marks=("-", "?")) == [None, None], kind


def test_a_column_that_nothing_asks_for_keeps_its_type() -> None:
    """Text stays text, numbers stay numbers, and time cells are seconds."""
    assert read(["5", "x"]) == ["5", "x"]
    assert read([5, 6]) == [5.0, 6.0]
    assert read([True]) == [True]
    assert read([timedelta(seconds=5)]) == [5.0]


@given(st.floats(min_value=-1e15, max_value=1e15, allow_nan=False, allow_infinity=False))
def test_every_number_that_python_writes_is_read_back(number: float) -> None:
    """The text of a number is read as that very number, down to the last bit; tiny ones that vanish are unreadable."""
    assert read([repr(number)], "number", declared=True) == [number + 0.0]


@given(st.text(max_size=30))
def test_no_text_breaks_the_converter(text: str) -> None:
    """Any text is a value, missing or unreadable, in every kind, with a reason and a cure."""
    for kind in ("text", "number", "percent", "currency", "duration", "yes_no", "date", ""):
        assert len(read([text], kind, date_format="dd-mm-yyyy")) == 1
        assert all(isinstance(part, str) and part for part in why_unreadable(text, kind))


def test_a_reason_names_the_fault_and_the_cure() -> None:
    """An unreadable cell is told with what is wrong with it and what to write."""
    assert why_unreadable("1,000", "number") == (
        "'1,000' is not a number, its comma can mean thousands or decimals",
        "for thousands declare it under `types:` as currency; for decimals write `decimal: comma` under the source",
    )


@pytest.mark.parametrize("case", ["numbers", "dates"])
def test_hostile_texts_get_their_verdict(case: str) -> None:
    """The numbers and dates of the hostile collection are read or refused as it says."""
    path = HOSTILE / f"{case}.jsonl"
    if not path.exists():
        pytest.skip("the folder of hostile inputs is not here")
    kind = case.removesuffix("s")
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    found = {item["value"]: read([item["value"]], kind, declared=True)[0] for item in cases}
    periods = {"2026-Q1"}  # a name for a period, read by `period:` columns
    refused = {item["value"] for item in cases if item["verdict"] == "reject"}
    assert {value for value in refused if found[value] not in {None, "unreadable"}} == set()
    taken = {item["value"] for item in cases if item["verdict"] == "accept"} - periods
    assert {value for value in taken if found[value] in {None, "unreadable"}} == set()


@pytest.mark.parametrize(
    "written", ["..", ".", "/etc/passwd", "a/b", "..\\win", "a\nb", "1.7E+05", "17.0", "TOTAL", "Grand Total", "....//"]
)
def test_some_texts_cannot_name_a_person(written: str) -> None:
    """Paths, line breaks, rounded numbers and summary rows are no ids."""
    assert unusable_ids(pl.Series([written])).null_count() == 0


@pytest.mark.parametrize("written", ["17", "0017", "CON", "null", "NaN", "=1+1", "$(id)", "~root", "Emp1", "a.", "😀"])
def test_other_texts_are_ids_as_they_are(written: str) -> None:
    """An odd id is still somebody's id."""
    assert unusable_ids(pl.Series([written])).null_count() == 1


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,50", 1.5),
        ("-3,5", -3.5),
        ("1234", 1234.0),
        ("1.234", 1234.0),
        ("1.234.567,8", 1_234_567.8),
        ("1 234,50", 1234.5),
        ("1\u202f234,50", 1234.5),
        (",5", 0.5),
        ("1.50", "unreadable"),
        ("1.23,4", "unreadable"),
        ("1,2,3", "unreadable"),
        ("1.234 567", "unreadable"),
    ],
)
def test_a_source_can_have_decimal_commas(written: str, value: float | str) -> None:
    """With `decimal: comma` a comma begins the decimals, and points or blanks stand between thousands in threes."""
    assert read([written], "number", declared=True, decimal_comma=True) == [value]


def test_percents_and_amounts_can_have_decimal_commas() -> None:
    """The decimal comma governs whatever is a number."""
    assert read(["94,01%", "5"], "percent", decimal_comma=True) == [94.01, 5.0]
    assert read(["1.234,50 €", "(2,5)", "1,000.5"], "currency", decimal_comma=True) == [1234.5, -2.5, "unreadable"]
    assert read(["2:14", "1,5"], "duration", decimal_comma=True) == [134.0, 1.5]


@pytest.mark.parametrize("kind", ["number", "percent", "currency", "duration"])
@pytest.mark.parametrize(
    ("written", "number"),
    [("1,50", "1.50"), ("-3,5", "-3.5"), ("1.234,567", "1234.567"), ("€ 1 234,50", "1234.50"), ("12,5%", "12.5")],
)
def test_a_decimal_comma_is_told_with_the_key_that_reads_it(kind: str, written: str, number: str) -> None:
    """Nobody is told to take a decimal comma away, which would make another number."""
    says, cure = why_unreadable(written, kind)
    assert says.endswith(f", it looks like {number} with a decimal comma")
    assert cure == "write `decimal: comma` under the source"


def test_a_decimal_point_in_a_source_with_commas() -> None:
    """A number of the other manner is told with how it is written there."""
    assert why_unreadable("1,234.5", "number", decimal_comma=True) == (
        "'1,234.5' is not a number, it has a decimal point; here that is 1234,5",
        "write it so, or take `decimal: comma` out",
    )
