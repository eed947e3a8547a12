"""Days other than the period's as a whole: its months, and days before it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraise.model.period import Period
from appraise.model.window import (
    Maturity,
    Month,
    Window,
    matured,
    maturity_of,
    month_before,
    months_in,
    window_of,
    without_window,
)

QUARTER = Period("2026-Q3", date(2026, 7, 1), date(2026, 9, 30))
WEEKS = Period("P7", date(2026, 6, 29), date(2026, 8, 2))
"""A period of a 4-4-5 calendar."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90 days", Maturity("90 days", days=90)),
        ("1 day", Maturity("1 day", days=1)),
        ("13 weeks", Maturity("13 weeks", days=91)),
        ("3 months", Maturity("3 months", months=3)),
        ("1 month", Maturity("1 month", months=1)),
        ("0 days", None),
        ("90", None),
        ("90days", None),
        ("a quarter", None),
        ("-3 months", None),
        ("٩٠ days", None),
        ("90 days ", None),
    ],
)
def test_a_time_is_days_weeks_or_calendar_months(text: str, expected: Maturity | None) -> None:
    """Days and weeks are counted in days, months by the calendar; nothing else is a time."""
    assert maturity_of(text) == expected


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("90 days", (date(2026, 4, 2), date(2026, 7, 2))),
        ("13 weeks", (date(2026, 4, 1), date(2026, 7, 1))),
        ("3 months", (date(2026, 4, 1), date(2026, 6, 30))),
        ("1 month", (date(2026, 6, 1), date(2026, 8, 31))),
        ("5 months", (date(2026, 2, 1), date(2026, 4, 30))),
        ("60 months", (date(2021, 7, 1), date(2021, 9, 30))),
    ],
)
def test_days_of_outcomes_that_are_known_lie_so_much_earlier(text: str, days: tuple[date, date]) -> None:
    """Days move both ends alike; calendar months make of a quarter the quarter so many months before."""
    maturity = maturity_of(text)
    assert maturity is not None
    assert matured(QUARTER.start, QUARTER.end, maturity) == Window(*days, text)


def test_the_end_of_a_month_stays_one() -> None:
    """28 February is three months before 31 May, and also before 30 May nothing later than that month has."""
    assert matured(date(2026, 5, 1), date(2026, 5, 31), Maturity("3 months", months=3)).end == date(2026, 2, 28)
    assert matured(date(2026, 5, 1), date(2026, 5, 30), Maturity("3 months", months=3)).end == date(2026, 2, 28)
    assert matured(date(2028, 2, 1), date(2028, 2, 29), Maturity("12 months", months=12)).end == date(2027, 2, 28)


def test_the_months_of_a_quarter() -> None:
    """A quarter of the calendar has its three whole months."""
    assert months_in(QUARTER) == (
        Month("2026-M07", date(2026, 7, 1), date(2026, 7, 31)),
        Month("2026-M08", date(2026, 8, 1), date(2026, 8, 31)),
        Month("2026-M09", date(2026, 9, 1), date(2026, 9, 30)),
    )


def test_the_months_of_a_period_of_weeks_are_clipped_to_it() -> None:
    """The first and the last month of a dated period are there with its days alone."""
    assert [(month.start, month.end) for month in months_in(WEEKS)] == [
        (date(2026, 6, 29), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 7, 31)),
        (date(2026, 8, 1), date(2026, 8, 2)),
    ]


def test_the_month_before_is_the_same_days_of_it() -> None:
    """A whole month has the whole one before, a clipped one the same days of it."""
    found = [month_before(month) for month in months_in(WEEKS)]
    assert [(window.start, window.end) for window in found] == [
        (date(2026, 5, 29), date(2026, 5, 31)),
        (date(2026, 6, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 7, 2)),
    ]


@given(st.dates(date(1999, 1, 1), date(2050, 1, 1)), st.dates(date(1999, 1, 1), date(2050, 1, 1)), st.booleans())
def test_a_mark_is_read_back(start: date, end: date, later: bool) -> None:
    """The name of a measure with a mark behind it gives the name and the days back."""
    window = Window(start, end, "90 days" if later else "")
    assert (without_window(f"prev.team.calls{window.mark}"), window_of(f"prev.team.calls{window.mark}")) == (
        "prev.team.calls",
        window,
    )
    assert window_of("prev.team.calls") is None
