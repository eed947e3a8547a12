"""The script one writes on the first afternoon: simpleeval in a loop over people and KPIs."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Any

import polars as pl
from ruamel.yaml import YAML
from simpleeval import simple_eval

from bench.clock import timed

LABELS = ((4.5, "Outstanding"), (3.5, "Exceeds"), (2.5, "Meets"), (1.5, "Needs improvement"))
FUNCTIONS = {"clamp": lambda x, low, high: min(max(x, low), high)}


def quantised(x: float, decimals: int) -> float:
    """Rounds half away from zero, as the rules say."""
    y = abs(x) * 10**decimals
    return math.copysign(math.floor(y + 0.5 + 1e-9 + y * 2**-50) / 10**decimals, x)


def scored(x: float, starts: list[float]) -> float:
    """The score from 1 to 5 of a value by its bands, in either direction."""
    if starts[0] > starts[-1]:
        return scored(-x, [-start for start in starts])
    edges = [starts[0] - (starts[1] - starts[0]), *starts]
    band = 1 + sum(x >= start for start in starts)
    if band > len(starts):
        return float(band)
    low, high = edges[band - 1], edges[band]
    return min(max(quantised(band + (x - low) / (high - low), 2), 1.0), band + 0.99)


def kpi_score(kpi: dict[str, Any], row: dict[str, Any]) -> float | None:
    """The score of one KPI of one person, None where something is missing."""
    try:
        value = quantised(simple_eval(kpi["formula"], names=row, functions=FUNCTIONS), kpi.get("decimals", 2))
        sample = kpi.get("min_sample")
        if sample and not simple_eval(sample["of"], names=row) >= sample["at_least"]:
            return None
        rule = kpi["score"]
        if "percent_of_target" not in rule:
            return scored(value, rule["bands"])
        rule = rule["percent_of_target"]
        attainment = quantised(100 * value / row["target." + kpi["target"].removeprefix("target.")], 2)
        return scored(min(attainment, rule["attainment_cap"]), rule["bands"])
    except (TypeError, ZeroDivisionError):
        return None


def overall_of(role: dict[str, Any], row: dict[str, Any]) -> tuple[float | None, float]:
    """The overall score of one person and how much of the weight could be scored, in percent."""
    total = weights = coverage = 0.0
    for kra in role["kras"]:
        scores = [(kpi["weight"], kpi_score(kpi, row)) for kpi in kra["kpis"]]
        known = [(weight, score) for weight, score in scores if score is not None]
        if known:
            weight = sum(weight for weight, _ in known)
            total += kra["weight"] * sum(weight * score for weight, score in known) / weight
            weights += kra["weight"]
            coverage += kra["weight"] * weight / 100
    return (total / weights if weights else None), coverage


def label_of(role: dict[str, Any], row: dict[str, Any]) -> tuple[float | None, str]:
    """The overall score of one person and its label, or why there is none."""
    uncapped, coverage = overall_of(role, row)
    if row["violations"] is None:
        return None, "blocked"
    if uncapped is None or coverage < role["min_coverage"]:
        return None, "not_rated"
    overall = quantised(uncapped, 2)
    for gate in role["gates"]:
        if simple_eval(gate["when"], names=row):
            overall = min(overall, float(gate["cap_at"]))
    return overall, next((label for start, label in LABELS if overall >= start), "Unacceptable")


def labels_of(role: dict[str, Any], frame: pl.DataFrame) -> pl.DataFrame:
    """The overall score and the label of everybody."""
    rows = [(row["person"], *label_of(role, row)) for row in frame.iter_rows(named=True)]
    return pl.DataFrame(rows, orient="row", schema={"person": pl.String, "overall": pl.Float64, "label": pl.String})


def main(people: Path, result: Path) -> None:
    """Scores everybody and says how many seconds it took, from the frame to the labels."""
    role = YAML(typ="safe").load((Path(__file__).parent / "role.yaml").read_text(encoding="utf-8"))
    frame = pl.read_parquet(people)
    timed(lambda: labels_of(role, frame), rounds=1).write_parquet(result)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
