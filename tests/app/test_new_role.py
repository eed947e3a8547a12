"""Beginning a template from arguments, a pasted text and a table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import polars as pl
import pytest
from companies import Company

from appraise.app.bundled import schema_text
from appraise.app.new_role import Beginning, new_role
from appraise.app.roles import show_role
from appraise.documents.schema import load_schema
from appraise.roles.library import Folder, RoleRequest, load_drafts

if TYPE_CHECKING:
    from pathlib import Path

    from appraise.model.role import Role

PASTED = """\
Save more! 00 Days
Key Responsibility Areas (KRA) & Key Performance Indicators (KPI) for Field Agent

1. Customer Communication

KRA: Talk with customers.

Short Description: Clear and courteous.

  • KPI 1: Average call resolution time
  • KPI 2: Customer satisfaction score

2. Results: money & more

KRA: Collect.
  • Number of visits
  • Number of visits

The author
  • has written many books
3. A chapter of no area
"""


def written(company: Company, beginning: Beginning) -> Role:
    """The template that was begun, which keeps the schema and every rule that needs no data."""
    answer = new_role(company.asked(), beginning)
    assert answer.problems == ()
    folder = Folder(company.root / "templates" / "roles", "")
    drafts, problems = load_drafts(RoleRequest([folder], load_schema(schema_text("role"))))
    assert problems == []
    assert drafts[answer.role].sound
    return drafts[answer.role].role


def test_a_pasted_text(shop: Company, tmp_path: Path) -> None:
    """Numbered areas and bullets become KRAs and KPIs, word for word; what stands around them does not."""
    (tmp_path / "text.txt").write_text(PASTED, "utf-8")

    role = written(shop, Beginning(text=tmp_path / "text.txt"))

    assert (role.id, role.title, role.equal_kras) == ("field_agent", "Field Agent", True)
    assert [(kra.id, kra.title, kra.purpose) for kra in role.kras] == [
        ("customer_communication", "Customer Communication", "Talk with customers. Clear and courteous."),
        ("results_money_more", "Results: money & more", "Collect."),
    ]
    assert [(kpi.id, kpi.title, kpi.unit, kpi.direction.value) for kpi in role.kpis] == [
        ("average_call_resolution_time", "Average call resolution time", "minutes", "lower"),
        ("customer_satisfaction_score", "Customer satisfaction score", "points", "higher"),
        ("number_of_visits", "Number of visits", "count", "higher"),
        ("number_of_visits_2", "Number of visits", "count", "higher"),
    ]


def test_what_was_typed(shop: Company) -> None:
    """Weights, units, directions and bands are taken as they are; those without a weight share what is left."""
    kpis = ("Results > Kept:50 | percent | 60, 70, 78.25, 85", "Results > Errors", 'Care: all > 1st "best" #1 | range')
    beginning = Beginning("clerk", "Clerk: #1", ("Results:70",), kpis)

    role = written(shop, beginning)

    assert (role.title, [(kra.id, str(kra.weight)) for kra in role.kras]) == (
        "Clerk: #1",
        [("results", "70"), ("care_all", "30")],
    )
    assert [(kpi.id, str(kpi.weight), kpi.unit, kpi.decimals, kpi.direction.value) for kpi in role.kpis] == [
        ("kept", "50", "percent", 2, "higher"),
        ("errors", "50", "count", 0, "lower"),
        ("kpi_1st_best_1", "100", "number", 2, "range"),
    ]
    assert show_role(shop.asked(), "clerk").problems == ()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_table(ending: str, shop: Company, tmp_path: Path) -> None:
    """A row for each KPI; a blank area is that of the row above, and parts of 1 are percent."""
    columns = {"KRA": ["Work", None, "Care"], "KRA weight": [0.6, None, 0.4], "KPI": ["A", "B", "C"]}
    columns |= {"weight": [0.25, 0.75, None], "direction": ["lower", "", "higher"], "unit": ["days", "", "points"]}
    columns |= {"b2": [9, None, 1], "b3": [6, None, 2], "b4": [3, None, 3], "b5": [1, None, 4]}
    frame, path = pl.DataFrame(columns), tmp_path / f"table.{ending}"
    if ending == "csv":
        frame.write_csv(path)
    else:
        frame.write_excel(path)

    role = written(shop, Beginning("worker", table=path))

    assert [(kra.title, str(kra.weight), len(kra.kpis)) for kra in role.kras] == [("Work", "60", 2), ("Care", "40", 1)]
    assert [(str(kpi.weight), kpi.unit, kpi.direction.value) for kpi in role.kpis] == [
        ("25", "days", "lower"),
        ("75", "number", "higher"),
        ("100", "points", "higher"),
    ]


def test_every_guess_is_marked(shop: Company) -> None:
    """What was not said is told with its line, and is marked there; what was said is not."""
    kpis = ("Work > Kept | percent | higher | 60, 70, 80, 90", "Work > Time")
    answer = new_role(shop.asked(), Beginning("clerk", kras=("Work",), kpis=kpis))

    lines = shop.text("templates/roles/clerk.yaml").splitlines()
    assert [(lines[todo.line - 1].split(":")[0].strip(), todo.says.split(" ")[0]) for todo in answer.todos] == [
        ("kpis", "all"),
        ("formula", "a"),
        ("formula", "a"),
        ("direction", "unit"),
        ("score", "a"),
        ("# TODO", "add"),
    ]
    assert all(lines[todo.line - 1].endswith(f"# TODO: {todo.says}") for todo in answer.todos)


def test_force_begins_anew(shop: Company) -> None:
    """A template that is there is replaced only where that is said."""
    before = shop.text("templates/roles/agent.yaml")
    assert [one.code for one in new_role(shop.asked(), Beginning("agent", kras=("New",))).problems] == ["role-exists"]
    assert shop.text("templates/roles/agent.yaml") == before
    assert [kra.id for kra in written(shop, Beginning("agent", kras=("New",), force=True)).kras] == ["new"]


@pytest.mark.parametrize(
    ("beginning", "codes"),
    [
        (Beginning("x", kras=("A:60", "B:50")), ["outline-weights"]),
        (Beginning("x", kras=("A:100", "B")), ["outline-weights"]),
        (Beginning("x", kpis=("A > B:-1", "A > C:101")), ["outline-weights"]),
        (Beginning("x", kpis=("no area",)), ["outline-unclear"]),
        (Beginning("x", kpis=("A > B | 1, 2, 3",)), ["outline-unclear"]),
        (Beginning("x", kpis=(" > B",)), ["outline-unclear"]),
        (Beginning(kras=("A",)), ["role-id"]),
    ],
)
def test_what_cannot_be_begun(beginning: Beginning, codes: list[str], shop: Company) -> None:
    """What cannot be understood, or does not add up, is told, and nothing is written."""
    answer = new_role(shop.asked(), beginning)
    assert ([one.code for one in answer.problems], answer.files) == (codes, ())
    assert not (shop.root / "templates/roles/x.yaml").exists()


@pytest.mark.parametrize(
    ("name", "content", "codes"),
    [
        ("t.csv", "kra,kpi,b2\nA,B,12x\n", ["outline-unclear"]),
        ("t.csv", "kra,kpi,b2,b3,b4,b5\nA,B,1,2,,\n", ["outline-unclear"]),
        ("t.csv", "kra,kpi,direction\nA,B,sideways\n", ["outline-unclear"]),
        ("t.csv", "area,kpi\nA,B\n", ["outline-unreadable"]),
        ("t.csv", "kra,kpi\n", ["outline-empty"]),
        ("t.ods", "", ["outline-unreadable"]),
        ("t.xlsx", "no workbook", ["outline-unreadable"]),
    ],
)
def test_tables_that_cannot_be_used(name: str, content: str, codes: list[str], shop: Company, tmp_path: Path) -> None:
    """A table without its columns, or with cells that mean nothing, is told with its file and row."""
    (tmp_path / name).write_text(content, "utf-8")
    answer = new_role(shop.asked(), Beginning("x", table=tmp_path / name))
    assert [one.code for one in answer.problems] == codes
    assert all(one.place.file == str(tmp_path / name) for one in answer.problems)


def test_texts_that_cannot_be_used(shop: Company, tmp_path: Path) -> None:
    """A text without areas, and one that is not there, begin nothing."""
    (tmp_path / "story.txt").write_text("Once upon a time.\n  • there was a bullet\n", "utf-8")
    found = [
        new_role(shop.asked(), Beginning("x", text=tmp_path / name)).problems for name in ("story.txt", "gone.txt")
    ]
    assert [[one.code for one in problems] for problems in found] == [["outline-empty"], ["outline-unreadable"]]


def test_the_founding_texts(shop: Company, checkout: Path) -> None:
    """Both founding texts with areas become templates with ten areas of four KPIs."""
    folder = checkout.parent / "shared" / "seeds"
    texts = [path for path in sorted(folder.glob("*.txt")) if "KRA:" in path.read_text("utf-8")]
    if not texts:
        pytest.skip(f"there are no founding texts in {folder}")
    found = [written(shop, Beginning(text=path)) for path in texts]
    assert [(role.title, [len(kra.kpis) for kra in role.kras]) for role in found] == [
        ("Tele Collection Agent", [4] * 10),
        ("Collection Representative", [4] * 10),
    ]
    assert json.dumps([kpi.title for kpi in found[1].kpis][:1]) == '["Percentage of accounts with timely payments"]'
