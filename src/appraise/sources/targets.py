"""What everybody is asked to reach: the targets in force, added up over the period."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.totals import fixed, number_of
from appraise.sources.facts import FILE, LINE, Delivery
from appraise.sources.target import AMBIGUOUS, NO_TARGET, SOURCE_MISSING, STALE, Target
from appraise.sources.target_faults import (
    ambiguous_targets,
    incomplete_targets,
    names_not_in_register,
    scopes_without_attribute,
)
from appraise.sources.target_parts import amounts_of, parts_of
from appraise.sources.target_pools import KEY, pooled_target, rows_behind
from appraise.sources.target_ramps import ramp_of
from appraise.sources.target_rates import rates_of, weight_of, with_weights
from appraise.sources.target_rows import ROW_SCHEMA, target_rows, targets_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.expr.functions import Functions
    from appraise.model.problem import Problem
    from appraise.model.workspace import Workspace
    from appraise.sources.facts import FactTable
    from appraise.sources.roster import Roster
    from appraise.sources.target_rates import Weigh

_PREFIX = "target."
_LEVELS = ("", "team.", "company.")


@dataclass(frozen=True, slots=True)
class TargetsAsked:
    """A request for targets of everybody on the roster.

    `names` are full names: `target.N`, `team.target.N` and `company.target.N`; others are passed over. `team_kinds`
    tells by role template what `team` means there. `weigh` counts the measures that rates are weighted by.
    """

    workspace: Workspace
    tables: Mapping[str, FactTable]
    roster: Roster
    names: frozenset[str]
    functions: Functions
    team_kinds: Mapping[str, str] = field(default_factory=dict)
    weigh: Weigh | None = None


def targets_of(asked: TargetsAsked) -> tuple[pl.DataFrame, list[Problem]]:
    """One row per person and segment of the roster, in its order.

    Returns:
        person and for each name N the columns `N` (Float64) and `N?`, the reason where there is none: `no_target`,
        `ambiguous_target`, `source_missing` or `stale`.
    """
    targets, problems = targets_in_force(asked)
    parts = [asked.roster.segments.select("person")]
    for full in asked_names(asked.names):
        level, _, name = full.rpartition(_PREFIX)
        values = targets[name].people
        if level:
            values = pooled_target(asked.roster, targets[name], _teams(asked, level))
        parts.append(values.select(pl.col("value").alias(full), pl.col("reason").alias(f"{full}?")))
    return pl.concat(parts, how="horizontal"), problems


def targets_in_force(asked: TargetsAsked) -> tuple[dict[str, Target], list[Problem]]:
    """Each target that a name asks for, by its name without prefixes, and what is wrong with its rows."""
    rows, problems = _rows(asked)
    targets = {}
    for name in sorted({full.rpartition(_PREFIX)[2] for full in asked_names(asked.names)}):
        own = rows.filter(pl.col("target") == name)
        measure = weight_of(asked.workspace.targets, name)
        parts = parts_of(asked.roster, own, ramp_of(asked.workspace.targets, name))
        parts = with_weights(parts, measure, asked.weigh)
        judged = _judged(parts)
        amounts = amounts_of(asked.roster, parts, "stretch", "person")
        people = _people(asked.roster.segments.select("person", "stretch"), judged, amounts)
        if own.is_empty():
            people = people.with_columns(pl.lit(_absent(asked, name)).alias("reason"))
        problems += [
            *scopes_without_attribute(asked.workspace, name, own),
            *ambiguous_targets(name, parts),
            *incomplete_targets(asked.workspace, name, judged),
        ]
        source = next((spec.source for spec in asked.workspace.targets.values() if spec.name == name), "")
        register = next((spec.source for spec in asked.workspace.targets.values() if spec.columns), "")
        targets[name] = Target(name, source or register, people, amounts, parts, measure, asked.weigh)
    return targets, problems


def rows_in_force(
    asked: TargetsAsked, targets: Mapping[str, Target] | None = None
) -> dict[str, tuple[pl.DataFrame, pl.DataFrame]]:
    """For each full name the group of every segment, and the rows of its target; see `target_pools.rows_behind`.

    `targets` are those of `targets_in_force`, where they are known already.
    """
    if targets is None:
        targets, _ = targets_in_force(asked)
    found = {}
    for full in asked_names(asked.names):
        level, _, name = full.rpartition(_PREFIX)
        if level:
            found[full] = rows_behind(asked.roster, targets[name], _teams(asked, level))
        else:
            groups = asked.roster.segments.select("person", "stretch", pl.col("stretch").alias(KEY))
            found[full] = groups, targets[name].amounts.select(pl.col("stretch").alias(KEY), FILE, LINE)
    return found


def _teams(asked: TargetsAsked, level: str) -> pl.DataFrame | None:
    """Everybody's own team, or None where the level is the company."""
    return asked.roster.own_teams(asked.team_kinds) if level == "team." else None


