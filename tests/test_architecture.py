"""The house rules that no tool knows: rooms, sizes, names and reasons."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import tomllib
from pathlib import Path
from typing import TypeAlias

import pytest

ROOT = Path(__file__).parents[1]
PRODUCT = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "plugins").rglob("*.py")])
EVERYTHING = sorted(
    path for folder in ("src", "plugins", "tests", "bench", "scripts") for path in ROOT.glob(f"{folder}/**/*.py")
)
DRAWERS = {"utils", "util", "helpers", "helper", "misc", "common", "base", "core", "shared", "lib", "tools"}
NOT_CODE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
WAIVER = re.compile(r"#\s*(noqa|type:\s*ignore|ruff:\s*noqa|mypy:)", re.IGNORECASE)
WAIVER_WITH_REASON = re.compile(
    r"# noqa: [A-Z]+\d+(, ?[A-Z]+\d+)* -- \S+ \S+|# type: ignore\[[\w-]+(, ?[\w-]+)*\]  # \S+ \S+",
)

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Documented: TypeAlias = ast.Module | ast.ClassDef | Function


def shown(path: Path) -> str:
    """The path as a person in the checkout types it."""
    return path.relative_to(ROOT).as_posix()


each_module = pytest.mark.parametrize("path", PRODUCT, ids=shown)
each_file = pytest.mark.parametrize("path", EVERYTHING, ids=shown)


def functions_of(tree: ast.AST) -> list[Function]:
    """Every function and method, also those inside others."""
    return [node for node in ast.walk(tree) if isinstance(node, Function)]


def docstring_lines(tree: ast.AST) -> set[int]:
    """The lines of the docstrings of the module, its classes and its functions."""
    documented = [
        node for node in ast.walk(tree) if isinstance(node, Documented) and ast.get_docstring(node) is not None
    ]
    return {line for node in documented for line in range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1)}


def code_lines(text: str) -> set[int]:
    """The lines that hold code: no docstring, no comment, no blank line."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    lines = {line for token in tokens if token.type not in NOT_CODE for line in range(token.start[0], token.end[0] + 1)}
    return lines - docstring_lines(ast.parse(text))


@each_module
def test_a_module_fits_on_a_few_screens(path: Path) -> None:
    """A module has at most 250 lines."""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= 250, f"{shown(path)} has {lines} lines: which noun of the field could leave?"


@each_module
def test_a_function_fits_in_the_head(path: Path) -> None:
    """A function has at most 30 lines of code; docstrings, comments and blank lines do not count."""
    text = path.read_text(encoding="utf-8")
    code = code_lines(text)
    sizes = {
        f"{function.name} (line {function.lineno})": len(
            code & set(range(function.lineno, (function.end_lineno or 0) + 1))
        )
        for function in functions_of(ast.parse(text))
    }
    assert {name: size for name, size in sizes.items() if size > 30} == {}


@each_module
def test_a_module_says_what_it_is(path: Path) -> None:
    """Every module begins with a docstring that ends in a full stop."""
    summary = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")[0]
    assert summary.endswith((".", ":")), f"{shown(path)}: {summary!r}"


@each_file
def test_there_are_no_drawers(path: Path) -> None:
    """No file or folder is named after the fact that things lie in it."""
    names = {part.removesuffix(".py").strip("_") for part in path.relative_to(ROOT).parts}
    assert names & DRAWERS == set()


@each_file
def test_a_waived_rule_names_itself_and_its_reason(path: Path) -> None:
    """No `noqa` and no `type: ignore` stands without its code and a reason of some words."""
    readline = io.StringIO(path.read_text(encoding="utf-8")).readline
    comments = [token for token in tokenize.generate_tokens(readline) if token.type == tokenize.COMMENT]
    waived = [token for token in comments if WAIVER.search(token.string)]
    bare = [f"{token.start[0]}: {token.line.strip()}" for token in waived if not has_reason(token)]
    assert bare == []


def has_reason(token: tokenize.TokenInfo) -> bool:
    """Whether the comment names the rule it waives and says why."""
    return WAIVER_WITH_REASON.search(token.string) is not None


def test_every_room_is_in_the_contract() -> None:
    """The layers of import-linter name every room there is, so that a new room must find its place first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    rooms = next(contract for contract in contracts if contract["type"] == "layers")
    named = {room for layer in rooms["layers"] for room in re.findall(r"\w+", layer) if "(" not in layer}
    package = ROOT / "src" / "appraise"
    there = {path.stem for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert rooms["exhaustive"] is True
    assert there - {"__init__", *rooms["exhaustive_ignores"]} == named
