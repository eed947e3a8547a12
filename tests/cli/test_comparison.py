"""`appraise roles diff`: what changed and who moves, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from appraise.app.beginning import begin
from appraise.cli.main import main

AGENT = "templates/roles/agent.yaml"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A company with a stricter draft of its template, in which calls weigh more."""
    folder = tmp_path / "shop"
    assert begin(folder, "one_spreadsheet").problems == ()
    text = (folder / AGENT).read_text("utf-8").replace("version: 1.0.0", "version: 2.0.0")
    text = text.replace("bands: [60, 70, 78, 85]", "bands: [70, 80, 88, 95]")
    (folder / "new.yaml").write_text(text, "utf-8")
    return folder


def test_changes_and_people_are_told(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The rules before and after, then a line for each person, then how many have each label, then a sentence."""
    assert main(["-w", str(shop), "roles", "diff", "agent", "new.yaml"]) == 0

    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert lines[:9] == [
        "Agent (agent), version 1.0.0 → 2.0.0",
        f"{AGENT} → new.yaml",
        "",
        "template",
        "  version     1.0.0 → 2.0.0",
        "KPI Promises kept (promise_kept)",
        "  score       − 2 from 60 %, 3 from 70 %, 4 from 78 %, 5 from 85 %; 1 at 50 % and below, evenly in between",
        "              + 2 from 70 %, 3 from 80 %, 4 from 88 %, 5 from 95 %; 1 at 60 % and below, evenly in between",
        "",
    ]
    heads = [line.split() for line in lines if line.startswith((" person", " label"))]
    assert heads == [["person", "name", "before", "after", "change", "label"], ["label", "before", "after"]]
    assert lines[-1].startswith("4 people: 0 up, ")


def test_rules_alone(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --no-data nobody is scored, in words and as JSON."""
    assert main(["-w", str(shop), "roles", "diff", "agent", "new.yaml", "--no-data"]) == 0
    assert "people" not in capsys.readouterr().out.lower()

    assert main(["-w", str(shop), "roles", "diff", "agent", "new.yaml", "--no-data", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["people"] is None
    assert answer["changes"][0] == {
        "kind": "version",
        "thing": "template",
        "id": "agent",
        "before": "1.0.0",
        "after": "2.0.0",
    }


def test_people_as_json(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Everybody has a result before and after."""
    assert main(["-w", str(shop), "roles", "diff", "agent", "new.yaml", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)

    assert set(answer) == {"format", "problems", "changes", "people"}
    assert all(set(one) == {"person", "before", "after"} for one in answer["people"])
    rated = [side for one in answer["people"] for side in (one["before"], one["after"])]
    assert all(set(side) == {"overall", "label", "status", "reason"} for side in rated)
    assert any(one["before"]["overall"] > one["after"]["overall"] for one in answer["people"])


def test_equal_templates(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing changed it says so, and everybody stays."""
    assert main(["-w", str(shop), "roles", "diff", "agent", "agent"]) == 0
    out = capsys.readouterr().out
    assert "the rules are the same" in out
    assert "0 up, 0 down, 3 with the same score, 1 not rated on both; 0 with another label" in out


def test_things_that_come_and_go(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is added or removed stands with what it is about; two roles have their own names."""
    new = (shop / "new.yaml").read_text("utf-8").replace("role: agent", "role: other")
    rule = "gates:\n  - {id: calm, when: calls_made < 1, cap_at: 2, says: Calls are made.}\nexamples:\n"
    (shop / "new.yaml").write_text(new.replace("examples:\n", rule), "utf-8")

    assert main(["-w", str(shop), "roles", "diff", "agent", "new.yaml", "--no-data"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Agent (agent), version 1.0.0 → Agent (other), version 2.0.0"
    assert lines[-1] == "gate calm added: Calls are made."


def test_nobody_is_concerned(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two templates that nobody here is on: a sentence instead of an empty table."""
    assert main(["-w", str(shop), "roles", "diff", "collection_process_lead", "tele_collection_agent"]) == 0
    assert "nobody is on either role in 2026-Q3" in capsys.readouterr().out


def test_a_template_that_is_not_there(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is compared with what there is not; the answer still has its keys."""
    assert main(["-w", str(shop), "roles", "diff", "agent", "old.yaml", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert [problem["code"] for problem in answer["problems"]] == ["no-template-file"]
    assert (answer["changes"], answer["people"]) == ([], None)
