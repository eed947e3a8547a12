"""Doubts about an expression that is right in itself: constants, divisors of zero, brittle equality, dead branches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.expr import nodes
from appraise.expr.complaints import Complaint, problems_of
from appraise.expr.kinds import kind_of
from appraise.expr.ranges import Facts
from appraise.expr.written import written
from appraise.model.kinds import Kind
from appraise.model.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from appraise.expr.formula import Formula
    from appraise.model.problem import Problem

_EXACT = nodes.Rounded | nodes.Number | nodes.Name | nodes.Choice | nodes.FirstKnown | nodes.Negative


def doubts_about(
    formula: Formula, scope: Mapping[str, Kind | None], *, zero_is_explained: bool = False
) -> list[Problem]:
    """What a check should warn of in a formula whose kinds are right, in the order of the text.

    Args:
        formula: the formula.
        scope: the kinds of names.
        zero_is_explained: the KPI says what an empty denominator means (`success_when_empty`), so divisors are fine.
    """
    complaints = [*_constant(formula), *_dead_branches(formula), *_brittle(formula, scope)]
    if not zero_is_explained:
        complaints += _zero_divisors(formula)
    return problems_of(complaints, formula.text, formula.place)


def may_divide_by_zero(formula: Formula) -> bool:
    """Whether some divisor of the formula can be zero."""
    return next(_zero_divisors(formula), None) is not None


def _constant(formula: Formula) -> Iterator[Complaint]:
    if formula.names:
        return
    message = "the expression is the same for everybody: it names no measure"
    yield Complaint(
        start=0,
        end=len(formula.text),
        code="constant-formula",
        message=message,
        hint="name what it depends on, or drop it",
        severity=Severity.WARNING,
    )


def _zero_divisors(formula: Formula) -> Iterator[Complaint]:
    """Divisors that can be zero; each writing once."""
    seen: set[str] = set()
    for part, known in _places(formula.tree, Facts()):
        if not isinstance(part, nodes.Arithmetic) or part.operator not in {"/", "//", "%"}:
            continue
        divisor = written(part.right)
        if divisor in seen or not known.range_of(part.right).may_be(0.0):
            continue
        seen.add(divisor)
        yield Complaint(
            start=part.right.start,
            end=part.right.end,
            code="divisor-can-be-zero",
            message=f"'{_source(formula, part.right)}' can be zero, and nothing says what the result is then",
            hint="a KPI may say success_when_empty; without it, it is then not scored (0/0) or an error",
            severity=Severity.WARNING,
        )


def _brittle(formula: Formula, scope: Mapping[str, Kind | None]) -> Iterator[Complaint]:
    """Equality of numbers that were calculated."""
    for node in nodes.every_node(formula.tree):
        if not isinstance(node, nodes.Comparison) or not {"==", "!="}.intersection(node.operators):
            continue
        computed = [part for part in node.operands if part.parts and not isinstance(part, _EXACT)]
        if any(_is_number(part, formula, scope) for part in computed):
            yield Complaint(
                start=node.start,
                end=node.end,
                code="computed-equality",
                message="numbers that were calculated are compared for being exactly equal",
                hint="round them first, as in round(x, 2) == 0.3, or use <= or >=",
                severity=Severity.WARNING,
            )


def _is_number(part: nodes.Node, formula: Formula, scope: Mapping[str, Kind | None]) -> bool:
    """Whether the part is a number that may have a fraction; differences of dates are whole."""
    if isinstance(part, nodes.Call):
        return part.function.gives is Kind.NUMBER and not part.function.whole
    if isinstance(part, nodes.Arithmetic) and part.operator == "-":
        return _kind(part.left, formula, scope) is not Kind.DATE
    return isinstance(part, nodes.Arithmetic | nodes.Power | nodes.Interpolation)


def _kind(part: nodes.Node, formula: Formula, scope: Mapping[str, Kind | None]) -> Kind | None:
    return kind_of(formula.about(part), scope).kind


def _dead_branches(formula: Formula) -> Iterator[Complaint]:
    """Branches whose test is decided before any data is read."""
    for part, known in _places(formula.tree, Facts()):
        if not isinstance(part, nodes.Choice):
            continue
        answer = known.decided(part.test)
        if answer is None:
            continue
        dead = part.otherwise if answer else part.body
        always = "always" if answer else "never"
        yield Complaint(
            start=dead.start,
            end=dead.end,
            code="unreachable-branch",
            message=f"this branch can never be reached: '{_source(formula, part.test)}' is {always} true here",
            hint="reorder the tests from the strictest on, or delete the branch",
            severity=Severity.WARNING,
        )


def _source(formula: Formula, part: nodes.Node) -> str:
    return " ".join(formula.text[part.start : part.end].split())


def _places(node: nodes.Node, facts: Facts) -> Iterator[tuple[nodes.Node, Facts]]:
    """Every part with what is known where it stands."""
    yield node, facts
    if isinstance(node, nodes.Choice):
        yield from _places(node.test, facts)
        yield from _places(node.body, facts.given(node.test, holds=True))
        yield from _places(node.otherwise, facts.given(node.test, holds=False))
        return
    for operand in node.parts:
        yield from _places(operand, facts)
