"""A parsed document: plain values that know where in which file they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from appraise.model.expression import Expression

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.model.place import Place

Plain: TypeAlias = str | int | float | bool | None
"""What a scalar can be; dates stay text."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value; `raw` is it as written, `text_place` the first character inside quotes or a block.

    `source` is a text of several lines with its line ends and indents as in the file, counted from `text_place`.
    """

    value: Plain
    raw: str
    place: Place
    text_place: Place
    source: str = ""


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list of nodes."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A key's place and its value."""

    key_place: Place
    node: Node


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Text keys with their values, in the order of the file."""

    entries: Mapping[str, Entry]
    place: Place


Node: TypeAlias = Scalar | ListNode | MappingNode


def plain(node: Node) -> Any:
    """The node as dict, list, str, int, float, bool or None."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return {key: plain(entry.node) for key, entry in node.entries.items()}


@dataclass(frozen=True)
class Document:
    """A checked YAML file, or several merged into one: data with the place of every key and value.

    `shown` is the file as the user should type it, `content` the bytes it was read from and `refused`
    the places of values that reading already complained about. A path is made of keys and
    list indexes: `document.place("kras", 0, "weight")`. Paths that lead nowhere answer with their nearest ancestor.
    """

    root: Node
    shown: str
    lines: tuple[str, ...] = field(default=(), repr=False)
    content: bytes = field(default=b"", repr=False)
    refused: frozenset[Place] = frozenset()

    @cached_property
    def data(self) -> Any:
        """The document as plain dict, list, str, int, float, bool and None; fresh objects, shared with nobody."""
        return plain(self.root)

    def node(self, *path: str | int) -> Node | None:
        """The node at the path, or None where there is none."""
        found: Node | None = self.root
        for step in path:
            found = _child(found, step)
        return found

    def place(self, *path: str | int) -> Place:
        """The place of the value at the path."""
        found = self.root
        for step in path:
            child = _child(found, step)
            if child is None:
                break
            found = child
        return found.place

    def key_place(self, *path: str | int) -> Place:
        """The place of the last key of the path; of the value where the last step is a list index."""
        above = self.node(*path[:-1])
        if path and isinstance(above, MappingNode) and path[-1] in above.entries:
            return above.entries[str(path[-1])].key_place
        return self.place(*path)

    def raw(self, *path: str | int) -> str:
        """The scalar as written (`33.30`, not 33.3), or the empty text where there is no scalar."""
        found = self.node(*path)
        return found.raw if isinstance(found, Scalar) else ""

    def expression(self, *path: str | int) -> Expression:
        """The text at the path as an expression, placed at its first character (inside quotes or a block).

        It keeps the line ends of the file, so that a character of it can be found again.
        """
        found = self.node(*path)
        if isinstance(found, Scalar):
            return Expression((found.source or found.raw).strip(), found.text_place)
        return Expression("", self.place(*path))


def _child(node: Node | None, step: str | int) -> Node | None:
    if isinstance(node, MappingNode) and isinstance(step, str):
        entry = node.entries.get(step)
        return entry.node if entry else None
    if isinstance(node, ListNode) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step]
    return None
