"""Reading appraise.yaml: what it declares, and every way in which it can be wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from appraise.app.bundled import bundled_folder, schema_text
from appraise.app.workspace import load_workspace
from appraise.documents.schema import load_schema
from appraise.model.expression import Expression
from appraise.model.period import Calendar, Period
from appraise.model.place import Place
from appraise.model.problem import Problem
from appraise.model.scale import FIVE_POINT, Label, Scale
from appraise.model.workspace import (
    Contact,
    Expect,
    LeaveSpec,
    MonthsInColumns,
    PersonKey,
    ReportSpec,
    SourceSpec,
    Workspace,
)

SCHEMA = load_schema(schema_text("workspace"))
SMALLEST = """\
company: Acme
people: {source: people}
sources:
  people: data/people.csv
"""


def loaded(folder: Path, text: str, **files: str) -> tuple[Workspace | None, list[Problem]]:
    """The workspace that this text of appraise.yaml makes, with other files beside it (`holidays` is holidays.csv)."""
    (folder / "appraise.yaml").write_text(dedent(text), "utf-8")
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(dedent(content), "utf-8")
    return load_workspace(folder, SCHEMA)


def sound(folder: Path, text: str, **files: str) -> Workspace:
    """The workspace of a text without problems."""
    workspace, problems = loaded(folder, text, **files)
    assert problems == []
    assert workspace is not None
    return workspace


def told(problems: list[Problem]) -> list[str]:
    """The problems as `line:column code`."""
    return [f"{problem.place.line}:{problem.place.column} {problem.code}" for problem in problems]


def test_the_smallest_workspace(tmp_path: Path) -> None:
    """A company, its people and one file are enough; everything else has a default."""
    workspace = sound(tmp_path, SMALLEST)

    assert (workspace.company, workspace.period, workspace.calendar) == ("Acme", None, Calendar())
    assert (workspace.reports, workspace.contact) == (ReportSpec(), Contact())
    assert (workspace.minimum_days, dict(workspace.scales)) == (30, {"five_point": FIVE_POINT})


def test_the_people_source_is_a_table_of_persons(tmp_path: Path) -> None:
    """The people's own source needs no `person`: the id column under people says it."""
    workspace = sound(tmp_path, SMALLEST.replace("{source: people}", "{source: people, columns: {id: Emp No}}"))

    assert workspace.sources["people"].person == PersonKey("Emp No")


def test_a_source_with_everything(tmp_path: Path) -> None:
    """Every key of a source arrives in its spec."""
    workspace = sound(
        tmp_path,
        SMALLEST
        + """\
  calls:
    path: data/calls-*.xlsx
    adapter: excel
    sheet: Calls
    header_row: 3
    encoding: cp1252
    separator: ";"
    person: {column: agent, matches: dialler_login}
    date: [date, time]
    date_format: dd-mm-yyyy
    columns: {answered: Answered (Y/N), talk: AvgTalkDuration}
    types: {answered: yes_no, talk: duration}
    missing_marks: ["-", "?"]
    expect: {last_row_within: 3 days, days_with_rows: 95}
    where: agent != 'Total'
""",
    )

    actual = replace(workspace.sources["calls"], places={})
    assert actual == SourceSpec(
        name="calls",
        place=Place("appraise.yaml", 5, 3, 5),
        path="data/calls-*.xlsx",
        adapter="excel",
        sheet="Calls",
        person=PersonKey("agent", "dialler_login"),
        date=("date", "time"),
        date_format="dd-mm-yyyy",
        columns={"answered": "Answered (Y/N)", "talk": "AvgTalkDuration"},
        types={"answered": "yes_no", "talk": "duration"},
        missing_marks=("-", "?"),
        expect=Expect(3, 95.0),
        where=Expression("agent != 'Total'", Place("appraise.yaml", 19, 12, 16)),
        header_row=3,
        encoding="cp1252",
        separator=";",
    )


def test_columns_keep_their_places(tmp_path: Path) -> None:
    """Later stages can point at each column that was written."""
    text = SMALLEST + "  calls: {path: a.csv, person: agent, columns: {talk: Talk}}\n"

    places = sound(tmp_path, text).sources["calls"].places

    assert places["columns.talk"] == Place("appraise.yaml", 5, 55, 4)


