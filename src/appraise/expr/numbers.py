"""An expression in plain numbers, for one person, with every step of the way."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from appraise.expr import nodes
from appraise.expr.arithmetic import COMPARE, calculated, division_fault, interpolated, multiplied, worst
from appraise.expr.quantiser import quantised
from appraise.expr.shipped import days_between
from appraise.expr.values import Result, finite, kind_of_node, kind_of_value, plain
from appraise.expr.walker import Walker
from appraise.model.kinds import Fault
from appraise.model.outcome import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from appraise.expr.formula import Formula
    from appraise.model.kinds import Value


class Outcome(NamedTuple):
    """What an expression comes to: a value, or None with the fault that explains it, and how it was worked out."""

    value: Value
    fault: Fault
    step: Step


def evaluate(formula: Formula, values: Mapping[str, Value]) -> Outcome:
    """The outcome of a formula whose kinds are right.

    Args:
        formula: the formula.
        values: by full name; a name that is absent or None is missing. Numbers may be int, dates date or datetime.

    Only what was needed is a step: the branch that was chosen, the conditions up to the one that decided.
    """
    return Numbers(formula.text, values).walk(formula.tree)


class Numbers(Walker[Outcome]):
    """The binding to plain numbers."""

    def __init__(self, text: str, values: Mapping[str, Value]) -> None:
        super().__init__(
            {
                nodes.Number: self._literal,
                nodes.Text: self._literal,
                nodes.YesNo: self._literal,
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
        self._text = text
        self._values = values

    def _literal(self, node: nodes.Number | nodes.Text | nodes.YesNo) -> Outcome:
        return self._outcome(node, (), Result(node.value))

    def _name(self, node: nodes.Name) -> Outcome:
        value = plain(self._values.get(node.name))
        return self._outcome(node, (), Result(None, Fault.NO_DATA) if value is None else finite(value))

    def _negative(self, node: nodes.Negative) -> Outcome:
        operand = self.walk(node.operand)
        return self._outcome(node, (operand,), _strict((operand,)) or Result(-number(operand)))

    def _arithmetic(self, node: nodes.Arithmetic) -> Outcome:
        left, right = self.walk(node.left), self.walk(node.right)
        return self._outcome(node, (left, right), _strict((left, right)) or _worked_out(node, left, right))

    def _power(self, node: nodes.Power) -> Outcome:
        operand = self.walk(node.operand)
        missing = _strict((operand,))
        return self._outcome(node, (operand,), missing or finite(multiplied(number(operand), node.exponent)))

    def _comparison(self, node: nodes.Comparison) -> Outcome:
        steps = [self.walk(node.operands[0])]
        answers: list[bool | None] = []
        for sign, operand in zip(node.operators, node.operands[1:], strict=True):
            steps.append(self.walk(operand))
            left, right = steps[-2].value, steps[-1].value
            answers.append(None if left is None or right is None else COMPARE[sign](left, right))
            if answers[-1] is False:
                break
        return self._outcome(node, steps, _decided(answers, steps, decisive=False))

    def _membership(self, node: nodes.Membership) -> Outcome:
        operand = self.walk(node.operand)
        found = Result((operand.value in node.options) is not node.negated)
        return self._outcome(node, (operand,), _strict((operand,)) or found)

    def _logic(self, node: nodes.Logic) -> Outcome:
        decisive = node.word == "or"
        steps: list[Outcome] = []
        for operand in node.operands:
            steps.append(self.walk(operand))
            if steps[-1].value is decisive:
                break
        return self._outcome(node, steps, _decided([step.value for step in steps], steps, decisive=decisive))

    def _not(self, node: nodes.Not) -> Outcome:
        operand = self.walk(node.operand)
        return self._outcome(node, (operand,), _strict((operand,)) or Result(not operand.value))

    def _choice(self, node: nodes.Choice) -> Outcome:
        test = self.walk(node.test)
        if test.value is None:
            return self._outcome(node, (test,), Result(None, test.fault))
        chosen = self.walk(node.body if test.value else node.otherwise)
        return self._outcome(node, (test, chosen), Result(chosen.value, chosen.fault))

    def _call(self, node: nodes.Call) -> Outcome:
        arguments = [self.walk(argument) for argument in node.arguments]
        result = _strict(arguments)
        if result is None:
            value = plain(node.function.scalar(*(argument.value for argument in arguments)))
            result = Result(None, Fault.NO_DATA) if value is None else finite(value)
        return self._outcome(node, arguments, result)

    def _rounded(self, node: nodes.Rounded) -> Outcome:
        operand = self.walk(node.operand)
        missing = _strict((operand,))
        return self._outcome(node, (operand,), missing or Result(quantised(number(operand), node.places)))

    def _interpolation(self, node: nodes.Interpolation) -> Outcome:
        operand = self.walk(node.operand)
        missing = _strict((operand,))
        return self._outcome(node, (operand,), missing or Result(interpolated(number(operand), node.points)))

    def _missing(self, node: nodes.Missing) -> Outcome:
        operand = self.walk(node.operand)
        return self._outcome(node, (operand,), Result(operand.value is None))

    def _first_known(self, node: nodes.FirstKnown) -> Outcome:
        steps: list[Outcome] = []
        for operand in node.operands:
            steps.append(self.walk(operand))
            if steps[-1].value is not None:
                return self._outcome(node, steps, Result(steps[-1].value))
        return self._outcome(node, steps, Result(None, worst(step.fault for step in steps)))

    def _outcome(self, node: nodes.Node, steps: Sequence[Outcome], result: Result) -> Outcome:
        value = result.value
        if isinstance(value, float):
            value += 0.0  # turns -0.0 into 0.0
        kind = kind_of_value(value) or kind_of_node(node)
        fault = result.fault.value if value is None else ""
        text = self._text[node.start : node.end]
        inner = tuple([step.step for step in steps])
        return Outcome(value, result.fault, Step(text, node.start, node.end, kind, value, fault, inner))


def number(outcome: Outcome) -> float:
    """The value of an outcome that is known to be a number."""
    if isinstance(outcome.value, float):
        return outcome.value
    raise TypeError(f"{outcome.step.text}: {outcome.value!r} is not a number")


def _strict(operands: Iterable[Outcome]) -> Result | None:
    """Missing with the worst fault where an operand is missing; None where none is."""
    faults = [operand.fault for operand in operands if operand.value is None]
    return Result(None, worst(faults)) if faults else None


def _worked_out(node: nodes.Arithmetic, left: Outcome, right: Outcome) -> Result:
    if isinstance(left.value, datetime) and isinstance(right.value, datetime):
        return Result(days_between(right.value, left.value))
    divides = node.operator in {"/", "//", "%"}
    if divides and right.value == 0.0:
        return Result(None, division_fault(number(left), previous=divides_by_previous(node)))
    return finite(calculated(node.operator, number(left), number(right)))


def divides_by_previous(node: nodes.Arithmetic) -> bool:
    """Whether a value of the period before stands in the divisor."""
    return any(name.startswith("prev.") for name in nodes.names_in(node.right))


def _decided(answers: Sequence[Value], steps: Sequence[Outcome], *, decisive: bool) -> Result:
    """Kleene's and/or over the answers: the decisive one wins, else a missing one is missing."""
    if decisive in answers:
        return Result(decisive)
    if None in answers:
        return Result(None, worst(step.fault for step in steps))
    return Result(not decisive)
