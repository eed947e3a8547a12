"""The common wrong answers: for each of them what it would look like in what comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from solved import KINDS
from trials import Desk, kpi, only, rated, scale

Look = Callable[[Desk, Mapping[str, Any], Any], bool]
"""Whether the wrong answer is given: from a desk, the case's input and what came out of it."""


def two_writings_differ(desk: Desk, given: Mapping[str, Any], _found: Any) -> bool:
    """Whether the level depends on how the formula is written."""
    solve = KINDS["float_noise_at_edge"]
    return len({repr(solve(desk, {**given, "formulas": [text]})) for text in given["formulas"]}) > 1


def without_label(*scores: float) -> Look:
    """Whether the mean of these scores has no label."""
    said = only(*(rated(f"x{n}", "equal") for n, _ in enumerate(scores)))
    row = {f"x{n}": score for n, score in enumerate(scores)}
    return lambda desk, _given, _found: desk.one(said, **row).label is None


def labelled_by_a_rounded_mean(desk: Desk, _given: Any, _found: Any) -> bool:
    """Whether 1.5 has the second label of a scale in which that begins at 1.6."""
    desk = desk.with_scale(scale(1, 3, ("first", 1), ("second", 1.6), ("third", 2.6)))
    found = desk.one(only(rated("x", 50), rated("y", 50), scale="tried"), x=1, y=2)
    return (found.overall, found.label) != (1.5, "first")


def not_finite(desk: Desk, _given: Any, _found: Any) -> bool:
    """Whether a division by nothing reaches the overall, or is anything but left out or an error."""
    said = only(
        rated("x", 60), kpi("k", "100 * a / b", weight=40, score={"bands": [1, 2, 3, 4]}, success_when_empty=False)
    )
    nothing, too_much = desk.everyone(said, [{"x": 3, "a": 0, "b": 0}, {"x": 3, "a": 5, "b": 0}])
    return (nothing.overall, too_much.overall, too_much.status.value) != (3.0, None, "blocked")


def self_rating_counts(desk: Desk, given: Mapping[str, Any], found: Any) -> bool:
    """Whether another self-rating would change the overall."""
    other = [{**one, "score": "1.00"} if one["id"] == "self" else one for one in given["components"]]
    changed: bool = KINDS["missing_feedback_and_anonymity"](desk, {"components": other}) != found
    return changed


def overall_is(*wrong: str) -> Look:
    """Whether the overall is one of these."""
    return lambda _desk, _given, found: found["overall"] in wrong


def kept_rate_is(wrong: str) -> Look:
    """Whether the rate of promises kept is this one."""
    return lambda _desk, _given, found: found["kept_rate"] == wrong


def quarter_is(wrong: int) -> Look:
    """Whether the target of the quarter is this one."""
    return lambda _desk, _given, found: found["quarter"] == wrong


def seen(test: Callable[[Any], bool]) -> Look:
    """Whether a test of what came out holds."""
    return lambda _desk, _given, found: test(found)


