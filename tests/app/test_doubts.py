"""What a rejected row means for a gate."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from appraise.app.beginning import begin
from appraise.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_gate_stays_open_where_a_row_about_the_person_was_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A breach with an unreadable date clears nobody: the person is blocked, the others are rated."""
    begin(tmp_path / "w", "collections")
    file = tmp_path / "w" / "data" / "violations.csv"
    file.write_text(file.read_text("utf-8").replace("2026-08-11", "11/08/26?"), "utf-8")

    code = main(["-w", str(tmp_path / "w"), "score", "--json", "--person", "E108", "--person", "E101"])

    answer = json.loads(capsys.readouterr().out)
    people = {person["person"]: (person["status"], person["reason"]) for person in answer["people"]}
    assert (code, people) == (1, {"E101": ("rated", ""), "E108": ("blocked", "gate_unknown")})
    assert "data/violations.csv" in {problem["file"] for problem in answer["problems"]}
