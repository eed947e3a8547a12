"""The whole company in columns and one person in plain numbers are the same engine: they agree on everything."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import polars as pl
import pytest

from appraise.expr.functions import functions_with
from appraise.model.expression import Expression
from appraise.model.place import Place
from appraise.model.role import (
    Adjustment,
    Bands,
    ByBands,
    Custom,
    Direction,
    Gate,
    Kpi,
    Kra,
    Label,
    Level,
    Method,
    MinSample,
    MinScore,
    Missing,
    PassFail,
    PercentOfTarget,
    Rating,
    Relative,
    Role,
    Scale,
    SeverityCap,
    Shrinkage,
    Standing,
)
from appraise.plugin import Scorer, ScoreRequest
from appraise.scoring.company import Results, score_company
from appraise.scoring.one import Scored, appraised
from appraise.scoring.peers import with_peers
from appraise.scoring.plan import Plan, Tools, plan_of
from appraise.scoring.results import adjustment_results, gate_results, kpi_results, kra_results

HERE = Place("templates/roles/random.yaml", 1, 1)
FUNCTIONS, _ = functions_with(())
COUNTS = ("kept", "due", "wrong", "calls", "days")
NUMBERS = (*COUNTS, *(f"team.{name}" for name in COUNTS), *(f"prev.{name}" for name in COUNTS[:3]), "prev.team.kept")
TARGETS = ("target.sales", "team.target.sales", "target.calls")
REASONS = ("source_missing", "stale", "ambiguous_target", "no_rows", "unreadable", "no_target", "a word nobody knows")
FORMULAS = (
    "kept",
    "100 * kept / due",
    "kept / due * 100",
    "kept / calls",
    "100 * (1 - wrong / prev.wrong)",
    "100 * kept / due - 100 * team.kept / team.due",
    "first_known(kept, due) + wrong",
    "kept - due if calls > 3 else wrong / days",
    "min(kept, due, 7.005)",
    "3.25",
)
CONDITIONS = (
    "calls > 2",
    "wrong / due > 0.5",
    "person.region == 'north'",
    "missing(kept) or kept > 1",
    "kept / prev.kept > 1",
    "True",
    "flag",
)
CALM_FORMULAS = ("kept", "100 * kept / (due + 1)", "first_known(kept, due) + wrong", "min(kept, due, 7.005)")
CALM_CONDITIONS = ("calls > 2", "missing(kept) or kept > 1", "True")
WEIGHTS: dict[int, list[list[str]]] = {
    1: [["100"]],
    2: [["50", "50"], ["33.3", "66.7"], ["0", "100"]],
    3: [["33.33", "33.33", "33.34"], ["20", "30", "50"], ["0", "0", "100"], ["12.37", "41.11", "46.52"]],
    4: [["25", "25", "25", "25"], ["7.69", "23.07", "31.4", "37.84"], ["10", "20", "30", "40"]],
    5: [["20", "20", "20", "20", "20"], ["3.1415", "27.1828", "16.1803", "14.1421", "39.3533"]],
}


def expression(text: str) -> Expression:
    """The text as an expression of the random template."""
    return Expression(text, HERE)


class Drawing:
    """A random template and random people for it; with an even seed one in which little blocks a person."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 -- drawn to be the same on every machine, nothing is secret
        self.calm = seed % 2 == 0
        self.scale = self.drawn_scale()
        self.names = 0

    def drawn_scale(self) -> Scale:
        """A scale of two to seven points from 0 or 1."""
        lowest = self.random.choice((0, 1, 1, 1))
        highest = lowest + self.random.choice((1, 2, 4, 4, 4, 6))
        starts = [lowest, *(number + 0.5 for number in range(lowest, highest))]
        return Scale("drawn", lowest, highest, tuple(Label(f"word {start}", start) for start in starts))

    def starts(self, *, rising: bool, count: int | None = None) -> tuple[float, ...]:
        """Band starts around the values that come up."""
        places = self.random.choice((0, 1, 2))
        wanted = count or self.scale.steps
        drawn: set[float] = set()
        while len(drawn) < wanted:
            drawn.add(round(self.random.uniform(-20, 130), places) + 0.0)
        return tuple(sorted(drawn, reverse=not rising))

    def bands(self, direction: Direction) -> Bands:
        """Bands in any of their forms."""
        step = self.random.random() < 0.2
        if direction is Direction.RANGE:
            ends = self.starts(rising=True, count=2 * self.scale.steps)
            ranges = tuple((ends[place], ends[-1 - place]) for place in range(self.scale.steps))
            lowest = self.random.choice((None, ends[0] - 3.5, ends[-1] + 2.0))
            return Bands(ranges=ranges, scores_lowest_at=lowest, step=step)
        starts = self.starts(rising=direction is Direction.HIGHER)
        beyond = starts[0] - 7.5 if direction is Direction.HIGHER else starts[0] + 7.5
        return Bands(starts, scores_lowest_at=self.random.choice((None, None, beyond)), step=step)

    def method(self) -> tuple[Direction, Method]:
        """Any of the scoring methods."""
        kind = self.random.randrange(4 if self.calm else 8)
        direction = self.random.choice(tuple(Direction))
        if kind < 3:
            return direction, ByBands(self.bands(direction))
        if kind == 3:
            direction = self.random.choice((Direction.HIGHER, Direction.LOWER))
            bands = Bands(tuple(sorted(self.starts(rising=True))), step=self.random.random() < 0.2)
            return direction, PercentOfTarget(bands, self.random.choice((150.0, 110.0)))
        if kind == 4:
            text = self.condition()
            tests = (PassFail(at_most=2.0), PassFail(at_least=50.0), PassFail(when=expression(text)))
            return direction, self.random.choice(tests)
        if kind == 5:
            return direction, Rating()
        if kind == 6:
            scorer = self.random.choice(("half", "off", "fails", "short", "nowhere"))
            return direction, Custom(scorer, {"share": 0.5})
        return Direction.HIGHER, ByBands(self.bands(Direction.HIGHER))

    def relative(self) -> tuple[Direction, Method]:
        """A score by comparison."""
        direction = self.random.choice((Direction.HIGHER, Direction.LOWER))
        standing = self.random.choice(tuple(Standing))
        low, high = (1, 99) if standing is Standing.PERCENTILE else (-1.99, 1.99)
        drawn: set[float] = set()
        while len(drawn) < self.scale.steps:
            drawn.add(round(self.random.uniform(low, high), 2) + 0.0)
        bands = Bands(tuple(sorted(drawn)), step=self.maybe(0.2))
        peers = self.random.choice((("role",), ("role",), ("role", "person.region")))
        return direction, Relative(standing, bands, self.bands(direction), peers)

    def shrinkage(self) -> Shrinkage:
        """Values drawn towards a number or towards what is usual."""
        of = expression(self.random.choice(("due", "calls", "calls / days")))
        return Shrinkage(of, self.random.choice((1.0, 12.0, 0.3)), self.random.choice((None, 75.0, 3.1)))

    def condition(self) -> str:
        """Any condition."""
        return self.random.choice(CALM_CONDITIONS if self.calm else CONDITIONS)

    def maybe(self, share: float) -> bool:
        """Yes, in that share of the cases."""
        return self.random.random() < share

    def kpi(self, weight: str) -> Kpi:
        """A KPI with any of the things that a KPI can have."""
        self.names += 1
        direction, method = self.relative() if self.maybe(0.2) else self.method()
        test = expression(self.condition())
        sample = expression(self.random.choice(("due", "calls / days")))
        least, most = sorted(self.random.uniform(self.scale.lowest, self.scale.highest) for _ in range(2))
        return Kpi(
            f"k{self.names}",
            "A KPI",
            expression(self.random.choice(CALM_FORMULAS if self.calm else FORMULAS)),
            Decimal(weight),
            direction,
            method,
            HERE,
            decimals=self.random.choice((0, 1, 2, 2, 3)),
            target=self.random.choice(("target.sales", "calls", None)) if self.maybe(0.5) else "target.sales",
            level=self.random.choice((Level.PERSON, Level.PERSON, Level.PERSON, Level.TEAM)),
            monitor=self.maybe(0.08),
            min_sample=MinSample(sample, 3) if self.maybe(0.2) else None,
            missing=self.random.choice((Missing.EXCLUDE, *tuple(Missing)[: 2 if self.calm else 4])),
            success_when_empty=self.maybe(0.15),
            max_score=round(most, 1) if self.maybe(0.15) else None,
            min_score=MinScore(round(least, 2), test, "near the ceiling") if self.maybe(0.15) else None,
            applies_when=expression(self.condition()) if self.maybe(0.2) else None,
            shrinkage=self.shrinkage() if self.maybe(0.25) else None,
        )

    def role(self) -> Role:
        """A whole template."""
        chosen = self.random.choice(WEIGHTS[self.random.randint(1, 5)])
        kras = []
        for place, weight in enumerate(chosen):
            weights = self.random.choice(WEIGHTS[self.random.randint(1, 5)])
            rollup = self.random.choice(("arithmetic", "arithmetic", "arithmetic", "geometric", "worst"))
            kpis = tuple(self.kpi(each) for each in weights)
            kras.append(Kra(f"a{place}", "A KRA", Decimal(weight), kpis, HERE, rollup=rollup))
        return Role(
            "drawn",
            "Drawn",
            "1.0.0",
            self.scale,
            tuple(kras),
            HERE,
            "0" * 64,
            min_coverage=self.random.choice((0.0, 60.0, 60.0, 33.33)),
            gates=tuple(self.gate(place, len(kras)) for place in range(self.random.randint(0, 3))),
            adjustments=tuple(self.adjustment(place) for place in range(self.random.randint(0, 3))),
        )

    def gate(self, place: int, kras: int) -> Gate:
        """A gate on the overall or a KRA."""
        caps = self.random.choice(("overall", "overall", f"kra.a{self.random.randrange(kras)}"))
        applies = expression(self.condition()) if self.maybe(0.4) else None
        conditions = ("calls > 8", "first_known(wrong, 1) > 6", "kept / due > 2", "flag")
        when = expression(self.random.choice(conditions[:2] if self.calm else conditions))
        gate = Gate(f"g{place}", when, caps, self.random.choice((1.0, 2.0, 2.5)), "capped", HERE, applies)
        return self.with_allegations(self.with_classes(gate))

    def with_classes(self, gate: Gate) -> Gate:
        """The gate, or the same with a cap for each severity."""
        if self.maybe(0.6):
            return gate
        grades = ("wrong", "first_known(wrong, 1) / 4", "calls / 10")
        if not self.calm:
            grades += ("kept / due", "wrong / calls")
        starts = sorted({self.random.choice((0.0, 0.3, 0.65, 1.0, 2.0, 5.0)) for _ in range(3)})
        caps = tuple(SeverityCap(start, 3.5 - place, HERE) for place, start in enumerate(starts))
        severity = expression(self.random.choice(grades))
        return replace(gate, severity=severity, caps_by_severity=caps, cap_at=float("nan"))

    def with_allegations(self, gate: Gate) -> Gate:
        """The gate, or the same with a condition under which an allegation is open."""
        if self.maybe(0.6):
            return gate
        return replace(gate, open_when=expression(self.condition()), says_open="somebody says so")

    def adjustment(self, place: int) -> Adjustment:
        """A bonus or a penalty."""
        add = Decimal(self.random.choice(("0.1", "0.2", "-0.15", "-0.2", "0.05")))
        return Adjustment(f"m{place}", expression(self.condition()), add, "adjusted", HERE)

    def people(self, count: int) -> pl.DataFrame:
        """People with small whole counts, so that zeros, ties and starts are hit often."""
        columns: dict[str, Any] = {
            "person": [f"E{place}" for place in range(count)],
            "role": ["drawn" if self.maybe(0.97) else self.random.choice((None, "other")) for _ in range(count)],
            "status_reason": [self.random.choice(["", "too_new"]) if self.maybe(0.1) else "" for _ in range(count)],
            "person.region": [self.random.choice(("north", "south", None)) for _ in range(count)],
            "flag": [self.random.choice((True, False, False, None)) for _ in range(count)],
        }
        holes = self.random.choice((0.0, 0.0, 0.02, 0.1, 0.3 * self.calm))
        for name in (*NUMBERS, *TARGETS, "manual.k1", "manual.k2"):
            values = [None if self.maybe(holes) else self.number(positive="target" in name) for _ in range(count)]
            columns[name] = pl.Series(values, dtype=pl.Float64)
            reasons = [self.random.choice((*REASONS, None)) if value is None else None for value in values]
            columns[f"{name}?"] = pl.Series(reasons, dtype=pl.String)
        return pl.DataFrame(columns)

    def number(self, *, positive: bool) -> float:
        """A small whole number, or sometimes any other."""
        if positive and self.calm:
            return float(self.random.randrange(1, 12))
        kind = self.random.random()
        if kind < 0.8:
            return float(self.random.randrange(12))
        return self.random.choice((self.random.uniform(-5, 120), 100.0, 0.0, -1.0, 1e9))


