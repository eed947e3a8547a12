"""Published rules that are more than a mean: policies, floors under elements, caps, steps, counts of labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from published import Inputs, of_sections, value
from trials import Desk, kpi, kra, only, rated, scale, template

THIRD = "equal"
NONE = [(100, None)]
STARS = 5


def jbpro(desk: Desk, given: Inputs) -> dict[str, Any]:
    """Half for the year, pass or fail, and half for the share of its months."""
    percent = desk.with_scale(scale(0, 100, ("all", 0.0)))
    weight = given["section_weight"]
    met = kpi("met", "met", weight=50, score={"pass_fail": {"at_least": 1}}, direction=None)
    hit = kpi("hit", "100 * hit / months", weight=50, score="rating", direction=None, success_when_empty=False)
    rest = kra(rated("rest"), name="b", weight=100 - weight)
    row = {"met": int(given["year_average_meets_target"]), "hit": given["months_hit"], "months": given["months"]}
    found = percent.one(template(kra(met, hit, weight=weight), rest, scale="tried"), rest=0, **row).kras[0]
    return {"kpi_score": found.score, "section_points": found.contribution}


def frappe(desk: Desk, top: int, **parts: Any) -> Any:
    """An appraisal of frappe: a third each for goals, feedback and self-appraisal."""
    stars = desk.with_scale(scale(0, top, ("all", 0.0)))
    return of_sections(stars, {f"{name}_": (THIRD, pairs) for name, pairs in parts.items()}, policy="frappe")


def frappe_manual(desk: Desk, given: Inputs) -> dict[str, Any]:
    """Feedback and self-appraisal are missing, and count as zero."""
    found = frappe(desk, STARS, goals=given["kra"], feedback=given["feedback"] or NONE, own=given["self"] or NONE)
    goals = found.kras[0]
    earned = [round(kpi.weight * kpi.score / 100, 3) for kpi in goals.kpis]
    return {"earned": earned, "total": goals.score, "final": found.overall}


def frappe_final(desk: Desk, given: Inputs) -> float:
    """Stars are fractions of five; their three decimals are two on paper here."""
    parts = {
        name: [(weight, stars * STARS) for weight, stars in given[key]]
        for name, key in {"feedback": "feedback", "own": "self"}.items()
    }
    overall: float = frappe(desk, STARS, goals=given["kra"], **parts).overall
    return overall


def frappe_goal_tree(desk: Desk, given: Inputs) -> dict[str, Any]:
    """Progress in percent of goals, each the mean of its leaves, and the same in stars."""
    leaves = [one["leaf_progress"] for one in given.values()]
    means = [value(desk, f"({' + '.join(map(str, each))}) / {len(each)} * one", one=1) for each in leaves]
    goals = list(zip([one["weight"] for one in given.values()], means, strict=True))
    found = frappe(desk, 100, goals=goals, feedback=NONE, own=NONE)
    scores = [round(one.score * one.weight / 100, 2) for one in found.kras[0].kpis]
    percent = found.kras[0].score
    total = round(percent / 100 * STARS + 1e-9, 3)
    return {"completion": means, "goal_score": scores, "pct": percent, "total": total, "final": round(total / 3, 3)}


DOI_CAPS = {"none": ("< 1", 1.99), "fully": ("< 3", 2.99), "superior": ("< 4", 4.59)}
"""What the lowest element must reach for an overall above a cap: it decides where the printed chart has no row."""


def doi(desk: Desk, given: Inputs) -> list[dict[str, Any]]:
    """A mean of whole points, and a floor under the lowest element as three gates."""
    starts = {"Unsatisfactory": 0.0, "Minimally Successful": 2.0, "Fully Successful": 3.0, "Superior": 3.6}
    points = desk.with_scale(scale(0, 5, *starts.items(), ("Exceptional", 4.6)))
    found = []
    for elements in given["elements"]:
        row = {f"e{n}": element for n, element in enumerate(elements)}
        lowest = f"min({', '.join(row)})"
        gates = [
            {"id": name, "when": f"{lowest} {test}", "caps": "overall", "cap_at": cap, "says": "an element is too low"}
            for name, (test, cap) in DOI_CAPS.items()
        ]
        one = points.one(only(*(rated(name, "equal") for name in row), scale="tried", gates=gates), **row)
        found.append({"numeric": one.uncapped, "level": one.label})
    return found


def critical(names: list[str], when: str) -> dict[str, Any]:
    """A gate that caps at the lowest level."""
    return {"id": "critical", "when": when, "caps": "overall", "cap_at": 1, "says": f"one of {len(names)} is critical"}


def commerce(desk: Desk, given: Inputs) -> dict[str, Any]:
    """Bands by points, and the lowest level where a critical element has it."""
    row = {f"e{n}": level for n, level in enumerate(given["element_levels"])}
    gates = [critical([*row], f"min({', '.join(row)}) <= 1")]
    found = desk.one(only(*(rated(name, "equal") for name in row), gates=gates), **row)
    labels = ["Unacceptable", "Needs improvement", "Meets", "Exceeds", "Outstanding"]
    bare = desk.one(only(*(rated(name, "equal") for name in row)), **row)
    return {"by_points": labels.index(bare.label or "") + 1, "final": labels.index(found.label or "") + 1}


def summary_level(desk: Desk, given: Inputs) -> list[bool]:
    """Level 1 just where a critical element is unacceptable, whatever the others are."""
    gates = [critical(["all"], "critical_unacceptable > 0")]
    bands = {"score": {"bands": {"starts": [4, 3, 2, 1], "scores_1_at": 20}}, "direction": "lower"}
    floor = {"score": 2, "when": "critical_unacceptable == 0", "says": "nothing critical is unacceptable"}
    said = only(kpi("others", "noncritical_unacceptable", **bands, min_score=floor), gates=gates)
    return [one.label == "Unacceptable" for one in desk.everyone(said, given["cases"])]


def apar(desk: Desk, given: Inputs) -> list[int]:
    """Half-open steps with a closed top."""
    four = desk.with_scale(scale(1, 4))
    said = kpi(score={"bands": {"starts": [4, 6, 8], "between_bands": "step"}})
    found = four.everyone(only(said, scale="tried"), [{"x": grade} for grade in given["grades"]])
    return [(0, 5, 7, 9)[int(one.overall or 0) - 1] for one in found]


def uptivity(desk: Desk, given: Inputs) -> list[float]:
    """One formula for both directions; a KPI in bands says the same of each case."""
    text = "(worst - clamp(actual, min(worst, best), max(worst, best))) / (worst - best) * weight"
    found = []
    unit = desk.with_scale(scale(0, 1, ("all", 0.0)))
    for case in given["cases"]:
        points = value(desk, text, **case)
        direction = "higher" if case["best"] > case["worst"] else "lower"
        bands = {"starts": [case["best"]], "scores_1_at": case["worst"]}
        share = unit.one(
            only(kpi(formula="actual", direction=direction, score={"bands": bands}), scale="tried"), **case
        )
        assert share.overall is not None
        assert abs(share.overall * case["weight"] - points) <= 0.01 * case["weight"]
        found.append(points)
    return found


def steps(desk: Desk, given: Inputs) -> list[float]:
    """The whole weight from the target on, half of it from half of the target on."""
    three = desk.with_scale(scale(0, 2))
    bands = {"bands": {"starts": [50, 100], "between_bands": "step"}}
    rows = [{"x": actual, "target.k": given["target"]} for actual in given["actuals"]]
    found = three.everyone(only(kpi(score={"percent_of_target": bands}), scale="tried"), rows)
    return [(one.overall or 0) / 2 * given["weight"] for one in found]


def atlas_copco(desk: Desk, given: Inputs) -> float | None:
    """What is above its target counts as reached."""
    percent, targets = desk.with_scale(scale(0, 100, ("all", 0.0))), given["targets"]
    bands = {"percent_of_target": {"bands": [80, 95, 105, 120]}}
    kpis = [kpi(f"x{n}", f"x{n}", weight=one["weight"], score=bands) for n, one in enumerate(targets)]
    row = {f"x{n}": one["result"] for n, one in enumerate(targets)}
    row |= {f"target.x{n}": one["target"] for n, one in enumerate(targets)}
    return percent.everyone(only(*kpis, scale="tried", policy="okr_clamped"), [row])[0].overall


def sppas(desk: Desk, given: Inputs) -> list[str | None]:
    """Labels are counted; the count is the rating."""
    three = desk.with_scale(scale(1, 3, ("IR", 1.0), ("ME", 1.5), ("EE", 2.5)))
    found = []
    for case in given["cases"]:
        row = {f"e{n}": label for n, label in enumerate(case)}
        best, worst = (f"count_true({', '.join(f'{name} == {word!r}' for name in row)})" for word in ("EE", "IR"))
        many, few = f"{best} >= 3 and {worst} == 0", f"{best} == {len(row)}"
        text = f"3 if {many if len(row) >= 5 else few} else 1 if {worst} >= {2 if len(row) >= 5 else 1} else 2"
        found.append(three.one(only(kpi(formula=text, score="rating", direction=None), scale="tried"), **row).label)
    return found


def total_of_fractions(desk: Desk, _given: Inputs) -> int:
    """97 in whole numbers and 3 in rows of 0.75 are 100, and the check takes them."""
    weights = [40, 57, 0.75, 0.75, 0.75, 0.75]
    names = {f"x{n}": 1.0 for n, _ in enumerate(weights)}
    assert desk.codes(only(*(rated(*pair) for pair in zip(names, weights, strict=True))), **names) == []
    return int(sum(weights))


def total_of_75(desk: Desk, given: Inputs) -> dict[str, Any]:
    """KRAs that weigh 75 together are refused with their sum."""
    names = {f"x{n}": 1.0 for n, _ in enumerate(given["weights"])}
    kras = [
        kra(rated(name), name=f"kra_{name}", weight=weight)
        for name, weight in zip(names, given["weights"], strict=True)
    ]
    _, problems = desk.checked(template(*kras), names)
    (problem,) = problems
    words = problem.message.split()
    return {"sum": int(words[words.index("total") + 1].rstrip(",")), "must_warn": problem.code == "weights-total"}


RULES: Mapping[str, Callable[[Desk, Inputs], Any]] = {
    "jbpro_two_factor": jbpro,
    "frappe_manual": frappe_manual,
    "frappe_final": frappe_final,
    "frappe_goal_tree": frappe_goal_tree,
    "doi_di3100_2012": doi,
    "commerce_critical_override": commerce,
    "cfr_430_208": summary_level,
    "apar_bands": apar,
    "nice_uptivity_range": uptivity,
    "step_scoring": steps,
    "atlas_copco_cap": atlas_copco,
    "sppas_counts": sppas,
    "erpnext_issue_16534": total_of_fractions,
    "opscore_set_11_sums_to_75": total_of_75,
}
"""By the id of an example what says it."""
