"""Months and earlier days in a whole company: results, explanation, trace, pack, and what is read for them."""

from __future__ import annotations

import json
from dataclasses import asdict
from io import StringIO
from typing import TYPE_CHECKING

import polars as pl
import pytest
from companies import Company, begun, told
from rich.console import Console

from appraise.app.appraisals import appraisals_of
from appraise.app.bundled import schema_text
from appraise.app.check import check
from appraise.app.measures import measures
from appraise.app.names import reading_of
from appraise.app.ready import ready
from appraise.app.results import results_table
from appraise.cli.tables import measures_table
from appraise.cli.tree import explanation_tree
from appraise.documents.schema import load_schema, schema_problems
from appraise.documents.text import parse_document
from appraise.model.plain import plain
from appraise.report.context import PackContext
from appraise.report.view import view_of
from appraise.sources.files import files_of

if TYPE_CHECKING:
    from pathlib import Path

    from appraise.model.outcome import Appraisal, KpiScore

TEMPLATE = "templates/roles/tele_collection_agent.yaml"
SAMPLES = {"promises_due": "by_month: mean", "plan_offers_made": "matures_after: 90 days"}


def with_days(folder: Path) -> Company:
    """The collections company with a rate that is a mean of months, calls by the days of months, and a late outcome."""
    company = begun(folder, "collections")
    for measure, key in SAMPLES.items():
        sample = f"        min_sample: {{of: {measure}, at_least: 20}}\n"
        company.edit(TEMPLATE, sample, f"{sample}        {key}\n")
    company.edit(
        TEMPLATE, "formula: dials / dialler_days\n", "formula: dials / available_days\n        by_month: mean\n"
    )
    return company


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """The company; nobody changes it."""
    return with_days(tmp_path_factory.mktemp("days") / "company")


@pytest.fixture(scope="module")
def appraisals(company: Company) -> dict[str, Appraisal]:
    """Everybody of it."""
    return company.appraisals()


def kpi_of(appraisal: Appraisal, name: str) -> KpiScore:
    """A KPI of somebody, by id."""
    return next(kpi for kra in appraisal.segments[0].kras for kpi in kra.kpis if kpi.id == name)


def explained(appraisal: Appraisal, kpi: str) -> str:
    """The explanation of a KPI as text."""
    stream = StringIO()
    Console(file=stream, width=300, highlight=False, markup=False).print(explanation_tree(appraisal, kpi))
    return stream.getvalue()


def test_the_examples_of_the_template_still_come_out(company: Company) -> None:
    """What an example gives holds for every month and for earlier days: check finds nothing wrong."""
    assert [problem.code for problem in check(company.asked(), with_data=False).problems if problem.is_error] == []


def test_both_ways_of_scoring_agree(company: Company) -> None:
    """The table of results, from columns, says of every KPI what the explanations say, from plain numbers."""
    scores, problems = company.scores()
    rows = results_table(scores).filter(pl.col("kpi").is_not_null()).iter_rows(named=True)
    columns = {(row["person"], row["kpi"]): (row["value"], row["kpi_status"], row["score"]) for row in rows}
    numbers = {
        (one.person.id, kpi.id): (kpi.value, str(kpi.status), kpi.score)
        for one in appraisals_of(scores, problems)
        for segment in one.segments
        for kra in segment.kras
        for kpi in kra.kpis
    }
    assert numbers == columns


def test_the_months_are_counted_from_the_files(appraisals: dict[str, Appraisal], company: Company) -> None:
    """Each month's value is the rate of the rows that fell due in it."""
    rows = [line.split(",") for line in company.text("data/promises.csv").splitlines()[1:]]
    own = [(due[:7], status) for person, due, _, _, status in rows if person == "E101"]
    expected = []
    for month in ("2026-07", "2026-08", "2026-09"):
        found = [status for due, status in own if due == month and status in {"kept", "partial", "broken"}]
        expected.append(100 * found.count("kept") / len(found))
    kpi = kpi_of(appraisals["E101"], "promise_kept")
    assert [month.value for month in kpi.months] == expected
    assert kpi.value == round(sum(expected) / 3, 1)


def test_the_explanation_reads_out_months_and_days(appraisals: dict[str, Appraisal]) -> None:
    """HR can read aloud which months make the mean and which days were counted, and sees no internal marks."""
    by_month, late = (explained(appraisals["E101"], name) for name in ("promise_kept", "plan_success"))
    assert "mean of Jul 47.1, Aug 70.6, Sep 77.8\n" in by_month
    assert "Jul: 47.1% = 100 × 8 ÷ 17\n" in by_month
    assert "where status == 'kept', over 1 Jul 2026 – 31 Jul 2026, as of" in by_month
    assert "counted over 2 Apr – 2 Jul 2026, because the outcome is known after 90 days\n" in late
    assert "data/plan_offers.csv, rows 3-47 (45)" in late
    assert not [line for line in (by_month + late).splitlines() if "@" in line or ".." in line]


@pytest.mark.parametrize("kpi", ["promise_kept", "plan_success"])
def test_the_trace_keeps_its_schema(kpi: str, appraisals: dict[str, Appraisal]) -> None:
    """The months, the window and the names with their days are in the published form."""
    whole = load_schema(schema_text("trace"))
    document, _ = parse_document(json.dumps(plain(kpi_of(appraisals["E101"], kpi))), "trace")
    assert document is not None
    schema = {**whole["$defs"]["KpiScore"], "$defs": whole["$defs"]}
    assert [problem.message for problem in schema_problems(document, schema, lambda _: "")] == []


