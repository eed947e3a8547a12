"""Finding the template files of a layered look-up, nearest folder first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.documents.text import read_document
from appraise.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from appraise.documents.nodes import Document

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of templates, and its name in messages."""

    path: Path
    shown: str


@dataclass(frozen=True, slots=True)
class Template:
    """A file that could be read; `layer` counts folders from the nearest, `readable` says that nothing was refused.

    `version` and `effective` are as written in this very file, blank where they are not.
    """

    role: str
    version: str
    effective: str
    extends: str
    layer: int
    document: Document
    readable: bool


def templates_in(folders: Sequence[Folder]) -> tuple[list[Template], list[Problem]]:
    """Every template of the folders, in the order of folders and file names; a folder that is not there is empty."""
    templates: list[Template] = []
    problems: list[Problem] = []
    for layer, folder in enumerate(folders):
        for path in _files(folder.path):
            template, told = _template(path, f"{folder.shown}/{path.name}" if folder.shown else path.name, layer)
            problems += told
            templates += [template] if template is not None else []
    return templates, problems


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and path.name[0] != ".")


def _template(path: Path, shown: str, layer: int) -> tuple[Template | None, list[Problem]]:
    document, problems = read_document(path, shown)
    if document is None:
        return None, problems
    if document.node("library") is not None:
        message = "'library' is not available yet: a file of KPIs without weights cannot be used"
        hint = "leave the file out, or use `extends` to share KPIs between roles"
        place = document.key_place("library")
        return None, [*problems, Problem(place, code="not-available-yet", message=message, hint=hint)]
    said = document.raw
    known = (said("role"), said("version"), said("effective"), said("extends"))
    return Template(*known, layer, document, not problems), problems
