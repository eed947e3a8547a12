"""The commands on the example company, as programs call them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from appraise.app.bundled import bundled_folder
from appraise.cli.main import main

COMPANY = str(bundled_folder("templates") / "examples" / "collections")


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    """The exit code and the JSON answer of a command."""
    code = main([*words, "-w", COMPANY, "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert answer["format"] == ("appraise.trace/1" if "segments" in answer else 1)
    assert isinstance(answer["problems"], list)
    return code, answer


def test_check_finds_the_example_sound(capsys: pytest.CaptureFixture[str]) -> None:
    """The shipped example has no error, and the answer says how much was looked at."""
    code, answer = asked(capsys, "check")

    assert code == 0
    assert [problem for problem in answer["problems"] if problem["severity"] == "error"] == []
    assert set(answer) == {"format", "problems", "period", "roles", "sources", "measures", "people"}


def test_scores_have_the_promised_shape(capsys: pytest.CaptureFixture[str]) -> None:
    """Every person has a status; every segment, KRA and KPI has its keys; a filter chooses who is shown."""
    code, answer = asked(capsys, "score", "--person", "E101")

    assert code == 0
    (person,) = answer["people"]
    keys = {"person", "status", "reason", "overall", "label", "coverage", "provisional", "segments"}
    assert set(person) == keys
    (segment,) = person["segments"]
    assert set(segment) == {"role", "from", "to", "kras"}
    assert all(set(kra) == {"id", "score", "status", "kpis"} for kra in segment["kras"])
    kpis = [kpi for kra in segment["kras"] for kpi in kra["kpis"]]
    assert all(set(kpi) == {"id", "value", "band", "score", "status", "reason"} for kpi in kpis)


def test_measures_have_the_promised_shape(capsys: pytest.CaptureFixture[str]) -> None:
    """A measure has a value or a status that says why not."""
    code, answer = asked(capsys, "measures", "--person", "E101")

    assert code == 0
    keys = {"person", "segment", "measure", "value", "status", "reason", "definition_id"}
    assert all(set(line) == keys for line in answer["measures"])
    assert all((line["value"] is None) == (line["status"] != "ok") for line in answer["measures"])


def test_an_explanation_holds_the_trace(capsys: pytest.CaptureFixture[str]) -> None:
    """The trace has every input of the formulas, with its status."""
    code, answer = asked(capsys, "explain", "E101")

    assert (code, answer["format"]) == (0, "appraise.trace/1")
    names = {measure["name"] for measure in answer["segments"][0]["measures"]}
    assert {"collected", "target.collections"} <= names


def test_an_unknown_person_is_an_answer_too(capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody of that id: exit code 1, and JSON that says so."""
    code, answer = asked(capsys, "explain", "E999")

    assert (code, [problem["code"] for problem in answer["problems"]]) == (1, ["unknown-person"])


def test_an_unknown_kpi_names_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    """A KPI that the person has not is wrong usage."""
    assert main(["explain", "E101", "nope", "-w", COMPANY]) == 2
    assert "there are: monthly_target_attainment" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["roles", "list"], ["sources", "list"], ["sources", "show", "calls"]])
def test_lists_are_tables_for_people(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Templates and sources are shown with their files."""
    assert main([*words, "-w", COMPANY]) == 0
    assert re.search(r"\.(yaml|csv)", capsys.readouterr().out)


def test_a_folder_that_is_no_workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every command that needs a workspace says how to get one."""
    assert main(["score", "-w", str(tmp_path)]) == 1
    assert "or make one with 'appraise init'" in capsys.readouterr().err


def test_what_init_makes_can_be_scored_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The workspace to begin with has no problem at all, and gives ratings from its one spreadsheet."""
    main(["init", str(tmp_path / "acme")])
    capsys.readouterr()

    assert main(["score", "-w", str(tmp_path / "acme"), "--json"]) == 0

    answer = json.loads(capsys.readouterr().out)
    assert answer["problems"] == []
    assert {person["person"]: person["status"] for person in answer["people"]} == {
        "E002": "rated",
        "E003": "rated",
        "E004": "rated",
        "E005": "not_rated",
    }
