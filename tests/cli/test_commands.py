"""The commands that need no scoring: init, schema, doctor, plugins."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from appraise.app.beginning import example_names
from appraise.app.bundled import schema_names, schema_text
from appraise.app.workspace import load_workspace
from appraise.cli.main import main
from appraise.documents.schema import load_schema


def files_in(folder: Path) -> list[str]:
    """The files of a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("example", example_names())
def test_init_makes_a_sound_workspace(example: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every example is a workspace without a problem, and the user is told what comes next."""
    assert main(["init", str(tmp_path / "acme"), "--example", example]) == 0

    assert load_workspace(tmp_path / "acme", load_schema(schema_text("workspace")))[1] == []
    assert f"appraise -w {tmp_path / 'acme'} check" in capsys.readouterr().out


def test_init_alone_is_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without an example: one spreadsheet, one template, one settings file, and the schemas for the editor."""
    monkeypatch.chdir(tmp_path)

    assert main(["init"]) == 0

    made = [file for file in files_in(tmp_path) if not file.startswith("schemas/")]
    assert made == ["appraise.yaml", "data/people.csv", "templates/roles/agent.yaml"]
    assert "  appraise check " in capsys.readouterr().out


def test_init_overwrites_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder with anything in it is refused; what a version control keeps there does not count."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "notes.txt").write_text("mine", "utf-8")

    assert main(["init", str(tmp_path), "--json"]) == 1

    answer = json.loads(capsys.readouterr().out)
    assert [problem["code"] for problem in answer["problems"]] == ["folder-not-empty"]
    assert files_in(tmp_path) == ["notes.txt"]

    (tmp_path / "notes.txt").unlink()
    assert main(["init", str(tmp_path)]) == 0


def test_an_unknown_example_is_guessed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt example names the one that was meant, and a path is no example."""
    assert main(["init", str(tmp_path / "a"), "--example", "colections"]) == 1
    assert "did you mean 'collections'?" in capsys.readouterr().err
    assert main(["init", str(tmp_path / "a"), "--example", "../roles"]) == 1
    assert not (tmp_path / "a").exists()


def test_a_schema_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """The printed schema is the shipped file."""
    assert main(["schema", "workspace"]) == 0
    assert capsys.readouterr().out == schema_text("workspace")


def test_schemas_are_listed_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a name there is a list; with --write the files stand where an editor looks."""
    assert main(["schema"]) == 0
    assert tuple(capsys.readouterr().out.split()) == schema_names()

    assert main(["schema", "--write", "-w", str(tmp_path)]) == 0
    assert files_in(tmp_path) == [f"schemas/{name}.schema.json" for name in schema_names()]
    assert (tmp_path / "schemas" / "role.schema.json").read_text("utf-8") == schema_text("role")


def test_doctor_tells_the_cure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is no workspace is a warning with what to do; a warning is no error."""
    assert main(["doctor", "-w", str(tmp_path)]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("ok    appraise: ")
    assert lines[-1].startswith("warn  workspace: no appraise.yaml in ")
    assert lines[-1].endswith("or make one with 'appraise init'")


def test_doctor_sees_a_schema_that_went_stale(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A copy of a schema that differs from the engine's own is named."""
    main(["init", str(tmp_path / "acme")])
    (tmp_path / "acme" / "schemas" / "role.schema.json").write_text("{}", "utf-8")
    capsys.readouterr()

    assert main(["doctor", "-w", str(tmp_path / "acme")]) == 0
    assert "warn  schemas/role.schema.json: differs from the engine's own" in capsys.readouterr().out


PLUGIN = """\
import pathlib
pathlib.Path(__file__).with_suffix(".ran").write_text("")

import click
from appraise.plugin import hookimpl

@click.command("shout")
def shout():
    click.echo("LOUD")

@hookimpl
def appraise_commands():
    return [shout]
"""


@pytest.fixture
def with_plugin(tmp_path: Path) -> Path:
    """A workspace with a plugin that it does not allow."""
    main(["init", str(tmp_path / "acme")])
    (tmp_path / "acme" / "plugins").mkdir()
    (tmp_path / "acme" / "plugins" / "loud.py").write_text(PLUGIN, "utf-8")
    return tmp_path / "acme"


def test_plugins_are_listed_without_running_them(with_plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A plugin that appraise.yaml does not allow is named, and not one line of it runs, even with --load."""
    capsys.readouterr()

    assert main(["plugins", "--load", "--json", "-w", str(with_plugin)]) == 0

    plugins = json.loads(capsys.readouterr().out)["plugins"]
    assert plugins[-1] == {"name": "plugins/loud.py", "origin": "workspace", "allowed": False, "brings": []}
    assert not (with_plugin / "plugins" / "loud.ran").exists()
    assert main(["-w", str(with_plugin), "shout"]) == 2


def test_a_plugins_command_is_a_subcommand(with_plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An allowed plugin can bring a subcommand, and the list tells so."""
    settings = with_plugin / "appraise.yaml"
    settings.write_text(settings.read_text("utf-8") + "plugins: {allow: [plugins/loud.py]}\n", "utf-8")
    capsys.readouterr()

    assert main(["-w", str(with_plugin), "shout"]) == 0
    assert capsys.readouterr().out == "LOUD\n"
    assert main(["plugins", "--load", "--json", "-w", str(with_plugin)]) == 0
    assert json.loads(capsys.readouterr().out)["plugins"][-1]["brings"] == ["command shout"]
