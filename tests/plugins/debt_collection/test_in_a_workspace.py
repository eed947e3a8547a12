"""The metrics in a workspace: counted, scored, explained and printed, each with its definition id."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

from appraise.app.asked import Asked
from appraise.app.pipeline import scores_of
from appraise.app.ready import ready
from appraise.app.results import results_table
from appraise.cli.main import group

DESKS = Path(__file__).parent / "desks"
SHARED = Path(__file__).parents[3].parent / "shared" / "data"


def asked(workspace: Path, *words: str) -> str:
    """What a command prints about a workspace."""
    result = CliRunner().invoke(group, ["-w", str(workspace), *words], standalone_mode=False)
    assert result.exception is None, result.output
    return result.stdout


def answer(workspace: Path, *words: str) -> dict[str, Any]:
    """The JSON answer of a command."""
    told: dict[str, Any] = json.loads(asked(workspace, *words, "--json"))
    return told


def figures(workspace: Path, *words: str) -> dict[tuple[str, str], dict[str, Any]]:
    """What was counted, by person and measure; nothing is wrong with the workspace."""
    told = answer(workspace, "measures", *words)
    assert told["problems"] == []
    return {(line["person"], line["measure"]): line for line in told["measures"]}


@pytest.fixture
def desks(tmp_path: Path) -> Path:
    """A copy of the two desks."""
    return Path(shutil.copytree(DESKS, tmp_path / "desks"))


def test_the_workspace_has_no_mistake() -> None:
    """The rules of the two desks fit the metrics and the headings of the files."""
    assert answer(DESKS, "check")["problems"] == []


@pytest.mark.parametrize(
    ("person", "measure", "value", "definition_id"),
    [
        ("101", "dso", 300 * 92 / 600, "dso.closing.v1"),
        ("102", "dso", 420 * 92 / 920, "dso.closing.v1"),
        ("101", "cei", 100 * 700 / 900, "cei.standard.v1"),
        ("102", "cei", 100.0, "cei.standard.v1"),
        ("101", "company.dso", 720 * 92 / 1520, "dso.closing.v1"),
        ("101", "company.cei", 100 * 1700 / 1900, "cei.standard.v1"),
        ("101", "promises_due", 5.0, "promise_due.count.v1"),
        ("101", "kept", 60.0, "promise_kept.count.v1"),
        ("102", "kept", 100.0, "promise_kept.count.v1"),
        ("101", "promises_per_call", 50.0, "call_to_promise.right_party.v1"),
        ("102", "promises_per_call", None, "call_to_promise.right_party.v1"),
    ],
)
def test_figures_and_their_definitions(person: str, measure: str, value: float | None, definition_id: str) -> None:
    """Each figure comes with its definition; that of the company is made of all rows, never a mean of the desks'."""
    found = figures(DESKS)[person, measure]
    assert found["value"] == (None if value is None else pytest.approx(value, abs=1e-9))
    assert found["definition_id"] == definition_id


def test_the_trace_has_the_definition() -> None:
    """A KPI has the ids of the figures in its formula, and each figure its own."""
    segment = answer(DESKS, "explain", "101")["segments"][0]
    kpis = {kpi["id"]: kpi["definition_id"] for kra in segment["kras"] for kpi in kra["kpis"]}
    measures = {measure["name"]: measure["definition_id"] for measure in segment["measures"]}
    assert kpis == {
        "dso": "dso.closing.v1",
        "company_dso": "dso.closing.v1",
        "dso_to_terms": "dso.closing.v1",
        "cei": "cei.standard.v1",
        "company_cei": "cei.standard.v1",
        "kept": "promise_kept.count.v1",
        "promises_per_call": "call_to_promise.right_party.v1",
    }
    assert measures["company.cei"] == "cei.standard.v1"


