"""What of the handed-down cases this program does not answer yet, in one place: by id, with the reason."""

from __future__ import annotations

WHOLE = {
    "seven_in_seven_is_firm_wide_and_rolling": (
        "calls about one debt by the whole firm in any seven days need a measure over windows that roll, which no"
        " aggregate is and no shipped plugin has yet"
    ),
    "adverse_impact_screen": "rates by group, their ratio and its significance belong to the fairness report",
}
"""Cases of which nothing is tried."""

PARTS = {
    "template_validation.a": "labels have no end to write here, so that there is no gap: the key is refused",
    "half_up_not_half_even.overall_decimals": "an overall has two decimals; fewer are said in a KPI that is the rating",
    "missing_feedback_and_anonymity.groups": "answers of groups of raters, and when to show them, come with feedback",
    "missing_feedback_and_anonymity.team_rule": "what must not be printed side by side comes with feedback",
    "zero_denominators.note": "NO_EXPOSURE is a remark of the case; a breach without a call is told by the gate alone",
}
"""What is left out of cases that are tried; the rest of them is compared."""

WRONG_ANSWERS = {
    "nothing flagged (per agent)": "see seven_in_seven_is_firm_wide_and_rolling",
    "nothing flagged (Monday-Sunday weeks)": "see seven_in_seven_is_firm_wide_and_rolling",
    "t3 reported as fine because 0.85 > 0.80": "see adverse_impact_screen",
    "t2 reported as discrimination": "see adverse_impact_screen",
}
"""Wrong answers that nobody can give yet, because nothing answers there."""
