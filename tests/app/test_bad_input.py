"""A company whose files have everything wrong that files have: each fault is told once, and nobody else pays for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import fastexcel
import polars as pl
import pypdf
import pytest
from companies import Company, Run, told

from appraise.app.run import run

if TYPE_CHECKING:
    from pathlib import Path

    from appraise.model.problem import Problem

SETTINGS = """\
company: Acme
period: 2026-Q3
people:
  source: people
  columns: {id: id, name: name, role: job, team: team, from: from, to: to}
  roles: {Agent: agent, Auditor: auditor}
sources:
  people: data/people.csv
  figures: {path: data/figures.csv, person: id}
  quotas: {path: data/quotas.csv, person: id}
  visits: {path: data/visits.csv, person: id, date: day}
measures:
  visits_made: {count: visits}
  visit_minutes: {sum: minutes, source: visits}
targets:
  sales: {source: quotas, value: quota}
"""

AGENT = """\
language: 1
role: agent
title: Agent
version: 1.0.0
kras:
  - id: results
    title: Results
    weight: 100
    kpis:
      - id: kept
        title: Promises kept
        formula: 100 * kept / due
        direction: higher
        weight: 60
        success_when_empty: false
        score: {bands: [60, 70, 78, 85]}
      - id: sales
        title: Sales
        formula: sold
        direction: higher
        weight: 40
        score: {percent_of_target: {bands: [80, 95, 105, 120]}}
"""

AUDITOR = """\
language: 1
role: auditor
title: Auditor
version: 1.0.0
kras:
  - id: results
    title: Results
    weight: 100
    kpis:
      - {id: visits, title: Visits, formula: visits_made, direction: higher, weight: 70, score: {bands: [1, 2, 3, 4]}}
      - {id: time, title: Time, formula: visit_minutes, direction: higher, weight: 30, score: {bands: [1, 2, 3, 4]}}
