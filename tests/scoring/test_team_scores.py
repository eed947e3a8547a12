"""Figures of leads that are made of members' scores: both ways of scoring, and a plain account of the weights."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import polars as pl
import pytest

from appraise.expr.quantiser import quantised
from appraise.model.members import Members
from appraise.model.period import Period
from appraise.model.role import PassFail, Rating
from appraise.scoring.company import score_company
from appraise.scoring.inputs import NUMBER, SHARE
from appraise.scoring.links import circular, in_order
from appraise.scoring.one import appraised
from appraise.scoring.results import kpi_results
from appraise.scoring.team_scores import with_members

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conftest import Builder

    from appraise.scoring.plan import Plan

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
PERIOD = Period("2026-Q3", FIRST, LAST)


@dataclass(frozen=True)
class Teams:
    """People whose every day is worked: the segments, and who was whose member on which days."""

    segments: pl.DataFrame
    members: pl.DataFrame
    period: Period = PERIOD

    def teams(self, kind: str, period: Period) -> pl.DataFrame:
        """The memberships, whatever the kind."""
        assert kind == "direct_reports"
        assert period == self.period
        return self.members

    def own_teams(self, kinds: Mapping[str, str]) -> pl.DataFrame:
        """Everybody's team has the person's id."""
        kind = pl.col("template").replace_strict(dict(kinds), default="same_team", return_dtype=pl.String)
        return self.segments.select("person", "stretch", kind=kind, team_key="person")

    def days_within(self, spans: pl.DataFrame) -> pl.DataFrame:
        """Every day is a working day."""
        days = (pl.col("_until") - pl.col("_from")).dt.total_days() + 1
        return spans.with_columns(working_days=days.cast(pl.Float64))

    def stretches(self) -> pl.DataFrame:
        """Nobody asks."""
        raise NotImplementedError

    def present(self, period: Period) -> pl.DataFrame:
        """Nobody asks."""
        raise NotImplementedError


def plans_of(build: Builder) -> dict[str, Plan]:
    """Agents rated by `x`, and leads with a median and a share of these ratings."""
    median = build.kpi("members.m", Rating(), id="m", members=Members("overall", "median"), weight=50)
    share = build.kpi(
        "members.s",
        PassFail(at_least=50.0),
        id="s",
        members=Members("kpi.k", "share_at_or_above", 3.0, 2),
        weight=50,
        decimals=4,
    )
    roles = [
        build.role(build.kra(build.kpi("x", Rating())), id="agent"),
        build.role(build.kra(median, share), id="lead", team="direct_reports"),
    ]
    return {role.id: build.plan(role) for role in roles}


def drawn(seed: int) -> tuple[pl.DataFrame, Teams, list[tuple[str, str, int]]]:
    """A company: the input frame, its teams, and the truth as (lead, stretch of a member, days)."""
    rng = random.Random(seed)  # noqa: S311 -- a drawing for a test
    rows, spans, truth = [], [], []
    leads = [f"L{place}" for place in range(3)]
    for place in range(rng.randint(0, 14)):
        person, cut = f"A{place:02}", FIRST + timedelta(days=rng.randint(1, 90))
        halves = [(FIRST, cut - timedelta(days=1)), (cut, LAST)] if rng.random() < 0.5 else [(FIRST, LAST)]
        for number, (start, end) in enumerate(halves, start=1):
            stretch = person if len(halves) == 1 else f"{person}\x1f{number}"
            known = None if rng.random() < 0.2 else rng.randint(100, 500) / 100
            rows.append((person, stretch, "agent", number, start, end, known))
        moved = FIRST + timedelta(days=rng.randint(1, 90))
        first, second = rng.sample(leads, 2)
        for lead, start, end in ((first, FIRST, moved - timedelta(days=1)), (second, moved, LAST)):
            spans.append((lead, person, start, end))
            for row in rows:
                met = (min(end, row[5]) - max(start, row[4])).days + 1
                if row[0] == person and met > 0:
                    truth.append((lead, row[1], met))
    rows += [(lead, lead, "lead", 1, FIRST, LAST, None) for lead in leads]
    names = ["person", "stretch", "template", NUMBER, "start", "end", "x"]
    schema = dict(zip(names, (pl.String, pl.String, pl.String, pl.Int64, pl.Date, pl.Date, pl.Float64), strict=True))
    frame = pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        pl.col("template").alias("role"), pl.lit("").alias("status_reason"), pl.lit(100, pl.Int64).alias(SHARE)
    )
    kinds = {"team_key": pl.String, "person": pl.String, "start": pl.Date, "end": pl.Date}
    return frame, Teams(frame.rename({NUMBER: "segment"}), pl.DataFrame(spans, schema=kinds, orient="row")), truth


def told_of(frame: pl.DataFrame, truth: list[tuple[str, str, int]], lead: str) -> tuple[float | None, float | None]:
    """The median and the share of a lead, written out day by day."""
    marks = dict(frame.select("stretch", "x").iter_rows())
    days = sorted(marks[stretch] for who, stretch, met in truth if who == lead and marks[stretch] for _ in range(met))
    people = {stretch.split("\x1f")[0] for who, stretch, _ in truth if who == lead and marks[stretch]}
    half = len(days) // 2
    middle = [days[half]] if len(days) % 2 else days[half - 1 : half + 1]
    median = quantised((round(100 * middle[0]) + round(100 * middle[-1])) / 200, 2) if len(people) >= 3 else None
    good = Fraction(100 * sum(mark >= 3 for mark in days), max(len(days), 1))
    return median, quantised(float(good), 4) if len(people) >= 2 else None


@pytest.mark.parametrize("seed", range(25))
def test_both_ways_give_what_a_list_of_days_gives(build: Builder, seed: int) -> None:
    """A weighted median is the median of a list in which everybody stands once for each day, and so is a share."""
    plans = plans_of(build)
    frame, people, truth = drawn(seed)
    whole, problems = with_members(frame, plans.values(), people)
    results, _ = score_company(list(plans.values()), whole)
    table = kpi_results(results).filter(pl.col("kpi").is_in(["m", "s"]))
    columns = {(row["person"], row["kpi"]): row for row in table.iter_rows(named=True)}
    assert problems == []
    for row in whole.filter(pl.col("template") == "lead").iter_rows(named=True):
        kpis = appraised(plans["lead"], row).kras[0].kpis
        assert tuple(kpi.value for kpi in kpis) == told_of(frame, truth, row["person"])
        for kpi in kpis:
            same = columns[row["person"], kpi.id]
            assert (same["status"], same["reason"], same["value"], same["score"], same["sample"]) == (
                kpi.status.value,
                kpi.reason,
                kpi.value,
                kpi.score,
                kpi.sample,
            )


def test_no_template_with_members_leaves_the_frame_alone(build: Builder) -> None:
    """The frame is the very same object where nobody asks for scores of members."""
    frame, people, _ = drawn(1)
    assert with_members(frame, [plans_of(build)["agent"]], people)[0] is frame


def test_templates_are_scored_behind_those_that_they_need() -> None:
    """The order follows the needs, whatever the names; circles are found however long, and stop nothing."""
    needs = {"a": frozenset({"b", "c"}), "b": frozenset({"c"}), "x": frozenset({"y"}), "y": frozenset({"z"})}
    assert circular(needs) == frozenset()
    assert in_order(needs, frozenset()) == ["c", "z", "b", "y", "a", "x"]
    rounds = needs | {"z": frozenset({"x"}), "c": frozenset({"c"})}
    loops = frozenset({("x", "y"), ("y", "z"), ("z", "x"), ("c", "c")})
    assert circular(rounds) == loops
    assert in_order(rounds, loops) == ["c", "x", "y", "z", "b", "a"]
