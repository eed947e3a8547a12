"""Bands proposed from the results of past periods."""

from __future__ import annotations

import polars as pl
from companies import Company

from appraise.app.suggest_bands import suggest_bands


def left_behind(company: Company, period: str, values: list[float], role: str = "agent") -> None:
    """What a run of an earlier period left: a value of the KPI `calls` for each of these people."""
    count = len(values)
    columns = {"person": [f"E{number}" for number in range(count)], "segment": [1] * count}
    columns |= {"segment_role": [role] * count, "kpi": ["calls"] * count, "kpi_status": ["ok"] * count}
    path = company.root / "out" / period / "results.parquet"
    path.parent.mkdir(parents=True)
    pl.DataFrame({**columns, "value": values, "attainment": [None] * count}).write_parquet(path)


def test_values_of_earlier_runs(shop: Company) -> None:
    """Bands follow from what people on the role had; what has too few values says so, and nothing is written."""
    left_behind(shop, "2026-Q2", [float(10 * value) for value in range(11)])
    left_behind(shop, "2026-Q1", [float(10 * value) + 5 for value in range(10)])
    before = shop.text("templates/roles/agent.yaml")

    answer = suggest_bands(shop.asked(period="2026-Q3"), "agent", 2)

    assert (answer.problems, answer.role) == ((), "agent")
    assert [(one.id, one.origin, one.values) for one in answer.periods] == [
        ("2026-Q2", "run", 11),
        ("2026-Q1", "run", 10),
    ]
    lines = {one.kpi: one for one in answer.kpis}
    assert (lines["calls"].proposed, lines["calls"].values, lines["calls"].why) == ((20.0, 50.0, 80.0, 95.0), 21, "")
    assert (lines["promise_kept"].proposed, lines["promise_kept"].why) == ((), "fewer than 20 values")
    assert lines["promise_kept"].now == (60.0, 70.0, 78.0, 85.0)
    assert shop.text("templates/roles/agent.yaml") == before


def test_the_same_values_count_once(shop: Company) -> None:
    """A table without periods has the same values in every period: they are no further evidence."""
    answer = suggest_bands(shop.asked(period="2026-Q3"), "agent", 3)
    assert [one.origin for one in answer.periods] == ["scored"] * 3
    assert answer.periods[0].values > 0
    assert [one.values for one in answer.periods[1:]] == [0, 0]


def test_values_of_another_role_do_not_count(shop: Company) -> None:
    """Only those who were on the role are looked at, in any version of it."""
    left_behind(shop, "2026-Q2", [1.0] * 30, "lead")
    left_behind(shop, "2026-Q1", [float(value) for value in range(30)], "agent@0.9.0")
    answer = suggest_bands(shop.asked(period="2026-Q3"), "agent", 2)
    assert [one.values for one in answer.periods] == [0, 30]


def test_a_role_that_there_is_not(shop: Company) -> None:
    """A role without a template is told."""
    assert [one.code for one in suggest_bands(shop.asked(), "agnt", 2).problems] == ["unknown-role"]
