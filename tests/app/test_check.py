"""Checking a workspace: every mistake of every file in one go, each once, at its place, with its cure."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

import pytest
from companies import Company, told

from appraise.app.bundled import schema_text
from appraise.app.check import check
from appraise.model.problem import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from appraise.model.problem import Problem

AGENT = "templates/roles/agent.yaml"

TARGETS = """\
  quotas: {path: data/quotas.csv, person: employee_id}
targets:
  sales: {source: quotas, value: quota}
"""

CALLS = """\
  calls: {path: data/calls.csv, person: employee_id, date: day}
measures:
  calls_logged: {count: calls}
  talk: {sum: seconds, source: calls}
"""


def checked(company: Company, *, with_data: bool = False) -> list[str]:
    """The problems of a check as `file:line code`."""
    return told(check(company.asked(), with_data).problems)


def only(company: Company, *, with_data: bool = False) -> Problem:
    """The one problem of a check."""
    (problem,) = check(company.asked(), with_data).problems
    return problem


@pytest.fixture
def with_calls(shop: Company) -> Company:
    """A company that also keeps a log of calls, which its template reads."""
    shop.write("appraise.yaml", shop.text("appraise.yaml") + CALLS)
    shop.write("data/calls.csv", "employee_id,day,seconds\nE002,2026-07-01,60\nE003,2026-07-02,90\n")
    shop.edit(AGENT, "formula: calls_made", "formula: calls_logged + talk")
    shop.edit(AGENT, ", calls_made: 1840", ", calls_logged: 1, talk: 1839")
    return shop


def test_a_sound_workspace_has_no_problem(shop: Company) -> None:
    """The answer says how much was looked at; people are counted where values were read."""
    rules, data = check(shop.asked(), with_data=False), check(shop.asked(), with_data=True)

    assert (rules.problems, data.problems) == ((), ())
    assert rules.period is not None
    assert (rules.period.id, rules.sources, rules.measures, rules.people) == ("2026-Q3", 1, 0, None)
    assert data.people == 4


def test_twenty_mistakes_are_twenty_problems(shop: Company, checkout: Path) -> None:
    """A template full of mistakes lists them all at line and column, beside a sound one that is none of them."""
    text = (checkout / "tests" / "examples" / "bad" / "twenty_mistakes.yaml").read_text("utf-8")
    announced = "".join(takewhile(lambda line: line.startswith("#"), text.splitlines(keepends=True)))
    shop.write("templates/roles/twenty_mistakes.yaml", text)
    shop.write("appraise.yaml", shop.text("appraise.yaml") + TARGETS)
    shop.write("data/quotas.csv", "employee_id,quota\nE002,1000\n")
    shop.write("data/people.csv", shop.text("data/people.csv").replace("\n", ",,,,\n"))
    shop.edit("data/people.csv", "Audit score,,,,", "Audit score,Sales,Calls,Talk,Complaints")

    problems = check(shop.asked(), with_data=False).problems

    places = [f"{one.place.line}:{one.place.column} {one.code}" for one in problems]
    assert {one.place.file for one in problems} == {"templates/roles/twenty_mistakes.yaml"}
    assert places == re.findall(r"\d+:\d+ [a-z-]+", announced)
    assert len(places) == 20
    assert all(one.hint for one in problems)


def test_a_measure_that_nothing_reads(with_calls: Company) -> None:
    """A measure without a reader is probably a mistake, and no error."""
    with_calls.edit(AGENT, "formula: calls_logged + talk", "formula: talk")
    with_calls.edit(AGENT, ", calls_logged: 1, talk: 1839", ", talk: 1840")

    problem = only(with_calls)

    assert (told([problem]), problem.severity) == (["appraise.yaml:28 unused-measure"], Severity.WARNING)
    assert problem.message == "measure 'calls_logged': no role template reads it"


@pytest.mark.parametrize(
    ("read", "unread"),
    [("talk", "calls_logged"), ("prev.talk", "calls_logged"), ("team.talk", "calls_logged")],
    ids=["by its name", "in the period before", "of the team"],
)
def test_a_measure_is_read_under_any_of_its_names(read: str, unread: str, with_calls: Company) -> None:
    """Reading last quarter's or the team's value of a measure is reading the measure."""
    with_calls.edit(AGENT, "formula: calls_logged + talk", f"formula: {read}")
    with_calls.edit(AGENT, ", calls_logged: 1, talk: 1839", f", {read}: 1840")

    assert [one.message for one in check(with_calls.asked(), with_data=False).problems] == [
        f"measure '{unread}': no role template reads it"
    ]


def test_a_template_that_is_not_there(shop: Company) -> None:
    """A job title mapped to no template is told where it is mapped, with what was probably meant."""
    shop.edit("appraise.yaml", "Agent: agent ", "Agent: agnet ")

    problem = only(shop)

    assert (str(problem.place), problem.code) == ("appraise.yaml:20:12", "unknown-role")
    assert (problem.message, problem.hint) == ("people: there is no role template 'agnet'", "did you mean 'agent'?")


def test_a_template_that_cannot_be_read_is_no_missing_one(shop: Company) -> None:
    """The mistake in the file is told, and not in addition that there is no such template."""
    shop.write(AGENT, shop.text(AGENT) + "kras: [\n")

    assert only(shop).code == "yaml-syntax"


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("kpi.promise_kept: 3.83", "kpi.promise_kept: 3.84", "kpi.promise_kept is 3.83, not 3.84"),
        ("kpi.calls: 4.80", "overall: 4.4", "overall is 4.33, not 4.40"),
        ("kpi.calls: 4.80", "label: Meets", "label is Exceeds, not Meets"),
        ("kpi.calls: 4.80", "kpi.calls: null", "kpi.calls is 4.80, not null"),
        ("kpi.calls: 4.80", "kpi.calls: no_data", "kpi.calls is 4.80, not no_data"),
    ],
    ids=["score", "overall", "label", "no score", "status"],
)
def test_an_example_that_does_not_come_out(right: str, wrong: str, message: str, shop: Company) -> None:
    """What a worked example expects and scoring does not give is told at its line, with what comes out instead."""
    shop.edit(AGENT, right, wrong)

    problem = only(shop)

    assert problem.code == "example-fails"
    assert problem.place.line == len(shop.text(AGENT).splitlines())
    assert problem.place.column == 1 + shop.text(AGENT).splitlines()[-1].index(wrong)
    assert problem.message == f"example '49 of 64 promises kept, 1,840 calls and good audits': {message}"


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("calls_mad", "did you mean 'calls_made'?"),
        ("prev.calls_mad", "did you mean 'prev.calls_made'?"),
        ("team.audit_scor", "did you mean 'team.audit_score'?"),
        ("working_day", "did you mean 'working_days'?"),
    ],
)
def test_an_unknown_name_is_guessed(written: str, hint: str, shop: Company) -> None:
    """A name that nothing has is told with line, column and the name that was probably meant."""
    shop.edit(AGENT, "formula: calls_made", f"formula: {written}")

    (problem,) = (one for one in check(shop.asked(), with_data=False).problems if one.code == "unknown-name")

    assert (str(problem.place), problem.hint) == (f"{AGENT}:24:18", hint)


def test_a_column_that_the_file_lacks(with_calls: Company) -> None:
    """A heading that a measure needs is looked for without reading the values."""
    with_calls.write("data/calls.csv", "employee_id,day,second\nE002,2026-07-45,abc\n")

    problem = only(with_calls)

    assert told([problem]) == ["data/calls.csv:1 source-column-missing"]
    assert problem.message == "source 'calls': has no column 'seconds'"


def test_a_file_that_is_not_there_yet(with_calls: Company) -> None:
    """A missing file is an error in the same words whether values are read or not."""
    (with_calls.root / "data" / "calls.csv").unlink()

    problem = only(with_calls)
    (missing,) = check(with_calls.asked(), with_data=True).problems

    assert (told([problem]), problem.severity) == (["appraise.yaml:26 source-missing"], Severity.ERROR)
    assert missing == problem
    assert problem.hint.endswith("until then its columns are not known and its measures have no data")


def test_a_file_that_nothing_uses(shop: Company) -> None:
    """A log that no measure reads is missed by nobody."""
    shop.write("appraise.yaml", shop.text("appraise.yaml") + "  calls: {path: data/c.csv, person: id, date: day}\n")

    problem = only(shop)

    assert (told([problem]), problem.severity) == (["appraise.yaml:26 source-missing"], Severity.WARNING)


def test_a_company_without_its_one_sheet(shop: Company) -> None:
    """The missing file is told, first and alone: that no name is known then follows from it."""
    (shop.root / "data" / "people.csv").unlink()

    assert checked(shop) == ["appraise.yaml:25 source-missing"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"\xff\xfe\xfa", "source-unreadable"), (b"Figures of the quarter,,,,,,,,\nHEADER", "header-elsewhere")],
)
def test_a_sheet_that_cannot_be_read_is_one_problem(content: bytes, code: str, shop: Company) -> None:
    """What formulas name may be in the sheet, so that no name is called unknown until it can be read."""
    header = (shop.root / "data" / "people.csv").read_bytes()
    (shop.root / "data" / "people.csv").write_bytes(content.replace(b"HEADER", header))

    problem = only(shop)

    assert problem.code == code
    assert code != "source-unreadable" or "its columns are not known until the file can be read" in problem.hint


def test_a_table_that_is_not_there_yet(shop: Company) -> None:
    """Names that may be columns of a table whose file is missing are not called unknown."""
    shop.write("appraise.yaml", shop.text("appraise.yaml") + "  figures: {path: data/figures.csv, person: id}\n")
    shop.edit(AGENT, "formula: audit_score", "formula: quality_score")
    shop.edit(AGENT, ", audit_score: 91.5", ", quality_score: 91.5")

    assert checked(shop) == ["appraise.yaml:26 source-missing"]


def test_values_are_read_on_request(with_calls: Company) -> None:
    """Unreadable cells and rejected rows are told by `check --data`, and by it alone."""
    with_calls.write(
        "data/calls.csv", "employee_id,day,seconds\nE002,2026-07-45,60\nE003,2026-07-02,abc\n,2026-07-02,5\n"
    )

    assert checked(with_calls) == []
    assert checked(with_calls, with_data=True) == [
        "data/calls.csv:2 row-rejected",
        "data/calls.csv:3 cell-unreadable",
        "data/calls.csv:4 row-rejected",
    ]


def test_values_are_read_beside_mistakes_in_templates(with_calls: Company) -> None:
    """All problems of all files come in one go: a mistake in a template does not hide one in the data."""
    with_calls.write("data/calls.csv", "employee_id,day,seconds\nE002,2026-07-45,60\n")
    with_calls.edit(AGENT, "formula: audit_score", "formula: audit_scor")

    assert checked(with_calls, with_data=True) == ["data/calls.csv:2 row-rejected", f"{AGENT}:37 unknown-name"]


def test_a_schema_that_went_stale(shop: Company) -> None:
    """A copy of a schema that differs from the engine's own is a warning: it serves the editor and decides nothing."""
    shop.write("schemas/role.schema.json", schema_text("role").replace("weight", "wait"))

    problem = only(shop)

    assert (told([problem]), problem.severity) == (["schemas/role.schema.json:0 schema-differs"], Severity.WARNING)