def test_the_tables_of_results_have_the_definition() -> None:
    """Programs and people who read the results find the id beside the value."""
    workspace, _ = ready(Asked(DESKS, now=datetime(2026, 10, 5, tzinfo=UTC)))
    assert workspace is not None
    rows = results_table(scores_of(workspace)[0]).filter(pl.col("person") == "101")
    assert dict(rows.select("kpi", "definition_id").iter_rows())["dso_to_terms"] == "dso.closing.v1"


def test_the_explanation_says_what_the_figure_means() -> None:
    """The terminal names the definition, the options in force and the rows that lack something."""
    said = " ".join(asked(DESKS, "explain", "102").replace("│", " ").split())
    assert "definition: promise_kept.count.v1" in said
    assert "kept = 100: Promises that fell due in the period and were paid in full within the days of grace" in said
    assert "from promises, grace days 2, freeze days 5, 1 left out for a blank cell" in said


def test_the_pack_prints_the_definition(desks: Path) -> None:
    """A pack says beside the working which definition the figure follows."""
    asked(desks, "report", "101", "--page")
    page = next((desks / "out").rglob("*.html")).read_text(encoding="utf-8")
    assert "definition cei.standard.v1" in page


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("grace_days: 2", "grace_dayz: 2", ("measure-option-unknown", "did you mean 'grace_days'?")),
        ("grace_days: 2", "grace_days: two", ("measure-option-kind", "write it like the default, 2")),
        ("{amount: InvoiceAmount, invoiced_on", "{sum: InvoiceAmount, invoiced_on", ("measure-column-unknown", "")),
        ("custom: dso_closing", "custom: dso_close", ("unknown-custom-measure", "did you mean 'dso_closing'?")),
        ("custom: dso_closing", "sum: InvoiceAmount", ("measure-not-custom", "")),
        ("paid: amount_paid", "paid: amount_payed", ("source-column-missing", "did you mean 'amount_paid'?")),
    ],
    ids=["option", "kind of an option", "column of the plugin", "measure", "no plugin's measure", "column of the file"],
)
def test_mistakes_are_told_with_their_cure(desks: Path, old: str, new: str, problem: tuple[str, str]) -> None:
    """A check finds what does not fit between the workspace and the metric, before any data is read."""
    rules = desks / "appraise.yaml"
    rules.write_text(rules.read_text("utf-8").replace(old, new, 1), "utf-8")
    result = CliRunner().invoke(group, ["-w", str(desks), "check", "--json"], standalone_mode=False)
    told = [(found["code"], found["hint"]) for found in json.loads(result.stdout)["problems"]]
    assert any(code == problem[0] and problem[1] in hint for code, hint in told), told


@pytest.mark.skipif(not SHARED.is_dir(), reason="the outside data in ../shared/data is not here")
def test_outside_invoices_give_the_figures_computed_by_others(desks: Path) -> None:
    """2,466 invoices of five desks: every DSO and CEI of every quarter is that of the reference."""
    reference = json.loads((SHARED / "reference_results.json").read_text(encoding="utf-8"))["ibm_ar"]
    shutil.copyfile(SHARED / "receivables" / "invoices.csv", desks / "data" / "invoices.csv")
    names = sorted({key.split()[0] for key in reference} - {"ALL"})
    people = ["desk,name,since", *(f"{name},Desk {name},2010-01-01" for name in names)]
    (desks / "data" / "people.csv").write_text("\n".join(people) + "\n", encoding="utf-8")
    for name in ("promises", "calls"):
        lines = (desks / "data" / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        (desks / "data" / f"{name}.csv").write_text(lines[0] + "\n", encoding="utf-8")
    ends = sorted({key.split()[1] for key in reference})
    of_quarter = {end: figures(desks, "--period", f"{end[:4]}-Q{int(end[5:7]) // 3}") for end in ends}
    for key, expected in reference.items():
        who, end = key.split()
        found = of_quarter[end]
        for metric in ("cei", "dso"):
            whose = (names[0], f"company.{metric}") if who == "ALL" else (who, metric)
            assert round(found[whose]["value"], 4) == expected[metric], key
