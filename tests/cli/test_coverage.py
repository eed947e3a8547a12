"""`appraise check --coverage`: what examples leave out, in words and as JSON, and a floor for it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from appraise.app.beginning import begin
from appraise.cli.main import main

AGENT = "templates/roles/agent.yaml"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A company with one spreadsheet and one template with one example."""
    assert begin(tmp_path / "shop", "one_spreadsheet").problems == ()
    return tmp_path / "shop"


def test_what_is_left_out_is_a_readable_list(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each KPI by its title, with its bands and the ways without data that no example reaches; it is a result."""
    assert main(["-w", str(shop), "check", "--coverage"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Agent (agent): 1 example reaches 3 of 20 cases, 15 %"
    assert lines[1] == (
        "  Promises kept: no example reaches band 1, 2, 4, 5; none without data, with nothing to divide by, "
        "with too few cases"
    )
    assert re.match(r"checked \d+ role templates?, ", lines[-1])


def test_gates_and_adjustments_are_named(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Gates and adjustments stand with their ids; a plugin's scorer only wants to be tried at all."""
    text = (shop / AGENT).read_text("utf-8")
    rules = (
        "gates:\n  - {id: calm, when: audit_score < 1, cap_at: 2, says: Calm., applies_when: calls_made > 1e6}\n"
        "adjustments:\n  - {id: mentor, when: calls_made > 1e6, add: 0.1, says: Mentor.}\n"
    )
    (shop / AGENT).write_text(text.replace("examples:\n", f"{rules}examples:\n"), "utf-8")

    assert main(["-w", str(shop), "check", "--coverage"]) == 0

    out = capsys.readouterr().out
    assert "  gate 'calm': no example passes it, fails it, leaves it unknown\n" in out
    assert "  adjustment 'mentor': no example gets it\n" in out


def test_several_templates_have_a_sum(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Below the templates stands what all their examples reach together."""
    assert begin(tmp_path / "w", "collections").problems == ()

    assert main(["-w", str(tmp_path / "w"), "check", "--coverage"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines if line.startswith("all ")] == ["all templates"]


def test_coverage_as_json(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Programs get numbers and one object for each case; without the switch the key is not there."""
    assert main(["-w", str(shop), "check", "--coverage", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)

    assert answer["problems"] == []
    (one,) = answer["coverage"]
    assert (one["role"], one["reached"], one["total"]) == ("agent", 3, 20)
    assert one["missing"][0] == {"kind": "band", "id": "promise_kept", "what": "1"}
    assert len(one["missing"]) == 17

    assert main(["-w", str(shop), "check", "--json"]) == 0
    assert "coverage" not in json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(("least", "code"), [("15", 0), ("15.5", 1), ("100", 1), ("0", 0)])
def test_a_floor_makes_it_a_problem(least: str, code: int, shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --fail-under too little is an error at the template; --coverage need not stand beside it."""
    assert main(["-w", str(shop), "check", "--fail-under", least, "--json"]) == code
    codes = [problem["code"] for problem in json.loads(capsys.readouterr().out)["problems"]]
    assert codes == ["examples-reach-too-little"] * code


def test_a_floor_is_a_percentage(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """More than everything cannot be asked for."""
    assert main(["-w", str(shop), "check", "--fail-under", "101"]) == 2
    assert "101" in capsys.readouterr().err
