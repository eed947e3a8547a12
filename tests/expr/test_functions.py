"""The table of functions: those of the language, and those that plugins add."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from expressions import formula, outcome

from appraise.expr.columns import bind
from appraise.expr.functions import Functions, Workdays, functions_with
from appraise.expr.numbers import evaluate
from appraise.model.calendar import working_days
from appraise.model.kinds import Fault, Kind, Value
from appraise.model.period import Calendar
from appraise.plugin import Function, FunctionExample

DOUBLE = Function(
    name="double",
    takes=(Kind.NUMBER,),
    gives=Kind.NUMBER,
    scalar=lambda x: x * 2,
    column=lambda x: x * 2,
    doc="Twice the number.",
    examples=(FunctionExample("double(21)", 42.0), FunctionExample("double(-0.5)", -1.0)),
)


@dataclass(frozen=True)
class Example:
    """A call of a function of the language and what it gives."""

    call: str
    gives: Value


SHIPPED = [
    Example("min(3, 1, 2)", 1.0),
    Example("max(3)", 3.0),
    Example("abs(-2.5)", 2.5),
    Example("clamp(120, 0, 100)", 100.0),
    Example("round(2.345, 2)", 2.35),
    Example("missing(1)", False),
    Example("first_known(1 / 0, 4)", 4.0),
    Example("count_true(True, False, 1 < 2)", 2.0),
    Example("interpolate(75, (60, 3), (90, 5))", 4.0),
]


@pytest.mark.parametrize("example", [*SHIPPED, *DOUBLE.examples], ids=lambda example: example.call)
def test_examples_hold_in_both_bindings(example: Example | FunctionExample) -> None:
    """A call gives the same in plain numbers and over a column, as the example says."""
    table, problems = functions_with([DOUBLE])
    assert problems == []
    found = formula(example.call, table)
    over_columns = pl.DataFrame({"x": [1.0, 2.0]}).select(bind(found, {}).value).to_series().to_list()
    assert (evaluate(found, {}).value, over_columns) == (example.gives, [example.gives] * 2)


def test_every_function_is_documented() -> None:
    """Each function has a signature that begins with its name, and a line about what it gives."""
    table = Functions()
    assert list(table) == [
        "abs", "clamp", "count_true", "days_between", "first_known", "hour_of", "interpolate", "local_hour", "max",
        "min", "minutes_between", "missing", "round", "working_days_between",
    ]  # fmt: skip
    assert [name for name in table if not table.signature(name).startswith(f"{name}(") or not table.doc(name)] == []


def test_a_function_of_a_plugin_can_be_called() -> None:
    """A plugin's function works in both bindings and is missing where its argument is, whatever its columns do."""
    stubborn = replace(DOUBLE, name="stubborn", scalar=lambda _: 7, column=lambda _: pl.lit(7))
    table, _ = functions_with([DOUBLE, stubborn])
    found = formula("double(x) + stubborn(x)", table)
    values = pl.DataFrame({"x": [1.0, None]}).select(bind(found, {}).value).to_series().to_list()
    assert values == [evaluate(found, {"x": x}).value for x in (1.0, None)] == [9.0, None]


def test_a_function_without_a_result_is_no_data() -> None:
    """Where a plugin's function gives nothing the value is missing, and where it gives infinity that is told."""
    nothing = replace(DOUBLE, name="nothing", scalar=lambda _: None, column=lambda x: pl.when(x < 0).then(x))
    large = replace(DOUBLE, name="large", scalar=lambda x: x * 1e300, column=lambda x: x * 1e300)
    table, _ = functions_with([nothing, large])
    frame = pl.DataFrame({"x": [1e100]})
    for text, fault in (("nothing(x)", Fault.NO_DATA), ("large(x)", Fault.NOT_FINITE)):
        found = formula(text, table)
        bound = bind(found, {})
        assert frame.select(bound.value.alias("value"), bound.fault.alias("fault")).row(0) == (
            None,
            list(Fault).index(fault),
        )
        assert evaluate(found, {"x": 1e100}).fault is fault


@pytest.mark.parametrize(
    ("name", "code"),
    [("min", "function-clash"), ("missing", "function-clash"), ("If", "function-name"), ("a.b", "function-name")],
)
def test_a_function_needs_a_name_of_its_own(name: str, code: str) -> None:
    """A plugin cannot replace a function of the language, nor use a word that no formula could name."""
    table, problems = functions_with([replace(DOUBLE, name=name)])
    assert ([problem.code for problem in problems], list(table)) == ([code], list(Functions()))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"column": lambda x: x * 3}, "it gives 2.0 for plain values and 3.0 over columns"),
        ({"column": lambda x: x.sum()}, "depends on the other rows"),
        ({"column": lambda x: pl.concat([x, x])}, "over columns it fails"),
        ({"column": lambda _: pl.lit("a")}, "over columns it fails"),
        ({"column": lambda _: pl.col("none_such")}, "over columns it fails (ColumnNotFoundError"),
        ({"column": lambda _: None}, "it gives NoneType, not an expression of Polars"),
        ({"column": lambda _: sys.exit(0)}, "over columns it fails (SystemExit: 0)"),
        ({"scalar": lambda x: x / 0}, "for plain values it fails (ZeroDivisionError"),
        ({"scalar": lambda x: f"{x}"}, "it gives '1.0' for plain values and 2.0 over columns"),
    ],
)
def test_a_function_whose_two_ways_differ_is_not_taken(changes: dict[str, Any], says: str) -> None:
    """A plugin's function is tried before any formula may call it."""
    table, problems = functions_with([replace(DOUBLE, **changes)])
    assert ([problem.code for problem in problems], "double" in table) == (["function-unfit"], False)
    assert says in problems[0].message


def test_of_two_functions_with_one_name_the_first_stays() -> None:
    """The second of a name is a problem, not a replacement."""
    table, problems = functions_with([DOUBLE, replace(DOUBLE, doc="another")])
    assert (table.doc("double"), [problem.code for problem in problems]) == ("Twice the number.", ["function-clash"])


def test_working_days_agree_with_the_calendar() -> None:
    """From a to b are the working days after a up to b, as the calendar counts them, with holidays left out."""
    holidays = frozenset({date(2026, 8, 15), date(2026, 10, 2), date(2026, 10, 20)})
    days = frozenset({0, 1, 2, 3, 4, 5})
    table, _ = functions_with([], Workdays(days, holidays))
    calendar = Calendar(workdays=days, holidays=tuple((day, "") for day in sorted(holidays)))
    start = date(2026, 8, 12)
    for length in range(100):
        end = start + timedelta(days=length)
        expected = float(working_days(calendar, start + timedelta(days=1), end))
        assert outcome("working_days_between(a, b)", table, a=start, b=end).value == expected
        assert outcome("working_days_between(a, b)", table, a=end, b=start).value == (-expected or 0.0)


def test_dates_at_the_ends_of_time() -> None:
    """The first and the last day there is are no trouble."""
    first, last = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59)  # noqa: DTZ001 -- company time has no zone
    found = formula("working_days_between(a, b) - days_between(a, b)")
    frame = pl.DataFrame({"a": [first, last], "b": [last, first]})
    values = frame.select(bind(found, {"a": Kind.DATE, "b": Kind.DATE}).value).to_series().to_list()
    assert values == [evaluate(found, row).value for row in frame.iter_rows(named=True)]
