"""Whose rows make a number: one person's in one segment, those of a team's members, or everybody's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from appraise.model.role import Level
from appraise.scoring.stretches import clipped_to, events_by_stretch, states_by_stretch, stretches_in
from appraise.scoring.windows import DATE, PERSON, TEAM, is_log

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.model.period import Period
    from appraise.model.workspace import SourceSpec
    from appraise.scoring.ports import People

KEY = "_key"
"""The group that a row belongs to: a person's segment, a team or the company."""

_COMPANY = ""
_MEMBERS = {"_member": pl.String, KEY: pl.String, "_start": pl.Date, "_end": pl.Date, "_as_of": pl.Date}


@dataclass(frozen=True, slots=True)
class Pools:
    """The groups of one period.

    `people` has one row per segment: person, stretch, own (the key of the person's events), team, team_days (the key of
    the team's events) and own_team, the key of the team that is the person's by the role's `team:`. `present` holds the
    people assigned on some day of the period. `members` has `_member`, the key of a team, the days `_start` to `_end`
    on which the person belonged to it, and `_as_of`, the day as of which states are told. `stretches` are the segments
    of people who have several, and `team_spans` the teams whose own facts count over the days of one.
    """

    period: Period
    people: pl.DataFrame
    present: pl.DataFrame
    members: pl.DataFrame
    stretches: pl.DataFrame
    team_spans: pl.DataFrame

    def keyed(self, rows: pl.DataFrame, spec: SourceSpec, level: Level, *, by_day: bool) -> pl.DataFrame:
        """The rows with the key of their group; a row is there once for each team or segment it counts for.

        Args:
            rows: rows of the source.
            spec: the source.
            level: whose number it is.
            by_day: whether a row counts for the group of its own day (events) or of the last day (states).
        """
        if spec.company or (spec.team and level is Level.COMPANY):
            return rows.with_columns(pl.lit(_COMPANY).alias(KEY))
        if spec.team:
            return self._of_team_facts(rows, spec, by_day=by_day)
        if level is Level.PERSON:
            if not is_log(spec):
                return rows.with_columns(pl.col(PERSON).alias(KEY))
            return (events_by_stretch if by_day else states_by_stretch)(rows, self.stretches, KEY)
        if level is Level.COMPANY:
            known = rows.join(self.present, left_on=PERSON, right_on="person", how="semi", maintain_order="left")
            return known.with_columns(pl.lit(_COMPANY).alias(KEY))
        has_days = DATE in rows.columns
        day = pl.col(DATE).cast(pl.Date) if by_day and has_days else pl.col("_as_of")
        counts = day.is_between("_start", "_end")
        if is_log(spec) and has_days and not by_day:
            counts &= pl.col(DATE).cast(pl.Date) <= pl.col("_as_of")
        pooled = rows.join(self.members, left_on=PERSON, right_on="_member", maintain_order="left")
        return pooled.filter(counts).drop("_start", "_end", "_as_of")

    def keys(self, spec: SourceSpec, level: Level) -> pl.Expr:
        """The key of the group whose number each of `people` gets; null where they belong to none."""
        if spec.company or level is Level.COMPANY:
            return pl.lit(_COMPANY)
        if spec.team:
            return pl.col("team_days" if is_log(spec) else "team")
        if level is Level.PERSON:
            return pl.col("own" if is_log(spec) else "person")
        return pl.col("own_team")

    def peopled(self, spec: SourceSpec, level: Level) -> pl.Series:
        """The keys that somebody stands behind, so that no rows means nothing done."""
        if spec.company or level is Level.COMPANY:
            return pl.Series(KEY, [_COMPANY])
        if spec.team:
            return self.people["team_days" if is_log(spec) else "team"].drop_nulls().unique()
        if level is Level.PERSON:
            return pl.concat([self.present["person"], self.stretches.filter("_here")["stretch"]])
        return self.members[KEY].unique()

    def _of_team_facts(self, rows: pl.DataFrame, spec: SourceSpec, *, by_day: bool) -> pl.DataFrame:
        """Facts about teams by the team, and those of the days of single segments once more."""
        whole = rows.with_columns(pl.col(TEAM).alias(KEY))
        if self.team_spans.is_empty() or not is_log(spec):
            return whole
        day = pl.col(DATE).cast(pl.Date)
        counts = day.is_between("_from", "_until") if by_day else day <= pl.col("_as_of")
        spanned = rows.join(self.team_spans, left_on=TEAM, right_on="team", maintain_order="left").filter(counts)
        return pl.concat([whole, spanned.select(pl.col(name) for name in whole.columns)])


def pools_of(people: People, period: Period, team_kinds: Mapping[str, str], *, teams: bool) -> Pools:
    """The groups of a period.

    Args:
        people: the roster of the appraised period.
        period: the appraised period, the one before or another stretch of days.
        team_kinds: what `team` means by template; `same_team` for others.
        teams: whether anything of a team is asked for.
    """
    stretches = stretches_in(people.stretches(), people.period, period)
    own = people.own_teams(team_kinds)
    frame = _people(people.segments, own, stretches)
    kinds = sorted(own["kind"].unique().to_list()) if teams else []
    found = [
        people.teams(kind, period).select(
            _member="person",
            _key=_team_key(pl.lit(kind), pl.col("team_key")),
            _start="start",
            _end="end",
            _as_of=pl.lit(period.end),
        )
        for kind in kinds
    ]
    members = pl.concat([pl.DataFrame(schema=_MEMBERS), *found])
    cut = frame.filter(pl.col("_from").is_not_null() & pl.col("_here"))
    days = ("_from", "_until", "_as_of")
    of_members = cut.select(pl.col("plain").alias(KEY), *days, _spanned="own_team").drop_nulls().unique()
    of_teams = cut.select("team", *days, pl.col("team_days").alias(KEY)).drop_nulls().unique()
    spanned = [clipped_to(members, of_members, KEY)] if not of_members.is_empty() else []
    shown = frame.select("person", "stretch", "own", "team", "team_days", "own_team")
    return Pools(period, shown, people.present(period), pl.concat([members, *spanned]), stretches, of_teams)


def _people(segments: pl.DataFrame, own: pl.DataFrame, stretches: pl.DataFrame) -> pl.DataFrame:
    """The segments with their keys; where a person has several, the keys of teams name the days too."""
    joined = segments.select("person", "stretch", "team").with_columns(
        own.select(_team_key(pl.col("kind"), pl.col("team_key"))).to_series().alias("plain")
    )
    if stretches.is_empty():
        nothing = pl.lit(None, dtype=pl.Date)
        return joined.with_columns(
            own="person", team_days="team", own_team="plain", _from=nothing, _until=nothing, _as_of=nothing
        ).with_columns(_here=pl.lit(value=True))
    cut = joined.join(stretches.drop("person"), on="stretch", how="left", maintain_order="left")
    alone = pl.col("_from").is_null()
    days = pl.concat_str(pl.lit(""), "_from", "_until", separator="\x1f")
    return cut.with_columns(
        pl.col("stretch").alias("own"),
        pl.when(alone).then("team").otherwise(pl.col("team") + days).alias("team_days"),
        pl.when(alone).then("plain").otherwise(pl.col("plain") + days).alias("own_team"),
    )


def _team_key(kind: pl.Expr, key: pl.Expr) -> pl.Expr:
    """Keys of different kinds of teams never meet, though a team may be called like a person."""
    return pl.concat_str(kind, pl.lit("\x1f"), key)
