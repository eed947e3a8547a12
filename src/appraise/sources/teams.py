"""Whose rows a team's numbers are made of: the members of every team, day by day.

`same_team` is everybody with the same team, without its lead; `direct_reports` are those whose manager somebody is;
`all_reports` also those further down. The lead of a team is a member who manages another member and is not managed by
one: a senior colleague who looks after a trainee stays in. Somebody who manages no member is no lead, whatever the
job title says.

A person belongs to one team at a time. Inside the period a membership lasts until the next one begins, the first one
reaches back and the last one on, so that each row of a person, whatever its day, falls to just one team.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.sources.assignments import ALWAYS, FOREVER

if TYPE_CHECKING:
    from datetime import date

SAME_TEAM = "same_team"
DIRECT_REPORTS = "direct_reports"
ALL_REPORTS = "all_reports"

DEEPEST = 20
"""Levels of managers that `all_reports` follows; a circle of managers ends there too."""

_SCHEMA = pl.Schema({"team_key": pl.String(), "person": pl.String(), "start": pl.Date(), "end": pl.Date()})


def memberships(assignments: pl.DataFrame, kind: str, first: date, last: date) -> pl.DataFrame:
    """Who belongs to which team on which days, as of the days from `first` to `last`.

    Args:
        assignments: person, team, manager, start, end and `_line`, in file order.
        kind: `same_team`, `direct_reports` or `all_reports`.
        first: the first day of the period.
        last: its last day; only people assigned on some day of the period are members.

    Returns:
        team_key (the team's name, or for reports the manager's id), person, start and end (Date, both included).
    """
    spans = _without_gaps(assignments.filter((pl.col("start") <= last) & (pl.col("end") >= first)))
    if kind == SAME_TEAM:
        return _same_team(spans).cast(_SCHEMA)
    direct = spans.filter(pl.col("manager") != pl.col("person")).select("person", "start", "end", team_key="manager")
    found = direct if kind == DIRECT_REPORTS else _all_reports(direct)
    return found.select(*_SCHEMA).cast(_SCHEMA)


def _without_gaps(rows: pl.DataFrame) -> pl.DataFrame:
    """Every assignment from its first day to the day before the person's next one; the outer ones are open."""
    ordered = rows.sort("person", "start", "_line")
    following = pl.col("start").shift(-1).over("person")
    return ordered.select(
        "person",
        "team",
        "manager",
        pl.when(pl.col("person").is_first_distinct()).then(pl.lit(ALWAYS)).otherwise(pl.col("start")).alias("start"),
        pl.coalesce(following - pl.duration(days=1), pl.lit(FOREVER)).alias("end"),
    ).filter(pl.col("start") <= pl.col("end"))


def _same_team(spans: pl.DataFrame) -> pl.DataFrame:
    members = spans.filter(pl.col("team").is_not_null() & (pl.col("team") != ""))
    others = members.select("team", manager="person").unique()
    managed = members.filter(pl.col("manager") != pl.col("person")).join(others, on=["team", "manager"], how="semi")
    managers = managed.select("team", person="manager").unique()
    leads = members.join(managers, on=["team", "person"], how="semi").join(
        managed, on=["team", "person", "start"], how="anti"
    )
    led = members.join(leads, on=["team", "person", "start"], how="anti", maintain_order="left")
    return led.select("person", "start", "end", team_key="team").select(*_SCHEMA)


def _all_reports(direct: pl.DataFrame) -> pl.DataFrame:
    """The reports of one's reports, level by level, for the days on which the whole chain held."""
    above = direct.select("start", "end", lower="person", higher="team_key")
    found = direct.select(*_SCHEMA)
    newest = found
    for _ in range(DEEPEST):
        newest = _one_higher(newest, above).join(found, on=list(_SCHEMA), how="anti").unique(maintain_order=True)
        if newest.is_empty():
            break
        found = pl.concat([found, newest])
    return found


def _one_higher(found: pl.DataFrame, above: pl.DataFrame) -> pl.DataFrame:
    """The same people as reports of their manager's manager."""
    return (
        found.join(above, left_on="team_key", right_on="lower", suffix="_above", maintain_order="left_right")
        .select(
            pl.col("higher").alias("team_key"),
            "person",
            pl.max_horizontal("start", "start_above").alias("start"),
            pl.min_horizontal("end", "end_above").alias("end"),
        )
        .filter((pl.col("start") <= pl.col("end")) & (pl.col("team_key") != pl.col("person")))
    )
