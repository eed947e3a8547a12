"""A KPI that is the mean of its months, and one about days whose outcome is known: alike in columns and in numbers."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraise.model.outcome import KpiScore
from appraise.model.period import Period
from appraise.model.role import Kpi, Level, MinSample, PassFail
from appraise.model.status import KpiStatus
from appraise.model.window import maturity_of
from appraise.scoring.by_month import mean_columns, mean_of_months
from appraise.scoring.plan import Plan
from appraise.scoring.statuses import FINDINGS, ZERO_DENOMINATOR, error, missing_code

if TYPE_CHECKING:
    from tests.scoring.conftest import Builder

QUARTER = Period("2026-Q3", date(2026, 7, 1), date(2026, 9, 30))
BEFORE = Period("2026-Q2", date(2026, 4, 1), date(2026, 6, 30))
YEAR = (Period("2026", date(2026, 1, 1), date(2026, 12, 31)), Period("2025", date(2025, 1, 1), date(2025, 12, 31)))
JULY, AUGUST, SEPTEMBER = "@2026-07-01..2026-07-31", "@2026-08-01..2026-08-31", "@2026-09-01..2026-09-30"
JUNE = "@2026-06-01..2026-06-30"
WORKED = Path(__file__).parents[3] / "shared" / "cases" / "worked_examples.json"
CODES = [0, ZERO_DENOMINATOR, error("division_by_zero"), *(missing_code(rank) for rank in range(7))]


@pytest.fixture
def quarter(build: Builder) -> Builder:
    """A builder of templates that knows which quarter is appraised."""
    return build.with_tools(days=(QUARTER, BEFORE))


def rate(build: Builder, **more: Any) -> Kpi:
    """A rate of two counts, month by month."""
    return build.kpi("100 * kept / due", method=build.bands(60, 70, 78, 85), decimals=1, by_month=True, **more)


def scored(build: Builder, kpi: Kpi, **by_name: Any) -> KpiScore:
    """A KPI scored both ways from values by full name, with those of July, August and September in a tuple."""
    row: dict[str, Any] = {}
    for name, value in by_name.items():
        if isinstance(value, tuple):
            row |= {f"{name}{mark}": each for mark, each in zip((JULY, AUGUST, SEPTEMBER), value, strict=True)}
        else:
            row[name] = value
    return build.scored_kpi(kpi, **row)


def test_the_value_is_the_mean_of_the_months(quarter: Builder) -> None:
    """Each month counts alike, however many cases it had; the mean is rounded, the months are not."""
    kpi = scored(quarter, rate(quarter), kept=(71, 742, 8), due=(100, 1000, 11))
    assert [month.value for month in kpi.months] == [71.0, 74.2, 100 * 8 / 11]
    assert kpi.value == 72.6
    assert kpi.notes == ()


def test_the_trace_names_every_month_with_its_days_and_inputs(quarter: Builder) -> None:
    """A month has its id, its first and last day, and the names it reads; its working is an operand of the mean."""
    kpi = scored(quarter, rate(quarter), kept=(71, 742, 731), due=(100, 1000, 1000))
    july = kpi.months[0]
    assert (july.month, july.start, july.end) == ("2026-M07", date(2026, 7, 1), date(2026, 7, 31))
    assert july.inputs == (f"kept{JULY}", f"due{JULY}")
    assert [step.value for step in kpi.steps[0].steps] == [month.value for month in kpi.months]
    assert kpi.inputs == tuple(f"{name}{mark}" for mark in (JULY, AUGUST, SEPTEMBER) for name in ("kept", "due"))
    assert kpi.says == "100 times kept, divided by due"


def test_a_month_without_a_value_is_left_out_and_named(quarter: Builder) -> None:
    """Nothing to divide by in August: the mean is that of the other two, and the note says so."""
    kpi = scored(quarter, rate(quarter), kept=(71, 0, 73), due=(100, 0, 100))
    assert (kpi.value, kpi.notes) == (72.0, ("Aug: nothing to divide by; the mean is that of the other months",))
    assert [month.status for month in kpi.months] == [KpiStatus.OK, KpiStatus.ZERO_DENOMINATOR, KpiStatus.OK]


def test_a_month_without_data_is_named_too(quarter: Builder) -> None:
    """Somebody who came in August has no July."""
    known = {f"{name}{JULY}?": "no_rows" for name in ("kept", "due")}
    kpi = scored(quarter, rate(quarter), kept=(None, 70, 80), due=(None, 100, 100), **known)
    assert (kpi.value, kpi.notes) == (75.0, ("Jul: no data; the mean is that of the other months",))


@pytest.mark.parametrize(
    ("kept", "due", "reasons", "expected"),
    [
        ((0, 0, 0), (0, 0, 0), {}, (KpiStatus.ZERO_DENOMINATOR, "")),
        ((None,) * 3, (None,) * 3, {}, (KpiStatus.NO_DATA, "no_value")),
        ((None,) * 3, (None,) * 3, {f"due{AUGUST}?": "stale"}, (KpiStatus.NO_DATA, "stale")),
        ((None, 0, 0), (None, 0, 0), {}, (KpiStatus.ZERO_DENOMINATOR, "")),
    ],
    ids=["nothing to do", "no data", "the worst reason", "came later, nothing to do"],
)
def test_without_any_month_the_worst_reason_is_told(
    kept: tuple[Any, ...], due: tuple[Any, ...], reasons: dict[str, str], expected: tuple[str, str], quarter: Builder
) -> None:
    """Where no month has a value, the KPI has none, and says why."""
    kpi = scored(quarter, rate(quarter), kept=kept, due=due, **reasons)
    assert (kpi.value, kpi.status, kpi.reason, kpi.notes) == (None, *expected, ())


def test_a_month_in_error_is_an_error(quarter: Builder) -> None:
    """Five of nothing is somebody's mistake, which the other months must not hide."""
    kpi = scored(quarter, rate(quarter), kept=(71, 5, 73), due=(100, 0, 100))
    assert (kpi.value, kpi.status, kpi.reason) == (None, KpiStatus.ERROR, "division_by_zero")


