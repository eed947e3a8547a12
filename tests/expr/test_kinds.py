"""The check of kinds: what each part is, before any data is read."""

from __future__ import annotations

import pytest
from expressions import formula

from appraise.expr.kinds import kind_of
from appraise.model.kinds import Kind

NUMBER, YES_NO, TEXT, DATE = Kind.NUMBER, Kind.YES_NO, Kind.TEXT, Kind.DATE
SCOPE = {
    "calls": NUMBER,
    "prev.calls": NUMBER,
    "answered": YES_NO,
    "code": TEXT,
    "opened": DATE,
    "closed": DATE,
    "a": None,
    "b": None,
    "c": None,
}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1", NUMBER),
        ("-calls ** 2 % 3", NUMBER),
        ("'x'", TEXT),
        ("True", YES_NO),
        ("calls > 1 and not answered", YES_NO),
        ("1 < calls < 3", YES_NO),
        ("code == 'DRA' or code in ('a', 'b')", YES_NO),
        ("answered == True", YES_NO),
        ("opened < closed", YES_NO),
        ("opened - closed", NUMBER),
        ("'a' if answered else code", TEXT),
        ("first_known(opened, closed)", DATE),
        ("missing(opened)", YES_NO),
        ("count_true(answered, calls > 1)", NUMBER),
        ("working_days_between(opened, closed) + hour_of(opened)", NUMBER),
        ("round(interpolate(calls, (0, 1), (9, 5)), 2)", NUMBER),
        ("a", None),
    ],
)
def test_the_kind_of_an_expression(text: str, kind: Kind | None) -> None:
    """The kind follows from what the expression does; a bare name of unknown kind tells nothing."""
    report = kind_of(formula(text), SCOPE)
    assert (report.kind, report.problems) == (kind, ())


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("answered + 1", 1, "'answered' is a yes/no, but a number is needed here"),
        ("1 == '1'", 6, "'1' is a text, but a number is needed here"),
        ("True + True", 1, "'True' is a yes/no, but a number is needed here"),
        ("calls and answered", 1, "'calls' is a number, but a yes/no is needed here"),
        ("1 if calls else 0", 6, "'calls' is a number, but a yes/no is needed here"),
        ("not code", 5, "'code' is a text, but a yes/no is needed here"),
        ("code > 'a'", 1, "'code' is a text, but a number is needed here"),
        ("answered < True", 1, "'answered' is a yes/no, but a number is needed here"),
        ("calls in ('a', 'b')", 1, "'calls' is a number, but a text is needed here"),
        ("1 if answered else 'x'", 20, "'x' is a text, but a number is needed here"),
        ("opened > 3", 10, "'3' is a number, but a date is needed here"),
        ("opened + closed", 1, "'opened' is a date, but a number is needed here"),
        ("opened - 3", 10, "'3' is a number, but a date is needed here"),
        ("hour_of(calls)", 9, "'calls' is a number, but a date is needed here"),
        ("min(calls, code)", 12, "'code' is a text, but a number is needed here"),
        ("first_known(calls, code)", 20, "'code' is a text, but a number is needed here"),
        ("a > 1 and a", 11, "'a' is a number elsewhere, but a yes/no is needed here"),
        ("a == 'x' or a > 2", 17, "'2' is a number, but a text is needed here"),
    ],
)
def test_kinds_do_not_mix(text: str, column: int, message: str) -> None:
    """A part of another kind than its surroundings need is one error, at that part."""
    problems = kind_of(formula(text), SCOPE).problems
    found = [(problem.place.column - 17, problem.code, problem.message) for problem in problems[:1]]
    assert found == [(column, "mixed-kinds", message)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a + 1", {"a": NUMBER}),
        ("a == 'Y'", {"a": TEXT}),
        ("a and calls > 1", {"a": YES_NO}),
        ("a - opened > 3", {"a": DATE}),
        ("a - b", {"a": NUMBER, "b": NUMBER}),
        ("a < b", {"a": NUMBER, "b": NUMBER}),
        ("a < b and b < c and c > opened", {"a": DATE, "b": DATE, "c": DATE}),
        ("a - b > 3 and b == opened", {"a": DATE, "b": DATE}),
        ("a == b and b in ('x', 'y')", {"a": TEXT, "b": TEXT}),
        ("first_known(a, b) if c else 1", {"a": NUMBER, "b": NUMBER, "c": YES_NO}),
        ("missing(a)", {}),
    ],
)
def test_kinds_follow_from_use(text: str, kinds: dict[str, Kind]) -> None:
    """A name of unknown kind gets the kind its use needs, also through other names; else it stays open."""
    report = kind_of(formula(text), SCOPE)
    assert (report.kinds, report.problems) == (kinds, ())


def test_the_whole_can_be_asked_for_a_kind() -> None:
    """A filter must be a yes/no: a bare name in it is one, a number is an error."""
    assert kind_of(formula("a"), SCOPE, YES_NO).kinds == {"a": YES_NO}
    problems = kind_of(formula("calls"), SCOPE, YES_NO).problems
    assert [(problem.code, problem.hint) for problem in problems] == [
        ("mixed-kinds", "compare it with something, as in x > 0")
    ]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("cals + 1", "unknown name 'cals'", "did you mean 'calls'?"),
        ("prev.cals", "unknown name 'prev.cals'", "did you mean 'prev.calls'?"),
        ("salary", "unknown name 'salary'", "the names here are calls, answered, code, opened, closed, a, b, c"),
    ],
)
def test_unknown_names(text: str, message: str, hint: str) -> None:
    """An unknown name is an error with the closest known one, or with those there are."""
    problems = kind_of(formula(text), SCOPE).problems
    assert [(problem.code, problem.message, problem.hint) for problem in problems] == [("unknown-name", message, hint)]


def test_the_names_of_a_workspace_are_listed_first() -> None:
    """A list of names has few, the plain ones first, and neither their variants nor what is not to be named."""
    names = ["company.calls", "person.age", "person.grade", "target.sales", "calls", "prev.calls", "team.calls", "talk"]
    (problem,) = kind_of(formula("salary"), dict.fromkeys(names), hidden=frozenset({"person.age"})).problems
    assert problem.hint == "the names here are calls, talk, person.grade, target.sales"
    (problem,) = kind_of(formula("salary"), dict.fromkeys(f"m{number}" for number in range(9))).problems
    assert problem.hint == "the names here are m0, m1, m2, m3, m4, m5, m6, m7, …"


def test_one_unknown_name_is_one_problem() -> None:
    """A name that is unknown twice is told once, at its first place, and other faults beside it are told too."""
    problems = kind_of(formula("cals + cals + code"), SCOPE).problems
    assert [(problem.place.column - 17, problem.code) for problem in problems] == [
        (1, "unknown-name"),
        (15, "mixed-kinds"),
    ]


def test_without_names_the_hint_says_so() -> None:
    """Where nothing can be named, an unknown name says that."""
    assert [problem.hint for problem in kind_of(formula("x"), {}).problems] == ["there are no names here"]
