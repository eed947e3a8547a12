"""The desk of a published sample shop: people and invoices from SQLite, by statements alone."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from appraise.cli.main import group

SHOP = Path(__file__).parents[2].parent / "shared" / "data" / "chinook" / "Chinook_Sqlite.sqlite"

pytestmark = pytest.mark.skipif(not SHOP.is_file(), reason="the outside data in ../shared/data is not here")

FILES = {
    "appraise.yaml": """
company: Chinook
period: 2024-Q3
people:
  source: people
  columns: {id: EmployeeId, name: LastName, role: Title, manager: ReportsTo, from: HireDate}
  roles: {Sales Support Agent: support_agent}
sources:
  people: {url: "sqlite:///data/shop.sqlite", query: queries/people.sql}
  invoices:
    url: sqlite:///data/shop.sqlite
    query: queries/invoices.sql
    person: SupportRepId
    date: InvoiceDate
measures:
  billed: {sum: Total, source: invoices}
  invoices_written: {count: invoices}
  customers_served: {count_distinct: CustomerId, source: invoices}
""",
    "queries/people.sql": "select EmployeeId, LastName, Title, ReportsTo, HireDate from Employee",
    "queries/invoices.sql": """
select i.InvoiceId, i.CustomerId, c.SupportRepId, i.InvoiceDate, i.Total
from Invoice i join Customer c using (CustomerId)
where date(i.InvoiceDate) between :period_start and :period_end
""",
    "templates/roles/support_agent.yaml": """
language: 1
role: support_agent
title: Support Agent
version: 1.0.0
kras:
  - id: accounts
    title: Accounts
    weight: 100
    kpis:
      - id: invoice_value
        title: Mean value of an invoice
        formula: billed / invoices_written
        direction: higher
        weight: 60
        success_when_empty: false
        score: {bands: [3, 4, 5, 6]}
      - id: customers_served
        title: Customers with an invoice
        formula: customers_served
        direction: higher
        weight: 40
        score: {bands: [2, 4, 6, 8]}
""",
}
BY_HAND = """
select c.SupportRepId, sum(i.Total), count(*), count(distinct i.CustomerId)
from Invoice i join Customer c using (CustomerId)
where i.InvoiceDate >= '2024-07-01' and i.InvoiceDate < '2024-10-01' group by 1
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace over a copy of the database."""
    folder = tmp_path_factory.mktemp("desk") / "w"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "data").mkdir()
    shutil.copyfile(SHOP, folder / "data" / "shop.sqlite")
    return folder


def test_measures_equal_direct_sql(workspace: Path) -> None:
    """Sum, count and distinct customers of the three agents are what the database gives; the others have none."""
    result = CliRunner().invoke(group, ["-w", str(workspace), "measures", "--json"], standalone_mode=False)
    answer = json.loads(result.stdout)
    found = {(line["person"], line["measure"]): line["value"] for line in answer["measures"]}
    with sqlite3.connect(workspace / "data" / "shop.sqlite") as shop:
        rows = shop.execute(BY_HAND).fetchall()
    shop.close()
    assert {problem["code"] for problem in answer["problems"]} == {"unknown-job-title"}
    assert len(rows) == 3
    assert {
        str(person): tuple(found[str(person), name] for name in ("billed", "invoices_written", "customers_served"))
        for person, *_ in rows
    } == {str(person): (pytest.approx(billed), count, customers) for person, billed, count, customers in rows}
    assert found["6", "invoices_written"] == 0


def test_agents_are_rated_and_others_told(workspace: Path) -> None:
    """Three agents have scores; the five others have no template, and the answer says so."""
    result = CliRunner().invoke(group, ["-w", str(workspace), "score", "--json"], standalone_mode=False)
    people = json.loads(result.stdout)["people"]
    assert sorted(person["person"] for person in people if person["status"] == "rated") == ["3", "4", "5"]
    assert {person["reason"] for person in people if person["status"] != "rated"} == {"no_role"}
