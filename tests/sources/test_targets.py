"""What everybody is asked to reach: sheets, registers, precedence and availability."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from appraise.expr.functions import functions_with
from appraise.model.expression import Expression
from appraise.model.period import Calendar, Period
from appraise.model.place import Place
from appraise.model.problem import Problem
from appraise.model.workspace import (
    LeaveSpec,
    MonthsInColumns,
    PeopleSpec,
    PersonKey,
    SourceSpec,
    TargetSpec,
    Workspace,
)
from appraise.sources.facts import Delivery, FactTable
from appraise.sources.roster import roster_of
from appraise.sources.targets import TargetsAsked, rows_in_force, targets_in_force, targets_of

HERE = Place("appraise.yaml", 5, 1)
QUARTER = Period("2025-Q3", date(2025, 7, 1), date(2025, 9, 30))
FUNCTIONS, _ = functions_with(())
CASES = Path(__file__).parents[2].parent / "shared" / "cases" / "tricky_cases.json"
WIDE = MonthsInColumns("year", tuple(f"m{month:02}" for month in range(1, 13)), "amount")
SHEET = TargetSpec("sales", "sheet", HERE, value=Expression("amount", HERE), per="month")
PLAIN = TargetSpec("sales", "sheet", HERE, value=Expression("amount * 1000", HERE))
REGISTER = TargetSpec(
    "register", "register", HERE, per="month", columns={"target": "kpi_id", "of": "scope_id", "per": "kind"}
)
REGISTER_SCHEMA = {
    "kpi_id": pl.String,
    "scope": pl.String,
    "scope_id": pl.String,
    "from": pl.Date,
    "to": pl.Date,
    "value": pl.Float64,
    "kind": pl.String,
}


def table(spec: SourceSpec, rows: list[dict[str, Any]], schema: dict[str, Any]) -> FactTable:
    """A delivered source whose first row stands in line 2."""
    frame = pl.DataFrame(rows, schema=schema).with_columns(
        pl.lit(f"data/{spec.name}.csv").alias("_file"), (pl.int_range(pl.len(), dtype=pl.Int64) + 2).alias("_line")
    )
    return FactTable(spec, frame, Delivery.DELIVERED)


def people(*rows: dict[str, Any]) -> FactTable:
    """People of team T7 in the West on grade J1."""
    usual = {"role": "Tele", "team": "T7", "region": "West", "grade": "J1", "fte": 1.0}
    names = ("id", "role", "team", "manager", "region", "grade", "from", "to", "fte")
    schema = {name: {"from": pl.Date, "to": pl.Date, "fte": pl.Float64}.get(name, pl.String) for name in names}
    return table(SourceSpec("people", HERE), [dict.fromkeys(names) | usual | row for row in rows], schema)


def sheet(*rows: tuple[str, int, float | None]) -> FactTable:
    """A wide sheet after cleaning: person, month of 2025, amount."""
    spec = SourceSpec("sheet", HERE, person=PersonKey("who"), months_in_columns=WIDE)
    schema = {"_person": pl.String, "_date": pl.Datetime("us"), "amount": pl.Float64}
    return table(
        spec,
        [{"_person": person, "_date": datetime(2025, month, 1), "amount": amount} for person, month, amount in rows],  # noqa: DTZ001 -- company time has no zone
        schema,
    )


def plain(*rows: tuple[str, float]) -> FactTable:
    """A sheet with one row per person."""
    return table(
        SourceSpec("sheet", HERE, person=PersonKey("who")),
        [{"_person": person, "amount": amount} for person, amount in rows],
        {"_person": pl.String, "amount": pl.Float64},
    )


def register(*rows: dict[str, Any]) -> FactTable:
    """A register, by default of monthly targets for collections from April on."""
    usual = {"kpi_id": "collections", "from": date(2025, 4, 1), "to": None, "kind": "month"}
    filled = [dict.fromkeys(REGISTER_SCHEMA) | usual | row for row in rows]
    return table(SourceSpec("register", HERE), filled, REGISTER_SCHEMA)


def asked(specs: list[TargetSpec], tables: list[FactTable], *names: str, **more: Any) -> TargetsAsked:
    """A request for these names of everybody in the table of people."""
    by_name = {each.spec.name: each for each in tables}
    spec = PeopleSpec(
        "people",
        HERE,
        columns={"id": "id"},
        roles={"Tele": "tele", "Lead": "lead"},
        attributes=("region", "grade"),
        leave=LeaveSpec("leave", "who", "a", "b") if "leave" in by_name else None,
    )
    calendar = more.pop("calendar", Calendar())
    workspace = Workspace(
        Path(), "Acme", calendar, spec, {}, HERE, targets={each.name: each for each in specs}, minimum_days=0
    )
    roster, _ = roster_of(workspace, by_name, QUARTER, FUNCTIONS)
    return TargetsAsked(workspace, by_name, roster, frozenset(names), FUNCTIONS, **more)


def values(request: TargetsAsked, name: str) -> tuple[dict[str, Any], list[Problem]]:
    """By person the target, or in its absence the reason; and the problems."""
    frame, problems = targets_of(request)
    rows = frame.select("person", name, f"{name}?").iter_rows()
    return {person: reason if value is None else value for person, value, reason in rows}, problems


def test_case_16_the_most_specific_row_in_force_wins_month_by_month() -> None:
    """Region and grade give July, the team from August: 280,000 and twice 310,000, 900,000 in the quarter."""
    rows = [
        {"scope": "role", "scope_id": "tele", "value": 300_000.0},
        {"scope": "region", "scope_id": "West", "value": 320_000.0},
        {"scope": "region+grade", "scope_id": "West/J1", "value": 280_000.0},
        {"scope": "team", "scope_id": "T7", "value": 310_000.0, "from": date(2025, 8, 1)},
    ]
    request = asked([REGISTER], [people({"id": "E9"}), register(*rows)], "target.collections")
    targets, problems = targets_in_force(request)
    amounts = targets["collections"].amounts.select("month", "amount", "scope").rows()
    assert problems == []
    assert amounts == [
        (date(2025, 7, 1), 280_000.0, "region+grade"),
        (date(2025, 8, 1), 310_000.0, "team"),
        (date(2025, 9, 1), 310_000.0, "team"),
    ]
    assert values(request, "target.collections")[0] == {"E9": 900_000.0}


@pytest.mark.skipif(not CASES.exists(), reason="the shared cases are not beside this checkout")
def test_case_16_as_it_is_handed_down() -> None:
    """The rows of the shared case give its months, its quarter, and reject its tie."""
    case = next(each for each in json.loads(CASES.read_text())["cases"] if each["n"] == 16)

    def written(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            {
                "scope": row["scope"],
                "scope_id": row["of"],
                "value": float(row["value"]),
                "from": date.fromisoformat(row["from_"]),
            }
            for row in rows
        ]

    given, expected = case["input"], case["expected"]
    request = asked([REGISTER], [people({"id": "E9"}), register(*written(given["rows"]))], "target.collections")
    amounts = targets_in_force(request)[0]["collections"].amounts
    by_month = {
        f"{month:%Y-%m}": (amount, scope) for month, amount, scope in amounts.select("month", "amount", "scope").rows()
    }
    assert {month: amount for month, (amount, _) in by_month.items()} == expected["by_month"]
    assert {month: scope for month, (_, scope) in by_month.items()} == expected["chosen_scope"]
    assert values(request, "target.collections")[0] == {"E9": expected["quarter"]}
    tie = asked([REGISTER], [people({"id": "E9"}), register(*written(given["tie_test"]))], "target.collections")
    assert [problem.code for problem in targets_of(tie)[1]][:1] == ["ambiguous-target"]


STEPS = ("role", "region", "region+grade", "team", "employee")
"""The scopes from the least specific to the most, each with its value."""
OF = {"role": "tele", "region": "West", "region+grade": "West/J1", "team": "T7", "employee": "E1", "company": ""}


@pytest.mark.parametrize("steps", range(len(STEPS) + 1))
def test_each_scope_comes_before_all_that_are_less_specific(steps: int) -> None:
    """Employee > team > region+grade > region > role > company: the order of the rows says nothing."""
    scopes = ("company", *STEPS)[: steps + 1]
    rows = [{"scope": scope, "scope_id": OF[scope], "value": 10.0 * place} for place, scope in enumerate(scopes)]
    for written in (rows, rows[::-1]):
        request = asked([REGISTER], [people({"id": "E1"}), register(*written)], "target.collections")
        assert values(request, "target.collections") == ({"E1": 30.0 * steps}, [])


@pytest.mark.parametrize(
    ("scope", "of"),
    [
        ("Person", "E1"),
        ("employees", "E1"),
        ("Region and grade", "West / J1"),
        ("REGION+GRADE", "West and J1"),
        ("region_grade", "West, J1"),
        ("Grade / Region", "J1/West"),
        ("Teams", "T7"),
        ("Job title", "Tele"),
        ("everyone", "whoever"),
    ],
)
def test_a_scope_is_understood_as_people_write_it(scope: str, of: str) -> None:
    """Capitals, plurals, blanks and what joins region and grade make no difference."""
    rows = [{"scope": scope, "scope_id": of, "value": 1.0}]
    request = asked([REGISTER], [people({"id": "E1"}), register(*rows)], "target.collections")
    assert values(request, "target.collections") == ({"E1": 3.0}, [])


def test_a_target_that_changes_in_mid_month_is_the_sum_of_daily_targets() -> None:
    """20 working days of August: 10 at the role's 220 a month and 10 at the team's 440 give 110 and 220."""
    rows = [
        {"scope": "role", "scope_id": "tele", "value": 220.0},
        {"scope": "team", "scope_id": "T7", "value": 440.0, "from": date(2025, 8, 18), "to": date(2025, 9, 2)},
    ]
    calendar = Calendar(holidays=((date(2025, 8, 15), ""),))
    request = asked([REGISTER], [people({"id": "E1"}), register(*rows)], "target.collections", calendar=calendar)
    targets, problems = targets_in_force(request)
    amounts = targets["collections"].amounts.select("month", "scope", "available", "amount").rows()
    assert problems == []
    assert [(month.month, scope, days, round(amount, 9)) for month, scope, days, amount in amounts] == [
        (7, "role", 23.0, 220.0),
        (8, "role", 10.0, 110.0),
        (8, "team", 10.0, 220.0),
        (9, "team", 2.0, 40.0),
        (9, "role", 20.0, 200.0),
    ]


def test_a_tie_across_two_sources_names_both_files() -> None:
    """A sheet and a register that set the same target of the same person contradict each other."""
    both = TargetSpec("collections", "sheet", HERE, value=Expression("amount", HERE), per="month")
    rows = [{"scope": "employee", "scope_id": "E1", "value": 5.0}]
    tables = [people({"id": "E1"}), register(*rows), sheet(("E1", 8, 7.0))]
    _, problems = values(asked([REGISTER, both], tables, "target.collections"), "target.collections")
    assert [(problem.code, problem.message) for problem in problems] == [
        (
            "ambiguous-target",
            (
                "target 'collections': person 'E1' has two on the same days, "
                "in data/register.csv:2 and in data/sheet.csv:2"
            ),
        )
    ]


def test_a_person_comes_before_the_team() -> None:
    """The person's own row wins over all others, also where it is written `employee`."""
    rows = [
        {"scope": "team", "scope_id": "T7", "value": 5.0},
        {"scope": "employee", "scope_id": "E1", "value": 1.0},
        {"scope": "company", "scope_id": "all", "value": 9.0},
    ]
    request = asked(
        [REGISTER],
        [people({"id": "E1"}, {"id": "E2"}, {"id": "E3", "team": "T8"}), register(*rows)],
        "target.collections",
    )
    assert values(request, "target.collections") == ({"E1": 3.0, "E2": 15.0, "E3": 27.0}, [])


