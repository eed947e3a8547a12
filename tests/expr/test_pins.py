"""The pins of the language: each row of the table in docs/language.md, in plain numbers and over columns."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import polars as pl
import pytest
from expressions import FAULTS, column, formula, outcome

from appraise.expr.columns import bind
from appraise.expr.kinds import kind_of
from appraise.expr.numbers import evaluate
from appraise.model.kinds import Fault, Kind, Value

FRAME = pl.DataFrame(
    {
        "x": [5.0, 0.0, None, float("nan"), float("inf")],
        "zero": [0.0] * 5,
        "prev.zero": [-0.0] * 5,
        "yes": [True, False, None, True, None],
        "code": ["zero", "x", None, "", "DRA"],
        "day": [date(2026, 7, 3), None, date(2026, 7, 4), date(2026, 7, 6), date(2026, 7, 10)],
        "moment": [datetime(2026, 7, 6, 23, 30)] * 5,  # noqa: DTZ001 -- company time has no zone
    },
    schema_overrides={"x": pl.Float64},
)
KINDS = {"yes": Kind.YES_NO, "code": Kind.TEXT, "day": Kind.DATE, "moment": Kind.DATE}
NONE, NO_DATA, LARGE = Fault.NONE, Fault.NO_DATA, Fault.NOT_FINITE


def both(text: str) -> list[tuple[Value, Fault]]:
    """Values and faults over the frame, after making sure that plain numbers say the same."""
    found = column(text, FRAME, KINDS)
    plain = [evaluate(formula(text), row) for row in FRAME.iter_rows(named=True)]
    assert found == [(each.value, each.fault) for each in plain]
    return found


MISSING_3 = [(None, NO_DATA), (None, LARGE), (None, LARGE)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x / 0", [(None, Fault.DIVISION_BY_ZERO), (None, Fault.ZERO_DENOMINATOR), *MISSING_3]),
        ("x // zero", [(None, Fault.DIVISION_BY_ZERO), (None, Fault.ZERO_DENOMINATOR), *MISSING_3]),
        ("x % zero", [(None, Fault.DIVISION_BY_ZERO), (None, Fault.ZERO_DENOMINATOR), *MISSING_3]),
        ("x / prev.zero", [(None, Fault.PREVIOUS_ZERO), (None, Fault.PREVIOUS_ZERO), *MISSING_3]),
        ("1 / (zero - prev.zero)", [(None, Fault.PREVIOUS_ZERO)] * 5),
        ("prev.zero / zero", [(None, Fault.ZERO_DENOMINATOR)] * 5),
        ("1 / 0 + 0 / 0 + x", [(None, Fault.DIVISION_BY_ZERO)] * 3 + [(None, LARGE)] * 2),
        ("0 / 0", [(None, Fault.ZERO_DENOMINATOR)] * 5),
    ],
)
def test_division_by_zero_is_missing_with_a_reason(text: str, expected: list[tuple[Value, Fault]]) -> None:
    """x/0 is an error, 0/0 an empty denominator, and a zero of the period before is told as such; the worst wins."""
    assert both(text) == expected


def test_division_is_exact() -> None:
    """739 / 100 is 7.39, also by a literal, by a column that is the same in all rows and by a choice of literals."""
    frame = pl.DataFrame({"x": [float(number) for number in range(3000)]}).with_columns(hundred=pl.lit(100.0))
    expected = [float(Fraction(number, 100)) for number in range(3000)]
    for text in ("x / 100", "x / hundred", "x / (100 if x >= 0 else 7)", "x / (10 * 10)"):
        assert [value for value, _ in column(text, frame)] == expected


@pytest.mark.parametrize("text", ["x / 7", "round(x / 3, 2)", "x // 0.1"])
def test_one_row_has_the_bits_of_many(text: str) -> None:
    """A frame of one row, which Polars calculates in another way, still gives what plain numbers give."""
    for number in (739.0, 1.0, 0.3, 12345.678):
        assert column(text, pl.DataFrame({"x": [number]})) == [(outcome(text, x=number).value, NONE)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-7 // 2", -4.0), ("7 // -2", -4.0), ("-7 % 3", 2.0), ("7 % -3", -2.0), ("7 // 2", 3.0), ("1 // 0.1", 10.0),
        ("2 ** 0", 1.0), ("-2 ** 2", -4.0), ("(-2) ** 3", -8.0), ("0 ** 0", 1.0), ("1.1 ** 3", 1.1 * 1.1 * 1.1),
        ("round(2.5, 0)", 3.0), ("round(-2.5, 0)", -3.0), ("round(1.005, 2)", 1.01),
        ("round(28.999999999999996, 2)", 29.0),
        ("round(-0.001, 2)", 0.0), ("0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1", 0.9999999999999999),
        ("clamp(5, 7, 3)", 3.0), ("1e15 * 1e15", 1e30), ("0 * -5", 0.0),
    ],
)  # fmt: skip
def test_arithmetic(text: str, value: float) -> None:
    """Floors go down, powers multiply from the left, rounding is the quantiser, sums fold left, zero has no sign."""
    assert outcome(text).value == value
    assert str(outcome(text).value) == str(column(text, FRAME.head(1))[0][0]) == str(value)


def test_numbers_that_are_not_finite_are_missing() -> None:
    """NaN and infinity never come out: not from the data, and not from a product that is too large."""
    assert both("x") == [(5.0, NONE), (0.0, NONE), *MISSING_3]
    assert both("x > 1") == [(True, NONE), (False, NONE), *MISSING_3]
    huge = "(x + 1) * 1e15 ** 6 * 1e15 ** 6 * 1e15 ** 6 * 1e15 ** 6"
    assert both(f"1 / ({huge})") == [(None, LARGE), (None, LARGE), *MISSING_3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("min(x, 1)", [(1.0, NONE), (0.0, NONE), *MISSING_3]),
        ("count_true(yes, True)", [(2.0, NONE), (1.0, NONE), (None, NO_DATA), (2.0, NONE), (None, NO_DATA)]),
        ("yes and zero > 1", [(False, NONE)] * 5),
        ("yes or zero == 0", [(True, NONE)] * 5),
        ("yes and zero == 0", [(True, NONE), (False, NONE), (None, NO_DATA), (True, NONE), (None, NO_DATA)]),
        ("not yes", [(False, NONE), (True, NONE), (None, NO_DATA), (False, NONE), (None, NO_DATA)]),
        ("1 if x > 1 else 0", [(1.0, NONE), (0.0, NONE), *MISSING_3]),
        ("1 if yes else x", [(1.0, NONE), (0.0, NONE), (None, NO_DATA), (1.0, NONE), (None, NO_DATA)]),
        ("zero if True else x / 0", [(0.0, NONE)] * 5),
        ("x in (5, 1)", [(True, NONE), (False, NONE), *MISSING_3]),
        ("x not in (5, 1)", [(False, NONE), (True, NONE), *MISSING_3]),
        ("missing(x)", [(False, NONE), (False, NONE), (True, NONE), (True, NONE), (True, NONE)]),
        ("first_known(x / zero, x, 7)", [(5.0, NONE), (0.0, NONE), (7.0, NONE), (7.0, NONE), (7.0, NONE)]),
        ("0 < x < 9", [(True, NONE), (False, NONE), *MISSING_3]),
        ("1 < zero < x", [(False, NONE)] * 5),
        ("'zero' if yes else code", [("zero", NONE), ("x", NONE), (None, NO_DATA), ("zero", NONE), (None, NO_DATA)]),
    ],
)
def test_missing_is_never_a_guess(text: str, expected: list[tuple[Value, Fault]]) -> None:
    """Missing stays missing but where the rest decides (Kleene) or the author asks; texts are never column names."""
    assert both(text) == expected


@pytest.mark.parametrize("text", ["True + True", "5 and 2", "1 == '1'", "'10' > '9'"])
def test_kinds_are_errors(text: str) -> None:
    """What other languages guess about kinds is an error at check time."""
    assert [problem.code for problem in kind_of(formula(text), {}).problems][:1] == ["mixed-kinds"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("moment - day", [3.0, None, 2.0, 0.0, -4.0]),
        ("days_between(day, moment)", [3.0, None, 2.0, 0.0, -4.0]),
        ("working_days_between(day, moment)", [1.0, None, 1.0, 0.0, -4.0]),
        ("minutes_between(day, moment) // 60", [95.0, None, 71.0, 23.0, -73.0]),
        ("hour_of(moment)", [23.0] * 5),
        ("day < moment", [True, None, True, True, False]),
    ],
)
def test_dates(text: str, values: list[Value]) -> None:
    """Differences count calendar days; a date is its midnight; working days count after the first up to the last."""
    assert [value for value, _ in both(text)] == values


def test_interpolation_is_flat_outside_its_points() -> None:
    """Between points a straight line, at a point its own y, beyond the ends the last y."""
    frame = pl.DataFrame({"x": [-1.0, 0.0, 30.0, 60.0, 75.0, 90.0, 1000.0, None]})
    text = "interpolate(x, (0, 1), (60, 3), (90, 5))"
    expected = [1.0, 1.0, 2.0, 3.0, 4.0, 5.0, 5.0, None]
    assert [value for value, _ in column(text, frame)] == expected
    assert [outcome(text, x=row).value for row in frame["x"]] == expected


def test_a_number_column_of_any_type_is_calculated_as_float() -> None:
    """Small integers do not wrap: 1 − 2 is −1 in an unsigned column, 100 · 1000 is 100,000 in one byte."""
    frame = pl.DataFrame({"a": [1, 100], "b": [2, 1]}, schema={"a": pl.UInt8, "b": pl.UInt32})
    assert [value for value, _ in column("a - b", frame)] == [-1.0, 99.0]
    assert [value for value, _ in column("a * 1000", frame)] == [1000.0, 100000.0]


@pytest.mark.parametrize("text", ["1", "1 / 0", "'a'", "True", "missing(1)", "'a' if 1 / 0 > 1 else 'b'"])
def test_a_constant_has_a_value_in_every_row(text: str) -> None:
    """An expression without names still gives one value for each row, also for none."""
    plain = outcome(text)
    for rows in (0, 1, 3):
        assert column(text, pl.DataFrame({"x": [1.0] * rows})) == [(plain.value, plain.fault)] * rows


def test_wrong_numbers_of_the_caller_are_taken_as_they_come() -> None:
    """Plain numbers may be whole, too large for a float or absent; dates may come with or without a time."""
    assert outcome("x + y", x=1, y=2).value == 3.0
    assert outcome("x", x=10**400).fault is LARGE
    assert outcome("x").fault is NO_DATA
    assert outcome("a < b", a=date(2026, 1, 1), b=datetime(2026, 1, 1, 1)).value is True  # noqa: DTZ001 -- company time has no zone


def test_faults_are_told_by_their_position() -> None:
    """The codes of the fault column are positions in the list of faults, none first."""
    assert list(FAULTS.values()) == list(Fault)
    bound = bind(formula("x / zero"), KINDS)
    assert FRAME.select(bound.fault).to_series().dtype == pl.UInt8
