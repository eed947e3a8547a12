"""From the sources a workspace declares to clean facts, and all that is wrong with them."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from appraise.model.place import Place
from appraise.model.problem import Severity
from appraise.model.workspace import Expect, MonthsInColumns, PersonKey
from appraise.plugin import RawTable, ReadRequest, SourceAdapter
from appraise.sources.facts import Delivery, People
from appraise.sources.headers import headers_of

if TYPE_CHECKING:
    from appraise.model.problem import Problem
    from tests.sources.conftest import Desk

PEOPLE = "employee_id,name,dialler_login\n17,Asha,dia\n0017,Ben,bee\n18,Cy,\n"


def told(problems: list[Problem]) -> list[str]:
    """Problems as `place code`, in their order."""
    return [f"{problem.place} {problem.code}" for problem in problems]


def at(*parts: int) -> datetime:
    """A moment without zone."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)  # type: ignore[misc,arg-type]  # year, month, day and on


def test_a_log_has_persons_moments_and_places(desk: Desk) -> None:
    """Rows of a log carry `_person`, `_date`, `_file` and `_line` beside their own columns."""
    table, problems = desk.table(
        "Agent,Day,At,Answered (Y/N)\n17,2026-07-01,10:05,Y\n",
        person=PersonKey("agent"),
        date=("day", "at"),
        kinds={"answered_y_n": "yes_no"},
    )
    assert problems == []
    row = table.frame.select("answered_y_n", "_person", "_date", "_file", "_line").row(0)
    assert row == (True, "17", at(2026, 7, 1, 10, 5), "facts.csv", 2)
    assert (table.status, str(table.as_of)) == (Delivery.DELIVERED, "2026-07-01")


def test_ids_are_texts_and_two_people(desk: Desk) -> None:
    """`0017` and `17` stay two people."""
    table, _ = desk.table("id,n\n0017,1\n17,2\n", person=PersonKey("id"))
    assert table.frame["_person"].to_list() == ["0017", "17"]


def test_columns_are_snake_case_or_renamed(desk: Desk) -> None:
    """`columns` gives a new name to a column written raw or in snake_case."""
    table, problems = desk.table(
        "id,Answered (Y/N),Talk Time\n17,Y,2:14\n",
        person=PersonKey("ID"),
        columns={"answered": "Answered (Y/N)", "talk": "talk_time"},
        types={"answered": "yes_no", "talk": "duration"},
    )
    assert problems == []
    assert table.frame.select("id", "answered", "talk").row(0) == ("17", True, 134.0)
    assert table.titles["answered"] == "Answered (Y/N)"


def test_a_time_of_day_beside_the_day_can_be_asked_for_its_hour(desk: Desk) -> None:
    """Where an expression uses the second date column as a date it is the moment, else the text that stands there."""
    text = "id,day,at\n17,2026-07-01,14:05\n18,2026-07-02,\n"
    said: dict[str, Any] = {"person": PersonKey("id"), "date": ("day", "at")}

    as_date, problems = desk.table(text, kinds={"at": "date"}, **said)
    as_text, _ = desk.table(text, **said)

    assert problems == []
    assert as_date.frame["at"].to_list() == [at(2026, 7, 1, 14, 5), at(2026, 7, 2)]
    assert as_text.frame["at"].to_list() == ["14:05", None]


def test_two_columns_of_one_name_are_a_clash(desk: Desk) -> None:
    """Two headings that read alike are told at the header."""
    _, problems = desk.table("id,Talk Time,talk-time\n17,1,2\n", person=PersonKey("id"))
    assert told(problems) == ["facts.csv:1 column-clash"]


def test_a_missing_column_is_named_at_the_header_with_the_likely_one(desk: Desk) -> None:
    """A column that measures use or rows need is told with what was probably meant."""
    table, problems = desk.table("id,recovered\n17,1\n", person=PersonKey("id"), kinds={"recoverd": "number"})
    assert told(problems) == ["facts.csv:1 source-column-missing"]
    assert problems[0].hint == "did you mean 'recovered'?"
    assert (table.status, table.frame["recoverd"].to_list()) == (Delivery.DELIVERED, [None])


