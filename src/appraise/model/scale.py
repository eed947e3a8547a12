"""The rating scale: from which whole score to which, and its words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """A rating word and the score at which it begins (inclusive)."""

    label: str
    start: float


@dataclass(frozen=True, slots=True)
class Scale:
    """A rating scale from `lowest` to `highest` whole score; labels are half-open and the last one is closed."""

    id: str
    lowest: int
    highest: int
    labels: tuple[Label, ...]

    @property
    def steps(self) -> int:
        """How many band starts a KPI on this scale declares: 4 on a scale from 1 to 5."""
        return self.highest - self.lowest


FIVE_POINT = Scale(
    id="five_point",
    lowest=1,
    highest=5,
    labels=(
        Label("Unacceptable", 1.0),
        Label("Needs improvement", 1.5),
        Label("Meets", 2.5),
        Label("Exceeds", 3.5),
        Label("Outstanding", 4.5),
    ),
)
"""The scale of a template that names none."""
