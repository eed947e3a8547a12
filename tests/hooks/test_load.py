"""Finding plugins without running them, and loading those that are allowed."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from appraise.hooks.load import SHIPPED, Origin, PluginFolder, find_plugins, load_plugins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.model.problem import Problem

HOSTILE = Path(__file__).parents[2].parent / "shared" / "cases" / "hostile_inputs" / "plugins"
GOOD = """
from appraise.plugin import Scorer, hookimpl

@hookimpl
def appraise_scorers():
    return [Scorer("always_three", lambda request: [3.0 for _ in request.values], "Always three.")]
"""


@pytest.fixture
def plugins(tmp_path: Path) -> Iterator[PluginFolder]:
    """A workspace's folder of plugins; what was loaded from it is forgotten afterwards."""
    folder = tmp_path / "plugins"
    folder.mkdir()
    yield PluginFolder(folder, "plugins")
    for name in [name for name in sys.modules if name.startswith("appraise_plugin_")]:
        del sys.modules[name]


def loaded(plugins: PluginFolder, *allowed: str) -> tuple[list[str], list[Problem]]:
    """The workspace's plugins that are in the manager after loading, and the problems."""
    manager, problems = load_plugins(find_plugins([plugins], allowed))
    return [name for name, _ in manager.list_name_plugin() if name.startswith("plugins/")], problems


def told(problems: list[Problem]) -> list[str]:
    """Problems as `place code`."""
    return [f"{problem.place} {problem.code}" for problem in problems]


def test_the_shipped_plugins_need_no_installation() -> None:
    """What appraise ships is found and loaded like any plugin, once, also where it is installed as well."""
    found = find_plugins([], [])
    assert [plugin.name for plugin in found if plugin.origin is Origin.SHIPPED] == list(SHIPPED)
    assert len({plugin.name for plugin in found}) == len(found)
    manager, problems = load_plugins(found)
    assert (problems, manager.has_plugin(SHIPPED[0])) == ([], True)


def test_finding_runs_nothing(plugins: PluginFolder) -> None:
    """Files and folders are listed with whether they are allowed, and none is imported."""
    (plugins.path / "danger.py").write_text("raise SystemExit('ran')")
    (plugins.path / "folder").mkdir()
    (plugins.path / "folder" / "__init__.py").write_text("raise SystemExit('ran')")
    (plugins.path / "notes.txt").write_text("no plugin")
    (plugins.path / "_draft.py").write_text("raise SystemExit('ran')")
    found = [plugin for plugin in find_plugins([plugins], ["plugins/folder"]) if plugin.origin is Origin.WORKSPACE]
    assert [(plugin.name, plugin.allowed) for plugin in found] == [
        ("plugins/danger.py", False),
        ("plugins/folder", True),
    ]


def test_only_allowed_plugins_run(plugins: PluginFolder) -> None:
    """A plugin that `appraise.yaml` does not allow is not run."""
    (plugins.path / "good.py").write_text(GOOD)
    (plugins.path / "other.py").write_text("raise SystemExit('ran')")
    assert loaded(plugins, "./plugins/good.py") == (["plugins/good.py"], [])
    assert "appraise_plugin_good" in sys.modules


def test_a_folder_is_a_plugin_of_several_files(plugins: PluginFolder) -> None:
    """A folder with an `__init__.py` can import its own files."""
    folder = plugins.path / "metrics"
    folder.mkdir()
    (folder / "__init__.py").write_text("from appraise_plugin_metrics.scores import appraise_scorers")
    (folder / "scores.py").write_text(GOOD)
    assert loaded(plugins, "plugins/metrics") == (["plugins/metrics"], [])


def test_an_allowed_plugin_that_is_not_there_is_told(plugins: PluginFolder) -> None:
    """The likely one is named."""
    (plugins.path / "our_metrics.py").write_text(GOOD)
    _, problems = loaded(plugins, "plugins/our_metric.py")
    assert told(problems) == ["appraise.yaml plugin-missing"]
    assert problems[0].hint == "did you mean 'plugins/our_metrics.py'?"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("\nraise RuntimeError('boom')", "RuntimeError: boom"),
        ("\nimport sys; sys.exit(0)", "SystemExit: 0"),
        ("\nraise GeneratorExit", "GeneratorExit"),
        ("\nclass Odd(Exception): __str__ = None\nraise Odd", "(Odd)"),
        ("\nimport nothing_of_this_name", "ModuleNotFoundError: No module named 'nothing_of_this_name'"),
    ],
)
def test_a_plugin_that_raises_costs_itself(plugins: PluginFolder, text: str, says: str) -> None:
    """Whatever it raises is one problem with the plugin's name and line, and the others are loaded."""
    (plugins.path / "bad.py").write_text(text)
    (plugins.path / "good.py").write_text(GOOD)
    names, problems = loaded(plugins, "plugins/bad.py", "plugins/good.py")
    assert (names, told(problems)) == (["plugins/good.py"], [f"plugins/bad.py:{text.count(chr(10)) + 1} plugin-failed"])
    assert says in problems[0].message
    assert "appraise_plugin_bad" not in sys.modules


