"""Walking a result back: from the overall to the lines of the files that were counted."""

from __future__ import annotations

import csv
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from companies import told

from appraise.app.explain import explain
from appraise.app.trace import trace_of
from appraise.model.errors import UnknownPerson

if TYPE_CHECKING:
    from companies import Company, Run

    from appraise.model.outcome import Appraisal, Measure

COUNTED = {
    "collected": ("data/payments.csv", "amount", "employee_id"),
    "demand_due": ("data/demand.csv", "demand", "employee_id"),
    "prev.collected": ("data/payments.csv", "amount", "employee_id"),
    "promises_due": ("data/promises.csv", None, "employee_id"),
    "promises_kept": ("data/promises.csv", None, "employee_id"),
    "dials": ("data/dialler.csv", "Dials", "Agent"),
    "certificates_valid": ("data/certificates.csv", None, "employee_id"),
    "survey_answers_good": ("data/surveys.csv", None, "employee_id"),
}
"""Measures that are a count of rows or a sum of a column, with the file, the column and that of the person."""


@pytest.fixture(scope="module")
def appraisals(meridian: Company) -> dict[str, Appraisal]:
    """Everybody of the collections company."""
    return meridian.appraisals()


def lines_of(measure: Measure) -> list[tuple[str, int]]:
    """The rows a measure used as file and line."""
    found = []
    for used in measure.used:
        for part in used.rows.split(","):
            first, _, last = part.partition("-")
            found += [(used.file, line) for line in range(int(first), int(last or first) + 1)]
    return found


def rows_of(company: Company, file: str) -> dict[int, dict[str, str]]:
    """The rows of a CSV file by their line."""
    return dict(enumerate(csv.DictReader(company.text(file).splitlines()), start=2))


@pytest.mark.parametrize("name", COUNTED)
def test_the_named_rows_make_the_number(name: str, meridian: Company, appraisals: dict[str, Appraisal]) -> None:
    """Somebody who opens the file and adds up the lines that an explanation names gets its number."""
    file, column, owner = COUNTED[name]
    rows, logins = rows_of(meridian, file), {}
    for row in rows_of(meridian, "data/people.csv").values():
        logins[row["employee_id"]] = {row["employee_id"], row["dialler_login"]}
    checked = Counter[str]()
    for person, appraisal in appraisals.items():
        for measure in (one for segment in appraisal.segments for one in segment.measures if one.name == name):
            lines = lines_of(measure)
            theirs = [rows[line] for _, line in lines]
            assert {used for used, _ in lines} <= {file}
            assert {row[owner] for row in theirs} <= logins[person]
            total = len(theirs) if column is None else sum(float(row[column]) for row in theirs)
            assert (total, len(lines), len(set(lines))) == (measure.value or 0, measure.rows, measure.rows)
            checked[person] += len(lines) > 0
    assert len(checked) == 38
    assert sum(checked.values()) >= 35


def test_every_number_of_a_formula_is_explained(appraisals: dict[str, Appraisal]) -> None:
    """Each input of a KPI or a gate stands once among the measures, with a value or the reason why there is none."""
    for appraisal in appraisals.values():
        for segment in appraisal.segments:
            named = Counter(measure.name for measure in segment.measures)
            inputs = {name for kra in segment.kras for kpi in kra.kpis for name in kpi.inputs}
            inputs |= {name for gate in segment.gates for name in gate.inputs}
            assert set(named.values()) == {1}
            assert {name.removeprefix("team.") for name in inputs} <= {name.removeprefix("team.") for name in named}
            assert all((one.value is None) == (one.status != "ok") for one in segment.measures)


def test_the_rows_of_a_team_are_those_of_its_members(meridian: Company, appraisals: dict[str, Appraisal]) -> None:
    """A lead's team measure names the rows of everybody in the team."""
    measures = {one.name: one for one in appraisals["E001"].segments[0].measures}
    collected = measures["team.collected"]
    payments, team = rows_of(meridian, "data/payments.csv"), {f"E{number}" for number in range(101, 114)}
    theirs = [payments[line] for _, line in lines_of(collected)]

    assert {row["employee_id"] for row in theirs} == team - {"E105"}
    assert sum(float(row["amount"]) for row in theirs) == collected.value


