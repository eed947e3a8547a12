"""Cases of our own for the kinds that need files, with other numbers; each of them worked out by hand."""

from __future__ import annotations

from typing import Any

PERSON = {"id": "P1", "team": "T2", "region": "East", "grade": "S2", "role": "agent"}


def row(scope: str, of: str, value: float, since: str, until: str = "") -> dict[str, Any]:
    """A row of a register of targets."""
    return {"scope": scope, "of": of, "value": value, "from_": since, "to_": until}


def promise(due: str, amount: float, paid: float, **more: Any) -> dict[str, Any]:
    """A promise with what was paid on it."""
    return {"due": due, "amount": amount, "paid_by_grace": paid, **more}


def call(name: str, at: str, zone: str = "Europe/Berlin") -> dict[str, str]:
    """A call at a moment, to somebody in a zone."""
    return {"id": name, "jurisdiction": "HOME", "customer_tz": zone, "at": at}


OWN: dict[str, tuple[str, dict[str, Any], Any]] = {
    # The first and the last day of the period belong to it, and so does the day of the freeze itself.
    "days of a breach": (
        "gate_states",
        {
            "period": ["2024-01-01", "2024-02-29"],
            "freeze": "2024-03-03",
            "base": "4.60",
            "cap": "1.50",
            "rows": [
                {"id": "a1", "occurred": "2024-01-01", "status": "confirmed", "confirmed_at": "2024-01-05"},
                {"id": "a2", "occurred": "2024-02-29", "status": "confirmed", "confirmed_at": "2024-03-03"},
                {"id": "a3", "occurred": "2024-02-29", "status": "confirmed", "confirmed_at": "2024-03-04"},
                {"id": "a4", "occurred": "2023-12-31", "status": "confirmed", "confirmed_at": "2024-01-05"},
                {"id": "a5", "occurred": "2024-03-01", "status": "confirmed", "confirmed_at": "2024-03-02"},
                {"id": "a6", "occurred": "2024-02-01", "status": "alleged"},
                {"id": "a7", "occurred": "2024-02-01", "status": "dismissed", "confirmed_at": "2024-02-09"},
                {"id": "a8", "feed": "the log did not arrive"},
            ],
        },
        {
            "a1": {"final": "1.50"},
            "a2": {"final": "1.50"},
            "a3": {"final": "4.60"},
            "a4": {"final": "4.60"},
            "a5": {"final": "4.60"},
            "a6": {"final": "4.60", "provisional": True},
            "a7": {"final": "4.60"},
            "a8": {"final": None, "status": "BLOCKED", "reason": "GATE_UNKNOWN"},
        },
    ),
    # 60 - 10 = 50 days, less 8: 42. 42 / 60 * 0.5 = 0.35; 200,000 * 0.35 = 70,000; 63,000 is 90 percent: 2 + 10 / 15.
    "half-time joiner": (
        "proration_joiner_leave_fte",
        {
            "working_days": 60,
            "joined_on_working_day": 11,
            "protected_leave_days": 8,
            "fte": "0.5",
            "target": 200000,
            "collected": 63000,
            "edges_target": [80, 95, 105, 120],
            "kept": 13,
            "due": 20,
            "edges_kept": [40, 50, 60, 70],
            "min_n_kept": 20,
            "second_person": {"kept": 19, "due": 19},
        },
        {
            "available_days": 42,
            "availability": "0.3500",
            "target_used": "70000.00",
            "attainment": "90.00",
            "level": 2,
            "score": "2.67",
            "kept_rate": {"value_used": "65.00", "score": "4.50"},
            "second_person": {"status": "INSUFFICIENT_SAMPLE", "n": 19, "min_n": 20},
        },
    ),
    # The person's own row counts from March on and the team's until January; in February region and grade.
    "rows that end and begin": (
        "target_inheritance",
        {
            "person": PERSON,
            "months": ["2024-01", "2024-02", "2024-03"],
            "rows": [
                row("person", "P1", 90, "2024-03-01"),
                row("region", "East", 50, "2023-01-01"),
                row("team", "T2", 70, "2023-01-01", "2024-01-31"),
                row("region+grade", "East/S2", 60, "2023-01-01"),
                row("role", "tried", 40, "2023-01-01"),
                row("team", "T9", 1000, "2023-01-01"),
                row("region+grade", "East/S1", 2000, "2023-01-01"),
            ],
            "tie_test": [row("region", "East", 50, "2024-01-01"), row("region", "East", 50, "2024-03-31")],
        },
        {
            "by_month": {"2024-01": 70, "2024-02": 60, "2024-03": 90},
            "quarter": 220,
            "chosen_scope": {"2024-01": "team", "2024-02": "region+grade", "2024-03": "person"},
            "tie_test": "reject AMBIGUOUS_TARGET",
        },
    ),
    # (7 + 0 + 300) / (8 + 0 + 400) = 75.245; the mean of those who have a rate is (87.5 + 75) / 2.
    "somebody without cases in the team": (
        "team_rate_is_ratio_of_sums",
        {
            "agents": [
                {"id": "A", "kept": 7, "due": 8},
                {"id": "B", "kept": 0, "due": 0},
                {"id": "C", "kept": 300, "due": 400},
            ]
        },
        {"team_kept_rate": "75.25", "not_": "81.25"},
    ),
    # 1000 + 2400 - 1300 = 2100 of 1000 + 2400 - 400 = 3000; 600 a month: 1000 + 600 - 1300 = 300 of 1200.
    "three indexes of four months": (
        "cei_three_definitions",
        {"opening": 1000, "credit_sales": 2400, "closing": 1300, "closing_current": 400, "months": 4},
        {"standard": "70.00", "monthly_average_sales": "25.00", "seed_wording": "210.00"},
    ),
    # Due in February: the second to the sixth. Kept: the second (paid on its last day of grace) and the fifth (gone
    # after the freeze). Paid: 100 + 0 (gone) + 299.99 + 50 (never more than promised) of 100 + 200 + 300 + 50.
    "promises of February": (
        "promise_cohort_partial_reversal",
        {
            "period": ["2024-02-01", "2024-02-29"],
            "grace_days": 3,
            "freeze": "2024-03-04",
            "promises": [
                promise("2024-01-31", 900, 900),
                promise("2024-02-29", 100, 100, paid_on="2024-03-03"),
                promise("2024-02-01", 200, 200, reversed_on="2024-03-04"),
                promise("2024-02-15", 300, 299.99, paid_on="2024-02-15"),
                promise("2024-02-20", 50, 80, reversed_on="2024-03-05"),
                promise("2024-02-21", 70, 0, cancelled_before_due=True),
                promise("2024-03-01", 500, 500),
            ],
        },
        {
            "due_count": 4,
            "kept_count": 2,
            "amount_due": 650,
            "amount_paid": 449.99,
            "kept_rate": "50.00",
            "kept_rate_by_amount": "69.23",
        },
    ),
    # The year begins in July; 22:00 UTC of 30 June is midnight in Berlin, the first hour of the new year. One second
    # before, it is 17:59:59 in New York.
    "a year from July": (
        "local_hours_and_fiscal_quarters",
        {
            "rules": {"HOME": ["09:00", "18:00"]},
            "company_tz": "Europe/Berlin",
            "fiscal_year_start_month": 7,
            "calls": [
                call("c1", "2024-02-29T17:59:59+01:00"),
                call("c2", "2024-02-29T18:00:00+01:00"),
                call("c3", "2024-03-31T22:30:00+00:00"),
                call("c4", "2024-06-30T22:00:00+00:00"),
                call("c5", "2024-06-30T21:59:59+00:00", "America/New_York"),
                call("c6", "2024-07-01T09:00:00+02:00"),
                call("c7", "2024-07-01T08:59:59+02:00"),
            ],
            "dates": ["2024-02-29", "2024-06-30", "2024-07-01", "2024-12-31", "2025-01-01"],
        },
        {
            "quarter_of": {
                "c1": "FY2023-24 Q3",
                "c2": "FY2023-24 Q3",
                "c3": "FY2023-24 Q4",
                "c4": "FY2024-25 Q1",
                "c5": "FY2023-24 Q4",
                "c6": "FY2024-25 Q1",
                "c7": "FY2024-25 Q1",
            },
            "permitted": {
                "c1": True,
                "c2": False,
                "c3": False,
                "c4": False,
                "c5": True,
                "c6": True,
                "c7": False,
            },
            "dates": {
                "2024-02-29": "FY2023-24 Q3",
                "2024-06-30": "FY2023-24 Q4",
                "2024-07-01": "FY2024-25 Q1",
                "2024-12-31": "FY2024-25 Q2",
                "2025-01-01": "FY2024-25 Q3",
            },
        },
    ),
}
"""By its name the kind of a case (the id of a tricky one), its input and what comes out."""
