"""The files as their description shows them: its examples can be taken over word for word."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from appraise.app.check import check

if TYPE_CHECKING:
    from companies import Company

FORMATS = Path(__file__).parents[2].parent / "shared" / "FORMATS.md"
LATER = re.compile(r"^  ledger:\n(    .*\n)+", re.MULTILINE)
"""The source in a database, which is not available yet."""

PEOPLE = (
    "employee_id,full_name,designation,manager_id,team,site,from_date,to_date,fte,"
    "department,region,grade,jurisdiction,dialler_login\n"
)

pytestmark = pytest.mark.skipif(not FORMATS.is_file(), reason="the description of the formats is not there")


def shown() -> tuple[str, str]:
    """The workspace and the role template of the description."""
    workspace, role = re.findall(r"^```yaml\n(.*?)^```", FORMATS.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return LATER.sub("", workspace), role


def codes(company: Company, file: str) -> set[str]:
    """The codes of the errors that a check tells of a file."""
    problems = check(company.asked(), with_data=False).problems
    return {problem.code for problem in problems if problem.is_error and problem.place.file == file}


def test_every_key_of_the_workspace_is_understood(shop: Company) -> None:
    """Only the sources, files and plugin that the example leaves to the reader are not there."""
    shop.write("appraise.yaml", shown()[0])
    shop.write("data/holidays.csv", "date,name,site\n2026-10-02,Gandhi Jayanti,\n")
    shop.write("data/people.csv", PEOPLE)

    assert codes(shop, "appraise.yaml") <= {"unknown-source", "source-missing", "plugin-missing"}


def test_the_template_and_its_worked_example_hold(shop: Company) -> None:
    """With the KRAs that bring the weights to 100 and the paired KPI left out, its own example comes out."""
    template = shown()[1].replace("    weight: 25\n", "    weight: 100\n")
    left_out = ("extends: collections_base", "pair_with: plan_default_rate")
    template = "".join(line for line in template.splitlines(keepends=True) if not line.strip().startswith(left_out))
    shop.write("templates/roles/tele_collection_agent.yaml", template)
    names = ("collected", "promises_kept", "promises_due", "calls_made", "violations_confirmed", "trainees")
    shop.write("data/people.csv", f"id,name,jurisdiction,{','.join(names)}\nE1,Asha,IN,1,1,1,1,1,1\n")
    shop.write("data/targets.csv", "id,amount\nE1,100000\n")
    shop.write(
        "appraise.yaml",
        "company: Meridian\nperiod: 2026-Q3\n"
        "people: {source: people, everyone_is: tele_collection_agent, attributes: [jurisdiction]}\n"
        "sources: {people: data/people.csv, goals: {path: data/targets.csv, person: id}}\n"
        "targets: {sales: {source: goals, value: amount}}\n",
    )

    assert codes(shop, "templates/roles/tele_collection_agent.yaml") == set()