def test_a_wrong_heading_is_told_once_where_it_is_written(desk: Desk) -> None:
    """A heading that `columns` gives a name to is told at its line; nobody wrote the new name as a heading."""
    line = Place("appraise.yaml", 7, 16)
    desk.write("facts.csv", "id,Answered (Y/N)\n17,Y\n")
    spec = desk.spec(
        "facts",
        "facts.csv",
        person=PersonKey("id"),
        columns={"answered": "Answred (Y/N)"},
        places={"named.Answred (Y/N)": line},
    )
    _, problems = desk.collect(spec, kinds={"facts": {"answered": "yes_no"}})
    assert problems == headers_of(spec, desk.reading(kinds={"facts": {"answered": "yes_no"}}))[1]
    (problem,) = problems
    assert (problem.place, problem.code) == (line, "source-column-missing")
    assert problem.message == "source 'facts': file 'facts.csv' has no column 'Answred (Y/N)'"
    assert problem.hint == "did you mean 'Answered (Y/N)'?"


def test_a_column_is_missing_once_in_whatever_form_it_is_used(desk: Desk) -> None:
    """A key and an expression that mean one column are one problem, in the words of the workspace."""
    desk.write("facts.csv", "id,n\n17,1\n")
    spec = desk.spec("facts", "facts.csv", person=PersonKey("Staff Number"))
    names, problems = headers_of(spec, desk.reading(kinds={"facts": {"staff_number": "text"}}))
    assert names == ("id", "n")
    assert [one.message for one in problems] == ["source 'facts': has no column 'Staff Number'"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Sales figures Q3\n\nas of today\nStaff,Deals closed,Visits\n17,3,4\n", 4),
        ("Sales figures Q3,,\n,,\nStaff,Deals closed,Visits\n17,3,4\n", 3),
        ("Sales figures Q3;;\nStaff;Deals closed;Visits\n17;3;4\n", 2),
    ],
)
def test_title_rows_above_the_header(desk: Desk, text: str, line: int) -> None:
    """The line that has the wanted headings is named, once, with the key to write."""
    desk.write("facts.csv", text)
    spec = desk.spec("facts", "facts.csv", person=PersonKey("staff"), places={"path": Place("a"), "person": Place("a")})
    said: dict[str, Any] = {"kinds": {"facts": {"deals_closed": "number", "visits": "number"}}}
    tables, problems = desk.collect(spec, **said)
    assert [str(one.place) + " " + one.code for one in problems] == [f"facts.csv:{line} header-elsewhere"]
    assert problems[0].message.startswith(f"source 'facts': line {line} looks like the header")
    assert problems[0].hint == f"write `header_row: {line}` under the source"
    assert (tables["facts"].status, headers_of(spec, desk.reading(**said))) == (Delivery.MISSING, ((), problems))
    right = desk.spec("facts", "facts.csv", person=PersonKey("staff"), header_row=line)
    assert desk.collect(right, **said)[1] == []


def test_a_source_of_one_line_is_told_how_to_say_more(desk: Desk) -> None:
    """Where only the file is written there is nothing to write the key under."""
    desk.write("facts.csv", "Sales,\nid,n\n17,1\n")
    spec = desk.spec("facts", "facts.csv", person=PersonKey("id"), places={"path": Place("a")})
    assert desk.collect(spec)[1][0].hint == "write `facts: {path: facts.csv, header_row: 2}`"


def test_without_the_person_s_column_nothing_is_delivered(desk: Desk) -> None:
    """Rows of nobody are no facts."""
    table, problems = desk.table("id,n\n17,1\n", person=PersonKey("agent"))
    assert (told(problems), table.status) == (["facts.csv:1 source-column-missing"], Delivery.MISSING)
    assert table.frame.columns == ["_file", "_line", "_person"]


