"""Every number is walked back to its rows: files, lines, counts and words."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from appraise.expr.functions import functions_with
from appraise.model.expression import Expression
from appraise.model.outcome import Measure, RowRange
from appraise.model.period import Calendar, Period
from appraise.model.place import Place
from appraise.model.status import MeasureStatus
from appraise.model.workspace import MeasureSpec, PeopleSpec, PersonKey, SourceSpec, TargetSpec, Workspace
from appraise.scoring.evidence import MOST_RANGES, evidence_of
from appraise.scoring.inputs import input_frame
from appraise.scoring.measures import MeasuresAsked, measures_of
from appraise.scoring.nouns import measure_nouns
from appraise.sources.facts import Delivery, FactTable
from appraise.sources.roster import roster_of

HERE = Place("appraise.yaml", 9, 3)
QUARTER = Period("2026-Q3", date(2026, 7, 1), date(2026, 9, 30))
BEFORE = Period("2026-Q2", date(2026, 4, 1), date(2026, 6, 30))
FUNCTIONS, _ = functions_with(())
CALLS = SourceSpec("calls", HERE, date=("day",), person=PersonKey("agent"))


def log(*rows: tuple[str, int, float | None]) -> FactTable:
    """Calls of one day: person, line of the file, seconds; a line above 100 stands in a second file."""
    frame = pl.DataFrame(
        {
            "_person": [person for person, _, _ in rows],
            "seconds": pl.Series([seconds for _, _, seconds in rows], dtype=pl.Float64),
            "_file": ["calls-2.csv" if line > 100 else "calls-1.csv" for _, line, _ in rows],
            "_line": [line % 100 for _, line, _ in rows],
        }
    ).with_columns(pl.lit(datetime(2026, 7, 1)).cast(pl.Datetime("us")).alias("_date"))  # noqa: DTZ001 -- company time
    return FactTable(CALLS, frame, Delivery.DELIVERED, date(2026, 7, 1))


def asked(table: FactTable, *names: str) -> MeasuresAsked:
    """A request about agents A and B of one team."""
    people = pl.DataFrame({"id": ["A", "B"], "team": ["T", "T"], "_file": ["people.csv"] * 2, "_line": [2, 3]})
    calls = MeasureSpec("talk", "sum", "calls", HERE, Expression("seconds", HERE), Expression("seconds < 500", HERE))
    workspace = Workspace(
        Path(),
        "Acme",
        Calendar(),
        PeopleSpec("people", HERE, columns={"id": "id"}, everyone_is="agent"),
        {"calls": CALLS},
        HERE,
        measures={"talk": calls, "n": MeasureSpec("n", "count", "calls", HERE)},
        targets={"sales": TargetSpec("sales", "sheet", HERE)},
    )
    tables = {"people": FactTable(SourceSpec("people", HERE), people, Delivery.DELIVERED), "calls": table}
    roster, _ = roster_of(workspace, tables, QUARTER, FUNCTIONS)
    return MeasuresAsked(workspace, tables, roster, QUARTER, BEFORE, frozenset(names), FUNCTIONS)


ROWS = log(
    ("A", 4, 1.0),
    ("A", 5, 2.0),
    ("A", 6, 3.0),
    ("B", 7, 4.0),
    ("A", 9, None),
    ("A", 10, 999.0),
    ("A", 12, 5.0),
    ("A", 103, 6.0),
)


def test_rows_are_stretches_of_lines_file_by_file() -> None:
    """Lines that follow each other are one stretch; rows left out by a filter or a blank cell are not there."""
    evidence = evidence_of(asked(ROWS, "talk"), ["A"])
    assert evidence.of("talk", "A") == (RowRange("calls-1.csv", "4-6,12", 4), RowRange("calls-2.csv", "3", 1))
    assert (evidence.of("talk", "B"), evidence.of("other", "A")) == ((), ())


def test_a_teams_rows_are_those_of_its_members() -> None:
    """The team's number is walked back to the pooled rows."""
    evidence = evidence_of(asked(ROWS, "team.talk"), ["B"])
    assert evidence.of("team.talk", "B")[0] == RowRange("calls-1.csv", "4-7,12", 5)


