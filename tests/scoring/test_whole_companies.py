"""What must hold of whole random companies: several templates, segments, peers, months, policies, gates and all.

Hypothesis draws the companies by number, so that one that fails can be made again by hand: `Company(number)`.
"""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from random_company import Company, planned, with_kpis
from test_both_paths import first_difference
from test_joined import by_segment, scored_both_ways

from appraise.model.role import (
    ByBands,
    Custom,
    Direction,
    Kpi,
    Level,
    PassFail,
    PercentOfTarget,
    Rating,
    Relative,
    Role,
)
from appraise.scoring.company import Results, score_company
from appraise.scoring.inputs import NUMBER, SHARE
from appraise.scoring.peers import with_peers
from appraise.scoring.results import adjustment_results, gate_results, kpi_results, kra_results

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appraise.scoring.plan import Plan

COMPANIES = 3
"""How many companies are drawn for a rule, at least; hundreds were tried by hand."""

NUMBERS = st.integers(0, 10**9)
TABLES = {"kpi": kpi_results, "kra": kra_results, "gate": gate_results, "adjustment": adjustment_results}
NEVER = "missing(kept) and not missing(kept)"
OWN = "own"
"""The measure that the value of one KPI is, where it is made better."""


def companies(times: int) -> settings:
    """As many times `COMPANIES` are drawn; a smaller number is no smaller company, so that none is looked for."""
    return settings(max_examples=times * COMPANIES, phases=(Phase.explicit, Phase.reuse, Phase.generate))


def scored(plans: Sequence[Plan], inputs: pl.DataFrame) -> Results:
    """A company with its peers, scored in columns."""
    return score_company(plans, with_peers(inputs, plans))[0]


def tables(results: Results, *keys: str) -> list[pl.DataFrame]:
    """Everything that is told of a company, in the order of these keys."""
    found = [results.people.sort("person")]
    for kind, table in TABLES.items():
        rows = table(results)
        found.append(rows.sort("person", "segment", *(key for key in (kind, *keys) if key in rows.columns)))
    return found


@given(NUMBERS)
@companies(3)
def test_columns_and_plain_numbers_agree_on_whole_companies(number: int) -> None:
    """Everybody's scores, findings, gates, joins and contributions are the same both ways, to the last bit."""
    company = Company(number, 16)
    found = scored_both_ways(company.plans, company.people)
    assert found == [], first_difference(found)


@given(NUMBERS)
@companies(1)
def test_the_order_of_people_changes_no_byte(number: int) -> None:
    """Shuffled people, their segments kept together, have the same rows in every table."""
    company = Company(number)
    plans = list(company.plans.values())
    people = company.inputs["person"].unique(maintain_order=True).to_list()
    random.Random(number).shuffle(people)  # noqa: S311 -- an order, not a secret
    order = pl.DataFrame({"person": people})
    shuffled = order.join(company.inputs, on="person", how="left", maintain_order="left_right")
    both = (scored(plans, each) for each in (company.inputs, shuffled.select(company.inputs.columns)))
    assert all(one.equals(other) for one, other in zip(*map(tables, both), strict=True))


@given(NUMBERS)
@companies(1)
def test_the_order_of_kras_and_kpis_changes_no_byte(number: int) -> None:
    """Templates written the other way round give everybody the same, contributions included."""
    company = Company(number)
    roles = [turned(role) for role in company.roles]
    both = [list(company.plans.values()), [planned(role, days=company.days) for role in roles]]
    there, back = (tables(scored(plans, company.inputs), "kra") for plans in both)
    assert all(one.equals(other) for one, other in zip(there, back, strict=True))


def turned(role: Role) -> Role:
    """The template with its KRAs, and the KPIs in each of them, the other way round."""
    return replace(role, kras=tuple(replace(kra, kpis=kra.kpis[::-1]) for kra in role.kras[::-1]))


