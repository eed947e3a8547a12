"""Examples that others have published, said in our own words: each as formulas, or as a template with its policy.

Each function takes the inputs of an example and gives its result in the shape of `expected`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from trials import Desk, Thing, kpi, kra, only, rated, scale, template

from appraise.scoring.one import Scored

Inputs = Any
Weighed = Sequence[tuple[float, float | None]]
"""Weights with the rating of each."""
CEI = "100*(beg+sales-end_total)/(beg+sales-end_current)"
NAMES = {
    "beginning_receivables": "beg",
    "credit_sales": "sales",
    "ending_total": "end_total",
    "ending_current": "end_current",
    "accounts_receivable": "ar",
    "PAY_2==2": "prev_two",
    "of_which_PAY_0>=3": "rolled",
}


def value(desk: Desk, formula: str, **row: Any) -> float:
    """What a formula gives as the value of a KPI, printed with six decimals."""
    said = kpi(formula=formula, decimals=6, score={"bands": [1, 2, 3, 4]}, success_when_empty=False)
    found = desk.kpi(said, **row).value
    assert found is not None
    return found


def formula(text: str) -> Callable[[Desk, Inputs], Any]:
    """An example that is one formula over its inputs."""

    def found(desk: Desk, given: Inputs) -> float:
        return value(desk, text, **{NAMES.get(name, name.lower()): number for name, number in given.items()})

    return found


def ratio(desk: Desk, part: float, whole: float, factor: int = 100) -> float:
    """A part of a whole, in percent or as it is."""
    return value(desk, f"{factor} * part / whole", part=part, whole=whole)


def count_back(desk: Desk, given: Inputs) -> float:
    """Days of sales that are owed: the balance on a line through the sums of sales and of days, latest first."""
    sales = accumulate(given["monthly_sales_latest_first"])
    points = zip(sales, accumulate(given["days_in_month"]), strict=True)
    said = ", ".join(f"({sold}, {days})" for sold, days in [(0, 0), *points])
    return value(desk, f"interpolate(owed, {said})", owed=given["ending_receivables"])


def pwc_totals(desk: Desk, given: Inputs) -> dict[str, float]:
    """Both rates are of all calls."""
    parts = {"answer_rate_pct": "answered", "resolution_rate_pct": "resolved"}
    return {name: ratio(desk, given[part], given["calls"]) for name, part in parts.items()}


def pwc_agents(desk: Desk, given: Inputs) -> dict[str, float]:
    """Rates of all calls, means of answered ones."""
    resolved = {f"{name}_resolution": given[name] for name in given if "_" not in name}
    means = {name: given[name] for name in given if name.endswith(("_sat", "_speed"))}
    found = {name: ratio(desk, *pair) for name, pair in resolved.items()}
    return found | {name: ratio(desk, *pair, factor=1) for name, pair in means.items()}


def of_whole(given: Weighed) -> list[float]:
    """Weights in percent of their sum with four decimals, which total 100: the last takes what is left."""
    total = sum(weight for weight, _ in given)
    shares = [round(100 * weight / total, 4) for weight, _ in given[:-1]]
    return [*shares, round(100 - sum(shares), 4)]


def section(name: str, given: Weighed, weight: Any = 100) -> tuple[Thing, dict[str, Any]]:
    """A KRA of ratings, and the row that holds them."""
    shares = of_whole(given)
    kpis = [rated(f"{name}{place}", share) for place, share in enumerate(shares)]
    return kra(*kpis, name=name, weight=weight), {f"{name}{n}": rating for n, (_, rating) in enumerate(given)}


def of_sections(desk: Desk, sections: Mapping[str, tuple[Any, Weighed]], **more: Any) -> Scored:
    """Somebody rated in several sections, each with its weight; on the desk's scale where it has one."""
    built = [section(name, given, weight) for name, (weight, given) in sections.items()]
    row = {name: rating for _, told in built for name, rating in told.items()}
    known = {"scale": "tried"} if desk.scales else {}
    return desk.one(template(*(one for one, _ in built), **known, **more), **row)


def wayne_state(desk: Desk, given: Inputs) -> dict[str, Any]:
    """Sections are divided by their own weights, and the label is the nearest whole rating."""
    labels = [(given["scale"]["1"], 1.0), (given["scale"]["2"], 1.5)]
    parts = {name: given[name] for name in ("performance", "development")}
    sections = {name: (sum(weight for weight, _ in part), part) for name, part in parts.items()}
    found = of_sections(desk.with_scale(scale(1, 2, *labels)), sections)
    told = {one.id: one.score for one in found.kras}
    rounded = [label for label, _ in labels].index(found.label or "") + 1
    return {**told, "final": found.overall, "final_rounded": rounded, "label": found.label}


def infor_percent(desk: Desk, given: Inputs) -> dict[str, Any]:
    """Each goal as a share of its levels: on a scale of percent, and on that of the overall."""
    levels, found = given["overall_levels"], {}
    for name, top in {"percent": 100, "score": levels}.items():
        tall = desk.with_scale(scale(0, top, ("all", 0.0)))
        goals = [(one["weight"], one["score"] / one["levels"] * top) for one in given["goals"]]
        shares = of_whole(goals)
        kpis = [
            kpi(f"g{n}", f"{one['score']} * full / {one['levels']}", weight=share, score="rating", direction=None)
            for n, (one, share) in enumerate(zip(given["goals"], shares, strict=True))
        ]
        found[name] = tall.one(only(*kpis, scale="tried"), full=top).overall
    return found


