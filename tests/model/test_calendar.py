"""How a company cuts time into periods and working days."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as draw

from appraise.model.calendar import (
    accepted_names,
    is_working_day,
    last_full_period,
    months_of,
    period_asked,
    period_before,
    period_named,
    period_of,
    working_days,
)
from appraise.model.period import Calendar, Period
from appraise.model.place import Place

APRIL = Calendar(year_starts=4)
APRIL_BY_END = Calendar(year_starts=4, year_named_by="end")
JANUARY = Calendar()
FOUR_FOUR_FIVE = Calendar(
    dated=(
        Period("FY26-P1", date(2026, 2, 1), date(2026, 2, 28)),
        Period("FY26-P2", date(2026, 3, 1), date(2026, 3, 28)),
        Period("FY26-P3", date(2026, 3, 29), date(2026, 5, 2)),
    )
)
COMMAND_LINE = Place("--period")
CASES = Path(__file__).parents[2].parent / "shared" / "cases" / "tricky_cases.json"


@pytest.mark.parametrize(
    ("calendar", "name", "start", "end"),
    [
        pytest.param(JANUARY, "2026-Q3", date(2026, 7, 1), date(2026, 9, 30), id="calendar quarter"),
        pytest.param(APRIL, "2026-Q3", date(2026, 10, 1), date(2026, 12, 31), id="third quarter from april"),
        pytest.param(APRIL, "2026-Q4", date(2027, 1, 1), date(2027, 3, 31), id="fourth quarter is next year"),
        pytest.param(APRIL_BY_END, "2026-Q3", date(2025, 10, 1), date(2025, 12, 31), id="year named by its end"),
        pytest.param(APRIL, "2026-M02", date(2026, 2, 1), date(2026, 2, 28), id="a month is the calendar month"),
        pytest.param(JANUARY, "2024-M02", date(2024, 2, 1), date(2024, 2, 29), id="leap february"),
        pytest.param(APRIL, "2026-H1", date(2026, 4, 1), date(2026, 9, 30), id="first half"),
        pytest.param(APRIL, "2026-H2", date(2026, 10, 1), date(2027, 3, 31), id="second half"),
        pytest.param(APRIL, "2026", date(2026, 4, 1), date(2027, 3, 31), id="year"),
        pytest.param(FOUR_FOUR_FIVE, "FY26-P3", date(2026, 3, 29), date(2026, 5, 2), id="dated"),
    ],
)
def test_a_name_means_whole_days(calendar: Calendar, name: str, start: date, end: date) -> None:
    """A period's id and the calendar give its first and last day."""
    assert period_named(calendar, name) == Period(name, start, end)


@pytest.mark.parametrize(
    "name",
    ["2026-Q5", "2026-Q0", "2026-M13", "2026-M7", "2026-07", "26-Q1", "2026-W53", "today", "", "٢٠٢٦-Q1", "2026-q3",
     "0000", "9999", "10000-Q1", "2026-03-31/2026-01-01", "../2026", "2026-Q1\n"],
)  # fmt: skip
def test_other_names_are_no_periods(name: str) -> None:
    """What is not exactly one of the shapes names no period."""
    assert period_named(JANUARY, name) is None


def test_a_dated_calendar_knows_its_own_names_only() -> None:
    """Where a company lists its periods, no other period exists."""
    assert period_named(FOUR_FOUR_FIVE, "2026-Q1") is None


def test_an_unknown_period_says_which_names_are_accepted() -> None:
    """The problem of an unknown id names the shapes one may write."""
    period, problems = period_asked(JANUARY, "2026-Q7", date(2026, 5, 5), COMMAND_LINE)

    assert period is None
    assert [(problem.code, problem.message, problem.hint) for problem in problems] == [
        ("unknown-period", "period '2026-Q7': there is no such period in this calendar", accepted_names(JANUARY))
    ]


def test_an_unknown_dated_period_lists_the_real_ones() -> None:
    """With a list of dated periods the hint tells their names."""
    assert accepted_names(FOUR_FOUR_FIVE) == "the calendar's file has FY26-P1, FY26-P2, FY26-P3"


def test_without_a_name_the_last_full_period_is_meant() -> None:
    """A request that names no period is about the last one that ended before today."""
    period, problems = period_asked(APRIL, None, date(2026, 12, 31), COMMAND_LINE)

    assert (period and period.id, problems) == ("2026-Q2", [])


def test_before_the_first_dated_period_ends_there_is_none() -> None:
    """When no dated period has ended yet, one has to be named."""
    period, problems = period_asked(FOUR_FOUR_FIVE, None, date(2026, 2, 28), COMMAND_LINE)

    assert (period, [problem.code for problem in problems]) == (None, ["no-full-period"])


