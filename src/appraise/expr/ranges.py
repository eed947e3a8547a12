"""Which numbers a part of an expression can be, before any data is read."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from appraise.expr import nodes
from appraise.expr.written import written

if TYPE_CHECKING:
    from collections.abc import Mapping

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers from `low` to `high`, an end left out where it is open; `hole` is one number that is left out."""

    low: float = -math.inf
    high: float = math.inf
    low_open: bool = False
    high_open: bool = False
    hole: float | None = None

    def may_be(self, number: float) -> bool:
        """Whether the number is in the range."""
        if number == self.hole or not self.low <= number <= self.high:
            return False
        return not ((number == self.low and self.low_open) or (number == self.high and self.high_open))

    def answer(self, sign: str, number: float) -> bool | None:
        """What `x sign number` is for every x of the range; None where it depends."""
        if sign in {"==", "!="}:
            only = self.low == self.high == number
            return (sign == "==") if only else None if self.may_be(number) else sign == "!="
        if sign in {">", "<="}:
            above = self.low > number or (self.low == number and self.low_open)
            return (sign == ">") if above else (sign == "<=") if self.high <= number else None
        below = self.high < number or (self.high == number and self.high_open)
        return (sign == "<") if below else (sign == ">=") if self.low >= number else None

    def narrowed(self, sign: str, number: float) -> Range:
        """The part of the range where `x sign number` holds."""
        if sign == "!=":
            return Range(self.low, self.high, self.low_open, self.high_open, number)
        low, low_open, high, high_open = self.low, self.low_open, self.high, self.high_open
        if sign in {">", ">=", "=="} and number >= low:
            low, low_open = number, sign == ">" or (low_open and number == low)
        if sign in {"<", "<=", "=="} and number <= high:
            high, high_open = number, sign == "<" or (high_open and number == high)
        return Range(low, high, low_open, high_open, self.hole)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known in one place of an expression: ranges of parts, by how they are written."""

    ranges: Mapping[str, Range] = field(default_factory=dict)

    def given(self, test: nodes.Node, *, holds: bool) -> Facts:
        """The facts where a condition is known to hold, or known not to."""
        facts = self
        for part, sign, number in _single_comparisons(test, holds=holds):
            narrowed = facts.range_of(part).narrowed(sign, number)
            facts = Facts({**facts.ranges, written(part): narrowed})
        return facts

    def decided(self, test: nodes.Node) -> bool | None:
        """Whether the condition is always or never true where it is not missing; None where it depends."""
        if isinstance(test, nodes.YesNo):
            return test.value
        if isinstance(test, nodes.Not):
            inner = self.decided(test.operand)
            return None if inner is None else not inner
        if isinstance(test, nodes.Logic):
            answers = [self.decided(operand) for operand in test.operands]
            decisive = test.word == "or"
            return decisive if decisive in answers else None if None in answers else not decisive
        found = [self.range_of(part).answer(sign, number) for part, sign, number in _comparisons(test)]
        return found[0] if len(found) == 1 else None

    def range_of(self, node: nodes.Node) -> Range:
        """The numbers that the part can be."""
        own = _own_range(node, self)
        known = self.ranges.get(written(node))
        if known is None:
            return own
        low_open = known.low_open if known.low >= own.low else own.low_open
        high_open = known.high_open if known.high <= own.high else own.high_open
        return Range(max(own.low, known.low), min(own.high, known.high), low_open, high_open, known.hole)


def _single_comparisons(test: nodes.Node, *, holds: bool) -> list[tuple[nodes.Node, str, float]]:
    """Comparisons of a part with a number that must hold if the condition holds (or does not)."""
    if isinstance(test, nodes.Not):
        return _single_comparisons(test.operand, holds=not holds)
    if isinstance(test, nodes.Logic):
        if (test.word == "and") is not holds:
            return []
        return [found for operand in test.operands for found in _single_comparisons(operand, holds=holds)]
    found = _comparisons(test)
    if holds:
        return found
    return [(part, _OPPOSITE[sign], number) for part, sign, number in found] if len(found) == 1 else []


def _comparisons(test: nodes.Node) -> list[tuple[nodes.Node, str, float]]:
    """The links of a chain that compare a part with a number; nothing where another link is there, too."""
    if not isinstance(test, nodes.Comparison):
        return []
    found = []
    for sign, left, right in zip(test.operators, test.operands, test.operands[1:], strict=False):
        if (number := literal_number(right)) is not None:
            found.append((left, sign, number))
        elif (number := literal_number(left)) is not None:
            found.append((right, _FLIPPED[sign], number))
    return found if len(found) == len(test.operators) else []


def literal_number(node: nodes.Node) -> float | None:
    """The number that is written here, which may have a minus."""
    if isinstance(node, nodes.Negative):
        inner = literal_number(node.operand)
        return None if inner is None else -inner
    return node.value if isinstance(node, nodes.Number) else None


def _own_range(node: nodes.Node, facts: Facts) -> Range:
    """The range that follows from what the part does."""
    number = literal_number(node)
    if number is not None:
        return Range(number, number)
    ranges = [facts.range_of(part) for part in node.parts] if isinstance(node, nodes.Call | nodes.Arithmetic) else []
    if isinstance(node, nodes.Call):
        return _range_of_call(node.function.name, ranges)
    if isinstance(node, nodes.Arithmetic) and node.operator in {"+", "-"}:
        left, right = ranges if node.operator == "+" else (ranges[0], Range(-ranges[1].high, -ranges[1].low))
        return Range(left.low + right.low, left.high + right.high)
    if isinstance(node, nodes.Power) and node.exponent % 2 == 0:
        return Range(low=0.0)
    if isinstance(node, nodes.Interpolation):
        heights = [height for _, height in node.points]
        return Range(min(heights), max(heights))
    return Range()


_HOURS = {"hour_of": Range(0.0, 23.0), "local_hour": Range(0.0, 24.0)}


def _range_of_call(name: str, ranges: list[Range]) -> Range:
    if name == "max":
        return Range(max(each.low for each in ranges), max(each.high for each in ranges))
    if name == "min":
        return Range(min(each.low for each in ranges), min(each.high for each in ranges))
    if name == "clamp":
        return Range(min(ranges[1].low, ranges[2].low), ranges[2].high)
    if name == "abs":
        return Range(low=0.0)
    if name == "count_true":
        return Range(0.0, float(len(ranges)))
    return _HOURS.get(name, Range())
