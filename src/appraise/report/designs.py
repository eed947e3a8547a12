"""Where designs are found: the workspace first, then plugins, then what ships with the program; one file at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*(/[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*)*")
LARGEST = 4 * 1024 * 1024
FONT_SUFFIXES = frozenset({".ttf", ".otf"})


@dataclass(frozen=True, slots=True)
class DesignFolder:
    """A folder of designs, and how its path is shown to the user."""

    path: Path
    shown: str


@dataclass(frozen=True, slots=True)
class Designs:
    """The folders, nearest first; a file of a nearer folder replaces its namesakes."""

    folders: tuple[DesignFolder, ...]

    def find(self, name: str) -> tuple[Path, str] | None:
        """The file of that name and how it is shown; None for a name that is no plain relative one or not there.

        A link that leads out of its folder is not followed, and a file above four MiB is not a design.
        """
        if not _NAME.fullmatch(name):
            return None
        for folder in self.folders:
            path = folder.path / name
            if path.is_file() and _inside(path, folder.path) and path.stat().st_size <= LARGEST:
                return path, f"{folder.shown}/{name}"
        return None

    def font_folders(self) -> Iterator[Path]:
        """The folders that hold fonts, nearest first."""
        for folder in self.folders:
            fonts = folder.path / "fonts"
            if fonts.is_dir() and any(path.suffix.lower() in FONT_SUFFIXES for path in fonts.iterdir()):
                yield fonts.resolve()


def _inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())