def test_rows_of_the_period_before_are_not_there_without_data() -> None:
    """Where the log does not reach back there is nothing to show."""
    assert evidence_of(asked(ROWS, "prev.talk"), ["A"]).of("prev.talk", "A") == ()


def test_very_many_stretches_are_cut_short() -> None:
    """A file's text stays readable; the count is of all rows."""
    every_second = log(*(("A", 2 * number, 1.0) for number in range(50)), *(("B", 1, 1.0),))
    many = FactTable(
        CALLS,
        pl.concat([every_second.frame.with_columns(pl.col("_line") + 100 * part) for part in range(4)]),
        Delivery.DELIVERED,
    )
    found = evidence_of(asked(many, "n"), ["A"]).of("n", "A")[0]
    assert (found.count, found.rows.count(","), found.rows[-2:]) == (200, MOST_RANGES, ",…")


def test_targets_are_walked_back_too() -> None:
    """The rows in force of a target are evidence like any other."""
    groups = pl.DataFrame({"person": ["A", "B", "C"], "stretch": ["A", "B", "C"], "_key": ["north", "south", "north"]})
    rows = pl.DataFrame({"_key": ["north", "north", "south"], "_file": ["t.csv"] * 3, "_line": [2, 3, 9]})
    evidence = evidence_of(asked(ROWS), ["A"], {"target.sales": (groups, rows)})
    assert evidence.of("target.sales", "A") == (RowRange("t.csv", "2-3", 2),)


def noun(name: str, person: str = "A", table: FactTable = ROWS, **targets: Any) -> Measure:
    """The trace's word on one name of one person."""
    request = asked(table, name)
    frame, _ = measures_of(request)
    extra = pl.DataFrame(
        {"person": ["A", "B"], **{f"target.{key}": value for key, value in targets.items()}}, strict=False
    )
    rows = input_frame(request.people, frame, extra, QUARTER).rows(named=True)
    row = next(each for each in rows if each["person"] == person)
    return measure_nouns(request, evidence_of(request, [person]), row, [name])[0]


def test_a_measure_tells_where_it_is_from() -> None:
    """Value, status, source, definition, rows, blanks, day and evidence are in one noun."""
    assert noun("talk") == Measure(
        name="talk",
        value=17.0,
        status=MeasureStatus.OK,
        source="calls",
        says="sum of seconds in calls where seconds < 500",
        rows=5,
        blanks=1,
        as_of=date(2026, 7, 1),
        used=(RowRange("calls-1.csv", "4-6,12", 4), RowRange("calls-2.csv", "3", 1)),
    )


def test_a_missing_measure_tells_why() -> None:
    """The period before has no data here: the status says so and the reason why."""
    found = noun("prev.talk")
    assert (found.value, found.status, found.reason, found.used) == (None, MeasureStatus.NO_DATA, "no_rows", ())
    assert found.says == "sum of seconds in calls where seconds < 500, in the period before"


def test_a_target_that_is_ambiguous_is_an_error() -> None:
    """Somebody's mistake is an error, what nobody set is no data; both name the source of targets."""
    found = [
        noun("target.sales", **{"sales": [None, None], "sales?": [reason] * 2})
        for reason in ("ambiguous_target", "no_target")
    ]
    assert [(each.status, each.source) for each in found] == [
        (MeasureStatus.ERROR, "sheet"),
        (MeasureStatus.NO_DATA, "sheet"),
    ]


def test_days_have_no_source() -> None:
    """What the engine counts itself is there with its value."""
    found = noun("working_days")
    assert (found.value, found.status, found.source, found.says) == (66.0, MeasureStatus.OK, "", "")