def test_a_plugin_that_is_no_python_is_told(plugins: PluginFolder) -> None:
    """A syntax error is the plugin's problem."""
    (plugins.path / "bad.py").write_text("def (:")
    assert told(loaded(plugins, "plugins/bad.py")[1]) == ["plugins/bad.py:1 plugin-failed"]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no timers")
def test_a_plugin_that_never_ends_is_stopped(plugins: PluginFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading has a deadline, also where the plugin catches all it can."""
    monkeypatch.setattr("appraise.hooks.load.LONGEST_START", 0.2)
    (plugins.path / "bad.py").write_text("while True:\n    try:\n        pass\n    except Exception:\n        pass\n")
    _, problems = loaded(plugins, "plugins/bad.py")
    assert [problem.code for problem in problems] == ["plugin-failed"]
    assert "took more than 0.2 seconds" in problems[0].message


def test_what_a_plugin_prints_does_not_mix_with_answers(
    plugins: PluginFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    """Standard output is for answers."""
    (plugins.path / "loud.py").write_text(f"print('hello')\n{GOOD}")
    assert loaded(plugins, "plugins/loud.py") == (["plugins/loud.py"], [])
    assert capsys.readouterr() == ("", "hello\n")


def test_a_hook_with_other_arguments_is_refused(plugins: PluginFolder) -> None:
    """A hook takes no arguments, and a plugin whose hook does is not used at all."""
    (plugins.path / "bad.py").write_text(GOOD.replace("appraise_scorers()", "appraise_scorers(rows)"))
    names, problems = loaded(plugins, "plugins/bad.py")
    assert (names, told(problems)) == ([], ["plugins/bad.py plugin-hook-signature"])
    assert "rows" in problems[0].message
    assert "\n" not in problems[0].message


def test_a_misspelt_hook_is_an_error(plugins: PluginFolder) -> None:
    """A hook that appraise does not have would never be called."""
    (plugins.path / "bad.py").write_text(GOOD.replace("appraise_scorers", "appraise_scorer"))
    _, problems = loaded(plugins, "plugins/bad.py")
    assert told(problems) == ["plugins/bad.py plugin-unknown-hook"]
    assert problems[0].hint == "did you mean 'appraise_scorers'?"


@pytest.mark.parametrize("name", ["json.py", "my-plugin.py", "a b.py"])
def test_a_name_that_python_could_confuse_is_refused(plugins: PluginFolder, name: str) -> None:
    """Names of Python's own modules, and those that are no name of a module, are refused."""
    (plugins.path / name).write_text(GOOD)
    assert told(loaded(plugins, f"plugins/{name}")[1]) == [f"plugins/{name} plugin-name"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("02_raises_on_import", "plugin-failed"),
        ("04_hook_wrong_signature", "plugin-unknown-hook"),
        ("11_sys_exit", None),
    ],
)
def test_hostile_plugins_are_one_problem_each(plugins: PluginFolder, name: str, code: str | None) -> None:
    """The hostile plugins raise nothing here; one that only harms when called is harmless."""
    if not HOSTILE.is_dir():
        pytest.skip("the folder of hostile inputs is not here")
    (plugins.path / f"{name}.py").write_bytes((HOSTILE / f"{name}.py").read_bytes())
    problems = loaded(plugins, f"plugins/{name}.py")[1]
    assert [problem.code for problem in problems] == ([code] if code else [])


def test_what_lies_in_the_shipped_folder_needs_no_permission(plugins: PluginFolder) -> None:
    """Plugins beside the program run in every workspace; where they are the workspace's own, they are listed once."""
    (plugins.path / "metrics.py").write_text(GOOD)
    shipped = PluginFolder(plugins.path, "shipped plugins")
    for folders in ([], [plugins]):
        found = [plugin for plugin in find_plugins(folders, [], shipped) if plugin.path is not None]
        assert [(plugin.name, plugin.origin, plugin.allowed) for plugin in found] == [
            ("shipped plugins/metrics.py", Origin.SHIPPED, True)
        ]
        manager, problems = load_plugins(found)
        assert (problems, manager.has_plugin("shipped plugins/metrics.py")) == ([], True)


def test_folders_of_one_name_do_not_share_their_parts(plugins: PluginFolder, tmp_path: Path) -> None:
    """The parts of a folder plugin are its own, also where another of the same name was loaded before."""
    other = PluginFolder(tmp_path / "other", "plugins")
    for folder, number in ((plugins, 1), (other, 2)):
        (folder.path / "metrics").mkdir(parents=True)
        (folder.path / "metrics" / "__init__.py").write_text(f"from .part import NUMBER\n{GOOD}")
        (folder.path / "metrics" / "part.py").write_text(f"NUMBER = {number}\n")
    for folder, number in ((plugins, 1), (other, 2)):
        manager, problems = load_plugins(find_plugins([folder], ["plugins/metrics"]))
        assert problems == []
        assert number == manager.get_plugin("plugins/metrics").NUMBER