def asked_names(names: frozenset[str]) -> list[str]:
    """Those of the full names that are targets', in order."""
    return sorted(name for name in names if any(name.startswith(f"{level}{_PREFIX}") for level in _LEVELS))


def _rows(asked: TargetsAsked) -> tuple[pl.DataFrame, list[Problem]]:
    """The rows of all delivered sources of targets."""
    found = [pl.DataFrame(schema=ROW_SCHEMA)]
    problems: list[Problem] = []
    for spec in asked.workspace.targets.values():
        table = asked.tables.get(spec.source)
        if table is not None and table.is_delivered:
            rows, more = target_rows(spec, table, asked.roster.period, asked.functions)
            found.append(rows.cast(pl.Schema(ROW_SCHEMA)))
            problems += [*more, *names_not_in_register(spec, targets_named(spec, table))]
    return pl.concat(found), problems


def _absent(asked: TargetsAsked, name: str) -> str:
    """Why a target has no rows at all: its own source, or a register, did not arrive; or nobody set it."""
    specs = [spec for spec in asked.workspace.targets.values() if spec.name == name or spec.columns]
    tables = [asked.tables.get(spec.source) for spec in specs]
    if any(table is None or table.status == Delivery.MISSING for table in tables):
        return SOURCE_MISSING
    return STALE if any(table is not None and table.status == Delivery.STALE for table in tables) else NO_TARGET


def _judged(parts: pl.DataFrame) -> pl.DataFrame:
    """What can be said of the parts of each segment.

    Returns:
        stretch and person; ambiguous: in a part several rows are in force; has and lacks: a part with available days
        has a row or lacks one; spoiled: a row in force has no value; months: those that lack a row; rate and
        unweighed: see `target_rates.rates_of`.
    """
    here = pl.col("available") > 0
    lacks = here & pl.col("_row").is_null()
    rate = pl.col("per").fill_null("") == "rate"
    several = pl.col("_stretch").is_duplicated()
    return (
        parts.with_columns(several.alias("_several"), lacks.alias("_lacks"), rate.alias("_rate"))
        .group_by("stretch", "person", maintain_order=True)
        .agg(
            pl.col("_several").any().alias("ambiguous"),
            (here & pl.col("_row").is_not_null()).any().alias("has"),
            pl.col("_lacks").any().alias("lacks"),
            (pl.col("_row").is_not_null() & pl.col("value").is_null()).any().alias("spoiled"),
            pl.col("month").filter(pl.col("_lacks")).unique(maintain_order=True).alias("months"),
            pl.col("_rate").any().alias("is_rate"),
        )
        .join(rates_of(parts, "stretch"), on="stretch", how="left", maintain_order="left")
    )


def _people(people: pl.DataFrame, judged: pl.DataFrame, amounts: pl.DataFrame) -> pl.DataFrame:
    """person, stretch, value and reason of every segment."""
    totals = amounts.group_by("stretch").agg(number_of(fixed(pl.col("amount")).sum()).alias("total"))
    joined = people.join(judged.drop("person"), on="stretch", how="left", maintain_order="left").join(
        totals, on="stretch", how="left", maintain_order="left"
    )
    sound = ~pl.col("ambiguous") & ~pl.col("spoiled")
    value = (
        pl.when(sound & pl.col("is_rate"))
        .then(pl.col("rate"))
        .when(sound & pl.col("has") & ~pl.col("lacks"))
        .then(pl.col("total"))
    )
    reason = pl.when(value.is_null()).then(
        pl.when(pl.col("ambiguous").fill_null(value=False))
        .then(pl.lit(AMBIGUOUS))
        .when(pl.col("unweighed").is_in([SOURCE_MISSING, STALE]))
        .then("unweighed")
        .otherwise(pl.lit(NO_TARGET))
    )
    return joined.select("person", "stretch", value.alias("value"), reason.alias("reason"))