def test_an_unreadable_cell_is_an_error_and_the_row_stays(desk: Desk) -> None:
    """The cell is told with place and person, becomes missing and is marked; a blank one is only counted."""
    table, problems = desk.table("id,n\n17,x1\n18,\n19,3\n", person=PersonKey("id"), kinds={"n": "number"})
    assert told(problems) == ["facts.csv:2 cell-unreadable"]
    assert (problems[0].person, problems[0].severity) == ("17", Severity.ERROR)
    assert table.frame.select("n", "n!").rows() == [(None, True), (None, False), (3.0, False)]
    assert (table.unreadable, table.blanks) == ({"n": 1}, {"n": 1})


def test_many_unreadable_cells_are_counted(desk: Desk) -> None:
    """Five cells of a column are listed, the others counted."""
    rows = "".join(f"{number},x\n" for number in range(30))
    table, problems = desk.table(f"id,n\n{rows}", person=PersonKey("id"), kinds={"n": "number"})
    assert len(problems) == 6
    assert "25 more cells are unreadable, the next on line 7" in problems[-1].message
    assert table.unreadable == {"n": 30}


def test_a_row_without_person_or_date_is_rejected(desk: Desk) -> None:
    """Such rows are told with their line and left out; ids that cannot be one count as none."""
    table, problems = desk.table(
        "id,day\n17,2026-07-01\n,2026-07-02\n18,soon\n19,\nTOTAL,2026-07-03\n", person=PersonKey("id"), date=("day",)
    )
    assert told(problems) == [f"facts.csv:{line} row-rejected" for line in (3, 4, 5, 6)]
    assert (table.frame["_person"].to_list(), table.rejected) == (["17"], 4)


def test_many_rejected_rows_are_counted(desk: Desk) -> None:
    """Twenty rejected rows are listed, the others counted."""
    table, problems = desk.table("id,n\n" + ",1\n" * 50, person=PersonKey("id"))
    assert (len(problems), table.rejected) == (21, 50)
    assert "30 more rows are left out, the next on line 22" in problems[-1].message


def test_where_leaves_rows_out_before_they_are_judged(desk: Desk) -> None:
    """A total row that `where` leaves out is no fault; what `where` cannot decide on is left out, counted and told."""
    table, problems = desk.table(
        "id,n,ok\n17,1,Y\nTotal,sum,N\n18,2,\n19,3,maybe\n",
        person=PersonKey("id"),
        where="ok",
        kinds={"n": "number"},
    )
    assert told(problems) == ["facts.csv:5 cell-unreadable", "appraise.yaml:9:12 filter-undecided"]
    assert (table.frame["_person"].to_list(), table.dropped, table.undecided) == (["17"], 1, 2)


def test_a_filter_that_cannot_be_read_delivers_nothing(desk: Desk) -> None:
    """Without its filter the rows of a source mean something else."""
    table, problems = desk.table("id,n\n17,1\n", person=PersonKey("id"), where="idd != 'Total'")
    assert (table.status, problems[0].place.line) == (Delivery.MISSING, 9)


@pytest.mark.parametrize("where", ["1 + 1", "'yes'", "id"])
def test_a_filter_is_a_yes_or_no(where: str, desk: Desk) -> None:
    """A number or a text keeps no row, and is told as a mistake."""
    table, problems = desk.table("id,n\n17,1\n", person=PersonKey("id"), where=where)
    assert (table.status, problems[0].place.line) == (Delivery.MISSING, 9)


def test_persons_are_looked_up_in_the_people_source(desk: Desk) -> None:
    """Rows of persons who are not in it are left out and told once, as a warning."""
    desk.write("people.csv", PEOPLE)
    desk.write("facts.csv", "id,n\n17,1\n99,2\n99,3\n98,4\n")
    specs = desk.spec("facts", "facts.csv", person=PersonKey("id")), desk.spec("people", "people.csv")
    tables, problems = desk.collect(*specs, people=People("people", "employee_id"))
    assert list(tables) == ["facts", "people"]
    assert told(problems) == ["facts.csv:3 person-unknown"]
    assert "3 rows are of nobody in 'people' and left out: '99', '98'" in problems[0].message
    assert (tables["facts"].frame["n"].to_list(), tables["facts"].strangers) == (["1"], 3)


