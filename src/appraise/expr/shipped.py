"""The strict functions of the language, each for plain values and for columns."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.clocks import local_hour, local_hour_column
from appraise.expr.strict import StrictFunction
from appraise.expr.workdays import Workdays, working_days_between, working_days_between_column
from appraise.model.kinds import Kind

if TYPE_CHECKING:
    from datetime import datetime

    from appraise.model.kinds import Value

__all__ = ["Workdays", "shipped_functions"]

_MICROSECONDS_IN_MINUTE = 60_000_000.0


def shipped_functions(workdays: Workdays | None = None, time_zone: str = "UTC") -> dict[str, StrictFunction]:
    """The table of the language's own strict functions, in a fresh dictionary."""
    table = [*_of_numbers(), *_of_dates(workdays or Workdays()), _of_clocks(time_zone)]
    return {function.name: function for function in table}


def _of_numbers() -> list[StrictFunction]:
    number, yes_no = Kind.NUMBER, Kind.YES_NO
    return [
        StrictFunction(
            "min", "min(a, b, …)", "the smallest of the numbers", (number,), number, _smallest,
            pl.min_horizontal, repeats=True, finite=True,
        ),
        StrictFunction(
            "max", "max(a, b, …)", "the largest of the numbers", (number,), number, _largest,
            pl.max_horizontal, repeats=True, finite=True,
        ),
        StrictFunction(
            "abs", "abs(x)", "x without its sign", (number,), number, _size, pl.Expr.abs, finite=True
        ),
        StrictFunction(
            "clamp", "clamp(x, low, high)", "x, held between low and high; high where low is above it",
            (number, number, number), number, _held,
            _held_column, finite=True,
        ),
        StrictFunction(
            "count_true", "count_true(a, b, …)", "how many of the conditions are true", (yes_no,), number, _trues,
            _trues_column,
            repeats=True, finite=True, whole=True,
        ),
    ]  # fmt: skip


def _of_dates(workdays: Workdays) -> list[StrictFunction]:
    date, number = Kind.DATE, Kind.NUMBER
    return [
        StrictFunction(
            "days_between", "days_between(a, b)", "calendar days from a to b, whole; negative where b is earlier",
            (date, date), number, days_between, days_between_column, finite=True, whole=True,
        ),
        StrictFunction(
            "minutes_between", "minutes_between(a, b)", "minutes from a to b, with fractions",
            (date, date), number, _minutes_between, _minutes_between_column, finite=True,
        ),
        StrictFunction(
            "working_days_between", "working_days_between(a, b)",
            "working days after a up to and including b; negative where b is earlier",
            (date, date), number, partial(working_days_between, workdays),
            partial(working_days_between_column, workdays), finite=True, whole=True,
        ),
        StrictFunction(
            "hour_of", "hour_of(a)", "the hour of the day, from 0 to 23", (date,), number,
            lambda moment: float(moment.hour), lambda moment: moment.dt.hour().cast(pl.Float64),
            finite=True, whole=True,
        ),
    ]  # fmt: skip


def _of_clocks(time_zone: str) -> StrictFunction:
    return StrictFunction(
        "local_hour", "local_hour(a, zone)",
        "the hour of the day on the clock of the zone, with minutes as a fraction; 20.5 is half past eight",
        (Kind.DATE, Kind.TEXT), Kind.NUMBER, partial(local_hour, time_zone),
        partial(local_hour_column, time_zone), finite=True,
    )  # fmt: skip


def days_between(first: datetime, last: datetime) -> float:
    """Calendar days from one to the other; the time of day does not count."""
    return float(last.toordinal() - first.toordinal())


def days_between_column(first: pl.Expr, last: pl.Expr) -> pl.Expr:
    """The same for columns."""
    return (last.dt.date() - first.dt.date()).dt.total_days().cast(pl.Float64)


def _minutes_between(first: datetime, last: datetime) -> float:
    length = last - first
    microseconds = (length.days * 86_400 + length.seconds) * 1_000_000 + length.microseconds
    return float(microseconds) / _MICROSECONDS_IN_MINUTE


def _minutes_between_column(first: pl.Expr, last: pl.Expr) -> pl.Expr:
    microseconds = (last - first).dt.total_microseconds().cast(pl.Float64)
    # A divisor of its own for every row: by a constant, Polars would multiply with the rounded reciprocal.
    return microseconds / (microseconds * 0.0 + _MICROSECONDS_IN_MINUTE)


def _smallest(*numbers: float) -> Value:
    return min(numbers)


def _largest(*numbers: float) -> Value:
    return max(numbers)


def _size(number: float) -> Value:
    return abs(number)


def _held(number: float, low: float, high: float) -> Value:
    return min(max(number, low), high)


def _held_column(number: pl.Expr, low: pl.Expr, high: pl.Expr) -> pl.Expr:
    return pl.min_horizontal(pl.max_horizontal(number, low), high)


def _trues(*conditions: bool) -> Value:
    return float(sum(conditions))


def _trues_column(*conditions: pl.Expr) -> pl.Expr:
    return pl.sum_horizontal([condition.cast(pl.Float64) for condition in conditions], ignore_nulls=False)
