"""The target of a team or of the company: those of its people, added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.totals import fixed, number_of
from appraise.sources.facts import FILE, LINE
from appraise.sources.target import AMBIGUOUS, NO_TARGET, SOURCE_MISSING, STALE
from appraise.sources.target_parts import amounts_of
from appraise.sources.target_rates import at_odds, rates_of, with_weights

if TYPE_CHECKING:
    from appraise.sources.roster import Roster
    from appraise.sources.target import Target

KEY = "_key"
"""The group that a row belongs to."""


def pooled_target(roster: Roster, target: Target, teams: pl.DataFrame | None) -> pl.DataFrame:
    """person, stretch, value and reason in the order of the roster's segments: the target of the team or company.

    Amounts count for the team of their own days, and those of segments without a target are left out; where a person
    has several segments, the team's target is that of the segment's days. A rate is the one that all members share on
    each day, or the mean weighted by the target's measure; it is missing where they differ and nothing weighs them. One
    ambiguous member makes the whole ambiguous.

    Args:
        roster: the people and their teams.
        target: one target of everybody.
        teams: person, stretch, kind and team_key of the own team in every segment; None for the company.
    """
    keyed, own = _of_company(roster, target) if teams is None else _of_teams(roster, target, teams)
    known = ~pl.col("ambiguous") & (pl.col("members") > 0)
    joined = own.join(_sums(roster, keyed, target), on=["kind", "team_key"], how="left", maintain_order="left")
    value = pl.when(known & pl.col("is_rate")).then("rate").when(known).then(pl.col("total"))
    reason = pl.when(pl.col("ambiguous").fill_null(value=False)).then(pl.lit(AMBIGUOUS)).otherwise(pl.lit(NO_TARGET))
    absent = set(target.people["reason"].to_list())
    if absent <= {SOURCE_MISSING} or absent <= {STALE}:
        reason = pl.lit(next(iter(absent), NO_TARGET))
    told = pl.when(value.is_null()).then(reason).alias("reason")
    return joined.select("person", "stretch", value.alias("value"), told)


def rows_behind(roster: Roster, target: Target, teams: pl.DataFrame | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The group of every segment (person, stretch and `_key`), and the rows in force that its target is made of.

    Args:
        roster: the people and their teams.
        target: one target of everybody.
        teams: as in `pooled_target`.

    Returns:
        the groups, and `_key`, `_file` and `_line` of the rows; those of segments without a target are left out.
    """
    keyed, own = _of_company(roster, target) if teams is None else _of_teams(roster, target, teams)
    amounts = amounts_of(roster, keyed.filter(pl.col("reason").is_null()), "kind", "team_key", "person")
    key = pl.concat_str("kind", pl.lit("\x1f"), "team_key").alias(KEY)
    return own.select("person", "stretch", key).drop_nulls(), amounts.select(key, FILE, LINE)


def _sums(roster: Roster, keyed: pl.DataFrame, target: Target) -> pl.DataFrame:
    """By kind and team_key what the amounts come to, and what can be said of the parts that they are made of."""
    sound, keys = keyed.filter(pl.col("reason").is_null()), ("kind", "team_key")
    amounts = amounts_of(roster, sound, *keys, "person")
    rates = rates_of(with_weights(sound, target.measure, target.weigh), *keys)
    if not target.measure:
        rates = rates.join(at_odds(sound, *keys), on=keys, how="anti", maintain_order="left")
    found = amounts.group_by("kind", "team_key").agg(
        pl.col("amount").count().alias("members"),
        number_of(fixed(pl.col("amount")).sum()).alias("total"),
    )
    rate = pl.col("per").fill_null("") == "rate"
    counts = pl.col("_row").is_not_null() & (rate | (pl.col("available") > 0))
    parts = keyed.group_by("kind", "team_key").agg(
        ((pl.col("reason") == AMBIGUOUS) & counts).fill_null(value=False).any().alias("ambiguous"),
        rate.any().alias("is_rate"),
    )
    return parts.join(found, on=keys, how="left").join(rates, on=keys, how="left")


def _of_company(roster: Roster, target: Target) -> tuple[pl.DataFrame, pl.DataFrame]:
    key = {"kind": pl.lit("company"), "team_key": pl.lit("")}
    return _with_reasons(target).with_columns(**key), roster.segments.select("person", "stretch", **key)


def _with_reasons(target: Target) -> pl.DataFrame:
    reasons = target.people.select("stretch", "reason")
    return target.parts.join(reasons, on="stretch", how="left", maintain_order="left")


def _of_teams(roster: Roster, target: Target, teams: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    parts, kinds = _with_reasons(target), teams["kind"].unique().sort().to_list()
    members = [
        roster.teams(kind).select("person", "team_key", _from="start", _until="end", kind=pl.lit(kind))
        for kind in kinds
    ]
    if not members:
        return parts.with_columns(kind=pl.lit(""), team_key=pl.lit("")).clear(), teams
    keyed = parts.join(pl.concat(members), on="person", maintain_order="left")
    keyed = keyed.filter(pl.col("start").is_between("_from", "_until")).drop("_from", "_until")
    stretches = roster.stretches()
    if stretches.is_empty():
        return keyed, teams
    days = pl.concat_str(pl.lit(""), "_from", "_until", separator="\x1f")
    cut = teams.join(stretches.drop("person"), on="stretch", how="left", maintain_order="left")
    named = cut.with_columns(pl.coalesce(pl.col("team_key") + days, "team_key").alias("_spanned"))
    wanted = named.filter(pl.col("_from").is_not_null()).select("kind", "team_key", "_spanned", "_from", "_until")
    inside = _inside(roster, keyed.join(wanted.drop_nulls().unique(), on=["kind", "team_key"], maintain_order="left"))
    own = named.select("person", "stretch", "kind", pl.col("_spanned").alias("team_key"))
    return pl.concat([keyed, inside.select(keyed.columns)]), own


def _inside(roster: Roster, keyed: pl.DataFrame) -> pl.DataFrame:
    """The parts of members inside the days of single segments, with the days available there."""
    clipped = keyed.with_columns(
        pl.max_horizontal("start", "_from").alias("start"),
        pl.min_horizontal("end", "_until").alias("end"),
        pl.col("_spanned").alias("team_key"),
    ).filter(pl.col("start") <= pl.col("end"))
    return roster.days_worked(clipped.drop("available", "_from", "_until"))