def test_months_in_columns_and_team_and_company_sources(tmp_path: Path) -> None:
    """Wide sheets, team tables, company tables and tables with a period column arrive."""
    sources = sound(
        tmp_path,
        SMALLEST
        + """\
  wide:
    path: w.csv
    person: id
    months_in_columns: {year: y, months: [a, b, c, d, e, f, g, h, i, j, k, l], value: amount}
  teams: {path: t.csv, team: team, period: quarter}
  receivables: {path: r.csv, company: true, date: period_end}
""",
    ).sources

    assert sources["wide"].months_in_columns == MonthsInColumns("y", tuple("abcdefghijkl"), "amount")
    assert (sources["teams"].team, sources["teams"].period) == ("team", "quarter")
    assert (sources["receivables"].company, sources["receivables"].date) == (True, ("period_end",))


def test_people_with_everything(tmp_path: Path) -> None:
    """Every key of the people part arrives."""
    people = sound(
        tmp_path,
        """\
        company: Acme
        people:
          source: people
          where: department == 'Collections'
          columns: {id: employee_id, name: full_name, fte: fte}
          roles: {Tele Collection Agent: tele_collection_agent}
          attributes: [Region, grade]
          leave: {source: leave, person: employee_id, from: first_day, to: last_day}
        sources:
          people: data/people.csv
          leave: data/leave.csv
        """,
    ).people

    assert str(people.where) == "department == 'Collections'"
    assert people.columns == {"id": "employee_id", "name": "full_name", "fte": "fte"}
    assert people.roles == {"Tele Collection Agent": "tele_collection_agent"}
    assert people.attributes == ("Region", "grade")
    assert people.leave == LeaveSpec("leave", "employee_id", "first_day", "last_day")
    assert people.places["roles.Tele Collection Agent"].line == 6


@pytest.mark.parametrize(
    ("written", "aggregate", "source", "expression"),
    [
        pytest.param("{count: people}", "count", "people", None, id="count names its source"),
        pytest.param("{count_distinct: a, source: people}", "count_distinct", "people", "a", id="count_distinct"),
        pytest.param("{sum: a + b, source: people}", "sum", "people", "a + b", id="sum of row arithmetic"),
        pytest.param("{sum: 1, source: people}", "sum", "people", "1", id="sum of a number"),
        pytest.param("{mean: a, source: people}", "mean", "people", "a", id="mean"),
        pytest.param("{min: a, source: people}", "min", "people", "a", id="min"),
        pytest.param("{max: a, source: people}", "max", "people", "a", id="max"),
        pytest.param("{latest: a, source: people}", "latest", "people", "a", id="latest"),
        pytest.param("{earliest: a, source: people}", "earliest", "people", "a", id="earliest"),
        pytest.param("{custom: dso, source: people}", "custom", "people", "dso", id="custom"),
    ],
)
def test_every_aggregate(tmp_path: Path, written: str, aggregate: str, source: str, expression: str | None) -> None:
    """A measure says one aggregate; `count` names the source itself."""
    measure = sound(tmp_path, SMALLEST + f"measures:\n  x: {written}\n").measures["x"]

    assert (measure.aggregate, measure.source) == (aggregate, source)
    assert (None if measure.expression is None else measure.expression.text) == expression


def test_a_measure_with_everything(tmp_path: Path) -> None:
    """The further keys of a measure arrive."""
    measure = sound(
        tmp_path,
        SMALLEST
        + """\
measures:
  x: {sum: a, source: people, where: a > 0, first_per: b, as_of: end, if_no_rows: missing, unit: days, title: X days}
""",
    ).measures["x"]

    assert str(measure.where) == "a > 0"
    assert (measure.first_per, measure.last_per, measure.as_of, measure.if_no_rows) == ("b", None, "end", "missing")
    assert (measure.unit, measure.title) == ("days", "X days")


