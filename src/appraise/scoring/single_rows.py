"""Tables with more than one row for a person, whose columns are therefore no measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.model.place import Place
from appraise.model.problem import Problem
from appraise.scoring.aggregates import ROWS
from appraise.scoring.pools import KEY
from appraise.scoring.windows import FILE, LINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appraise.scoring.batches import Batch
    from appraise.scoring.bindings import BoundMeasure


def several_rows(
    batch: Batch, people: pl.DataFrame, rows: pl.DataFrame, bound: Sequence[tuple[str, BoundMeasure]]
) -> list[Problem]:
    """One problem for a batch where somebody on the roster has several rows and a measure can only take one.

    Args:
        batch: what was asked of the source.
        people: person, `_key` and `_rows` of everybody.
        rows: the source's rows with `_key`.
        bound: the batch's names and measures.
    """
    alone = [measure.spec for _, measure in bound if measure.alone]
    crowded = people.filter(pl.col(ROWS) > 1).unique("person", keep="first", maintain_order=True)
    if not alone or crowded.is_empty():
        return []
    person, key = crowded.row(0, named=True)["person"], crowded.row(0, named=True)[KEY]
    theirs = rows.filter(pl.col(KEY) == key).select(FILE, LINE).rows()
    lines = " and ".join(f"{file}:{line}" for file, line in theirs[:2])
    others = f"; so do {crowded.height - 1} others" if crowded.height > 1 else ""
    return [
        Problem(
            Place(*theirs[1]),
            code="several-rows-per-person",
            message=f"source '{batch.source}': person '{person}' has {len(theirs)} rows ({lines}){others}, "
            f"so its column '{alone[0].name}' is no measure",
            hint="keep one row per person, or declare a measure with an aggregate (sum, mean, latest …)",
            person=person if crowded.height == 1 else None,
        )
    ]
