"""How many working days somebody was there: assigned, not on leave, by the calendar of the site."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from appraise.model.calendar import is_working_day
from appraise.model.naming import snake_case
from appraise.model.problem import Problem
from appraise.sources.facts import PERSON
from appraise.sources.row_places import place_of

if TYPE_CHECKING:
    from datetime import date

    from appraise.model.period import Calendar
    from appraise.model.workspace import LeaveSpec
    from appraise.sources.facts import FactTable

LEAVE_SCHEMA = pl.Schema({"person": pl.String(), "day": pl.Date()})
"""One row per person and day on leave."""

_DAY = timedelta(days=1)


def leave_days(
    leave: LeaveSpec | None, table: FactTable | None, start: date, end: date
) -> tuple[pl.DataFrame, list[Problem]]:
    """The days from `start` to `end` on which somebody was on leave: person and day, each pair once.

    A leave without a last day goes on; one whose days are in the wrong order is a problem and left out. Nothing but
    the person and the two days is read.
    """
    empty = pl.DataFrame(schema=LEAVE_SCHEMA)
    if leave is None or table is None:
        return empty, []
    person = PERSON if PERSON in table.frame.columns else snake_case(leave.person)
    first, last = snake_case(leave.first_day), snake_case(leave.last_day)
    absent = [name for name in (person, first, last) if name not in table.frame.columns]
    if absent:
        return empty, [] if table.frame.is_empty() else [_column_missing(leave, table, absent[0])]
    rows = table.frame.with_columns(
        pl.col(person).cast(pl.String).alias("person"),
        pl.col(first).cast(pl.Date, strict=False).alias("first"),
        pl.col(last).cast(pl.Date, strict=False).fill_null(end).alias("last"),
    ).filter(pl.col("person").is_not_null() & pl.col("first").is_not_null())
    backwards = rows.filter((pl.col("first") > pl.col("last")) & pl.col(last).is_not_null())
    problems = [_backwards(row, table.spec.name) for row in backwards.iter_rows(named=True)]
    within = rows.select(
        "person",
        pl.max_horizontal("first", pl.lit(start)).alias("first"),
        pl.min_horizontal("last", pl.lit(end)).alias("last"),
    ).filter(pl.col("first") <= pl.col("last"))
    days = within.select("person", pl.date_ranges("first", "last").alias("day")).explode("day")
    return days.cast(LEAVE_SCHEMA).unique(maintain_order=True), problems


def with_days_worked(parts: pl.DataFrame, leave: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """The stretches with `days`, their working days not on leave, and `available`, those times the share of full time.

    Args:
        parts: person, site, start, end (Date, both included, few years apart) and fte; other columns are kept.
        leave: person and day, each pair once.
        calendar: the company's workdays and holidays.
    """
    if parts.is_empty():
        return parts.with_columns(pl.lit(0.0).alias("days"), pl.lit(0.0).alias("available"))
    special = sorted({site for _, site in calendar.holidays if site})
    worked = _worked(calendar, special, min(parts["start"].to_list()), max(parts["end"].to_list()))
    numbered = parts.with_row_index("_part").with_columns(
        pl.when(pl.col("site").is_in(special)).then(pl.col("site")).otherwise(pl.lit("")).alias("_site"),
        (pl.col("start") - _DAY).alias("_before"),
    )
    counted = numbered.join(
        worked.select(_site="site", end="day", _until="so_far"), on=["_site", "end"], how="left", maintain_order="left"
    ).join(
        worked.select(_site="site", _before="day", _from="so_far"),
        on=["_site", "_before"],
        how="left",
        maintain_order="left",
    )
    away = (
        numbered.join(leave, on="person")
        .filter(pl.col("day").is_between("start", "end"))
        .join(worked.filter("works").select(_site="site", day="day"), on=["_site", "day"], how="semi")
        .group_by("_part")
        .agg(pl.len().alias("_away"))
    )
    days = (pl.col("_until") - pl.col("_from") - pl.col("_away").fill_null(0)).cast(pl.Float64)
    return (
        counted.join(away, on="_part", how="left", maintain_order="left")
        .with_columns(days.alias("days"), (days * pl.col("fte")).alias("available"))
        .drop("_part", "_site", "_before", "_until", "_from", "_away")
    )


def _worked(calendar: Calendar, sites: list[str], low: date, high: date) -> pl.DataFrame:
    """For each site and day: whether it is worked, and how many days have been worked so far, that day included."""
    before = low - _DAY
    days = [before + timedelta(days=number) for number in range((high - before).days + 1)]
    table = pl.DataFrame(
        {
            "site": [site for site in ("", *sites) for _ in days],
            "day": [day for _ in range(len(sites) + 1) for day in days],
            "works": [day > before and is_working_day(calendar, day, site) for site in ("", *sites) for day in days],
        },
        schema={"site": pl.String, "day": pl.Date, "works": pl.Boolean},
    )
    return table.with_columns(pl.col("works").cast(pl.Int64).cum_sum().over("site").alias("so_far"))


def _column_missing(leave: LeaveSpec, table: FactTable, column: str) -> Problem:
    return Problem(
        table.spec.place,
        code="leave-column-missing",
        message=f"people: leave: source '{leave.source}' has no column '{column}'",
        hint="name the columns of the person, the first and the last day under people: leave:",
    )


def _backwards(row: dict[str, object], source: str) -> Problem:
    return Problem(
        place_of(row),
        code="leave-backwards",
        message=f"source '{source}': the leave of person '{row['person']}' ends before it begins",
        hint="exchange the two days, or correct one; until then the leave does not count",
        person=str(row["person"]),
    )
