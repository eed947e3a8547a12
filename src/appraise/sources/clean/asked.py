"""What a column should be, and how its texts are written."""

from __future__ import annotations

from dataclasses import dataclass

AS_FOUND = ""
"""The kind of a column that nothing asks for: text stays text and typed cells keep their type."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How to read a column.

    `kind` is a type word of `types` (`text number percent duration yes_no date currency`), or empty for as found.
    `declared` is False where the kind follows from the column's use. `time_zone` is the company's, for moments that
    are written with an offset. `date_format` governs dates written as text, ISO needs none.
    With `decimal_comma`, `1.234,50` and `1 234,50` are written for 1234.5.
    """

    kind: str = AS_FOUND
    declared: bool = False
    date_format: str | None = None
    time_zone: str = "UTC"
    missing_marks: tuple[str, ...] = ()
    decimal_comma: bool = False