def test_the_same_specificity_twice_is_ambiguous() -> None:
    """Two rows of one scope on the same days name each other, and only the people they are for have no target."""
    rows = [
        {"scope": "team", "scope_id": "T7", "value": 310.0},
        {"scope": "team", "scope_id": "T7", "value": 330.0, "from": date(2025, 8, 1)},
        {"scope": "team", "scope_id": "T8", "value": 100.0},
    ]
    request = asked(
        [REGISTER], [people({"id": "E1"}, {"id": "E2", "team": "T8"}), register(*rows)], "target.collections"
    )
    found, problems = values(request, "target.collections")
    assert found == {"E1": "ambiguous_target", "E2": 300.0}
    assert [(problem.code, str(problem.place), problem.message, problem.person) for problem in problems] == [
        (
            "ambiguous-target",
            "data/register.csv:3",
            (
                "target 'collections': team 'T7' has two on the same days, "
                "in data/register.csv:2 and in data/register.csv:3"
            ),
            "E1",
        )
    ]


def test_a_wide_sheet_is_added_up_over_the_months() -> None:
    """Per month, the months of the period add up; those of other quarters do not count."""
    rows = [("E1", month, float(month)) for month in range(1, 13)]
    assert values(asked([SHEET], [people({"id": "E1"}), sheet(*rows)], "target.sales"), "target.sales") == (
        {"E1": 24.0},
        [],
    )


