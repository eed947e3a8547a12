"""The one boundary: every failure has an exit code, a sentence, and JSON where that was asked for."""

from __future__ import annotations

import errno
import json
import re
import tempfile
from pathlib import Path

import click
import pytest

from appraise.cli.exit import BUG, ERRORS_FOUND, INTERRUPTED, USAGE, exit_code_of
from appraise.model.errors import FolderLocked, UnknownPerson
from appraise.model.place import Place
from appraise.model.problem import Problem

LOCKED = Problem(Place("out/2026-Q3"), code="folder-locked", message="folder 'out/2026-Q3': is being written")


@pytest.fixture(autouse=True)
def own_folder_for_logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The logs of these bugs go where the test looks."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@pytest.mark.parametrize(
    ("failure", "code", "says"),
    [
        pytest.param(FolderLocked([LOCKED]), ERRORS_FOUND, "is being written [folder-locked]", id="failure"),
        pytest.param(click.UsageError("No such option: --x"), USAGE, "No such option: --x", id="usage"),
        pytest.param(KeyboardInterrupt(), INTERRUPTED, "interrupted; what was finished is kept", id="interrupted"),
        pytest.param(click.Abort(), INTERRUPTED, "interrupted", id="aborted"),
        pytest.param(PermissionError(errno.EACCES, "Permission denied", "out/x"), ERRORS_FOUND,
                     "out/x: error: the system refuses: permission denied", id="permission"),
        pytest.param(OSError(errno.ENOSPC, "No space left on device"), ERRORS_FOUND, "no space left", id="disk full"),
        pytest.param(OSError(errno.ELOOP, "Too many links", "out"), ERRORS_FOUND, "too many links", id="links"),
        pytest.param(MemoryError(), ERRORS_FOUND, "not enough memory", id="memory"),
        pytest.param(ZeroDivisionError("division by zero"), BUG, "this is a bug in appraise", id="bug"),
        pytest.param(FileNotFoundError(errno.ENOENT, "No such file", "x"), BUG, "this is a bug", id="unexpected"),
    ],
)  # fmt: skip
def test_every_failure_has_its_exit_code(
    failure: BaseException, code: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Problems are 1, wrong usage 2, a bug 3, an interrupt 130; each is a sentence and never a traceback."""
    assert exit_code_of(failure, ["run"]) == code

    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert "Traceback" not in err


@pytest.mark.parametrize("failure", [FolderLocked([LOCKED]), KeyboardInterrupt(), ZeroDivisionError(), click.Abort()])
def test_a_failure_is_answered_in_json_too(failure: BaseException, capsys: pytest.CaptureFixture[str]) -> None:
    """Programs get `format` and `problems` whatever happens."""
    exit_code_of(failure, ["run", "--json"])

    answer = json.loads(capsys.readouterr().out)
    assert answer["format"] == 1
    assert [set(problem) for problem in answer["problems"]] == [
        {"file", "line", "column", "code", "severity", "message", "hint"}
    ]


def test_a_bug_leaves_a_log_file(capsys: pytest.CaptureFixture[str]) -> None:
    """The details of a bug are in a file that the message names."""
    try:
        {"y": 1}.pop("x")
    except KeyError as failure:
        exit_code_of(failure, ["score", "-w", "acme"])

    found = re.search(r"the details are in (\S+\.log)", capsys.readouterr().err)
    assert found is not None
    log = Path(found[1])
    text = log.read_text("utf-8")
    log.unlink()
    assert "['score', '-w', 'acme']" in text
    assert "KeyError: 'x'" in text


def test_the_line_of_a_failure_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The boundary looks for lines in the workspace that the command line names."""
    (tmp_path / "appraise.yaml").write_text("company: x\n", "utf-8")
    failure = UnknownPerson([Problem(Place("appraise.yaml", 1, 10), code="x", message="m")])

    exit_code_of(failure, ["explain", "E9", "-w", str(tmp_path)])

    assert "    1 | company: x\n      |          ^\n" in capsys.readouterr().err


def test_what_comes_out_of_a_plugin_is_no_bug_of_ours(capsys: pytest.CaptureFixture[str]) -> None:
    """A failure in a plugin's code is told with the plugin's name, wherever it was called."""
    with pytest.raises(ZeroDivisionError) as raised:
        exec("1 / 0", {"__name__": "appraise_plugin_ours"})  # noqa: S102 -- code as if it stood in a plugin

    assert exit_code_of(raised.value, ["run"]) == ERRORS_FOUND
    assert "plugin 'ours': failed while it was used (ZeroDivisionError: division by zero)" in capsys.readouterr().err


def test_a_name_in_capitals_stays_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence of another program begins in lower case here, a name of the environment does not."""
    exit_code_of(click.UsageError("SOURCE_DATE_EPOCH is no number"), ["run", "--json"])
    assert "SOURCE_DATE_EPOCH is no number" in capsys.readouterr().out
