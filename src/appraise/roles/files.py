"""Finding the template files of a layered look-up, nearest folder first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.documents.text import read_document
from appraise.roles.heads import head_of, needed
from appraise.roles.kpi_library import KpiLibrary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from appraise.documents.nodes import Document
    from appraise.model.problem import Problem

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of templates, and its name in messages; `path` may also be a single file in that folder."""

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


@dataclass(frozen=True, slots=True)
class Found:
    """The files of all folders that could be read, in the order of folders and file names."""

    templates: tuple[Template, ...]
    libraries: tuple[KpiLibrary, ...]


def files_in(folders: Sequence[Folder], wanted: Iterable[str] | None = None) -> tuple[Found, list[Problem]]:
    """Every template and every library of KPIs in the folders; a folder that is not there is empty.

    With `wanted`, ids of roles, the folders beyond the nearest give only what these roles need.
    """
    read: list[Template | KpiLibrary] = []
    problems: list[Problem] = []
    skipped = _not_needed(folders, wanted) if wanted is not None else frozenset()
    for layer, folder in enumerate(folders):
        for path in (path for path in _files(folder.path) if path not in skipped):
            file, told = _file(path, f"{folder.shown}/{path.name}" if folder.shown else path.name, layer)
            problems += told
            read += [file] if file is not None else []
    templates = tuple(file for file in read if isinstance(file, Template))
    return Found(templates, tuple(file for file in read if isinstance(file, KpiLibrary))), problems


def _not_needed(folders: Sequence[Folder], wanted: Iterable[str]) -> frozenset[Path]:
    heads = [[head_of(path) for path in _files(folder.path)] for folder in folders]
    own, further = heads[0] if heads else [], [head for layer in heads[1:] for head in layer]
    return frozenset(head.path for head in further) - needed(wanted, own, further)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return [folder] if folder.is_file() else []
    return sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and path.name[0] != ".")


def _file(path: Path, shown: str, layer: int) -> tuple[Template | KpiLibrary | None, list[Problem]]:
    document, problems = read_document(path, shown)
    if document is None:
        return None, problems
    if document.node("library") is not None:
        return KpiLibrary(document.raw("library"), layer, document, not problems), problems
    said = document.raw
    known = (said("role"), said("version"), said("effective"), said("extends"))
    return Template(*known, layer, document, not problems), problems