@pytest.mark.parametrize(
    ("per", "expected"), [("period", 5000.0), ("month", 15000.0), ("day", 330000.0), ("rate", 5000.0)]
)
def test_a_plain_sheet_covers_what_per_says(per: str, expected: float) -> None:
    """One value covers the period, each of its months, each working day, or is a rate."""
    spec = TargetSpec("sales", "sheet", HERE, value=PLAIN.value, per=per)
    assert values(asked([spec], [people({"id": "E1"}), plain(("E1", 5.0))], "target.sales"), "target.sales")[0] == {
        "E1": expected
    }


def test_case_13_amounts_shrink_with_availability_and_rates_do_not() -> None:
    """40 of 65 days at 0.8 of full time leave 320,000 of 650,000; a rate of 55 stays 55."""
    calendar = Calendar(holidays=((date(2025, 7, 1), ""),))
    away = table(
        SourceSpec("leave", HERE),
        [{"who": "E1", "a": date(2025, 9, 1), "b": date(2025, 9, 5)}],
        {"who": pl.String, "a": pl.Date, "b": pl.Date},
    )
    joiner = people({"id": "E1", "from": date(2025, 7, 30), "fte": 0.8})
    rows = [
        {"kpi_id": "sales", "scope": "role", "scope_id": "tele", "value": 650_000.0, "kind": "period"},
        {"kpi_id": "kept", "scope": "role", "scope_id": "Tele", "value": 55.0, "kind": "rate"},
    ]
    names = ("target.sales", "target.kept")
    request = asked([REGISTER], [joiner, away, register(*rows)], *names, calendar=calendar)
    assert request.roster.frame.select("working_days", "available_days").row(0) == (65.0, 32.0)
    assert [values(request, name)[0]["E1"] for name in names] == [320_000.0, 55.0]


