"""Cases about who was in which job when, and about figures that are not there: from files, both ways, by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from offices import Office, begun, kpis_of
from trials import kpi, kra, only, rated, template

from appraise.model.outcome import Appraisal

JULY, AUGUST, SEPTEMBER = 23, 21, 22
"""Working days of 2025."""
MARKS = [("2025-07-10", 3), ("2025-08-12", 4), ("2025-09-10", 5)]
JOBS: dict[str, list[tuple[str, str, str, float]]] = {
    "stays": [("Agent", "2020-01-01", "", 1)],
    "half": [("Agent", "2020-01-01", "2025-07-31", 1), ("Lead", "2025-08-01", "", 0.5)],
    "away": [("Agent", "2020-01-01", "2025-07-31", 1), ("Lead", "2025-09-01", "", 1)],
    "other": [
        ("Agent", "2020-01-01", "2025-07-31", 1),
        ("Trainer", "2025-08-01", "2025-08-31", 1),
        ("Lead", "2025-09-01", "", 1),
    ],
    "back": [
        ("Agent", "2020-01-01", "2025-07-31", 1),
        ("Lead", "2025-08-01", "2025-08-31", 1),
        ("Agent", "2025-09-01", "", 1),
    ],
    "less": [("Agent", "2020-01-01", "2025-08-31", 1), ("Agent", "2025-09-01", "", 0.5)],
    "twice": [("Agent", "2020-01-01", "2025-07-31", 1), ("Lead", "2025-07-31", "", 1)],
    "late": [("Agent", "2020-01-01", "2025-09-10", 1), ("Lead", "2025-09-11", "", 1)],
    "trainer": [("Trainer", "2020-01-01", "", 1)],
}


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Appraisal]:
    """July to September 2025: everybody is marked 3, 4 and 5, month by month; one has a breach in a short stretch."""
    office = begun(tmp_path_factory.mktemp("jobs"))
    office.rules(
        {
            "period": "2025-Q3",
            "people": {
                "source": "people",
                "columns": {"id": "id", "role": "role", "from": "from", "to": "to", "fte": "fte"},
                "roles": {"Agent": "agent", "Lead": "lead"},
            },
            "sources": {
                "people": "data/people.csv",
                "marks": {"path": "data/marks.csv", "person": "id", "date": "day"},
                "acts": {"path": "data/acts.csv", "person": "id", "date": "day"},
            },
            "measures": {"mark": {"mean": "mark", "source": "marks"}, "breaches": {"count": "acts"}},
        }
    )
    gates = [{"id": "g", "when": "breaches > 0", "caps": "overall", "cap_at": 2, "says": "capped"}]
    for role in ("agent", "lead"):
        office.template({**only(rated("mark"), gates=gates), "role": role})
    jobs = [
        {"id": name, "role": role, "from": since, "to": until, "fte": fte}
        for name, rows in JOBS.items()
        for role, since, until, fte in rows
    ]
    office.table("people", jobs)
    office.table("marks", [{"id": name, "day": day, "mark": mark} for name in JOBS for day, mark in MARKS])
    office.table("acts", [{"id": "late", "day": "2025-09-15"}])
    return office.both()


@pytest.mark.parametrize(
    ("name", "expected", "overall"),
    [
        ("stays", [(66.0, 4.0)], 4.0),
        ("half", [(23.0, 3.0), (21.5, 4.5)], 3.72),
        ("away", [(23.0, 3.5), (22.0, 5.0)], 4.23),
        ("other", [(23.0, 3.0), (22.0, 5.0)], 3.98),
        ("back", [(23.0, 3.0), (21.0, 4.0), (22.0, 5.0)], 3.98),
        ("less", [(None, 4.0)], 4.0),
    ],
)
def test_stretches_are_joined_by_days_times_full_time(
    people: dict[str, Appraisal], name: str, expected: list[tuple[float, float]], overall: float
) -> None:
    """(23 × 3 + 21.5 × 4.5) ÷ 44.5 is 3.72, (23 × 3 + 22 × 5) ÷ 45 and (69 + 84 + 110) ÷ 66 are 3.98.

    A mark on a day without any job belongs to the job before: (3 + 4) ÷ 2. In a job without a template it is lost.
    """
    one = people[name]
    scored = [each for each in one.segments if each.overall is not None]
    assert [each.overall for each in scored] == [score for _, score in expected]
    if len(expected) > 1:
        assert [each.days for each in scored] == [days for days, _ in expected]
    assert (one.status.value, one.overall) == ("rated", overall)


def test_available_days_are_days_times_full_time(people: dict[str, Appraisal]) -> None:
    """Two months whole and one by half are 44 + 11 days; nobody counts twice for a month of two jobs."""
    available = {name: one.person.available_days for name, one in people.items() if name != "twice"}
    assert available["stays"] == available["back"] == JULY + AUGUST + SEPTEMBER
    assert available["less"] == JULY + AUGUST + SEPTEMBER / 2


def test_rows_that_overlap_are_an_error(people: dict[str, Appraisal]) -> None:
    """One day in two jobs leaves the person without a result, and the others with theirs."""
    one = people["twice"]
    assert (one.status.value, one.reason, one.overall, one.label) == ("error", "rows_in_doubt", None, None)
    assert one.problems


def test_a_breach_in_a_stretch_that_is_too_short_still_caps(people: dict[str, Appraisal]) -> None:
    """14 days as a lead are not scored; what was done in them caps all the same."""
    one = people["late"]
    assert [(each.days, each.reason) for each in one.segments] == [(52.0, ""), (14.0, "short_segment")]
    assert (one.uncapped, one.overall, one.capped_by) == (4.0, 2.0, "g")


def test_a_job_without_a_template_is_no_fault(people: dict[str, Appraisal]) -> None:
    """Who has no other job is not rated, and that is a result."""
    assert (people["trainer"].status.value, people["trainer"].reason) == ("not_rated", "no_role")


POLICIES = ("exclude", "lowest_score", "fail_run", "manual")


@pytest.fixture(scope="module")
def reporting(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """For each policy somebody who is in a sheet and somebody who is not."""
    office = begun(tmp_path_factory.mktemp("missing"))
    office.rules(
        {
            "period": "2025-Q3",
            "manual": "data/manual.csv",
            "people": {
                "source": "people",
                "columns": {"id": "id", "role": "role"},
                "roles": {name: name for name in POLICIES},
            },
            "sources": {
                "people": "data/people.csv",
                "marks": {"path": "data/marks.csv", "person": "id"},
                "sheet": {"path": "data/sheet.csv", "person": "id"},
            },
        }
    )
    for name in POLICIES:
        told = kpi("k", "report", weight=40, score="rating", direction=None, missing=name)
        office.template({**only(rated("mark", 60), told), "role": name})
    everybody = [(f"{name}_{place}", name) for name in POLICIES for place in ("in", "out")]
    office.table("people", [{"id": name, "role": role} for name, role in everybody])
    office.table("marks", [{"id": name, "mark": 4} for name, _ in everybody])
    office.table("manual", [dict.fromkeys(("person", "kpi", "value", "evidence", "entered_by", "on"), "")])
    office.table("sheet", [{"id": f"{name}_in", "report": 3} for name in POLICIES])
    return office


def told(one: Appraisal) -> tuple[Any, ...]:
    """The KPI's status, reason and score, and the person's status and overall."""
    found = kpis_of(one.segments[0])[1]
    return found.status.value, found.reason, found.score, one.status.value, one.overall


def test_what_is_missing_for_one_person(reporting: Office) -> None:
    """Left out: 4.00; the lowest: (60 × 4 + 40 × 1) ÷ 100; failed and waited for: no result yet."""
    found = reporting.both()
    assert {told(found[f"{name}_in"]) for name in POLICIES} == {("ok", "", 3.0, "rated", 3.6)}
    assert {name: told(found[f"{name}_out"]) for name in POLICIES} == {
        "exclude": ("no_data", "no_rows", None, "rated", 4.0),
        "lowest_score": ("ok", "lowest_score", 1.0, "rated", 2.8),
        "fail_run": ("error", "no_rows", None, "blocked", None),
        "manual": ("pending", "no_rows", None, "blocked", None),
    }


def test_what_is_missing_for_everybody(reporting: Office, tmp_path: Path) -> None:
    """A file that did not arrive lowers no score, and holds back those who must not be rated without it."""
    without = Office(reporting.copied_to(tmp_path / "without").root)
    (without.root / "data/sheet.csv").unlink()
    found = without.both()
    assert {name: told(found[f"{name}_in"]) for name in POLICIES} == {
        "exclude": ("no_data", "source_missing", None, "rated", 4.0),
        "lowest_score": ("no_data", "source_missing", None, "rated", 4.0),
        "fail_run": ("error", "source_missing", None, "blocked", None),
        "manual": ("pending", "source_missing", None, "blocked", None),
    }


def test_a_value_by_hand_ends_the_waiting(reporting: Office, tmp_path: Path) -> None:
    """With value, evidence and name it is scored like any other: (60 × 4 + 40 × 2) ÷ 100."""
    office = Office(reporting.copied_to(tmp_path / "by_hand").root)
    row = {"person": "manual_out", "kpi": "k", "value": 2, "evidence": "seen", "entered_by": "Ann", "on": "2025-10-01"}
    office.table("manual", [row])
    assert told(office.both()["manual_out"]) == ("ok", "manual", 2.0, "rated", 3.2)


@pytest.mark.parametrize(("rollup", "score"), [("arithmetic", 3.0), ("geometric", 2.24), ("worst", 1.0)], ids=str)
def test_5_and_1_at_half_each(desk: Any, rollup: str, score: float) -> None:
    """The mean makes up for anything, the geometric one for less, the worst for nothing."""
    said = template(kra(rated("x", 50), rated("y", 50), rollup=rollup))
    assert desk.one(said, x=5, y=1).overall == score
