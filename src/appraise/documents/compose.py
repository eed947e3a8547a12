"""From YAML events to nodes, with every check that must come before a value is built.

The parser's own composer recurses and its constructors follow merges and tags, so neither is used: the events are
taken one by one and reading stops at the limits. Time and memory are linear in what was read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
)

from appraise.documents import refusals
from appraise.documents.nodes import Entry, ListNode, MappingNode, Scalar
from appraise.documents.scalars import text_problems, value_of
from appraise.model.place import Place

if TYPE_CHECKING:
    from appraise.documents.nodes import Node
    from appraise.model.problem import Problem

MOST_NODES = 10_000
DEEPEST = 32


@dataclass
class _Open:
    """A list or mapping that has begun and not ended; `key` waits for its value, `last` is the key before it."""

    place: Place
    is_mapping: bool
    anchor: str | None
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    key: tuple[Node, int] | None = None
    last: str | None = None

    def closed(self) -> Node:
        """The finished node."""
        return MappingNode(self.entries, self.place) if self.is_mapping else ListNode(tuple(self.items), self.place)


@dataclass
class Composer:
    """Builds the nodes of one text; `root` is None where the text cannot be used."""

    text: str
    shown: str
    lines: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)
    root: Node | None = None
    _open: list[_Open] = field(default_factory=list)
    _nodes: int = 0
    _documents: int = 0
    _told: set[str] = field(default_factory=set)
    _useless: bool = False

    def compose(self) -> None:
        """Take event after event to the end or to a limit; the parser's exceptions pass through."""
        for event in YAML(typ="safe", pure=True).parse(self.text):
            over = self._limit(event)
            if over:
                self.problems.append(over)
                self._useless = True
                break
            self._take(event)
        if self._useless:
            self.root = None

    def _limit(self, event: Any) -> Problem | None:
        """Why nothing after this event is read any more."""
        place = self._place(event)
        if isinstance(event, DocumentStartEvent):
            self._documents += 1
            if event.version or event.tags:
                return refusals.directive(Place(self.shown, 1, 1))
            return refusals.second_document(place) if self._documents > 1 else None
        if isinstance(event, ScalarEvent | AliasEvent | CollectionStartEvent):
            self._nodes += 1
        if isinstance(event, CollectionStartEvent) and len(self._open) >= DEEPEST:
            return refusals.too_deep(place, DEEPEST)
        return refusals.too_many_values(place, MOST_NODES) if self._nodes > MOST_NODES else None

    def _take(self, event: Any) -> None:
        if isinstance(event, AliasEvent):
            self._refuse_alias(event)
        elif isinstance(event, ScalarEvent):
            self._refuse_marks(event)
            self._attach(self._scalar(event), event)
        elif isinstance(event, CollectionStartEvent):
            self._refuse_marks(event)
            self._open.append(_Open(self._place(event), isinstance(event, MappingStartEvent), event.anchor))
        elif isinstance(event, CollectionEndEvent):
            self._attach(self._open.pop().closed(), event)

    def _place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        line_end = len(self.lines[start.line]) if start.line < len(self.lines) else start.column
        last = end.column if end.line == start.line else line_end
        return Place(self.shown, start.line + 1, start.column + 1, max(1, last - start.column))

    def _text_place(self, event: Any, place: Place) -> Place:
        if event.style in ("'", '"'):
            return place.shifted(1, max(1, place.length - 2))
        if event.style not in ("|", ">"):
            return place
        for number in range(place.line, len(self.lines)):
            stripped = self.lines[number].strip()
            if stripped:
                return Place(self.shown, number + 1, self.lines[number].index(stripped) + 1, len(stripped))
        return place

    def _scalar(self, event: Any) -> Scalar:
        place = self._place(event)
        text_place = self._text_place(event, place)
        source = self._source(event, text_place) if event.end_mark.line > event.start_mark.line else ""
        if event.style:
            self.problems += text_problems(event.value, place)
            return Scalar(event.value, event.value, place, text_place, source)
        value, problems = value_of(event.value, place)
        self.problems += problems
        return Scalar(value, event.value, place, text_place, source)

    def _source(self, event: Any, begin: Place) -> str:
        """A text of several lines as it stands in the file; nothing where escapes make it another one."""
        end, indent = event.end_mark, begin.column - 1
        lines = list(self.lines[begin.line - 1 : end.line + 1])
        if len(lines) > end.line - begin.line + 1:
            lines[-1] = lines[-1][: end.column - (1 if event.style in ("'", '"') else 0)]
        kept = [line[indent:] if not line[:indent].strip() else line.lstrip() for line in lines[1:]]
        source = "\n".join([lines[0][indent:], *kept]) if lines else ""
        return source if source.split() == event.value.split() else ""

    def _tell_once(self, problem: Problem) -> None:
        if problem.message not in self._told:
            self._told.add(problem.message)
            self.problems.append(problem)

    def _refuse_marks(self, event: Any) -> None:
        if event.ctag is not None:
            written = f"{event.ctag.handle or ''}{event.ctag.suffix or ''}"
            self._tell_once(refusals.tag(self._place(event), written))
        if event.anchor is not None:
            self._tell_once(refusals.anchor(self._place(event), event.anchor))

    def _refuse_alias(self, event: Any) -> None:
        self._useless = True
        place = self._place(event)
        recursive = any(event.anchor == opened.anchor for opened in self._open)
        self._tell_once(refusals.alias(place, event.anchor, recursive=recursive))
        self._attach(Scalar(None, "", place, place), event)

    def _attach(self, node: Node, event: Any) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if not parent.is_mapping:
            parent.items.append(node)
        elif parent.key is None:
            parent.key = (node, event.end_mark.index)
        else:
            key, key_end = parent.key
            parent.key = None
            lone = isinstance(node, Scalar) and not node.raw and ":" not in self.text[key_end : event.end_mark.index]
            self._pair(parent, key, node, lone=lone and self.text[key_end : key_end + 1] != "")

    def _pair(self, parent: _Open, key: Node, node: Node, *, lone: bool) -> None:
        if not isinstance(key, Scalar):
            self.problems.append(refusals.list_as_key(key.place))
        elif lone and key.raw:
            self._refuse_lone(parent, key)
        elif key.raw == "<<":
            self._useless = True
            self._tell_once(refusals.merge(key.place))
        elif not isinstance(key.value, str):
            self.problems.append(refusals.key_that_is_no_text(key.place, key.raw))
        elif key.value in parent.entries:
            self.problems.append(refusals.duplicate_key(key.place, key.value, parent.entries[key.value].key_place))
        else:
            parent.entries[key.value] = Entry(key.place, node)
            parent.last = key.value

    def _refuse_lone(self, parent: _Open, key: Scalar) -> None:
        """A key without a colon: the rest of a text that a comma cut off, which is put together again."""
        before = parent.entries[parent.last].node if parent.last else None
        if parent.last is None or not isinstance(before, Scalar) or before.text_place != before.place:
            self.problems.append(refusals.key_without_value(key.place, key.raw))
            return
        whole = f"{before.raw}, {key.raw}"
        self.problems = [found for found in self.problems if found.place != before.place]
        self.problems.append(refusals.comma_in_braces(before.place, parent.last, whole))
        mended = Scalar(whole, whole, before.place, before.text_place)
        parent.entries[parent.last] = Entry(parent.entries[parent.last].key_place, mended)