"""

PEOPLE = """\
id,name,job,team,from,to
E001,Asha Rao,Agent,West 1,2024-01-01,
E002,अनन्या जोशी,Agent,West 1,2024-01-01,
E003,<script>alert(1)</script>,Agent,West 1,2024-01-01,
../../x,Path Walker,Agent,West 1,2024-01-01,
E005,Olga Overlap,Agent,West 1,2024-01-01,2026-08-31
E005,Olga Overlap,Agent,West 1,2026-08-01,
E006,Uma Unknown,Astronaut,West 1,2024-01-01,
,Nobody Known,Agent,West 1,2024-01-01,
E007,Nan Cell,Agent,West 1,2024-01-01,
E008,Ina Finite,Agent,West 1,2024-01-01,
E009,Nico Negative,Agent,../../../up,2024-01-01,
E010,=1+1,Agent,West 1,2024-01-01,
E011,Ada Auditor,Auditor,West 1,2024-01-01,
E012,Bea Backwards,Agent,West 1,2026-09-01,2026-08-01
"""

ALL_WELL = "70,100,1000"
FIGURES = f"""\
id,kept,due,sold
E001,{ALL_WELL}
E002,{ALL_WELL}
E003,{ALL_WELL}
E005,{ALL_WELL}
E006,{ALL_WELL}
E007,NaN,100,1000
E008,70,100,-inf
E009,{ALL_WELL}
E010,{ALL_WELL}
E099,{ALL_WELL}
"""

QUOTAS = """\
id,quota
E001,1000
E002,1000
E003,1000
E005,1000
E007,1000
E008,1000
E009,-5
E010,1000
"""

VISITS = """\
id,day,duration
E011,2026-07-01,5
E011,2026-08-01,7
E011,31/31/2026,9
"""

FAULTS = {
    "data/figures.csv:7 cell-unreadable": "source 'figures', column 'kept': 'NaN' is not a number, it is not finite",
    "data/figures.csv:8 cell-unreadable": "source 'figures', column 'sold': '-inf' is not a number, it is not finite",
    "data/figures.csv:11 person-unknown": "source 'figures': 1 row is of nobody in 'people' and left out: 'E099'",
    "data/people.csv:5 row-rejected": "source 'people': the row is left out, '../../x' cannot be an id, it holds a",
    "data/people.csv:7 overlapping-assignments": (
        "source 'people': person 'E005' has two jobs on the same days, in data/people.csv:6 and in line 7"
    ),
    "data/people.csv:8 unknown-job-title": (
        "people: job title 'Astronaut' has no role template (person 'E006', line 8)"
    ),
    "data/people.csv:9 row-rejected": "source 'people': the row is left out, it has no person in 'id'",
    "data/people.csv:15 assignment-backwards": (
        "source 'people': person 'E012' ends on 2026-08-01, before the start on 2026-09-01"
    ),
    "data/quotas.csv:8 negative-target": "target 'sales': the target of person 'E009' is negative (-5)",
    "data/visits.csv:1 source-column-missing": "source 'visits': has no column 'minutes'",
    "data/visits.csv:4 row-rejected": "source 'visits': the row is left out, '31/31/2026' is not a date",
}
"""Every fault with its place, and the one sentence about it."""

OUTCOMES = {
    "E001": ("rated", "", 3.2),
    "E002": ("rated", "", 3.2),
    "E003": ("rated", "", 3.2),
    "E005": ("error", "rows_in_doubt", None),
    "E006": ("not_rated", "no_role", None),
    "E007": ("not_rated", "low_coverage", None),
    "E008": ("rated", "", 3.0),
    "E009": ("rated", "", 3.0),
    "E010": ("rated", "", 3.2),
    "E011": ("rated", "", 3.0),
    "E012": ("error", "rows_in_doubt", None),
}
"""What becomes of everybody: who has a fault pays for it alone."""


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The company after its run."""
    company = Company(tmp_path_factory.mktemp("acme") / "inner" / "workspace")
    files = {"people": PEOPLE, "figures": FIGURES, "quotas": QUOTAS, "visits": VISITS}
    company.write("appraise.yaml", SETTINGS)
    company.write("templates/roles/agent.yaml", AGENT)
    company.write("templates/roles/auditor.yaml", AUDITOR)
    for name, text in files.items():
        company.write(f"data/{name}.csv", text)
    return Run(company, run(company.asked()))


def about(problems: tuple[Problem, ...], place: str) -> list[Problem]:
    """The problems at a place with a code."""
    return [problem for problem in problems if told([problem]) == [place]]


def pack_of(acme: Run, person: str) -> pypdf.PdfReader:
    """The pack of a person, wherever it lies."""
    (path,) = (acme.company.out / "packs").rglob(f"{person}.pdf")
    return pypdf.PdfReader(path)


@pytest.mark.parametrize("place", FAULTS)
def test_a_fault_is_told_once_with_its_place_and_its_cure(place: str, acme: Run) -> None:
    """One fault is one problem: the file and the line, a sentence about it, and what to do."""
    (problem,) = about(acme.answer.problems, place)
    assert problem.message.startswith(FAULTS[place])
    assert problem.hint


def test_no_other_problem_is_told(acme: Run) -> None:
    """What is in order, odd as it looks, is no problem."""
    assert sorted(told(acme.answer.problems)) == sorted(FAULTS)


@pytest.mark.parametrize("person", OUTCOMES)
def test_a_fault_costs_those_whom_it_is_about(person: str, acme: Run) -> None:
    """Everybody else is scored as if it were not there."""
    results = pl.read_parquet(acme.company.out / "results.parquet")
    found = results.filter(pl.col("person") == person).select("status", "reason", "overall").unique().rows()
    assert found == [OUTCOMES[person]]


def test_everybody_has_a_trace_and_a_pack(acme: Run) -> None:
    """Also who has no rating gets the pages for the conversation."""
    out = acme.company.out
    assert {path.stem for path in (out / "appraisals").iterdir()} == set(OUTCOMES)
    assert {path.stem for path in (out / "packs").rglob("*.pdf")} == set(OUTCOMES)
    assert acme.answer.packs == len(OUTCOMES)


