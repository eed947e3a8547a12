"""Problems as people see them: file, line, column, the cure, the code, and the line with a caret."""

from __future__ import annotations

from pathlib import Path

import pytest

from appraise.cli.diagnostics import show_problems
from appraise.model.place import Place
from appraise.model.problem import Problem, Severity

TEMPLATE = "kras:\n\t- id: x\n        wieght: 50\n  title: हेमा 資料 x\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with one template."""
    (tmp_path / "role.yaml").write_text(TEMPLATE, "utf-8")
    return tmp_path


def problem(line: int, column: int, length: int = 1, *, file: str = "role.yaml") -> Problem:
    """A problem at a place."""
    place = Place(file, line, column, length)
    return Problem(place, code="unknown-key", message="KPI 'x': unknown key 'wieght'", hint="did you mean 'weight'?")


def test_a_problem_quotes_its_line(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The form of a diagnostic: place, severity, thing, cure, code, then the line and what of it is meant."""
    show_problems([problem(3, 9, 6)], workspace)

    assert capsys.readouterr().err == (
        "role.yaml:3:9: error: KPI 'x': unknown key 'wieght'; did you mean 'weight'? [unknown-key]\n"
        "    3 |         wieght: 50\n"
        "      |         ^^^^^^\n"
        "1 error\n"
    )


def test_the_caret_stands_below_wide_letters(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Letters that are two columns wide push the caret as far as they push the text."""
    show_problems([problem(4, 15, 2)], workspace)

    shown, caret = capsys.readouterr().err.splitlines()[1:3]
    assert shown == "    4 |   title: हेमा 資料 x"
    assert caret.endswith("^^^^")


@pytest.mark.parametrize(
    "where",
    [
        pytest.param(problem(99, 1), id="beyond the file"),
        pytest.param(problem(0, 0), id="the whole file"),
        pytest.param(problem(1, 1, file="data.xlsx"), id="no text file"),
        pytest.param(problem(1, 1, file="gone.yaml"), id="no file"),
        pytest.param(problem(1, 1, file="a\0b.yaml"), id="no file name"),
    ],
)
def test_without_a_line_the_headline_stands_alone(
    workspace: Path, capsys: pytest.CaptureFixture[str], where: Problem
) -> None:
    """What cannot be quoted is left out."""
    show_problems([where], workspace)

    assert len(capsys.readouterr().err.splitlines()) == 2


def test_what_ships_with_the_program_is_quoted_too(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A place in a shipped template shows its line, wherever the program is installed."""
    show_problems([problem(1, 1, file="shipped templates/roles/tele_collection_agent.yaml")], workspace)

    assert capsys.readouterr().err.splitlines()[1].startswith("    1 | ")


def test_many_of_a_kind_are_counted(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A thousand unreadable cells do not bury the other problems."""
    show_problems([*(problem(99, 1) for _ in range(1000)), problem(1, 1, file="b.yaml")], workspace)

    lines = capsys.readouterr().err.splitlines()
    assert lines[-2:] == ["role.yaml: 980 more of [unknown-key]; --json lists them all", "1,001 errors"]
    assert len(lines) == 23


def test_errors_and_warnings_are_counted_apart(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last line says how many there are of each."""
    warning = Problem(Place("a"), code="x", message="m", severity=Severity.WARNING)

    show_problems([warning, problem(1, 1), warning], workspace, to_stderr=False)

    assert capsys.readouterr().out.splitlines()[-1] == "1 error and 2 warnings"


def test_data_cannot_command_the_terminal(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Escape sequences and bidirectional controls are replaced; markup and joiners of scripts stay letters."""
    show_problems([Problem(Place("a"), code="x", message="\x1b[31m[bold]\u202eid\u2066 क्\u200dष")], workspace)

    assert "error: �[31m[bold]�id� क्\u200dष [x]" in capsys.readouterr().err


def test_no_colour_where_nobody_wants_it(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal there is no colour."""
    show_problems([problem(3, 9, 6)], workspace)

    assert "\x1b" not in capsys.readouterr().err


def test_a_problem_as_json() -> None:
    """The seven keys of a problem."""
    assert problem(3, 9, 6).data == {
        "file": "role.yaml",
        "line": 3,
        "column": 9,
        "code": "unknown-key",
        "severity": "error",
        "message": "KPI 'x': unknown key 'wieght'",
        "hint": "did you mean 'weight'?",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_line_in_another_encoding_can_be_read(
    encoding: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The quoted line of a spreadsheet is what its writer sees, whatever it was saved as."""
    (workspace / "facts.csv").write_bytes("id,name\n1,Zoë – x\n".encode(encoding))
    show_problems([problem(2, 0, file="facts.csv")], workspace)
    assert "    2 | 1,Zoë – x" in capsys.readouterr().err.splitlines()
