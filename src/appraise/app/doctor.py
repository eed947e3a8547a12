"""Whether everything that appraise needs is there: the program, its libraries, the system, the workspace."""

from __future__ import annotations

import ctypes.util
import os
import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from appraise import __version__
from appraise.app.beginning import schema_copy_problems
from appraise.app.bundled import FOLDERS, bundled_folder, schema_text
from appraise.app.workspace import FILE, load_workspace
from appraise.documents.schema import load_schema

if TYPE_CHECKING:
    from pathlib import Path

    from appraise.app.asked import Asked
    from appraise.model.problem import Problem

LIBRARIES = (
    "babel", "click", "fastexcel", "jinja2", "jsonschema", "pluggy", "polars", "rich",
    "ruamel.yaml", "simpleeval", "weasyprint", "xlsxwriter",
)  # fmt: skip
"""The distributions that the program stands on."""

SHARED_LIBRARIES = (
    (
        "pango-1.0",
        "no PDFs can be made",
        "install Pango (Debian: libpango-1.0-0 libpangoft2-1.0-0, macOS: brew install pango)",
    ),
    (
        "harfbuzz-subset",
        "PDFs take more than twice as long",
        "install it (Debian: libharfbuzz-subset0, macOS: brew install harfbuzz)",
    ),
)
"""What PDFs are drawn with: the library's name, what its absence means, and the cure."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `cure` is empty where all is well."""

    subject: str
    says: str
    cure: str = ""

    @property
    def is_fine(self) -> bool:
        """Whether nothing has to be done."""
        return not self.cure


@dataclass(frozen=True, slots=True)
class Examined:
    """`doctor`: every finding; `problems` stays empty, for a warning here is no error."""

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...] = ()


def examine(asked: Asked) -> Examined:
    """Look at everything; nothing is changed."""
    return Examined((_program(), _system(), *_libraries(), *_drawing(), *_bundled(), *_workspace(asked.root)))


def _program() -> Finding:
    return Finding("appraise", f"{__version__} on Python {platform.python_version()}")


def _system() -> Finding:
    says = f"{platform.system()} {platform.machine()}"
    if platform.system() != "Windows":
        return Finding("system", says)
    cure = "expect no memory limits for readers and printers on Windows; everything else works"
    return Finding("system", says, cure)


def _libraries() -> list[Finding]:
    return [_library(name) for name in LIBRARIES]


def _library(name: str) -> Finding:
    try:
        return Finding(name, version(name))
    except PackageNotFoundError:
        return Finding(name, "is not installed", "install appraise-engine again with its dependencies")


def _drawing() -> list[Finding]:
    return [
        Finding(name, "found") if ctypes.util.find_library(name) else Finding(name, f"not found: {means}", cure)
        for name, means, cure in SHARED_LIBRARIES
    ]


def _bundled() -> list[Finding]:
    missing = [name for name in FOLDERS if not bundled_folder(name).is_dir()]
    fonts = sorted((bundled_folder("reports") / "fonts").glob("*.ttf"))
    again = "install appraise-engine again"
    return [
        Finding("shipped folders", f"missing: {', '.join(missing)}", again)
        if missing
        else Finding("shipped folders", f"all in {bundled_folder(FOLDERS[0]).parent}"),
        Finding("fonts", f"{len(fonts)} bundled") if fonts else Finding("fonts", "none bundled", again),
    ]


def _workspace(root: Path) -> list[Finding]:
    if not (root / FILE).is_file():
        cure = "go to the company's folder, name it with -w, or make one with 'appraise init'"
        return [Finding("workspace", f"no {FILE} in {root.resolve()}", cure)]
    workspace, problems = load_workspace(root, load_schema(schema_text("workspace")))
    name = workspace.company if workspace else root.resolve().name
    state = Finding("workspace", f"{name}, {len(problems)} problems in {FILE}", "run 'appraise check'")
    return [
        state if problems else Finding("workspace", f"{name}, {FILE} is fine"),
        *(
            Finding(problem.place.file, "differs from the engine's own", problem.hint)
            for problem in schema_copy_problems(root)
        ),
        *(
            []
            if os.access(root, os.W_OK)
            else [Finding("results", "the folder cannot be written", "ask for permission")]
        ),
    ]
