"""Templates that cannot be scored unambiguously are refused, and those that can are not (tricky case 4)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import handed
import pytest
from trials import Desk, Thing, kpi, kra, only, rated, template

from appraise.app.bundled import schema_text
from appraise.app.workspace import load_workspace
from appraise.documents.schema import load_schema

WORKSPACE = load_schema(schema_text("workspace"))
OURS = {
    "BAND_GAP": ["unknown-key"],
    "WEIGHTS_TOTAL": ["weights-total"],
    "EDGES_ORDER": ["bands-order"],
    "EDGES_EQUAL": ["bands-equal"],
    "EDGE_FINER_THAN_PRECISION": ["band-too-fine"],
    "ZERO_WEIGHT": ["(zero-weight)"],
}
"""Our codes for those of the case; in brackets a warning. Labels have no ends to write, so that they have no gaps."""

LOWER = {"direction": "lower"}


def inside(*ranges: list[float]) -> Thing:
    """A KPI whose best values lie inside these."""
    return {"score": {"bands": {"ranges": list(ranges)}}, "direction": "range"}


def weighed(*weights: float) -> Thing:
    """A template whose KPIs have these weights."""
    return only(*(rated(f"x{n}", weight) for n, weight in enumerate(weights)))


def scale_codes(folder: Path, *labels: str, highest: int = 5) -> list[str]:
    """What a check says of a scale with these labels."""
    ends = f"lowest: 1, highest: {highest}"
    head = "company: Acme\npeople: {source: p, everyone_is: a}\nsources: {p: p.csv}\nscales:\n"
    (folder / "appraise.yaml").write_text(f"{head}  tried: {{{ends}, labels: [{', '.join(labels)}]}}\n", "utf-8")
    return [problem.code for problem in load_workspace(folder, WORKSPACE)[1]]


def codes(desk: Desk, said: dict[str, Any]) -> list[str]:
    """What a check says of a template of the case."""
    if "overall_bands" in said:
        labels = [f"{{label: L{n}, from: {start}, to: {end}}}" for n, (start, end) in enumerate(said["overall_bands"])]
        return sorted(set(scale_codes(desk.folder, *labels)))
    if "overall_bands_start" in said:
        starts = [*map(float, said["overall_bands_start"]), 9]
        return sorted(set(desk.codes(only(kpi(decimals=said["overall_decimals"], score={"bands": starts})))))
    if "edges" in said:
        return desk.codes(only(kpi(direction=said.get("direction", "higher"), score={"bands": said["edges"]})))
    weights = [float(weight) for weight in said["weights"]]
    return desk.codes(weighed(*weights), **{f"x{n}": 1.0 for n, _ in enumerate(weights)})


@handed.needed
@pytest.mark.parametrize("name", "abcdefg")
def test_the_templates_of_case_4(desk: Desk, name: str) -> None:
    """Each is refused or taken as the case says, under a code of ours."""
    case = handed.tricky()["template_validation"]
    said = next(one for one in case["input"]["templates"] if one["id"] == name)
    verdict = case["expected"][name]
    wanted = next((ours for word, ours in OURS.items() if word in verdict), [])
    assert codes(desk, said) == wanted
    assert all(code.startswith("(") for code in wanted) == verdict.startswith("accept")


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ((33.33, 33.33, 33.33), ["weights-total"]),
        ((33.33, 33.33, 33.34), []),
        ((14.29, 14.29, 14.29, 14.29, 14.28, 14.28, 14.28), []),
        ((11.1,) * 8 + (11.2,), []),
        ((0.1,) * 10 + (99,), []),
        ((50.0001, 50), ["weights-total"]),
        ((49.9999, 50.0001), []),
        ((0, 100), ["(zero-weight)"]),
        ((40, 25, 5, 5), ["weights-total"]),
        ((97, 0.75, 0.75, 0.75, 0.75), []),
        ((0, 0), ["weights-total", "(zero-weight)", "(zero-weight)"]),
        ((-10, 110), ["out-of-range", "out-of-range"]),
    ],
    ids=str,
)
def test_weights_total_100_as_they_are_written(desk: Desk, weights: tuple[float, ...], expected: list[str]) -> None:
    """They are added as decimals: no binary noise refuses a good list, and no tolerance takes a bad one."""
    names = {f"x{n}": 1.0 for n, _ in enumerate(weights)}
    assert sorted(desk.codes(weighed(*weights), **names)) == sorted(expected)


def test_weights_of_kras_total_100_too(desk: Desk) -> None:
    """33.33 three times is refused on both levels, `equal` is exact."""
    thirds = [kra(rated("x"), name="a", weight=33.33), kra(rated("y"), name="b", weight=33.33)]
    names = {"x": 3.0, "y": 4.0, "z": 4.0}
    assert desk.codes(template(*thirds, kra(rated("z"), name="c", weight=33.33)), **names) == ["weights-total"]
    equal = [kra(rated(x), name=f"kra_{x}", weight="equal") for x in "xyz"]
    assert desk.one(template(*equal), **names).overall == 3.67


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"score": {"bands": [80, 90, 90, 100]}}, ["bands-equal"]),
        ({"score": {"bands": [25, 35, 45, 60]}, **LOWER}, ["bands-order"]),
        ({"score": {"bands": [60, 45, 35, 25]}}, ["bands-order"]),
        ({"score": {"bands": [60, 70, 65, 80]}}, ["bands-order"]),
        ({"score": {"bands": [1.0, 1.6, 2.6, 3.6]}, "decimals": 0}, ["band-too-fine"] * 3),
        ({"score": {"bands": [1.0, 1.6, 2.6, 3.6]}, "decimals": 1}, []),
        ({"score": {"bands": [80, 90, 100]}}, ["wrong-band-count"]),
        ({"score": {"percent_of_target": {"bands": [120, 105, 95, 80]}}, **LOWER}, ["bands-order"]),
        ({"score": {"percent_of_target": {"bands": [80, 95, 105, 105]}}}, ["bands-equal"]),
        (inside([80, 300], [110, 260], [100, 240], [170, 220]), ["ranges-not-nested"]),
        (inside([80, 300], [110, 260], [140, 240], [220, 170]), ["range-reversed"]),
        ({"score": {"bands": {"starts": [60, 70, 78, 85], "scores_1_at": 60}}}, ["lowest-not-beyond"]),
        ({"score": {"bands": {"starts": [60, 45, 35, 25], "scores_1_at": 50}}, **LOWER}, ["lowest-not-beyond"]),
    ],
)  # fmt: skip
def test_starts_are_in_order_and_can_be_told_apart(desk: Desk, more: Thing, expected: list[str]) -> None:
    """One slip is one error with its own code, whatever the direction and the method."""
    assert desk.codes(only(kpi(**more))) == expected


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("{label: A, from: 1}", "{label: B, from: 1.5}", "{label: C, from: 4.5}"), []),
        (("{label: A, from: 1, to: 1.49}", "{label: B, from: 1.5, to: 5}"), ["unknown-key", "unknown-key"]),
        (("{label: A, from: 1.5}", "{label: B, from: 2.5}"), ["scale-gap"]),
        (("{label: A, from: 1}", "{label: B, from: 3.5}", "{label: C, from: 2.5}"), ["scale-not-in-order"]),
        (("{label: A, from: 1}", "{label: B, from: 1.505}"), ["score-too-fine"]),
        (("{label: A, from: 1}", "{label: B, from: 5.01}"), ["scale-label-unreachable"]),
        (("{label: A, from: 1}", "{label: B, from: 5}"), []),
    ],
)
def test_labels_share_their_edges(tmp_path: Path, labels: tuple[str, ...], expected: list[str]) -> None:
    """A label ends where the next begins: there is no end to write, and no gap between 1.49 and 1.50."""
    assert scale_codes(tmp_path, *labels) == expected


def test_no_score_is_between_two_labels(desk: Desk) -> None:
    """1.495 is 1.50 on paper and has the label of 1.50; 1.494 is 1.49."""
    said = only(rated("x", 50), rated("y", 50))
    above, below = desk.everyone(said, [{"x": 1.49, "y": 1.5}, {"x": 1.48, "y": 1.5}])
    assert [(one.overall, one.label) for one in (above, below)] == [(1.5, "Needs improvement"), (1.49, "Unacceptable")]