def infor_linear(desk: Desk, given: Inputs) -> dict[str, Any]:
    """Each goal brought from its levels to those of the overall, ends to ends."""
    top, goals = given["overall_levels"], given["goals"]
    shares = of_whole([(one["weight"], one["score"]) for one in goals])
    kpis = [
        kpi(
            f"g{n}",
            f"interpolate(x{n}, (1, 1), ({one['levels']}, {top}))",
            weight=share,
            score="rating",
            direction=None,
        )
        for n, (one, share) in enumerate(zip(goals, shares, strict=True))
    ]
    found = desk.one(only(*kpis), **{f"x{n}": one["score"] for n, one in enumerate(goals)})
    return {"normalized": [one.score for one in found.kras[0].kpis], "score": found.overall}


def absolute(desk: Desk, given: Inputs) -> list[float]:
    """The distance from the target costs the same above and below."""
    text = "100-abs((actual-target)/target*100)"
    return [value(desk, text, actual=actual, target=target) for actual, target in given["cases_actual_target"]]


def normalised(desk: Desk, given: Inputs) -> dict[str, float | None]:
    """The average by its policy, and the same brought to another scale by a formula."""
    pairs = [(weight, rating) for rating, weight in given["ratings_weights"]]
    ends = scale(*given["section_scale"], ("all", float(given["section_scale"][0])))
    average = of_sections(desk.with_scale(ends), {"goals": (100, pairs)}, policy="sap_average").overall
    names = [f"r{n}" for n, _ in enumerate(pairs)]
    total = " + ".join(f"{weight} * {name}" for name, (weight, _) in zip(names, pairs, strict=True))
    exact = f"({total}) / {sum(weight for weight, _ in pairs)}"
    row = {name: rating for name, (_, rating) in zip(names, pairs, strict=True)}
    return {"average": average, "normalised": value(desk, between(exact, given), **row)}


def between(rating: str, given: Inputs) -> str:
    """A formula for a rating brought from one scale to the other."""
    low, high = (pair for pair in zip(given["section_scale"], given["form_scale"], strict=True))
    return f"interpolate({rating}, ({low[0]}, {low[1]}), ({high[0]}, {high[1]}))"


def rescaled(desk: Desk, given: Inputs) -> float:
    """A rating brought to another scale."""
    return value(desk, between("rating", given), rating=given["rating"])


def performance_pro(desk: Desk, given: Inputs) -> dict[str, Any]:
    """A mean of means, rounded once; its exact figure by a formula over the same weights."""
    weights = given["section_weights"]
    found = of_sections(desk, {name: (weights[name], pairs) for name, pairs in given["sections"].items()})
    exact = "(" + " + ".join(f"{weights[name]} * {name}" for name in weights) + ") / 100"
    means = {
        name: value(desk, "(" + " + ".join(f"{w} * {r}" for w, r in pairs) + ") / one", one=100)
        for name, pairs in given["sections"].items()
    }
    overall = value(desk, exact, **means)
    assert (found.overall, [one.score for one in found.kras]) == (
        half_up(overall),
        [half_up(mean) for mean in means.values()],
    )
    return {**means, "overall_exact": overall}


def half_up(number: float) -> float:
    """A positive number as it is printed, with two decimals."""
    return int(number * 100 + 0.5 + 1e-9) / 100


def teamculture(desk: Desk, given: Inputs) -> list[float]:
    """Nothing below the sub-target, then two straight lines."""
    sub, target, top = given["sub_target"], given["target"], given["super_target"]
    text = f"0 if actual < {sub} else interpolate(actual, ({sub}, 80), ({target}, 100), ({top}, 120))"
    return [value(desk, text, actual=actual) for actual in given["actuals"]]


def alva(desk: Desk, given: Inputs) -> dict[str, float | None]:
    """Reviews weigh from 1 to 2 by their relevance."""
    tall = desk.with_scale(scale(1, 10))
    reviews = given["reviews"]
    weighed = [(1 + (one["relevance"] - 1) / 9, one["score"]) for one in reviews]
    plain = of_sections(tall, {"reviews": (100, [(1, one["score"]) for one in reviews])})
    return {"plain": plain.overall, "weighted": of_sections(tall, {"reviews": (100, weighed)}).overall}


FORMULAS: Mapping[str, Callable[[Desk, Inputs], Any]] = {
    "cei_gaviti": formula(CEI),
    "cei_calculatorshub_misprint": formula(CEI),
    "dso_simple": formula("ar/sales*days"),
    "dso_simple_annual": formula("ar/sales*days"),
    "dso_countback_30day": count_back,
    "dso_countback_calendar": count_back,
    "roll_rate_30_60": formula("rolled_to_60/bucket_30_prev*100"),
    "roll_rate_misprint_a": formula("accounts_60/accounts_30*100"),
    "roll_rate_misprint_b": formula("bucket_60/bucket_30*100"),
    "rpc_rate": formula("right_party/contacted*100"),
    "uci_roll_2_3": formula("rolled/prev_two*100"),
    "pwc_totals": pwc_totals,
    "pwc_agents": pwc_agents,
    "wayne_state": wayne_state,
    "infor_percent": infor_percent,
    "infor_linear": infor_linear,
    "sap_absolute": absolute,
    "sap_sf_normalise_a": normalised,
    "sap_sf_normalise_b": rescaled,
    "performance_pro": performance_pro,
    "teamculture_interpolation": teamculture,
    "alva_relevance": alva,
}
"""By the id of an example what says it."""
