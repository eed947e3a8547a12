"""An expression that is in the language: parsed once, then bound to kinds, numbers, columns and words."""

from __future__ import annotations

import ast
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from appraise.expr.characters import strange_character
from appraise.expr.complaints import Complaint, problems_of
from appraise.expr.grammar import tree_of
from appraise.expr.nodes import Name, Node, names_in
from appraise.expr.order import order_faults
from appraise.expr.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.expr.functions import Functions
    from appraise.model.expression import Expression
    from appraise.model.place import Place
    from appraise.model.problem import Problem

MOST_CHARACTERS = 2_000
MOST_NODES = 300
GREATEST_DEPTH = 40


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed expression; the nodes of `tree` know their characters in `text`.

    `names` are the full names it mentions (`calls`, `prev.team.calls`, `target.sales`). `place` is that of the first
    character.
    """

    text: str
    place: Place
    tree: Node
    names: frozenset[str]

    def about(self, part: Node) -> Formula:
        """The formula that only this part of it would be."""
        return replace(self, tree=part, names=names_in(part))


def parse(expression: Expression, functions: Functions) -> tuple[Formula | None, list[Problem]]:
    """The formula of an expression, or why it has none: every fault of the first stage that finds one.

    The work is linear in the length and bounded: at most 2,000 characters, 300 nodes, 40 levels. Nothing is raised,
    whatever the text.
    """
    text = expression.text
    tree, complaints = _read(text, functions)
    problems = problems_of(complaints, text, expression.place)
    if tree is None or problems:
        return None, problems
    return Formula(text, expression.place, tree, names_in(tree)), []


def renamed(formula: Formula, names: Mapping[str, str]) -> Formula:
    """The formula about other names: those in `names` are exchanged, the text stays as it was written."""
    return formula.about(_renamed(formula.tree, names))


def _read(text: str, functions: Functions) -> tuple[Node | None, list[Complaint]]:
    """The tree, through all the stages."""
    refusal = _unreadable(text)
    if refusal:
        return None, [refusal]
    tokens, complaints = tokens_of(text)
    complaints = complaints or order_faults(tokens)
    if complaints:
        return None, complaints
    parsed = _parsed(text)
    if isinstance(parsed, Complaint):
        return None, [parsed]
    size = _size_fault(parsed, len(text))
    if size:
        return None, [size]
    return tree_of(parsed, text, functions)


def _unreadable(text: str) -> Complaint | None:
    """Why the text is not even looked at word by word."""
    if not text.strip(" \n"):
        return Complaint(start=0, end=1, code="formula-empty", message="the expression is empty", hint="write one")
    if len(text) > MOST_CHARACTERS:
        message = f"the expression has {len(text):,} characters, more than {MOST_CHARACTERS:,}"
        hint = "declare parts of it as measures"
        return Complaint(start=0, end=1, code="formula-too-large", message=message, hint=hint)
    strange = strange_character(text)
    if strange:
        at = strange.position
        return Complaint(start=at, end=at + 1, code="formula-character", message=strange.message, hint=strange.hint)
    return None


def _parsed(text: str) -> ast.expr | Complaint:
    """Python's tree of the text in brackets, on one line: columns are then one too high, in UTF-8 bytes."""
    try:
        return ast.parse(f"({text.replace(chr(10), ' ')})", mode="eval").body
    except SyntaxError as error:
        at = min(max((error.offset or 1) - 2, 0), len(text) - 1)
    except (ValueError, RecursionError, MemoryError, OverflowError):
        at = 0
    message, hint = "the expression cannot be read from here on", "compare it with the examples in docs/language.md"
    return Complaint(start=at, end=at + 1, code="formula-order", message=message, hint=hint)


def _size_fault(tree: ast.expr, length: int) -> Complaint | None:
    """More nodes or levels than allowed; counts without recursion, as the tree may be as deep as the text is long."""
    waiting: list[tuple[ast.AST, int]] = [(tree, 1)]
    nodes = deepest = 0
    while waiting:
        node, depth = waiting.pop()
        nodes, deepest = nodes + 1, max(deepest, depth)
        below = [] if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) else _operands(node)
        waiting.extend((child, depth + 1) for child in below)
    if nodes <= MOST_NODES and deepest <= GREATEST_DEPTH:
        return None
    message = f"the expression has {nodes} parts in {deepest} levels; {MOST_NODES} in {GREATEST_DEPTH} are allowed"
    hint = "declare parts of it as measures"
    return Complaint(start=0, end=length, code="formula-too-large", message=message, hint=hint)


def _operands(node: ast.AST) -> list[ast.expr]:
    return [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]


def _renamed(node: Node, names: Mapping[str, str]) -> Node:
    if isinstance(node, Name):
        return replace(node, name=names.get(node.name, node.name))
    changed: dict[str, Any] = {}
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, Node):
            changed[field.name] = _renamed(value, names)
        elif isinstance(value, tuple) and value and isinstance(value[0], Node):
            changed[field.name] = tuple(_renamed(each, names) for each in value)
    return replace(node, **changed)
