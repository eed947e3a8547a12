"""Numbers of our own for rules that others have published; each worked out by hand."""

from __future__ import annotations

from typing import Any

BOTH_SCALES = {"section_scale": [1, 10], "form_scale": [0, 100]}
GOALS = [{"score": 1, "levels": 4, "weight": 60}, {"score": 4, "levels": 5, "weight": 40}]
TALL = [{"score": 2, "levels": 3, "weight": 6}, {"score": 4, "levels": 5, "weight": 4}]


def range_of(worst: float, best: float, actual: float) -> dict[str, float]:
    """A case of a range, with a weight of 20."""
    return {"worst": worst, "best": best, "actual": actual, "weight": 20}


OWN: dict[str, tuple[str, Any, Any]] = {
    "750 of 1,000": (
        "cei_gaviti",
        {"beginning_receivables": 300, "credit_sales": 900, "ending_total": 450, "ending_current": 200},
        75,
    ),
    "the third month by half": (
        "dso_countback_30day",
        {"ending_receivables": 500, "monthly_sales_latest_first": [200, 150, 300], "days_in_month": [31, 30, 31]},
        76.5,  # 31 + 30 + 150 / 300 * 31
    ),
    "less than the last month": (
        "dso_countback_30day",
        {"ending_receivables": 50, "monthly_sales_latest_first": [200, 150], "days_in_month": [28, 31]},
        7,
    ),
    "sections of 60 and 40": (
        "wayne_state",
        {"performance": [[40, 1], [20, 2]], "development": [[40, 2]], "scale": {"1": "low", "2": "high"}},
        {"performance": 1.33, "development": 2.0, "final": 1.6, "final_rounded": 2, "label": "high"},
    ),
    "goals on scales of their own": (
        "infor_percent",
        {"goals": GOALS, "overall_levels": 5},
        {"percent": 47.0, "score": 2.35},
    ),
    "goals brought to one scale": (
        "infor_linear",
        {"goals": TALL, "overall_levels": 5},
        {"normalized": [3.0, 4.0], "score": 3.4},
    ),
    "far from the target": (
        "sap_absolute",
        {"cases_actual_target": [[60, 50], [100, 50], [10, 50], [110, 50]]},
        [80, 0, 20, -20],
    ),
    "an average on another scale": (
        "sap_sf_normalise_a",
        {"ratings_weights": [[5, 50], [10, 50]], **BOTH_SCALES},
        {"average": 7.5, "normalised": 72.222222},
    ),
    "the end of a scale": ("sap_sf_normalise_b", {"rating": 10, **BOTH_SCALES}, 100),
    "two sections": (
        "performance_pro",
        {"sections": {"a": [[50, 4], [50, 3]], "b": [[30, 2], [70, 5]]}, "section_weights": {"a": 60, "b": 40}},
        {"a": 3.5, "b": 4.1, "overall_exact": 3.74},
    ),
    "at and beyond the ends": (
        "teamculture_interpolation",
        {"sub_target": 50, "target": 100, "super_target": 150, "actuals": [49.99, 50, 75, 125, 150, 400]},
        [0, 80, 90, 110, 120, 120],
    ),
    "weights of 1, 2 and 2": (
        "alva_relevance",
        {"reviews": [{"relevance": number, "score": score} for number, score in ((1, 5), (10, 5), (10, 10))]},
        {"plain": 6.67, "weighted": 7.0},
    ),
    "missed over the year": (
        "jbpro_two_factor",
        {"year_average_meets_target": False, "months_hit": 6, "months": 12, "section_weight": 40},
        {"kpi_score": 25.0, "section_points": 10.0},
    ),
    "only feedback is missing": (
        "frappe_manual",
        {"kra": [[60, 4], [40, 2]], "feedback": None, "self": [[100, 3]]},
        {"earned": [2.4, 0.8], "total": 3.2, "final": 2.07},
    ),
    "three parts": (
        "frappe_final",
        {"kra": [[50, 4], [50, 3]], "self": [[100, 0.6]], "feedback": [[50, 0.9], [50, 0.8]]},
        3.58,
    ),
    "floors": (
        "doi_di3100_2012",
        {"elements": [[5, 5, 5, 4], [3, 3, 3, 3], [5, 5, 5, 1], [5, 5, 5, 5, 0]]},
        [
            {"numeric": 4.75, "level": "Exceptional"},
            {"numeric": 3.0, "level": "Fully Successful"},
            {"numeric": 4.0, "level": "Minimally Successful"},
            {"numeric": 4.0, "level": "Unsatisfactory"},
        ],
    ),
    "two critical ones": ("commerce_critical_override", {"element_levels": [5, 5, 1, 1]}, {"by_points": 3, "final": 1}),
    "no critical one": ("commerce_critical_override", {"element_levels": [5, 5, 5, 2]}, {"by_points": 4, "final": 4}),
    "many others": (
        "cfr_430_208",
        {
            "cases": [
                {"critical_unacceptable": one, "noncritical_unacceptable": other}
                for one, other in ((2, 0), (0, 5), (1, 7), (0, 50))
            ]
        },
        [True, False, True, False],
    ),
    "what is printed counts": ("apar_bands", {"grades": [3.994, 3.995, 7.99, 7.995, 9.999]}, [0, 5, 7, 9, 9]),
    "ranges from both sides": (
        "nice_uptivity_range",
        {"cases": [range_of(0, 10, 2.5), range_of(10, 0, 2.5), range_of(10, 0, 12), range_of(10, 0, -1)]},
        [5, 15, 0, 20],
    ),
    "steps of a target of 80": (
        "step_scoring",
        {"target": 80, "weight": 30, "actuals": [80, 79.99, 40, 39.99, 79.999]},
        [30, 15, 15, 0, 30],
    ),
    "a quarter and three times": (
        "atlas_copco_cap",
        {
            "targets": [
                {"weight": 30, "result": 50, "target": 200},
                {"weight": 70, "result": 300, "target": 100},
            ]
        },
        77.5,
    ),
    "labels counted": (
        "sppas_counts",
        {
            "cases": [
                ["EE", "EE", "EE", "ME", "ME", "ME"],
                ["EE", "EE", "EE", "IR", "IR"],
                ["EE", "EE", "EE", "EE", "IR"],
                ["EE", "EE", "EE"],
                ["ME"],
                ["EE", "IR"],
            ]
        },
        ["EE", "IR", "ME", "EE", "ME", "IR"],
    ),
    "KRAs of 95": ("opscore_set_11_sums_to_75", {"weights": [50, 30, 15]}, {"sum": 95, "must_warn": True}),
}
"""By its name the published rule, its inputs and what comes out."""