def test_the_single_spreadsheet_is_named_with_its_line(shop_run: Run) -> None:
    """A column of the one spreadsheet comes from one line of it."""
    measures = shop_run.company.appraisals()["E003"].segments[0].measures
    assert {(one.name, tuple(lines_of(one))) for one in measures} == {
        (name, (("data/people.csv", 4),)) for name in ("audit_score", "calls_made", "promises_due", "promises_kept")
    }


def test_steps_give_the_value(appraisals: dict[str, Appraisal]) -> None:
    """The last step of a formula is the KPI's value before it is rounded to its decimals."""
    kpis = [kpi for one in appraisals.values() for segment in one.segments for kra in segment.kras for kpi in kra.kpis]
    scored = [kpi for kpi in kpis if kpi.status == "ok"]

    for kpi in scored:
        (step,) = kpi.steps
        assert step.text == kpi.formula
        assert step.value == pytest.approx(kpi.value, abs=0.501 * 10**-kpi.decimals)
    assert len(scored) > 400


def test_the_way_to_the_next_band(appraisals: dict[str, Appraisal]) -> None:
    """Whoever is below the best band reads where the next one starts and how far it is; the best has none."""
    for appraisal in appraisals.values():
        for kpi in (kpi for segment in appraisal.segments for kra in segment.kras for kpi in kra.kpis):
            if kpi.status != "ok" or kpi.monitor or kpi.band is None:
                continue
            assert (kpi.next_band is None) == (kpi.band == 5)
            if kpi.next_band is not None:
                assert kpi.next_band.band == kpi.band + 1
                assert kpi.next_band.gap > 0
                assert kpi.next_band.says


def test_an_explanation_is_the_trace_of_the_run(shop_run: Run) -> None:
    """`explain` answers what the run has written for the person."""
    answer = explain(shop_run.company.asked(), "E004")

    assert answer.problems == ()
    assert answer.appraisal is not None
    assert trace_of(answer.appraisal) == json.loads((shop_run.company.out / "appraisals" / "E004.json").read_bytes())


@pytest.mark.parametrize(
    ("person", "hint"),
    [("E0101", "did you mean 'E101'?"), ("nobody", "see 'appraise score' for everybody's id"), ("E900", None)],
    ids=["misspelt", "unlike any", "not appraised"],
)
def test_an_unknown_person_ends_the_request(person: str, hint: str | None, meridian: Company) -> None:
    """An id that nobody who is appraised has is answered with the one that was probably meant."""
    with pytest.raises(UnknownPerson) as refused:
        explain(meridian.asked(), person)

    (problem,) = refused.value.problems
    assert (problem.place.file, problem.code) == ("data/people.csv", "unknown-person")
    assert problem.message.startswith(f"nobody with the id '{person}' is appraised in 2026-Q3")
    assert hint in {None, problem.hint}


def test_only_the_problems_of_the_person_are_told(shop: Company) -> None:
    """A problem of somebody else is not part of the explanation, one of nobody in particular is."""
    shop.edit("data/people.csv", "1210,12,9", "1210,x,9")
    shop.edit("data/people.csv", "2010,71", "2010,y")

    assert told(explain(shop.asked(), "E005").problems) == ["data/people.csv:6 cell-unreadable"]
    assert told(explain(shop.asked(), "E002").problems) == []


def test_no_explanation_without_rules(shop: Company) -> None:
    """Where appraise.yaml has a mistake there is nothing to walk back, and the mistake is the answer."""
    shop.edit("appraise.yaml", "source: people\n", "source: peple\n")
    answer: Any = explain(shop.asked(), "E002")
    assert (told(answer.problems), answer.appraisal) == (["appraise.yaml:16 unknown-source"], None)