def half(request: ScoreRequest) -> list[float | None]:
    """A scorer that knows nothing of large values."""
    width = request.highest - request.lowest
    return [None if value > 90 else request.lowest + width * min(abs(value) / 100, 1.0) for value in request.values]


def fails(request: ScoreRequest) -> list[float | None]:
    """A scorer that raises."""
    raise RuntimeError(f"no idea about {len(request.values)} values")


SCORERS = {
    "half": Scorer("half", half, "half of it"),
    "off": Scorer("off", lambda request: list(request.values), "the value, wherever it is"),
    "fails": Scorer("fails", fails, "raises"),
    "short": Scorer("short", lambda _: [], "gives too few"),
}


def plan_for(role: Role) -> Plan:
    """The template made ready, with the test's scorers."""
    plan, problems = plan_of(role, Tools(FUNCTIONS, SCORERS, counts=frozenset(COUNTS)))
    assert problems == []
    assert plan is not None
    return plan


def compared(results: Results) -> dict[str, dict[str, Any]]:
    """All that the columns say, by person."""
    told: dict[str, dict[str, Any]] = {row.pop("person"): row for row in results.people.iter_rows(named=True)}
    tables = {"kpi": kpi_results, "kra": kra_results, "gate": gate_results, "adjustment": adjustment_results}
    for kind, table in tables.items():
        for row in table(results).iter_rows(named=True):
            del row["role"], row["segment"]
            told[row.pop("person")].setdefault(kind, []).append(row)
    return told


