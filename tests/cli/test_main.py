"""The command line: names, options before and after, exit codes, and what is imported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from appraise import __version__
from appraise.cli.main import COMMANDS, main


def started(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A run of the program as a user starts it."""
    return subprocess.run(
        [sys.executable, "-m", "appraise", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_help_imports_click_only() -> None:
    """`appraise --help` is there at once: no frame library, no YAML, no terminal library is loaded for it."""
    script = (
        "import sys; from appraise.cli.main import main; code = main(['--help']);"
        "heavy = {'polars', 'rich', 'ruamel', 'jsonschema', 'babel', 'weasyprint', 'jinja2', 'pluggy', 'simpleeval'};"
        "print(sorted(heavy & set(sys.modules)), code)"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[] 0"
    assert all(f"  {name} " in done.stdout for name in COMMANDS)


def test_the_program_starts_as_a_module() -> None:
    """`python -m appraise` is the command, and tells its version."""
    done = started("--version")

    assert (done.returncode, done.stdout) == (0, f"appraise {__version__}\n")


def test_a_shell_can_complete_the_commands() -> None:
    """Completion offers the subcommands without importing any."""
    done = started(_APPRAISE_COMPLETE="bash_complete", COMP_WORDS="appraise s", COMP_CWORD="1")

    assert done.stdout.splitlines() == ["plain,score", "plain,sources", "plain,schema"]


def test_an_unknown_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt command is exit code 2, with the one that was meant."""
    assert main(["chek"]) == 2
    assert "'check'" in capsys.readouterr().err


def test_wrong_usage_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    """With --json even wrong usage is answered in JSON, and people are told on standard error."""
    assert main(["--json", "schema", "nothing"]) == 2

    answer, err = capsys.readouterr()
    assert [problem["code"] for problem in json.loads(answer)["problems"]] == ["usage"]
    assert "there is no schema 'nothing'" in err


@pytest.mark.parametrize(
    "words",
    [
        ["-w", "FOLDER", "--json", "doctor"],
        ["doctor", "-w", "FOLDER", "--json"],
        ["--json", "doctor", "--workspace", "FOLDER"],
        ["-w", "elsewhere", "doctor", "-w", "FOLDER", "--json"],
    ],
)
def test_options_stand_before_or_after_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    """-w and --json mean the same on both sides of the command; the one behind it wins."""
    main(["init", str(tmp_path / "acme")])
    capsys.readouterr()

    code = main([str(tmp_path / "acme") if word == "FOLDER" else word for word in words])

    answer = json.loads(capsys.readouterr().out)
    assert (code, answer["format"], answer["problems"]) == (0, 1, [])
    assert "My Company, appraise.yaml is fine" in [finding["says"] for finding in answer["findings"]]


def test_nothing_to_do_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """The bare command shows its help."""
    assert main([]) == 2
    assert "Commands:" in capsys.readouterr().err


def test_a_terminal_without_our_letters_stops_nobody(tmp_path: Path) -> None:
    """Where the terminal knows ASCII only, other letters are written as escapes; JSON is always UTF-8."""
    folder = tmp_path / "हेमा"

    said = started("init", str(folder), PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    answered = started("doctor", "--json", "-w", str(folder), PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert (said.returncode, said.stderr, answered.returncode) == (0, "", 0)
    assert r"\u0939" in said.stdout
    assert json.loads(answered.stdout)["problems"] == []
