"""The numbers that are counted from the sources, person by person, before any rule is applied."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from companies import told

from appraise.app.measures import measures

if TYPE_CHECKING:
    from companies import Company

    from appraise.app.answers import Measured, MeasureValue


@pytest.fixture(scope="module")
def answer(meridian: Company) -> Measured:
    """All measures of the collections company."""
    return measures(meridian.asked())


def by_name(answer: Measured, person: str) -> dict[str, MeasureValue]:
    """The measures of a person."""
    return {line.measure: line for line in answer.measures if line.person == person}


def test_every_declared_measure_of_everybody(answer: Measured, meridian: Company) -> None:
    """Everybody who is appraised has a line for every measure, by id and then by name; nobody else has any."""
    people = [row["employee_id"] for row in csv.DictReader(meridian.text("data/people.csv").splitlines())]
    appraised = sorted(set(people) - {"E000", "E900"})
    lines = [(line.person, line.measure) for line in answer.measures]

    assert answer.problems == ()
    assert answer.period is not None
    assert answer.period.id == "2026-Q3"
    assert lines == sorted(lines)
    assert sorted({person for person, _ in lines}) == appraised
    declared = {line.measure for line in answer.measures}
    assert {"calls_fully_logged", "one_on_ones_held", "violations_confirmed", "target.collections"} <= declared
    assert len(lines) == len(appraised) * len(declared)


def test_measures_are_counted_as_one_would_by_hand(answer: Measured, meridian: Company) -> None:
    """Counts and sums of the quarter equal a plain loop over the rows of the file."""
    expected: dict[str, list[float]] = {}
    for row in csv.DictReader(meridian.text("data/promises.csv").splitlines()):
        if "2026-07-01" <= row["due_on"] <= "2026-09-30" and row["status"] != "cancelled":
            due, kept = expected.get(row["employee_id"], [0, 0])
            expected[row["employee_id"]] = [due + 1, kept + (row["status"] == "kept")]

    found = {
        person: [by_name(answer, person)[name].value for name in ("promises_due", "promises_kept")]
        for person in expected
    }
    assert found == expected
    assert len(expected) == 36


def test_none_is_counted_as_zero_and_missing_stays_missing(answer: Measured) -> None:
    """Over a delivered source no rows are a count of zero; what needs a row has no value, and says why."""
    away = by_name(answer, "E105")

    assert (away["right_party_calls"].value, away["right_party_calls"].status) == (0, "ok")
    assert all((line.value is None) == (line.status != "ok") for line in answer.measures)
    assert all(bool(line.reason) == (line.status != "ok") for line in answer.measures)


def test_filters_choose_who_is_shown(meridian: Company) -> None:
    """Person, team and role choose the lines; nobody's numbers depend on who is asked for."""
    whole = measures(meridian.asked(teams=("West 1",), roles=("collection_process_lead",)))
    alone = measures(meridian.asked(people=("E001",)))

    assert {line.person for line in whole.measures} == {"E001"}
    assert whole.measures == alone.measures


def test_the_columns_of_the_spreadsheet_are_measures(shop: Company) -> None:
    """A company with one spreadsheet sees its own columns, a blank cell as missing."""
    found = by_name(measures(shop.asked()), "E005")

    assert {name: (line.value, line.status) for name, line in found.items()} == {
        "audit_score": (None, "no_data"),
        "calls_made": (1210.0, "ok"),
        "promises_due": (12.0, "ok"),
        "promises_kept": (9.0, "ok"),
    }


def test_a_column_of_numbers_that_nothing_reads_is_a_measure_too(shop: Company) -> None:
    """Numbers beside those that templates read are shown; texts, and columns with a text among them, are not."""
    rows = shop.text("data/people.csv").splitlines()
    further = ["Coffees,Desk,Mixed", "1,A1,1", "2.5,B2,x", ",C3,3", "4,D4,4", "5,E5,5"]
    lines = [",".join(pair) for pair in zip(rows, further, strict=True)]
    shop.write("data/people.csv", "\n".join(lines) + "\n")

    answer = measures(shop.asked())

    assert answer.problems == ()
    assert [by_name(answer, person)["coffees"].value for person in ("E002", "E003", "E004")] == [2.5, None, 4.0]
    assert {"desk", "mixed"}.isdisjoint(by_name(answer, "E002"))


def test_a_cell_that_cannot_be_read_is_an_error(shop: Company) -> None:
    """The measure has no value and the status error; the cell is told with its place."""
    shop.edit("data/people.csv", "1210,12,9", "lots,12,9")

    answer = measures(shop.asked(people=("E005",)))

    line = by_name(answer, "E005")["calls_made"]
    assert (line.value, line.status, line.reason) == (None, "error", "unreadable")
    assert told(answer.problems) == ["data/people.csv:6 cell-unreadable"]


def test_no_measures_without_rules(shop: Company) -> None:
    """Where appraise.yaml has a mistake nothing is counted."""
    shop.edit("appraise.yaml", "time_zone: UTC ", "time_zone: UTX ")

    answer = measures(shop.asked())

    assert (told(answer.problems), answer.measures) == (["appraise.yaml:11 unknown-time-zone"], ())
