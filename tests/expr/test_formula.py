"""Reading expressions: what is in the language, what is refused, and where exactly."""

from __future__ import annotations

import json
import random
import time
import warnings
from pathlib import Path

import pytest
from expressions import formula, read

from appraise.expr.formula import MOST_CHARACTERS, parse, renamed
from appraise.expr.functions import Functions
from appraise.expr.kinds import kind_of
from appraise.model.expression import Expression
from appraise.model.kinds import Kind
from appraise.model.place import Place

SHARED = Path(__file__).parents[2].parent / "shared" / "cases" / "hostile_expressions.jsonl"
SCOPE = {"kpi": Kind.NUMBER, "target": Kind.NUMBER, "active": Kind.YES_NO, "name": Kind.TEXT}

NASTIEST = [
    "True.__class__.__class__.__base__.__subclasses__()[-1].__init__.func_globals['sys'].exit(1)",
    "rows().gi_frame.f_globals['__builtins__'].exec('1')",
    "kpi.deserialize('/var/lib/upload.bin')",
    "kpi.repeat_by(1000000000)",
    "__import__('os').system('id')",
    "(lambda: (yield))()",
    "score += 5",
    "score; 5",
    "(x := 5)",
    "['a'*100000 for x in 'a'*10000]",
    "min(*kpi)",
    "min(kpi, default=0)",
    "f'{1:1000000000}'",
    "'%1000000000d' % 1",
    "4000000**4000000",
    "kpi ** -1",
    "'a' * 1000000000",
    "1e999 - 1e999",
    "9" * 1_900,
    "0x" + "f" * 1_900,
    "-" * 1_999 + "1",
    "not " * 499 + "kpi",
    "(" * 999 + "1" + ")" * 999,
    "1+" * 999 + "1",
    "abs(" * 450 + "1" + ")" * 450,
    "1 if " * 399,
    "prev." * 399 + "x",
    "kpi if active else " * 100 + "kpi",
    "1\x00+1",
    "kpi\u200b > 1",
    "kpi > 1 \u2066# approved\u2069",
    "ｋｐｉ > 1",
    "\ud800",
    "name == '\\x00'",
    "name == 'x\ny'",
    "kpi \\\n + 1",
    "kpi == None",
    "kpi and target",
    "1if active else 2",
    "10%",
]


def problems_of(text: str) -> list[str]:
    """The codes of all that parsing and the check of kinds find."""
    found, problems = read(text)
    return [problem.code for problem in (problems if found is None else kind_of(found, SCOPE).problems)]


