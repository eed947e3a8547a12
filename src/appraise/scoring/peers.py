"""What KPIs need to know of other people, put beside everybody's own numbers before anybody is scored.

A score by comparison and a prior taken from the peers depend on everybody on the role. They are worked out here, once,
so that the company in columns and one person in plain numbers read the same figures from the same row.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.quantiser import quantised
from appraise.expr.totals import fixed, number_of
from appraise.model.peers import LEAST_PEERS
from appraise.model.role import ByBands, Relative
from appraise.scoring.answers import Answers
from appraise.scoring.cohorts import standings
from appraise.scoring.kpis import kpi_frame
from appraise.scoring.replies import replied
from appraise.scoring.standings import POOL, PRIOR, peer_name
from appraise.scoring.statuses import BY_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from appraise.scoring.plan import KpiPlan, Plan

ROLE = "role"


def with_peers(frame: pl.DataFrame, plans: Iterable[Plan]) -> pl.DataFrame:
    """The input frame with the columns of `standings.peer_name`; as it was where no template looks at other people.

    Peers are the people on the same template with a value for the KPI, to whom it applies, with enough cases, and of
    whom the roster knows no reason against a rating. Somebody with several segments on it is one in each of them.
    """
    found = [each for plan in plans if _looks_at_peers(plan) for each in _beside(frame, plan)]
    if not found:
        return frame
    told = pl.concat(found, how="diagonal")
    return frame.with_row_index("row").join(told, on="row", how="left", maintain_order="left").drop("row")


def _looks_at_peers(plan: Plan) -> bool:
    return any(_is_compared(kpi) or _seeks_prior(kpi) for kpi in plan.kpis)


def _is_compared(kpi: KpiPlan) -> bool:
    return isinstance(kpi.kpi.method, Relative) and not kpi.kpi.monitor


def _seeks_prior(kpi: KpiPlan) -> bool:
    return kpi.kpi.shrinkage is not None and kpi.kpi.shrinkage.prior is None


def _beside(frame: pl.DataFrame, plan: Plan) -> Iterator[pl.DataFrame]:
    """`row` and the columns about peers of everybody on a template."""
    template = "template" if "template" in frame.columns else "role"
    people = frame.with_row_index("row").filter(pl.col(template) == plan.role.key)
    if people.is_empty():
        return
    seeking = [kpi for kpi in plan.kpis if _seeks_prior(kpi)]
    priors = [column for kpi, valued in _valued(people, plan, seeking) for column in _priors(kpi, people, valued)]
    people = people.with_columns(priors)
    compared = [kpi for kpi in plan.kpis if _is_compared(kpi)]
    places = [column for kpi, valued in _valued(people, plan, compared) for column in _standings(kpi, people, valued)]
    yield people.select("row", *(column.name for column in priors)).with_columns(places)


def _valued(people: pl.DataFrame, plan: Plan, kpis: list[KpiPlan]) -> Iterator[tuple[KpiPlan, pl.DataFrame]]:
    """Each KPI with `value` and `counts`, whether it is one to compare with, of all people on the template."""
    if not kpis:
        return
    plain = replace(plan, kpis=tuple(_by_value(kpi) for kpi in kpis))
    answers = Answers([question for kpi in plain.kpis for question in kpi.questions], people)
    scored, _ = kpi_frame(plain, answers, people.height)
    given = pl.col("status_reason").fill_null("") == "" if "status_reason" in people.columns else pl.lit(value=True)
    in_service = people.select(given.alias("given").cast(pl.Boolean))["given"]
    for place, kpi in enumerate(kpis):
        counts = scored[f"{place}.code"].is_in(BY_VALUE) & scored[f"{place}.value"].is_not_null()
        yield kpi, pl.DataFrame({"value": scored[f"{place}.value"], "counts": counts & in_service})


def _by_value(kpi: KpiPlan) -> KpiPlan:
    """The KPI scored by its value alone, without limits to the score: whether it can be scored stays the same."""
    bands = kpi.kpi.method.otherwise if isinstance(kpi.kpi.method, Relative) else None
    method = ByBands(bands) if bands is not None else kpi.kpi.method
    stairs = kpi.otherwise if kpi.otherwise is not None else kpi.stairs
    bare = replace(kpi.kpi, method=method, monitor=False)
    return replace(kpi, kpi=bare, stairs=stairs, otherwise=None, floor=None, most=None)


def _standings(kpi: KpiPlan, people: pl.DataFrame, valued: pl.DataFrame) -> list[pl.Series]:
    method = kpi.kpi.method
    if not isinstance(method, Relative):
        return []
    names = [pl.col(name).cast(pl.String) for name in method.peers if name != ROLE]
    shared = [pl.when(name != "").then(name) for name in names]
    group = pl.concat_str(shared, separator="\x1f") if shared else pl.repeat("", pl.len())
    among = people.select(group.alias("group"))["group"]
    return standings(kpi.kpi, method, valued.with_columns(among)).get_columns()


def _priors(kpi: KpiPlan, people: pl.DataFrame, valued: pl.DataFrame) -> list[pl.Series]:
    """The formula over the sums of the peers, rounded like a value, and how many they are; the same for everybody."""
    names = sorted(kpi.formula.names & set(people.columns))
    known = pl.all_horizontal(pl.lit(value=True), *(pl.col(name).is_not_null() for name in names))
    # A value that was given by hand was not made of the measures.
    counting = people.select(known.alias("known"))["known"] & valued["counts"]
    peers = people.filter(counting)
    sums = peers.select(number_of(fixed(pl.col(name).cast(pl.Float64)).sum()).alias(name) for name in names)
    row = {**dict.fromkeys(kpi.formula.names), **(sums.row(0, named=True) if names else {})}
    prior = replied(kpi.formula, row).value if peers.height >= LEAST_PEERS else None
    usual = quantised(prior, kpi.kpi.decimals) if isinstance(prior, float) else None
    found = {POOL: float(peers.height), PRIOR: usual}
    return [
        pl.Series(peer_name(kpi.kpi.id, part), [value], dtype=pl.Float64).new_from_index(0, people.height)
        for part, value in found.items()
    ]
