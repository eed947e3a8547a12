"""Which role template a job title stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.documents.suggest import did_you_mean
from appraise.model.problem import Problem
from appraise.sources.facts import FILE, LINE
from appraise.sources.row_places import place_of, rows_named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from appraise.model.workspace import PeopleSpec


def template_of(people: PeopleSpec, title: pl.Expr) -> pl.Expr:
    """The template id of a job title, null where the workspace names none; everybody's where there is only one."""
    if people.everyone_is:
        return pl.lit(people.everyone_is)
    if not people.roles:
        return pl.lit(None, dtype=pl.String)
    return title.replace_strict(dict(people.roles), default=None, return_dtype=pl.String)


def titles_without_template(assignments: pl.DataFrame, people: PeopleSpec) -> list[Problem]:
    """One problem for each job title without a template, at the first row that has it, naming the others."""
    titles = (
        assignments.filter(pl.col("role").is_null())
        .group_by(pl.col("role_title").fill_null(""), maintain_order=True)
        .agg(pl.col("person"), pl.col(LINE).alias("lines"), pl.col(FILE).first(), pl.col(LINE).first())
    )
    return [_without_template(row, people) for row in titles.iter_rows(named=True)]


def _without_template(row: Mapping[str, Any], people: PeopleSpec) -> Problem:
    title, persons = row["role_title"], sorted(set(row["person"]))
    who = f"person '{persons[0]}'" if len(persons) == 1 else f"{len(persons)} people"
    said = f"job title '{title}' has no role template" if title else "no job title"
    return Problem(
        place_of(row),
        code="unknown-job-title",
        message=f"people: {said} ({who}, {rows_named(row['lines'])})",
        hint=did_you_mean(title, people.roles) or "map the title to a template under people: roles:",
        person=persons[0] if len(persons) == 1 else None,
    )
