"""Doubts: expressions that are right in themselves and still will not end well."""

from __future__ import annotations

import pytest
from expressions import formula

from appraise.expr.checks import doubts_about
from appraise.model.kinds import Kind
from appraise.model.problem import Severity

SCOPE = {"opened": Kind.DATE, "closed": Kind.DATE}


def doubts(text: str, *, zero_is_explained: bool = False) -> list[tuple[str, str]]:
    """The doubts as code and marked text."""
    problems = doubts_about(formula(text), SCOPE, zero_is_explained=zero_is_explained)
    assert [problem for problem in problems if problem.severity is not Severity.WARNING or not problem.hint] == []
    spans = [(problem.place.column - 18, problem.place.length) for problem in problems]
    return [(problem.code, text[at : at + length]) for problem, (at, length) in zip(problems, spans, strict=True)]


@pytest.mark.parametrize(
    ("text", "divisors"),
    [
        ("100 * kept / due", ["due"]),
        ("kept / 100", []),
        ("kept / 0", ["0"]),
        ("kept % (due - 1)", ["due - 1"]),
        ("kept // max(due, 1)", []),
        ("kept / max(due, 0)", ["max(due, 0)"]),
        ("kept / clamp(due, 1, 9)", []),
        ("kept / (abs(due) + 1)", []),
        ("kept / (due ** 2 + 0.5)", []),
        ("kept / (1 + count_true(a, b))", []),
        ("kept / interpolate(due, (0, 1), (9, 5))", []),
        ("kept / due if due > 0 else 0", []),
        ("kept / due if due != 0 else 0", []),
        ("0 if due == 0 else kept / due", []),
        ("0 if due <= 0 or a else kept / due", []),
        ("kept / (due - 1) if 2 <= due < 9 else 0", []),
        ("kept / due if kept > 0 else 0", ["due"]),
        ("a / due + b / due + due / kept", ["due", "kept"]),
    ],
)
def test_divisors_that_can_be_zero(text: str, divisors: list[str]) -> None:
    """A divisor that can be zero is doubted once, unless a test around it or its own shape keeps it off zero."""
    assert doubts(text) == [("divisor-can-be-zero", divisor) for divisor in divisors]


def test_a_note_about_zero_settles_it() -> None:
    """Where the KPI says what an empty denominator means, divisors are no doubt."""
    assert doubts("100 * kept / due", zero_is_explained=True) == []


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("5 if s > 90 else 4 if s > 80 else 1", []),
        ("5 if s > 80 else 4 if s > 90 else 1", ["4"]),
        ("5 if s >= 80 else 4 if not s < 80 else 1", ["4"]),
        ("(5 if s > 1 else 4) if s > 3 else 2", ["4"]),
        ("1 if True else s", ["s"]),
        ("1 if s > 2 and False else s", ["1"]),
        ("1 if s > 2 or True else s", ["s"]),
        ("1 if abs(s) < 0 else 2", ["1"]),
        ("1 if hour_of(opened) <= 23 else 2", ["2"]),
        ("1 if s > 3 else 2 if s == 4 else 3", ["2"]),
        ("1 if s == 3 else 2 if s != 3 else 3", ["3"]),
        ("1 if 3 < s else 2 if s > t else 3", []),
        ("1 if s > 1 < t else 2 if s > 5 else 3", []),
    ],
)
def test_branches_that_are_never_reached(text: str, dead: list[str]) -> None:
    """A branch is dead where its test is decided, by itself or by the tests around it."""
    assert doubts(text) == [("unreachable-branch", branch) for branch in dead]


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("a * 0.1 == b", True),
        ("a != b + 1", True),
        ("a == b", False),
        ("round(a * 0.1, 2) == 0.3", False),
        ("count_true(a, b) == 2", False),
        ("opened - closed == 3", False),
        ("days_between(opened, closed) == 3", False),
        ("max(a, b) == 3", True),
        ("a * 0.1 <= b", False),
    ],
)
def test_equality_of_calculated_numbers(text: str, doubted: bool) -> None:
    """Exact equality of calculated numbers is doubted; counts, rounded numbers and bare names may be compared."""
    assert doubts(text) == ([("computed-equality", text)] if doubted else [])


def test_a_constant_is_doubted() -> None:
    """An expression that names nothing is the same for everybody."""
    assert doubts("1 + 2") == [("constant-formula", "1 + 2")]


def test_doubts_come_in_the_order_of_the_text() -> None:
    """All doubts of one expression are told, from left to right."""
    assert [code for code, _ in doubts("a / b if a * 2 == b else 1 / c")] == [
        "divisor-can-be-zero",
        "computed-equality",
        "divisor-can-be-zero",
    ]
