"""The engine's scoring where a fifth of the people have two segments, each with its targets, and teams are read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.functions import functions_with
from appraise.scoring.company import score_company
from appraise.scoring.inputs import NUMBER, SHARE
from appraise.scoring.peers import with_peers
from appraise.scoring.plan import Tools, plan_of
from bench.clock import timed
from bench.company import AREAS
from bench.ours import TemplateUnsound, inputs_of, templates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appraise.model.role import Role

BEFORE, AFTER = "bench_team_agent", "bench_team_senior"
TEAM = 10
"""People in a team."""

MOVED = 5
"""Every fifth person moved up inside the period."""

FIRST_PART = 0.4
"""The part of the days, and of the work, before the move."""


def segments_of(people: Path) -> pl.DataFrame:
    """The input frame: one row per person and segment, counts and prorated targets of it, and the team's figures."""
    inputs = inputs_of(people)
    team = [pl.col(f"{area}_{name}") for area in AREAS for name in ("done", "faulty", "items")]
    pooled = [each.sum().over(pl.col("place") // TEAM).name.prefix("team.") for each in team]
    inputs = inputs.with_row_index("place").with_columns(*pooled)
    moved = pl.col("place") % MOVED == 0
    alone = _stretch(inputs.filter(~moved), 1, (pl.col("person"), 1.0, BEFORE))
    cut = inputs.filter(moved)
    first = _stretch(cut, 1, (pl.col("person") + "\x1f1", FIRST_PART, BEFORE))
    second = _stretch(cut, 2, (pl.col("person") + "\x1f2", 1 - FIRST_PART, AFTER))
    return pl.concat([alone, first, second]).sort("place", NUMBER).drop("place")


def _stretch(people: pl.DataFrame, number: int, what: tuple[pl.Expr, float, str]) -> pl.DataFrame:
    """A part of the period of these people: its key, how much of the days it has, and its template."""
    key, part, template = what
    counts = [f"{area}_{name}" for area in AREAS for name in ("kept", "due", "done", "items", "faulty", "late")]
    whole = (pl.col(counts) * part).floor()
    prorated = pl.col([f"target.{area}" for area in AREAS]) * part
    days = (pl.col("available_days") * part).round()
    facts = {"role": pl.lit(template), "template": pl.lit(template), "stretch": key, "status_reason": pl.lit("")}
    weight = (days * 100).cast(pl.Int64).alias(SHARE)
    return people.with_columns(whole, prorated, days, weight, pl.lit(number, pl.Int64).alias(NUMBER), **facts)


def labels_of(roles: Sequence[Role], tools: Tools, inputs: pl.DataFrame) -> pl.DataFrame:
    """The overall score and the label of everybody, joined from their segments."""
    plans = []
    for role in roles:
        plan, problems = plan_of(role, tools)
        if plan is None:
            raise TemplateUnsound(problems[0].message)
        plans.append(plan)
    results, _ = score_company(plans, with_peers(inputs, plans))
    return results.people.select("person", "overall", pl.coalesce("label", "status").alias("label"))


def main(people: Path, result: Path) -> None:
    """Scores everybody and says how many seconds it took, from the frame to the labels."""
    known, inputs = templates(), segments_of(people)
    functions, _ = functions_with(())
    roles = [known[BEFORE], known[AFTER]]
    timed(lambda: labels_of(roles, Tools(functions), inputs)).write_parquet(result)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
