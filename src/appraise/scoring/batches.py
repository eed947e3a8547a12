"""Measures that are made of the same rows: one source, one period, one grouping."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from appraise.model.role import Level
from appraise.scoring.names import MeasureName, measure_name
from appraise.scoring.pools import pools_of
from appraise.scoring.windows import is_log, reaches_back_to, rows_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import polars as pl

    from appraise.model.period import Period
    from appraise.scoring.asked import MeasuresAsked
    from appraise.scoring.catalogue import Catalogue
    from appraise.scoring.pools import Pools


@dataclass(frozen=True, slots=True, order=True)
class Batch:
    """The rows of a source in a period (or up to its end), grouped by person, team or company, and what they make."""

    source: str
    previous: bool
    level: Level
    up_to_end: bool
    custom: str
    names: tuple[MeasureName, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """The appraised period or the one before, with its groups."""

    period: Period
    pools: Pools


def measure_names(names: Iterable[str]) -> list[MeasureName]:
    """The names that are measures', in order."""
    found = (measure_name(name) for name in sorted(names))
    return [name for name in found if name is not None]


def batches_of(names: Iterable[MeasureName], catalogue: Catalogue) -> list[Batch]:
    """The names, which the catalogue has, by the rows they are made of; a custom measure is a batch of its own."""
    keyed = sorted((_batch_of(name, catalogue), name) for name in names)
    return [
        Batch(
            batch.source, batch.previous, batch.level, batch.up_to_end, batch.custom, tuple(name for _, name in group)
        )
        for batch, group in groupby(keyed, key=lambda pair: pair[0])
    ]


def spans_of(asked: MeasuresAsked, batches: Sequence[Batch], *, days: bool = False) -> dict[bool, Span]:
    """The appraised period (False) and the one before (True), those that a batch is about; with `days` the former."""
    teams = days or any(batch.level is Level.TEAM for batch in batches)
    periods = ({False: asked.period} if days else {}) | {
        batch.previous: asked.previous if batch.previous else asked.period for batch in batches
    }
    return {
        previous: Span(period, pools_of(asked.people, period, asked.team_kinds, teams=teams))
        for previous, period in periods.items()
    }


def keyed_rows(asked: MeasuresAsked, batch: Batch, span: Span) -> pl.DataFrame | None:
    """The rows of a batch with the key of their group; None where the log does not reach back to the period."""
    facts = asked.tables[batch.source]
    if batch.previous and not reaches_back_to(facts, span.period):
        return None
    rows = rows_in(facts, span.period, up_to_end=batch.up_to_end, current=not batch.previous)
    by_day = is_log(facts.spec) and not batch.up_to_end
    return span.pools.keyed(rows, facts.spec, batch.level, by_day=by_day)


def _batch_of(name: MeasureName, catalogue: Catalogue) -> Batch:
    spec = catalogue.measures[name.measure]
    custom = name.full if spec.aggregate == "custom" else ""
    return Batch(spec.source, name.previous, name.level, spec.as_of == "end", custom)
