"""The metrics of debt collection: every worked example holds, and every metric says what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias

import polars as pl
import pytest

from appraise.plugin import CustomMeasure, MeasureExample, MeasureRequest, Rows

Valued: TypeAlias = Callable[[str, MeasureExample], float | None]

QUARTER = (date(2026, 7, 1), date(2026, 9, 30))
METRICS = (
    "dso_closing",
    "dso_average",
    "dso_count_back",
    "cei_standard",
    "cei_monthly_average_sales",
    "cei_seed_wording",
    "fcr_seed",
    "fcr_standard",
    "recovery_rate_net",
    "recovery_index",
    "call_to_promise_all_calls",
    "call_to_promise_right_party",
    "right_party_rate",
    "promise_kept_count",
    "promise_kept_amount",
    "promise_due_count",
    "roll_rate_amount",
    "roll_rate_accounts",
    "collection_efficiency_total",
    "collection_efficiency_current",
    "calls_over_limit",
)


def test_the_metrics_ship_with_the_program(metrics: Mapping[str, CustomMeasure]) -> None:
    """A workspace has them without a line about plugins."""
    assert tuple(metrics) == METRICS


@pytest.mark.parametrize("name", METRICS)
def test_every_worked_example_holds(name: str, metrics: Mapping[str, CustomMeasure], value: Valued) -> None:
    """A metric gives what each of its worked examples says, to the digits that are printed there."""
    examples = metrics[name].examples
    assert examples
    for example in examples:
        assert value(name, example) == pytest.approx(example.gives, abs=example.within or 1e-12), example.says


@pytest.mark.parametrize("name", METRICS)
def test_the_order_of_rows_does_not_matter(name: str, metrics: Mapping[str, CustomMeasure], value: Valued) -> None:
    """The same rows in another order give the same figure, to the last bit."""
    for example in metrics[name].examples:
        turned = {column: list(reversed(values)) for column, values in example.rows.items()}
        assert value(name, replace(example, rows=turned)) == value(name, example)


@pytest.mark.parametrize("name", METRICS)
def test_every_metric_says_what_it_is(name: str, metrics: Mapping[str, CustomMeasure]) -> None:
    """Each has its formula, source, unit, range and columns, and every column and option is explained."""
    metric = metrics[name]
    assert all((metric.doc, metric.formula, metric.unit, metric.range, metric.reference, metric.columns))
    assert all(column.says for column in (*metric.columns, *metric.or_columns))
    assert all(option.says for option in metric.options)


def test_no_two_metrics_share_a_definition(metrics: Mapping[str, CustomMeasure]) -> None:
    """A definition id has the unit, the variant and a version, and belongs to one metric."""
    ids = [metric.definition_id for metric in metrics.values()]
    assert len(set(ids)) == len(ids)
    assert [found for found in ids if not re.fullmatch(r"[a-z_]+\.[a-z_]+\.v\d+", found)] == []


def test_every_metric_has_its_place_on_the_page(checkout: Path, metrics: Mapping[str, CustomMeasure]) -> None:
    """docs/metrics.md names each metric with its definition id, unit and columns, and none that is not there."""
    page = (checkout / "docs" / "metrics.md").read_text(encoding="utf-8")
    entries = dict(re.findall(r"^### `(\w+)`\n(.*?)(?=^##)", f"{page}\n##", re.MULTILINE | re.DOTALL))
    assert list(entries) == list(metrics)
    for name, metric in metrics.items():
        columns = [column.name for column in metric.columns]
        words = [metric.definition_id, *columns, *(option.name for option in metric.options)]
        assert [word for word in words if f"`{word}`" not in entries[name]] == [], name
        assert metric.formula in entries[name], name


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("dso_closing", {"date": [QUARTER[1]], "credit_sales": [0], "closing": [5_000]}),
        ("dso_count_back", {"date": [QUARTER[1]], "credit_sales": [4_000], "closing": [5_000]}),
        ("dso_closing", {"date": [date(2026, 6, 30)], "credit_sales": [100], "closing": [5_000]}),
        ("cei_seed_wording", {"date": [QUARTER[1]], "opening": [0], "credit_sales": [100], "closing": [50]}),
        ("recovery_rate_net", {"outstanding": [0], "collected": [100]}),
        ("call_to_promise_right_party", {"right_party": [False], "promise_made": [False]}),
        ("promise_kept_count", {"due_on": [date(2026, 6, 30)], "promised": [10], "paid": [10]}),
        ("roll_rate_accounts", {"days_before": [29], "days_now": [60]}),
        ("roll_rate_accounts", {"days_before": [60], "days_now": [90]}),
    ],
    ids=[
        "no sales",
        "more owed than all sales known",
        "no row in the period",
        "nothing owed at the beginning",
        "nothing outstanding",
        "nobody reached",
        "no promise due",
        "not in the bucket yet",
        "past the bucket",
    ],
)
def test_nothing_to_divide_by_is_no_figure(name: str, rows: Rows, value: Valued) -> None:
    """A share of nothing is missing, never zero and never full marks."""
    assert value(name, MeasureExample("", *QUARTER, rows, None)) is None


@pytest.mark.parametrize("name", METRICS)
def test_no_rows_are_no_figure(name: str, metrics: Mapping[str, CustomMeasure], value: Valued) -> None:
    """A source without a row, or an empty list of invoices, is no fault of the metric."""
    for columns in filter(None, (metrics[name].columns, metrics[name].or_columns)):
        rows: Rows = {"date": [], **{column.name: [] for column in columns}}
        assert value(name, MeasureExample("", *QUARTER, rows, None)) is None


MONTHS: Rows = {
    "date": [date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30)],
    "opening": [1, 6_200, 7_000, 6_500],
    "credit_sales": [9_999, 3_000, 4_000, 3_890],
    "closing": [6_200, 7_000, 6_500, 6_340],
    "closing_current": [0, 1, 2, 3_590],
}
"""The same books as the sample of a quarter, in rows of months, and a month before."""


@pytest.mark.parametrize(
    ("name", "gives"),
    [("cei_standard", 79.63), ("cei_monthly_average_sales", 55.93), ("cei_seed_wording", 173.39)],
)
def test_months_add_up_to_their_quarter(name: str, gives: float, value: Valued) -> None:
    """Of several rows in the period the first opens, the last closes and sales are added; other rows do not count."""
    assert value(name, MeasureExample("", *QUARTER, MONTHS, gives)) == pytest.approx(gives, abs=0.005)


@pytest.mark.parametrize(
    ("month", "owed", "given"),
    [
        (0, 6_340, {"dso_closing": 53.56, "dso_count_back": 48.99}),
        (0, 14_000, {"dso_closing": 118.27, "dso_count_back": None}),
        (1, 6_340, {"dso_closing": None, "dso_count_back": 48.99}),
        (3, 6_340, {"dso_closing": None, "dso_count_back": None}),
    ],
    ids=["not needed", "needed to count back", "needed for the quarter", "needed for both"],
)
def test_a_gap_in_the_sheet_is_no_figure(
    month: int, owed: int, given: Mapping[str, float | None], metrics: Mapping[str, CustomMeasure]
) -> None:
    """Where the sales of a month are missing the others do not stand for it, unless it does not matter."""
    sheet = pl.DataFrame(
        {
            "person": ["E1"] * 4,
            "date": pl.Series(MONTHS["date"], dtype=pl.Datetime("us")),
            "credit_sales": MONTHS["credit_sales"],
            "closing": [6_200, 7_000, 6_500, owed],
        }
    )
    gap = sheet[month].with_columns(credit_sales=pl.lit(None, pl.Int64))
    rest = sheet.filter(pl.int_range(pl.len()) != month)
    for name, expected in given.items():
        answer = metrics[name].compute(MeasureRequest(rest, *QUARTER, {}, gap))["value"].item()
        assert answer == (None if expected is None else pytest.approx(expected, abs=0.005)), name


INVOICES: Rows = {
    "amount": [400, 300, 200, 100, 50],
    "invoiced_on": [date(2026, 6, 1), date(2026, 7, 10), date(2026, 8, 20), date(2026, 9, 15), date(2026, 10, 1)],
    "due_on": [date(2026, 7, 1), date(2026, 8, 9), date(2026, 9, 30), date(2026, 10, 15), date(2026, 10, 31)],
    "settled_on": [date(2026, 7, 5), date(2026, 9, 30), None, date(2026, 10, 2), None],
}
"""At the quarter's end 300 is owed: 200 that fell due that day, and 100 that is not due yet."""