def test_an_id_in_another_case_is_told_with_the_right_one(desk: Desk) -> None:
    """An id that differs in case, blanks or zeros in front is nobody's, and the message names the person it may be."""
    desk.write("people.csv", "employee_id,name\nE108,Asha\n0017,Ben\n")
    desk.write("facts.csv", "id,n\ne108,1\ne108,2\n17,3\nE109,4\n")
    specs = desk.spec("facts", "facts.csv", person=PersonKey("id")), desk.spec("people", "people.csv")
    _, problems = desk.collect(*specs, people=People("people", "employee_id"))
    assert [(one.message, one.hint.partition("?")[0], one.person) for one in problems] == [
        ("source 'facts': 2 rows are of nobody in 'people' and left out: 'e108'", "did you mean 'E108'", "E108"),
        ("source 'facts': 1 row is of nobody in 'people' and left out: '17'", "did you mean '0017'", "0017"),
        (
            "source 'facts': 1 row is of nobody in 'people' and left out: 'E109'",
            "add them to 'people', mend the ids, or leave such rows out with 'where:'",
            "E109",
        ),
    ]


def test_a_rejected_row_says_whose_it_is(desk: Desk) -> None:
    """A row that is left out carries its person where that much of it can be read."""
    table, problems = desk.table(
        "id,day\nE1,31/31/2026\n,2026-07-01\n../x,2026-07-01\n", person=PersonKey("id"), date=("day",)
    )
    assert (table.rejected, {one.code for one in problems}) == (3, {"row-rejected"})
    assert [one.person for one in problems] == ["E1", None, None]


def test_persons_are_matched_by_another_id(desk: Desk) -> None:
    """`matches` finds the person by a column of the people source, whatever the order of the sources."""
    desk.write("people.csv", PEOPLE)
    desk.write("facts.csv", "login,n\nbee,1\ndia,2\n,3\nzoe,4\n")
    specs = (
        desk.spec("facts", "facts.csv", person=PersonKey("login", "Dialler Login")),
        desk.spec("people", "people.csv"),
    )
    tables, problems = desk.collect(*specs, people=People("people", "employee_id"))
    assert tables["facts"].frame["_person"].to_list() == ["0017", "17"]
    assert told(problems) == ["facts.csv:4 row-rejected", "facts.csv:5 person-unknown"]


def test_an_id_that_two_people_share_names_nobody(desk: Desk) -> None:
    """Rows of a shared login are rejected, and the login is told at the people source."""
    desk.write("people.csv", "employee_id,login\n17,x\n18,x\n19,y\n")
    desk.write("facts.csv", "login,n\nx,1\ny,2\n")
    specs = desk.spec("people", "people.csv"), desk.spec("facts", "facts.csv", person=PersonKey("login", "login"))
    tables, problems = desk.collect(*specs, people=People("people", "employee_id"))
    assert tables["facts"].frame["_person"].to_list() == ["19"]
    assert told(problems) == ["people.csv:3 match-ambiguous", "facts.csv:2 row-rejected"]


def test_a_match_column_that_is_not_there_is_told(desk: Desk) -> None:
    """The likely column is named."""
    desk.write("people.csv", PEOPLE)
    desk.write("facts.csv", "login,n\nbee,1\n")
    specs = (
        desk.spec("people", "people.csv"),
        desk.spec("facts", "facts.csv", person=PersonKey("login", "dialer_login")),
    )
    tables, problems = desk.collect(*specs, people=People("people", "employee_id"))
    assert (tables["facts"].status, problems[0].hint) == (Delivery.MISSING, "did you mean 'dialler_login'?")


def test_a_file_that_is_not_there_is_an_error_only_where_it_is_needed(desk: Desk) -> None:
    """An absent source makes its measures have no data; where nothing uses it a warning will do."""
    spec = desk.spec("facts", "nope-*.csv", person=PersonKey("id"))
    tables, problems = desk.collect(spec)
    assert (told(problems), problems[0].severity) == (["appraise.yaml:3:5 source-missing"], Severity.ERROR)
    assert tables["facts"].status is Delivery.MISSING
    assert desk.collect(spec, used=frozenset())[1][0].severity is Severity.WARNING


