"""The target of a team or of the company: those of its people, added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.totals import fixed, number_of
from appraise.sources.facts import FILE, LINE
from appraise.sources.target import AMBIGUOUS, NO_TARGET, SOURCE_MISSING, STALE
from appraise.sources.target_parts import amounts_of

if TYPE_CHECKING:
    from appraise.sources.roster import Roster
    from appraise.sources.target import Target

KEY = "_key"
"""The group that a row belongs to."""


def pooled_target(roster: Roster, target: Target, teams: pl.DataFrame | None) -> pl.DataFrame:
    """person, value and reason in the order of the roster: the target of everybody's team, or of the company.

    Amounts count for the team of their own days, and those of people without a target are left out. A rate is the one
    that all members share, and missing where they differ. One ambiguous member makes the whole ambiguous.

    Args:
        roster: the people and their teams.
        target: one target of everybody.
        teams: person, kind and team_key of everybody's own team; None for the company.
    """
    keyed, own = _of_company(roster, target) if teams is None else _of_teams(roster, target, teams)
    amounts = amounts_of(roster, keyed, "kind", "team_key")
    reasons = target.people.select("person", "reason")
    sums = amounts.join(reasons, on="person", maintain_order="left").group_by("kind", "team_key").agg(_sums())
    joined = own.join(sums, on=["kind", "team_key"], how="left", maintain_order="left")
    known = ~pl.col("ambiguous") & (pl.col("members") > 0)
    value = (
        pl.when(known & pl.col("is_rate"))
        .then(pl.when(pl.col("lowest") == pl.col("highest")).then(pl.col("lowest")))
        .when(known)
        .then(pl.col("total"))
    )
    reason = pl.when(pl.col("ambiguous").fill_null(value=False)).then(pl.lit(AMBIGUOUS)).otherwise(pl.lit(NO_TARGET))
    absent = set(reasons["reason"].to_list())
    if absent <= {SOURCE_MISSING} or absent <= {STALE}:
        reason = pl.lit(next(iter(absent), NO_TARGET))
    return joined.select("person", value.alias("value"), pl.when(value.is_null()).then(reason).alias("reason"))


def rows_behind(roster: Roster, target: Target, teams: pl.DataFrame | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Everybody's group (person and `_key`), and the rows in force that its target is made of.

    Args:
        roster: the people and their teams.
        target: one target of everybody.
        teams: as in `pooled_target`.

    Returns:
        the groups, and `_key`, `_file` and `_line` of the rows; those of people without a target are left out.
    """
    keyed, own = _of_company(roster, target) if teams is None else _of_teams(roster, target, teams)
    known = target.people.filter(pl.col("reason").is_null())
    amounts = amounts_of(roster, keyed, "kind", "team_key").join(known, on="person", how="semi", maintain_order="left")
    key = pl.concat_str("kind", pl.lit("\x1f"), "team_key").alias(KEY)
    return own.select("person", key).drop_nulls(), amounts.select(key, FILE, LINE)


def _sums() -> list[pl.Expr]:
    kept = pl.col("amount").filter(pl.col("reason").is_null())
    return [
        (pl.col("reason") == AMBIGUOUS).any().alias("ambiguous"),
        kept.count().alias("members"),
        number_of(fixed(pl.col("amount")).filter(pl.col("reason").is_null()).sum()).alias("total"),
        kept.min().alias("lowest"),
        kept.max().alias("highest"),
        (pl.col("per") == "rate").any().alias("is_rate"),
    ]


def _of_company(roster: Roster, target: Target) -> tuple[pl.DataFrame, pl.DataFrame]:
    key = {"kind": pl.lit("company"), "team_key": pl.lit("")}
    return target.parts.with_columns(**key), roster.frame.select("person", **key)


def _of_teams(roster: Roster, target: Target, teams: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    kinds = teams["kind"].unique().sort().to_list()
    members = [
        roster.teams(kind).select("person", "team_key", _from="start", _until="end", kind=pl.lit(kind))
        for kind in kinds
    ]
    if not members:
        return target.parts.with_columns(kind=pl.lit(""), team_key=pl.lit("")).clear(), teams
    keyed = target.parts.join(pl.concat(members), on="person", maintain_order="left")
    return keyed.filter(pl.col("start").is_between("_from", "_until")), teams