@given(NUMBERS)
@companies(1)
def test_the_order_of_templates_changes_no_byte(number: int) -> None:
    """Whichever template is scored first, everybody has the same."""
    company = Company(number)
    plans = list(company.plans.values())
    there, back = tables(scored(plans, company.inputs)), tables(scored(plans[::-1], company.inputs))
    assert all(one.equals(other) for one, other in zip(there, back, strict=True))


@given(NUMBERS, st.decimals("0.001", 50, places=3), st.decimals("0.001", 50, places=3))
@companies(1)
def test_scaling_all_weights_changes_nothing(number: int, factor: Decimal, other: Decimal) -> None:
    """Weights of all KPIs times a number, and of all KRAs times another: only what is printed of them is different."""
    company = Company(number)
    roles = [scaled(role, factor, other) for role in company.roles]
    both = [list(company.plans.values()), [planned(role, days=company.days) for role in roles]]
    there, back = (tables(scored(plans, company.inputs)) for plans in both)
    for one, two in zip(there, back, strict=True):
        assert one.drop("weight", strict=False).equals(two.drop("weight", strict=False))


def scaled(role: Role, of_kpis: Decimal, of_kras: Decimal) -> Role:
    """The template with every weight multiplied."""
    heavier = with_kpis(role, lambda kpi: replace(kpi, weight=kpi.weight * of_kpis))
    return replace(heavier, kras=tuple(replace(kra, weight=kra.weight * of_kras) for kra in heavier.kras))


@given(NUMBERS, st.lists(st.integers(1, 9000), min_size=2, max_size=3))
@companies(1)
def test_a_period_cut_into_like_segments_gives_the_same(number: int, shares: list[int]) -> None:
    """Two or three segments with the same rows, however long each, are what one segment is, to the last digit."""
    company = Company(number)
    alone = company.people.filter((pl.col(NUMBER) == 1) & (pl.col("status_reason") == ""))
    whole = alone.with_columns(pl.col("person").alias("stretch"), pl.lit(1, pl.Int64).alias(SHARE))
    cut = pl.concat([part_of(whole, place, share) for place, share in enumerate(shares, 1)]).sort("person", NUMBER)
    plans = list(company.plans.values())
    both = (score_company(plans, each)[0].people.sort("person") for each in (whole, cut))
    one, other = both
    assert one.equals(other)


def part_of(people: pl.DataFrame, number: int, share: int) -> pl.DataFrame:
    """A segment of everybody with all that they have in the whole period."""
    key = pl.concat_str("person", pl.lit(f"\x1f{number}")).alias("stretch")
    return people.with_columns(key, pl.lit(number, pl.Int64).alias(NUMBER), pl.lit(share, pl.Int64).alias(SHARE))


@given(NUMBERS)
@companies(2)
def test_removing_a_kpi_that_does_not_apply_changes_nothing(number: int) -> None:
    """A KPI that applies to nobody, and the template without it, give the same scores, ratings and contributions.

    Its weight goes to its siblings, and nothing missing counts as zero: rules of other systems have it otherwise.
    """
    company = Company(number)
    company.roles = [replace(role, policy="", unscored_weight="siblings") for role in company.roles]
    chosen = company.random.choice(company.roles)
    kpi = company.random.choice(chosen.kpis)
    assume(len(chosen.kpis) > 1)
    idle = replace(kpi, applies_when=replace(kpi.formula, text=NEVER), monitor=False)
    with_it = with_kpis(chosen, lambda each: idle if each is kpi else each)
    without = with_kpis(chosen, lambda each: None if each is kpi else each)
    assume({gate.caps for gate in chosen.gates} <= {"overall", *(f"kra.{kra.id}" for kra in without.kras)})
    kept, gone = (told_without(company, chosen, role, kpi) for role in (with_it, without))
    assert kept == gone


