"""From a value to its band and score: stairs with a ramp on every step.

A `Stair` rises from the scale's lowest score to its highest. Fewer-is-better climbs it upside down; a range is two
stairs, one for each side, and the lower of the two counts. Both ways of scoring do the same operations in the same
order, so that their numbers are equal bit for bit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.quantiser import quantised, quantised_column
from appraise.model.role import Direction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appraise.model.role import Bands, Scale


@dataclass(frozen=True, slots=True)
class Stair:
    """One climb: `starts` rise; `sign` is -1 where fewer is better, and values are turned round before the climb.

    By band, from the lowest: `origins` is where its ramp begins and `widths` how long it is; infinity is level ground.
    """

    starts: tuple[float, ...]
    origins: tuple[float, ...]
    widths: tuple[float, ...]
    sign: float


@dataclass(frozen=True, slots=True)
class Stairs:
    """The bands of one KPI on one scale."""

    climbs: tuple[Stair, ...]
    lowest: int


def stairs_of(bands: Bands, direction: Direction, scale: Scale) -> Stairs:
    """The stairs that the bands describe."""
    if bands.ranges:
        lows = [low for low, _ in bands.ranges]
        highs = [high for _, high in bands.ranges]
        ends = bands.scores_lowest_at
        climbs: tuple[Stair, ...] = (
            _stair(lows, 1.0, ends if ends is not None and ends < lows[0] else None, step=bands.step),
            _stair(highs, -1.0, ends if ends is not None and ends > highs[0] else None, step=bands.step),
        )
    else:
        sign = -1.0 if direction is Direction.LOWER else 1.0
        climbs = (_stair(bands.starts, sign, bands.scores_lowest_at, step=bands.step),)
    return Stairs(climbs, scale.lowest)


def _stair(starts: Sequence[float], sign: float, ends: float | None, *, step: bool) -> Stair:
    rising = [start * sign for start in starts]
    first_width = rising[1] - rising[0] if len(rising) > 1 else 0.0
    bottom = ends * sign if ends is not None else rising[0] - first_width
    origins = [bottom, *rising]
    widths = [upper - lower for lower, upper in zip(origins, rising, strict=False)]
    ramps = [width if width > 0 and not step else math.inf for width in widths]
    return Stair(tuple(rising), tuple(origins), (*ramps, math.inf), sign)


def climbed(stairs: Stairs, value: float) -> tuple[int, int]:
    """The band of a value, and its score in hundredths held at band + 0.99."""
    steps, scores = zip(*(_climb(stair, stairs.lowest, value) for stair in stairs.climbs), strict=True)
    band = stairs.lowest + min(steps)
    return band, held(hundredths(min(scores)), band)


def _climb(stair: Stair, lowest: int, value: float) -> tuple[int, float]:
    height = value * stair.sign
    step = sum(height >= start for start in stair.starts)
    score = float(step + lowest) + (height - stair.origins[step]) / stair.widths[step]
    return step, max(score, float(lowest))


def hundredths(score: float) -> int:
    """A score quantised to two decimals, as a whole number of hundredths."""
    return int(quantised(score * 100.0, 0))


def held(score: int, band: int) -> int:
    """A score in hundredths, at most band + 0.99: a 3 never prints as 4.00."""
    return min(score, 100 * band + 99)


def steps_column(stair: Stair, value: pl.Expr) -> pl.Expr:
    """How many starts a value has reached, UInt8; null where the value is."""
    height = value * stair.sign if stair.sign < 0 else value
    reached = [(height >= start).cast(pl.UInt8) for start in stair.starts]
    return sum(reached[1:], start=reached[0])


def climbed_column(stairs: Stairs, value: pl.Expr, steps: str) -> tuple[pl.Expr, pl.Expr]:
    """`climbed` in columns, the score not yet quantised; `<steps>0`, `<steps>1` are the columns of `steps_column`."""
    climbs = [(stair, pl.col(f"{steps}{side}")) for side, stair in enumerate(stairs.climbs)]
    score = pl.min_horizontal(score_column(stair, stairs.lowest, value, step) for stair, step in climbs)
    return pl.min_horizontal(step for _, step in climbs) + pl.lit(stairs.lowest, pl.UInt8), score


def score_column(stair: Stair, lowest: int, value: pl.Expr, step: pl.Expr) -> pl.Expr:
    """The score before quantising, Float64, of a value that has reached that many starts; null where the value is."""
    if all(math.isinf(width) for width in stair.widths):
        return (step + pl.lit(lowest, pl.UInt8)).cast(pl.Float64)
    height = value * stair.sign if stair.sign < 0 else value
    # The width is taken from a column: Polars multiplies by the reciprocal of a constant, which gives other last bits.
    ramp = (height - _by_step(stair.origins, step)) / _by_step(stair.widths, step)
    return ((step + pl.lit(lowest, pl.UInt8)).cast(pl.Float64) + ramp).clip(lower_bound=float(lowest))


def _by_step(numbers: Sequence[float], step: pl.Expr) -> pl.Expr:
    return pl.lit(pl.Series(numbers, dtype=pl.Float64)).gather(step)


def hundredths_column(score: pl.Expr) -> pl.Expr:
    """Scores quantised to two decimals, as whole hundredths, Int32."""
    return quantised_column(score * 100.0, 0).cast(pl.Int32)


def held_column(score: pl.Expr, band: pl.Expr) -> pl.Expr:
    """Scores in hundredths (Int32), at most band + 0.99; null where both are."""
    return pl.min_horizontal(score, band.cast(pl.Int32) * 100 + 99)
