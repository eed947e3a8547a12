"""Where in which file something stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file that a person can open.

    `line` and `column` count from 1; 0 means the whole file. `length` is how many characters a caret line marks.
    `file` is written the way the user should type it: relative to the workspace where the file lies inside it.
    """

    file: str
    line: int = 0
    column: int = 0
    length: int = 1

    def shifted(self, characters: int, length: int = 1) -> Place:
        """The place `characters` further right on the same line."""
        return Place(self.file, self.line, self.column + characters, length)

    def __str__(self) -> str:
        """`file:line:column`, leaving out what is unknown."""
        parts = [self.file, *(str(number) for number in (self.line, self.column) if number)]
        return ":".join(parts)