def test_problems_come_in_the_order_of_files_and_lines(with_calls: Company, checkout: Path) -> None:
    """Whatever finds them, problems are sorted by file, line and column, and each is told once."""
    bad = (checkout / "tests" / "examples" / "bad" / "twenty_mistakes.yaml").read_text("utf-8")
    with_calls.write("templates/roles/twenty_mistakes.yaml", bad)
    with_calls.write("data/calls.csv", "employee_id,day,seconds\nE002,2026-07-45,60\nE999,2026-07-02,1\n")
    with_calls.write("schemas/workspace.schema.json", "{}")
    with_calls.edit(AGENT, "audit_score: 91.5", "audit_score: 91.4")
    with_calls.edit("data/people.csv", "1210,12,9", "1210,x,9")
    with_calls.edit("appraise.yaml", "Agent: agent ", "Lead: nobody\n    Agent: agent ")

    problems = check(with_calls.asked(), with_data=True).problems

    assert list(problems) == sorted(problems, key=lambda one: (one.place.file, one.place.line, one.place.column))
    assert len(set(problems)) == len(problems)
    assert {one.place.file for one in problems} == {
        "appraise.yaml",
        "data/calls.csv",
        "data/people.csv",
        "schemas/workspace.schema.json",
        AGENT,
        "templates/roles/twenty_mistakes.yaml",
    }


