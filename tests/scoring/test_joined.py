"""People with several segments: joined in columns and in plain numbers alike, and what joining means."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from test_both_paths import Drawing, compared, first_difference, plan_for, said

from appraise.model.role import Role
from appraise.scoring.company import Results, score_company
from appraise.scoring.inputs import NUMBER, SHARE
from appraise.scoring.one import Scored, appraised
from appraise.scoring.one_joined import appraised_together
from appraise.scoring.plan import Plan
from appraise.scoring.results import adjustment_results, gate_results, kpi_results, kra_results

REASONS = ("", "", "", "", "", "short_segment", "no_role")
TABLES = {"kpi": kpi_results, "kra": kra_results, "gate": gate_results, "adjustment": adjustment_results}


class Joining:
    """Two random templates on one scale, and people with one to three segments on them."""

    def __init__(self, seed: int, count: int = 30) -> None:
        drawing = Drawing(seed)
        self.random = random.Random(seed)  # noqa: S311 -- drawn to be the same on every machine, nothing is secret
        self.roles = [replace(drawing.role(), id=name) for name in ("first", "second")]
        self.people = self.segments(drawing.people(3 * count), count)

    def segments(self, rows: pl.DataFrame, count: int) -> pl.DataFrame:
        """Some of the rows as segments, with their people, templates and weights."""
        names = []
        for place in range(count):
            several = self.random.choice((1, 2, 2, 3))
            names += [(f"E{place}", number, several) for number in range(1, several + 1)]
        facts: list[dict[str, Any]] = []
        for person, number, several in names:
            reason = self.random.choice(REASONS) if several > 1 else ""
            template = None if reason == "no_role" else self.random.choice(("first", "second", "second", "unusable"))
            facts.append(
                {
                    "person": person,
                    "role": template,
                    "template": template,
                    "stretch": person if several == 1 else f"{person}\x1f{number}",
                    NUMBER: number,
                    SHARE: 0 if reason else self.random.choice((3300, 3300, 1650, 1735, 2112)),
                    "status_reason": reason,
                }
            )
        new = self.random.sample(range(count), 2)
        for row in facts:
            if int(row["person"][1:]) == new[0]:
                row["status_reason"] = "too_new"
        drawn = rows[: len(facts)].drop("person", "role", "status_reason")
        return pl.concat([pl.DataFrame(facts), drawn], how="horizontal")

    @property
    def plans(self) -> dict[str, Plan]:
        """The templates by id."""
        return {role.id: plan_for(role) for role in self.roles}


def scored_both_ways(plans: dict[str, Plan], people: pl.DataFrame) -> list[tuple[str, Any, Any]]:
    """Where the two ways of scoring do not agree: on people, and on everything in their segments."""
    results, problems = score_company(list(plans.values()), people)
    columns = by_segment(results)
    found = []
    told = set()
    for (person,), rows in people.group_by(["person"], maintain_order=True):
        pieces = [(plans.get(row["template"] or ""), row) for row in rows.iter_rows(named=True)]
        if len(pieces) == 1 and pieces[0][0] is None:
            continue
        one = together(pieces)
        told |= {problem.message for problem in one[1]}
        if repr(one[0]) != repr(columns[str(person)]):
            found.append((str(person), one[0], columns[str(person)]))
    if not found:
        blocked = {problem.message for problem in problems if problem.person}
        assert blocked <= told
    return found


def together(pieces: list[tuple[Plan | None, dict[str, Any]]]) -> tuple[dict[str, Any], tuple[Any, ...]]:
    """One person in plain numbers: the result, then everything of each segment."""
    if len(pieces) == 1:
        plan, row = pieces[0]
        assert plan is not None
        scored = appraised(plan, row)
        return {**person(scored), **detail(scored, 1)}, scored.problems
    whole = appraised_together(pieces)
    told = person(whole.scored)
    details = [detail(stretch.scored, number) for number, stretch in enumerate(whole.stretches, 1)]
    for kind in TABLES:
        rows = [row for each in details for row in each.get(kind, [])]
        told |= {kind: rows} if rows else {}
    return told, whole.scored.problems


def person(scored: Scored) -> dict[str, Any]:
    """What is said of the person."""
    return {name: value for name, value in said(scored, "").items() if name not in {*TABLES, "role"}}


def detail(scored: Scored, number: int) -> dict[str, Any]:
    """What is said of the KPIs, KRAs, gates and adjustments of a segment."""
    told = said(scored, "")
    return {kind: [{"segment": number, **row} for row in told[kind]] for kind in TABLES if told.get(kind)}


def by_segment(results: Results) -> dict[str, dict[str, Any]]:
    """The same from the columns, by person."""
    told: dict[str, dict[str, Any]] = {}
    for row in results.people.drop("role").iter_rows(named=True):
        told[row.pop("person")] = row
    for kind, table in TABLES.items():
        for row in table(results).drop("role").iter_rows(named=True):
            told[row.pop("person")].setdefault(kind, []).append(row)
    return told


@pytest.mark.parametrize("seed", range(40))
def test_columns_and_plain_numbers_join_segments_alike(seed: int) -> None:
    """Status, score, coverage, caps, shares and contributions of joined people are the same both ways."""
    drawn = Joining(seed)
    found = scored_both_ways(drawn.plans, drawn.people)
    assert found == [], first_difference(found)


@pytest.mark.parametrize("seed", range(0, 40, 2))
def test_contributions_of_all_segments_add_up(seed: int) -> None:
    """KPIs of all segments add up to the score before adjustments, and with the adjustments to that before caps."""
    drawn = Joining(seed)
    results, _ = score_company(list(drawn.plans.values()), drawn.people)
    parts = _sums(kpi_results(results), "contribution")
    areas = _sums(kra_results(results), "contribution")
    added = _sums(adjustment_results(results), "added")
    for row in results.people.filter(pl.col("base").is_not_null()).iter_rows(named=True):
        assert parts[row["person"]] == areas[row["person"]] == round(100 * row["base"])
        assert parts[row["person"]] + added.get(row["person"], 0) == round(100 * row["uncapped"])


def _sums(table: pl.DataFrame, column: str) -> dict[str, int]:
    sums = table.group_by("person").agg((pl.col(column) * 100).round(0).sum().cast(pl.Int64))
    return dict(sums.iter_rows())


@pytest.mark.parametrize("seed", range(24))
def test_a_period_cut_into_like_halves_gives_the_same(seed: int) -> None:
    """Two or three segments with the same rows, template and days are what one segment is, to the last digit."""
    drawing = Drawing(seed)
    role = drawing.role()
    people = drawing.people(20).filter((pl.col("role") == "drawn") & (pl.col("status_reason") == ""))
    whole, _ = score_company([plan_for(role)], people)
    cut = pl.concat([_segment(people, number) for number in (1, 2, 3)]).sort("person", NUMBER)
    halves, _ = score_company([plan_for(role)], cut)
    order = whole.people.sort("person")
    assert halves.people.equals(order)
    assert _overall_weights(halves) == pytest.approx(_overall_weights(whole), abs=0.001)


def _segment(people: pl.DataFrame, number: int) -> pl.DataFrame:
    return people.with_columns(
        pl.concat_str("person", pl.lit(f"\x1f{number}")).alias("stretch"),
        pl.lit(number, pl.Int64).alias(NUMBER),
        pl.lit(2200, pl.Int64).alias(SHARE),
    )


def _overall_weights(results: Results) -> dict[tuple[str, str], float]:
    """What each KPI has of the overall, over all segments."""
    table = kpi_results(results).group_by("person", "kpi").agg(pl.col("effective_weight").sum())
    return {(person, kpi): weight for person, kpi, weight in table.iter_rows()}


def test_who_else_is_scored_changes_nothing() -> None:
    """Each joined person alone has the same result as among all."""
    drawn = Joining(8)
    plans = list(drawn.plans.values())
    among = by_segment(score_company(plans, drawn.people)[0])
    for (person_id,), rows in drawn.people.group_by(["person"], maintain_order=True):
        alone = by_segment(score_company(plans, rows)[0])
        assert repr(alone[str(person_id)]) == repr(among[str(person_id)])


def test_people_with_one_segment_are_untouched_by_others_who_have_several() -> None:
    """Their results beside joined people are those of a company without any."""
    drawn = Joining(4)
    plans = list(drawn.plans.values())
    alone = drawn.people.filter(pl.col("person") == pl.col("stretch"))
    plain = compared(score_company(plans, alone)[0])
    mixed = compared(score_company(plans, drawn.people)[0])
    assert {person_id: mixed[person_id] for person_id in plain} == plain


def roles(build: Any) -> tuple[Role, Role]:
    """Two plain templates: `x` in bands from 2 to 5, the second with a gate that caps the overall."""
    first = build.role(build.kra(build.kpi()), id="first")
    second = build.role(build.kra(build.kpi()), id="second", gates=(build.gate("broken > 0"),))
    return first, second


def joined_one(build: Any, templates: tuple[Role, ...], *rows: dict[str, Any]) -> dict[str, Any]:
    """The result of one person with these segments, the same both ways."""
    plans = {role.id: build.plan(role) for role in templates}
    facts = []
    for number, row in enumerate(rows, 1):
        usual = {"person": "E1", "stretch": f"E1\x1f{number}", NUMBER: number, SHARE: 3300, "status_reason": ""}
        facts.append({**usual, "role": row["template"], "x": None, "broken": 0.0, **row})
    frame = pl.DataFrame(facts, infer_schema_length=None)
    frame = frame.with_columns(pl.col("x", "broken").cast(pl.Float64), pl.col(SHARE, NUMBER).cast(pl.Int64))
    found = scored_both_ways(plans, frame)
    assert found == [], first_difference(found)
    results, problems = score_company(list(plans.values()), frame)
    return {**results.people.row(0, named=True), "codes": [problem.code for problem in problems]}


def test_segments_are_weighted_by_their_share(build: Any) -> None:
    """A third of the days at 5.00 and two thirds at 2.00 are 3.00."""
    told = joined_one(
        build, roles(build), {"template": "first", SHARE: 1100, "x": 5}, {"template": "second", SHARE: 2200, "x": 2}
    )
    assert (told["overall"], told["status"], told["label"]) == (3.0, "rated", "Meets")


def test_back_in_the_first_role_counts_with_both_stretches(build: Any) -> None:
    """A, B, A: three segments, each with its share."""
    told = joined_one(
        build,
        roles(build),
        {"template": "first", "x": 5},
        {"template": "second", "x": 3},
        {"template": "first", "x": 4},
    )
    assert told["overall"] == 4.0


def test_a_gate_of_a_short_segment_caps_the_whole(build: Any) -> None:
    """A stretch that is too short to be scored still caps, if its gate was broken there."""
    short = {"template": "second", SHARE: 0, "status_reason": "short_segment", "x": 1}
    told = joined_one(build, roles(build), {"template": "first", "x": 5}, {**short, "broken": 1})
    assert (told["overall"], told["uncapped"], told["capped_by"]) == (2.0, 5.0, "g")
    assert joined_one(build, roles(build), {"template": "first", "x": 5}, short)["overall"] == 5.0


def test_an_unknown_gate_of_a_short_segment_blocks(build: Any) -> None:
    """Nobody is cleared because a stretch was short."""
    short = {"template": "second", SHARE: 0, "status_reason": "short_segment", "x": None, "broken": None}
    told = joined_one(build, roles(build), {"template": "first", "x": 5}, short)
    assert (told["status"], told["reason"], told["codes"]) == ("blocked", "gate_unknown", ["gate-unknown"])


def test_a_segment_without_any_score_gives_its_share_away_but_not_its_coverage(build: Any) -> None:
    """What could be scored makes the score; the other half of the weight is missing from the coverage."""
    told = joined_one(build, roles(build), {"template": "first", "x": 5}, {"template": "second", "x": None})
    assert (told["status"], told["reason"], told["indicative"], told["coverage"]) == (
        "not_rated",
        "low_coverage",
        5.0,
        50.0,
    )


def test_half_the_period_without_a_template_is_rated_on_the_other_half(build: Any) -> None:
    """A stretch in a job without a template has no weight, and lowers no coverage."""
    away = {"template": None, SHARE: 0, "status_reason": "no_role"}
    told = joined_one(build, roles(build), {"template": "first", "x": 4}, away)
    assert (told["overall"], told["coverage"], told["role"]) == (4.0, 100.0, "first")


def test_segments_on_different_scales_cannot_be_joined(build: Any) -> None:
    """Both templates are named, and the person has an error rather than a number."""
    first, _ = roles(build)
    other = build.on_scale(1, 4)
    second = other.role(other.kra(other.kpi(method=other.bands(2, 3, 4))), id="second")
    told = joined_one(build, (first, second), {"template": "first", "x": 4}, {"template": "second", "x": 4})
    assert (told["status"], told["reason"], told["overall"], told["codes"]) == (
        "error",
        "scales_differ",
        None,
        ["scales-differ"],
    )


def test_a_segment_on_a_template_that_cannot_be_used_is_an_error(build: Any) -> None:
    """Half a result is not given where the other half cannot be worked out."""
    told = joined_one(build, roles(build), {"template": "first", "x": 4}, {"template": "broken", "x": 4})
    assert (told["status"], told["reason"]) == ("error", "template_unusable")