def test_success_when_empty_asks_for_all_months(quarter: Builder) -> None:
    """With nothing to do all along the KPI succeeds; with one month of work that month decides."""
    kpi = rate(quarter, success_when_empty=True)
    assert scored(quarter, kpi, kept=(0, 0, 0), due=(0, 0, 0)).score == 5.0
    assert scored(quarter, kpi, kept=(0, 60, 0), due=(0, 100, 0)).score == 2.0


def test_the_sample_is_that_of_the_whole_period(quarter: Builder) -> None:
    """Months with few cases are none too few where the period has enough."""
    kpi = rate(quarter, min_sample=MinSample(quarter.says("cases"), 20))
    assert scored(quarter, kpi, kept=(7, 7, 7), due=(10, 10, 10), cases=30).value == 70.0
    few = scored(quarter, kpi, kept=(7, 7, 7), due=(10, 10, 10), cases=19)
    assert few.status is KpiStatus.INSUFFICIENT_SAMPLE


def test_prev_is_the_month_before_and_days_are_the_months(quarter: Builder) -> None:
    """`prev.` of July is June; the days of the period and the available ones are those of the month."""
    plan = quarter.plan(quarter.role(quarter.kra(quarter.kpi("x / available_days - prev.x", by_month=True))))
    assert plan.names == {
        *(f"{name}{mark}" for mark in (JULY, AUGUST, SEPTEMBER) for name in ("x", "available_days")),
        *(f"prev.x{mark}" for mark in (JUNE, JULY, AUGUST)),
    }