def told_without(company: Company, old: Role, new: Role, kpi: Kpi) -> dict[str, Any]:
    """All that is told of everybody, but for coverage, for the KPI and for its KRA where that has no other."""
    roles = [replace(new if role is old else role, min_coverage=0.0) for role in company.roles]
    told = by_segment(scored([planned(role, days=company.days) for role in roles], company.inputs))
    alone = {kra.id for kra in old.kras if kra.kpis == (kpi,)}
    for row in told.values():
        del row["coverage"]
        row["kpi"] = [each for each in row.get("kpi", []) if each["kpi"] != kpi.id]
        row["kra"] = [each for each in row.get("kra", []) if each["kra"] not in alone or each["effective_weight"]]
    return told


@given(NUMBERS, st.floats(-30, 140), st.floats(-30, 140))
@companies(3)
def test_a_better_value_never_scores_less(number: int, one: float, other: float) -> None:
    """Whatever the method, its KPI, its KRA and the person score no less for it, in every roll-up and policy."""
    company = Company(number, 12, days=False)
    kpi = company.random.choice([kpi for role in company.roles for kpi in role.kpis])
    worse, better = in_order(kpi, company, (round(one, 2), round(other, 2)))
    measured = replace(kpi, formula=replace(kpi.formula, text=OWN))
    roles = [with_kpis(role, lambda each: measured if each is kpi else each) for role in company.roles]
    plans = [planned(role) for role in roles]
    lucky = company.random.choice(company.inputs["person"].unique(maintain_order=True).to_list())
    low, high = (told_of(lucky, plans, with_own(company.inputs, lucky, value)) for value in (worse, better))
    assert low.keys() == high.keys()
    assert all(low[key] is None or (high[key] is not None and low[key] <= high[key]) for key in low), (kpi, lucky)


def in_order(kpi: Kpi, company: Company, values: tuple[float, float]) -> tuple[float, float]:
    """The two values, the better one last; those for a range moved to one side of it."""
    low, high = sorted(values)
    if isinstance(kpi.method, Rating):
        lowest, highest = company.roles[0].scale.lowest, company.roles[0].scale.highest
        return min(max(low, lowest), highest), min(max(high, lowest), highest)
    if isinstance(kpi.method, PassFail):
        assume(kpi.method.when is None)
        return (high, low) if kpi.method.at_most is not None else (low, high)
    assume(not isinstance(kpi.method, Custom))
    if kpi.direction is Direction.RANGE and isinstance(kpi.method, ByBands):
        start, end = kpi.method.bands.ranges[-1]
        return (min(low, start), min(high, start)) if company.random.random() < 0.5 else (max(high, end), max(low, end))
    assert isinstance(kpi.method, ByBands | PercentOfTarget | Relative)
    return (high, low) if kpi.direction is Direction.LOWER else (low, high)


def with_own(inputs: pl.DataFrame, person: str, value: float) -> pl.DataFrame:
    """The company with that value for one person, and the values of others as they are."""
    others = pl.col("kept").fill_null(7.25)
    mine = pl.when(pl.col("person") == person).then(pl.lit(value)).otherwise(others)
    return inputs.with_columns(mine.alias(OWN), mine.alias(f"{Level.TEAM.value}.{OWN}"))


def told_of(person: str, plans: Sequence[Plan], inputs: pl.DataFrame) -> dict[tuple[Any, ...], float | None]:
    """The scores of a person: of every KPI and KRA in every segment, and the figures of the person."""
    results = scored(plans, inputs)
    row = results.people.filter(pl.col("person") == person).row(0, named=True)
    found: dict[tuple[Any, ...], float | None] = {
        (name,): row[name] for name in ("overall", "uncapped", "base", "indicative")
    }
    for kind in ("kpi", "kra"):
        rows = TABLES[kind](results).filter(pl.col("person") == person)
        found |= {(each["segment"], kind, each[kind]): each["score"] for each in rows.iter_rows(named=True)}
    return found