def test_a_shipped_template_that_nobody_is_on(shop: Company) -> None:
    """Shipped templates name measures that this workspace has not; where nobody is on them they are not looked at."""
    assert check(shop.asked(), with_data=False).roles == 1
    assert checked(shop) == []


def test_a_template_of_the_workspace_is_checked_though_nobody_is_on_it(shop: Company) -> None:
    """A template that is being written is checked before anybody is put on it."""
    shop.write("templates/roles/later.yaml", shop.text(AGENT).replace("role: agent", "role: later"))
    shop.edit("templates/roles/later.yaml", "formula: calls_made", "formula: calls_maid")

    assert "templates/roles/later.yaml:24 unknown-name" in checked(shop)


def test_a_folder_without_a_workspace(tmp_path: Path) -> None:
    """Where there is no appraise.yaml the answer says how to get one."""
    (problem,) = check(Company(tmp_path).asked(), with_data=True).problems
    assert (problem.place.file, problem.code) == ("appraise.yaml", "no-workspace")
    assert "appraise init" in problem.hint


def test_a_period_that_the_calendar_has_not(shop: Company) -> None:
    """A misspelt period names the forms that there are; the rules are still told, for they need no period."""
    shop.edit("appraise.yaml", "time_zone: UTC ", "time_zone: UTX ")

    answer = check(shop.asked(period="2026-Q9"), with_data=True)

    assert sorted(told(answer.problems)) == ["--period:0 unknown-period", "appraise.yaml:11 unknown-time-zone"]
    assert answer.period is None


