"""Rosters of a small company made by hand, for the tests of who is appraised."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from appraise.expr.functions import functions_with
from appraise.model.period import Calendar, Period
from appraise.model.place import Place
from appraise.model.problem import Problem
from appraise.model.workspace import PeopleSpec, SourceSpec, Workspace
from appraise.sources.facts import Delivery, FactTable
from appraise.sources.roster import Roster, roster_of

HERE = Place("appraise.yaml", 3, 1)
QUARTER = Period("2026-Q3", date(2026, 7, 1), date(2026, 9, 30))
BEFORE = Period("2026-Q2", date(2026, 4, 1), date(2026, 6, 30))
FUNCTIONS, _ = functions_with(())
COLUMNS = ("id", "name", "role", "manager", "team", "site", "from", "to", "fte", "grade")
SCHEMA = {name: {"from": pl.Date, "to": pl.Date, "fte": pl.Float64}.get(name, pl.String) for name in COLUMNS}
PEOPLE = PeopleSpec(
    source="people",
    place=HERE,
    columns={"id": "id"},
    roles={"Agent": "agent", "Senior Agent": "agent", "Lead": "lead"},
    attributes=("grade",),
)
WORKDAYS = 66  # Monday to Friday in the quarter


def table(name: str, rows: list[dict[str, Any]], schema: dict[str, Any]) -> FactTable:
    """A delivered source whose first row stands in line 2."""
    frame = pl.DataFrame(rows, schema=schema).with_columns(
        pl.lit(f"data/{name}.csv").alias("_file"), (pl.int_range(pl.len()) + 2).alias("_line")
    )
    return FactTable(SourceSpec(name=name, place=HERE), frame, Delivery.DELIVERED)


def people(*rows: dict[str, Any]) -> dict[str, FactTable]:
    """The people source with these rows; what a row leaves out is an agent of team T7 without dates."""
    usual = {"role": "Agent", "team": "T7", "fte": 1.0}
    return {"people": table("people", [dict.fromkeys(COLUMNS) | usual | row for row in rows], SCHEMA)}


def workspace(spec: PeopleSpec = PEOPLE, calendar: Calendar | None = None, minimum: int = 30) -> Workspace:
    """A company with these people."""
    return Workspace(Path(), "Acme", calendar or Calendar(), spec, {}, HERE, minimum_days=minimum)


def roster(*rows: dict[str, Any], **changes: Any) -> tuple[Roster, list[Problem]]:
    """The roster of these rows in the third quarter."""
    return roster_of(workspace(**changes), people(*rows), QUARTER, FUNCTIONS)


def reasons(found: Roster) -> dict[str, str]:
    """Why each person cannot be rated."""
    return dict(found.frame.select("person", "status_reason").iter_rows())


def codes(problems: list[Problem]) -> list[str]:
    """The codes of problems in order."""
    return [problem.code for problem in problems]
