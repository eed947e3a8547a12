"""Scoring without printing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from appraise.app.answers import KpiResult, KraResult, PersonResult, Scored, SegmentResult, once
from appraise.app.filters import unknown_filters
from appraise.app.pipeline import scores_of
from appraise.app.ready import ready
from appraise.scoring.results import kpi_results, kra_results

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from appraise.app.asked import Asked
    from appraise.app.pipeline import Scores


def score(asked: Asked) -> Scored:
    """The results of everybody the filters let through; the whole company is scored whatever they say."""
    workspace, problems = ready(asked)
    if workspace is None:
        return Scored(tuple(problems))
    scores, found = scores_of(workspace)
    nobody = unknown_filters(scores.inputs.facts)
    return Scored(once(problems, found, nobody), workspace.setting.period, tuple(person_results(scores, asked)))


def person_results(scores: Scores, asked: Asked) -> Iterator[PersonResult]:
    """The company's results row by row, from the columns, of those whom the filters let through."""
    kpis = _grouped(kpi_results(scores.results), "person", "segment", "kra")
    kras = _grouped(kra_results(scores.results), "person", "segment")
    roster = scores.inputs.facts.roster
    cards, stretches = _grouped(roster.frame, "person"), _grouped(roster.segments, "person")
    for row in scores.results.people.iter_rows(named=True):
        person = row["person"]
        card = cards[(person,)][0]
        segments = stretches[person,]
        if not any(asked.wants(person, card["team"] or "", segment["role"] or "") for segment in segments):
            continue
        yield PersonResult(
            person=person,
            status=row["status"],
            reason=row["reason"],
            overall=row["overall"],
            label=row["label"],
            coverage=row["coverage"],
            segments=tuple(
                _segment(segment, kras, kpis) for segment in segments if (person, segment["segment"]) in kras
            ),
            name=card["name"] or "",
            provisional=row["provisional"],
        )


_Rows = dict[tuple[Any, ...], list[dict[str, Any]]]


def _segment(row: dict[str, Any], kras: _Rows, kpis: _Rows) -> SegmentResult:
    key = row["person"], row["segment"]
    found = tuple(_kra(kra, kpis.get((*key, kra["kra"]), [])) for kra in kras[key])
    return SegmentResult(row["role"], row["start"], row["end"], found)


def _grouped(frame: pl.DataFrame, *keys: str) -> _Rows:
    """The rows of a frame by some of their columns, in order."""
    found: _Rows = {}
    for row in frame.iter_rows(named=True):
        found.setdefault(tuple(row[key] for key in keys), []).append(row)
    return found


def _kra(row: dict[str, Any], kpis: list[dict[str, Any]]) -> KraResult:
    return KraResult(row["kra"], row["score"], row["status"], tuple(_kpi(kpi) for kpi in kpis))


def _kpi(row: dict[str, Any]) -> KpiResult:
    return KpiResult(row["kpi"], row["value"], row["band"], row["score"], row["status"], row["reason"])
