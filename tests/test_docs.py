"""The documentation says what the program does: every name in one is in the other."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl
import pytest

from appraise import plugin
from appraise.cli.main import COMMANDS, main
from appraise.scoring.custom_examples import example_problems

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("**/*.md"))]
PRODUCT = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "plugins").rglob("*.py")])
SCHEMAS = sorted((ROOT / "schemas").glob("*.schema.json"))
WRITTEN_BY_PEOPLE = [path for path in SCHEMAS if path.name in {"role.schema.json", "workspace.schema.json"}]
PLUGINS_PAGE = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
PLUGIN_BLOCKS = re.findall(r"^```python\n(.*?)^```", PLUGINS_PAGE, re.MULTILINE | re.DOTALL)
DECLARATIONS = {
    "appraise_sources": plugin.SourceAdapter,
    "appraise_functions": plugin.Function,
    "appraise_measures": plugin.CustomMeasure,
    "appraise_scorers": plugin.Scorer,
    "appraise_designs": plugin.Design,
    "appraise_renderers": plugin.Renderer,
}


def shown(path: Path) -> str:
    """The path as a person in the checkout types it."""
    return path.relative_to(ROOT).as_posix()


def headings(page: str) -> list[str]:
    """The names that have an entry of their own, in code letters, in a page."""
    return re.findall(r"^### `([^`]+)`", page, re.MULTILINE)


def codes_in(path: Path) -> set[str]:
    """The problem codes that a module can give: every `code="literal"`."""
    keywords = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.keyword)]
    given = [keyword.value for keyword in keywords if keyword.arg == "code"]
    literals = [node for value in given for node in ast.walk(value) if isinstance(node, ast.Constant)]
    return {node.value for node in literals if isinstance(node.value, str)}


def test_every_code_has_an_entry() -> None:
    """Every problem code of the program is explained in docs/messages.md, and nothing else is."""
    page = (ROOT / "docs" / "messages.md").read_text(encoding="utf-8")
    given = set().union(*map(codes_in, PRODUCT))
    entries = set(headings(page))
    assert {"not explained": sorted(given - entries), "never given": sorted(entries - given)} == {
        "not explained": [],
        "never given": [],
    }


def test_messages_are_explained_once() -> None:
    """docs/messages.md has no two entries for one code, and says something under each."""
    page = (ROOT / "docs" / "messages.md").read_text(encoding="utf-8")
    entries = re.split(r"^### ", page, flags=re.MULTILINE)[1:]
    codes = [entry.split("\n")[0] for entry in entries]
    assert sorted(codes) == sorted(set(codes))
    assert [entry.split("\n")[0] for entry in entries if len(entry.split()) < 10] == []


def hooks() -> list[str]:
    """The hooks that the program declares."""
    specification = (ROOT / "src" / "appraise" / "hooks" / "specs.py").read_text(encoding="utf-8")
    functions = [node for node in ast.walk(ast.parse(specification)) if isinstance(node, ast.FunctionDef)]
    return [function.name for function in functions if function.name.startswith("appraise_")]


def test_every_hook_has_an_entry() -> None:
    """Every hook has its own entry in docs/plugins.md, in the order of the specification."""
    assert headings(PLUGINS_PAGE) == hooks()


@pytest.mark.parametrize("name", hooks())
def test_every_hook_has_a_worked_example(name: str) -> None:
    """The entry of a hook holds a whole plugin that answers it."""
    entry = PLUGINS_PAGE.split(f"### `{name}`")[1].split("\n### ")[0]
    assert f"@hookimpl\ndef {name}():" in entry


def loaded(code: str, folder: Path) -> ModuleType:
    """The module of a plugin that a page shows."""
    file = folder / "shown_plugin.py"
    file.write_text(code, encoding="utf-8")
    specification = importlib.util.spec_from_file_location("shown_plugin", file)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def answers_of(module: ModuleType) -> dict[str, list[Any]]:
    """What each hook of a plugin returns."""
    return {name: getattr(module, name)() for name in hooks() if hasattr(module, name)}


@pytest.mark.parametrize("code", PLUGIN_BLOCKS, ids=[block.split("\n")[0].strip('"') for block in PLUGIN_BLOCKS])
def test_the_plugins_of_the_manual_work(code: str, tmp_path: Path) -> None:
    """Each plugin shown in docs/plugins.md can be loaded and declares what its hook asks for."""
    answers = answers_of(loaded(code, tmp_path))
    assert len(answers) == 1
    for name, declared in answers.items():
        assert [type(item) for item in declared] == [DECLARATIONS.get(name, type(item)) for item in declared]


def arguments_of(call: str) -> list[plugin.Value]:
    """The values that an example passes: numbers are always Float64."""
    tree = ast.parse(call, mode="eval").body
    assert isinstance(tree, ast.Call)
    values = [ast.literal_eval(argument) for argument in tree.args]
    return [float(value) if isinstance(value, int) and not isinstance(value, bool) else value for value in values]


@pytest.mark.parametrize("code", [block for block in PLUGIN_BLOCKS if "appraise_functions" in block], ids=len)
def test_the_functions_of_the_manual_agree(code: str, tmp_path: Path) -> None:
    """The examples of the functions shown in docs/plugins.md hold, for plain values and for columns."""
    for function in answers_of(loaded(code, tmp_path))["appraise_functions"]:
        for example in function.examples:
            arguments = arguments_of(example.call)
            frame = pl.DataFrame({str(position): [value] for position, value in enumerate(arguments)})
            column = frame.select(function.column(*map(pl.col, frame.columns))).item()
            assert (function.scalar(*arguments), column) == (example.gives, example.gives)


@pytest.mark.parametrize("code", [block for block in PLUGIN_BLOCKS if "MeasureExample" in block], ids=len)
def test_the_measures_of_the_manual_keep_their_examples(code: str, tmp_path: Path) -> None:
    """The worked examples of the measures shown in docs/plugins.md hold."""
    for measure in answers_of(loaded(code, tmp_path))["appraise_measures"]:
        assert list(example_problems("shown", measure)) == []


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of the documentation leads to a file that is there."""
    links = re.findall(r"\]\((?!https?://|mailto:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_commands_of_the_manual_exist(page: Path) -> None:
    """A page names no command that the program does not have."""
    named = re.findall(
        r"(?:^|`)(?:\.venv/bin/)?appraise (?:-w \S+ )?([a-z]+)\b", page.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert set(named) - set(COMMANDS) - {"greet"} == set()


def test_one_spreadsheet_is_enough(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The workspace that README shows, with the sheet that it describes, scores everybody."""
    workspace, template = re.findall(
        r"^```yaml\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    (tmp_path / "templates" / "roles").mkdir(parents=True)
    (tmp_path / "appraise.yaml").write_text(workspace, encoding="utf-8")
    (tmp_path / "templates" / "roles" / "agent.yaml").write_text(template, encoding="utf-8")
    sheet = pl.DataFrame({"id": ["E1", "E2"], "name": ["Asha Rao", "Ben Okafor"], "quality": [82.5, 64.0]})
    sheet.write_excel(tmp_path / "people.xlsx")
    code = main(["-w", str(tmp_path), "--json", "score"])
    people = json.loads(capfd.readouterr().out)["people"]
    assert (code, [(one["person"], one["overall"], one["label"]) for one in people]) == (
        0,
        [("E1", 4.25, "Exceeds"), ("E2", 2.4, "Needs improvement")],
    )


def properties_of(schema: Any, path: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Every property that a schema declares anywhere, with the path of its definition."""
    found: list[tuple[str, dict[str, Any]]] = []
    if isinstance(schema, dict):
        declared = schema.get("properties", {})
        found += [(f"{path}.{name}", declared[name]) for name in declared if isinstance(declared[name], dict)]
        children = schema.items()
    else:
        children = enumerate(schema) if isinstance(schema, list) else ()
    return found + [each for name, child in children for each in properties_of(child, f"{path}.{name}")]


def resolved(definition: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The definition, completed by what it refers to inside the same file."""
    target: Any = schema
    for step in definition.get("$ref", "#").removeprefix("#").split("/")[1:]:
        target = target[step]
    return {**target, **definition} if "$ref" in definition else definition


@pytest.mark.parametrize("path", SCHEMAS, ids=shown)
def test_every_key_is_described(path: Path) -> None:
    """Every key of every schema has a description, which editors show and the manual quotes."""
    schema = json.loads(path.read_text(encoding="utf-8"))
    found = properties_of(schema)
    assert [name for name, key in found if not resolved(key, schema).get("description")] == []


@pytest.mark.parametrize("path", WRITTEN_BY_PEOPLE, ids=shown)
def test_every_key_that_people_write_has_an_example(path: Path) -> None:
    """Every key of the files that people write has an example to start from."""
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert [name for name, key in properties_of(schema) if not resolved(key, schema).get("examples")] == []