def test_a_joiner_owes_only_the_months_there() -> None:
    """Monthly amounts shrink month by month: who joins on the first of August owes August and September."""
    request = asked(
        [SHEET],
        [people({"id": "E1", "from": date(2025, 8, 1)}), sheet(("E1", 8, 100.0), ("E1", 9, 100.0))],
        "target.sales",
    )
    assert values(request, "target.sales") == ({"E1": 200.0}, [])


def test_a_month_without_a_target_leaves_none_for_the_period() -> None:
    """Missing is never zero: a blank month of somebody who was there is told, and there is no target."""
    request = asked(
        [SHEET], [people({"id": "E1"}), sheet(("E1", 7, None), ("E1", 8, 1.0), ("E1", 9, 1.0))], "target.sales"
    )
    found, problems = values(request, "target.sales")
    assert found == {"E1": "no_target"}
    assert [(problem.code, problem.message, problem.is_error) for problem in problems] == [
        (
            "incomplete-target",
            "target 'sales': person 'E1' has none for 2025-07, and therefore none for the period",
            False,
        )
    ]


def test_a_negative_target_is_an_error_and_not_replaced() -> None:
    """A negative row stays in force and of no use, so that no less specific row takes its place unseen."""
    rows = [{"scope": "person", "scope_id": "E1", "value": -5.0}, {"scope": "team", "scope_id": "T7", "value": 7.0}]
    request = asked([REGISTER], [people({"id": "E1"}, {"id": "E2"}), register(*rows)], "target.collections")
    found, problems = values(request, "target.collections")
    assert found == {"E1": "no_target", "E2": 21.0}
    assert [(problem.code, problem.message, problem.person) for problem in problems] == [
        ("negative-target", "target 'collections': the target of person 'E1' is negative (-5)", "E1")
    ]


def test_words_that_are_not_understood() -> None:
    """An unknown scope and an unknown span are told once each, with the row and a suggestion."""
    rows = [
        {"scope": "taem", "scope_id": "T7", "value": 1.0},
        {"scope": "team", "scope_id": "T7", "value": 1.0, "kind": "fortnight"},
    ]
    _, problems = values(
        asked([REGISTER], [people({"id": "E1"}), register(*rows)], "target.collections"), "target.collections"
    )
    assert [(problem.code, str(problem.place), problem.hint) for problem in problems] == [
        ("unknown-scope", "data/register.csv:2", "did you mean 'team'?"),
        ("unknown-per", "data/register.csv:3", "write one of month, period, day, rate"),
    ]


