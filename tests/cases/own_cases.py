"""Cases of our own, of the kinds of the tricky ones, with other numbers; each of them worked out by hand."""

from __future__ import annotations

from typing import Any

TENTHS = [[1, "1.0", "1.5"], [2, "1.5", "2.5"], [3, "2.5", "3.5"], [4, "3.5", "4.5"], [5, "4.5", "5.1"]]


def at(value: str, level: int, score: str) -> dict[str, Any]:
    """A value as used, with its band and its score."""
    return {"value_used": value, "level": level, "score": score}


def reached(attainment: str, level: int, score: str, **more: str) -> dict[str, Any]:
    """An attainment with its band and its score."""
    return {"attainment": attainment, **more, "level": level, "score": score}


def na(reason: str) -> dict[str, str]:
    """Not applicable, for that reason."""
    return {"status": "NOT_APPLICABLE", "reason": reason}


OWN: dict[str, tuple[str, dict[str, Any], Any]] = {
    # (62.5 - 60) / 5 = 0.5; 64.95 -> 65.0 at one decimal, and 64.94 -> 64.9 is 3 + 4.9 / 5 = 3.98.
    "edges at one decimal": (
        "edge_inclusive_and_display",
        {
            "direction": "higher",
            "edges": [50, 60, 65, 80],
            "value_decimals": 1,
            "values": ["65", "64.95", "64.94", "62.5"],
        },
        [at("65.0", 4, "4.00"), at("65.0", 4, "4.00"), at("64.9", 3, "3.98"), at("62.5", 3, "3.50")],
    ),
    # Fewer is better, and an edge belongs to the better score. 35.004 -> 35.00; 35.006 -> 35.01 is 3 + 9.99 / 10, held.
    "edges from above": (
        "edge_inclusive_and_display",
        {
            "direction": "lower",
            "edges": [60, 45, 35, 25],
            "value_decimals": 2,
            "values": ["35", "35.004", "35.006", "25", "25.01", "60", "60.01"],
        },
        [
            at("35.00", 4, "4.00"),
            at("35.00", 4, "4.00"),
            at("35.01", 3, "3.99"),
            at("25.00", 5, "5.00"),
            at("25.01", 4, "4.99"),
            at("60.00", 2, "2.00"),
            at("60.01", 1, "1.99"),
        ],
    ),
    # -2.5 at no decimals is -3 (away from zero); 2.5 is 3.
    "edges below zero": (
        "edge_inclusive_and_display",
        {
            "direction": "higher",
            "edges": [-10, -3, 3, 10],
            "value_decimals": 0,
            "values": ["-3", "-2.5", "2.5", "-3.5", "-0.4"],
        },
        [at("-3", 3, "3.00"), at("-3", 3, "3.00"), at("3", 4, "4.00"), at("-4", 2, "2.86"), at("0", 3, "3.50")],
    ),
    # In binary 29 / 50 * 100 is 57.99999999999999, 14 / 50 * 100 is 28.000000000000004.
    "noise above and below": (
        "float_noise_at_edge",
        {
            "direction": "higher",
            "edges": [7, 14, 28, 58],
            "value_decimals": 2,
            "formulas": [
                "100 * kept / due",
                "kept / due * 100",
                "(kept / due) / 0.01",
                "100 - 100 * (due - kept) / due",
            ],
            "rows": [{"kept": 7, "due": 100}, {"kept": 14, "due": 50}, {"kept": 29, "due": 50}, {"kept": 7, "due": 50}],
        },
        [at("7.00", 2, "2.00"), at("28.00", 4, "4.00"), at("58.00", 5, "5.00"), at("14.00", 3, "3.00")],
    ),
    # Where fewer is better, noise just above an edge must not cost a band: 0.1 + 0.2 is 0.30000000000000004.
    "noise where fewer is better": (
        "float_noise_at_edge",
        {
            "direction": "lower",
            "edges": [60, 45, 30, 28],
            "value_decimals": 2,
            "formulas": ["(0.1 + 0.2) * 100 * bad / due", "bad * 0.3 / due * 100", "100 * bad * 0.3 / due"],
            "rows": [{"bad": 10, "due": 10}, {"bad": 14, "due": 15}, {"bad": 3, "due": 2}],
        },
        [at("30.00", 4, "4.00"), at("28.00", 5, "5.00"), at("45.00", 3, "3.00")],
    ),
    # 0.5 * 2.40 + 0.5 * 2.50 = 2.45, at one decimal 2.5 and label 3; half to even would say 2.4 and label 2.
    "half up at one decimal": (
        "half_up_not_half_even",
        {
            "overall_decimals": 1,
            "labels": TENTHS,
            "kpis": [{"weight": 50, "score": "2.40"}, {"weight": 50, "score": "2.50"}],
        },
        {"exact": "2.45", "overall": "2.5", "level": 3},
    ),
    # 0.25 * 4.20 + 0.75 * 4.53 = 1.05 + 3.3975 = 4.4475: 4.45 with two decimals, and 4.4 with one, not 4.5 over 4.45.
    "no rounding of what is rounded": (
        "half_up_not_half_even",
        {
            "overall_decimals": 1,
            "labels": TENTHS,
            "kpis": [{"weight": 25, "score": "4.20"}, {"weight": 75, "score": "4.53"}],
        },
        {"exact": "4.45", "overall": "4.4", "level": 4},
    ),
    # lower: 100 * (2 - 50 / 40) = 75.00 -> 2 - 5 / 15 = 1.67; 100 * (2 - 90 / 40) is below 0; 39 / 40: 102.5 -> 3.75.
    "attainment from below and above": (
        "percent_of_target_forms",
        {
            "edges": [80, 95, 105, 120],
            "cap": 130,
            "rows": [
                {"direction": "lower", "actual": 50, "target": 40},
                {"direction": "lower", "actual": 90, "target": 40},
                {"direction": "lower", "actual": 39, "target": 40},
                {"direction": "higher", "actual": 3, "target": 2},
                {"direction": "higher", "actual": -3, "target": 2},
                {"direction": "lower", "actual": 5, "target": 0},
                {"direction": "higher", "actual": None, "target": None},
            ],
        },
        [
            reached("75.00", 1, "1.67"),
            reached("0.00", 1, "1.00"),
            reached("102.50", 3, "3.75"),
            reached("150.00", 5, "5.00", attainment_used="130.00"),
            reached("0.00", 1, "1.00"),
            {"status": "ERROR", "reason": "TARGET_ZERO"},
            {"status": "NO_DATA", "reason": "NO_VALUE"},
        ],
    ),
    # Less than nothing where fewer is better: 100 * (2 + 10 / 40) = 225, and the cap holds it.
    "more than twice the target": (
        "percent_of_target_forms",
        {
            "edges": [80, 95, 105, 120],
            "cap": 150,
            "rows": [
                {"direction": "lower", "actual": -10, "target": 40},
                {"direction": "higher", "actual": 94.995, "target": 100},
                {"direction": "higher", "actual": 94.994, "target": 100},
            ],
        },
        [
            reached("225.00", 5, "5.00", attainment_used="150.00"),
            reached("95.00", 3, "3.00"),
            reached("94.99", 2, "2.99"),
        ],
    ),
    # A: a1 20, a2 30 missing, a3 50: (20 * 5 + 50 * 2) / 70 = 2.857; 0.7 * 200 / 70 + 0.3 * 4 = 2 + 1.2.
    # Global: 14 of 5, 35 of 2 and 30 of 4 over 79 are 260 / 79 = 3.2911.
    "a third of a KRA without a score": (
        "na_within_kra_first",
        {
            "kras": [
                {
                    "id": "A",
                    "weight": 70,
                    "kpis": [
                        {"id": "a1", "weight": 20, "score": "5.00"},
                        {"id": "a2", "weight": 30, "status": "NOT_APPLICABLE"},
                        {"id": "a3", "weight": 50, "score": "2.00"},
                    ],
                },
                {"id": "B", "weight": 30, "kpis": [{"id": "b1", "weight": 100, "score": "4.00"}]},
            ]
        },
        {
            "kra": {"A": "2.86", "B": "4.00"},
            "effective_weights": {"a1": "20.00", "a3": "50.00", "b1": "30.00"},
            "overall": "3.20",
            "level": 3,
            "scored_weight": "79.00",
            "alternative_global_overall": "3.29",
        },
    ),
    # Coverage is just 60: rated. B is empty and gives its 40 to A.
    "an empty KRA and just enough": (
        "na_within_kra_first",
        {
            "kras": [
                {"id": "A", "weight": 60, "kpis": [{"id": "a1", "weight": 100, "score": "2.50"}]},
                {"id": "B", "weight": 40, "kpis": [{"id": "b1", "weight": 100, "status": "NOT_APPLICABLE"}]},
            ]
        },
        {
            "kra": {"A": "2.50", "B": None},
            "effective_weights": {"a1": "100.00"},
            "overall": "2.50",
            "level": 3,
            "scored_weight": "60.00",
            "alternative_global_overall": "2.50",
        },
    ),
    # 3 of nothing is an error; an error rate of 2 of 800 now is below the ceiling, so it scores 4 all the same.
    "over nothing": (
        "zero_denominators",
        {
            "rows": [
                {"kpi": "promise_kept_rate", "kept": 3, "due": 0},
                {"kpi": "complaint_rate_per_1000", "upheld": 0, "contacts": 0},
                {"kpi": "zero_violations", "confirmed": 1, "calls": 0},
                {
                    "kpi": "error_reduction",
                    "prev_wrong": 0,
                    "prev_total": 400,
                    "wrong": 2,
                    "total": 800,
                    "ceiling_percent": 0.5,
                },
                {"kpi": "avg_days_outstanding", "overdue_accounts": 0, "balance": 12},
            ]
        },
        [
            {"status": "ERROR", "reason": "NUMERATOR_WITHOUT_DENOMINATOR"},
            na("ZERO_DENOMINATOR"),
            {"status": "OK", "gate": "fail"},
            {"score": "4.00", "status": "OK", "reason": "CEILING"},
            {"status": "ERROR", "reason": "NUMERATOR_WITHOUT_DENOMINATOR"},
        ],
    ),
    # 9 of 10 is just enough; (5 * 60 + 20 * 80) / 25 = 76; nothing of nothing stays nothing, whatever the prior.
    "few cases": (
        "min_sample_and_shrinkage",
        {
            "kpi": "csat",
            "edges": [60, 70, 78, 85],
            "rows": [
                {"top2": 9, "n": 10, "min_n": 10, "shrink": None},
                {"top2": 9, "n": 9, "min_n": 10, "shrink": None},
                {"top2": 3, "n": 5, "min_n": 0, "shrink": {"k": 20, "prior": "80"}},
                {"top2": 9, "n": 9, "min_n": 10, "shrink": {"k": 20, "prior": "80"}},
            ],
        },
        [
            at("90.00", 5, "5.00"),
            {"status": "INSUFFICIENT_SAMPLE", "n": 9, "min_n": 10, "scored": False},
            at("76.00", 3, "3.75"),
            {"status": "INSUFFICIENT_SAMPLE", "n": 9, "min_n": 10, "scored": False},
        ],
    ),
    # A score that is good enough is not held down by its ceiling; at the ceiling the rule holds, above it not.
    "ceilings": (
        "improvement_kpis_ceiling_points",
        {
            "idle": {
                "edges": [-5, 0, 5, 10],
                "ceiling": {"level_value": "8.00", "direction": "lower", "min_score": "3.50"},
                "rows": [
                    {"prev": "8.00", "now": "8.00"},
                    {"prev": "8.00", "now": "8.01"},
                    {"prev": "10.00", "now": "8.00"},
                    {"prev": "0.00", "now": "8.00"},
                    {"prev": "0.00", "now": "8.01"},
                ],
            },
            "targets_met": {
                "edges": [-10, 0, 5, 15],
                "prev": [3, 10],
                "now": [9, 30],
                "definition": "percentage_points",
            },
        },
        {
            "idle": [
                {"change": "0.00", "score_before_ceiling": "3.00", "score": "3.50", "reason": "CEILING"},
                {"change": "-0.13", "score": "2.97"},
                {"change": "20.00", "score": "5.00"},
                {"status": "OK", "score": "3.50", "reason": "CEILING"},
                na("PREVIOUS_ZERO"),
            ],
            "targets_met": {"points": "0.00", "level": 3, "score": "3.00", "relative_percent": "0.00"},
        },
    ),
    # Two parts are missing: 50 + 10 of 100 are scored, (50 * 3 + 10 * 4.5) / 60 = 3.25.
    "half of the parts": (
        "missing_feedback_and_anonymity",
        {
            "components": [
                {"id": "kpis", "weight": 50, "score": "3.00"},
                {"id": "feedback", "weight": 40, "score": None},
                {"id": "training", "weight": 10, "score": "4.50"},
            ]
        },
        {"overall": "3.25", "level": 3, "scored_weight": "60.00"},
    ),
}
"""By its name the kind of a case (the id of a tricky one), its input and what comes out."""
