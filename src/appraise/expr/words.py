"""An expression in words that can be read aloud, and with its numbers put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.expr import nodes
from appraise.expr.walker import Walker
from appraise.expr.written import shown, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from appraise.expr.formula import Formula
    from appraise.model.kinds import Value

_CALCULATION = {
    "+": "plus",
    "-": "minus",
    "*": "times",
    "/": "divided by",
    "//": "divided into whole parts of",
    "%": "less whole parts of",
}
_IS = {"==": "is", "!=": "is not", "<": "is below", "<=": "is at most", ">": "is above", ">=": "is at least"}
_POWERS = {0: "to the power of 0", 1: "to the power of 1", 2: "squared", 3: "cubed"}
_PREFIXES = {
    "prev": "{} in the period before",
    "team": "the team's {}",
    "company": "the company's {}",
    "target": "the target for {}",
    "person": "the person's {}",
}
_CALLS = {
    "min": "the smallest of {}",
    "max": "the largest of {}",
    "abs": "the size of {}",
    "hour_of": "the hour of {}",
}
_SPANS = {
    "days_between": "the days from {} to {}",
    "minutes_between": "the minutes from {} to {}",
    "working_days_between": "the working days from {} to {}",
    "local_hour": "the hour of {} on the clock of {}",
    "clamp": "{}, held between {} and {}",
}


def say(formula: Formula, titles: Mapping[str, str]) -> str:
    """The formula in plain words: `100 times promises kept, divided by promises due`.

    Args:
        formula: the formula.
        titles: what to call names; a name with a prefix is looked up whole, then without it. A name without a title is
            its own words.
    """
    return Words(titles).walk(formula.tree)


def put_in(formula: Formula, values: Mapping[str, Value]) -> str:
    """The formula with the numbers put in: `100 × 73 ÷ 100`; a name without a value is `missing`."""
    return written(formula.tree, lambda name: shown(values.get(name)))


class Words(Walker[str]):
    """The binding to words."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        super().__init__(
            {
                nodes.Number: lambda node: shown(node.value),
                nodes.Text: lambda node: node.value or "blank text",
                nodes.YesNo: lambda node: shown(node.value),
                nodes.Name: lambda node: called(node.name, titles),
                nodes.Negative: lambda node: f"minus {self._inner(node.operand)}",
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
                nodes.Missing: lambda node: f"{self.walk(node.operand)} is missing",
                nodes.FirstKnown: lambda node: f"the first known of {self._list(node.operands)}",
            }
        )

    def _inner(self, node: nodes.Node) -> str:
        """A calculation inside another, so that it is heard as one thing."""
        said = self.walk(node)
        if isinstance(node, nodes.Arithmetic) and node.operator == "+" and not node.left.parts:
            return f"the sum of {self._inner(node.left)} and {self._inner(node.right)}"
        return f"({said})" if isinstance(node, nodes.Arithmetic | nodes.Choice) or ", " in said else said

    def _arithmetic(self, node: nodes.Arithmetic) -> str:
        word = _CALCULATION[node.operator]
        left, right = node.left, self._inner(node.right)
        if not isinstance(left, nodes.Arithmetic):
            return f"{self._inner(left)} {word} {right}"
        if _is_sum(left) and not _is_sum(node):
            return f"{self._inner(left)}, {word} {right}"
        comma = "" if _is_sum(left) or left.operator == node.operator == "*" else ","
        return f"{self.walk(left)}{comma} {word} {right}"

    def _power(self, node: nodes.Power) -> str:
        return f"{self._inner(node.operand)} {_POWERS.get(node.exponent, f'to the power of {node.exponent}')}"

    def _comparison(self, node: nodes.Comparison) -> str:
        operands = [self.walk(operand) for operand in node.operands]
        pairs = zip(node.operators, operands, operands[1:], strict=False)
        return " and ".join(f"{left} {_IS[sign]} {right}" for sign, left, right in pairs)

    def _membership(self, node: nodes.Membership) -> str:
        options = [shown(option).strip("'") or "blank text" for option in node.options]
        if node.negated:
            return f"{self.walk(node.operand)} is none of {_joined(options, 'and')}"
        return f"{self.walk(node.operand)} is {_joined(options, 'or')}"

    def _logic(self, node: nodes.Logic) -> str:
        said = [
            f"either {self.walk(operand)}," if isinstance(operand, nodes.Logic) and operand.word == "or" else
            f"{self.walk(operand)}," if isinstance(operand, nodes.Logic | nodes.Choice) else self.walk(operand)
            for operand in node.operands
        ]  # fmt: skip
        return f" {node.word} ".join(said).rstrip(",")

    def _not(self, node: nodes.Not) -> str:
        if isinstance(node.operand, nodes.Missing):
            return f"{self.walk(node.operand.operand)} is known"
        said = self.walk(node.operand)
        return f"not ({said})" if isinstance(node.operand, nodes.Logic) else f"not {said}"

    def _choice(self, node: nodes.Choice) -> str:
        return f"{self.walk(node.body)} if {self.walk(node.test)}, otherwise {self.walk(node.otherwise)}"

    def _call(self, node: nodes.Call) -> str:
        name = node.function.name
        if name == "count_true":
            return f"how many of these are true: {'; '.join(self.walk(argument) for argument in node.arguments)}"
        if name in _SPANS:
            return _SPANS[name].format(*(self._inner(argument) for argument in node.arguments))
        return _CALLS.get(name, f"{_in_words(name)} of {{}}").format(self._list(node.arguments))

    def _rounded(self, node: nodes.Rounded) -> str:
        decimals = {0: "to a whole number", 1: "to 1 decimal"}.get(node.places, f"to {node.places} decimals")
        return f"{self.walk(node.operand)}, rounded {decimals}"

    def _interpolation(self, node: nodes.Interpolation) -> str:
        points = _joined([f"{shown(y)} at {shown(x)}" for x, y in node.points], "and")
        return f"the value for {self._inner(node.operand)} on the line through {points}"

    def _list(self, operands: Sequence[nodes.Node]) -> str:
        return _joined([self._inner(operand) for operand in operands], "and")


def called(name: str, titles: Mapping[str, str]) -> str:
    """What a full name is called: by its title, or by its prefix and the title of the rest."""
    if name in titles:
        return titles[name]
    prefix, _, rest = name.partition(".")
    if not rest:
        return _in_words(name)
    pattern, inner = _PREFIXES.get(prefix, f"{prefix} {{}}"), called(rest, titles)
    return pattern.format(inner.removeprefix("the ") if pattern.startswith("the ") else inner)


def _is_sum(node: nodes.Arithmetic) -> bool:
    return node.operator in {"+", "-"}


def _in_words(name: str) -> str:
    return name.replace("_", " ")


def _joined(parts: Sequence[str], word: str) -> str:
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}" if len(parts) > 1 else "".join(parts)
