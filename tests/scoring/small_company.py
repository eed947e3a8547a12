"""A small company made by hand: two teams, a lead, a leaver and a newcomer, with a log of calls and what to count."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from appraise.expr.functions import functions_with
from appraise.model.expression import Expression
from appraise.model.period import Calendar, Period
from appraise.model.place import Place
from appraise.model.workspace import MeasureSpec, PeopleSpec, PersonKey, SourceSpec, Workspace
from appraise.scoring.measures import MeasuresAsked, measures_of
from appraise.sources.facts import Delivery, FactTable
from appraise.sources.roster import roster_of

HERE = Place("appraise.yaml", 9, 3)
QUARTER = Period("2026-Q3", date(2026, 7, 1), date(2026, 9, 30))
BEFORE = Period("2026-Q2", date(2026, 4, 1), date(2026, 6, 30))
FUNCTIONS, _ = functions_with(())
PEOPLE = {
    "id": ["A", "B", "L", "X", "N", "O"],
    "team": ["T7", "T7", "T7", "T7", "T7", "T8"],
    "manager": ["L", "L", "BOSS", "L", "L", "BOSS"],
    "role": ["Agent", "Agent", "Lead", "Agent", "Agent", "Agent"],
    "from": [None, None, None, None, date(2026, 7, 15), None],
    "to": [None, None, None, date(2026, 8, 1), None, None],
}
CALLS = SourceSpec("calls", HERE, date=("day",), person=PersonKey("agent"))
QUALITY = SourceSpec("quality", HERE, person=PersonKey("agent"))


def facts(
    spec: SourceSpec, rows: list[tuple[Any, ...]], schema: dict[str, Any], status: str = "delivered"
) -> FactTable:
    """A source with these rows, the first of them in line 2."""
    frame = pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        pl.lit(f"data/{spec.name}.csv").alias("_file"), (pl.int_range(pl.len(), dtype=pl.Int64) + 2).alias("_line")
    )
    return FactTable(spec, frame, Delivery(status))


def calls(*rows: tuple[Any, ...], status: str = "delivered") -> FactTable:
    """A log of calls: person, day, seconds, answered, account."""
    schema = {
        "_person": pl.String,
        "_date": pl.Datetime("us"),
        "seconds": pl.Float64,
        "answered": pl.Boolean,
        "account": pl.String,
    }
    return facts(
        CALLS,
        [(person, datetime.combine(day, datetime.min.time()), *rest) for person, day, *rest in rows],
        schema,
        status,
    )


def july(day: int) -> date:
    """A day of July."""
    return date(2026, 7, day)


def measure(name: str, aggregate: str, expression: str | None = None, **more: Any) -> MeasureSpec:
    """A measure of calls unless another source is named."""
    where = more.pop("where", None)
    return MeasureSpec(
        name,
        aggregate,
        more.pop("source", "calls"),
        HERE,
        expression=Expression(expression, HERE) if expression else None,
        where=Expression(where, HERE) if where else None,
        **more,
    )


def asked(tables: list[FactTable], measures: list[MeasureSpec], names: list[str], **more: Any) -> MeasuresAsked:
    """A request for these names, in the third quarter."""
    people = pl.DataFrame(PEOPLE, schema_overrides={"from": pl.Date, "to": pl.Date}).with_columns(
        pl.lit("data/people.csv").alias("_file"), (pl.int_range(pl.len(), dtype=pl.Int64) + 2).alias("_line")
    )
    spec = PeopleSpec("people", HERE, columns={"id": "id"}, roles={"Agent": "agent", "Lead": "lead"})
    everything = [FactTable(SourceSpec("people", HERE), people, Delivery.DELIVERED), *tables]
    by_name = {table.spec.name: table for table in everything}
    workspace = Workspace(
        Path(),
        "Acme",
        Calendar(),
        spec,
        {table.spec.name: table.spec for table in everything} | more.pop("sources", {}),
        HERE,
        measures={spec.name: spec for spec in measures},
    )
    roster, _ = roster_of(workspace, by_name, QUARTER, FUNCTIONS)
    return MeasuresAsked(
        workspace,
        by_name,
        roster,
        QUARTER,
        BEFORE,
        frozenset(names),
        FUNCTIONS,
        team_kinds={"lead": "direct_reports"},
        **more,
    )


def values(request: MeasuresAsked, name: str) -> dict[str, Any]:
    """By person the value, or in its absence the reason."""
    frame, problems = measures_of(request)
    assert problems == []
    return {row["person"]: row[f"{name}?"] if row[name] is None else row[name] for row in frame.iter_rows(named=True)}
