"""Plain numbers: the value, its fault, and the steps that led to it."""

from __future__ import annotations

from datetime import date, datetime

from expressions import formula, outcome

from appraise.expr.numbers import Numbers
from appraise.model.kinds import Fault
from appraise.model.outcome import Step


def texts(step: Step) -> list[str]:
    """The texts of a step and all below it, each before its operands."""
    return [step.text, *(text for inner in step.steps for text in texts(inner))]


def test_every_step_has_its_span_kind_and_value() -> None:
    """The steps form the tree of the formula, each with its characters, kind and value."""
    found = outcome("100 * kept / due", kept=29.0, due=100.0)
    product = Step(
        "100 * kept", 0, 10, "number", 2900.0, "",
        (Step("100", 0, 3, "number", 100.0), Step("kept", 6, 10, "number", 29.0)),
    )  # fmt: skip
    assert found.step == Step(
        "100 * kept / due", 0, 16, "number", 29.0, "", (product, Step("due", 13, 16, "number", 100.0))
    )  # fmt: skip


def test_a_missing_step_says_why() -> None:
    """A step without a value tells its fault, and the kind that it would have had."""
    step = outcome("x / y", x=5.0, y=0.0).step
    assert (step.kind, step.value, step.fault) == ("number", None, "division_by_zero")
    assert [(inner.kind, inner.fault) for inner in outcome("x > y", y=1.0).step.steps] == [
        ("", "no_data"),
        ("number", ""),
    ]


def test_only_what_was_worked_out_is_a_step() -> None:
    """The branch not taken, conditions after the deciding one and values after the first known one are no steps."""
    assert texts(outcome("1 / x if x > 0 else y", x=4.0).step) == [
        "1 / x if x > 0 else y",
        "x > 0",
        "x",
        "0",
        "1 / x",
        "1",
        "x",
    ]
    assert texts(outcome("x > 9 and y > 1", x=4.0).step) == ["x > 9 and y > 1", "x > 9", "x", "9"]
    assert texts(outcome("x < 9 or y > 1", x=4.0).step) == ["x < 9 or y > 1", "x < 9", "x", "9"]
    assert texts(outcome("9 < x < y", x=4.0).step) == ["9 < x < y", "9", "x"]
    assert texts(outcome("first_known(y, x, 1)", x=4.0).step) == ["first_known(y, x, 1)", "y", "x"]
    assert texts(outcome("1 if y else x").step) == ["1 if y else x", "y"]


def test_the_worst_fault_is_told() -> None:
    """Of two missing operands the worse fault is told; an operation with a missing operand adds none of its own."""
    assert outcome("x / 0 + y", x=1.0).fault is Fault.DIVISION_BY_ZERO
    assert outcome("y / 0").fault is Fault.NO_DATA
    assert outcome("(0 / 0) * (1 / prev.x)", prev__x=0.0).fault is Fault.PREVIOUS_ZERO


def test_only_the_chosen_branch_can_fail() -> None:
    """A fault in the branch that was not chosen does not count; a missing test is missing with its own fault."""
    assert outcome("1 / x if x > 0 else 0", x=0.0).value == 0.0
    assert outcome("1 if 1 / x > 0 else 0", x=0.0).fault is Fault.DIVISION_BY_ZERO


def test_dates_are_moments() -> None:
    """A date is its midnight, and zones are not part of company time."""
    assert outcome("d", d=date(2026, 7, 1)).value == datetime(2026, 7, 1)  # noqa: DTZ001 -- company time has no zone
    assert outcome("d", d=date(2026, 7, 1)).step.kind == "date"


def test_the_kind_of_a_missing_step_follows_from_what_it_does() -> None:
    """Without a value, a choice has the kind of its branches, and a call the kind that its function gives."""
    numbers = Numbers("", {})
    for text, kind in (
        ("'a' if x else 'b'", "text"),
        ("first_known(x, 'b') if y else z", "text"),
        ("first_known(x, y)", ""),
        ("x in (1, 2)", "yes_no"),
        ("hour_of(d)", "number"),
        ("first_known(x, y > 1)", "yes_no"),
    ):
        assert numbers.walk(formula(text).tree).step.kind == kind