@pytest.mark.parametrize("name", [AGENT, "templates/roles/another_name.yaml"])
@pytest.mark.parametrize("broken", ["title Calls agent", "title:Calls agent", "title: 'Calls agent", "\ttitle: x"])
def test_a_template_that_cannot_be_read_is_there(shop: Company, name: str, broken: str) -> None:
    """A mistake of spelling in a template is told at its line alone, and not also as a template that is missing."""
    text = shop.text(AGENT).replace("title: Agent", broken, 1)
    (shop.root / AGENT).unlink()
    shop.write(name, text)

    assert [(one.code, one.place.file) for one in check(shop.asked(), with_data=False).problems] == [
        ("yaml-syntax", name)
    ]


def test_a_german_spreadsheet(shop: Company) -> None:
    """Decimal commas are told once with the key that reads them; with the key there is nothing left to tell."""
    shop.write("data/people.csv", shop.text("data/people.csv").replace(",", ";").replace(".", ","))

    problems = [one for one in check(shop.asked(), with_data=True).problems if one.code == "cell-unreadable"]

    assert {one.hint for one in problems} == {"write `decimal: comma` under the source"}
    shop.edit("appraise.yaml", "people: data/people.csv", "people:\n    path: data/people.csv\n    decimal: comma")
    assert check(shop.asked(), with_data=True).problems == ()


def test_a_text_in_another_case(with_calls: Company) -> None:
    """A filter that can never hold, because the file writes the text otherwise, is told with what the file has."""
    rows = "E002,2026-07-01,60,Confirmed\nE003,2026-07-02,9,Open\n"
    with_calls.write("data/calls.csv", f"employee_id,day,seconds,state\n{rows}")
    with_calls.edit("appraise.yaml", "{count: calls}", "{count: calls, where: \"state == 'confirmed'\"}")
    with_calls.edit("appraise.yaml", "where: job == 'Agent'", "where: job in ('agent ', 'Team Lead')")

    problems = check(with_calls.asked(), with_data=True).problems

    unknown = [one for one in problems if one.code == "filter-text-unknown"]
    assert [(one.message, one.hint.partition("?")[0], one.severity) for one in unknown] == [
        ("no row has the text 'agent '", "did you mean 'Agent'", Severity.WARNING),
        ("no row has the text 'confirmed'", "did you mean 'Confirmed'", Severity.WARNING),
    ]
    with_calls.edit("appraise.yaml", "date: day}", "date: day, where: \"state != 'OPEN'\"}")
    again = check(with_calls.asked(), with_data=True).problems
    assert "did you mean 'Open'? texts are compared letter by letter" in {one.hint for one in again}


def test_a_person_who_is_there_twice(shop: Company) -> None:
    """Two rows of one person in the one sheet are one problem with one cure."""
    text = shop.text("data/people.csv")
    shop.write("data/people.csv", text + text.splitlines()[2] + "\n")

    problem = only(shop, with_data=True)

    assert (problem.code, problem.person) == ("duplicate-person", "E002")
    assert problem.hint == "delete one of the rows, or give each its own days"


def test_a_column_of_the_people_that_the_file_lacks(shop: Company) -> None:
    """A wrong heading is one problem, at the word in appraise.yaml, with the file and the heading that was meant."""
    shop.edit("appraise.yaml", "name: full_name", "name: Ful Name")

    problem = only(shop, with_data=True)

    assert str(problem.place) == "appraise.yaml:18:36"
    assert problem.message == "source 'people': file 'data/people.csv' has no column 'Ful Name'"
    assert problem.hint == "did you mean 'full_name'?"
