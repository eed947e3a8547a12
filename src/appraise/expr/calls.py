"""Calls of functions: their names, how many arguments they take and which of those must be literals."""

from __future__ import annotations

import ast
import math
from itertools import pairwise
from typing import TYPE_CHECKING

from appraise.documents.suggest import did_you_mean
from appraise.expr.arithmetic import slope
from appraise.expr.literals import number_of
from appraise.expr.nodes import Call, FirstKnown, Interpolation, Missing, Node, Rounded
from appraise.expr.quantiser import MOST_DECIMALS
from appraise.expr.refusals import Refused

if TYPE_CHECKING:
    from appraise.expr.grammar import Grammar


def call_of(node: ast.Call, grammar: Grammar) -> Node:
    """Our node of a call."""
    name = _function_name(node, grammar)
    start, end = grammar.spans.of(node)
    strict = grammar.functions.strict.get(name)
    if strict is not None:
        _check_arguments(node, grammar, fits=strict.accepts(len(node.args)))
        return Call(start, end, strict, tuple(grammar.read(argument) for argument in node.args))
    if name == "round":
        _check_arguments(node, grammar, fits=len(node.args) == 2)
        return Rounded(start, end, grammar.read(node.args[0]), _places(node.args[1], grammar))
    if name == "interpolate":
        _check_arguments(node, grammar, fits=len(node.args) >= 3)
        return Interpolation(start, end, grammar.read(node.args[0]), _points(node, grammar))
    if name == "missing":
        _check_arguments(node, grammar, fits=len(node.args) == 1)
        return Missing(start, end, grammar.read(node.args[0]))
    _check_arguments(node, grammar, fits=len(node.args) >= 1)
    return FirstKnown(start, end, tuple(grammar.read(argument) for argument in node.args))


def _function_name(node: ast.Call, grammar: Grammar) -> str:
    if not isinstance(node.func, ast.Name):
        start, end = grammar.spans.of(node.func)
        message, hint = "only a function of the language can be called", "see docs/language.md for the functions"
        raise Refused(start=start, end=end, code="formula-foreign", message=message, hint=hint)
    name = node.func.id
    if name in grammar.functions:
        return name
    start, end = grammar.spans.of(node.func)
    if name.lower() in grammar.functions:
        hint = f"write it small: {name.lower()}"
    elif name.lower() == "if":
        hint = "write: a if test else b"
    else:
        hint = did_you_mean(name, grammar.functions) or f"the functions are {', '.join(grammar.functions)}"
    message = f"unknown function '{name[:40]}'"
    raise Refused(start=start, end=end, code="unknown-function", message=message, hint=hint)


def _check_arguments(node: ast.Call, grammar: Grammar, *, fits: bool) -> None:
    """Refuse a wrong number of arguments, and whatever is no positional argument."""
    odd = node.keywords or any(isinstance(argument, ast.Starred) for argument in node.args)
    if fits and not odd:
        return
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    start, end = grammar.spans.of(node)
    message = f"function '{name}' is called with other arguments than it takes"
    hint = f"write {grammar.functions.signature(name)}"
    raise Refused(start=start, end=end, code="wrong-arguments", message=message, hint=hint)


def _places(node: ast.expr, grammar: Grammar) -> int:
    value = node.value if isinstance(node, ast.Constant) else None
    if isinstance(value, int) and not isinstance(value, bool) and value <= MOST_DECIMALS:
        return value
    start, end = grammar.spans.of(node)
    message = f"the decimals are not a whole number from 0 to {MOST_DECIMALS}"
    raise Refused(start=start, end=end, code="formula-decimals", message=message, hint="write one, as in round(x, 2)")


def _points(node: ast.Call, grammar: Grammar) -> tuple[tuple[float, float], ...]:
    points = [_point(argument, grammar) for argument in node.args[1:]]
    if all(left[0] < right[0] and math.isfinite(slope(left, right)) for left, right in pairwise(points)):
        return tuple(points)
    start, end = grammar.spans.of(node.args[1])[0], grammar.spans.of(node.args[-1])[1]
    message, hint = "the points are not in order of x, or too steep", "sort them; every x may come once"
    raise Refused(start=start, end=end, code="formula-points", message=message, hint=hint)


def _point(node: ast.expr, grammar: Grammar) -> tuple[float, float]:
    parts = node.elts if isinstance(node, ast.Tuple) else []
    numbers = [number_of(part, grammar.spans) for part in parts]
    if len(numbers) == 2 and numbers[0] is not None and numbers[1] is not None:
        return numbers[0], numbers[1]
    start, end = grammar.spans.of(node)
    message, hint = "this is not a point", "write a pair of numbers, as in (60, 3)"
    raise Refused(start=start, end=end, code="formula-points", message=message, hint=hint)
