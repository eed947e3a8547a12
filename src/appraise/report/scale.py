"""The rating scale as a ruler: where a score stands, which word it has, and how the bands are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from appraise.report.parts import Box, Bullet, Mark, Tick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appraise.model.outcome import Appraisal, ScaleLabel

GLYPHS = {"up": "▲", "down": "▼", "even": ""}
SHADES = 5


@dataclass(frozen=True, slots=True)
class Ruler:
    """A scale from `lowest` to `highest`; lengths are in units of a row that is 100 wide."""

    lowest: int
    highest: int
    labels: tuple[ScaleLabel, ...]

    @property
    def middle(self) -> float:
        """The middle of the scale: 3.00 on a scale from 1 to 5."""
        return (self.lowest + self.highest) / 2

    @property
    def middle_level(self) -> int:
        """The first whole level whose word is that of the middle: what is expected."""
        levels = range(self.lowest, self.highest + 1)
        middle = self.place_of(self.middle)
        return next((level for level in levels if self.place_of(float(level)) == middle), round(self.middle))

    def at(self, score: float) -> float:
        """How far along the row a score stands."""
        return 100 * (score - self.lowest) / (self.highest - self.lowest)

    def place_of(self, score: float) -> int:
        """Which of the labels a score has, counting from 0; below the first start it has the first."""
        reached = [index for index, label in enumerate(self.labels) if score >= label.start]
        return reached[-1] if reached else 0

    def word(self, score: float) -> str:
        """The label of a score."""
        return self.labels[self.place_of(score)].label if self.labels else ""

    def tone(self, score: float) -> str:
        """`up`, `even` or `down`: against the label that the middle of the scale has."""
        here, middle = self.place_of(score), self.place_of(self.middle)
        return "up" if here > middle else "down" if here < middle else "even"

    def level(self, band: int) -> Mark:
        """The word of a level with its tone."""
        tone = self.tone(float(band))
        return Mark(self.word(float(band)), tone, GLYPHS[tone])

    def bullet(self, score: float, says: str, tone: str = "") -> Bullet:
        """A bullet graph of a score; at the lowest score a sliver of the bar stays visible."""
        fill = max(self.at(score), 1.5)
        return Bullet(says, length(fill), tone or self.tone(score), length(self.at(self.middle)))

    def level_bands(self) -> tuple[Box, ...]:
        """The whole levels, darkest first: where a KPI's bands stand."""
        return self._boxes([float(edge) for edge in range(self.lowest, self.highest)])

    def label_bands(self) -> tuple[Box, ...]:
        """The spans of the labels, darkest first."""
        return self._boxes(self._starts())

    def label_ticks(self) -> tuple[Tick, ...]:
        """The words of the labels, each centred under its span."""
        starts = [*self._starts(), float(self.highest)]
        middles = [(here + there) / 2 for here, there in pairwise(starts)]
        words = [label.label for label in self.labels]
        return tuple(Tick(length(self.at(middle)), word) for middle, word in zip(middles, words, strict=True))

    def _starts(self) -> list[float]:
        return [max(label.start, float(self.lowest)) for label in self.labels]

    def _boxes(self, starts: Sequence[float]) -> tuple[Box, ...]:
        edges = [*starts, float(self.highest)]
        spans = list(pairwise(edges))
        return tuple(
            box(self.at(here), self.at(there) - self.at(here), shade_of(index, len(spans)))
            for index, (here, there) in enumerate(spans)
        )


def ruler_of(appraisal: Appraisal) -> Ruler:
    """The ruler of an appraisal's scale."""
    return Ruler(appraisal.lowest, appraisal.highest, appraisal.labels)


def shade_of(index: int, count: int) -> str:
    """The class of a band: `shade-1` for the worst and darkest to `shade-5` for the best and lightest."""
    step = (SHADES - 1) / max(count - 1, 1)
    return f"shade-{1 + round(index * step)}"


def box(start: float, width: float, shade: str) -> Box:
    """A rectangle of a drawing."""
    return Box(length(start), length(start + width), length(width), shade)


def length(number: float) -> str:
    """A number of a drawing with two decimals at most."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
