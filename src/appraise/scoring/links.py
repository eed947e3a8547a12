"""Whose scores a lead's figure is made of, and in which order templates are scored so that they are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.model.members import OVERALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from appraise.model.members import Members
    from appraise.model.role import Role
    from appraise.scoring.plan import Plan
    from appraise.scoring.ports import People

LINKS = pl.Schema(
    {
        "lead": pl.String(),
        "leading": pl.String(),
        "member": pl.String(),
        "template": pl.String(),
        "person": pl.String(),
        "days": pl.Int64(),
    }
)


def links_of(leads: Sequence[Plan], people: People) -> pl.DataFrame:
    """Every member of every lead's team, as of the days.

    Args:
        leads: the templates with a figure of members.
        people: the roster.

    Returns:
        lead and member (their stretches), leading and template (those of the two), person (the member) and days: the
        working days on which the lead's stretch, the membership and the member's stretch meet, above 0. Only stretches
        that are scored are there, and nobody is a member of the own team.
    """
    roles = {plan.role.key: plan.role.team for plan in leads}
    parts = people.segments.select("person", "stretch", "template", "start", "end", "status_reason")
    own = people.own_teams(roles).select("kind", "team_key")
    leading = pl.concat([parts, own], how="horizontal").filter(pl.col("template").is_in(list(roles)))
    found = [_within(group, people.teams(str(kind), people.period)) for (kind,), group in leading.group_by("kind")]
    if not found:
        return pl.DataFrame(schema=LINKS)
    scored = parts.filter((pl.col("status_reason").fill_null("") == "") & pl.col("template").is_not_null())
    mine = scored.select("person", "template", "start", "end", member="stretch")
    met = (
        pl.concat(found)
        .join(mine, on="person", suffix="_own")
        .with_columns(
            pl.max_horizontal("_from", "start").alias("_from"), pl.min_horizontal("_until", "end").alias("_until")
        )
    )
    return _counted(met.filter(pl.col("_from") <= pl.col("_until")).drop("start", "end"), people)


def _within(leading: pl.DataFrame, teams: pl.DataFrame) -> pl.DataFrame:
    """The members of the teams of these leads, over the days of the lead's stretch."""
    told = leading.select("team_key", lead="stretch", leading="template", _self="person", _from="start", _until="end")
    met = told.join(teams, on="team_key").filter(pl.col("person") != pl.col("_self"))
    clipped = met.with_columns(
        pl.max_horizontal("_from", "start").alias("_from"), pl.min_horizontal("_until", "end").alias("_until")
    )
    return clipped.filter(pl.col("_from") <= pl.col("_until")).select("lead", "leading", "person", "_from", "_until")


def _counted(spans: pl.DataFrame, people: People) -> pl.DataFrame:
    worked = people.days_within(spans)
    keys = [name for name in LINKS if name != "days"]
    days = worked.group_by(keys).agg(pl.col("working_days").sum().round().cast(pl.Int64).alias("days"))
    return days.filter(pl.col("days") > 0).sort(keys)


def has_score(role: Role, of: str) -> bool:
    """Whether people on a template have the score that a lead's figure asks for."""
    known = {OVERALL, *(f"kra.{kra.id}" for kra in role.kras), *(f"kpi.{kpi.id}" for kpi in role.kpis)}
    return of in known


def members_asked(role: Role) -> dict[str, Members]:
    """What each KPI that is made of scores of members asks for, by its id."""
    return {kpi.id: kpi.members for kpi in role.kpis if kpi.members is not None}


def needs_of(links: pl.DataFrame, roles: Mapping[str, Role]) -> dict[str, frozenset[str]]:
    """By the key of a template those whose scores it rolls up, itself too where that is so."""
    needs: dict[str, set[str]] = {}
    for lead, member in links.select("leading", "template").unique().iter_rows():
        asked = members_asked(roles[lead]).values()
        if member in roles and any(has_score(roles[member], each.of) for each in asked):
            needs.setdefault(lead, set()).add(member)
    return {lead: frozenset(members) for lead, members in needs.items()}


def circular(needs: Mapping[str, frozenset[str]]) -> frozenset[tuple[str, str]]:
    """The pairs of a template and one it needs, of which the second needs the first, too, or is the same."""
    beyond = {key: _beyond(key, needs) for key in needs}
    return frozenset((key, each) for key, found in needs.items() for each in found if key in beyond.get(each, {each}))


def _beyond(key: str, needs: Mapping[str, frozenset[str]]) -> set[str]:
    """A template and all that it needs, however far down."""
    found, waiting = {key}, [key]
    while waiting:
        newer = needs.get(waiting.pop(), frozenset()) - found
        found |= newer
        waiting += newer
    return found


def in_order(needs: Mapping[str, frozenset[str]], loops: frozenset[tuple[str, str]]) -> list[str]:
    """All the templates concerned, each behind those that it needs; the circular pairs do not count."""
    ordered: list[str] = []
    waiting = sorted(set(needs).union(*needs.values()))
    while waiting:
        ready = [key for key in waiting if _is_ready(key, needs, loops, ordered)]
        ordered += ready
        waiting = [key for key in waiting if key not in ready]
    return ordered


def _is_ready(
    key: str, needs: Mapping[str, frozenset[str]], loops: frozenset[tuple[str, str]], done: Iterable[str]
) -> bool:
    return all(each in done or (key, each) in loops for each in needs.get(key, frozenset()))