def test_targets_and_attributes_are_as_ever(quarter: Builder) -> None:
    """Only what is counted is counted by month; a target or an attribute holds for all of them."""
    formula = "100 if x >= target.x and person.grade == 'J1' else 0"
    kpi = quarter.kpi(formula, method=quarter.bands(20, 40, 60, 80), by_month=True)
    row = {"target.x": 5.0, "person.grade": "J1"}
    assert scored(quarter, kpi, x=(5, 4, 9), **row).value == 66.67


def test_a_team_kpi_reads_the_teams_months(quarter: Builder) -> None:
    """In a KPI of the team every name is the team's, also month by month."""
    kpi = quarter.kpi("x", level=Level.TEAM, by_month=True)
    assert scored(quarter, kpi, **{"team.x": (2, 3, 4)}).value == 3.0


def test_a_condition_is_one_or_nothing_in_each_month(quarter: Builder) -> None:
    """Yes counts 1: two of three months that hold make two thirds."""
    kpi = quarter.kpi("x > 3", by_month=True)
    assert scored(quarter, kpi, x=(4, 3, 5)).value == 0.67


def test_without_a_period_it_is_one_month(build: Builder) -> None:
    """In a worked example what is given holds for every month, so that the formula is worked out once."""
    assert build.scored_kpi(rate(build), kept=71, due=100).value == 71.0
    late = build.kpi("x", matures_after=maturity_of("90 days"))
    assert build.scored_kpi(late, x=3).value == 3.0


def test_the_next_band_is_told_in_the_unit(quarter: Builder) -> None:
    """How many more promises it takes depends on the month, so the gap is told in points."""
    counting = quarter.with_tools(counts=frozenset({"kept"}))
    kpi = scored(counting, rate(quarter, unit="percent"), kept=(71, 72, 73), due=(100, 100, 100))
    assert kpi.next_band is not None
    assert kpi.next_band.says == "with 6.0 percentage points more this is band 4"


def test_all_questions_of_a_late_kpi_are_about_the_earlier_days(quarter: Builder) -> None:
    """Formula, sample and conditions read the earlier days, `prev.` as much earlier; targets and days do not move."""
    kpi = quarter.kpi(
        "100 * active / prev.talks - target.x + available_days",
        method=PassFail(when=quarter.says("active > 2")),
        min_sample=MinSample(quarter.says("talks"), 5),
        matures_after=maturity_of("90 days"),
    )
    now, before = "@2026-04-02..2026-07-02+90 days", "@2026-01-01..2026-04-01+90 days"
    assert quarter.plan(quarter.role(quarter.kra(kpi))).names == {
        f"active{now}",
        f"talks{now}",
        f"prev.talks{before}",
        "target.x",
        "available_days",
    }


def test_a_late_kpi_says_which_days_it_counts(quarter: Builder) -> None:
    """The trace has the days and the time after which the outcome is known; counts go without their marks."""
    counting = quarter.with_tools(counts=frozenset({"active"}), titles={"active": "Active customers"})
    kpi = quarter.kpi(
        "100 * active / talks", method=quarter.bands(20, 40, 60, 80), matures_after=maturity_of("90 days")
    )
    mark = "@2026-04-02..2026-07-02+90 days"
    found = scored(counting, kpi, **{f"active{mark}": 30, f"talks{mark}": 100})
    assert found.window is not None
    assert (found.window.words, found.window.after) == ("2 Apr 2026 – 2 Jul 2026", "90 days")
    assert found.says == "100 times Active customers, divided by talks"
    assert found.next_band is not None
    assert found.next_band.says == "10 more active customers make this band 3"


def test_zero_in_the_period_before_is_known_as_such(quarter: Builder) -> None:
    """A division by a `prev.` value is that also where the days are others."""
    kpi = quarter.kpi("x / prev.x", matures_after=maturity_of("3 months"))
    row = {"x@2026-04-01..2026-06-30+3 months": 4, "prev.x@2026-01-01..2026-03-31+3 months": 0}
    assert scored(quarter, kpi, **row).reason == "previous_zero"


