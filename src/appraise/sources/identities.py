"""Whose a row is: the person's id as written, or another id of the person that the people source knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from appraise.documents.suggest import did_you_mean
from appraise.model.place import Place
from appraise.model.problem import Problem
from appraise.sources.clean.texts import texts_from_typed, unusable_ids
from appraise.sources.columns import Header
from appraise.sources.facts import FILE, LINE, PERSON
from appraise.sources.rejects import REJECTS, rejected

if TYPE_CHECKING:
    from appraise.model.workspace import SourceSpec
    from appraise.sources.facts import FactTable


@dataclass(frozen=True, slots=True)
class Attributed:
    """Rows with their person in `_person`, those of persons nobody knows (as written), and those without one."""

    frame: pl.DataFrame
    strangers: pl.DataFrame
    rejects: pl.DataFrame


def as_written(frame: pl.DataFrame, column: str) -> Attributed:
    """Every row is the person's whose id is in the column; a row is rejected where that can be no id."""
    named = frame.with_columns(pl.col(column).alias(PERSON)).with_columns(
        unusable_ids(frame[column]).alias("_unusable"),
    )
    without = rejected(named.filter(pl.col(PERSON).is_null()), f"it has no person in '{column}'")
    says = pl.format("{} cannot be an id, {}", pl.concat_str(pl.lit("'"), PERSON, pl.lit("'")), "_unusable")
    unusable = rejected(named.filter(pl.col("_unusable").is_not_null()), says).with_columns(pl.lit(None).alias(PERSON))
    usable = named.filter(pl.col(PERSON).is_not_null() & pl.col("_unusable").is_null()).drop("_unusable")
    return Attributed(usable, usable.clear(), pl.concat([without, unusable.cast(REJECTS)]))


def among_people(frame: pl.DataFrame, column: str, people: FactTable) -> Attributed:
    """As written, and the persons who are not in the people source are strangers."""
    read = as_written(frame, column)
    known = read.frame[PERSON].is_in(people.frame[PERSON].unique().implode())
    return Attributed(read.frame.filter(known), read.frame.filter(~known), read.rejects)


def matched(
    frame: pl.DataFrame, column: str, spec: SourceSpec, people: FactTable
) -> tuple[Attributed | None, list[Problem]]:
    """The rows by another id of the person, which stands in the column `matches` of the people source.

    A row whose id belongs to two people is rejected. None where the people source has no such column.
    """
    wanted = spec.person.matches if spec.person and spec.person.matches else ""
    name = Header(dict(people.titles), people.spec.place).named(wanted)
    if name is None:
        place = spec.places.get("person.matches") or spec.places.get("person") or spec.place
        message = f"source '{spec.name}': the people source '{people.spec.name}' has no column '{wanted}' to match"
        hint = did_you_mean(wanted, [*people.titles, *people.titles.values()]) or "name another column"
        return None, [Problem(place, code="match-column-missing", message=message, hint=hint)]
    ids = people.frame.select(texts_from_typed(people.frame[name]).alias("_key"), PERSON, FILE, LINE)
    ids = ids.drop_nulls("_key").unique(subset=["_key", PERSON], keep="first", maintain_order=True)
    shared = ids.filter(pl.col("_key").is_duplicated())
    single = ids.filter(~pl.col("_key").is_duplicated()).select("_key", PERSON)
    rows = frame.with_columns(pl.col(column).alias("_key")).join(single, on="_key", how="left", maintain_order="left")
    nobody = rejected(rows.filter(pl.col("_key").is_null()), f"it has no person in '{column}'")
    ambiguous = rows["_key"].is_in(shared["_key"].unique().implode()).fill_null(value=False)
    says = pl.format("'{}' belongs to several people", "_key")
    rejects = pl.concat([nobody, rejected(rows.filter(ambiguous), says)]).cast(REJECTS)
    unknown = rows.filter(pl.col(PERSON).is_null() & pl.col("_key").is_not_null() & ~ambiguous)
    strangers = unknown.with_columns(pl.col("_key").alias(PERSON)).drop("_key")
    known = rows.filter(pl.col(PERSON).is_not_null()).drop("_key")
    return Attributed(known, strangers, rejects), _shared_problems(shared, wanted, people)


def _shared_problems(shared: pl.DataFrame, wanted: str, people: FactTable) -> list[Problem]:
    """One problem for each id that several people have."""
    return [
        Problem(
            Place(rows[FILE][-1], rows[LINE][-1]),
            code="match-ambiguous",
            message=f"source '{people.spec.name}': {wanted} '{key}' is the same for {', '.join(rows[PERSON])}",
            hint="give it to one of them",
        )
        for (key,), rows in shared.group_by("_key", maintain_order=True)
    ]
