"""Whose rows make a number: one person's, those of a team's members, or everybody's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from appraise.model.role import Level
from appraise.scoring.windows import DATE, PERSON, TEAM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.model.period import Period
    from appraise.model.workspace import SourceSpec
    from appraise.scoring.ports import People

KEY = "_key"
"""The group that a row belongs to: a person, a team or the company."""

_COMPANY = ""
_MEMBERS = {"_member": pl.String, KEY: pl.String, "_start": pl.Date, "_end": pl.Date}


@dataclass(frozen=True, slots=True)
class Pools:
    """The groups of one period.

    `people` has person, team and own_team, the key of the team that is the person's by the role's `team:`. `present`
    holds the people assigned on some day of the period. `members` has `_member`, the key of a team, and the days
    `_start` to `_end` on which the person belonged to it.
    """

    period: Period
    people: pl.DataFrame
    present: pl.DataFrame
    members: pl.DataFrame

    def keyed(self, rows: pl.DataFrame, spec: SourceSpec, level: Level, *, by_day: bool) -> pl.DataFrame:
        """The rows with the key of their group; a row is there once for each team it counts for.

        Args:
            rows: rows of the source.
            spec: the source.
            level: whose number it is.
            by_day: whether a row counts for the team of its own day (events) or of the person's last day (states).
        """
        if spec.company or (spec.team and level is Level.COMPANY):
            return rows.with_columns(pl.lit(_COMPANY).alias(KEY))
        if spec.team:
            return rows.with_columns(pl.col(TEAM).alias(KEY))
        if level is Level.PERSON:
            return rows.with_columns(pl.col(PERSON).alias(KEY))
        if level is Level.COMPANY:
            known = rows.join(self.present, left_on=PERSON, right_on="person", how="semi", maintain_order="left")
            return known.with_columns(pl.lit(_COMPANY).alias(KEY))
        day = pl.col(DATE).cast(pl.Date) if by_day and DATE in rows.columns else pl.lit(self.period.end)
        pooled = rows.join(self.members, left_on=PERSON, right_on="_member", maintain_order="left")
        return pooled.filter(day.is_between("_start", "_end")).drop("_start", "_end")

    def keys(self, spec: SourceSpec, level: Level) -> pl.Expr:
        """The key of the group whose number each of `people` gets; null where they belong to none."""
        if spec.company or level is Level.COMPANY:
            return pl.lit(_COMPANY)
        if spec.team:
            return pl.col("team")
        return pl.col("person" if level is Level.PERSON else "own_team")

    def peopled(self, spec: SourceSpec, level: Level) -> pl.Series:
        """The keys that somebody stands behind, so that no rows means nothing done."""
        if spec.company or level is Level.COMPANY:
            return pl.Series(KEY, [_COMPANY])
        if spec.team:
            return self.people["team"].drop_nulls().unique()
        return self.present["person"] if level is Level.PERSON else self.members[KEY].unique()


def pools_of(people: People, period: Period, team_kinds: Mapping[str, str], *, teams: bool) -> Pools:
    """The groups of a period.

    Args:
        people: the roster of the appraised period.
        period: the appraised period or the one before.
        team_kinds: what `team` means by role template; `same_team` for others.
        teams: whether anything of a team is asked for.
    """
    own = people.own_teams(team_kinds)
    frame = people.frame.select("person", "team").with_columns(
        own.select(_team_key(pl.col("kind"), pl.col("team_key"))).to_series().alias("own_team")
    )
    kinds = sorted(own["kind"].unique().to_list()) if teams else []
    members = [
        people.teams(kind_of_team, period).select(
            _member="person", _key=_team_key(pl.lit(kind_of_team), pl.col("team_key")), _start="start", _end="end"
        )
        for kind_of_team in kinds
    ]
    return Pools(period, frame, people.present(period), pl.concat([pl.DataFrame(schema=_MEMBERS), *members]))


def _team_key(kind: pl.Expr, key: pl.Expr) -> pl.Expr:
    """Keys of different kinds of teams never meet, though a team may be called like a person."""
    return pl.concat_str(kind, pl.lit("\x1f"), key)
