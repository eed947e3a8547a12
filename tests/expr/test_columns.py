"""Columns: whole companies at once, equal to plain numbers bit for bit, and planned in a time that stays bounded."""

from __future__ import annotations

import time

import fuzz
import polars as pl
import pytest
from expressions import formula

from appraise.expr.columns import bind
from appraise.expr.numbers import evaluate
from appraise.model.kinds import Kind

EXPRESSIONS = 2_000
ROWS = 200


def test_random_expressions_give_the_same_bits() -> None:
    """Thousands of random expressions over random rows: plain numbers and columns agree on every value and fault."""
    tally, draw = fuzz.run(EXPRESSIONS, seed=20_260_701, row_count=ROWS)
    assert tally.differences == []
    assert (tally.expressions, tally.cells) == (EXPRESSIONS, EXPRESSIONS * ROWS)
    assert min(draw.drawn.values()) > 20
    assert {fault: count > 100 for fault, count in tally.faults.items()} == dict.fromkeys(tally.faults, True)
    assert len(tally.faults) == 6


DEEP = {
    "divisions": ("a", "(b / {})"),
    "tests": ("yes", "(yes if {} else no)"),
    "smallest": ("a", "min({}, b, a)"),
    "otherwise": ("a", "(b if yes else {})"),
    "middle": ("a", "abs(1 if b < {} < a else 2)"),
    "unknown": ("a", "first_known({}, b)"),
}


@pytest.mark.parametrize("shape", DEEP)
def test_deep_expressions_do_not_explode(shape: str) -> None:
    """Forty levels are planned and worked out in bounded time, for values and for faults, and rightly."""
    text, step = DEEP[shape]
    for _ in range(38 if shape != "middle" else 12):
        text = step.format(text)
    found = formula(text)
    kinds = {"yes": Kind.YES_NO, "no": Kind.YES_NO}
    frame = pl.DataFrame({"a": [1.5, 0.0, None], "b": [3.0, 2.0, 1.0], "yes": [True, None, False], "no": [False] * 3})
    begun = time.process_time()
    bound = bind(found, kinds)
    result = frame.select(bound.value.alias("value"), bound.fault.alias("fault"))
    assert time.process_time() - begun < 3.0
    plain = [evaluate(found, row) for row in frame.iter_rows(named=True)]
    assert result["value"].to_list() == [outcome.value for outcome in plain]
    assert [code > 0 for code in result["fault"]] == [outcome.value is None for outcome in plain]


def test_a_bound_expression_works_wherever_frames_do() -> None:
    """Lazily, streaming, in a filter, in groups and over no rows, the values are the same."""
    frame = pl.DataFrame(
        {"a": [float(number) for number in range(1, 2000)], "team": [number % 3 for number in range(1, 2000)]}
    )
    value = bind(formula("round(100 * a / 7, 1) if a % 2 == 0 else a / 100"), {}).value.alias("value")
    eager = frame.select(value)
    assert frame.lazy().select(value).collect().equals(eager)
    assert frame.lazy().select(value).collect(engine="streaming").equals(eager)
    assert frame.with_columns(value)["value"].equals(eager["value"])
    assert frame.clear().select(value).height == 0
    positive = bind(formula("a / 3 > 100"), {}).value
    assert frame.filter(positive).height == sum(a / 3 > 100 for a in frame["a"])
    totals = frame.group_by("team").agg(value.max()).sort("team")
    assert totals["value"].to_list() == [
        frame.filter(pl.col("team") == team).select(value.max()).item() for team in range(3)
    ]


@pytest.mark.slow
def test_cost_is_linear_in_people() -> None:
    """Ten times the people cost about ten times as much, and a formula over 100,000 people a few milliseconds."""
    bound = [bind(formula(f"100 * a / (b + {number})"), {}).value.alias(str(number)) for number in range(40)]
    seconds = []
    for people in (100_000, 1_000_000):
        frame = pl.select(a=pl.int_range(people).cast(pl.Float64), b=pl.int_range(people).cast(pl.Float64) % 97)
        seconds.append(min(_seconds(frame, bound) for _ in range(3)))
    assert seconds[0] < 1.0
    assert seconds[1] < 30 * seconds[0]


def _seconds(frame: pl.DataFrame, expressions: list[pl.Expr]) -> float:
    begun = time.perf_counter()
    frame.select(expressions)
    return time.perf_counter() - begun
