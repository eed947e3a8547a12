"""What the signs of the language do to plain values that are not missing."""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING

from appraise.model.kinds import SEVEREST_LAST, Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

_WHOLE_FROM = 2.0**52
"""From here on every Float64 is whole."""

COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}

SEVERITY: Mapping[Fault, int] = {fault: position for position, fault in enumerate(SEVEREST_LAST)}
"""The code of a fault in a column."""


def worst(faults: Iterable[Fault]) -> Fault:
    """The worst of the faults, `NONE` without any."""
    return max(faults, key=SEVERITY.__getitem__, default=Fault.NONE)


def calculated(sign: str, left: float, right: float) -> float:
    """`left sign right`; infinite or NaN where that is no number. The divisor is not 0."""
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign == "*":
        return left * right
    if sign == "/":
        return left / right
    quotient = floored(left / right)
    return quotient if sign == "//" else left - quotient * right


def floored(number: float) -> float:
    """The next whole number that is not larger; what is not finite stays as it is."""
    return float(math.floor(number)) if abs(number) < _WHOLE_FROM else number


def division_fault(numerator: float, *, previous: bool) -> Fault:
    """Why a division by zero has no result; `previous` where a `prev.` value divides."""
    if previous:
        return Fault.PREVIOUS_ZERO
    return Fault.ZERO_DENOMINATOR if numerator == 0.0 else Fault.DIVISION_BY_ZERO


def multiplied(number: float, times: int) -> float:
    """The number multiplied by itself from the left, 1.0 for no times."""
    product = 1.0
    for position in range(times):
        product = number if position == 0 else product * number
    return product


def slope(left: tuple[float, float], right: tuple[float, float]) -> float:
    """How much y changes from one point to the next per unit of x."""
    return (right[1] - left[1]) / (right[0] - left[0])


def interpolated(number: float, points: tuple[tuple[float, float], ...]) -> float:
    """The y of straight lines through the points, flat beyond the ends: `y1 + (x - x1) · slope`."""
    if number >= points[-1][0]:
        return points[-1][1]
    for left, right in zip(reversed(points[:-1]), reversed(points[1:]), strict=True):
        if number >= left[0]:
            return left[1] + (number - left[0]) * slope(left, right)
    return points[0][1]
