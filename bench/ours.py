"""The engine's own scoring, called as a run calls it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from appraise.app.bundled import schema_text
from appraise.documents.schema import load_schema
from appraise.expr.functions import functions_with
from appraise.roles.library import Folder, RoleRequest, load_roles
from appraise.scoring.company import score_company
from appraise.scoring.plan import Tools, plan_of
from bench.clock import timed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.model.role import Role


class TemplateUnsound(Exception):
    """The template of the benchmark does not pass its own checks."""


def templates() -> Mapping[str, Role]:
    """The roles of the benchmark by id."""
    folder = Folder(Path(__file__).parent, "bench")
    roles, problems = load_roles(RoleRequest([folder], load_schema(schema_text("role"))))
    for problem in problems:
        raise TemplateUnsound(f"{problem.place}: {problem.message}")
    return roles


def inputs_of(people: Path) -> pl.DataFrame:
    """The measures as the engine keeps them: each with the reason why it is missing, where it is."""
    frame = pl.read_parquet(people)
    names = [name for name in frame.columns if name not in {"person", "available_days"}]
    reasons = [
        pl.when(pl.col(name).is_null())
        .then(pl.lit("no_target" if name.startswith("target.") else "no_rows"))
        .alias(f"{name}?")
        for name in names
    ]
    return frame.with_columns(pl.lit("bench_agent").alias("role"), *reasons)


def labels_of(role: Role, tools: Tools, inputs: pl.DataFrame) -> pl.DataFrame:
    """The overall score and the label of everybody, or the status of those who have none."""
    plan, problems = plan_of(role, tools)
    if plan is None:
        raise TemplateUnsound(problems[0].message)
    results, _ = score_company([plan], inputs)
    return results.people.select("person", "overall", pl.coalesce("label", "status").alias("label"))


def main(people: Path, result: Path) -> None:
    """Scores everybody and says how many seconds it took, from the frame to the labels."""
    role, inputs = templates()["bench_agent"], inputs_of(people)
    functions, _ = functions_with(())
    timed(lambda: labels_of(role, Tools(functions), inputs)).write_parquet(result)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
