"""The metrics give what others published, and the right figure where a page misprints it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from appraise.plugin import MeasureExample, Rows

Valued: TypeAlias = Callable[[str, MeasureExample], float | None]

CASES = Path(__file__).parents[3].parent / "shared" / "cases"
YEAR = (date(2025, 1, 1), date(2025, 12, 31))

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the published cases in ../shared/cases are not here")


def of_year(given: dict[str, Any]) -> Rows:
    """A sheet of balances with one row for the year."""
    names = {
        "beginning_receivables": "opening",
        "credit_sales": "credit_sales",
        "ending_total": "closing",
        "accounts_receivable": "closing",
        "ending_current": "closing_current",
    }
    return {"date": [YEAR[1]], **{names[key]: [number] for key, number in given.items() if key in names}}


def of_months(given: dict[str, Any]) -> Rows:
    """A sheet with a row for each month, and an empty one before them that tells where the first begins."""
    days = [0, *accumulate(given["days_in_month"])]
    sales = given["monthly_sales_latest_first"]
    return {
        "date": [YEAR[1] - timedelta(days=back) for back in days],
        "credit_sales": [*sales, 0],
        "closing": [given["ending_receivables"], *([0] * len(sales))],
    }


def rolled(whole: int, part: int) -> Rows:
    """Accounts of 30 days past due, so many of which rolled on to 60."""
    return {"days_before": [30] * whole, "days_now": [60] * part + [0] * (whole - part)}


def rolled_money(whole: int, part: int) -> Rows:
    """Two accounts of 30 days past due: one of so much money rolled on to 60, the other with the rest did not."""
    return {"balance": [part, whole - part], "days_before": [30, 30], "days_now": [60, 0]}


PUBLISHED: dict[str, tuple[str, Callable[[dict[str, Any]], Rows]]] = {
    "cei_gaviti": ("cei_standard", of_year),
    "cei_calculatorshub_misprint": ("cei_standard", of_year),
    "dso_simple": ("dso_closing", of_year),
    "dso_simple_annual": ("dso_closing", of_year),
    "dso_countback_30day": ("dso_count_back", of_months),
    "dso_countback_calendar": ("dso_count_back", of_months),
    "roll_rate_30_60": ("roll_rate_amount", lambda given: rolled_money(given["bucket_30_prev"], given["rolled_to_60"])),
    "roll_rate_misprint_a": ("roll_rate_accounts", lambda given: rolled(given["accounts_30"], given["accounts_60"])),
    "roll_rate_misprint_b": ("roll_rate_amount", lambda given: rolled_money(given["bucket_30"], given["bucket_60"])),
    "rpc_rate": (
        "right_party_rate",
        lambda given: {"right_party": [number < given["right_party"] for number in range(given["contacted"])]},
    ),
    "uci_roll_2_3": ("roll_rate_accounts", lambda given: rolled(given["PAY_2==2"], given["of_which_PAY_0>=3"])),
}


@pytest.mark.parametrize("case", PUBLISHED)
def test_published_examples(case: str, value: Valued) -> None:
    """Each published figure comes out of its published inputs."""
    cases = json.loads((CASES / "worked_examples.json").read_text(encoding="utf-8"))
    told = next(one for one in cases if one["id"] == case)
    metric, rows_of = PUBLISHED[case]
    example = MeasureExample(told["source"], *YEAR, rows_of(told["inputs"]), told["expected"])
    assert value(metric, example) == pytest.approx(told["expected"], abs=told.get("tolerance", 1e-9))


def tricky(number: int) -> dict[str, Any]:
    """A hand-worked case."""
    told = json.loads((CASES / "tricky_cases.json").read_text(encoding="utf-8"))
    cases = told if isinstance(told, list) else told["cases"]
    found: dict[str, Any] = next(one for one in cases if one.get("n") == number)
    return found


def test_three_definitions_give_three_figures(value: Valued) -> None:
    """Case 19: the same books give three different indexes, each under a name of its own."""
    given, expected = tricky(19)["input"], tricky(19)["expected"]
    rows = {"date": [date(2025, 9, 30)], **{name: [given[name]] for name in given if name != "months"}}
    example = MeasureExample("", date(2025, 7, 1), date(2025, 9, 30), rows, None)
    found = {variant: value(f"cei_{variant}", example) for variant in expected}
    assert {variant: f"{figure:.2f}" for variant, figure in found.items()} == expected


def test_the_cohort_of_promises(value: Valued) -> None:
    """Case 20: by due day with grace; partly paid is not kept, money that went back was not collected."""
    case = tricky(20)
    given, expected = case["input"], case["expected"]
    start, end = map(date.fromisoformat, given["period"])
    freeze = date.fromisoformat(given["freeze"]) - end

    def days(key: str) -> list[date | None]:
        return [date.fromisoformat(one[key]) if key in one else None for one in given["promises"]]

    rows: Rows = {
        "due_on": days("due"),
        "promised": [one["amount"] for one in given["promises"]],
        "paid": [one.get("paid_by_grace", 0) for one in given["promises"]],
        "paid_on": days("paid_on"),
        "reversed_on": days("reversed_on"),
        "cancelled": [one.get("cancelled_before_due") for one in given["promises"]],
    }
    options = {"grace_days": float(given["grace_days"]), "freeze_days": float(freeze.days)}
    example = MeasureExample("", start, end, rows, None, options)
    assert value("promise_due_count", example) == expected["due_count"]
    assert f"{value('promise_kept_count', example):.2f}" == expected["kept_rate"]
    assert f"{value('promise_kept_amount', example):.2f}" == expected["kept_rate_by_amount"]