def test_both_keys_count_each_month_so_much_earlier(quarter: Builder) -> None:
    """Months and earlier days go together: July is counted over the 31 days that end 90 days before its end."""
    kpi = quarter.kpi("x / working_days", by_month=True, matures_after=maturity_of("1 month"))
    assert quarter.plan(quarter.role(quarter.kra(kpi))).names == {
        *(f"x{mark}+1 month" for mark in (JUNE, JULY, AUGUST)),
        *(f"working_days{mark}" for mark in (JULY, AUGUST, SEPTEMBER)),
    }


def test_jbpro_two_factor(build: Builder) -> None:
    """Half for the year's average, half for the share of months that met the target: 9 of 12 make 87.5."""
    if not WORKED.exists():
        pytest.skip(f"{WORKED} is not there")
    cases = json.loads(WORKED.read_text("utf-8"))
    (case,) = [one for one in _cases(cases) if one.get("id") == "jbpro_two_factor"]
    year = build.with_tools(days=YEAR)
    average = year.kpi("100 if x >= target.x else 0", id="average", weight=50)
    hit = year.kpi("100 if x >= target.x else 0", id="hit", weight=50, by_month=True)
    plan = year.plan(year.role(year.kra(average, hit)))
    months = sorted(name for name in plan.names if "@" in name)
    given_months = {name: 6.0 if place < case["inputs"]["months_hit"] else 1.0 for place, name in enumerate(months)}
    kpis = year.scored(plan.role, x=5.5, **{"target.x": 5.0}, **given_months).kras[0].kpis
    points = sum(float(kpi.value or 0) for kpi in kpis) / 2
    assert len(months) == case["inputs"]["months"]
    assert points == case["expected"]["kpi_score"]
    assert points * case["inputs"]["section_weight"] / 100 == case["expected"]["section_points"]


def _cases(tree: Any) -> list[dict[str, Any]]:
    """Every mapping with an id anywhere in a file of cases."""
    if isinstance(tree, list):
        return [case for each in tree for case in _cases(each)]
    if not isinstance(tree, dict):
        return []
    return [tree] if "id" in tree else [case for each in tree.values() for case in _cases(each)]


NUMBERS = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False), st.integers(-9, 9).map(float))
MONTH = st.tuples(NUMBERS, st.sampled_from([code for code in CODES if code]))


@given(st.lists(st.lists(MONTH, min_size=3, max_size=3), min_size=1, max_size=9))
def test_columns_and_numbers_agree_on_the_mean_bit_for_bit(people: list[list[tuple[float | None, int]]]) -> None:
    """Every mean and every finding is the same in columns as for one person, also for numbers at the end of Float64."""
    months = []
    for place in range(3):
        values = [person[place] for person in people]
        value = pl.Series([number for number, _ in values], dtype=pl.Float64)
        finding = pl.Series([0 if number is not None else code for number, code in values], dtype=pl.UInt8)
        months.append((value, finding if value.null_count() else None))
    mean, found = mean_columns(months)
    codes = [0] * len(people) if found is None else found.to_list()
    one = [mean_of_months([(number, 0 if number is not None else code) for number, code in each]) for each in people]
    assert list(zip(mean.to_list(), codes, strict=True)) == one


def test_findings_of_months_are_worse_the_later_they_stand() -> None:
    """The worst of several findings is the largest: an error before nothing to divide by, that before no data."""
    worst = [FINDINGS[code].status for code in sorted(CODES)]
    assert worst.index(KpiStatus.NO_TARGET) < worst.index(KpiStatus.NO_DATA)
    assert worst.index(KpiStatus.NO_DATA) < worst.index(KpiStatus.ZERO_DENOMINATOR) < worst.index(KpiStatus.ERROR)


def test_a_plan_without_these_keys_reads_no_other_days(quarter: Builder) -> None:
    """Templates that use neither key ask for nothing more than before."""
    plan: Plan = quarter.plan(quarter.role(quarter.kra(quarter.kpi("100 * kept / prev.due"))))
    assert plan.names == {"kept", "prev.due"}
