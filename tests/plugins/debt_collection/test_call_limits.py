"""Limits of calls: firm-wide and rolling, with each broken limit counted for who made the call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import polars as pl
import pytest

from appraise.plugin import CustomMeasure, MeasureRequest

CALLS = [
    ("2025-07-01T10:00", "A"),
    ("2025-07-01T15:00", "B"),
    ("2025-07-02T10:00", "A"),
    ("2025-07-03T10:00", "A"),
    ("2025-07-04T10:00", "B"),
    ("2025-07-05T10:00", "A"),
    ("2025-07-07T10:00", "B"),
    ("2025-07-07T18:00", "A"),
    ("2025-07-08T10:00", "A"),
    ("2025-07-12T10:00", "B"),
    ("2025-07-16T10:00", "B"),
]
TALKED = "2025-07-08T10:00"
SEVEN = {"per_days": 7.0, "most": 7.0, "quiet_days": 7.0}


def counted(
    metrics: Mapping[str, CustomMeasure], rows: pl.DataFrame, start: date = date(2025, 7, 1)
) -> dict[str, float]:
    """The calls over the limit by person."""
    request = MeasureRequest(rows, start, date(2025, 9, 30), SEVEN)
    return dict(metrics["calls_over_limit"].compute(request).iter_rows())


def calls(made: list[tuple[str, str]], customer: str = "P", debt: str = "D") -> pl.DataFrame:
    """The calls as the metric gets them; that of `TALKED` is a conversation."""
    return pl.DataFrame(
        {
            "person": [person for _, person in made],
            "date": [datetime.fromisoformat(at) for at, _ in made],
            "call": [f"{customer}{debt}{number}" for number in range(len(made))],
            "customer": [customer] * len(made),
            "debt": [debt] * len(made),
            "talked": [at == TALKED for at, _ in made],
        }
    )


def test_the_eighth_call_and_one_after_a_conversation_are_flagged(metrics: Mapping[str, CustomMeasure]) -> None:
    """A's call of 7 July at 18:00 and B's of the 12th break a limit that neither the agents nor the weeks show."""
    assert counted(metrics, calls(CALLS)) == {"A": 1.0, "B": 1.0}


def test_just_the_flagged_calls_are_flagged(metrics: Mapping[str, CustomMeasure]) -> None:
    """With each call a person of its own, the two of the filed case are counted and no other one."""
    rows = calls([(at, at) for at, _ in CALLS])
    assert [at for at, broke in sorted(counted(metrics, rows).items()) if broke] == [
        "2025-07-07T18:00",
        "2025-07-12T10:00",
    ]


@pytest.mark.parametrize(("customer", "debt"), [("P", "E"), ("Q", "D")])
def test_another_customer_or_debt_has_its_own_limit(
    metrics: Mapping[str, CustomMeasure], customer: str, debt: str
) -> None:
    """Half of the calls about another debt, or to another customer, are within both limits."""
    rows = pl.concat([calls(CALLS[:4]), calls(CALLS[4:8], customer, debt)])
    assert counted(metrics, rows) == {"A": 0.0, "B": 0.0}


def test_days_before_the_period_count_for_the_limit_alone(metrics: Mapping[str, CustomMeasure]) -> None:
    """The eighth call of 7 July is this period's where that begins on the 7th, though six calls came before."""
    assert counted(metrics, calls(CALLS[:8]), date(2025, 7, 7)) == {"A": 1.0, "B": 0.0}


def test_a_call_of_two_teams_is_one_call(metrics: Mapping[str, CustomMeasure]) -> None:
    """Rows that stand for two teams are counted for both, and once for the limit."""
    rows = calls(CALLS)
    both = pl.concat([rows.with_columns(person=pl.lit(team)) for team in ("north", "all")])
    assert counted(metrics, both) == {"north": 2.0, "all": 2.0}