WRONG: dict[str, dict[str, Look]] = {
    "edge_inclusive_and_display": {
        "level 3 with a printed score of 4.00": seen(
            lambda found: any((one["level"], one["score"]) == (3, "4.00") for one in found)
        ),
        "89.995 scored 3 while the pack prints 90.00": seen(
            lambda found: any((one["level"], one["value_used"]) == (3, "90.00") for one in found)
        ),
    },
    "float_noise_at_edge": {
        "level 2 for 29 of 100": seen(lambda found: found[0]["level"] == 2),
        "level 4 for 57 of 100": seen(lambda found: found[1]["level"] == 4),
        "different levels from the two writings": two_writings_differ,
    },
    "half_up_not_half_even": {
        "1.4 and label 1 (Python round(1.45, 1) == 1.4)": seen(
            lambda found: found["overall"] == "1.4" or found["level"] == 1
        )
    },
    "template_validation": {
        "1.495 falls in no band (SAP KBA 3280710 shows bands 0.1-1.49)": without_label(1.49, 1.5),
        "SAP KBA 2406746: mean 1.5 in band 1.0-1.599 was labelled 2 because decimals were 0": (
            labelled_by_a_rounded_mean
        ),
        "Frappe reviews_per_rating counts between(i, i+0.99): 1.995 is in no bucket": without_label(1.99, 2.0),
    },
    "percent_of_target_forms": {
        "2.73 (reciprocal form)": seen(lambda found: found[1]["score"] == "2.73"),
        "5.00 with attainment 340 carried into the roll-up": seen(
            lambda found: found[2].get("attainment_used", found[2]["attainment"]) == "340.00"
        ),
        "division error at target 0": seen(lambda found: found[4]["reason"] != "TARGET_ZERO"),
        "target None read as 0": seen(lambda found: found[5] == found[4]),
    },
    "na_within_kra_first": {
        "2.86 (global)": overall_is("2.86"),
        "2.00 (a2 as zero: 0.6*(0.5*4+0.5*0)+0.4*2)": overall_is("2.00"),
        "2.30 (a2 as 1: 0.6*(0.5*4+0.5*1)+0.4*2)": overall_is("2.30"),
    },
    "zero_denominators": {
        "complaint rate 0/0 scored 5": seen(lambda found: found[1].get("score") == "5.00"),
        "0/0 as 0 percent and level 1": seen(lambda found: "score" in found[0] or "score" in found[1]),
        "inf or NaN in the roll-up": not_finite,
    },
    "min_sample_and_shrinkage": {"5.00 for 2 of 2": seen(lambda found: found[0].get("score") is not None)},
    "gate_states": {
        "g6 passes because the count is 0": seen(lambda found: found["g6"]["final"] is not None),
        "g5 caps the July quarter": seen(lambda found: found["g5"]["final"] == "2.00"),
    },
    "proration_joiner_leave_fte": {
        "51.69 percent and level 1 (target not prorated)": seen(
            lambda found: found["attainment"] == "51.69" or found["level"] == 1
        ),
        "kept-rate edges multiplied by 0.49": seen(lambda found: found["kept_rate"]["score"] == "5.00"),
        "leave counted against the person (see Pagel v. TIN, Holland v. Methodist Hospitals)": seen(
            lambda found: found["target_used"] == "360000.00"
        ),
    },
    "target_inheritance": {
        "960000 (region)": quarter_is(960000),
        "930000 (team for all months)": quarter_is(930000),
        "last row in file wins": seen(lambda found: found["tie_test"] != "reject AMBIGUOUS_TARGET"),
    },
    "cei_three_definitions": {
        "treating 173.39 as level 5": seen(lambda found: found["standard"] == found["seed_wording"])
    },
    "promise_cohort_partial_reversal": {
        "80.00 (partial p3 counted as kept, 4 of 5)": kept_rate_is("80.00"),
        "80.00 (reversal of p6 ignored, 4 of 5)": kept_rate_is("80.00"),
        "50.00 (p5 counted as broken, 3 of 6)": kept_rate_is("50.00"),
        "40.00 (frozen p7 reopened, 2 of 5)": kept_rate_is("40.00"),
    },
    "local_hours_and_fiscal_quarters": {
        "c3 judged on the agent's clock": seen(lambda found: not found["permitted"]["c3"]),
        "c6 put in Q1 by its UTC date": seen(lambda found: found["quarter_of"]["c6"] == "FY2025-26 Q1"),
    },
    "missing_feedback_and_anonymity": {
        "2.53 ((3.6+0+4.0)/3, what frappe/hrms appraisal.py computes with feedback missing)": overall_is("2.53"),
        "self-rating counted as a third": self_rating_counts,
    },
    "improvement_kpis_ceiling_points": {
        "2.37 for an agent already at the floor": seen(lambda found: found["idle"][1]["score"] == "2.37"),
        "5.00 for +100 percent": seen(lambda found: found["targets_met"]["score"] == "5.00"),
    },
}
"""By case and by its own words each wrong answer."""
