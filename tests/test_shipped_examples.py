"""The companies that ship as examples: drawn anew they are the same, they are sound, and real life is in them."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from appraise.app.appraisals import appraisals_of
from appraise.app.asked import Asked
from appraise.app.beginning import begin, example_names
from appraise.app.check import check
from appraise.app.examples import example_results
from appraise.app.pipeline import scores_of
from appraise.app.ready import ready
from appraise.app.setting import opened

if TYPE_CHECKING:
    from appraise.model.outcome import Appraisal, KpiScore

EXAMPLES = Path(__file__).parents[1] / "templates" / "examples"
NOW = datetime(2026, 10, 5, tzinfo=UTC)
THREE_MEGABYTES = 3_000_000


def drawn(checkout: Path, name: str, target: Path) -> None:
    """Run a script of the repository that draws data into a folder or a file."""
    subprocess.run([sys.executable, checkout / "scripts" / name, target], check=True, timeout=120)


def bytes_in(folder: Path) -> dict[str, bytes]:
    """The files of a folder by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def appraisals() -> dict[str, Appraisal]:
    """Everybody of the collections company in its third quarter."""
    workspace, problems = ready(Asked(EXAMPLES / "collections", NOW))
    assert workspace is not None, problems
    scores, found = scores_of(workspace)
    return {one.person.id: one for one in appraisals_of(scores, [*problems, *found])}


def kpis_of(appraisal: Appraisal) -> list[KpiScore]:
    """All KPIs of a person."""
    return [kpi for segment in appraisal.segments for kra in segment.kras for kpi in kra.kpis]


def test_the_collections_company_is_drawn_the_same(checkout: Path, tmp_path: Path) -> None:
    """Drawing the data again gives the committed bytes, workbooks too."""
    drawn(checkout, "make_example.py", tmp_path / "data")
    assert bytes_in(tmp_path / "data") == bytes_in(EXAMPLES / "collections" / "data")


def test_the_call_centre_is_drawn_the_same(checkout: Path, tmp_path: Path) -> None:
    """Drawing the workbook again gives the committed bytes."""
    drawn(checkout, "make_call_centre.py", tmp_path / "calls.xlsx")
    assert (tmp_path / "calls.xlsx").read_bytes() == (EXAMPLES / "call_centre" / "data" / "calls.xlsx").read_bytes()


@pytest.mark.parametrize("example", example_names())
def test_an_example_is_small(example: str) -> None:
    """An example ships in every wheel: it stays below three megabytes."""
    assert sum(path.stat().st_size for path in (EXAMPLES / example).rglob("*") if path.is_file()) < THREE_MEGABYTES


@pytest.mark.parametrize("example", example_names())
def test_an_example_has_no_problem_at_all(example: str, tmp_path: Path) -> None:
    """A new user who begins with an example and checks it, with every value, sees no error and no warning."""
    assert begin(tmp_path / "w", example).problems == ()

    answer = check(Asked(tmp_path / "w", NOW), with_data=True)

    assert answer.problems == ()
    assert answer.people


def test_the_examples_of_the_companys_templates_come_out(checkout: Path) -> None:
    """The shipped role templates of the company are checked by their worked examples, with what it has."""
    setting, problems = opened(Asked(EXAMPLES / "collections", NOW))
    assert setting is not None
    shipped = {path.stem for path in (checkout / "templates" / "roles").glob("*.yaml")}

    assert problems == []
    assert set(setting.assigned) < shipped
    for role in setting.assigned.values():
        assert role.examples != ()
        assert example_results(role, setting) == []


def test_the_company_is_of_the_promised_size(appraisals: dict[str, Appraisal]) -> None:
    """Forty-one people in three teams with a lead each, on a template of fourteen KPIs and one for leads."""
    teams = Counter(one.person.team for one in appraisals.values())
    roles = Counter(one.segments[0].role for one in appraisals.values())
    leads = [one.person for one in appraisals.values() if one.segments[0].role == "collection_process_lead"]

    assert teams == {"West 1": 14, "South 1": 14, "North 1": 13}
    assert roles == {"tele_collection_agent": 38, "collection_process_lead": 3}
    assert {lead.team for lead in leads} == set(teams)
    assert len(kpis_of(appraisals["E101"])) == 14


def test_somebody_was_there_on_too_few_days(appraisals: dict[str, Appraisal]) -> None:
    """One joined in September and one was away the whole quarter: both get a conversation and no rating."""
    found = {one.person.id: (one.status, one.reason) for one in appraisals.values() if one.status != "rated"}
    assert found == {"E105": ("not_rated", "too_new"), "E109": ("not_rated", "too_new")}
    assert appraisals["E105"].person.available_days == 0
    assert 0 < appraisals["E109"].person.available_days < 30


def test_somebody_had_nothing_to_do_of_a_kind(appraisals: dict[str, Appraisal]) -> None:
    """An agent without promises that fell due is not scored on them, and is rated all the same."""
    (kept,) = (kpi for kpi in kpis_of(appraisals["E112"]) if kpi.id == "promise_kept")
    assert (kept.status, kept.value, kept.score) == ("zero_denominator", None, None)
    assert appraisals["E112"].status == "rated"


def test_somebody_has_too_few_cases(appraisals: dict[str, Appraisal]) -> None:
    """A small sample has a value that is shown and no score."""
    small = [
        (one.person.id, kpi.id, kpi.value is not None, kpi.score, kpi.shown != "")
        for one in appraisals.values()
        for kpi in kpis_of(one)
        if kpi.status == "insufficient_sample" and one.status == "rated"
    ]
    assert ("E121", "call_quality", True, None, True) in small
    assert {line[2:] for line in small} == {(True, None, True)}


def test_somebody_broke_a_rule(appraisals: dict[str, Appraisal]) -> None:
    """A confirmed violation and a certificate that ran out cap two good ratings; an allegation caps nobody."""
    capped = {one.person.id: (one.capped_by, one.overall, one.label) for one in appraisals.values() if one.capped_by}

    assert capped == {"E108": ("zero_violations", 2.0, "Needs improvement"), "E119": ("dra_certificate", 3.0, "Meets")}
    assert all((appraisals[person].uncapped or 0) > 3.5 for person in capped)
    assert appraisals["E122"].capped_by == ""


def test_ratings_are_spread(appraisals: dict[str, Appraisal]) -> None:
    """The company has ordinary, strong and weak quarters in it, not one grade for all."""
    labels = Counter(one.label for one in appraisals.values() if one.status == "rated")
    assert len(labels) >= 3
    assert max(labels.values()) < 30


def test_cells_are_blank_here_and_there() -> None:
    """Logs have blank cells and the marks that people put for them."""
    blanks = Counter[str]()
    for path in sorted((EXAMPLES / "collections" / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            blanks[path.stem] += sum(value in {"", "?", "-"} for row in csv.reader(file) for value in row)
    assert {name for name, count in blanks.items() if count} >= {"calls-2026-Q3", "dialler", "surveys", "targets"}


def test_a_pause_is_counted(appraisals: dict[str, Appraisal]) -> None:
    """Leave and part time lower the days that somebody was available, not the days that the company worked."""
    days = {person: (one.person.working_days, one.person.available_days) for person, one in appraisals.items()}
    assert days["E101"][0] == days["E101"][1]
    assert days["E113"][1] < days["E113"][0] == days["E101"][0]
    assert days["E126"][1] == pytest.approx(0.6 * days["E126"][0])