def test_the_trace_has_the_days(appraisals: dict[str, Appraisal]) -> None:
    """A late KPI has its window, a mean of months its months, and no other KPI has either."""
    window = {"start": "2026-04-02", "end": "2026-07-02", "after": "90 days"}
    assert plain(kpi_of(appraisals["E101"], "plan_success").window) == window
    assert [month.month for month in kpi_of(appraisals["E101"], "promise_kept").months] == [
        "2026-M07",
        "2026-M08",
        "2026-M09",
    ]
    other = kpi_of(appraisals["E101"], "call_quality")
    assert (other.window, other.months) == (None, ())


def test_every_input_of_a_month_is_among_the_measures(appraisals: dict[str, Appraisal]) -> None:
    """What a month read can be looked up with its rows."""
    for appraisal in appraisals.values():
        for segment in appraisal.segments:
            known = {measure.name for measure in segment.measures}
            kpis = [kpi for kra in segment.kras for kpi in kra.kpis]
            assert {name for kpi in kpis for month in kpi.months for name in month.inputs} <= known
            assert {name for kpi in kpis for name in kpi.inputs if not name.startswith("target.")} <= known


def test_the_pack_says_the_same_in_words(appraisals: dict[str, Appraisal]) -> None:
    """The employee reads the months and the days; a mark stands nowhere."""
    text = json.dumps(asdict(view_of(appraisals["E101"], PackContext("Meridian"))), default=str, ensure_ascii=False)
    assert "mean of Jul 47.1, Aug 70.6, Sep 77.8" in text
    assert "counted over 2 Apr – 2 Jul 2026, because the outcome is known after 90 days" in text
    assert "45 records over 2 Apr – 2 Jul 2026" in text
    assert "@2026" not in text


def test_the_list_of_measures_names_the_days(company: Company) -> None:
    """A measure of other days has them behind its name on the terminal, and the days of months are no measures."""
    answer = measures(company.asked(people=("E101",)))
    stream = StringIO()
    Console(file=stream, width=300).print(*measures_table(answer))
    assert "promises_due, 1 Jul 2026 – 31 Jul 2026" in stream.getvalue()
    assert "@" not in stream.getvalue()
    assert not [line for line in answer.measures if line.measure.startswith("available_days")]


def test_files_and_databases_are_read_from_the_first_day_that_counts(tmp_path: Path) -> None:
    """With outcomes known after a year a log is read so far back, period by period; a table is not."""
    company = with_days(tmp_path / "company")
    company.edit(TEMPLATE, "matures_after: 90 days", "matures_after: 12 months")
    company.edit("appraise.yaml", "path: data/calls-*.csv", "path: data/calls-{period}.csv")
    for name in ("2026-Q1", "2025-Q4", "2025-Q3", "2025-Q2"):
        company.write(f"data/calls-{name}.csv", company.text("data/calls-2026-Q2.csv"))
    workspace, _ = ready(company.asked())
    assert workspace is not None
    reading = reading_of(workspace.setting, {})
    assert reading.first_day.isoformat() == "2025-07-01"
    assert [file.shown for file in files_of(workspace.setting.workspace.sources["calls"], reading)] == [
        f"data/calls-{name}.csv" for name in ("2026-Q3", "2026-Q2", "2026-Q1", "2025-Q4", "2025-Q3")
    ]


def test_mistakes_are_told_at_their_line(tmp_path: Path) -> None:
    """A time that is none, and a mean of months against a target, are refused with the cure."""
    company = with_days(tmp_path / "company")
    company.edit(TEMPLATE, "matures_after: 90 days", "matures_after: ninety days")
    problems = [problem for problem in check(company.asked(), with_data=False).problems if problem.is_error]
    assert [code.partition(" ")[2] for code in told(problems)] == ["wrong-format"]
    assert problems[0].hint == "write a time in days, weeks or calendar months, like 90 days, 13 weeks or 3 months"


def test_days_that_change_nothing_are_doubted(tmp_path: Path) -> None:
    """A mean of months of a table, and a month against an amount of the period, are warnings at their keys."""
    company = begun(tmp_path / "company", "collections")
    company.edit(TEMPLATE, "formula: dials / dialler_days\n", "formula: audits_listed\n        by_month: mean\n")
    formula = "formula: 100 * callbacks_in_window / callbacks_due\n"
    company.edit(TEMPLATE, formula, "formula: 100 * collected / target.collections\n        by_month: mean\n")
    company.edit("appraise.yaml", "sources:\n", "sources:\n  listed: {path: data/listed.csv, person: employee_id}\n")
    company.write("data/listed.csv", "employee_id,audits_listed\nE101,4\n")
    found = [problem for problem in check(company.asked(), with_data=False).problems if "KPI '" in problem.message]
    codes = {problem.code: problem.message.partition(":")[0] for problem in found if not problem.is_error}
    assert codes["by-month-with-amount"] == "KPI 'callback_adherence'"
    assert codes["no-log-to-count"] == "KPI 'calls_per_day'"
