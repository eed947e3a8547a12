"""Gates and rejected rows: what was left out of a source does not clear anybody.

A row without a readable date is left out and listed, and the figures are those of the other rows. But a gate asks
whether something ever happened: where a row about the person was left out, the answer is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.scoring.states import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from appraise.model.workspace import MeasureSpec
    from appraise.scoring.plan import Plan
    from appraise.sources.facts import FactTable


def with_open_gates(
    frame: pl.DataFrame, plans: Iterable[Plan], measures: Mapping[str, MeasureSpec], tables: Mapping[str, FactTable]
) -> pl.DataFrame:
    """The input frame in which a measure that a gate reads is unknown for those of whose rows one was left out."""
    changed = []
    for name in sorted({name for plan in plans for name in _read_by_gates(plan)} & set(measures)):
        table = tables.get(measures[name].source)
        if table is not None and table.left_out:
            doubtful = pl.col("person").is_in(sorted(table.left_out))
            changed.append(pl.when(~doubtful).then(pl.col(name)).alias(name))
            changed.append(pl.when(doubtful).then(pl.lit(UNREADABLE)).otherwise(pl.col(f"{name}?")).alias(f"{name}?"))
    return frame.with_columns(changed)


def _read_by_gates(plan: Plan) -> Iterator[str]:
    for gate in plan.gates:
        for question in gate.questions:
            yield from question.names
