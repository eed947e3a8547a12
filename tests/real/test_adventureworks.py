"""Sales people of a published sample company: a second field, by a workspace and templates alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from appraise.cli.main import group

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
COMPANY = SHARED / "adventureworks"
TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorials" / "sales.md"

pytestmark = pytest.mark.skipif(not COMPANY.is_dir(), reason="the outside data in ../shared/data is not here")

WORKSPACE = """
company: Adventure Works
people:
  source: people
  where: department == 'Sales'
  columns: {id: employee_key, name: name, role: title, manager: manager_key, from: start_date, to: end_date}
  roles:
    Sales Representative: seller
    Vice President of Sales: seller
    North American Sales Manager: sales_manager
    European Sales Manager: sales_manager
    Pacific Sales Manager: sales_manager
sources:
  people:
    path: data/DimEmployee.csv
    header_row: none
    where: missing(end_date)
    columns:
      employee_key: column_2
      manager_key: column_3
      national_id: column_4
      title: column_11
      name: column_18
      department: column_28
      start_date: column_29
      end_date: column_30
  orders: {path: data/FactResellerSales.csv, person: EmployeeKey, date: OrderDate, missing_marks: ["NULL"]}
  monthly_targets:
    path: data/ResellerSalesTargets.csv
    person: {column: EmployeeID, matches: national_id}
    months_in_columns:
      year: Year
      months: [M01, M02, M03, M04, M05, M06, M07, M08, M09, M10, M11, M12]
      value: thousands
    missing_marks: ["-"]
measures:
  sold: {sum: SalesAmount, source: orders, unit: dollars}
targets:
  sold: {source: monthly_targets, value: thousands * 1000, per: month}
"""

HISTORY = """
company: Adventure Works
period: 2020
people:
  source: people
  columns: {id: employee, role: department, from: start_day, to: end_day}
  everyone_is: seller
sources:
  people:
    path: data/oltp/EmployeeDepartmentHistory.csv
    header_row: none
    separator: "\\t"
    columns: {employee: column_1, department: column_2, start_day: column_4, end_day: column_5}
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outside files, with the templates of the tutorial."""
    folder = tmp_path_factory.mktemp("sales") / "w"
    shutil.copytree(COMPANY, folder / "data")
    (folder / "templates" / "roles").mkdir(parents=True)
    (folder / "appraise.yaml").write_text(WORKSPACE, encoding="utf-8")
    page = TUTORIAL.read_text(encoding="utf-8")
    for role in ("seller", "sales_manager"):
        name = f"templates/roles/{role}.yaml"
        text = page.split(f"`{name}`:\n\n```yaml\n", 1)[1].split("```", 1)[0]
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def asked(workspace: Path, period: str, *words: str) -> dict[str, Any]:
    """The JSON answer of a command about a period, which finds nothing wrong."""
    everything = ["-w", str(workspace), "--period", period, *words, "--json"]
    result = CliRunner().invoke(group, everything, standalone_mode=False)
    assert result.exception is None, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    assert answer["problems"] == []
    return answer


def names(workspace: Path) -> dict[str, str]:
    """The people's names by their id, from the file itself."""
    lines = (workspace / "data" / "DimEmployee.csv").read_text(encoding="utf-8").splitlines()
    return {cells[1]: cells[17] for cells in (line.split("|") for line in lines)}


@pytest.mark.parametrize("quarter", ["Q1", "Q2", "Q3", "Q4"])
def test_targets_and_actuals_are_those_computed_by_others(workspace: Path, quarter: str) -> None:
    """Who has a target has the target and the sales of the reference, and nobody else has one."""
    known = names(workspace)
    reference = json.loads((SHARED / "reference_results.json").read_text(encoding="utf-8"))
    wanted = {
        key.removesuffix(f" 2018{quarter}"): (figures["target"], figures["actual"])
        for key, figures in reference["adventureworks_quarter_attainment"].items()
        if key.endswith(f"2018{quarter}")
    }
    answer = asked(workspace, f"2018-{quarter}", "measures")
    found = {(line["person"], line["measure"]): line["value"] for line in answer["measures"]}
    targets = {person: value for (person, name), value in found.items() if name == "target.sold" and value is not None}
    assert {known[person]: (value, round(found[person, "sold"], 2)) for person, value in targets.items()} == wanted


def test_attainment_is_that_computed_by_others(workspace: Path) -> None:
    """The KPI of every seller is the reference's ratio, in percent."""
    known = names(workspace)
    reference = json.loads((SHARED / "reference_results.json").read_text(encoding="utf-8"))
    wanted = reference["adventureworks_quarter_attainment"]
    kpis = {
        known[person["person"]]: kpi
        for person in asked(workspace, "2018-Q3", "score")["people"]
        for segment in person["segments"]
        for kra in segment["kras"]
        for kpi in kra["kpis"]
        if kpi["id"] == "attainment" and kpi["value"] is not None
    }
    assert len(kpis) == 13
    assert {name: round(kpi["value"] / 100, 4) for name, kpi in kpis.items()} == {
        name: wanted[f"{name} 2018Q3"]["att"] for name in kpis
    }


def test_a_manager_has_the_figure_of_the_people_who_report(workspace: Path) -> None:
    """The European manager's team has the sales and targets of its representatives together."""
    answer = asked(workspace, "2018-Q3", "measures")
    found = {(line["person"], line["measure"]): line["value"] for line in answer["measures"]}
    reports = ("291", "292", "295")
    assert found["290", "team.sold"] == pytest.approx(sum(found[person, "sold"] for person in reports))


def test_history_rows_are_stretches_of_one_person(workspace: Path, tmp_path: Path) -> None:
    """296 rows of departments held from and to are 290 people."""
    folder = tmp_path / "w"
    shutil.copytree(workspace, folder)
    (folder / "appraise.yaml").write_text(HISTORY, encoding="utf-8")
    answer = CliRunner().invoke(group, ["-w", str(folder), "sources", "list", "--json"], standalone_mode=False)
    (people,) = json.loads(answer.stdout)["sources"]
    scored = CliRunner().invoke(group, ["-w", str(folder), "score", "--json"], standalone_mode=False)
    ever = {line["person"] for line in json.loads(scored.stdout)["people"]}
    assert (people["rows"], len(ever)) == (296, 290)