def test_a_pattern_reads_all_files_in_the_order_of_their_names(desk: Desk) -> None:
    """Several files are one table; hidden files and Excel's lock files are none of them."""
    desk.write("data/calls-2.csv", "id,n\n17,2\n")
    desk.write("data/calls-1.csv", "id,n,extra\n17,1,e\n")
    desk.write("data/~$calls-3.csv", "lock")
    tables, problems = desk.collect(desk.spec("calls", "data/*calls-*.csv", person=PersonKey("id")))
    frame = tables["calls"].frame
    assert (problems, frame.select("n", "extra", "_file").rows()) == (
        [],
        [("1", "e", "data/calls-1.csv"), ("2", None, "data/calls-2.csv")],
    )
    assert [file.rows for file in tables["calls"].files] == [1, 1]


def test_one_unreadable_file_of_several_delivers_nothing(desk: Desk) -> None:
    """A part of the rows would be a wrong number."""
    desk.write("calls-1.csv", "id,n\n17,1\n")
    desk.write("calls-2.csv", "<html>")
    tables, problems = desk.collect(desk.spec("calls", "calls-*.csv", person=PersonKey("id")))
    assert (tables["calls"].status, told(problems)) == (Delivery.MISSING, ["calls-2.csv source-unreadable"])


def test_a_period_in_the_path_reads_this_period_and_the_one_before(desk: Desk) -> None:
    """Rows carry the period of their file; only this period's file must be there."""
    desk.write("quality-2026-Q3.csv", "id,n\n17,3\n")
    spec = desk.spec("quality", "quality-{period}.csv", person=PersonKey("id"))
    tables, problems = desk.collect(spec)
    assert (problems, tables["quality"].frame["_period"].to_list()) == ([], ["2026-Q3"])
    desk.write("quality-2026-Q2.csv", "id,n\n17,2\n")
    tables, _ = desk.collect(spec)
    assert tables["quality"].frame.select("n", "_period").rows() == [("3", "2026-Q3"), ("2", "2026-Q2")]


def test_a_column_of_periods_makes_a_history(desk: Desk) -> None:
    """Rows of the period, or of a month in it, belong to it; others keep their own, and nonsense is rejected."""
    text = "id,p\n17,2026-Q3\n17,2026-M08\n17,2026-09\n17,2026-Q2\n17,2025-Q1\n17,2026-Q5\n"
    table, problems = desk.table(text, person=PersonKey("id"), period="p")
    assert table.frame["_period"].to_list() == ["2026-Q3", "2026-Q3", "2026-Q3", "2026-Q2", "2025-Q1"]
    assert table.frame["_date"].to_list()[:2] == [at(2026, 7, 1), at(2026, 8, 1)]
    assert told(problems) == ["facts.csv:7 row-rejected"]


def test_months_in_columns_become_rows(desk: Desk) -> None:
    """A wide sheet has a row for each month on its first day, and a bad cell is told under its own heading."""
    months = tuple(f"m{number:02d}" for number in range(1, 13))
    text = (
        "Year,EmployeeID,"
        + ",".join(months).upper()
        + "\n2026,17,"
        + ",".join(["-", "x", *"3456789012"])
        + "\nyear,18"
        + ",1" * 12
    )
    table, problems = desk.table(
        text,
        person=PersonKey("employeeid"),
        months_in_columns=MonthsInColumns("year", months, "amount"),
        missing_marks=("-",),
        kinds={"amount": "number"},
    )
    assert told(problems) == ["facts.csv:3 row-rejected", "facts.csv:2 cell-unreadable", "facts.csv:3 cell-unreadable"]
    assert "'M02' (m02)" in problems[1].message
    first = table.frame.select("amount", "amount!", "_date", "_person", "_line").rows()[:3]
    assert first == [
        (None, False, at(2026, 1, 1), "17", 2),
        (None, True, at(2026, 2, 1), "17", 2),
        (3.0, False, at(2026, 3, 1), "17", 2),
    ]
    assert table.frame.height == 12


