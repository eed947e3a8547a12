"""What KPIs of leads need to know of their members' scores, put beside everybody's own numbers before leads are scored.

Templates are scored in the order in which they need one another. A figure is worked out here, once, so that the company
in columns and one person in plain numbers read the same from the same row.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.quantiser import quantised
from appraise.model.members import MEDIAN, OVERALL
from appraise.model.problem import Problem
from appraise.model.status import PersonStatus
from appraise.scoring.company import score_company
from appraise.scoring.inputs import NUMBER
from appraise.scoring.links import circular, has_score, in_order, links_of, members_asked, needs_of
from appraise.scoring.members import COLUMNS, COUNT, DAYS, FIGURE, REASON, member_name
from appraise.scoring.statuses import CIRCULAR, OTHER_SCALE, SCORED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from appraise.model.members import Members
    from appraise.model.role import Kpi, Role
    from appraise.scoring.plan import Plan
    from appraise.scoring.ports import People


_NOBODY = pl.DataFrame(schema={"member": pl.String, "score": pl.Int64})


@dataclass(frozen=True, slots=True)
class _Team:
    """Who is whose member, by `links.links_of`, and which templates wait for each other."""

    plans: Mapping[str, Plan]
    links: pl.DataFrame
    needs: Mapping[str, frozenset[str]]
    loops: frozenset[tuple[str, str]]


def with_members(frame: pl.DataFrame, plans: Iterable[Plan], people: People) -> tuple[pl.DataFrame, list[Problem]]:
    """The input frame with the columns of `members.member_name`; as it was where no template looks at members.

    Members are those of the lead's team as its role's `team` says, leavers too, without the lead. A member counts with
    the score of the stretch in which the days in the team lie, and weighs these working days; only who has the score
    that is asked for counts, for `overall` only who is rated. A figure of people whose score waits for the lead's own,
    or is on another scale, is refused.

    Args:
        frame: the input frame, one row per person and segment.
        plans: the templates that people are on.
        people: the roster.
    """
    by_key = {plan.role.key: plan for plan in plans}
    leads = [plan for plan in by_key.values() if members_asked(plan.role)]
    if not leads:
        return frame, []
    links = links_of(leads, people)
    needs = needs_of(links, {key: plan.role for key, plan in by_key.items()})
    team = _Team(by_key, links, needs, circular(needs))
    names = {kpi: None for plan in leads for kpi in members_asked(plan.role)}
    absent = [pl.lit(None, dtype).alias(member_name(kpi, part)) for kpi in names for part, dtype in COLUMNS.items()]
    found = frame.with_columns(absent)
    scores: dict[str, pl.DataFrame] = {}
    for key in dict.fromkeys([*in_order(needs, team.loops), *(plan.role.key for plan in leads)]):
        plan = by_key[key]
        if members_asked(plan.role):
            found = _with_figures(found, plan, team, scores)
        if any(key in each for each in needs.values()):
            scores[key] = _scores(found, plan, team)
    return found, _told(team)


def _with_figures(frame: pl.DataFrame, lead: Plan, team: _Team, scores: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The frame with the figures of everybody on a template of leads."""
    at = frame.select((pl.col("template") == lead.role.key).fill_null(value=False).arg_true())["template"]
    leads = frame["stretch"].gather(at).alias("lead").to_frame()
    own = team.links.filter(pl.col("leading") == lead.role.key)
    for kpi, asked in members_asked(lead.role).items():
        heard = _heard(asked, own, team)
        known = [scores[key].select("member", score=asked.of) for key in heard if key in scores]
        scored = own.join(pl.concat([_NOBODY, *known]), on="member", maintain_order="left")
        beside = leads.join(_figures(asked, scored), on="lead", how="left", maintain_order="left")
        refused = _refused(lead.role, heard, own, team)
        beside = beside.join(refused, on="lead", how="left", maintain_order="left")
        frame = frame.with_columns(_columns(frame, kpi, at, beside, asked))
    return frame


def _columns(frame: pl.DataFrame, kpi: str, at: pl.Series, beside: pl.DataFrame, asked: Members) -> Iterator[pl.Series]:
    """The columns of a KPI with these rows filled."""
    sound = pl.col("reason").is_null()
    count = pl.when(sound).then(pl.col("count").fill_null(0.0))
    enough = sound & (count >= asked.needed)
    parts = {
        FIGURE: pl.when(enough).then("figure"),
        REASON: pl.col("reason"),
        COUNT: count,
        DAYS: pl.when(enough).then("days"),
    }
    for part, value in parts.items():
        name = member_name(kpi, part)
        yield frame[name].scatter(at, beside.select(value.alias(name))[name])


