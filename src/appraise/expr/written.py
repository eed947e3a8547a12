"""A tree written out again on one line, with brackets only where they are needed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from appraise.expr import nodes
from appraise.expr.walker import Walker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from appraise.model.kinds import Value

SIGNS: Mapping[str, str] = {
    "+": "+",
    "-": "−",
    "*": "×",
    "/": "÷",
    "//": "//",
    "%": "%",
    "<": "<",
    "<=": "≤",
    ">": ">",
    ">=": "≥",
    "==": "=",
    "!=": "≠",
}
"""The signs as they are printed."""

_CHOICE, _OR, _AND, _NOT, _COMPARISON, _SUM, _PRODUCT, _MINUS, _POWER, _WHOLE = range(10)


def shown(value: Value) -> str:
    """A value as people write it: at most 15 digits, so without the noise of binary fractions."""
    if value is None:
        return "missing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return f"'{value}'"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}" if value.time() != datetime.min.time() else f"{value:%Y-%m-%d}"
    if isinstance(value, date):
        return value.isoformat()
    whole = f"{value:.0f}"
    plain = whole if float(value) == float(whole) and abs(value) < 1e15 else f"{value:.15g}"
    return plain.replace("-0", "0") if plain == "-0" else plain.replace("-", "−", 1) if value < 0 else plain


def written(tree: nodes.Node, name: Callable[[str], str] = str) -> str:
    """The tree on one line; `name` gives what is written for a full name."""
    return Writing(name).walk(tree)[0]


class Writing(Walker[tuple[str, int]]):
    """The binding to written words: the text, and how tightly it holds together."""

    def __init__(self, name: Callable[[str], str]) -> None:
        super().__init__(
            {
                nodes.Number: lambda node: (shown(node.value), _WHOLE),
                nodes.Text: lambda node: (shown(node.value), _WHOLE),
                nodes.YesNo: lambda node: (shown(node.value), _WHOLE),
                nodes.Name: self._name,
                nodes.Negative: lambda node: (f"−{self._held(node.operand, _POWER)}", _MINUS),
                nodes.Arithmetic: self._arithmetic,
                nodes.Power: lambda node: (f"{self._held(node.operand, _WHOLE)}^{node.exponent}", _POWER),
                nodes.Comparison: self._comparison,
                nodes.Membership: self._membership,
                nodes.Logic: self._logic,
                nodes.Not: lambda node: (f"not {self._held(node.operand, _NOT)}", _NOT),
                nodes.Choice: self._choice,
                nodes.Call: lambda node: self._call(node.function.name, node),
                nodes.Rounded: lambda node: self._call("round", node, str(node.places)),
                nodes.Interpolation: self._interpolation,
                nodes.Missing: lambda node: self._call("missing", node),
                nodes.FirstKnown: lambda node: self._call("first_known", node),
            }
        )
        self._written_name = name

    def _held(self, node: nodes.Node, tightness: int) -> str:
        """The node's text, in brackets where it would fall apart."""
        text, own = self.walk(node)
        return text if own >= tightness else f"({text})"

    def _name(self, node: nodes.Name) -> tuple[str, int]:
        text = self._written_name(node.name)
        return text, _MINUS if text.startswith("−") else _WHOLE

    def _arithmetic(self, node: nodes.Arithmetic) -> tuple[str, int]:
        own = _SUM if node.operator in {"+", "-"} else _PRODUCT
        right = self._held(node.right, own + 1)
        right = f"({right})" if right.startswith("−") else right
        return f"{self._held(node.left, own)} {SIGNS[node.operator]} {right}", own

    def _comparison(self, node: nodes.Comparison) -> tuple[str, int]:
        first, *others = (self._held(operand, _SUM) for operand in node.operands)
        pairs = zip(node.operators, others, strict=True)
        return " ".join([first, *(f"{SIGNS[sign]} {other}" for sign, other in pairs)]), _COMPARISON

    def _membership(self, node: nodes.Membership) -> tuple[str, int]:
        options = ", ".join(shown(option) for option in node.options)
        word = "not in" if node.negated else "in"
        return f"{self._held(node.operand, _SUM)} {word} ({options})", _COMPARISON

    def _logic(self, node: nodes.Logic) -> tuple[str, int]:
        own = _AND if node.word == "and" else _OR
        return f" {node.word} ".join(self._held(operand, own + 1) for operand in node.operands), own

    def _choice(self, node: nodes.Choice) -> tuple[str, int]:
        body, test = self._held(node.body, _OR), self._held(node.test, _OR)
        return f"{body} if {test} else {self._held(node.otherwise, _CHOICE)}", _CHOICE

    def _call(self, name: str, node: nodes.Node, *more: str) -> tuple[str, int]:
        arguments = [self.walk(part)[0] for part in node.parts]
        return f"{name}({', '.join([*arguments, *more])})", _WHOLE

    def _interpolation(self, node: nodes.Interpolation) -> tuple[str, int]:
        return self._call("interpolate", node, *(f"({shown(x)}, {shown(y)})" for x, y in node.points))
