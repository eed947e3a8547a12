"""The tutorials can be typed in: their blocks make a workspace, and it gives the figures that they print."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from appraise.cli.main import group

TUTORIALS = Path(__file__).parents[1] / "docs" / "tutorials"
BLOCK = re.compile(r"^`([^`\n]+)`:\n\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)
ENCODINGS = {"data/targets.csv": "utf-16"}
SELLERS = {"1": "Nora Ibsen", "2": "Oskar Lund", "3": "Petra Quist", "4": "Rune Salin", "5": "Tove Urban"}
STAFF = {"1": "Ada Moreau", "2": "Bilal Nasser", "3": "Carla Ortiz"}


def typed_in(tutorial: str, folder: Path) -> Path:
    """The workspace that a reader of the tutorial has at its end."""
    page = (TUTORIALS / f"{tutorial}.md").read_text(encoding="utf-8")
    for name, text in BLOCK.findall(page):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding=ENCODINGS.get(name, "utf-8"))
    if (folder / "shop.sql").is_file():
        (folder / "data").mkdir()
        with sqlite3.connect(folder / "data" / "shop.sqlite") as shop:
            shop.executescript((folder / "shop.sql").read_text(encoding="utf-8"))
        shop.close()
    return folder


def asked(workspace: Path, *words: str) -> dict[str, Any]:
    """The JSON answer of a command, which finds nothing wrong."""
    result = CliRunner().invoke(group, ["-w", str(workspace), *words, "--json"], standalone_mode=False)
    assert result.exception is None, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    assert answer["problems"] == []
    return answer


def figures(workspace: Path) -> dict[tuple[str, str], float | None]:
    """Every measure by person and name."""
    return {(line["person"], line["measure"]): line["value"] for line in asked(workspace, "measures")["measures"]}


def table(tutorial: str) -> list[list[str]]:
    """The rows of the tutorial's table of results."""
    page = (TUTORIALS / f"{tutorial}.md").read_text(encoding="utf-8")
    rows = [line.strip("|").split("|") for line in page.splitlines() if line.startswith("| ")]
    return [[cell.strip().replace(",", "") for cell in row] for row in rows[1:]]


def test_the_tutorial_of_sales_gives_what_it_prints(tmp_path: Path) -> None:
    """Sold, target, percent and score of three sellers and two managers are those of the tutorial's table."""
    workspace = typed_in("sales", tmp_path)
    asked(workspace, "check", "--data")
    found, scores = figures(workspace), asked(workspace, "score")["people"]
    overall = {SELLERS[line["person"]]: (line["person"], line["overall"]) for line in scores}
    for who, sold, target, percent, score in table("sales"):
        name, team = who.removesuffix("'s team"), "team." if who.endswith("'s team") else ""
        person, whole = overall[name]
        value, wanted = found[person, f"{team}sold"], found[person, f"{team}target.sold"]
        assert value is not None
        assert wanted is not None
        assert [f"{value:.2f}", f"{wanted:.2f}", f"{100 * value / wanted:.2f}", f"{whole:.2f}"] == [
            sold,
            target,
            percent,
            score,
        ]


def test_a_history_row_moves_a_seller_to_another_team(tmp_path: Path) -> None:
    """The two managers' teams together sold what the three sellers sold, and owed what they owed."""
    found = figures(typed_in("sales", tmp_path))
    for name in ("sold", "target.sold"):
        teams = [found[lead, f"team.{name}"] or 0.0 for lead in ("1", "4")]
        assert sum(teams) == pytest.approx(sum(found[seller, name] or 0.0 for seller in ("2", "3", "5")))


def test_the_tutorial_of_the_support_desk_gives_what_it_prints(tmp_path: Path) -> None:
    """Tickets, invoices and scores are those of the tutorial's table."""
    workspace = typed_in("support_desk", tmp_path)
    asked(workspace, "check", "--data")
    found, scores = figures(workspace), asked(workspace, "score")["people"]
    overall = {STAFF[line["person"]]: (line["person"], line["overall"]) for line in scores}
    names = ("tickets_opened", "answered_in_a_day", "invoices_written", "billed")
    for who, *numbers, score in table("support_desk"):
        person, whole = overall[who.removesuffix("'s desk")]
        team = "team." if who.endswith("'s desk") else ""
        printed = {name: number for name, number in zip(names, numbers, strict=True) if number}
        assert {name: found[person, team + name] for name in printed} == {
            name: float(number) for name, number in printed.items()
        }
        assert f"{whole:.2f}" == score


def test_the_support_desk_counts_as_the_database_does(tmp_path: Path) -> None:
    """The statement with which the tutorial compares gives the measures of `appraise measures`."""
    workspace = typed_in("support_desk", tmp_path)
    page = (TUTORIALS / "support_desk.md").read_text(encoding="utf-8")
    statement = re.findall(r"^```sql\n(select support_id.*?)^```", page, re.MULTILINE | re.DOTALL)[0]
    found = figures(workspace)
    with sqlite3.connect(workspace / "data" / "shop.sqlite") as shop:
        rows = shop.execute(statement).fetchall()
    shop.close()
    assert {str(person): (count, total) for person, count, total in rows} == {
        person: (found[person, "invoices_written"], found[person, "billed"]) for person in ("2", "3")
    }


def test_a_run_of_the_tutorial_prints_everybody_s_pack(tmp_path: Path) -> None:
    """Every seller and manager is rated, and has a pack."""
    workspace = typed_in("sales", tmp_path)
    answer = asked(workspace, "run")
    packs = sorted(path.stem for path in (workspace / "out" / "2026-Q3" / "packs").rglob("*.pdf"))
    assert answer["people"] == {"rated": 5}
    assert packs == ["1", "2", "3", "4", "5"]
