"""`pytest --appraise WORKSPACE`: the worked examples of a company's templates, each as a test."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from appraise.app.beginning import begin

AGENT = "templates/roles/agent.yaml"
PLUGIN = ("-p", "appraise.cli.pytest_option", "-p", "no:cacheprovider")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A company with one template, which has one example."""
    assert begin(tmp_path / "shop", "one_spreadsheet").problems == ()
    return tmp_path / "shop"


def outcome(folder: Path, *words: str) -> tuple[int, list[str]]:
    """The exit code and the lines of pytest, run in a folder with this one plugin."""
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", *PLUGIN, *words]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    return done.returncode, [*done.stdout.splitlines(), *done.stderr.splitlines()]


def test_examples_are_tests(shop: Path) -> None:
    """Every example is a test with the name that it has; one that does not come out tells the line and the figures."""
    text = (shop / AGENT).read_text("utf-8")
    name = "an ordinary month"
    expected = "{kpi.calls: 4.7, kpi.audit_score: no_data}"
    more = f"  - {{name: {name}, given: {{calls_made: 1840}}, expect: {expected}}}\n"
    (shop / AGENT).write_text(text + more, "utf-8")

    code, lines = outcome(shop, "--appraise", ".")

    assert code == 1
    assert any("1 failed, 1 passed in " in line for line in lines)
    assert any(line.startswith(f"FAILED {AGENT}::{name}") for line in lines)
    line = len(text.splitlines()) + 1
    (told,) = (one for one in lines if one.startswith(f"{AGENT}:{line}:"))
    assert f"error: example '{name}': kpi.calls is 4.80, not 4.70; " in told
    assert not any("Traceback" in one or ".py" in one for one in lines)


@pytest.mark.usefixtures("shop")
def test_examples_stand_beside_other_tests(tmp_path: Path) -> None:
    """The workspace may be elsewhere: its examples are added to the tests that are asked for."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_one.py").write_text("def test_one(): assert 1\n", "utf-8")

    code, lines = outcome(tmp_path, "tests", "--appraise", "shop", "-v")

    assert code == 0
    passed = [line.split(" PASSED")[0] for line in lines if " PASSED" in line]
    assert len(passed) == 2
    assert passed[0] == "tests/test_one.py::test_one"
    assert passed[1].startswith(f"shop/{AGENT}::")


def test_one_example_can_be_chosen(shop: Path) -> None:
    """A template can be named like any file of tests, and -k chooses by the name of an example."""
    assert outcome(shop, "--appraise", ".", AGENT)[0] == 0
    assert outcome(shop, "--appraise", ".", "-k", "nothing")[0] == pytest.ExitCode.NO_TESTS_COLLECTED


def test_a_template_with_a_mistake_is_an_error(shop: Path) -> None:
    """A mistake keeps the examples from being tried, and is told as the check tells it."""
    text = (shop / AGENT).read_text("utf-8")
    (shop / AGENT).write_text(text.replace("formula: calls_made", "formula: calls_maed"), "utf-8")

    code, lines = outcome(shop, "--appraise", ".")

    assert code == pytest.ExitCode.INTERRUPTED
    assert any(f"{AGENT}:" in line and "unknown name 'calls_maed'" in line for line in lines)


def test_a_folder_that_is_no_workspace(tmp_path: Path) -> None:
    """A folder without an appraise.yaml is a mistake of the command line."""
    code, lines = outcome(tmp_path, "--appraise", ".")
    assert code == pytest.ExitCode.USAGE_ERROR
    assert "ERROR: --appraise .: there is no appraise.yaml in this folder" in lines


def test_without_the_option_nothing_is_loaded(tmp_path: Path) -> None:
    """Who runs other tests pays nothing for the plugin: no engine, no frames, no terminal."""
    heavy = "('polars', 'appraise.app.setting', 'rich', 'click', 'weasyprint')"
    (tmp_path / "test_light.py").write_text(
        f"import sys\ndef test_light(): assert [name for name in {heavy} if name in sys.modules] == []\n", "utf-8"
    )
    assert outcome(tmp_path)[0] == 0