def test_nothing_is_written_outside_the_run_folder(acme: Run) -> None:
    """An id or a team with `..` in it leads nowhere: one folder is written, and in it names from the ids alone."""
    root = acme.company.root
    around = {path.relative_to(root.parents[1]).as_posix() for path in root.parents[1].rglob("*") if path.is_file()}
    inputs = {"appraise.yaml", "templates/roles/agent.yaml", "templates/roles/auditor.yaml"}
    inputs |= {f"data/{name}.csv" for name in ("people", "figures", "quotas", "visits")}
    written = around - {f"inner/workspace/{name}" for name in inputs}
    teams = {path.name for path in (acme.company.out / "packs").iterdir()}

    assert all(name.startswith("inner/workspace/out/2026-Q3/") for name in written)
    assert len(teams) == 2
    assert "West-1" in teams
    assert not any(".." in team or "/" in team for team in teams)


def test_an_error_says_why_in_trace_and_pack(acme: Run) -> None:
    """Whose rows contradict each other reads which rows in the trace and in the pack."""
    trace = json.loads((acme.company.out / "appraisals" / "E005.json").read_bytes())
    words = " ".join(" ".join(page.extract_text().split()) for page in pack_of(acme, "E005").pages)

    assert [said["code"] for said in trace["problems"]] == ["overlapping-assignments"]
    assert "has two jobs on the same days" in words


@pytest.mark.parametrize(("person", "name"), [("E002", "अनन्या जोशी"), ("E003", "<script>alert(1)</script>")])
def test_a_name_is_text_in_every_script(person: str, name: str, acme: Run) -> None:
    """A name is printed as it is written, be it Devanagari or what a browser would run."""
    pack = pack_of(acme, person)
    trace = json.loads((acme.company.out / "appraisals" / f"{person}.json").read_bytes())

    assert pack.metadata is not None
    assert pack.metadata.title == f"Appraisal of {name}, 2026-Q3"
    assert trace["person"]["name"] == name


def test_a_name_never_becomes_a_formula(acme: Run) -> None:
    """A name that begins with = is a text in the workbook."""
    people = fastexcel.read_excel(acme.company.out / "results.xlsx").load_sheet("People").to_polars()
    assert people.filter(pl.col("person") == "E010")["name"].to_list() == ["=1+1"]


def test_no_number_stands_for_a_cell_that_cannot_be_read(acme: Run) -> None:
    """NaN and inf are missing, never a value, in no file that programs read."""
    trace: dict[str, Any] = json.loads((acme.company.out / "appraisals" / "E007.json").read_bytes())
    (kra,) = trace["segments"][0]["kras"]
    kpis = {kpi["id"]: (kpi["status"], kpi["reason"], kpi["value"], kpi["score"]) for kpi in kra["kpis"]}
    numbers = pl.read_parquet(acme.company.out / "results.parquet").select(pl.selectors.float())

    assert kpis == {"kept": ("no_data", "unreadable", None, None), "sales": ("ok", "", 1000.0, 3.5)}
    assert all(numbers.select(pl.all().is_finite().fill_null(value=True).all()).row(0))


def test_a_row_of_a_log_without_a_day_is_left_out(acme: Run) -> None:
    """The other rows of the same person count."""
    measures = json.loads((acme.company.out / "appraisals" / "E011.json").read_bytes())["segments"][0]["measures"]
    assert [(one["name"], one["value"], one["status"]) for one in measures] == [
        ("visit_minutes", None, "no_data"),
        ("visits_made", 2.0, "ok"),
    ]


def test_the_same_answer_twice(acme: Run, tmp_path: Path) -> None:
    """Problems are no reason to draw again, and a second run says and writes the same."""
    again = acme.company.copied_to(tmp_path / "again")

    answer = run(again.asked())

    assert answer.unchanged == len(OUTCOMES)
    assert answer.problems == acme.answer.problems
    assert again.hashes() == acme.company.hashes()