def plain(value: Any) -> Any:
    """The word of a status, and any other value as it is."""
    return value.value if isinstance(value, Enum) else value


def said(scored: Scored, role: str) -> dict[str, Any]:
    """The same of one person, from the plain numbers."""
    names = ("reason", "overall", "uncapped", "base", "indicative", "label", "coverage", "capped_by", "provisional")
    told: dict[str, Any] = {"role": role, "status": scored.status.value}
    told.update({name: getattr(scored, name) for name in names})
    kpi = ("status", "reason", "value", "target", "attainment", "sample", "band", "score", "weight")
    kpi += ("effective_weight", "contribution", "definition_id")
    kra = ("status", "score", "uncapped", "weight", "effective_weight", "contribution", "capped_by")
    told["kpi"] = [
        {"kra": each.id, "kpi": score.id, **{name: plain(getattr(score, name)) for name in kpi}}
        for each in scored.kras
        for score in each.kpis
    ]
    told["kra"] = [{"kra": each.id, **{name: getattr(each, name) for name in kra}} for each in scored.kras]
    for kind, parts, fields in (
        ("gate", scored.gates, ("status", "reason", "caps", "cap_at", "severity", "open")),
        ("adjustment", scored.adjustments, ("applied", "added", "reason")),
    ):
        if parts:
            told[kind] = [{kind: each.id, **{name: plain(getattr(each, name)) for name in fields}} for each in parts]
    return told


