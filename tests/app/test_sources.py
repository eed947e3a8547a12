"""Looking at the sources: what was delivered, what the columns hold, and what could not be read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from companies import told

from appraise.app.answers import ColumnLine, SourceLine
from appraise.app.sources import list_sources, show_source

if TYPE_CHECKING:
    from companies import Company


def test_sources_come_in_the_order_of_the_settings(meridian: Company) -> None:
    """Every declared source is listed once, with its files and rows, all delivered."""
    answer = list_sources(meridian.asked())
    settings = meridian.text("appraise.yaml").partition("\nsources:")[2]
    declared = [settings.index(f"\n  {line.name}:") for line in answer.sources]

    assert answer.problems == ()
    assert {line.status for line in answer.sources} == {"delivered"}
    assert len(answer.sources) == 18
    assert declared == sorted(declared)


def test_a_source_says_what_it_is(meridian: Company) -> None:
    """A log has the day of its last row in or before the period; several files are one source."""
    lines = {line.name: line for line in list_sources(meridian.asked()).sources}

    assert lines["people"].holds == "table"
    assert lines["calls"].files == ("data/calls-2026-Q2.csv", "data/calls-2026-Q3.csv")
    assert (lines["calls"].holds, lines["calls"].as_of) == ("log", date(2026, 9, 30))
    assert lines["sales_targets"].holds == "log"
    assert lines["violations"] == SourceLine(
        "violations", "log", "delivered", ("data/violations.csv",), 3, 0, date(2026, 9, 21)
    )


def test_a_source_that_was_not_delivered(shop: Company) -> None:
    """A source without a file stands in the list as missing, beside the problem."""
    shop.write(
        "appraise.yaml",
        shop.text("appraise.yaml") + "  calls: {path: data/calls-*.csv, person: employee_id, date: day}\n",
    )

    answer = list_sources(shop.asked())

    assert [(line.name, line.status, line.files) for line in answer.sources] == [
        ("people", "delivered", ("data/people.csv",)),
        ("calls", "missing", ()),
    ]
    assert told(answer.problems) == ["appraise.yaml:26 source-missing"]


def test_columns_have_their_names_and_headings(shop: Company) -> None:
    """Every column is shown under the name that formulas use, with its heading, its kind, blanks and an example."""
    answer = show_source(shop.asked(), "people")

    assert answer.problems == ()
    assert answer.columns[0] == ColumnLine("employee_id", "employee_id", "text", 0, 0, "E001")
    assert answer.columns[5] == ColumnLine("calls_made", "Calls made", "number", 1, 0, "1840")
    assert answer.columns[8] == ColumnLine("audit_score", "Audit score", "number", 2, 0, "91.5")


def test_kinds_are_told_in_words(meridian: Company) -> None:
    """Numbers, texts, dates and yes or no, as the settings declare them or as they are used."""
    columns = {column.name: column for column in show_source(meridian.asked(), "calls").columns}
    assert {name: columns[name].kind for name in ("agent", "talk_time", "right_party", "date")} == {
        "agent": "text",
        "talk_time": "number",
        "right_party": "yes/no",
        "date": "date",
    }
    assert columns["right_party"].heading == "Right party (Y/N)"
    assert columns["log_complete"].blanks > 0


def test_cells_that_cannot_be_read_are_counted(shop: Company) -> None:
    """An unreadable cell is counted in its column, and the problems of this source are told."""
    shop.edit("data/people.csv", "1210,12,9", "many,12,9")

    answer = show_source(shop.asked(), "people")

    assert told(answer.problems) == ["data/people.csv:6 cell-unreadable"]
    assert {column.name: column.unreadable for column in answer.columns if column.unreadable} == {"calls_made": 1}


def test_a_long_example_is_cut(shop: Company) -> None:
    """A cell with a whole story does not push the table off the screen."""
    shop.edit("data/people.csv", "Asha Rao", "A" * 60)

    (name,) = (column for column in show_source(shop.asked(), "people").columns if column.name == "full_name")

    assert name.example == "A" * 39 + "…"


def test_a_source_that_is_not_declared(shop: Company) -> None:
    """A misspelt source is guessed; one that is like none is answered with the list."""
    (guessed,) = show_source(shop.asked(), "peple").problems
    (listed,) = show_source(shop.asked(), "ledger").problems

    assert (str(guessed.place), guessed.code) == ("appraise.yaml", "unknown-source")
    assert (guessed.hint, listed.hint) == ("did you mean 'people'?", "there are: people")


def test_no_sources_without_rules(shop: Company) -> None:
    """Where appraise.yaml has a mistake that mistake is the answer, whatever source is asked for."""
    shop.edit("appraise.yaml", "time_zone: UTC ", "time_zone: UTX ")

    assert told(list_sources(shop.asked()).problems) == ["appraise.yaml:11 unknown-time-zone"]
    assert told(show_source(shop.asked(), "nope").problems) == ["appraise.yaml:11 unknown-time-zone"]