def test_both_forms_of_targets(tmp_path: Path) -> None:
    """A sheet of one target has a value, a register of many has columns, and needs no person column."""
    workspace = sound(
        tmp_path,
        SMALLEST
        + """\
  sheet: {path: s.csv, person: id}
  register: r.csv
targets:
  sales: {source: sheet, value: amount * 1000, per: month}
  many: {source: register, columns: {target: kpi_id, of: scope_id, value: value}}
""",
    )

    assert str(workspace.targets["sales"].value) == "amount * 1000"
    assert workspace.targets["sales"].per == "month"
    assert workspace.targets["many"].columns == {"target": "kpi_id", "of": "scope_id", "value": "value"}


def test_a_scale_of_its_own(tmp_path: Path) -> None:
    """Scales are data, and the shipped one stays beside them."""
    workspace = sound(
        tmp_path,
        SMALLEST + "scales: {three: {lowest: 1, highest: 3, labels: [{label: A, from: 1}, {label: B, from: 2}]}}\n",
    )

    assert workspace.scales["three"] == Scale("three", 1, 3, (Label("A", 1.0), Label("B", 2.0)))
    assert workspace.scales["five_point"] == FIVE_POINT


def test_protected_adds_to_the_list_that_always_holds(tmp_path: Path) -> None:
    """The workspace's own protected attributes come on top; none of the built-in ones can be taken away."""
    protected = sound(tmp_path, SMALLEST + "protected: [Mother Tongue]\n").protected

    assert {"mother_tongue", "age", "gender", "leave_type", "date_of_birth"} <= protected


def test_the_calendar_arrives(tmp_path: Path) -> None:
    """Year, rhythm, zone, workdays and holidays of a company."""
    calendar = sound(
        tmp_path,
        SMALLEST
        + """\
calendar:
  year_starts: april
  year_named_by: end
  appraise_every: month
  time_zone: Asia/Kolkata
  workdays: [mon, sat]
  holidays: holidays.csv
""",
        holidays="Date,Name,Site\n2026-10-02,Gandhi Jayanti,\n2026-08-19,Parsi New Year, Mumbai\n",
    ).calendar

    assert calendar == Calendar(
        year_starts=4,
        year_named_by="end",
        appraise_every="month",
        time_zone="Asia/Kolkata",
        workdays=frozenset({0, 5}),
        holidays=((date(2026, 8, 19), "Mumbai"), (date(2026, 10, 2), "")),
        files=("holidays.csv",),
    )


def test_a_calendar_of_dated_periods(tmp_path: Path) -> None:
    """`appraise_every` can be a file of dated periods, and `period` then names one of them."""
    workspace = sound(
        tmp_path,
        SMALLEST + "period: P2\ncalendar: {appraise_every: periods.csv}\n",
        periods="period,start,end\nP1,2026-02-01,2026-02-28\nP2,2026-03-01,2026-03-28\n",
    )

    assert workspace.period == "P2"
    assert workspace.calendar.dated[1] == Period("P2", date(2026, 3, 1), date(2026, 3, 28))


def test_a_year_is_a_period_although_yaml_reads_a_number(tmp_path: Path) -> None:
    """`period: 2026` names a year."""
    assert sound(tmp_path, SMALLEST + "period: 2026\n").period == "2026"


def test_no_file_is_a_problem(tmp_path: Path) -> None:
    """A folder without appraise.yaml is no workspace."""
    workspace, problems = load_workspace(tmp_path, SCHEMA)

    assert (workspace, [problem.code for problem in problems]) == (None, ["no-workspace"])


@pytest.mark.parametrize("text", ["[]", "3", "people: 3\n", "sources: []\npeople: [source]\n", "people: {source: }\n"])
def test_the_wrong_shape_is_told_and_never_a_crash(tmp_path: Path, text: str) -> None:
    """Whatever stands in the file, reading it gives problems."""
    workspace, problems = loaded(tmp_path, text)

    assert workspace is None
    assert problems


def test_the_example_company_is_sound() -> None:
    """The shipped example workspace has no problem."""
    root = bundled_folder("templates") / "examples" / "collections"
    assert load_workspace(root, SCHEMA)[1] == []
