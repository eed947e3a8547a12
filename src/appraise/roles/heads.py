"""Which of many template files matter, told by their first words: reading YAML with places takes its time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_ROLE = re.compile(rb"^role[ \t]*:[ \t]*[\"']?([a-z0-9_]+)", re.MULTILINE)
_LIBRARY = re.compile(rb"^library[ \t]*:[ \t]*[\"']?([a-z0-9_]+)", re.MULTILINE)
_EXTENDS = re.compile(rb"^extends[ \t]*:[ \t]*[\"']?([a-z0-9_]+)", re.MULTILINE)
_USE = re.compile(rb"\buse[ \t]*:[ \t]*[\"']?([a-z0-9_]+)\.")


@dataclass(frozen=True, slots=True)
class Head:
    """What a file seems to be, and what it seems to need; both ids blank where nobody can tell without reading it."""

    path: Path
    role: str
    library: str
    needs: frozenset[str]


def head_of(path: Path) -> Head:
    """The head of a file; a blank one where it cannot be opened, which reading it tells."""
    try:
        content = path.read_bytes()
    except OSError:
        return Head(path, "", "", frozenset())
    needs = {f"role {name}" for name in _all(_EXTENDS, content)} | {f"library {name}" for name in _all(_USE, content)}
    return Head(path, _first(_ROLE, content), _first(_LIBRARY, content), frozenset(needs))


def needed(wanted: Iterable[str], own: Sequence[Head], further: Sequence[Head]) -> frozenset[Path]:
    """The files of further folders that somebody needs.

    Args:
        wanted: ids of roles. One that no file has asks for all files, so that a hint can name the right one.
        own: the files of the nearest folder, which are all read.
        further: those of the other folders; one of which nobody can tell what it is, is needed.
    """
    known = {head.role for head in (*own, *further)}
    everything = frozenset(head.path for head in further)
    if not set(wanted) <= known:
        return everything
    asked = {f"role {name}" for name in wanted} | {need for head in own for need in head.needs}
    found: set[Path] = set()
    while True:
        more = [head for head in further if head.path not in found and _is_asked(head, asked)]
        if not more:
            return frozenset(found)
        found |= {head.path for head in more}
        asked |= {need for head in more for need in head.needs}


def _is_asked(head: Head, asked: set[str]) -> bool:
    if not head.role and not head.library:
        return True
    return f"role {head.role}" in asked or f"library {head.library}" in asked


def _all(pattern: re.Pattern[bytes], content: bytes) -> list[str]:
    return [found.decode() for found in pattern.findall(content)]


def _first(pattern: re.Pattern[bytes], content: bytes) -> str:
    found = pattern.search(content)
    return found[1].decode() if found else ""