def test_the_value_of_months_needs_a_name_of_its_own(desk: Desk) -> None:
    """A column of the file that is called as the value would be is a clash, not a crash, dates or no dates."""
    months = tuple(f"m{number:02d}" for number in range(1, 13))
    text = "id,year,day,amount," + ",".join(months) + "\n17,2026,2026-07-01,9" + ",1" * 12 + "\n"
    wide = MonthsInColumns("year", months, "amount")
    table, problems = desk.table(text, person=PersonKey("id"), months_in_columns=wide, date=("day",))
    assert (told(problems), table.frame["amount"].to_list()) == (["facts.csv:1 column-clash"], [1.0] * 12)


def test_a_filter_that_is_always_true_keeps_all_rows(desk: Desk) -> None:
    """A constant is a filter like any other."""
    table, _ = desk.table("id,n\n17,1\n18,2\n", person=PersonKey("id"), where="1 < 2")
    assert table.frame.height == 2


def test_company_and_team_sources_need_no_person(desk: Desk) -> None:
    """A company's rows are the company's, a team's carry `_team`; a row without its team is rejected."""
    company, problems = desk.table("day,n\n2026-07-01,5\n", company=True, date=("day",), kinds={"n": "number"})
    assert (problems, "_person" in company.frame.columns, company.frame["n"].to_list()) == ([], False, [5.0])
    team, problems = desk.table("squad,n\nA,5\n,6\n", team="squad")
    assert (told(problems), team.frame["_team"].to_list()) == (["facts.csv:3 row-rejected"], ["A"])


def test_a_feed_that_stops_early_is_stale(desk: Desk) -> None:
    """A log whose last row is too old, or which has holes, is stale and says so."""
    said: dict[str, Any] = {"person": PersonKey("id"), "date": ("day",)}
    fresh = "id,day\n" + "".join(f"17,2026-{month:02d}-{day:02d}\n" for month in (7, 8, 9) for day in range(1, 31))
    table, problems = desk.table(fresh, expect=Expect(3, 95), **said)
    assert (table.status, problems) == (Delivery.DELIVERED, [])
    table, problems = desk.table("id,day\n17,2026-09-01\n", expect=Expect(3, 95), **said)
    assert (table.status, told(problems)) == (Delivery.STALE, ["facts.csv source-stale", "facts.csv source-has-holes"])
    assert "its last row is of 2026-09-01, 29 days before the period's end" in problems[0].message


def test_a_second_row_of_a_person_is_told_where_columns_are_measures(desk: Desk) -> None:
    """A table that should have one row each names the person and the lines."""
    desk.write("facts.csv", "id,n\n17,1\n18,2\n17,3\n")
    spec = desk.spec("facts", "facts.csv", person=PersonKey("id"))
    _, problems = desk.collect(spec, one_row_each=frozenset({"facts"}))
    assert told(problems) == ["facts.csv:2 person-repeated"]
    assert problems[0].message == "source 'facts': person '17' has 2 rows (lines 2 and 4)"


def test_a_kind_of_file_that_nobody_reads_is_told(desk: Desk) -> None:
    """The known kinds are named, and `adapter` can choose one by name."""
    desk.write("facts.dat", "id,n\n17,1\n")
    _, problems = desk.collect(desk.spec("facts", "facts.dat", person=PersonKey("id")))
    assert told(problems) == ["appraise.yaml:3:5 no-adapter"]
    tables, problems = desk.collect(desk.spec("facts", "facts.dat", person=PersonKey("id"), adapter="csv"))
    assert (problems, tables["facts"].frame.height) == ([], 1)
    _, problems = desk.collect(desk.spec("facts", "facts.dat", person=PersonKey("id"), adapter="exel"))
    assert (problems[0].code, problems[0].hint) == ("unknown-adapter", "did you mean 'excel'?")


