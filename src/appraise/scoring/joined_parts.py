"""What KPIs and adjustments bring to an overall that several segments were joined to: hundredths that add up to it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import polars as pl

from appraise.scoring.contributions import exact_parts, kra_parts, part_frame
from appraise.scoring.exact import ranks_of
from appraise.scoring.joined import added_together, contributions
from appraise.scoring.overall import rolled_up_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from appraise.scoring.company import Results, RoleScores
    from appraise.scoring.joined_company import Piece, Together

_Exact = tuple[tuple[int, ...], int]
"""What the KPIs of a row bring to its own score, above one line, and that line."""


def part_frames(results: Results) -> list[pl.DataFrame]:
    """For each template what `part_frame` says, of the overall that each row is a part of."""
    frames = [part_frame(scores) for scores in results.roles]
    if not results.together:
        return frames
    exact = [_exact(scores, frame, _rows(results, place)) for place, (scores, frame) in _numbered(results, frames)]
    ranks = [ranks_of(scores.plan) for scores in results.roles]
    found: list[dict[int, Sequence[int]]] = [{} for _ in frames]
    for one in results.together:
        counted = _counted(one)
        if counted and one.joined.base is not None:
            own = [(*exact[piece.role][piece.at], piece.part.share) for piece in counted]
            order = [ranks[piece.role] for piece in counted]
            shared = contributions(own, order, one.joined.total, one.joined.base)
            for piece, parts in zip(counted, shared, strict=True):
                found[piece.role][piece.at] = parts
    return [
        _with_parts(scores, frame, _rows(results, place), found[place])
        for place, (scores, frame) in _numbered(results, frames)
    ]


def added_frames(results: Results) -> list[pl.DataFrame]:
    """For each template `<place>.added`, the hundredths that an adjustment adds to the overall; null without one.

    `<place>.limited` tells whether a limit or the end of the scale left less of it.
    """
    frames = [_added(scores) for scores in results.roles]
    changed: list[dict[int, tuple[Sequence[int], Sequence[bool]]]] = [{} for _ in frames]
    for one in results.together:
        found, counted = one.joined, _counted(one)
        if counted and found.base is not None and found.uncapped is not None:
            points = [_points(results.roles[piece.role], piece.at) for piece in counted]
            pairs = [(own, piece.part) for own, piece in zip(points, counted, strict=True)]
            added, limited = added_together(pairs, found.total, found.uncapped - found.base)
            for piece, more, less in zip(counted, added, limited, strict=True):
                changed[piece.role][piece.at] = more, less
    return [
        _with_added(scores, frame, _rows(results, place), changed[place])
        for place, (scores, frame) in _numbered(results, frames)
    ]


def _numbered(
    results: Results, frames: Iterable[pl.DataFrame]
) -> Iterable[tuple[int, tuple[RoleScores, pl.DataFrame]]]:
    return enumerate(zip(results.roles, frames, strict=True))


def _counted(one: Together) -> list[Piece]:
    """The segments that have a score which counts."""
    return [piece for piece in one.pieces if piece.part.share and piece.part.weighs and piece.part.scale is not None]


def _rows(results: Results, role: int) -> list[int]:
    """The rows of a template that belong to people with several segments."""
    return sorted(piece.at for one in results.together for piece in one.pieces if piece.role == role)


def _exact(scores: RoleScores, parts: pl.DataFrame, rows: Sequence[int]) -> dict[int, _Exact]:
    size = len(scores.plan.kpis)
    if scores.plan.staged:
        whole = parts.select(pl.col(f"{place}.part").fill_null(0) for place in range(size))[rows]
        return {at: (own, 1) for at, own in zip(rows, whole.iter_rows(), strict=True)}
    frame = exact_parts(scores).select(*(f"{place}.exact" for place in range(size)), "all").collect()[rows]
    found = {at: (own[:-1], own[-1]) for at, own in zip(rows, frame.iter_rows(), strict=True)}
    odd = pl.Series([at for at, (_, below) in found.items() if below is None], dtype=pl.UInt32)
    for at, roll_up in rolled_up_rows(scores.plan, scores.kpis, scores.kras, odd):
        below = math.lcm(*(part.denominator for part in roll_up.exact))
        found[at] = tuple(int(part * below) for part in roll_up.exact), below
    return found


def _with_parts(
    scores: RoleScores, frame: pl.DataFrame, rows: Sequence[int], found: Mapping[int, Sequence[int]]
) -> pl.DataFrame:
    """The frame with the parts that were worked out, and without those of rows that do not count."""
    columns = []
    for place in range(len(scores.plan.kpis)):
        old = frame[f"{place}.part"]
        new = [found[at][place] if at in found and old[at] is not None else None for at in rows]
        columns.append(old.scatter(rows, pl.Series(new, dtype=pl.Int64)) if rows else old)
    return pl.DataFrame(columns).with_columns(kra_parts(scores.plan))


def _added(scores: RoleScores) -> pl.DataFrame:
    known = pl.col("base").is_not_null()
    columns = []
    for place, each in enumerate(scores.plan.adjustments):
        added = pl.when(known).then(f"{place}.added")
        columns += [
            added.alias(f"{place}.added"),
            (added != each.points).fill_null(value=False).alias(f"{place}.limited"),
        ]
    return scores.overall.select(columns)


def _points(scores: RoleScores, at: int) -> list[int]:
    """The points of the adjustments of a row, 0 where one does not hold."""
    return [
        each.points if scores.gates[f"{place}.applies"][at] else 0 for place, each in enumerate(scores.plan.adjustments)
    ]


def _with_added(
    scores: RoleScores,
    frame: pl.DataFrame,
    rows: Sequence[int],
    changed: Mapping[int, tuple[Sequence[int], Sequence[bool]]],
) -> pl.DataFrame:
    if not rows:
        return frame
    columns = []
    for place in range(len(scores.plan.adjustments)):
        more = [changed[at][0][place] if at in changed else None for at in rows]
        less = [changed[at][1][place] if at in changed else False for at in rows]
        columns.append(frame[f"{place}.added"].scatter(rows, pl.Series(more, dtype=pl.Int64)))
        columns.append(frame[f"{place}.limited"].scatter(rows, pl.Series(less, dtype=pl.Boolean)))
    return pl.DataFrame(columns)