@pytest.mark.parametrize(
    ("calendar", "name", "before"),
    [
        pytest.param(APRIL, "2026-Q1", "2025-Q4", id="quarter over the year's edge"),
        pytest.param(APRIL_BY_END, "2026-Q1", "2025-Q4", id="year named by its end"),
        pytest.param(JANUARY, "2026-M01", "2025-M12", id="month"),
        pytest.param(APRIL, "2026-H2", "2026-H1", id="half"),
        pytest.param(APRIL, "2026", "2025", id="year"),
        pytest.param(FOUR_FOUR_FIVE, "FY26-P3", "FY26-P2", id="dated"),
    ],
)
def test_the_period_before(calendar: Calendar, name: str, before: str) -> None:
    """The period before has the same length of name and ends the day before."""
    period = period_named(calendar, name)
    assert period is not None

    earlier = period_before(calendar, period)

    assert (earlier.id, earlier.end) == (before, period.start - timedelta(days=1))
    assert period_named(calendar, before) == earlier


def test_before_the_first_dated_period_as_many_days_count() -> None:
    """Before the first dated period lie as many days as it has."""
    first = FOUR_FOUR_FIVE.dated[0]

    assert period_before(FOUR_FOUR_FIVE, first) == Period("before FY26-P1", date(2026, 1, 4), date(2026, 1, 31))


def test_last_full_dated_period() -> None:
    """A dated period is full the day after its end."""
    last = last_full_period(FOUR_FOUR_FIVE, date(2026, 3, 29))

    assert last is not None
    assert last.id == "FY26-P2"


def test_months_of_a_quarter() -> None:
    """A quarter has three whole months."""
    period = period_named(APRIL, "2026-Q4")
    assert period is not None

    assert [month.id for month in months_of(period)] == ["2027-M01", "2027-M02", "2027-M03"]


def test_months_of_a_dated_period_reach_beyond_it() -> None:
    """A 4-4-5 period touches months that it only partly covers."""
    assert [month.id for month in months_of(FOUR_FOUR_FIVE.dated[2])] == ["2026-M03", "2026-M04", "2026-M05"]


def test_holidays_of_a_site_rest_that_site_only() -> None:
    """A holiday with a site counts there; one without a site counts everywhere; twice the same day counts once."""
    calendar = Calendar(
        workdays=frozenset({0, 1, 2, 3, 4, 5}),
        holidays=((date(2026, 10, 2), ""), (date(2026, 10, 2), "Pune"), (date(2026, 10, 20), "Pune")),
    )
    days = (date(2026, 10, 1), date(2026, 10, 31))

    assert [working_days(calendar, *days, site) for site in ("", "Delhi", "Pune")] == [26, 26, 25]


def test_no_working_days_when_the_end_comes_first() -> None:
    """An empty span has no working days."""
    assert working_days(JANUARY, date(2026, 1, 5), date(2026, 1, 4)) == 0


@given(
    start=draw.dates(date(2020, 1, 1), date(2030, 1, 1)),
    length=draw.integers(0, 400),
    workdays=draw.frozensets(draw.integers(0, 6)),
    rests=draw.lists(draw.tuples(draw.dates(date(2020, 1, 1), date(2031, 1, 1)), draw.sampled_from(["", "Pune"]))),
)
def test_counting_is_adding_up_days(
    start: date, length: int, workdays: frozenset[int], rests: list[tuple[date, str]]
) -> None:
    """The count over a span is the number of its working days one by one."""
    calendar = Calendar(workdays=workdays, holidays=tuple(rests))
    days = [start + timedelta(days=offset) for offset in range(length)]

    counted = working_days(calendar, start, start + timedelta(days=length - 1), "Pune")

    assert counted == sum(is_working_day(calendar, day, "Pune") for day in days)


@given(
    day=draw.dates(date(1950, 1, 1), date(2200, 1, 1)),
    starts=draw.integers(1, 12),
    named_by=draw.sampled_from(["start", "end"]),
    rhythm=draw.sampled_from(["month", "quarter", "half", "year"]),
)
def test_every_day_has_one_period_and_its_name_leads_back(day: date, starts: int, named_by: str, rhythm: str) -> None:
    """Every day lies in exactly the period whose id names it, and the one before ends the day before it starts."""
    calendar = Calendar(year_starts=starts, year_named_by=named_by, appraise_every=rhythm)

    period = period_of(calendar, day)

    assert period is not None
    assert day in period
    assert period_named(calendar, period.id) == period
    assert period_before(calendar, period).end == period.start - timedelta(days=1)


def test_the_companys_clock_decides_the_quarter() -> None:
    """Indian fiscal quarters start in April, and a moment belongs to the day it is in the company's zone."""
    if not CASES.is_file():
        pytest.skip("the shared cases are not beside this checkout")
    case = next(case for case in json.loads(CASES.read_text("utf-8"))["cases"] if case["n"] == 22)
    calendar = Calendar(year_starts=case["input"]["fiscal_year_start_month"])
    zone = ZoneInfo(case["input"]["company_tz"])
    days = {name: date.fromisoformat(name) for name in case["input"]["dates"]}
    days |= {
        call["id"]: datetime.fromisoformat(call["at"]).astimezone(zone).date()
        for call in case["input"]["calls"]
        if call["id"] in case["expected"]["quarter_of"]
    }

    actual = {name: period.id for name, day in days.items() if (period := period_of(calendar, day))}

    expected = case["expected"]["quarter_of"] | case["expected"]["dates"]
    assert actual == {name: f"{words[2:6]}-{words[-2:]}" for name, words in expected.items()}