@pytest.mark.parametrize("text", NASTIEST, ids=lambda text: ascii(text[:40]))
def test_hostile_expressions_are_refused(text: str) -> None:
    """Whatever the text, it is refused with a code, without an exception or a warning, in milliseconds."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        begun = time.process_time()
        assert problems_of(text) != []
        assert time.process_time() - begun < 0.2


@pytest.mark.skipif(not SHARED.exists(), reason="the shared list of hostile expressions is not beside this checkout")
def test_the_shared_hostile_expressions_get_their_verdict() -> None:
    """Every `reject` of the shared list is refused with a place and a code; every `bounded` one is read."""
    cases = [json.loads(line) for line in SHARED.read_text(encoding="utf-8").splitlines()]
    wrong = [case["expr"][:60] for case in cases if (problems_of(case["expr"]) != []) is not (case["must"] == "reject")]
    assert (len(cases), wrong) == (147, [])


@pytest.mark.parametrize(
    "text",
    [
        "x", "-x", "x + 1 - 2 * 3 / 4 // 5 % 6", "x ** 2", "1 < x <= 2 != 3", "a and b or not c", "1 if a else 2",
        "x in (1, -2)", "x not in ('a',)", "prev.x + team.x + prev.team.x + target.x + person.x", "True", "'Straße'",
        "min(a)", "clamp(x, 0, 1)", "round(x, 0)", "interpolate(x, (-1, 2), (3, 4.5))", "first_known(a, b)",
        ".5 + 5. + 1e3",
        "((((x))))", "größe > 1", "(1 +\n  x)\n", "  x", '"it\'s" == name', "working_days_between(a, b)",
    ],
)  # fmt: skip
def test_the_language_is_read(text: str) -> None:
    """Everything in the grammar is read without a problem."""
    assert read(text)[1] == []


@pytest.mark.parametrize(
    ("text", "column", "length", "code"),
    [
        ("", 1, 1, "formula-empty"),
        (" \n ", 1, 1, "formula-empty"),
        ("x + 'ab", 5, 1, "formula-sign"),
        ("x = 1", 3, 1, "formula-sign"),
        ("x => 1", 3, 2, "formula-sign"),
        ("x >\t1", 4, 1, "formula-character"),
        ("007", 1, 3, "formula-sign"),
        ("1 2", 3, 1, "formula-order"),
        ("x + + 1", 5, 1, "formula-order"),
        ("(x + 1", 1, 1, "formula-order"),
        ("x + 1)", 6, 1, "formula-order"),
        ("x in", 3, 2, "formula-order"),
        ("x if y", 1, 1, "formula-order"),
        ("1,000", 3, 3, "formula-sign"),
        ("1,250", 1, 5, "formula-foreign"),
        ("1 < x in (1, 2)", 1, 15, "formula-foreign"),
        ("x.y", 1, 3, "unknown-prefix"),
        ("a + x.prev.y", 5, 8, "unknown-prefix"),
        ("min", 1, 3, "function-as-value"),
        ("1 + mni(x)", 5, 3, "unknown-function"),
        ("clamp(x)", 1, 8, "wrong-arguments"),
        ("round(x, 10)", 10, 2, "formula-decimals"),
        ("x ** 7", 6, 1, "formula-exponent"),
        ("x ** y", 6, 1, "formula-exponent"),
        ("2000000000000000", 1, 16, "formula-number"),
        (f"x == '{'a' * 201}'", 6, 203, "formula-text"),
        ("x in (1, 'a')", 6, 8, "formula-list"),
        ("x in ('a')", 7, 3, "formula-list"),
        ("interpolate(x, (2, 1), (1, 2))", 16, 14, "formula-points"),
        ("interpolate(x, 1, (1, 2))", 16, 1, "formula-points"),
        ("'é' == x.y", 8, 3, "unknown-prefix"),
    ],
)
def test_a_problem_has_its_place(text: str, column: int, length: int, code: str) -> None:
    """A refusal marks exactly the characters that are wrong."""
    found, problems = parse(Expression(text, Place("role.yaml", 3, 1)), Functions())
    assert found is None
    assert [(str(problem.place), problem.place.length, problem.code) for problem in problems] == [
        (f"role.yaml:3:{column}", length, code)
    ]


def test_a_place_counts_from_the_first_character() -> None:
    """Columns are those of the file: the offset in the text is added to the place of the expression."""
    assert [str(problem.place) for problem in read("1 + a.b")[1]] == ["role.yaml:12:22"]


def test_a_place_in_a_block_of_lines_has_its_line() -> None:
    """In an expression of several lines a problem tells the line, with the lines beginning in one column."""
    assert [str(problem.place) for problem in read("calls\n+ a.b\n")[1]] == ["role.yaml:13:20"]


def test_all_problems_come_in_the_order_of_the_text() -> None:
    """One reading finds every refused part, from left to right."""
    problems = read("f(1) + g(2) * a.b + round(x, x)")[1]
    assert [(problem.place.column - 17, problem.code) for problem in problems] == [
        (1, "unknown-function"),
        (8, "unknown-function"),
        (15, "unknown-prefix"),
        (30, "formula-decimals"),
    ]


@pytest.mark.parametrize(
    ("text", "column", "length", "hint"),
    [
        ("100 * Deals closed / deals", 7, 12, "write deals_closed if it is the heading of a column"),
        ("Calls made today + 1", 1, 16, "write calls_made_today if it is the heading of a column"),
        ("100 x deals_closed", 5, 1, "write * to multiply"),
        ("calls X 100", 7, 1, "write * to multiply"),
        ("(calls + 1) x (talk + 1)", 13, 1, "write * to multiply"),
        ("calls 100", 7, 3, "put one between them"),
        ("calls x", 1, 7, "write calls_x if it is the heading of a column"),
    ],
)
def test_headings_and_times_are_recognised(text: str, column: int, length: int, hint: str) -> None:
    """Words side by side may be a heading, whose name has no blanks; an x between values means times."""
    (problem,) = read(text)[1]
    assert (problem.place.column - 17, problem.place.length, problem.hint.split(",")[0]) == (column, length, hint)


def test_every_problem_says_what_to_do() -> None:
    """No refusal stands without a hint, and messages begin small or with what was written."""
    problems = [problem for text in NASTIEST for problem in read(text)[1]]
    assert [problem for problem in problems if not problem.hint or problem.message[0].isupper()] == []


def test_the_limits_are_exact() -> None:
    """2,000 characters, 300 parts and 40 levels are read; one more is refused."""
    longest = "x" + " " * (MOST_CHARACTERS - 2) + "\n"
    widest = f"max({', '.join(['x'] * 298)})"
    deepest = "-" * 39 + "x"
    assert [read(text)[1] for text in (longest, widest, deepest)] == [[], [], []]
    over = (longest + " ", f"max({', '.join(['x'] * 299)})", "-" + deepest)
    assert [[problem.code for problem in read(text)[1]] for text in over] == [["formula-too-large"]] * 3


def test_names_are_full_names() -> None:
    """A formula knows every name it mentions, with its prefix."""
    found = formula("100 * prev.x / team.x + prev.team.y - (target.y if missing(person.z) else x)")
    assert found.names == {"prev.x", "team.x", "prev.team.y", "target.y", "person.z", "x"}


def test_names_can_be_exchanged() -> None:
    """The same formula can be asked about the team: names change, the text and its places stay."""
    found = formula("min(x, prev.x) + interpolate(y, (1, 2), (3, 4))")
    moved = renamed(found, {"x": "team.x", "prev.x": "prev.team.x"})
    assert (moved.names, moved.text) == ({"team.x", "prev.team.x", "y"}, found.text)


@pytest.mark.parametrize("unit", ["x+", "-", "(", "not ", "prev.", "'a'==", "min(", "1 if x else ", "x<", "é", "1,"])
def test_reading_is_linear(unit: str) -> None:
    """Even 2,000 characters of one habit are read or refused within a tenth of a second."""
    text = (unit * 2_000)[: MOST_CHARACTERS - 1] + "x"
    begun = time.process_time()
    for _ in range(5):
        read(text)
    assert (time.process_time() - begun) / 5 < 0.1


def test_parsing_keeps_nothing() -> None:
    """Equal expressions give equal formulas, and each reading makes its own."""
    assert formula("a + prev.b") == formula("a + prev.b")
    assert formula("a + prev.b") is not formula("a + prev.b")


PIECES = (
    "x", "y", "prev.x", "1", "2.5", "'a'", "+", "-", "*", "/", "//", "%", "**", "<", "==", "and", "or", "not",
    "if", "else", "in", "not in", "(", ")", ",", "min(", "round(", "missing(", "interpolate(", "(1,2)", "True",
    "\n", " ", ".", "é", "e\u0301", "\u200d", "\t", "=", "None", "lambda", "\\", "'", '"', "#", "{", "[",
    "1e400", "0x1", "first_known(", "prev",
)  # fmt: skip


def test_no_text_is_too_odd() -> None:
    """Whatever pieces are put together, reading gives a formula, or problems inside the text with a hint."""
    chance = random.Random(7)  # noqa: S311 -- a test wants the same texts again
    read_well = 0
    for _ in range(5_000):
        text = chance.choice(("", " ")).join(chance.choices(PIECES, k=chance.choice((2, 3, 5, 7, 9))))
        found, problems = parse(Expression(text, Place("role.yaml", 1, 1)), Functions())
        assert (found is None) is bool(problems), text
        assert [each for each in problems if not each.hint or not 1 <= each.place.column <= len(text) + 1] == [], text
        read_well += found is not None
    assert read_well > 50
