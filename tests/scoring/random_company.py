"""Whole random companies: several templates with all that templates can have, and people in segments on them."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import polars as pl
from test_both_paths import FUNCTIONS, SCORERS, Drawing
from test_days_both_paths import DAYS, with_days, with_other_days

from appraise.model.role import Kpi, Missing, Role
from appraise.scoring.inputs import NUMBER, SHARE
from appraise.scoring.peers import with_peers
from appraise.scoring.plan import Plan, Tools, plan_of

REASONS = ("", "", "", "", "", "short_segment", "no_role")
POLICIES = ("", "", "", "frappe", "sap_average", "okr_clamped")
SHARES = (3300, 3300, 1650, 1735, 2112)


class Company:
    """One to three random templates on one scale, and people with one to three segments on them.

    With `days` KPIs are counted by month or about earlier days. `inputs` is the frame before anybody is compared.
    """

    def __init__(self, seed: int, count: int = 24, *, days: bool | None = None) -> None:
        self.drawing = Drawing(seed)
        self.random = random.Random(seed)  # noqa: S311 -- drawn to be the same on every machine, nothing is secret
        self.days = self.random.random() < 0.3 if days is None else days
        names = ("first", "second", "third")[: self.random.choice((1, 2, 2, 3))]
        self.roles = [self.role(name) for name in names]
        self.inputs = self.with_all_names(self.segments(self.drawing.people(3 * count), count), seed)

    def role(self, name: str) -> Role:
        """A random template, under a random policy."""
        role = self.drawing.role()
        role = with_days(role, self.random) if self.days else role
        policy = self.random.choice(POLICIES)
        shared = self.random.choice(("siblings", "siblings", "global"))
        limit = self.random.choice((0.25, 0.25, 0.1))
        return replace(role, id=name, policy=policy, unscored_weight=shared, adjustments_limit=limit)

    def segments(self, rows: pl.DataFrame, count: int) -> pl.DataFrame:
        """Some of the rows as segments, with their people, templates and weights."""
        templates = [role.id for role in self.roles]
        facts: list[dict[str, Any]] = []
        for person in range(count):
            several = self.random.choice((1, 1, 2, 2, 3))
            new = "too_new" if self.random.random() < 0.05 else ""
            for number in range(1, several + 1):
                reason = self.random.choice(REASONS) if several > 1 else ""
                other = "unusable" if self.random.random() < 0.05 else self.random.choice(templates)
                template = None if reason == "no_role" else other
                share = 0 if reason else self.random.choice(SHARES)
                key = f"E{person}" if several == 1 else f"E{person}\x1f{number}"
                known = {"person": f"E{person}", "role": template, "template": template, "stretch": key}
                facts.append({**known, NUMBER: number, SHARE: share, "status_reason": new or reason})
        schema = dict.fromkeys(("person", "role", "template", "stretch", "status_reason"), pl.String)
        told = pl.DataFrame(facts, schema={**schema, NUMBER: pl.Int64, SHARE: pl.Int64})
        return pl.concat([told, rows[: len(facts)].drop("person", "role", "status_reason")], how="horizontal")

    def with_all_names(self, people: pl.DataFrame, seed: int) -> pl.DataFrame:
        """The people with everything that the templates read: values given by hand, months and earlier days."""
        by_hand = [kpi.id for role in self.roles for kpi in role.kpis if kpi.missing is Missing.MANUAL]
        columns = []
        for name in sorted(set(by_hand)):
            values = [self.random.choice((None, 3.0, 71.25, float(place))) for place in range(people.height)]
            reasons = [None if value is not None else "no_rows" for value in values]
            columns += [pl.Series(f"manual.{name}", values, pl.Float64)]
            columns += [pl.Series(f"manual.{name}?", reasons, pl.String)]
        wanted = set[str]().union(*(plan.names for plan in self.plans.values()))
        return with_other_days(people.with_columns(columns), wanted, seed)

    @property
    def plans(self) -> dict[str, Plan]:
        """The templates made ready, by id."""
        return {role.id: planned(role, days=self.days) for role in self.roles}

    @property
    def people(self) -> pl.DataFrame:
        """The input frame."""
        return with_peers(self.inputs, self.plans.values())


def planned(role: Role, *, days: bool = False) -> Plan:
    """A template made ready, with the tests' scorers, and with the period of weeks where days matter."""
    plan, problems = plan_of(role, Tools(FUNCTIONS, SCORERS, days=DAYS if days else None))
    assert problems == []
    assert plan is not None
    return plan


def with_kpis(role: Role, change: Any) -> Role:
    """The template with `change(kpi)` for every KPI, without those for which it gives None."""

    def changed(kpis: tuple[Kpi, ...]) -> tuple[Kpi, ...]:
        return tuple(new for kpi in kpis if (new := change(kpi)) is not None)

    kras = (replace(kra, kpis=changed(kra.kpis)) for kra in role.kras)
    return replace(role, kras=tuple(kra for kra in kras if kra.kpis))