def test_an_adapter_that_raises_costs_its_source(desk: Desk) -> None:
    """Whatever a plugin's adapter does, the others are read."""

    def broken(request: ReadRequest) -> RawTable:
        raise KeyError(request.path.name)

    def nonsense(_: ReadRequest) -> RawTable:
        return RawTable(pl.DataFrame({"id": ["17"]}), pl.Series([1, 2]))

    desk.write("a.one", "")
    desk.write("b.two", "")
    adapters = {
        "one": SourceAdapter("one", (".one",), broken, "Raises."),
        "two": SourceAdapter("two", (".two",), nonsense, "Gives nonsense."),
    }
    specs = desk.spec("a", "a.one", person=PersonKey("id")), desk.spec("b", "b.two", person=PersonKey("id"))
    _, problems = desk.collect(*specs, adapters=adapters)
    assert told(problems) == ["a.one adapter-failed", "b.two adapter-failed"]


def test_parquet_keeps_its_types(desk: Desk) -> None:
    """Numbers, days and texts come as they are; lists and other files are refused."""
    frame = pl.DataFrame({"id": [17, 18], "day": [at(2026, 7, 1), at(2026, 7, 2)], "n": [1.5, None]})
    frame.write_parquet(desk.root / "facts.parquet")
    spec = desk.spec("facts", "facts.parquet", person=PersonKey("id"), date=("day",))
    tables, problems = desk.collect(spec)
    assert (problems, tables["facts"].frame.select("_person", "_date", "n", "_line").rows()) == (
        [],
        [("17", at(2026, 7, 1), 1.5, 1), ("18", at(2026, 7, 2), None, 2)],
    )
    pl.DataFrame({"id": [[1]]}).write_parquet(desk.root / "facts.parquet")
    assert told(desk.collect(spec)[1]) == ["facts.parquet source-unreadable"]
    desk.write("facts.parquet", "PAR1 nothing")
    assert told(desk.collect(spec)[1]) == ["facts.parquet source-unreadable"]


@pytest.mark.parametrize("order", [1, -1])
def test_the_same_files_give_the_same_facts(desk: Desk, order: int) -> None:
    """The order in which files were made does not matter."""
    for number in (1, 2, 3)[::order]:
        desk.write(f"calls-{number}.csv", f"id,n\n17,{number}\n")
    tables, _ = desk.collect(desk.spec("calls", "calls-*.csv", person=PersonKey("id")))
    assert tables["calls"].frame["n"].to_list() == ["1", "2", "3"]


def test_headers_are_known_without_reading_rows(desk: Desk) -> None:
    """A check knows the columns of a source, with the value of months in columns; faults of rows do not matter."""
    months = tuple(f"m{number}" for number in range(1, 13))
    desk.write("facts.csv", "id,year," + ",".join(months) + '\n17,"open\n')
    wide = MonthsInColumns("year", months, "amount")
    spec = desk.spec("facts", "facts.csv", person=PersonKey("id"), months_in_columns=wide, columns={"who": "idd"})
    names, problems = headers_of(spec, desk.reading())
    assert names == ("id", "year", *months, "amount")
    assert told(problems) == ["facts.csv:1 source-column-missing"]
    gone = desk.spec("gone", "gone.csv")
    assert headers_of(gone, desk.reading()) == ((), desk.collect(gone)[1])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_told_and_not_waited_for(desk: Desk) -> None:
    """A pipe or device in the place of a file is never opened: its end may never come."""
    os.mkfifo(desk.root / "facts.csv")
    tables, problems = desk.collect(desk.spec("facts", "facts.csv", person=PersonKey("id")))
    assert told(problems) == ["facts.csv source-unreadable"]
    assert tables["facts"].status is Delivery.MISSING


@pytest.mark.parametrize("path", ["/**/*.csv", "../**/*.csv", f"{'a' * 5_000}.csv", f"{'a' * 5_000}*.csv"])
def test_a_path_that_no_file_can_have_costs_its_source_alone(path: str, desk: Desk) -> None:
    """Nothing outside the folder is searched, and what the system cannot even look for is not there."""
    _, problems = desk.collect(desk.spec("facts", path, person=PersonKey("id")))
    assert [problem.code for problem in problems] == ["source-missing"]
