"""An expression over Polars columns, for the whole company at once.

Null, and in numbers also NaN and infinity, mean missing on the way. Sums, products and quotients of such values are
again not finite, so whole stretches of arithmetic are checked once, where a value is used for something else:
`Part.loose` says that the check is still to come.
"""

from __future__ import annotations

from functools import reduce
from itertools import pairwise
from typing import TYPE_CHECKING

import polars as pl

from appraise.expr import faults, nodes
from appraise.expr.arithmetic import SEVERITY, slope
from appraise.expr.bound import Bound
from appraise.expr.numbers import Numbers, divides_by_previous
from appraise.expr.parts import DTYPES, Part, literal, present, side_by_side, usable
from appraise.expr.quantiser import quantised_column
from appraise.expr.shipped import days_between_column
from appraise.expr.walker import Walker
from appraise.model.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.expr.formula import Formula

__all__ = ["Bound", "bind"]

_COMPARE = {
    "<": pl.Expr.lt,
    "<=": pl.Expr.le,
    ">": pl.Expr.gt,
    ">=": pl.Expr.ge,
    "==": pl.Expr.eq,
    "!=": pl.Expr.ne,
}
_CALCULATE = {"+": pl.Expr.add, "-": pl.Expr.sub, "*": pl.Expr.mul}


def bind(formula: Formula, kinds: Mapping[str, Kind]) -> Bound:
    """The formula as column expressions.

    A name stands for the column of that full name: Float64 (any number type is cast), Boolean, String, Date or
    Datetime, by its kind in `kinds` (a number where that says nothing). The kinds must be right.
    """
    return Bound(Columns(formula.text, kinds).walk(formula.tree), constant=not formula.names)


