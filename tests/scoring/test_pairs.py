"""A pair of KPIs that lie far apart is flagged on both, so that speed is never read without quality."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("speed", "quality", "flagged"),
    [(4.0, 2.0, True), (1.0, 5.0, True), (3.99, 1.0, False), (5.0, 2.01, False), (5.0, None, False)],
)
def test_a_pair_is_flagged_when_one_is_high_and_the_other_low(
    build: Any, speed: float, quality: float | None, flagged: bool
) -> None:
    """4 or better beside 2 or worse is pointed out on both; one alone, or one without a score, is not."""
    fast = build.kpi("x", build.bands(2, 3, 4, 5), id="fast", title="Speed", weight=50, pair_with="good")
    good = build.kpi("y", build.bands(2, 3, 4, 5), id="good", title="Quality", weight=50)
    scored = build.scored(build.role(build.kra(fast), build.kra(good, id="b")), x=speed, y=quality)
    notes = [kpi.notes for kra in scored.kras for kpi in kra.kpis]

    assert notes == [
        (f"look at it together with “Quality”, which scored {quality:.2f}",) if flagged else (),
        (f"look at it together with “Speed”, which scored {speed:.2f}",) if flagged else (),
    ]


def test_kpis_that_name_each_other_are_flagged_once(build: Any) -> None:
    """Each of the two may name the other; the note stands there once."""
    fast = build.kpi("x", id="fast", weight=50, pair_with="good")
    good = build.kpi("y", id="good", weight=50, pair_with="fast")
    scored = build.scored(build.role(build.kra(fast, good)), x=5, y=1)

    assert [len(kpi.notes) for kpi in scored.kras[0].kpis] == [1, 1]
