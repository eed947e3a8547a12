"""Bands proposed from values that people had: what a fifth, the half, four fifths and all but a twentieth reached."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FEWEST_VALUES = 20
"""Fewer values say nothing about where bands should begin."""

QUANTILES = (Decimal("0.20"), Decimal("0.50"), Decimal("0.80"), Decimal("0.95"))
"""The part of the values that lies below the start of 2, 3, 4 and 5, in the better direction: house defaults."""

_PARTS = 10
"""A start is rounded to no more than a tenth of the way from the first start to the last."""


def proposed_starts(values: Sequence[float], decimals: int, *, rising: bool) -> tuple[Decimal, ...]:
    """Where the scores 2, 3, 4 and 5 might begin; nothing where the values are too much alike to tell four bands.

    Each quantile lies between the two values next to it in rank, in proportion. The starts are rounded to a step of 1,
    2 or 5 (or ten times, a tenth … of it) that is no finer than the value's decimals.

    Args:
        values: at least one, in the unit of the KPI.
        decimals: those of the value, from 0 to 6.
        rising: whether more is better.
    """
    ordered = sorted((Decimal(repr(value)) for value in values), reverse=not rising)
    exact = [_quantile(ordered, part) for part in QUANTILES]
    for step in _steps(abs(exact[-1] - exact[0]) / _PARTS, decimals):
        starts = tuple((start / step).quantize(Decimal(1), ROUND_HALF_EVEN) * step for start in exact)
        if all((before < start) == rising and before != start for before, start in pairwise(starts)):
            return starts
    return ()


def _quantile(ordered: Sequence[Decimal], part: Decimal) -> Decimal:
    place = part * (len(ordered) - 1)
    before = int(place)
    after = min(before + 1, len(ordered) - 1)
    return ordered[before] + (ordered[after] - ordered[before]) * (place - before)


def _steps(coarsest: Decimal, decimals: int) -> Iterator[Decimal]:
    """Steps of 5, 2 and 1 times a power of ten, from the coarsest down to the value's last decimal."""
    finest = Decimal(1).scaleb(-decimals)
    power = max(coarsest.adjusted(), -decimals) if coarsest else -decimals
    for exponent in range(power, -decimals - 1, -1):
        for digit in (5, 2, 1):
            step = Decimal(digit).scaleb(exponent)
            if step <= coarsest or step == finest:
                yield step
