"""Weights as whole numbers, so that a roll-up is exact."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal


def whole_numbers(weights: Sequence[Decimal]) -> tuple[int, ...]:
    """Weights as the smallest whole numbers in the same proportions; 33.33, 33.33 and 33.34 are 3333, 3333, 3334."""
    ratios = [weight.as_integer_ratio() for weight in weights]
    shared = math.lcm(*(below for _, below in ratios))
    scaled = [above * (shared // below) for above, below in ratios]
    divisor = math.gcd(*scaled) or 1
    return tuple(number // divisor for number in scaled)


def shared_weights(weights: Sequence[int], declared: Sequence[int]) -> tuple[int, ...]:
    """What a KRA weighs for each unit of weight that its KPIs keep: its weight divided by what they have declared.

    Args:
        weights: the KRAs' weights, as whole numbers.
        declared: what the KPIs of each KRA weigh together, as whole numbers; 0 where all are only watched.

    Returns:
        The smallest whole numbers in these proportions.
    """
    below = math.lcm(*(weight for weight in declared if weight))
    pairs = zip(weights, declared, strict=True)
    units = [weight * below // all_of_it if all_of_it else 0 for weight, all_of_it in pairs]
    divisor = math.gcd(*units) or 1
    return tuple(unit // divisor for unit in units)
