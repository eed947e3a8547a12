"""Measures over the months of a period and over earlier days, on the small company made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from small_company import FUNCTIONS, PEOPLE, QUARTER, asked, calls, measure, values

from appraise.model.outcome import RowRange
from appraise.model.place import Place
from appraise.model.workspace import PersonKey, SourceSpec
from appraise.scoring.evidence import evidence_of
from appraise.scoring.measures import measures_of
from appraise.sources.facts import Delivery, FactTable
from appraise.sources.roster import roster_of

JULY, AUGUST = "@2026-07-01..2026-07-31", "@2026-08-01..2026-08-31"
JUNE = "@2026-06-01..2026-06-30"
LATE = "@2026-04-02..2026-07-02+90 days"
LATE_BEFORE = "@2026-01-01..2026-04-01+90 days"
MADE = measure("made", "count")


def made(*rows: tuple[str, date], names: list[str], **more: Any) -> Any:
    """A request for the number of these calls."""
    return asked([calls(*((person, day, 1.0, True, "k") for person, day in rows))], [MADE], names, **more)


EVENTS = (
    ("A", date(2026, 2, 10)),
    ("A", date(2026, 4, 2)),
    ("A", date(2026, 6, 30)),
    ("A", date(2026, 7, 2)),
    ("A", date(2026, 7, 3)),
    ("A", date(2026, 8, 31)),
    ("B", date(2026, 7, 31)),
    ("N", date(2026, 8, 1)),
)


def test_a_month_has_its_own_rows() -> None:
    """The first and the last day of the month are in, the days beside them are not."""
    request = made(*EVENTS, names=["made", f"made{JULY}", f"made{AUGUST}", f"prev.made{JUNE}"])
    assert {name: values(request, name)["A"] for name in sorted(request.names)} == {
        "made": 3.0,
        f"made{JULY}": 2.0,
        f"made{AUGUST}": 1.0,
        f"prev.made{JUNE}": 1.0,
    }


def test_a_month_without_the_person_is_no_data() -> None:
    """Somebody who left on 1 August made no calls in July of which nobody knows, but has no September at all."""
    request = made(*EVENTS, names=[f"made{JULY}", "made@2026-09-01..2026-09-30"])
    assert [values(request, name)["X"] for name in sorted(request.names)] == [0.0, "no_rows"]


def test_a_log_that_begins_in_august_had_nothing_in_july() -> None:
    """Of a source that was delivered, a month without rows is 0, as the period would be."""
    request = made(("A", date(2026, 8, 3)), names=[f"made{JULY}"])
    assert values(request, f"made{JULY}")["A"] == 0.0


def test_earlier_days_have_their_own_rows() -> None:
    """The window is counted as a whole, up to days inside the period; `prev.` lies as much earlier."""
    request = made(("A", date(2026, 1, 1)), *EVENTS, names=[f"made{LATE}", f"prev.made{LATE_BEFORE}"])
    assert [values(request, name)["A"] for name in sorted(request.names)] == [3.0, 2.0]


@pytest.mark.parametrize(
    ("first", "expected"),
    [(date(2026, 4, 1), 0.0), (date(2026, 4, 8), 1.0), (date(2026, 4, 9), "no_rows"), (date(2026, 7, 1), "no_rows")],
)
def test_a_log_must_reach_back_to_the_first_week_of_earlier_days(first: date, expected: float | str) -> None:
    """A log that begins in the middle of the window would count a part of it: there is no data."""
    assert values(made(("A", first), names=[f"made{LATE}"]), f"made{LATE}")["A"] == expected


def test_who_was_not_employed_then_has_no_data() -> None:
    """The newcomer of 15 July has no outcome of spring; a leaver of 1 August has."""
    found = values(made(*EVENTS, names=[f"made{LATE}"]), f"made{LATE}")
    assert (found["N"], found["X"]) == ("no_rows", 0.0)


def test_the_filter_sees_the_days_that_are_counted() -> None:
    """`period_start` and `period_end` of a filter are the first and the last of the earlier days."""
    spec = measure("early", "count", where="days_between(period_start, closed) <= 90 and period_end >= closed")
    log = calls(*(("A", day, 1.0, True, "k") for day in (date(2026, 4, 2), date(2026, 4, 3), date(2026, 7, 1))))
    closed = [date(2026, 7, 1), date(2026, 7, 2), date(2026, 9, 1)]
    frame = log.frame.with_columns(pl.Series("closed", closed))
    request = asked([FactTable(log.spec, frame, Delivery.DELIVERED)], [spec], [f"early{LATE}", "early"])
    assert (values(request, f"early{LATE}")["A"], values(request, "early")["A"]) == (1.0, 1.0)


def test_a_table_is_as_ever() -> None:
    """A table has no rows of other days: whatever days are asked for, its figure is that of the period."""
    table = SourceSpec("quality", Place("appraise.yaml"), person=PersonKey("agent"))
    frame = calls(("A", date(2026, 7, 1), 4.5, True, "k")).frame.drop("_date").rename({"seconds": "points"})
    names = ["points", f"points{JULY}", f"points{LATE}"]
    request = asked([FactTable(table, frame, Delivery.DELIVERED)], [], names)
    assert [values(request, name)["A"] for name in names] == [4.5, 4.5, 4.5]


def test_a_team_has_its_members_of_those_days() -> None:
    """The pooled rows are those of the members in the window, without the lead."""
    request = made(*EVENTS, ("L", date(2026, 7, 5)), names=[f"team.made{JULY}", f"team.made{LATE}"])
    assert [values(request, name)["B"] for name in sorted(request.names)] == [3.0, 3.0]


def test_the_rows_behind_a_number_follow_its_days() -> None:
    """Evidence of a month and of earlier days names the lines that were counted."""
    request = made(*EVENTS, names=[f"made{JULY}", f"made{LATE}"])
    found = evidence_of(request, ["A"])
    assert [found.of(name, "A") for name in sorted(request.names)] == [
        (RowRange("data/calls.csv", "3-5", 3),),
        (RowRange("data/calls.csv", "5-6", 2),),
    ]


def test_the_days_of_a_month() -> None:
    """First and last day, working days and available days are the month's; a newcomer's count from the first day."""
    names = [f"{name}{JULY}" for name in ("period_start", "period_end", "working_days", "available_days")]
    frame, problems = measures_of(made(*EVENTS, names=names))
    told = {row["person"]: [row[name] for name in names] for row in frame.iter_rows(named=True)}
    assert problems == []
    assert told["A"] == [date(2026, 7, 1), date(2026, 7, 31), 23.0, 23.0]
    assert told["N"][2:] == [23.0, 13.0]


def test_the_days_of_a_month_are_added_up_for_team_and_company() -> None:
    """A team has those of its members, the company those of everybody."""
    names = [f"{level}.available_days{AUGUST}" for level in ("team", "company")]
    request = made(*EVENTS, names=names)
    team, company = (values(request, name)["A"] for name in names)
    assert (team, company) == (21.0 * 3, 21.0 * 5)


def test_months_are_clipped_to_a_segment_and_earlier_days_are_not() -> None:
    """Who leads from 16 August has July and half of August as agent; outcomes of spring are the person's in both."""
    names = [f"made{JULY}", f"made{AUGUST}", f"made{LATE}", f"available_days{AUGUST}"]
    request = made(*EVENTS, ("A", date(2026, 8, 15)), ("A", date(2026, 8, 16)), names=names)
    columns = {name: [cells[0], *cells] for name, cells in PEOPLE.items()}
    columns |= {"role": ["Agent", "Lead", *PEOPLE["role"][1:]], "to": [date(2026, 8, 15), None, *PEOPLE["to"][1:]]}
    columns["from"] = [None, date(2026, 8, 16), *PEOPLE["from"][1:]]
    places = {"_file": pl.lit("data/people.csv"), "_line": pl.int_range(pl.len(), dtype=pl.Int64) + 2}
    people = pl.DataFrame(columns, schema_overrides={"from": pl.Date, "to": pl.Date}).with_columns(**places)
    table = FactTable(request.workspace.sources["people"], people, Delivery.DELIVERED)
    roster, _ = roster_of(request.workspace, {**request.tables, "people": table}, QUARTER, FUNCTIONS)

    frame, problems = measures_of(replace(request, people=roster))

    own = frame.filter(pl.col("person") == "A")
    assert problems == []
    assert own.select(names).rows() == [(2.0, 1.0, 3.0, 10.0), (None, 2.0, 3.0, 11.0)]
    assert own[f"made{JULY}?"].to_list() == [None, "no_rows"]