@pytest.mark.parametrize(
    ("name", "gives"),
    [
        ("dso_closing", 300 * 92 / 600),
        ("dso_average", 350 * 92 / 600),
        ("dso_count_back", 30 + 31),
        ("cei_standard", 100 * 700 / 900),
        ("cei_monthly_average_sales", 100 * 300 / 500),
        ("cei_seed_wording", 100 * 700 / 400),
    ],
)
def test_invoices_tell_the_balances(name: str, gives: float, value: Valued) -> None:
    """An invoice is owed until the day it is settled; one that falls due on the last day is there to collect."""
    assert value(name, MeasureExample("", *QUARTER, INVOICES, gives)) == pytest.approx(gives, abs=1e-12)


def test_a_month_without_sales_counts_back_too(value: Valued) -> None:
    """Counting back over invoices passes through whole months in which nothing was sold."""
    rows: Rows = {
        "amount": [80, 60],
        "invoiced_on": [date(2026, 7, 10), date(2026, 9, 10)],
        "due_on": [date(2026, 8, 10), date(2026, 10, 10)],
        "settled_on": [None, None],
    }
    assert value("dso_count_back", MeasureExample("", *QUARTER, rows, 92.0)) == 92.0


@pytest.mark.parametrize(
    ("options", "kept"),
    [({}, 60.0), ({"grace_days": 1.0}, 40.0), ({"freeze_days": 15.0}, 40.0), ({"freeze_days": 1.0}, 200 / 3)],
    ids=["as it stands", "a day less of grace", "a later freeze sees the second reversal", "before the grace ends"],
)
def test_grace_and_freeze_decide_what_is_known(
    options: Mapping[str, float], kept: float, metrics: Mapping[str, CustomMeasure], value: Valued
) -> None:
    """A payment after the grace does not keep a promise, and a promise whose grace is not over at the freeze waits."""
    sample = metrics["promise_kept_count"].examples[0]
    example = MeasureExample("", sample.start, sample.end, sample.rows, kept, options)
    assert value("promise_kept_count", example) == pytest.approx(kept)


def test_more_than_promised_makes_up_for_nothing(value: Valued) -> None:
    """What is paid beyond one promise is not counted for another."""
    rows: Rows = {"due_on": [QUARTER[0], QUARTER[0]], "promised": [100, 100], "paid": [300, 0]}
    example = MeasureExample("", *QUARTER, rows, 50.0)
    assert (value("promise_kept_amount", example), value("promise_kept_count", example)) == (50.0, 50.0)


def test_a_repeat_within_the_window_is_the_same_matter(value: Valued) -> None:
    """A contact of the days before the period makes the first of the period a repeat, which opens nothing."""
    moments = [datetime(2026, 6, 29, 9, 0), datetime(2026, 7, 1, 9, 0), datetime(2026, 7, 20, 9, 0)]  # noqa: DTZ001 -- moments of a log are local to the company
    rows: Rows = {"date": moments, "account": ["A"] * 3, "resolved": [False, True, True]}
    assert value("fcr_standard", MeasureExample("", *QUARTER, rows, 100.0)) == 100.0
