"""Random templates with months and earlier days: the company in columns and one person in numbers agree on them too."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest
from test_both_paths import COUNTS, FUNCTIONS, SCORERS, Drawing, compared, first_difference, said

from appraise.model.period import Period
from appraise.model.role import Kpi, Role
from appraise.model.window import maturity_of, without_window
from appraise.scoring.company import score_company
from appraise.scoring.one import appraised
from appraise.scoring.peers import with_peers
from appraise.scoring.plan import Plan, Tools, plan_of

if TYPE_CHECKING:
    from collections.abc import Iterable

DAYS = (
    Period("P2", date(2026, 3, 29), date(2026, 6, 27)),
    Period("P1", date(2025, 12, 28), date(2026, 3, 28)),
)
"""Periods of weeks, which touch four months each."""

TIMES = ("90 days", "13 weeks", "3 months", "1 day")


def with_days(role: Role, chance: random.Random) -> Role:
    """The template with months, earlier days or both in most of its KPIs."""

    def changed(kpi: Kpi) -> Kpi:
        late = maturity_of(chance.choice(TIMES)) if chance.random() < 0.4 else None
        return replace(kpi, by_month=chance.random() < 0.6, matures_after=late)

    kras = (replace(kra, kpis=tuple(changed(kpi) for kpi in kra.kpis)) for kra in role.kras)
    return replace(role, kras=tuple(kras))


def plan_for(role: Role) -> Plan:
    """The template made ready for the period of weeks."""
    plan, problems = plan_of(role, Tools(FUNCTIONS, SCORERS, counts=frozenset(COUNTS), days=DAYS))
    assert problems == []
    assert plan is not None
    return plan


def with_other_days(people: pl.DataFrame, names: Iterable[str], seed: int) -> pl.DataFrame:
    """The people with a value for each name of other days: that of somebody else in the period, with its reason."""
    columns = []
    for place, name in enumerate(sorted(name for name in names if "@" in name)):
        plain = without_window(name)
        both = [each for each in (plain, f"{plain}?") if each in people.columns]
        others = people.select(both).sample(fraction=1.0, shuffle=True, seed=seed + place)
        columns.append(others.rename(dict(zip(both, (name, f"{name}?"), strict=False))))
    return pl.concat([people, *columns], how="horizontal")


@pytest.mark.parametrize("seed", range(16))
def test_they_agree_on_months_and_earlier_days(seed: int) -> None:
    """Values, findings, bands, scores and the overall of KPIs by month and of earlier days are the same to the bit."""
    drawing = Drawing(seed)
    role = with_days(drawing.role(), drawing.random)
    plan = plan_for(role)
    people = with_peers(with_other_days(drawing.people(40), plan.names, seed), [plan])
    columns = compared(score_company([plan], people)[0])
    found = []
    for row in people.iter_rows(named=True):
        if row["role"] == role.id:
            one = said(appraised(plan, row), role.id)
            if repr(one) != repr(columns[row["person"]]):
                found.append((row["person"], one, columns[row["person"]]))
    assert found == [], first_difference(found)
