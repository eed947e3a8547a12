"""How packs and explanations tell that the rules changed inside a period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from people import areas, normal, segment

from appraise.model.outcome import Segment
from appraise.report.numbers import numbers_for
from appraise.report.segments import area_in_words, kpi_in_words
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


def test_areas_and_kpis_of_one_role_are_told_apart_by_their_days() -> None:
    """Where both stretches have the same role its title tells nothing, so the days stand behind areas and KPIs."""
    later = replace(NEW, kras=areas(1, 1))
    whole = replace(normal(), segments=(OLD, later))
    days = "(15 Aug – 30 Sep 2026)"
    area, kpi = later.kras[0], later.kras[0].kpis[0]
    assert area_in_words(whole, area, ENGLISH) == f"{area.title} {days}"
    assert kpi_in_words(whole, kpi, ENGLISH) == f"{kpi.title} {days}"


def test_areas_of_two_roles_are_told_apart_by_the_role() -> None:
    """Where the job changed the role's title stands behind an area; a KPI alone of its title needs nothing."""
    lead = replace(NEW, role="lead", title="Process Lead", kras=areas(1, 1))
    agent = replace(OLD, kras=(replace(OLD.kras[0], kpis=(replace(OLD.kras[0].kpis[0], title="Calls made"),)),))
    whole = replace(normal(), segments=(agent, lead))
    area, kpi = lead.kras[0], lead.kras[0].kpis[0]
    assert area_in_words(whole, area, ENGLISH) == f"{area.title} (Process Lead)"
    assert kpi_in_words(whole, kpi, ENGLISH) == kpi.title
