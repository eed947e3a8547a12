"""Roll-ups that others have published: their inputs in a template of ours give their results, both ways of scoring."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from appraise.model.role import Bands, Label, PassFail, PercentOfTarget, Rating, Scale
from appraise.scoring.one import Scored

CASES = Path(__file__).parents[3] / "shared" / "cases" / "worked_examples.json"
THIRD = "33.3333"
STARS = 5

DOI_LEVELS = (
    *(("Unsatisfactory", 0.0), ("Minimally Successful", 2.0), ("Fully Successful", 3.0)),
    *(("Superior", 3.6), ("Exceptional", 4.6)),
)
DOI_FLOORS = {"none": (1, 1.99), "fully": (3, 2.99), "superior": (4, 4.59)}
"""The lowest element that lets the overall above a cap: what the printed chart leaves open, a template has to say."""


@pytest.fixture(scope="module")
def cases() -> dict[str, Any]:
    """The published examples by their ids."""
    if not CASES.exists():
        pytest.skip("the published examples are not here")
    return {case["id"]: case for case in json.loads(CASES.read_text(encoding="utf-8"))}


def rated(build: Any, name: str, weight: Any = 100, **more: Any) -> Any:
    """A KPI whose value is its score."""
    return build.kpi(name, Rating(), id=name, weight=weight, **more)


def section(build: Any, name: str, pairs: list[list[float]], weight: Any = 100) -> tuple[Any, dict[str, float]]:
    """A KRA of ratings, each with its weight beside it, and the row that holds them."""
    kpis = [rated(build, f"{name}{place}", str(share)) for place, (share, _) in enumerate(pairs)]
    return build.kra(*kpis, id=name, weight=weight), {f"{name}{place}": score for place, (_, score) in enumerate(pairs)}


def of_sections(build: Any, sections: dict[str, tuple[Any, list[list[float]]]], **more: Any) -> Scored:
    """Somebody scored on several sections, each with its weight."""
    built = [section(build, name, pairs, str(weight)) for name, (weight, pairs) in sections.items()]
    row = {name: value for _, told in built for name, value in told.items()}
    scored: Scored = build.scored(build.role(*(kra for kra, _ in built), **more), **row)
    return scored


def test_sections_are_divided_by_their_own_weights(build: Any, cases: dict[str, Any]) -> None:
    """Wayne State: 1.73 and 2.00 of sections that weigh 75 and 25 are 1.80, whose label begins at 1.5."""
    case = cases["wayne_state"]
    parts = {name: case["inputs"][name] for name in ("performance", "development")}
    sections = {name: (sum(weight for weight, _ in pairs), pairs) for name, pairs in parts.items()}
    scored = of_sections(build.on_scale(1, 2), sections)
    expected = case["expected"]
    assert [kra.score for kra in scored.kras] == [expected["performance"], expected["development"]]
    assert (scored.overall, scored.label) == (expected["final"], str(expected["final_rounded"]))


def test_a_mean_of_means_is_rounded_once(build: Any, cases: dict[str, Any]) -> None:
    """Performance Pro prints 3.28; its own figures are 3.325, and that is 3.33 on paper."""
    case = cases["performance_pro"]
    weights, sections = case["inputs"]["section_weights"], case["inputs"]["sections"]
    scored = of_sections(build, {name: (weights[name], pairs) for name, pairs in sections.items()})
    assert (case["expected"]["overall_exact"], scored.overall) == (3.325, 3.33)
    assert [kra.score for kra in scored.kras] == [3.4, 2.75, 3.58]


def test_only_proportions_of_weights_count(build: Any, cases: dict[str, Any]) -> None:
    """Infor divides by the sum of the weights, 50; Alva weighs reviews 1 and 2."""
    infor, alva = cases["infor_linear"], cases["alva_relevance"]
    goals = zip(infor["inputs"]["goals"], infor["expected"]["normalized"], strict=True)
    scored = of_sections(build, {"goals": (100, [[goal["weight"], score] for goal, score in goals])})
    assert scored.overall == infor["expected"]["score"]
    reviews = [[1 + (one["relevance"] - 1) / 9, one["score"]] for one in alva["inputs"]["reviews"]]
    assert of_sections(build.on_scale(1, 10), {"reviews": (100, reviews)}).overall == alva["expected"]["weighted"]


def test_sap_takes_the_average_before_it_changes_the_scale(build: Any, cases: dict[str, Any]) -> None:
    """5.44 of twelve ratings; no scale is changed unasked."""
    case = cases["sap_sf_normalise_a"]
    pairs = [[weight, rating] for rating, weight in case["inputs"]["ratings_weights"]]
    scored = of_sections(
        build.on_scale(*case["inputs"]["section_scale"]), {"goals": (100, pairs)}, policy="sap_average"
    )
    assert scored.overall == case["expected"]["average"]


def frappe(build: Any, goals: list[list[float]], **parts: list[list[float]]) -> Scored:
    """An appraisal of frappe: a third each for goals, feedback and self-appraisal; a missing part is one KPI."""
    sections = {"goals": (THIRD, goals), **{name: (THIRD, pairs or [[100, None]]) for name, pairs in parts.items()}}
    return of_sections(build, sections, policy="frappe")  # type: ignore[arg-type]  # None is a rating not given


def test_frappe(build: Any, cases: dict[str, Any]) -> None:
    """What their own tests expect, as far as it is roll-up: three decimals there are two on paper here."""
    manual, final, tree = (cases[f"frappe_{name}"] for name in ("manual", "final", "goal_tree"))
    five, percent = build.on_scale(0, STARS), build.on_scale(0, 100)
    scored = frappe(five, manual["inputs"]["kra"], feedback=[], self=[])
    assert (scored.kras[0].score, scored.overall) == (manual["expected"]["total"], manual["expected"]["final"])
    assert [kpi.contribution for kpi in scored.kras[0].kpis] == [
        round(each / 3, 2) for each in manual["expected"]["earned"]
    ]
    parts = {
        name: [[weight, stars * STARS] for weight, stars in final["inputs"][name]] for name in ("feedback", "self")
    }
    assert frappe(five, final["inputs"]["kra"], **parts).overall == round(final["expected"], 2)
    goals = [[each["weight"], sum(each["leaf_progress"]) / 2] for each in tree["inputs"].values()]
    assert [score for _, score in goals] == tree["expected"]["completion"]
    progress = frappe(percent, goals, feedback=[], self=[])
    assert progress.kras[0].score == tree["expected"]["pct"]
    assert progress.overall is not None
    assert round(progress.overall / 100 * STARS, 3) == tree["expected"]["final"]


def test_results_above_the_target_count_as_reached(build: Any, cases: dict[str, Any]) -> None:
    """Atlas Copco: 80 and 130 percent, half each, are 90."""
    case = cases["atlas_copco_cap"]
    percent = build.on_scale(0, 100)
    targets, method = case["inputs"]["targets"], PercentOfTarget(Bands(tuple(map(float, range(1, 101)))))
    kpis = [percent.kpi(f"x{n}", method, id=f"x{n}", weight=each["weight"]) for n, each in enumerate(targets)]
    row = {f"x{n}": each["result"] for n, each in enumerate(targets)}
    row |= {f"target.x{n}": each["target"] for n, each in enumerate(targets)}
    assert percent.scored(percent.role(percent.kra(*kpis), policy="okr_clamped"), **row).overall == case["expected"]


def test_half_for_the_year_and_half_for_its_months(build: Any, cases: dict[str, Any]) -> None:
    """jbpro: a target met on average and in 9 of 12 months is 87.5, and 17.5 points of a section that weighs 20."""
    case = cases["jbpro_two_factor"]
    percent, inputs = build.on_scale(0, 100), case["inputs"]
    kpis = (percent.kpi("met", PassFail(at_least=1.0), id="met", weight=50), rated(percent, "hit", 50))
    rest = percent.kra(rated(percent, "rest"), id="b", weight=100 - inputs["section_weight"])
    role = percent.role(percent.kra(*kpis, weight=inputs["section_weight"]), rest)
    scored = percent.scored(role, met=1, hit=100 * inputs["months_hit"] / inputs["months"], rest=0)
    assert (scored.kras[0].score, scored.kras[0].contribution) == tuple(case["expected"].values())


def test_a_mean_with_a_floor_under_its_elements(build: Any, cases: dict[str, Any]) -> None:
    """DI-3100: points by the mean, levels by the lowest element too; where the chart has no row, the cap decides."""
    case = cases["doi_di3100_2012"]
    scale = Scale("doi", 0, 5, tuple(Label(*each) for each in DOI_LEVELS))
    doi = replace(build, scale=scale)
    found = []
    for elements in case["inputs"]["elements"]:
        names = [f"e{place}" for place in range(len(elements))]
        lowest = f"min({', '.join(names)})"
        gates = [doi.gate(f"{lowest} < {least}", cap_at=cap, id=name) for name, (least, cap) in DOI_FLOORS.items()]
        role = doi.role(doi.kra(*(rated(doi, name, 1) for name in names)), gates=tuple(gates))
        scored = doi.scored(role, **dict(zip(names, elements, strict=True)))
        found.append((scored.uncapped, scored.label))
    undefined = {1: "Superior", 6: "Minimally Successful"}
    expected = [(each["numeric"], undefined.get(n, each["level"])) for n, each in enumerate(case["expected"])]
    assert found == expected


def test_a_critical_element_overrides_the_points(build: Any, cases: dict[str, Any]) -> None:
    """Commerce: 4, 4, 4 and 1 are level 3 by points, and 1 because a critical element is."""
    case = cases["commerce_critical_override"]
    levels = case["inputs"]["element_levels"]
    names = [f"e{place}" for place in range(len(levels))]
    gate = build.gate(f"min({', '.join(names)}) <= 1", cap_at=1)
    role = build.role(build.kra(*(rated(build, name, 25) for name in names)), gates=(gate,))
    scored = build.scored(role, **dict(zip(names, levels, strict=True)))
    assert scored.uncapped is not None
    assert (round(scored.uncapped), scored.overall) == tuple(case["expected"].values())