class Columns(Walker[Part]):
    """The binding to columns."""

    def __init__(self, text: str, kinds: Mapping[str, Kind]) -> None:
        super().__init__(
            {
                nodes.Name: self._name,
                nodes.Negative: self._negative,
                nodes.Arithmetic: self._arithmetic,
                nodes.Power: self._power,
                nodes.Comparison: self._comparison,
                nodes.Membership: self._membership,
                nodes.Logic: self._logic,
                nodes.Not: self._not,
                nodes.Choice: self._choice,
                nodes.Call: self._call,
                nodes.Rounded: self._rounded,
                nodes.Interpolation: self._interpolation,
                nodes.Missing: self._missing,
                nodes.FirstKnown: self._first_known,
            }
        )
        self._kinds = kinds
        self._numbers = Numbers(text, {})

    def walk(self, node: object) -> Part:
        """The part a node becomes; one without names is worked out now and becomes a literal."""
        if isinstance(node, nodes.Node) and not nodes.names_in(node):
            outcome = self._numbers.walk(node)
            kind = Kind(outcome.step.kind) if outcome.step.kind else Kind.NUMBER
            return literal(outcome.value, kind, SEVERITY[outcome.fault])
        return super().walk(node)

    def _name(self, node: nodes.Name) -> Part:
        kind = self._kinds.get(node.name, Kind.NUMBER)
        column = pl.col(node.name)
        value = column.cast(DTYPES[kind]) if kind in {Kind.NUMBER, Kind.DATE} else column
        number = kind is Kind.NUMBER
        return Part(
            kind, lambda: value, faults.blank_or_infinite if number else faults.blank, loose=number, name=node.name
        )

    def _negative(self, node: nodes.Negative) -> Part:
        operand = self.walk(node.operand)
        return Part(Kind.NUMBER, pl.Expr.neg, faults.inherited, (operand,), loose=operand.loose, once=True)

    def _arithmetic(self, node: nodes.Arithmetic) -> Part:
        left, right = self.walk(node.left), self.walk(node.right)
        if left.kind is Kind.DATE:
            return Part(Kind.NUMBER, _days, faults.inherited, (left, right), once=True)
        if node.operator in _CALCULATE:
            made = _CALCULATE[node.operator]
            return Part(Kind.NUMBER, made, faults.overflow, (left, right), loose=True, once=True)
        judge = faults.division(previous=divides_by_previous(node))

        def divided(numerator: pl.Expr, divisor: pl.Expr) -> pl.Expr:
            quotient = numerator / divisor
            whole = quotient.floor()
            results = {"/": quotient, "//": whole, "%": numerator - whole * divisor}
            # An infinite divisor must not make a finite result.
            return usable(results[node.operator], (divisor, right))

        return Part(Kind.NUMBER, divided, judge, (left, right), loose=True)

    def _power(self, node: nodes.Power) -> Part:
        operand = self.walk(node.operand)

        def multiplied(value: pl.Expr) -> pl.Expr:
            if node.exponent == 0:
                return usable(pl.lit(1.0), (value, operand), strict=True)
            return reduce(pl.Expr.mul, [value] * node.exponent)

        return Part(Kind.NUMBER, multiplied, faults.overflow, (operand,), loose=True)

    def _comparison(self, node: nodes.Comparison) -> Part:
        operands = tuple(self.walk(operand) for operand in node.operands)

        def compared(*values: pl.Expr) -> pl.Expr:
            pairs = pairwise(zip(values, operands, strict=True))
            answers = [
                usable(_COMPARE[sign](left[0], right[0]), left, right)
                for sign, (left, right) in zip(node.operators, pairs, strict=True)
            ]
            return side_by_side(pl.all_horizontal, answers)

        return Part(Kind.YES_NO, compared, faults.where_null, operands)

    def _membership(self, node: nodes.Membership) -> Part:
        operand = self.walk(node.operand)

        def found(value: pl.Expr) -> pl.Expr:
            inside = value.is_in(list(node.options))
            return usable(~inside if node.negated else inside, (value, operand))

        return Part(Kind.YES_NO, found, faults.inherited, (operand,))

    def _logic(self, node: nodes.Logic) -> Part:
        operands = tuple(self.walk(operand) for operand in node.operands)
        joined = pl.all_horizontal if node.word == "and" else pl.any_horizontal
        return Part(Kind.YES_NO, lambda *values: joined(values), faults.where_null, operands, once=True)

    def _not(self, node: nodes.Not) -> Part:
        return Part(Kind.YES_NO, pl.Expr.not_, faults.inherited, (self.walk(node.operand),), once=True)

    def _choice(self, node: nodes.Choice) -> Part:
        test, body, otherwise = self.walk(node.test), self.walk(node.body), self.walk(node.otherwise)

        def chosen(yes: pl.Expr, one: pl.Expr, other: pl.Expr) -> pl.Expr:
            return pl.when(yes).then(one).when(~yes).then(other)

        return Part(body.kind, chosen, faults.chosen, (test, body, otherwise), loose=body.loose or otherwise.loose)

    def _call(self, node: nodes.Call) -> Part:
        arguments = tuple(self.walk(argument) for argument in node.arguments)
        function = node.function
        kind = function.gives
        loose = kind is Kind.NUMBER and not function.finite

        def called(*values: pl.Expr) -> pl.Expr:
            pairs = zip(values, arguments, strict=True)
            return usable(function.column(*values).cast(DTYPES[kind]), *pairs, strict=True)

        return Part(kind, called, faults.call(loose=loose), arguments, loose=loose)

    def _rounded(self, node: nodes.Rounded) -> Part:
        operand = self.walk(node.operand)

        def rounded(value: pl.Expr) -> pl.Expr:
            return quantised_column(value, node.places)

        return Part(Kind.NUMBER, rounded, faults.inherited, (operand,), loose=operand.loose, once=True)

    def _interpolation(self, node: nodes.Interpolation) -> Part:
        operand = self.walk(node.operand)

        def looked_up(value: pl.Expr) -> pl.Expr:
            result = pl.when(value >= node.points[0][0]).then(node.points[0][1]).otherwise(node.points[0][1])
            for left, right in pairwise(node.points):
                line = left[1] + (value - left[0]) * slope(left, right)
                result = pl.when(value >= left[0]).then(line).otherwise(result)
            last = node.points[-1]
            held = pl.when(value >= last[0]).then(last[1]).otherwise(result)
            return usable(held, (value, operand), strict=True)

        return Part(Kind.NUMBER, looked_up, faults.inherited, (operand,))

    def _missing(self, node: nodes.Missing) -> Part:
        operand = self.walk(node.operand)

        def absent(value: pl.Expr) -> pl.Expr:
            return ~present(value, loose=operand.loose)

        return Part(Kind.YES_NO, absent, faults.never, (operand,), once=True)

    def _first_known(self, node: nodes.FirstKnown) -> Part:
        operands = tuple(self.walk(operand) for operand in node.operands)

        def found(*values: pl.Expr) -> pl.Expr:
            pairs = zip(values, operands, strict=True)
            return pl.coalesce([usable(value, (value, part)) for value, part in pairs])

        return Part(operands[0].kind, found, faults.where_null, operands)


def _days(last: pl.Expr, first: pl.Expr) -> pl.Expr:
    return days_between_column(first, last)
