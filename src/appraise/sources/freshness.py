"""Whether a log reaches to the end of the period without holes, as `expect` demands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.model.calendar import is_working_day, working_days
from appraise.model.place import Place
from appraise.model.problem import Problem
from appraise.sources.facts import DATE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from appraise.model.workspace import SourceSpec
    from appraise.sources.facts import Reading, SourceFile


def last_day(frame: pl.DataFrame, reading: Reading) -> date | None:
    """The last day with a row up to the end of the period, None without one."""
    if DATE not in frame.columns:
        return None
    days = frame.select(pl.col(DATE).dt.date()).to_series().unique()
    return max(days.filter(days <= reading.period.end).to_list(), default=None)


def stale_problems(
    spec: SourceSpec, frame: pl.DataFrame, reading: Reading, files: Sequence[SourceFile]
) -> list[Problem]:
    """Why a log counts as stale, nothing where it is as fresh as its source demands."""
    if spec.expect is None or DATE not in frame.columns:
        return []
    return [*_late(spec, frame, reading, files), *_holes(spec, frame, reading, files)]


def _late(spec: SourceSpec, frame: pl.DataFrame, reading: Reading, files: Sequence[SourceFile]) -> list[Problem]:
    within = spec.expect.last_row_within if spec.expect else None
    if within is None:
        return []
    last, end = last_day(frame, reading), reading.period.end
    if last is not None and (end - last).days <= within:
        return []
    ends = f"its last row is of {last}, {(end - last).days} days before" if last else "it has no row up to"
    return [
        Problem(
            _place(spec, files),
            code="source-stale",
            message=f"source '{spec.name}': {ends} the period's end, {end}; at most {within} are allowed",
            hint="deliver the rest of the file, or change 'expect:'",
        )
    ]


def _holes(spec: SourceSpec, frame: pl.DataFrame, reading: Reading, files: Sequence[SourceFile]) -> list[Problem]:
    share = spec.expect.days_with_rows if spec.expect else None
    if share is None:
        return []
    period, calendar = reading.period, reading.calendar
    days = frame.select(pl.col(DATE).dt.date()).to_series().unique()
    within = days.filter(days.is_between(period.start, period.end)).to_list()
    expected = working_days(calendar, period.start, period.end)
    found = sum(is_working_day(calendar, day) for day in within)
    if expected == 0 or 100 * found >= share * expected:
        return []
    return [
        Problem(
            _place(spec, files),
            code="source-has-holes",
            message=f"source '{spec.name}': it has rows on {found} of {expected} working days; {share:g} % are needed",
            hint="deliver the missing days, or change 'expect:'",
        )
    ]


def _place(spec: SourceSpec, files: Sequence[SourceFile]) -> Place:
    return Place(files[-1].shown) if files else spec.place
