"""The stretches of a period in which somebody is on one template, on a small company made by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from rosters import FUNCTIONS, HERE, QUARTER, people, reasons, roster, table, workspace

from appraise.model.workspace import LeaveSpec, PeopleSpec
from appraise.sources.roster import Roster, roster_of

JULY, AUGUST, SEPTEMBER = (date(2026, month, 1) for month in (7, 8, 9))
SWITCH = date(2026, 8, 16)


def stretches(found: Roster, *names: str) -> list[tuple[Any, ...]]:
    """Some columns of the segments, in order."""
    return found.segments.select(*names).rows()


def test_one_role_all_along_is_one_segment_under_the_persons_id() -> None:
    """Rows in one template, also with a gap between them, are one segment with the days of the person."""
    found, _ = roster(
        {"id": "E1", "to": date(2026, 7, 20)}, {"id": "E1", "from": AUGUST, "role": "Senior Agent"}, {"id": "E2"}
    )
    assert stretches(found, "person", "stretch", "segment", "template") == [
        ("E1", "E1", 1, "agent"),
        ("E2", "E2", 1, "agent"),
    ]
    shared = [name for name in found.frame.columns if name in found.segments.columns]
    assert found.segments.select(shared).equals(found.frame.select(shared))


def test_another_template_begins_a_segment() -> None:
    """A promotion cuts the period; each stretch has its own days, title and weight, the person the last role."""
    found, problems = roster(
        {"id": "E1", "to": date(2026, 8, 15), "team": "T1"},
        {"id": "E1", "from": SWITCH, "role": "Lead", "team": "T2", "fte": 0.5},
    )
    assert problems == []
    names = ("stretch", "template", "role_title", "team", "start", "end", "working_days", "available_days", "share")
    assert stretches(found, *names) == [
        ("E1\x1f1", "agent", "Agent", "T1", JULY, date(2026, 8, 15), 33.0, 33.0, 3300),
        ("E1\x1f2", "lead", "Lead", "T2", SWITCH, date(2026, 9, 30), 33.0, 16.5, 1650),
    ]
    assert found.frame.select("role", "status_reason", "working_days", "available_days").rows() == [
        ("lead", "", 66.0, 49.5)
    ]


def test_back_in_the_first_role_is_a_third_segment() -> None:
    """A, B and A again are three stretches."""
    found, _ = roster(
        {"id": "E1", "to": date(2026, 7, 31)},
        {"id": "E1", "from": AUGUST, "to": date(2026, 8, 31), "role": "Lead"},
        {"id": "E1", "from": SEPTEMBER},
    )
    assert stretches(found, "segment", "template", "status_reason") == [
        (1, "agent", ""),
        (2, "lead", ""),
        (3, "agent", ""),
    ]


def test_a_short_segment_has_no_share() -> None:
    """With fewer than minimum_segment_days a stretch is not scored on its own; the person is."""
    found, _ = roster({"id": "E1", "to": date(2026, 9, 10)}, {"id": "E1", "from": date(2026, 9, 11), "role": "Lead"})
    assert stretches(found, "template", "share", "status_reason") == [("agent", 5200, ""), ("lead", 0, "short_segment")]
    assert reasons(found) == {"E1": ""}


def test_leave_in_one_segment_makes_that_one_shorter() -> None:
    """Days on leave are no working days of the stretch they lie in, and of no other."""
    spec = PeopleSpec(
        "people",
        HERE,
        columns={"id": "id"},
        roles={"Agent": "agent", "Lead": "lead"},
        leave=LeaveSpec("leave", "who", "a", "b"),
    )
    away = table(
        "leave",
        [{"who": "E1", "a": date(2026, 8, 17), "b": date(2026, 9, 14)}],
        {"who": pl.String, "a": pl.Date, "b": pl.Date},
    )
    rows = people({"id": "E1", "to": date(2026, 8, 15)}, {"id": "E1", "from": SWITCH, "role": "Lead"})
    found, _ = roster_of(workspace(spec), rows | {"leave": away}, QUARTER, FUNCTIONS)
    assert stretches(found, "available_days", "share", "status_reason") == [
        (33.0, 3300, ""),
        (12.0, 0, "short_segment"),
    ]


def test_a_stretch_without_a_template_is_not_scored() -> None:
    """Half the time in a job without a template leaves the other half to rate; the role is the one with a template."""
    found, problems = roster({"id": "E1", "to": date(2026, 8, 15)}, {"id": "E1", "from": SWITCH, "role": "Trainee"})
    assert stretches(found, "template", "share", "status_reason") == [("agent", 3300, ""), (None, 0, "no_role")]
    assert found.frame.select("role", "role_title", "status_reason").rows() == [("agent", "Trainee", "")]
    assert [problem.code for problem in problems] == ["unknown-job-title"]


def test_several_stretches_that_are_all_too_short_leave_nothing_to_rate() -> None:
    """Three roles of two weeks each are enough days for a person and too few for each role."""
    spec = PeopleSpec("people", HERE, columns={"id": "id"}, roles={"Agent": "agent", "Lead": "lead"})
    rows = people(
        {"id": "E1", "to": date(2026, 7, 17)},
        {"id": "E1", "from": date(2026, 7, 20), "to": AUGUST, "role": "Lead"},
        {"id": "E1", "from": date(2026, 8, 3), "to": SWITCH},
    )
    found, _ = roster_of(workspace(spec), rows, QUARTER, FUNCTIONS)
    assert reasons(found) == {"E1": "short_segment"}
    assert found.segments["share"].to_list() == [0, 0, 0]


def test_too_few_days_in_all_are_too_new_in_every_segment() -> None:
    """A person below minimum_days is too new, whatever the stretches."""
    found, _ = roster(
        {"id": "E1", "from": date(2026, 8, 24), "to": date(2026, 9, 12)},
        {"id": "E1", "from": date(2026, 9, 14), "role": "Lead"},
    )
    assert reasons(found) == {"E1": "too_new"}
    assert stretches(found, "status_reason") == [("too_new",), ("too_new",)]


@pytest.mark.parametrize(
    ("cuts", "expected"),
    [
        ([(JULY, "agent")], [("E1", "agent", JULY, date(2026, 9, 30))]),
        (
            [(date(2026, 1, 1), "agent@1"), (SEPTEMBER, "agent@2")],
            [("E1\x1f1", "agent@1", JULY, date(2026, 8, 31)), ("E1\x1f2", "agent@2", SEPTEMBER, date(2026, 9, 30))],
        ),
    ],
    ids=["one edition", "a new edition in September"],
)
def test_a_new_edition_of_a_template_begins_a_segment(cuts: Any, expected: Any) -> None:
    """Where another edition of the template begins to count, the stretch is cut; its role stays."""
    found, _ = roster_of(workspace(), people({"id": "E1"}), QUARTER, FUNCTIONS, {"agent": cuts})
    assert stretches(found, "stretch", "template", "start", "end") == expected
    assert found.segments["role"].unique().to_list() == ["agent"]
