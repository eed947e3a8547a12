"""What Python's tree of an expression means in our language; whatever has no handler here is refused."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from simpleeval import FeatureNotAvailable

from appraise.expr.calls import call_of
from appraise.expr.literals import literal_of, options_of
from appraise.expr.nodes import (
    Arithmetic,
    Choice,
    Comparison,
    Logic,
    Membership,
    Name,
    Negative,
    Node,
    Not,
    Number,
    Power,
)
from appraise.expr.refusals import Refused, Spans
from appraise.expr.walker import Walker

if TYPE_CHECKING:
    from appraise.expr.complaints import Complaint
    from appraise.expr.functions import Functions

ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
}
COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
PREFIXES = ("prev", "team", "prev.team", "target", "person")
GREATEST_EXPONENT = 6


def tree_of(parsed: ast.expr, text: str, functions: Functions) -> tuple[Node | None, list[Complaint]]:
    """Our tree of Python's tree of `(text)`, or everything in it that is not in the language."""
    grammar = Grammar(Spans(text), functions)
    tree = grammar.read(parsed)
    return (None, grammar.complaints) if grammar.complaints else (tree, [])


class Grammar(Walker[Node]):
    """The binding of Python's nodes to ours; `complaints` gathers what was refused on the way."""

    def __init__(self, spans: Spans, functions: Functions) -> None:
        super().__init__(
            {
                ast.Constant: self._constant,
                ast.Name: self._name,
                ast.Attribute: self._attribute,
                ast.UnaryOp: self._unary,
                ast.BinOp: self._binary,
                ast.BoolOp: self._logic,
                ast.Compare: self._compare,
                ast.IfExp: self._choice,
                ast.Call: self._call,
            }
        )
        self.spans = spans
        self.functions = functions
        self.complaints: list[Complaint] = []

    def read(self, node: ast.expr) -> Node:
        """Our node; a refused one is noted, and a stand-in lets its neighbours be read too."""
        try:
            return self.walk(node)
        except Refused as refused:
            self.complaints.append(refused.complaint)
        except FeatureNotAvailable:
            self.complaints.append(self._foreign(node).complaint)
        return Number(*self.spans.of(node), 0.0)

    def _foreign(self, node: ast.expr) -> Refused:
        """The refusal of a kind of node that is not in the language."""
        start, end = self.spans.of(node)
        if isinstance(node, ast.Tuple):
            message, hint = "a list stands where a value must", "numbers have no commas: 1000, not 1,000"
        else:
            message, hint = "this is not part of the language", "see docs/language.md for what is"
        return Refused(start=start, end=end, code="formula-foreign", message=message, hint=hint)

    def _constant(self, node: ast.Constant) -> Node:
        return literal_of(node, self.spans)

    def _name(self, node: ast.Name) -> Node:
        start, end = self.spans.of(node)
        if node.id in self.functions:
            message = f"'{node.id}' is a function and not a value"
            hint = f"write {self.functions.signature(node.id)}, or rename the column"
            raise Refused(start=start, end=end, code="function-as-value", message=message, hint=hint)
        return Name(start, end, node.id)

    def _attribute(self, node: ast.Attribute) -> Node:
        words: list[str] = [node.attr]
        value = node.value
        while isinstance(value, ast.Attribute):
            words.append(value.attr)
            value = value.value
        prefix = ".".join(reversed([*words[1:], value.id])) if isinstance(value, ast.Name) else ""
        start, end = self.spans.of(node)
        if prefix in PREFIXES and not node.attr.startswith("_"):
            return Name(start, end, f"{prefix}.{node.attr}")
        message = f"a name cannot have '.{node.attr[:40]}' here"
        hint = "dots follow prev, team, prev.team, target and person only"
        raise Refused(start=start, end=end, code="unknown-prefix", message=message, hint=hint)

    def _unary(self, node: ast.UnaryOp) -> Node:
        start, end = self.spans.of(node)
        operand = self.read(node.operand)
        if isinstance(node.op, ast.USub):
            return Negative(start, end, operand)
        if isinstance(node.op, ast.Not):
            return Not(start, end, operand)
        raise self._foreign(node)

    def _binary(self, node: ast.BinOp) -> Node:
        start, end = self.spans.of(node)
        if isinstance(node.op, ast.Pow):
            return Power(start, end, self.read(node.left), self._exponent(node.right))
        operator = ARITHMETIC.get(type(node.op))
        if operator is None:
            raise self._foreign(node)
        return Arithmetic(start, end, operator, self.read(node.left), self.read(node.right))

    def _exponent(self, node: ast.expr) -> int:
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, int) and not isinstance(value, bool) and value <= GREATEST_EXPONENT:
            return value
        start, end = self.spans.of(node)
        message = f"the exponent is not a whole number from 0 to {GREATEST_EXPONENT}"
        raise Refused(start=start, end=end, code="formula-exponent", message=message, hint="write one, as in x ** 2")

    def _logic(self, node: ast.BoolOp) -> Node:
        word = "and" if isinstance(node.op, ast.And) else "or"
        return Logic(*self.spans.of(node), word, tuple(self.read(value) for value in node.values))

    def _compare(self, node: ast.Compare) -> Node:
        start, end = self.spans.of(node)
        if isinstance(node.ops[0], ast.In | ast.NotIn) and len(node.ops) == 1:
            options = options_of(node.comparators[0], self.spans)
            return Membership(start, end, self.read(node.left), options, isinstance(node.ops[0], ast.NotIn))
        operators = tuple(COMPARISONS.get(type(each), "") for each in node.ops)
        if "" in operators:
            message, hint = "'in' is part of a chain of comparisons", "join the comparisons by and"
            raise Refused(start=start, end=end, code="formula-foreign", message=message, hint=hint)
        return Comparison(start, end, operators, tuple(self.read(each) for each in (node.left, *node.comparators)))

    def _choice(self, node: ast.IfExp) -> Node:
        body, test = self.read(node.body), self.read(node.test)
        return Choice(*self.spans.of(node), test, body, self.read(node.orelse))

    def _call(self, node: ast.Call) -> Node:
        return call_of(node, self)
