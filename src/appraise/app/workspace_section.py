"""A part of `appraise.yaml`, read without trust: what has the wrong shape reads as if it were absent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from appraise.documents.nodes import Document
    from appraise.model.expression import Expression
    from appraise.model.place import Place


@dataclass(frozen=True, slots=True)
class Section:
    """The value at a path of a document. The schema has told the wrong shapes, so here they are passed over."""

    document: Document
    path: tuple[str | int, ...] = ()
    data: Any = None

    def at(self, *steps: str | int) -> Section:
        """The section further in; its data is None where nothing stands there."""
        data = self.data
        for step in steps:
            data = _child(data, step)
        return Section(self.document, (*self.path, *steps), data)

    def names(self) -> tuple[str, ...]:
        """The keys of a mapping in the order of the file; nothing for anything else."""
        return tuple(self.data) if isinstance(self.data, dict) else ()

    def parts(self) -> tuple[tuple[str, Section], ...]:
        """Every key of a mapping with the section of its value."""
        return tuple((name, self.at(name)) for name in self.names())

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        return isinstance(self.data, dict) and key in self.data

    def place(self, *steps: str | int) -> Place:
        """The place of the value at the steps, or of its nearest ancestor."""
        return self.document.place(*self.path, *steps)

    def key_place(self, *steps: str | int) -> Place:
        """The place of the key at the end of the steps."""
        return self.document.key_place(*self.path, *steps)

    def text(self, key: str, default: str = "") -> str:
        """The text under the key; a number is taken as it is written."""
        value = self.at(key).data
        if isinstance(value, str):
            return value
        return self.document.raw(*self.path, key).strip() if _is_number(value) else default

    def optional(self, key: str) -> str | None:
        """The text under the key, or None where there is none."""
        return self.text(key) or None

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list, or the one text that stands there alone."""
        value = self.at(key).data
        if isinstance(value, list):
            return tuple(item for item in value if isinstance(item, str))
        return (value,) if isinstance(value, str) else ()

    def pairs(self, key: str) -> dict[str, str]:
        """The text values of a mapping."""
        section = self.at(key)
        return {name: section.text(name) for name in section.names() if section.text(name)}

    def whole(self, key: str, default: int) -> int:
        """The whole number under the key."""
        value = self.at(key).data
        return value if isinstance(value, int) and not isinstance(value, bool) else default

    def number(self, key: str) -> float | None:
        """The number under the key."""
        value = self.at(key).data
        return float(value) if _is_number(value) else None

    def expression(self, key: str) -> Expression | None:
        """The expression under the key, placed at its first character."""
        value = self.at(key).data
        if value is None or isinstance(value, dict | list):
            return None
        return self.document.expression(*self.path, key)


def whole_document(document: Document) -> Section:
    """The section that is the whole document."""
    return Section(document, (), document.data)


def _child(data: Any, step: str | int) -> Any:
    if isinstance(data, dict) and isinstance(step, str):
        return data.get(step)
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return data[step]
    return None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
