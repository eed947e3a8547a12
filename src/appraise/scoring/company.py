"""The whole company scored at once: one frame per template, every formula bound once.

`one.appraised` says the same for one person; a test compares the two on everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from appraise.model.status import CAUSES_OF_ERROR, TEMPLATE_UNUSABLE, PersonStatus
from appraise.scoring.answers import Answers
from appraise.scoring.blockers import blocker_problems
from appraise.scoring.denominators import Common, common_of
from appraise.scoring.gates import gate_frame
from appraise.scoring.inputs import NUMBER, SHARE
from appraise.scoring.joined_company import Together, joined_people
from appraise.scoring.kpis import kpi_frame
from appraise.scoring.kras import kra_frame
from appraise.scoring.overall import overall_frame
from appraise.scoring.ratings import barred_column, label_column, least_coverage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appraise.model.problem import Problem
    from appraise.scoring.plan import Plan

PEOPLE = {
    "person": pl.String,
    "role": pl.String,
    "status": pl.String,
    "reason": pl.String,
    "overall": pl.Float64,
    "uncapped": pl.Float64,
    "base": pl.Float64,
    "indicative": pl.Float64,
    "label": pl.String,
    "coverage": pl.Float64,
    "capped_by": pl.String,
    "provisional": pl.Boolean,
}
"""The columns of `Results.people`; the numbers mean what the fields of `model.outcome.Appraisal` mean."""

_WHERE = ("row", "stretch", "segment", "given")


@dataclass(frozen=True, slots=True)
class RoleScores:
    """Everyone on one template, in whole numbers and codes; the frames have the same rows as `people`.

    `people` has `row` (the place in the input frame), `stretch`, `segment` (its number), `given` (the roster's reason)
    and the columns of `PEOPLE`, of a person with several segments those of all together. `kpis`, `kras`, `gates` and
    `overall` are as the modules of those names say, `common` are the denominators for contributions. `weights` has what
    each row has of the person's overall as the fraction share / total (0 of it where it does not count), None where
    everybody has one segment.
    """

    plan: Plan
    people: pl.DataFrame
    kpis: pl.DataFrame
    kras: pl.DataFrame
    gates: pl.DataFrame
    overall: pl.DataFrame
    common: Common
    weights: pl.DataFrame | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """A scored company: `people` in the order of the input frame, the detail by template, and who has been joined."""

    people: pl.DataFrame
    roles: tuple[RoleScores, ...]
    together: tuple[Together, ...] = ()


def score_company(plans: Sequence[Plan], inputs: pl.DataFrame) -> tuple[Results, list[Problem]]:
    """Everyone in the input frame scored on their template.

    Args:
        plans: the templates, made ready by `plan_of`.
        inputs: one row per person and segment, those of a person together and in order: `person`, `role` (template id
            or null), the columns that the plans' `names` ask for, each with its reasons in a column `<name>?`, and, all
            optional, `status_reason`, `stretch`, `template` (the key of a plan) and what `scoring.inputs` calls the
            weight and the number of a segment.
    """
    numbered = _numbered(inputs)
    scored: list[RoleScores] = []
    problems: list[Problem] = []
    for plan in plans:
        everyone = numbered if len(plans) == 1 and _all_on(plan, numbered) else _those_on(plan, numbered)
        if everyone.height:
            scores, found = _score_role(plan, everyone)
            scored.append(scores)
            problems += found
    keys = [plan.role.key for plan in plans]
    others = numbered.filter(~pl.col("template").is_in(keys).fill_null(value=False))
    people = pl.concat([*(scores.people for scores in scored), _unscored(others)]).sort("row")
    if not _several(numbered):
        return Results(people.select(*PEOPLE), tuple(scored)), problems
    joint = joined_people(people, scored, numbered)
    return Results(joint.people.select(*PEOPLE), joint.roles, joint.together), [*problems, *joint.problems]


def _numbered(inputs: pl.DataFrame) -> pl.DataFrame:
    """The inputs with their row and with what a frame of one row per person may leave out."""
    usual = {
        "status_reason": pl.lit(""),
        "template": pl.col("role"),
        "stretch": pl.col("person"),
        SHARE: pl.lit(1, pl.Int64),
        NUMBER: pl.lit(1, pl.Int64),
    }
    absent = [value.alias(name) for name, value in usual.items() if name not in inputs.columns]
    return inputs.with_row_index("row").with_columns(*absent).with_columns(pl.col("status_reason").fill_null(""))


def _several(numbered: pl.DataFrame) -> bool:
    """Whether somebody has several segments."""
    return bool(numbered.select((pl.col(NUMBER) > 1).any()).item())


def _all_on(plan: Plan, people: pl.DataFrame) -> bool:
    return bool((people["template"] == plan.role.key).all(ignore_nulls=False))


def _those_on(plan: Plan, people: pl.DataFrame) -> pl.DataFrame:
    return people.filter(pl.col("template") == plan.role.key)


def _score_role(plan: Plan, inputs: pl.DataFrame) -> tuple[RoleScores, list[Problem]]:
    answers = Answers(plan.questions, inputs)
    kpis, problems = kpi_frame(plan, answers, inputs.height)
    gates = gate_frame(plan, answers, inputs.height)
    kras = kra_frame(plan, kpis, gates)
    common = common_of(plan, kras)
    overall = overall_frame(plan, kpis, gates, (kras, common))
    people = _people(plan, inputs, kpis, overall)
    scores = RoleScores(plan, people, kpis, kras, gates, overall, common)
    return scores, [*problems, *blocker_problems(scores)]


def _people(plan: Plan, inputs: pl.DataFrame, kpis: pl.DataFrame, overall: pl.DataFrame) -> pl.DataFrame:
    blocking = bool(overall["blocked"].any() or overall["unknown"].any())
    barred = barred_column(plan, pl.col("blocked"), pl.col("unknown")) if blocking else pl.lit("")
    given = inputs.select("row", "person", "role", "stretch", segment=NUMBER, given="status_reason")
    frame = pl.concat([given, overall, kpis] if blocking else [given, overall], how="horizontal").lazy()
    covered = (pl.col("coverage") >= least_coverage(plan)) & pl.col("base").is_not_null()
    frame = frame.with_columns(barred.alias("barred")).with_columns(*_standing(covered))
    rated, low = pl.col("status") == PersonStatus.RATED.value, pl.col("reason") == "low_coverage"
    gates = pl.Series([gate.gate.id for gate in plan.gates] or [""], dtype=pl.String)
    final = pl.when(rated).then("overall")
    columns = {
        "overall": in_points(final),
        "uncapped": in_points(pl.when(rated | low).then("uncapped")),
        "base": in_points(pl.when(rated | low).then("base")),
        "indicative": in_points(pl.when(low).then("overall")),
        "label": label_column(plan.role.scale, final),
        "coverage": in_points(pl.col("coverage")),
        "capped_by": pl.when(rated | low).then(pl.lit(gates).gather("gate")).fill_null(""),
        "provisional": rated & pl.col("open"),
    }
    named = [expression.alias(name) for name, expression in columns.items()]
    return frame.select(*_WHERE, "person", "role", "status", "reason", *named).collect()


def _standing(covered: pl.Expr) -> list[pl.Expr]:
    """`ratings.standing` as columns."""
    given, barred = pl.col("given"), pl.col("barred")
    not_rated = pl.lit(PersonStatus.NOT_RATED.value)
    status = (
        pl.when(given.is_in(CAUSES_OF_ERROR))
        .then(pl.lit(PersonStatus.ERROR.value))
        .when(given != "")
        .then(not_rated)
        .when(barred != "")
        .then(pl.lit(PersonStatus.BLOCKED.value))
        .when(covered)
        .then(pl.lit(PersonStatus.RATED.value))
        .otherwise(not_rated)
    )
    low = pl.when(covered).then(pl.lit("")).otherwise(pl.lit("low_coverage"))
    reason = pl.when(given != "").then(given).when(barred != "").then(barred).otherwise(low)
    return [status.alias("status"), reason.alias("reason")]


def in_points(hundredths: pl.Expr) -> pl.Expr:
    """Whole hundredths as points or percent, Float64."""
    number = hundredths.cast(pl.Float64)
    # A divisor per row: a constant one would be multiplied by as a rounded reciprocal, 739/100 = 7.390000000000001.
    return number / (number * 0.0 + 100.0)


def _unscored(others: pl.DataFrame) -> pl.DataFrame:
    """People without a template: the roster says why; without a reason it is a template that could not be read."""
    given = pl.when(pl.col("status_reason") != "").then("status_reason").otherwise(pl.lit(TEMPLATE_UNUSABLE))
    wrong = pl.when(given.is_in(CAUSES_OF_ERROR)).then(pl.lit(PersonStatus.ERROR.value))
    known = {"status": wrong.otherwise(pl.lit(PersonStatus.NOT_RATED.value)), "reason": given}
    empty = [
        pl.lit(None, dtype).alias(name) for name, dtype in PEOPLE.items() if name not in {*known, "person", "role"}
    ]
    named = [expression.alias(name) for name, expression in known.items()]
    others = others.rename({NUMBER: "segment"}).with_columns(given="status_reason")
    filled = {"capped_by": pl.lit(""), "provisional": pl.lit(value=False)}
    return others.with_columns(*named, *empty).with_columns(**filled).select(*_WHERE, *PEOPLE)
