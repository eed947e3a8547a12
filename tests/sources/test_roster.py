"""Who is appraised: assignments, roles, days at work and teams, on a small company made by hand."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from rosters import BEFORE, FUNCTIONS, HERE, QUARTER, WORKDAYS, codes, people, reasons, roster, table, workspace

from appraise.model.expression import Expression
from appraise.model.period import Calendar, Period
from appraise.model.workspace import LeaveSpec, PeopleSpec
from appraise.sources.roster import Roster, roster_of


def members(found: Roster, kind: str = "same_team", period: Period | None = None) -> dict[str, list[str]]:
    """The ids of the members of each team."""
    frame = found.teams(kind, period).group_by("team_key").agg(pl.col("person").unique().sort()).sort("team_key")
    return dict(frame.iter_rows())


def test_a_person_without_dates_is_there_all_the_time() -> None:
    """Without from and to an assignment covers the period, and every working day of it counts."""
    found, problems = roster({"id": "E1", "name": "Ana", "grade": "J1", "site": "Goa"})
    assert problems == []
    assert found.frame.row(0, named=True) == {
        "person": "E1",
        "name": "Ana",
        "role": "agent",
        "role_title": "Agent",
        "manager": None,
        "team": "T7",
        "site": "Goa",
        "fte": 1.0,
        "start": QUARTER.start,
        "end": QUARTER.end,
        "working_days": WORKDAYS,
        "available_days": WORKDAYS,
        "person.grade": "J1",
        "status_reason": "",
    }


def test_leavers_stay_and_outsiders_go() -> None:
    """A leaver inside the period is appraised; people whose days lie wholly outside are not in the roster."""
    found, _ = roster(
        {"id": "gone", "to": date(2026, 6, 30)},
        {"id": "leaver", "to": date(2026, 9, 1)},
        {"id": "later", "from": date(2026, 10, 1)},
    )
    assert found.frame.select("person", "start", "end").rows() == [("leaver", QUARTER.start, date(2026, 9, 1))]


@pytest.mark.parametrize("identity", ["0017", "17", "=1+1", "../x", "Zoë", "'; --", "1e5"])
def test_an_id_is_text_as_written(identity: str) -> None:
    """Ids are never numbers: 0017 and 17 are two people, and an odd id is just an id."""
    assert roster({"id": identity})[0].frame["person"].to_list() == [identity]


def test_a_row_without_an_id_is_left_out_and_told() -> None:
    """Nobody is appraised without an id; the others go on."""
    found, problems = roster({"id": "E1"}, {"id": None, "name": "Who"})
    assert found.frame["person"].to_list() == ["E1"]
    assert [(str(problem.place), problem.code) for problem in problems] == [("data/people.csv:3", "person-without-id")]


def test_a_job_title_without_a_template_names_its_rows() -> None:
    """An unknown job title is told once with its rows; its people have no role, the others go on."""
    found, problems = roster(
        {"id": "E1"}, {"id": "E2", "role": "Agnt"}, {"id": "E3", "role": "Agnt"}, {"id": "E4", "role": None}
    )
    assert reasons(found) == {"E1": "", "E2": "no_role", "E3": "no_role", "E4": "no_role"}
    assert [(str(problem.place), problem.message, problem.hint, problem.person) for problem in problems] == [
        (
            "data/people.csv:3",
            "people: job title 'Agnt' has no role template (2 people, lines 3 and 4)",
            "did you mean 'Agent'?",
            None,
        ),
        (
            "data/people.csv:5",
            "people: no job title (person 'E4', line 5)",
            "map the title to a template under people: roles:",
            "E4",
        ),
    ]


def test_everyone_can_have_one_template() -> None:
    """With everyone_is no job title is needed."""
    spec = PeopleSpec(source="people", place=HERE, columns={"id": "id"}, everyone_is="agent")
    assert roster({"id": "E1", "role": None}, spec=spec)[0].frame["role"].to_list() == ["agent"]


def test_overlapping_rows_of_one_person_are_an_error_that_stops_nobody_else() -> None:
    """Two jobs on the same day name both rows; the person has status error and the others are appraised."""
    found, problems = roster(
        {"id": "E1", "to": date(2026, 8, 15)}, {"id": "E2"}, {"id": "E1", "from": date(2026, 8, 10), "role": "Lead"}
    )
    assert reasons(found) == {"E1": "rows_in_doubt", "E2": ""}
    assert [(problem.code, problem.person, problem.message) for problem in problems] == [
        (
            "overlapping-assignments",
            "E1",
            "source 'people': person 'E1' has two jobs on the same days, in data/people.csv:2 and in line 4",
        )
    ]


def test_a_row_written_twice_is_told_as_such() -> None:
    """The same person on the same days is a duplicate."""
    found, problems = roster({"id": "E1"}, {"id": "E1"})
    assert (reasons(found), codes(problems)) == ({"E1": "rows_in_doubt"}, ["duplicate-person"])


def test_an_overlap_in_another_year_is_nobodys_trouble() -> None:
    """Only days of the appraised period matter."""
    old = {"id": "E1", "from": date(2020, 1, 1), "to": date(2020, 3, 1)}
    assert roster(old, old, {"id": "E1", "from": date(2021, 1, 1)})[1] == []


def test_two_rows_in_one_role_are_one_person_as_of_the_end() -> None:
    """Another team, site or share of full time in the same role is as of the last row; the days add up."""
    found, problems = roster(
        {"id": "E1", "to": date(2026, 8, 14), "team": "T1", "fte": 1.0},
        {"id": "E1", "from": date(2026, 8, 15), "team": "T2", "fte": 0.5, "role": "Senior Agent"},
    )
    row = found.frame.row(0, named=True)
    assert problems == []
    assert [row[name] for name in ("role_title", "team", "fte", "status_reason")] == ["Senior Agent", "T2", 0.5, ""]
    assert row["available_days"] == 33 + 33 * 0.5


def test_available_days_are_assigned_not_on_leave_times_the_share() -> None:
    """Case 13 in days: of 65 working days a joiner has 45, five are leave, and 0.8 of full time leaves 32."""
    calendar = Calendar(holidays=((date(2026, 7, 3), ""),))
    spec = PeopleSpec(
        "people", HERE, columns={"id": "id"}, roles={"Agent": "agent"}, leave=LeaveSpec("leave", "who", "a", "b")
    )
    away = table(
        "leave",
        [
            {"who": "E1", "a": date(2026, 8, 3), "b": date(2026, 8, 6)},
            {"who": "E1", "a": date(2026, 8, 5), "b": date(2026, 8, 9)},  # shares two days with the row before
            {"who": "E9", "a": date(2026, 8, 3), "b": None},
        ],
        {"who": pl.String, "a": pl.Date, "b": pl.Date},
    )
    tables = people({"id": "E1", "from": date(2026, 7, 30), "fte": 0.8}) | {"leave": away}
    found, problems = roster_of(workspace(spec, calendar), tables, QUARTER, FUNCTIONS)
    assert problems == []
    assert found.frame.select("working_days", "available_days").row(0) == (65.0, 32.0)


def test_each_site_has_its_own_holidays() -> None:
    """A holiday of one site is a working day elsewhere."""
    calendar = Calendar(holidays=((date(2026, 8, 17), "Goa"), (date(2026, 8, 17), "Pune"), (date(2026, 8, 18), "Goa")))
    found, _ = roster({"id": "E1", "site": "Goa"}, {"id": "E2", "site": "Pune"}, {"id": "E3"}, calendar=calendar)
    assert found.frame["working_days"].to_list() == [64, 65, 66]


def test_leave_that_ends_before_it_begins_does_not_count() -> None:
    """Leave with its days exchanged is told and left out."""
    spec = PeopleSpec(
        "people", HERE, columns={"id": "id"}, everyone_is="agent", leave=LeaveSpec("leave", "who", "a", "b")
    )
    away = table(
        "leave",
        [{"who": "E1", "a": date(2026, 8, 9), "b": date(2026, 8, 3)}],
        {"who": pl.String, "a": pl.Date, "b": pl.Date},
    )
    found, problems = roster_of(workspace(spec), people({"id": "E1"}) | {"leave": away}, QUARTER, FUNCTIONS)
    assert (found.frame["available_days"].to_list(), codes(problems)) == ([66.0], ["leave-backwards"])


def test_too_few_days_are_too_new_and_half_time_is_not() -> None:
    """Fewer working days than minimum_days are too new; a small share of full time alone is not."""
    found, _ = roster(
        {"id": "new", "from": date(2026, 8, 21)}, {"id": "old", "from": date(2026, 8, 20)}, {"id": "part", "fte": 0.4}
    )
    assert reasons(found) == {"new": "too_new", "old": "", "part": ""}


def test_a_period_shorter_than_the_minimum_is_told() -> None:
    """Where nobody could be rated for want of days, a warning says what to change."""
    found, problems = roster({"id": "E1"}, minimum=80)
    assert (reasons(found), codes(problems), problems[0].is_error) == (
        {"E1": "too_new"},
        ["period-below-minimum-days"],
        False,
    )


def test_days_in_the_wrong_order_and_impossible_shares_make_a_person_doubtful() -> None:
    """A last day before the first and a share of full time of 80 are errors of that person only."""
    found, problems = roster(
        {"id": "E1", "from": date(2026, 8, 9), "to": date(2026, 8, 3)}, {"id": "E2", "fte": 80.0}, {"id": "E3"}
    )
    assert reasons(found) == {"E1": "rows_in_doubt", "E2": "rows_in_doubt", "E3": ""}
    assert codes(problems) == ["assignment-backwards", "fte-out-of-range"]


def test_where_keeps_some_people_and_counts_what_it_cannot_tell() -> None:
    """People whom the filter leaves out need no appraisal; a row it cannot decide on is left out with a warning."""
    spec = PeopleSpec("people", HERE, Expression("site == 'Goa'", HERE), {"id": "id"}, everyone_is="agent")
    found, problems = roster({"id": "E1", "site": "Goa"}, {"id": "E2", "site": "Pune"}, {"id": "E3"}, spec=spec)
    assert found.frame["person"].to_list() == ["E1"]
    assert [(problem.code, problem.is_error) for problem in problems] == [("filter-undecided", False)]


def test_a_filter_of_people_is_a_yes_or_no() -> None:
    """A number is no filter, and is told instead of tried."""
    spec = PeopleSpec("people", HERE, Expression("1 + 1", HERE), {"id": "id"}, everyone_is="agent")
    _, problems = roster({"id": "E1"}, spec=spec)
    assert [(problem.code, problem.is_error) for problem in problems] == [("mixed-kinds", True)]


def test_a_column_that_is_not_there_is_told_with_a_suggestion() -> None:
    """The workspace names a column that the file has not."""
    spec = PeopleSpec(
        "people", HERE, columns={"id": "id", "manager": "managr"}, everyone_is="agent", attributes=("rank",)
    )
    _, problems = roster({"id": "E1"}, spec=spec)
    assert [(problem.code, problem.message, problem.hint) for problem in problems] == [
        (
            "people-column-missing",
            "people: source 'people' has no column 'managr' for 'manager'",
            "did you mean 'manager'?",
        ),
        (
            "people-column-missing",
            "people: source 'people' has no column 'rank' for 'rank'",
            "name the column under people: columns:",
        ),
    ]


def test_nobody_to_appraise_is_an_error() -> None:
    """A period without people says what to check."""
    assert codes(roster({"id": "E1", "to": date(2020, 1, 1)})[1]) == ["nobody-to-appraise"]


TEAM = (
    {"id": "L", "role": "Lead", "manager": "BOSS"},
    {"id": "A", "manager": "L"},
    {"id": "S", "manager": "L"},
    {"id": "T", "manager": "S"},
    {"id": "X", "manager": "L", "to": date(2026, 7, 20)},
    {"id": "N", "manager": "L", "from": date(2026, 10, 5)},
    {"id": "O", "team": "T8", "manager": "BOSS"},
)


def test_a_team_has_leavers_in_and_its_lead_out() -> None:
    """Members are those with the team on some day of the period; the lead is out, a senior colleague stays in."""
    assert members(roster(*TEAM)[0]) == {"T7": ["A", "S", "T", "X"], "T8": ["O"]}


def test_direct_and_all_reports() -> None:
    """Reports are found by manager, for all_reports level by level; nobody is their own report."""
    found, _ = roster(*TEAM, {"id": "BOSS", "team": None, "manager": "BOSS"})
    assert members(found, "direct_reports") == {"BOSS": ["L", "O"], "L": ["A", "S", "X"], "S": ["T"]}
    assert members(found, "all_reports") == {
        "BOSS": ["A", "L", "O", "S", "T", "X"],
        "L": ["A", "S", "T", "X"],
        "S": ["T"],
    }


def test_a_circle_of_managers_ends() -> None:
    """Two people who manage each other are each other's reports, and nothing loops."""
    found, _ = roster({"id": "A", "manager": "B"}, {"id": "B", "manager": "A"}, {"id": "C", "manager": "A"})
    assert members(found, "all_reports") == {"A": ["B", "C"], "B": ["A", "C"]}


def test_who_changes_teams_belongs_to_each_for_its_days() -> None:
    """A membership lasts until the next begins; the first reaches back and the last one on, so no day is lost."""
    found, _ = roster(
        {"id": "A", "team": "T1", "from": date(2026, 1, 1), "to": date(2026, 8, 10)},
        {"id": "A", "team": "T2", "from": date(2026, 8, 20), "to": date(2026, 9, 20)},
    )
    assert found.teams().sort("start").rows() == [
        ("T1", "A", date(1, 1, 1), date(2026, 8, 19)),
        ("T2", "A", date(2026, 8, 20), date(9999, 12, 31)),
    ]


def test_the_team_of_the_period_before_has_its_own_members() -> None:
    """Who left before this period was a member then; who came since was not."""
    found, _ = roster({"id": "A", "to": date(2026, 5, 31)}, {"id": "B"}, {"id": "C", "from": date(2026, 7, 1)})
    assert (members(found), members(found, period=BEFORE)) == ({"T7": ["B", "C"]}, {"T7": ["A", "B"]})
    assert found.present(BEFORE)["person"].to_list() == ["A", "B"]
