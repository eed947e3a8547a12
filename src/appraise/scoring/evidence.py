"""Which rows of which file made a number: every measure and target walked back to its source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from appraise.model.outcome import RowRange
from appraise.scoring.aggregates import in_order_for, marked_rows
from appraise.scoring.batch_values import bound_here, whole_reason
from appraise.scoring.batches import batches_of, keyed_rows, measure_names, spans_of
from appraise.scoring.catalogue import bound_measures, catalogue_of, numeric_columns
from appraise.scoring.pools import KEY
from appraise.scoring.windows import FILE, LINE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from appraise.model.workspace import MeasureSpec
    from appraise.scoring.asked import MeasuresAsked
    from appraise.scoring.batches import Batch, Span
    from appraise.scoring.bindings import BoundMeasure

MOST_RANGES = 100
"""So many stretches of lines are written out; `…` stands for further ones."""

_NOTHING: tuple[RowRange, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The rows behind measures and targets, kept once for each group that shares them.

    `keys` tells by full name and segment the group; `ranges` by full name and group the rows. `measures` are all
    measures by name, those that are columns of tables too. `notes` tell by full name and segment in words how a number
    was worked out.
    """

    keys: Mapping[str, Mapping[str, str]]
    ranges: Mapping[tuple[str, str], tuple[RowRange, ...]]
    measures: Mapping[str, MeasureSpec]
    notes: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def of(self, name: str, stretch: str) -> tuple[RowRange, ...]:
        """The rows of which the number of a segment was made, file by file; nothing where there are none."""
        key = self.keys.get(name, {}).get(stretch)
        return _NOTHING if key is None else self.ranges.get((name, key), _NOTHING)


def evidence_of(
    asked: MeasuresAsked, persons: Sequence[str], targets: Mapping[str, tuple[pl.DataFrame, pl.DataFrame]] | None = None
) -> Evidence:
    """The rows behind what these persons were measured by.

    Args:
        asked: the request that their measures came from.
        persons: whose numbers are to be explained, all at once.
        targets: for each full name of a target the group of every segment (person, stretch and `_key`), and the rows
            in force for the groups (`_key`, `_file` and `_line`).
    """
    names = measure_names(asked.names)
    wanted = frozenset(name.measure for name in names)
    catalogue, _ = catalogue_of(asked.workspace, numeric_columns(asked.tables), wanted)
    measures, _ = bound_measures(asked, catalogue, wanted)
    batches = batches_of([name for name in names if name.measure in catalogue.measures], catalogue, asked.tables)
    spans = spans_of(asked, batches)
    keys: dict[str, dict[str, str]] = {}
    ranges: dict[tuple[str, str], tuple[RowRange, ...]] = {}
    for batch in batches:
        bound = bound_here(batch, measures)
        if bound and not whole_reason(asked, batch):
            own, found = _of_batch(asked, batch, spans[batch.days], bound, persons)
            keys |= {name: own for name, _ in bound}
            ranges |= found
    for name, (groups, rows) in (targets or {}).items():
        theirs = groups.filter(pl.col("person").is_in(list(persons)))
        keys[name] = dict(theirs.select("stretch", KEY).iter_rows())
        ranges |= _ranges(name, rows.join(theirs, on=KEY, how="semi", maintain_order="left"))
    return Evidence(keys, ranges, catalogue.measures)


def _of_batch(
    asked: MeasuresAsked, batch: Batch, span: Span, bound: Sequence[tuple[str, BoundMeasure]], persons: Sequence[str]
) -> tuple[dict[str, str], dict[tuple[str, str], tuple[RowRange, ...]]]:
    """The groups of the persons' segments, and the rows that brought a value for each of the batch's names."""
    key = span.pools.keys(asked.tables[batch.source].spec, batch.level)
    own = span.pools.people.filter(pl.col("person").is_in(list(persons))).select("stretch", key.alias(KEY))
    groups = {stretch: group for stretch, group in own.iter_rows() if group is not None}
    rows = keyed_rows(asked, batch, span)
    if rows is None:
        return groups, {}
    theirs = rows.join(own.select(KEY).unique(), on=KEY, how="semi", maintain_order="left")
    ordered = in_order_for(theirs, [measure for _, measure in bound])
    marked = marked_rows(ordered.lazy(), [(number, measure) for number, (_, measure) in enumerate(bound)]).collect()
    found: dict[tuple[str, str], tuple[RowRange, ...]] = {}
    for number, (name, _) in enumerate(bound):
        found |= _ranges(name, marked.filter(pl.col(f"{number}.value").is_not_null()).select(KEY, FILE, LINE))
    return groups, found


def _ranges(name: str, rows: pl.DataFrame) -> dict[tuple[str, str], tuple[RowRange, ...]]:
    """The rows of every group, as stretches of lines that follow each other."""
    lines = rows.select(KEY, FILE, LINE).unique().sort(KEY, FILE, LINE)
    begins = (pl.col(LINE) != pl.col(LINE).shift(1) + 1) | (pl.struct(KEY, FILE) != pl.struct(KEY, FILE).shift(1))
    stretches = (
        lines.with_columns(begins.fill_null(value=True).cum_sum().alias("stretch"))
        .group_by(KEY, FILE, "stretch", maintain_order=True)
        .agg(pl.col(LINE).first().alias("first"), pl.col(LINE).last().alias("last"), pl.len().alias("count"))
    )
    one = pl.col("first").cast(pl.String)
    many = pl.concat_str(one, pl.lit("-"), pl.col("last").cast(pl.String))
    text = pl.when(pl.col("first") == pl.col("last")).then(one).otherwise(many)
    files = (
        stretches.with_columns(text.alias("text"))
        .group_by(KEY, FILE, maintain_order=True)
        .agg(pl.col("text").head(MOST_RANGES).str.join(","), pl.col("count").sum(), pl.len().alias("stretches"))
    )
    found: dict[tuple[str, str], list[RowRange]] = {}
    for key, file, text_of_file, count, number in files.iter_rows():
        shown = f"{text_of_file},…" if number > MOST_RANGES else text_of_file
        found.setdefault((name, key), []).append(RowRange(file, shown, int(count)))
    return {group: tuple(ranges) for group, ranges in found.items()}
