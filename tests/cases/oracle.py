"""The rules of a score in fractions, written a second time and without a float: what any case must give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

HALF = Fraction(1, 2)


def half_up(number: Fraction, places: int = 2) -> Fraction:
    """A number with so many decimals, halves away from zero."""
    whole = floor(abs(number) * 10**places + HALF)
    return Fraction(whole, 10**places) * (1 if number >= 0 else -1)


@dataclass(frozen=True)
class Climbed:
    """A band and a score."""

    band: int
    score: Fraction


def climbed(value: Fraction, starts: Sequence[Fraction], lowest_at: Fraction | None = None) -> Climbed:
    """Where rising starts take a value, on a scale from 1."""
    end = starts[0] - (starts[1] - starts[0]) if lowest_at is None else lowest_at
    points = [end, *starts]
    band = 1 + sum(start <= value for start in starts)
    if band == len(points):
        return Climbed(band, Fraction(band))
    if value <= end:
        return Climbed(1, Fraction(1))
    low, high = points[band - 1], points[band]
    exact = band + (value - low) / (high - low)
    return Climbed(band, min(half_up(exact), band + Fraction(99, 100)))


def of_bands(value: Fraction, direction: str, starts: Sequence[Fraction]) -> Climbed:
    """Where more is better, or where fewer is."""
    if direction == "higher":
        return climbed(value, starts)
    return climbed(-value, [-start for start in starts])


def of_ranges(value: Fraction, ranges: Sequence[tuple[Fraction, Fraction]]) -> Climbed:
    """The worse of two sides."""
    sides = climbed(value, [low for low, _ in ranges]), climbed(-value, [-high for _, high in ranges])
    return min(sides, key=lambda side: side.score)


def attainment(actual: Fraction, target: Fraction, direction: str, cap: Fraction) -> Fraction:
    """Percent of the target that is reached, as it counts."""
    share = actual / target if direction == "higher" else 2 - actual / target
    return min(half_up(max(100 * share, Fraction(0))), cap)


@dataclass(frozen=True)
class Area:
    """A KRA: its weight, and the weight and the score of each KPI."""

    weight: Fraction
    kpis: Sequence[tuple[Fraction, Fraction | None]]

    @property
    def scored(self) -> list[tuple[Fraction, Fraction]]:
        """The KPIs with a score."""
        return [(weight, score) for weight, score in self.kpis if score is not None]

    @property
    def covered(self) -> Fraction:
        """The weight that is scored, in percent of the whole."""
        return self.weight * sum(weight for weight, _ in self.scored) / 100


def rolled_up(areas: Sequence[Area], *, shared: bool = False) -> tuple[Fraction | None, Fraction]:
    """The overall before it is rounded, and the coverage; with `shared` all that is scored takes the free weight."""
    coverage = sum((area.covered for area in areas), Fraction(0))
    live = [area for area in areas if any(weight for weight, _ in area.scored)]
    if not live:
        return None, coverage
    weighed = [
        ((area.covered if shared else area.weight), weight / sum(each for each, _ in area.scored), score)
        for area in live
        for weight, score in area.scored
    ]
    total = sum(area.covered if shared else area.weight for area in live)
    return sum(outer * inner * score for outer, inner, score in weighed) / total, coverage
