"""Who did which job from when to when: the rows of the people source as assignments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from appraise.documents.suggest import did_you_mean
from appraise.model.naming import snake_case
from appraise.model.problem import Problem
from appraise.sources.facts import FILE, LINE
from appraise.sources.job_titles import template_of
from appraise.sources.row_filter import kept_rows
from appraise.sources.row_places import place_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from appraise.expr.functions import Functions
    from appraise.model.period import Period
    from appraise.model.place import Place
    from appraise.model.workspace import PeopleSpec
    from appraise.sources.facts import FactTable

ALWAYS = date(1, 1, 1)
"""Where an assignment without a first day begins."""

FOREVER = date(9999, 12, 31)
"""Where an assignment without a last day ends."""

MOST_FTE = 1.5
"""A larger share of full time is taken for a slip (80 for 0.8)."""

ASSIGNMENT_SCHEMA = {
    "person": pl.String,
    "name": pl.String,
    "role_title": pl.String,
    "role": pl.String,
    "manager": pl.String,
    "team": pl.String,
    "site": pl.String,
    "start": pl.Date,
    "end": pl.Date,
    "fte": pl.Float64,
    FILE: pl.String,
    LINE: pl.Int64,
}
"""The columns of every assignment, beside the declared attributes."""

_TEXTS = ("name", "role", "manager", "team", "site")


@dataclass(frozen=True, slots=True)
class Assignments:
    """The rows of the people source, in file order, and the people whose rows cannot all be believed.

    `frame` has person, name, role_title, role (template id or null), manager, team, site (String), start and
    end (Date, both included, never null), fte (Float64), `person.<attribute>` columns, `_file` and `_line`.
    `doubtful` are the ids of people with an error in one of their rows.
    """

    frame: pl.DataFrame
    doubtful: frozenset[str]


def assignments_of(
    people: PeopleSpec, table: FactTable, functions: Functions, period: Period
) -> tuple[Assignments, list[Problem]]:
    """Every row of the people source that `where` keeps, as an assignment.

    A row without an id is left out, with a problem; days in the wrong order are exchanged and an impossible share of
    full time is taken as 1, both with a problem, and the person becomes doubtful.
    """
    problems = _missing_columns(people, table.frame)
    kept, found = kept_rows(table, people.where, functions, period)
    named, without_id = _identified(kept, people, table.spec.name)
    frame, wrong = _believable(named, table.spec.name)
    problems += [*found, *without_id, *wrong]
    return Assignments(frame, frozenset(problem.person for problem in wrong if problem.person)), problems


def _column(people: PeopleSpec, key: str) -> str:
    """The frame's name of the column that the workspace gives for a key; the key itself where it gives none."""
    return snake_case(people.columns.get(key, key))


def _missing_columns(people: PeopleSpec, frame: pl.DataFrame) -> list[Problem]:
    """A problem for each column that the workspace names and the source does not have."""
    written = {key: name for key, name in people.columns.items() if snake_case(name) not in frame.columns}
    written |= {name: name for name in people.attributes if snake_case(name) not in frame.columns}
    needed = ["id"] if people.everyone_is else ["id", "role"]
    written |= {key: key for key in needed if _column(people, key) not in frame.columns and key not in written}
    return [
        Problem(
            _place(people, key),
            code="people-column-missing",
            message=f"people: source '{people.source}' has no column '{name}' for '{key}'",
            hint=did_you_mean(name, [column for column in frame.columns if not column.startswith("_")])
            or "name the column under people: columns:",
        )
        for key, name in written.items()
    ]


def _place(people: PeopleSpec, key: str) -> Place:
    places = people.places
    return places.get(f"columns.{key}") or places.get(f"attributes.{key}") or people.place


def _identified(frame: pl.DataFrame, people: PeopleSpec, source: str) -> tuple[pl.DataFrame, list[Problem]]:
    """The rows under the names that the engine gives their columns, without those that have no id."""

    def text(key: str) -> pl.Expr:
        column = _column(people, key)
        return pl.col(column).cast(pl.String) if column in frame.columns else pl.lit(None, dtype=pl.String)

    attributes = [name for name in map(snake_case, people.attributes) if name in frame.columns]
    rows = frame.select(
        text("id").alias("person"),
        *(text(key).alias({"role": "role_title"}.get(key, key)) for key in _TEXTS),
        template_of(people, text("role")).alias("role"),
        _day(frame, _column(people, "from")).alias("start"),
        _day(frame, _column(people, "to")).alias("end"),
        _number(frame, _column(people, "fte")).alias("fte"),
        *(pl.col(name).alias(f"person.{name}") for name in attributes),
        pl.col(FILE),
        pl.col(LINE),
    )
    nameless = rows.filter(pl.col("person").is_null() | (pl.col("person") == ""))
    problems = [
        Problem(
            place_of(row),
            code="person-without-id",
            message=f"source '{source}': line {row[LINE]} has no id in column '{_column(people, 'id')}'",
            hint="give the person an id, or delete the row",
        )
        for row in nameless.iter_rows(named=True)
    ]
    return rows.filter(pl.col("person").is_not_null() & (pl.col("person") != "")), problems


def _day(frame: pl.DataFrame, column: str) -> pl.Expr:
    if column not in frame.columns:
        return pl.lit(None, dtype=pl.Date)
    return pl.col(column).cast(pl.Date, strict=False)


def _number(frame: pl.DataFrame, column: str) -> pl.Expr:
    if column not in frame.columns:
        return pl.lit(None, dtype=pl.Float64)
    return pl.col(column).cast(pl.Float64, strict=False)


def _believable(rows: pl.DataFrame, source: str) -> tuple[pl.DataFrame, list[Problem]]:
    """The rows with open ends filled in, days in order and a possible share of full time."""
    rows = rows.with_columns(
        pl.col("start").fill_null(ALWAYS), pl.col("end").fill_null(FOREVER), pl.col("fte").fill_null(1.0)
    )
    backwards = pl.col("start") > pl.col("end")
    impossible = (pl.col("fte") <= 0) | (pl.col("fte") > MOST_FTE)
    problems = [_backwards(row, source) for row in rows.filter(backwards).iter_rows(named=True)]
    problems += [_impossible(row, source) for row in rows.filter(impossible).iter_rows(named=True)]
    believable = rows.with_columns(
        pl.min_horizontal("start", "end").alias("start"),
        pl.max_horizontal("start", "end").alias("end"),
        pl.when(impossible).then(1.0).otherwise(pl.col("fte")).alias("fte"),
    )
    return believable, problems


def _backwards(row: Mapping[str, Any], source: str) -> Problem:
    return Problem(
        place_of(row),
        code="assignment-backwards",
        message=f"source '{source}': person '{row['person']}' ends on {row['end']}, before the start on {row['start']}",
        hint="exchange the two days, or correct one",
        person=str(row["person"]),
    )


def _impossible(row: Mapping[str, Any], source: str) -> Problem:
    return Problem(
        place_of(row),
        code="fte-out-of-range",
        message=f"source '{source}': person '{row['person']}' has a share of full time of {row['fte']:g}",
        hint="write a share above 0 and up to 1.5: 0.8 for four days of five",
        person=str(row["person"]),
    )
