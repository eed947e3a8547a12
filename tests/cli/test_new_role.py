"""Beginning a template on the command line: options, and questions on a terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from appraise.app.beginning import begin
from appraise.cli.main import main
from appraise.cli.outline_prompts import outline_asked
from appraise.roles.outlines.outline import Outline

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A workspace with one spreadsheet."""
    assert begin(tmp_path / "shop", "one_spreadsheet").problems == ()
    return tmp_path / "shop"


def answered(*answers: str) -> tuple[Outline, str]:
    """The outline that comes of these answers, and the questions."""
    found: list[Outline] = []
    result = CliRunner().invoke(
        click.Command("ask", callback=lambda: found.append(outline_asked(""))), input="\n".join(answers) + "\n"
    )
    assert result.exit_code == 0, result.output
    return found[0], result.stderr


def test_questions_and_their_answers() -> None:
    """Areas and KPIs are asked for until an answer is blank; a wrong answer is asked for again."""
    outline, asked = answered(
        *("Field Agent", "Results", "a lot", "100", "Promises kept", "percent", "", "", "60, 70", "60,70,78,85"),
        *("Errors", "", "", "", "", "", "What counts.", ""),
    )
    (kra,) = outline.kras
    assert (outline.title, kra.title, str(kra.weight), kra.purpose) == ("Field Agent", "Results", "100", "What counts.")
    assert [(kpi.title, kpi.unit, str(kpi.direction), [str(one) for one in kpi.bands]) for kpi in kra.kpis] == [
        ("Promises kept", "percent", "higher", ["60", "70", "78", "85"]),
        ("Errors", "count", "lower", []),
    ]
    assert "write a number like 25" in asked
    assert "write four numbers with commas" in asked


def test_weights_that_do_not_add_up_are_dropped() -> None:
    """Nobody types all answers again because weights do not total 100: they are told, and all weigh the same."""
    outline, asked = answered("Agent", "Results", "60", "", "", "")
    assert [kra.weight for kra in outline.kras] == [None]
    assert "the weights of the KRAs total 60, not 100: for now all weigh the same" in asked


def test_json_lists_files_and_todos(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --json the answer holds the file and every line that is still to decide."""
    words = ["roles", "new", "--id", "clerk", "--title", "Clerk", "--kra", "Work", "--kpi", "Work > Calls", "--json"]
    assert main(["-w", str(shop), *words]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"format", "problems", "files", "todos"}
    assert answer["files"] == ["templates/roles/clerk.yaml"]
    assert all(set(todo) == {"file", "line", "says"} for todo in answer["todos"])


def test_words_tell_what_to_do_next(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file, what is to decide in it, and the next commands."""
    assert main(["-w", str(shop), "roles", "new", "clerk", "--kra", "Work"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("written: templates/roles/clerk.yaml, with ")
    assert any("appraise check" in line for line in lines)
    assert any("suggest-bands clerk" in line for line in lines)


def test_options_that_contradict_each_other(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two ids, two ways to say the areas, and no id without a terminal are not understood."""
    for words in (["clerk", "--id", "other"], ["clerk", "--kra", "A", "--from-text", "x.txt"], []):
        assert main(["-w", str(shop), "roles", "new", *words]) == 2
    assert "choose one of them" in capsys.readouterr().err
