"""A part of a template that is read without trust: what is unsound reads as if it were not there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.documents.nodes import Document
    from appraise.documents.schema import Fault
    from appraise.model.expression import Expression
    from appraise.model.place import Place

UNKNOWN = Decimal("NaN")
"""Stands for a weight that could not be read; such a template is never scored."""

_HARMLESS = frozenset({"missing-key", "unknown-key"})


def unsound_paths(faults: list[Fault]) -> frozenset[tuple[str | int, ...]]:
    """The paths whose values cannot be used: a missing or unknown key leaves the rest of its mapping sound."""
    return frozenset(fault.path for fault in faults if fault.problem.code not in _HARMLESS)


@dataclass(frozen=True, slots=True)
class Part:
    """A value of a template with what stands under it."""

    document: Document
    unsound: frozenset[tuple[str | int, ...]]
    path: tuple[str | int, ...] = ()

    def at(self, *steps: str | int) -> Part:
        """The part further in."""
        return Part(self.document, self.unsound, (*self.path, *steps))

    @property
    def data(self) -> Any:
        """The plain value, or None where it is absent or itself unsound."""
        found = self.document.data
        for number, step in enumerate(self.path, start=1):
            inside = (isinstance(found, dict) and step in found) or (
                isinstance(found, list) and isinstance(step, int) and step < len(found)
            )
            if not inside or self.path[:number] in self.unsound:
                return None
            found = found[step]
        return found

    def has(self, key: str) -> bool:
        """Whether the key is written, soundly or not."""
        return self.document.node(*self.path, key) is not None

    def sound(self) -> bool:
        """Whether neither this value nor anything in it is at fault."""
        return not any(path[: len(self.path)] == self.path for path in self.unsound)

    def items(self) -> Iterator[Part]:
        """The parts of a list."""
        data = self.data
        for number in range(len(data) if isinstance(data, list) else 0):
            yield self.at(number)

    def place(self, *steps: str | int) -> Place:
        """The place of the value."""
        return self.document.place(*self.path, *steps)

    def key_place(self, *steps: str | int) -> Place:
        """The place of the key."""
        return self.document.key_place(*self.path, *steps)

    def text(self, key: str, default: str = "") -> str:
        """The text under the key."""
        value = self.at(key).data
        return value if isinstance(value, str) else default

    def written(self, key: str) -> str:
        """The text under the key as it is written, sound or not: for ids that messages and other keys name."""
        return self.document.raw(*self.path, key)

    def number_or_none(self, key: str) -> float | None:
        """The number under the key."""
        value = self.at(key).data
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    def number(self, key: str, default: float) -> float:
        """The number under the key, or what holds where it is left out."""
        value = self.number_or_none(key)
        return default if value is None else value

    def exact(self, key: str) -> Decimal:
        """The number under the key, to the last digit as written."""
        return UNKNOWN if self.number_or_none(key) is None else Decimal(self.document.raw(*self.path, key))

    def flag(self, key: str) -> bool:
        """Whether the key says true."""
        return self.at(key).data is True

    def expression(self, key: str) -> Expression | None:
        """The expression under the key; None where there is none that can be read."""
        return self.document.expression(*self.path, key) if self.text(key) else None

    def places(self, *keys: str) -> dict[str, Place]:
        """The places of the values of those keys that are written."""
        return {key: self.place(key) for key in keys if self.has(key)}
