"""How packs and explanations tell that the rules changed inside a period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from people import areas, normal, segment

from appraise.model.outcome import Segment
from appraise.report.numbers import numbers_for
from appraise.report.versions import segment_in_words, version_begun

ENGLISH = numbers_for("en")
OLD = replace(segment(areas(1, 1)), end=date(2026, 8, 14))
NEW = replace(OLD, template_version="2.0.0", effective="2026-08-15", start=date(2026, 8, 15), end=date(2026, 9, 30))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(OLD, NEW, "version 2.0.0 from 15 Aug 2026", id="a new version"),
        pytest.param(OLD, replace(NEW, start=date(2026, 8, 20)), "version 2.0.0 from 15 Aug 2026", id="back after it"),
        pytest.param(replace(OLD, role="lead"), NEW, "", id="another job"),
        pytest.param(replace(OLD, template_version="2.0.0"), NEW, "", id="the same version after a break"),
        pytest.param(OLD, replace(NEW, effective="soon"), "version 2.0.0 from 15 Aug 2026", id="an unreadable day"),
    ],
)
def test_a_segment_tells_the_version_that_began_it(before: Segment, after: Segment, expected: str) -> None:
    """Only where a segment follows one of the same role on another version is its beginning the version's."""
    whole = replace(normal(), segments=(before, after))
    assert [version_begun(whole, each, ENGLISH) for each in whole.segments] == ["", expected]


def test_a_segment_in_words() -> None:
    """The heading of a segment has the job, its days, and the new version where there is one."""
    whole = replace(normal(), segments=(OLD, NEW))
    assert [segment_in_words(whole, each, ENGLISH) for each in whole.segments] == [
        "Tele Collection Agent, 1 Jul – 14 Aug 2026",
        "Tele Collection Agent, 15 Aug – 30 Sep 2026, version 2.0.0 from 15 Aug 2026",
    ]
