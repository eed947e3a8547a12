"""The hour on the clock of another zone, in plain numbers and over columns."""

from __future__ import annotations

from datetime import datetime, timedelta

import polars as pl
import pytest

from appraise.expr.columns import bind
from appraise.expr.formula import parse
from appraise.expr.functions import functions_with
from appraise.expr.numbers import evaluate
from appraise.model.expression import Expression
from appraise.model.kinds import Kind
from appraise.model.place import Place

KINDS = {"at": Kind.DATE, "zone": Kind.TEXT}


def both(company: str, rows: list[tuple[datetime, str | None]], text: str = "local_hour(at, zone)") -> list[object]:
    """The values of an expression over the rows, which are the same in both bindings."""
    functions, _ = functions_with((), None, company)
    formula, problems = parse(Expression(text, Place("appraise.yaml")), functions)
    assert formula is not None, problems
    frame = pl.DataFrame(rows, schema={"at": pl.Datetime("us"), "zone": pl.String}, orient="row")
    together = frame.select(bind(formula, KINDS).value.alias("made"))["made"].to_list()
    assert [evaluate(formula, {"at": at, "zone": zone}).value for at, zone in rows] == together
    return together


def moment(text: str) -> datetime:
    """A moment of company time."""
    return datetime.fromisoformat(text)


def test_the_customer_s_clock_decides() -> None:
    """Calls from Kolkata at dawn reach New York in the evening; the seconds before the hour are still before it."""
    rows = [
        (moment("2025-07-02T18:59:59"), "Asia/Kolkata"),
        (moment("2025-07-02T19:00:00"), "Asia/Kolkata"),
        (moment("2025-07-02T06:20:00"), "America/New_York"),
        (moment("2025-07-02T06:35:00"), "America/New_York"),
        (moment("2025-07-01T00:10:00"), "Asia/Kolkata"),
    ]
    text = "8 <= local_hour(at, zone) < (19 if zone == 'Asia/Kolkata' else 21)"
    assert both("Asia/Kolkata", rows, text) == [True, False, True, False, False]


def test_minutes_are_a_fraction() -> None:
    """20:50 is 20 hours and five sixths; in winter New York is an hour further away."""
    rows = [(moment("2025-07-02T06:20:00"), "America/New_York"), (moment("2025-12-02T06:20:00"), "America/New_York")]
    assert both("Asia/Kolkata", rows) == [20 + 5 / 6, 19 + 5 / 6]


@pytest.mark.parametrize("zone", ["Kolkata", "", "IST", "../etc/passwd", "localtime", "Asia/Nowhere", None])
def test_what_is_no_zone_has_no_hour(zone: str | None) -> None:
    """A zone that nobody knows is missing data, never a guess."""
    assert both("UTC", [(moment("2025-07-02T06:20:00"), zone)]) == [None]


def test_an_hour_that_never_was_is_missing_and_one_that_was_twice_is_the_first() -> None:
    """When clocks are put forward or back, the company's own moments are read the same in both ways."""
    rows = [(moment("2025-03-30T02:30:00"), "UTC"), (moment("2025-10-26T02:30:00"), "UTC")]
    assert both("Europe/Berlin", rows) == [None, 0.5]


def test_every_zone_and_season_agrees() -> None:
    """Each hour and a half of two years, in zones with odd offsets."""
    zones = ["Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Chatham", "Europe/Dublin", "UTC"]
    start = moment("2025-01-01T00:00:00")
    rows: list[tuple[datetime, str | None]] = [
        (start + timedelta(minutes=97 * step, microseconds=step), zones[step % 6]) for step in range(4_000)
    ]
    assert len(both("America/New_York", rows)) == 4_000
