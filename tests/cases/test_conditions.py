"""Noise at the edge of a condition: gates, floors and passes decide as the fraction does, where they are written so."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from oracle import half_up
from trials import Desk, Thing, kpi, only, rated

EXACT = ("100 * kept / due", "round(kept / due * 100, 2)", "round(100 - 100 * (due - kept) / due, 2)")
PAIRS = [(kept, due) for due in range(1, 41) for kept in range(due + 1)]
ROWS: list[dict[str, Any]] = [{"x": 4, "kept": kept, "due": due} for kept, due in PAIRS]


def gated(when: str) -> Thing:
    """A template in which this caps at 2."""
    return only(rated("x"), gates=[{"id": "g", "when": when, "caps": "overall", "cap_at": 2, "says": "capped"}])


@pytest.mark.parametrize("edge", [20, 29, 50, 57.5])
@pytest.mark.parametrize("writing", EXACT)
def test_a_gate_at_the_edge_of_a_rate(desk: Desk, writing: str, edge: float) -> None:
    """Below the edge is a breach and the edge is none, for every part of every whole, where a division comes last."""
    found = desk.everyone(gated(f"{writing} < {edge}"), ROWS)
    expected = [2.0 if half_up(Fraction(100 * kept, due)) < Fraction(str(edge)) else 4.0 for kept, due in PAIRS]
    assert [one.overall for one in found] == expected


@pytest.mark.parametrize("writing", ["100 * kept / due", "kept / due * 100"])
def test_a_pass_at_the_edge_of_a_rate(desk: Desk, writing: str) -> None:
    """`at_least` and `at_most` compare the value as it is printed, so that the writing plays no part."""
    said = kpi(formula=writing, score={"pass_fail": {"at_least": 29}}, direction=None, success_when_empty=False)
    found = desk.everyone(only(said), ROWS)
    expected = [5.0 if half_up(Fraction(100 * kept, due)) >= 29 else 1.0 for kept, due in PAIRS]
    assert [one.kras[0].kpis[0].score for one in found] == expected


def test_a_floor_at_the_edge_of_a_rate(desk: Desk) -> None:
    """A ceiling of 10 percent holds at just 10 percent, for every whole of which that is a part."""
    floor = {"score": 4, "when": "100 * kept / due <= 10", "says": "low enough"}
    said = kpi(formula="x", score={"bands": [5, 6, 7, 8]}, min_score=floor)
    found = desk.everyone(only(said), ROWS)
    expected = ["ceiling" if 10 * kept <= due else "" for kept, due in PAIRS]
    assert [one.kras[0].kpis[0].reason for one in found] == expected