def differences(role: Role, people: pl.DataFrame) -> list[tuple[str, Any, Any]]:
    """Where the two ways of scoring do not agree."""
    plan = plan_for(role)
    people = with_peers(people, [plan])
    results, _ = score_company([plan], people)
    columns = compared(results)
    found = []
    for row in people.iter_rows(named=True):
        if row["role"] == role.id:
            one = said(appraised(plan, row), role.id)
            if repr(one) != repr(columns[row["person"]]):
                found.append((row["person"], one, columns[row["person"]]))
    return found


def first_difference(found: Sequence[tuple[str, Any, Any]]) -> str:
    """The first differing detail, to read."""
    for person, one, company in found:
        for key in one:
            sides = [side if isinstance(side, list) else [side] for side in (one[key], company[key])]
            for left, right in zip(*sides, strict=True):
                if repr(left) != repr(right):
                    return f"{person} {key}: one person {left}, company {right}"
    return ""


@pytest.mark.parametrize("seed", range(40))
def test_columns_and_plain_numbers_agree_on_everything(seed: int) -> None:
    """Value, band, score, status, reason, KRAs, coverage, gates, adjustments, overall, label and contributions."""
    drawing = Drawing(seed)
    role, people = drawing.role(), drawing.people(40)
    found = differences(role, people)
    assert found == [], first_difference(found)


