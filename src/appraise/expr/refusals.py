"""Refusing a node of Python's tree at its characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.expr.complaints import Complaint

if TYPE_CHECKING:
    import ast


class Refused(Exception):
    """A node is not in the language; the complaint says why. It never leaves `grammar`."""

    def __init__(self, *, start: int, end: int, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.complaint = Complaint(start=start, end=end, code=code, message=message, hint=hint)


class Spans:
    """Finds the characters of a node of `(text)`, whose columns Python counts in UTF-8 bytes."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._characters: list[int] | None = None
        if not text.isascii():
            widths = (len(character.encode()) for character in text)
            self._characters = [position for position, width in enumerate(widths) for _ in range(width)]

    def of(self, node: ast.expr) -> tuple[int, int]:
        """Start and end (exclusive) of the node in the text."""
        return self._character(node.col_offset - 1), self._character((node.end_col_offset or 0) - 1)

    def _character(self, byte: int) -> int:
        inside = max(byte, 0)  # the brackets around the text are its own where the whole is a list
        if self._characters is None:
            return min(inside, self._length)
        return self._characters[inside] if inside < len(self._characters) else self._length