def _figures(asked: Members, scored: pl.DataFrame) -> pl.DataFrame:
    """lead, figure, count (the members with a score) and days, of everybody with a member that has one."""
    known = scored.filter(pl.col("score").is_not_null())
    whole = known.group_by("lead").agg(
        pl.col("person").n_unique().cast(pl.Float64).alias("count"), pl.col("days").sum().alias("total")
    )
    weights = known.group_by("lead", "score").agg(pl.col("days").sum()).sort("lead", "score")
    beside = weights.join(whole, on="lead", maintain_order="left")
    figure = _median() if asked.how == MEDIAN else _share(asked.at_least or 0.0)
    made = beside.group_by("lead", maintain_order=True).agg(figure.alias("figure"))
    return whole.join(made, on="lead").select("lead", "figure", "count", days=pl.col("total").cast(pl.Float64))


def _median() -> pl.Expr:
    """The smallest score that half of the weight reaches; the mean with the next where just half does, in points."""
    so_far, whole = 2 * pl.col("days").cum_sum(), pl.col("total")
    low, high = pl.col("score").filter(so_far >= whole).first(), pl.col("score").filter(so_far > whole).first()
    return (low + high).cast(pl.Float64) / 200.0


def _share(at_least: float) -> pl.Expr:
    """The percent of the weight whose score is at least so many points."""
    least = math.floor(quantised(at_least, 2) * 100.0 + 0.5)
    weight = pl.col("days").filter(pl.col("score") >= least).sum().cast(pl.Float64)
    return 100.0 * weight / pl.col("total").first().cast(pl.Float64)


def _scores(frame: pl.DataFrame, plan: Plan, team: _Team) -> pl.DataFrame:
    """The scores in hundredths that leads ask for, of members on a template; `member` is their stretch.

    Each stretch is scored as if it were alone.
    """
    wanted = {
        asked.of
        for key, needed in team.needs.items()
        if plan.role.key in needed
        for asked in members_asked(team.plans[key].role).values()
        if has_score(plan.role, asked.of)
    }
    members = team.links["member"].unique()
    rows = frame.filter((pl.col("template") == plan.role.key) & pl.col("stretch").is_in(members.implode()))
    results, _ = score_company([plan], rows.with_columns(pl.lit(1, pl.Int64).alias(NUMBER)))
    if not results.roles:
        return pl.DataFrame(schema={"member": pl.String, **dict.fromkeys(sorted(wanted), pl.Int64)})
    found = results.roles[0]
    rated = found.people["status"] == PersonStatus.RATED.value
    whole = pl.concat([found.kpis, found.kras, found.overall.select("overall")], how="horizontal")
    columns = [_score(plan.role, of).cast(pl.Int64).alias(of) for of in sorted(wanted)]
    told = whole.with_columns(rated.alias("rated")).select(columns)
    return told.with_columns(found.people["stretch"].alias("member"))


def _score(role: Role, of: str) -> pl.Expr:
    """A score in hundredths, null where there is none."""
    kind, _, name = of.partition(".")
    if of == OVERALL:
        return pl.when("rated").then("overall")
    if kind == "kra":
        place = [kra.id for kra in role.kras].index(name)
        return pl.col(f"{place}.score")
    place = [kpi.id for kpi in role.kpis].index(name)
    return pl.when(pl.col(f"{place}.code") < SCORED).then(f"{place}.points")


def _heard(asked: Members, own: pl.DataFrame, team: _Team) -> list[str]:
    """The templates of members that have the score."""
    keys = own["template"].unique().sort().to_list()
    return [key for key in keys if key in team.plans and has_score(team.plans[key].role, asked.of)]


def _refused(lead: Role, heard: Iterable[str], own: pl.DataFrame, team: _Team) -> pl.DataFrame:
    """The reason of everybody with a member whose score cannot be had."""
    reasons = {}
    for key in heard:
        scale = team.plans[key].role.scale
        if (lead.key, key) in team.loops:
            reasons[key] = CIRCULAR
        elif (scale.lowest, scale.highest) != (lead.scale.lowest, lead.scale.highest):
            reasons[key] = OTHER_SCALE
    table = pl.DataFrame(list(reasons.items()), schema={"template": pl.String, "reason": pl.String}, orient="row")
    return own.join(table, on="template").group_by("lead").agg(pl.col("reason").min())


def _told(team: _Team) -> list[Problem]:
    """A problem for each KPI of leads whose members' scores wait for it."""
    return [
        _circle(team.plans[lead].role, kpi, member)
        for lead, member in sorted(team.loops)
        for kpi in team.plans[lead].role.kpis
        if kpi.members is not None and has_score(team.plans[member].role, kpi.members.of)
    ]


def _circle(lead: Role, kpi: Kpi, member: str) -> Problem:
    who = "members on the same template" if member == lead.key else f"members on '{member}', whose scores need this one"
    return Problem(
        kpi.places.get("members", kpi.place),
        code="circular-members",
        message=f"role '{lead.key}': KPI '{kpi.id}' rolls up the scores of {who}",
        hint="take `members` out of one of the templates, name a KPI that only the others have, or narrow `team`",
    )
