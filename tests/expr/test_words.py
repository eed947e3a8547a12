"""Expressions in words that HR reads aloud, and with their numbers put in."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from expressions import formula

from appraise.expr.words import put_in, say


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("100 * promises_kept / promises_due", "100 times promises kept, divided by promises due"),
        ("answered and right_party", "answered and right party"),
        ("collected", "collected"),
        ("violations_confirmed > 0", "violations confirmed is above 0"),
        ("trainees >= 1 and not absent", "trainees is at least 1 and not absent"),
        ("code == 'DRA' and expires_on >= period_end", "code is DRA and expires on is at least period end"),
        ("department in ('Sales', 'Service')", "department is Sales or Service"),
        ("grade not in (1, 2, 3)", "grade is none of 1, 2 and 3"),
        ("(opened + renewed) / accounts", "the sum of opened and renewed, divided by accounts"),
        ("a - b * 2", "a minus (b times 2)"),
        ("a + b - c", "a plus b minus c"),
        ("-a ** 2", "minus a squared"),
        ("(a + 1) ** 4", "the sum of a and 1 to the power of 4"),
        ("prev.wrong / prev.total", "wrong in the period before divided by total in the period before"),
        ("team.calls", "the team's calls made"),
        ("prev.team.calls", "the team's calls made in the period before"),
        ("a / target.sales", "a divided by the target for sales"),
        ("person.jurisdiction == 'IN'", "the person's jurisdiction is IN"),
        ("(a or b) and c", "either a or b, and c"),
        ("not (a or b)", "not (a or b)"),
        ("not missing(a) or missing(b)", "a is known or b is missing"),
        ("5 if a > 90 else 3", "5 if a is above 90, otherwise 3"),
        ("min(a, b, 100)", "the smallest of a, b and 100"),
        ("round(clamp(a, 0, 1) * 100, 1)", "(a, held between 0 and 1) times 100, rounded to 1 decimal"),
        ("first_known(a, 0)", "the first known of a and 0"),
        ("count_true(a, b > 1)", "how many of these are true: a; b is above 1"),
        ("interpolate(a, (60, 3), (90, 5))", "the value for a on the line through 3 at 60 and 5 at 90"),
        ("working_days_between(opened, closed)", "the working days from opened to closed"),
        ("hour_of(opened) < 8", "the hour of opened is below 8"),
        ("answered == True", "answered is yes"),
    ],
)  # fmt: skip
def test_formulas_in_words(text: str, said: str) -> None:
    """Each construct has its words; names are called by their titles, else by their own words."""
    assert say(formula(text), {"calls": "calls made"}) == said


def test_a_title_of_the_full_name_wins() -> None:
    """A name with a prefix is looked up whole before its parts are."""
    assert say(formula("prev.calls"), {"prev.calls": "calls in Q2", "calls": "calls"}) == "calls in Q2"


VALUES = {
    "kept": 73.0,
    "due": 100.0,
    "noise": 0.1 + 0.2,
    "loss": -2.0,
    "much": 1e20,
    "yes": True,
    "code": "DRA",
    "day": date(2026, 7, 1),
    "moment": datetime(2026, 7, 1, 9, 30),  # noqa: DTZ001 -- company time has no zone
    "midnight": datetime(2026, 7, 1),  # noqa: DTZ001 -- company time has no zone
}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("100 * kept / due", "100 × 73 ÷ 100"),
        ("(kept + 1) * (due - kept)", "(73 + 1) × (100 − 73)"),
        ("kept - (due - 1)", "73 − (100 − 1)"),
        ("kept - loss", "73 − (−2)"),
        ("-loss ** 2", "−(−2)^2"),
        ("noise", "0.3"),
        ("much", "1e+20"),
        ("kept // 2 % 3", "73 // 2 % 3"),
        ("kept >= 60 and not yes or kept != due", "73 ≥ 60 and not yes or 73 ≠ 100"),
        ("yes and (yes or yes)", "yes and (yes or yes)"),
        ("code in ('DRA', 'x')", "'DRA' in ('DRA', 'x')"),
        ("absent / due", "missing ÷ 100"),
        ("day < moment", "2026-07-01 < 2026-07-01 09:30"),
        ("days_between(midnight, moment)", "days_between(2026-07-01, 2026-07-01 09:30)"),
        ("round(kept / 3, 2) if kept > 0 else (1 if yes else 0)", "round(73 ÷ 3, 2) if 73 > 0 else 1 if yes else 0"),
        ("interpolate(kept, (-1, 2), (3, 4.5))", "interpolate(73, (−1, 2), (3, 4.5))"),
        ("first_known(absent, missing(kept))", "first_known(missing, missing(73))"),
    ],
)
def test_formulas_with_their_numbers(text: str, shown: str) -> None:
    """Names become their values, signs are printed ones, brackets stand only where they are needed."""
    assert put_in(formula(text), VALUES) == shown
