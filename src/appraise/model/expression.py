"""An expression as it was written, before anything is known about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from appraise.model.place import Place


@dataclass(frozen=True, slots=True)
class Expression:
    """The text of a formula, filter, gate or adjustment, and the place of its first character."""

    text: str
    place: Place

    def __str__(self) -> str:
        """The text."""
        return self.text