def test_a_company_of_one_gives_the_bits_of_a_company_of_many() -> None:
    """Who else is scored changes nothing: each person alone has the same row as among all."""
    drawing = Drawing(7)
    plan = plan_for(drawing.role())
    people = with_peers(drawing.people(25), [plan])
    together = compared(score_company([plan], people)[0])
    for place, person in enumerate(people["person"]):
        alone = compared(score_company([plan], people[place : place + 1])[0])
        assert repr(alone[person]) == repr(together[person])


def test_dates_and_days_are_names_like_others() -> None:
    """The days of the period stand in formulas of every level."""
    drawing = Drawing(3)
    people = drawing.people(5).with_columns(period_start=date(2026, 7, 1), period_end=date(2026, 9, 30))
    bands = ByBands(Bands((10.0, 50.0, 90.0, 95.0)))
    text = expression("days_between(period_start, period_end)")
    five = Scale("five", 1, 5, (Label("low", 1.0), Label("high", 3.0)))
    kpi = Kpi("length", "Length", text, Decimal(100), Direction.HIGHER, bands, HERE, level=Level.TEAM)
    role = Role("drawn", "Drawn", "1", five, (Kra("a", "A", Decimal(100), (kpi,), HERE),), HERE, "")
    assert differences(role, people) == []


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("rules", ["global", "frappe", "sap_average", "okr_clamped"])
def test_they_agree_however_weight_is_shared_and_under_every_policy(rules: str, seed: int) -> None:
    """The rules of other systems are the same for a company in columns and for one person in numbers."""
    drawing = Drawing(seed)
    role, people = drawing.role(), drawing.people(40)
    role = replace(role, **({"unscored_weight": rules} if rules == "global" else {"policy": rules}))
    found = differences(role, people)
    assert found == [], first_difference(found)
