"""Measures that are made of the same rows: one source, one period, one grouping."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from appraise.model.period import Period
from appraise.model.role import Level
from appraise.model.window import window_of
from appraise.scoring.names import MeasureName, measure_name
from appraise.scoring.pools import pools_of
from appraise.scoring.windows import is_log, reaches_back_to, rows_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import polars as pl

    from appraise.scoring.asked import MeasuresAsked
    from appraise.scoring.catalogue import Catalogue
    from appraise.scoring.pools import Pools
    from appraise.scoring.ports import Facts

Days: TypeAlias = tuple[bool, str]
"""Whether the days are those of the period before, and the mark of others."""

NOW: Days = (False, "")
"""The days of the appraised period."""


@dataclass(frozen=True, slots=True, order=True)
class Batch:
    """The rows of a source in a period (or up to its end), grouped by person, team or company, and what they make.

    `mark` is that of the days they are counted over, or empty for the appraised period or the one before.
    """

    source: str
    previous: bool
    mark: str
    level: Level
    up_to_end: bool
    custom: str
    names: tuple[MeasureName, ...] = ()

    @property
    def days(self) -> Days:
        """Which days its rows are of: a key of `spans_of`."""
        return self.previous, self.mark


@dataclass(frozen=True, slots=True)
class Span:
    """The appraised period, the one before or other days, with its groups."""

    period: Period
    pools: Pools


def measure_names(names: Iterable[str]) -> list[MeasureName]:
    """The names that are measures', in order."""
    found = (measure_name(name) for name in sorted(names))
    return [name for name in found if name is not None]


def batches_of(names: Iterable[MeasureName], catalogue: Catalogue, tables: Mapping[str, Facts]) -> list[Batch]:
    """The names, which the catalogue has, by the rows they are made of; a custom measure is a batch of its own."""
    keyed = sorted((_batch_of(name, catalogue, tables), name) for name in names)
    return [
        replace(batch, names=tuple(name for _, name in group))
        for batch, group in groupby(keyed, key=lambda pair: pair[0])
    ]


def spans_of(asked: MeasuresAsked, batches: Sequence[Batch], *, days: bool = False) -> dict[Days, Span]:
    """The days that a batch is about; with `days` also the appraised period."""
    teams = days or any(batch.level is Level.TEAM for batch in batches)
    wanted = dict.fromkeys([*([NOW] if days else []), *(batch.days for batch in batches)])
    periods = {each: _period(asked, each) for each in wanted}
    return {
        each: Span(period, pools_of(asked.people, period, asked.team_kinds, teams=teams))
        for each, period in periods.items()
    }


def keyed_rows(asked: MeasuresAsked, batch: Batch, span: Span) -> pl.DataFrame | None:
    """The rows of a batch with the key of their group; None where the log does not reach back to the days."""
    facts, matured = asked.tables[batch.source], "+" in batch.mark
    if span.period.start < asked.period.start and not reaches_back_to(facts, span.period, soon=matured):
        return None
    rows = rows_in(facts, span.period, up_to_end=batch.up_to_end, current=not batch.previous)
    by_day = is_log(facts.spec) and not batch.up_to_end
    return span.pools.keyed(rows, facts.spec, batch.level, by_day=by_day)


def _period(asked: MeasuresAsked, days: Days) -> Period:
    """The days as a period; those of a mark are nobody's, so that its id is the mark."""
    previous, mark = days
    window = window_of(mark)
    if window is not None:
        return Period(mark, window.start, window.end)
    return asked.previous if previous else asked.period


def _batch_of(name: MeasureName, catalogue: Catalogue, tables: Mapping[str, Facts]) -> Batch:
    """The batch of one name; only a log has rows of other days, a table tells of a whole period."""
    spec = catalogue.measures[name.measure]
    custom = name.full if spec.aggregate == "custom" else ""
    facts = tables.get(spec.source)
    mark = name.mark if facts is not None and is_log(facts.spec) else ""
    return Batch(spec.source, name.previous and not mark, mark, name.level, spec.as_of == "end", custom)