def test_a_target_nobody_set_and_a_sheet_that_did_not_arrive() -> None:
    """Without rows there is no target; where the source is absent the reason says so, for the team too."""
    here = asked([REGISTER], [people({"id": "E1"}), register()], "target.other")
    assert values(here, "target.other") == ({"E1": "no_target"}, [])
    absent = asked([SHEET], [people({"id": "E1"})], "target.sales", "team.target.sales")
    assert [values(absent, name)[0] for name in ("target.sales", "team.target.sales")] == [{"E1": "source_missing"}] * 2


TEAM = (
    {"id": "L", "role": "Lead", "manager": "BOSS"},
    {"id": "A", "manager": "L"},
    {"id": "B", "manager": "L"},
    {"id": "O", "team": "T8", "manager": "BOSS"},
)
TEAM_SHEET = plain(("A", 1.0), ("B", 2.0), ("O", 4.0), ("L", 100.0))


def test_the_teams_target_is_that_of_its_members() -> None:
    """Members' targets add up without the lead's; a lead has the reports' and the company everybody's."""
    request = asked(
        [PLAIN],
        [people(*TEAM), TEAM_SHEET],
        "team.target.sales",
        "company.target.sales",
        team_kinds={"lead": "direct_reports"},
    )
    assert values(request, "team.target.sales")[0] == {"A": 3000.0, "B": 3000.0, "L": 3000.0, "O": 4000.0}
    assert set(values(request, "company.target.sales")[0].values()) == {107_000.0}


def test_a_teams_target_is_walked_back_to_its_members_rows() -> None:
    """Whoever shares a team shares its rows; a person's target has the own ones, the company's all that count."""
    request = asked(
        [PLAIN],
        [people({"id": "A"}, {"id": "B"}, {"id": "C", "team": "T8"}, {"id": "D"}), plain(("A", 1), ("B", 2), ("C", 3))],
        "target.sales",
        "team.target.sales",
        "company.target.sales",
    )
    lines = {}
    for name, (groups, rows) in rows_in_force(request).items():
        found = groups.join(rows, on="_key", maintain_order="left_right").group_by("person").agg("_line")
        lines[name] = dict(found.iter_rows())

    assert lines["target.sales"] == {"A": [2], "B": [3], "C": [4]}
    assert lines["team.target.sales"] == {"A": [2, 3], "B": [2, 3], "C": [4], "D": [2, 3]}
    assert lines["company.target.sales"] == {person: [2, 3, 4] for person in "ABCD"}


def test_a_targets_days_fall_to_the_team_of_those_days() -> None:
    """Who changes teams in August brings July's amount to the old team and the rest to the new one."""
    mover = (
        {"id": "A", "to": date(2025, 7, 31)},
        {"id": "A", "team": "T8", "from": date(2025, 8, 1)},
        {"id": "B"},
        {"id": "C", "team": "T8"},
    )
    rows = [("A", 7, 10.0), ("A", 8, 10.0), ("A", 9, 10.0), *[(who, month, 1.0) for who in "BC" for month in (7, 8, 9)]]
    request = asked([SHEET], [people(*mover), sheet(*rows)], "target.sales", "team.target.sales")
    assert values(request, "target.sales")[0] == {"A": 30.0, "B": 3.0, "C": 3.0}
    assert values(request, "team.target.sales")[0] == {"A": 23.0, "B": 13.0, "C": 23.0}


@pytest.mark.parametrize(("rates", "expected"), [((80.0, 80.0), 80.0), ((80.0, 90.0), "no_target")])
def test_a_teams_rate_is_the_one_they_share(rates: tuple[float, float], expected: float | str) -> None:
    """Rates are never added up: the team has the common one, or none."""
    spec = TargetSpec("sales", "sheet", HERE, value=Expression("amount", HERE), per="rate")
    request = asked(
        [spec], [people({"id": "A"}, {"id": "B"}), plain(*zip("AB", rates, strict=True))], "team.target.sales"
    )
    assert values(request, "team.target.sales")[0] == {"A": expected, "B": expected}


def test_a_scope_needs_its_attribute() -> None:
    """A region scope without a declared attribute region says what to declare."""
    request = asked(
        [REGISTER],
        [people({"id": "E1"}), register({"scope": "region", "scope_id": "West", "value": 1.0})],
        "target.collections",
    )
    object.__setattr__(request.workspace.people, "attributes", ())
    assert [problem.code for problem in targets_of(request)[1]] == ["scope-without-attribute"]
