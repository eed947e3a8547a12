"""The kinds of tricky cases that a template alone can say: what comes out, in the words of the cases.

Each function takes a case's input and gives its result in the shape of `expected`, so that any case of the kind can be
tried, those handed down and our own alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from trials import Desk, Thing, kpi, kra, only, rated, scale, template, two

from appraise.model.outcome import KpiScore

Case = Mapping[str, Any]
WORDS = {"no_target": ("NOT_APPLICABLE", "NO_TARGET"), "zero_denominator": ("NOT_APPLICABLE", "ZERO_DENOMINATOR")}
REASONS = {
    "division_by_zero": "NUMERATOR_WITHOUT_DENOMINATOR",
    "success_when_empty": "SUCCESS_BY_DEFINITION",
    "previous_zero": "PREVIOUS_ZERO",
}


def bands(starts: Any, **more: Any) -> Thing:
    """Scoring by bands that begin there."""
    return {"bands": {"starts": [float(start) for start in starts], **more}}


def stated(found: KpiScore) -> dict[str, Any]:
    """Status and reason in the words of the cases, where there is no score."""
    status, reason = WORDS.get(found.status.value, (found.status.value.upper(), found.reason.upper()))
    return {"status": status, "reason": REASONS.get(found.reason, found.reason.upper()) or reason}


def edge_inclusive(desk: Desk, given: Case) -> list[dict[str, Any]]:
    """Case 1: the value as used, its band and its score."""
    places = given["value_decimals"]
    said = kpi(direction=given["direction"], decimals=places, score=bands(given["edges"]))
    found = [one.kras[0].kpis[0] for one in desk.everyone(only(said), [{"x": float(v)} for v in given["values"]])]
    return [{"value_used": f"{one.value:.{places}f}", "level": one.band, "score": two(one.score)} for one in found]


def float_noise(desk: Desk, given: Case) -> list[dict[str, Any]]:
    """Case 2: every writing of the formula scored for every row; all writings must agree."""
    writings = []
    for formula in given["formulas"]:
        said = kpi(formula=formula, decimals=given["value_decimals"], direction=given["direction"])
        said |= {"score": bands(given["edges"]), "success_when_empty": False}
        found = [one.kras[0].kpis[0] for one in desk.everyone(only(said), given["rows"])]
        writings.append([{"value_used": two(one.value), "level": one.band, "score": two(one.score)} for one in found])
    assert all(writing == writings[0] for writing in writings)
    return writings[0]


def half_up(desk: Desk, given: Case) -> dict[str, Any]:
    """Case 3: the exact overall of two decimals, and the same said with the decimals that are asked for.

    An overall has two decimals here. A company that rates with one says so in the KPI that its rating is.
    """
    labels = [(str(level), float(start)) for level, start, _ in given["labels"]]
    desk = desk.with_scale(scale(1, 5, *labels))
    parts = [(f"x{n}", each["weight"], float(each["score"])) for n, each in enumerate(given["kpis"])]
    row = {name: score for name, _, score in parts}
    exact = desk.one(only(*(rated(name, weight) for name, weight, _ in parts), scale="tried"), **row)
    formula = "(" + " + ".join(f"{weight} * {name}" for name, weight, _ in parts) + ") / 100"
    places = given["overall_decimals"]
    said = kpi(formula=formula, decimals=places, score="rating", direction=None)
    rounded = desk.one(only(said, scale="tried"), **row)
    return {"exact": two(exact.overall), "overall": f"{rounded.overall:.{places}f}", "level": int(rounded.label or 0)}


def percent_of_target(desk: Desk, given: Case) -> list[dict[str, Any]]:
    """Case 6: attainment, as it is and as it counts, with band and score; else the status and its reason."""
    return [_attained(desk, given, row) for row in given["rows"]]


def _attained(desk: Desk, given: Case, row: Case) -> dict[str, Any]:
    scored, free = (
        desk.kpi(
            kpi(
                direction=row["direction"],
                score={"percent_of_target": {"bands": given["edges"], "attainment_cap": cap}},
            ),
            **{"x": row["actual"], "target.k": row["target"]},
        )
        for cap in (given["cap"], 10_000)
    )
    if scored.score is None:
        return stated(scored)
    capped = {} if free.attainment == scored.attainment else {"attainment_used": two(scored.attainment)}
    return {"attainment": two(free.attainment), **capped, "level": scored.band, "score": two(scored.score)}


def within_kra_first(desk: Desk, given: Case) -> dict[str, Any]:
    """Case 7: where the weight of a KPI without a score goes, by our own rule and by the other one."""
    kras = [
        kra(*(rated(one["id"], one["weight"]) for one in each["kpis"]), name=each["id"].lower(), weight=each["weight"])
        for each in given["kras"]
    ]
    row = {one["id"]: float(one["score"]) if "score" in one else None for each in given["kras"] for one in each["kpis"]}
    found, shared = desk.one(template(*kras), **row), desk.one(template(*kras, unscored_weight="global"), **row)
    names = {each["id"].lower(): each["id"] for each in given["kras"]}
    labels = ["Unacceptable", "Needs improvement", "Meets", "Exceeds", "Outstanding"]
    scored = [one for each in found.kras for one in each.kpis if one.score is not None]
    return {
        "kra": {names[each.id]: two(each.score) for each in found.kras},
        "effective_weights": {one.id: two(one.effective_weight) for one in scored},
        "overall": two(found.overall),
        "level": labels.index(found.label or "") + 1,
        "scored_weight": two(found.coverage),
        "alternative_global_overall": two(shared.overall),
    }


RATES: Mapping[str, Thing] = {
    "promise_kept_rate": kpi(formula="100 * kept / due", score=bands((60, 70, 78, 85)), success_when_empty=False),
    "complaint_rate_per_1000": kpi(
        formula="1000 * upheld / contacts",
        direction="lower",
        score=bands((8, 5, 3, 1)),
        success_when_empty=False,
    ),
    "zero_violations": kpi(formula="confirmed", score={"pass_fail": {"at_most": 0}}, direction=None),
    "error_reduction": kpi(
        formula="100 * (1 - (wrong / total) / (prev.wrong / prev.total))",
        score=bands((-5, 0, 5, 10)),
        success_when_empty=False,
    ),
    "avg_days_outstanding": kpi(
        formula="balance / overdue_accounts", direction="lower", score=bands((60, 45, 35, 25)), success_when_empty=True
    ),
}


def zero_denominators(desk: Desk, given: Case) -> list[dict[str, Any]]:
    """Case 9: the status and the reason of a KPI over nothing, and what a gate makes of it."""
    return [_over_nothing(desk, dict(row)) for row in given["rows"]]


def _over_nothing(desk: Desk, row: dict[str, Any]) -> dict[str, Any]:
    name, ceiling = row.pop("kpi"), row.pop("ceiling_percent", None)
    row.pop("direction", None)
    measures = {key.replace("prev_", "prev."): value for key, value in row.items()}
    said = dict(RATES[name])
    if ceiling is not None:
        floor = {"score": 4, "when": f"100 * wrong / total <= {ceiling}", "says": "low enough already"}
        said |= {"min_score": floor}
    gates = [{"id": "g", "when": "confirmed > 0", "caps": "overall", "cap_at": 2, "says": "capped"}]
    person = desk.one(only(said, **({"gates": gates} if name == "zero_violations" else {})), **measures)
    found = person.kras[0].kpis[0]
    if person.gates:
        return {"status": found.status.value.upper(), "gate": person.gates[0].status.value}
    return {**({} if found.score is None else {"score": two(found.score)}), **stated(found)}


def min_sample(desk: Desk, given: Case) -> list[dict[str, Any]]:
    """Case 10: too few cases are shown and not scored; a strong prior draws the value of few cases."""
    found = []
    for row in given["rows"]:
        said = kpi(formula="100 * top2 / n", score=bands(given["edges"]), success_when_empty=False)
        if row["min_n"]:
            said |= {"min_sample": {"of": "n", "at_least": row["min_n"]}}
        if row["shrink"]:
            said |= {"shrinkage": {"of": "n", "strength": row["shrink"]["k"], "prior": float(row["shrink"]["prior"])}}
        one = desk.kpi(said, top2=row["top2"], n=row["n"])
        few = {"status": one.status.value.upper(), "n": one.sample, "min_n": one.sample_needed}
        scored = {"value_used": two(one.value), "level": one.band, "score": two(one.score)}
        found.append(scored if one.score is not None else {**few, "scored": False})
    return found


def improvement(desk: Desk, given: Case) -> dict[str, Any]:
    """Case 25: a change in percent with a ceiling, and one in percentage points."""
    idle, met = given["idle"], given["targets_met"]
    formula = "100 * met / all - 100 * prev.met / prev.all"
    row = {"met": met["now"][0], "all": met["now"][1], "prev.met": met["prev"][0], "prev.all": met["prev"][1]}
    points = desk.kpi(kpi(formula=formula, score=bands(met["edges"]), success_when_empty=False), **row)
    relative = desk.kpi(
        kpi(
            formula="100 * ((met / all) / (prev.met / prev.all) - 1)",
            score=bands(met["edges"]),
            success_when_empty=False,
        ),
        **row,
    )
    told = {"points": two(points.value), "level": points.band, "score": two(points.score)}
    told["relative_percent"] = two(relative.value)
    return {"idle": [_improved(desk, idle, row) for row in idle["rows"]], "targets_met": told}


def _improved(desk: Desk, idle: Case, row: Case) -> dict[str, Any]:
    ceiling = idle["ceiling"]
    sign = "<=" if ceiling["direction"] == "lower" else ">="
    floor = {
        "score": float(ceiling["min_score"]),
        "when": f"idle {sign} {ceiling['level_value']}",
        "says": "good enough already",
    }
    said = kpi(formula="100 * (1 - idle / prev.idle)", score=bands(idle["edges"]), success_when_empty=False)
    measures = {"idle": float(row["now"]), "prev.idle": float(row["prev"])}
    bare, found = desk.kpi(said, **measures), desk.kpi({**said, "min_score": floor}, **measures)
    if found.score is None:
        return stated(found)
    if found.reason != "ceiling":
        return {"change": two(found.value), "score": two(found.score)}
    if bare.score is None:
        return {"status": "OK", "score": two(found.score), "reason": "CEILING"}
    before = {"change": two(found.value), "score_before_ceiling": two(bare.score)}
    return {**before, "score": two(found.score), "reason": "CEILING"}


def missing_feedback(desk: Desk, given: Case) -> dict[str, Any]:
    """Case 23, as far as it is roll-up: a part without a score gives its weight away, one of no weight has none."""
    parts = given["components"]
    kras = [kra(rated(one["id"]), name=f"kra_{one['id']}", weight=one["weight"]) for one in parts]
    row = {one["id"]: None if one["score"] is None else float(one["score"]) for one in parts}
    (found,) = desk.everyone(template(*kras), [row])
    labels = ["Unacceptable", "Needs improvement", "Meets", "Exceeds", "Outstanding"]
    level = labels.index(found.label or "") + 1
    return {"overall": two(found.overall), "level": level, "scored_weight": two(found.coverage)}


KINDS: Mapping[str, Callable[[Desk, Any], Any]] = {
    "edge_inclusive_and_display": edge_inclusive,
    "float_noise_at_edge": float_noise,
    "half_up_not_half_even": half_up,
    "percent_of_target_forms": percent_of_target,
    "na_within_kra_first": within_kra_first,
    "zero_denominators": zero_denominators,
    "min_sample_and_shrinkage": min_sample,
    "missing_feedback_and_anonymity": missing_feedback,
    "improvement_kpis_ceiling_points": improvement,
}
"""By the id of a case what solves its kind."""
