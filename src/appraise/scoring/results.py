"""A scored company as frames for files and tables: a row per person and KPI, KRA, gate or adjustment.

They are made when asked for: a run that only wants ratings does not pay for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.scoring.cards import definition_id
from appraise.scoring.company import in_points
from appraise.scoring.contributions import share_frame
from appraise.scoring.gates import FAIL, GATE_STATUSES, cap_column, reason_of
from appraise.scoring.joined_parts import added_frames, part_frames
from appraise.scoring.statuses import FINDINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from appraise.scoring.company import Results, RoleScores

KPI_COLUMNS = {
    "person": pl.String,
    "segment": pl.Int64,
    "role": pl.String,
    "kra": pl.String,
    "kpi": pl.String,
    "status": pl.String,
    "reason": pl.String,
    "value": pl.Float64,
    "target": pl.Float64,
    "attainment": pl.Float64,
    "sample": pl.Float64,
    "band": pl.Int64,
    "score": pl.Float64,
    "weight": pl.Float64,
    "effective_weight": pl.Float64,
    "contribution": pl.Float64,
    "definition_id": pl.String,
}
"""The columns of `kpi_results`; they mean what the fields of `model.outcome.KpiScore` mean."""

KRA_COLUMNS = {
    "person": pl.String,
    "segment": pl.Int64,
    "role": pl.String,
    "kra": pl.String,
    "status": pl.String,
    "score": pl.Float64,
    "uncapped": pl.Float64,
    "weight": pl.Float64,
    "effective_weight": pl.Float64,
    "contribution": pl.Float64,
    "capped_by": pl.String,
}
"""The columns of `kra_results`, as the fields of `model.outcome.KraScore`."""

GATE_COLUMNS = {
    "person": pl.String,
    "segment": pl.Int64,
    "role": pl.String,
    "gate": pl.String,
    "status": pl.String,
    "reason": pl.String,
    "caps": pl.String,
    "cap_at": pl.Float64,
    "severity": pl.Float64,
    "open": pl.Boolean,
}
"""The columns of `gate_results`, as the fields of `model.outcome.GateResult`."""

ADJUSTMENT_COLUMNS = {
    "person": pl.String,
    "segment": pl.Int64,
    "role": pl.String,
    "adjustment": pl.String,
    "applied": pl.Boolean,
    "added": pl.Float64,
    "reason": pl.String,
}
"""The columns of `adjustment_results`, as the fields of `model.outcome.AdjustmentResult`."""


def kpi_results(results: Results) -> pl.DataFrame:
    """A row for every person, segment and KPI, in the order of the input frame and of the template."""
    parts = part_frames(results)
    return _ordered(results, lambda place, scores: _kpis(scores, parts[place]), KPI_COLUMNS)


def kra_results(results: Results) -> pl.DataFrame:
    """A row for every person, segment and KRA, in the order of the input frame and of the template."""
    parts = part_frames(results)
    return _ordered(results, lambda place, scores: _kras(scores, parts[place]), KRA_COLUMNS)


def gate_results(results: Results) -> pl.DataFrame:
    """A row for every person, segment and gate, in the order of the input frame and of the template."""
    return _ordered(results, lambda _, scores: _gates(scores), GATE_COLUMNS)


def adjustment_results(results: Results) -> pl.DataFrame:
    """A row for every person, segment and adjustment, in the order of the input frame and of the template."""
    added = added_frames(results)
    return _ordered(results, lambda place, scores: _adjustments(scores, added[place]), ADJUSTMENT_COLUMNS)


def _ordered(
    results: Results,
    rows_of: Callable[[int, RoleScores], Iterator[pl.LazyFrame]],
    columns: dict[str, type[pl.DataType]],
) -> pl.DataFrame:
    numbered = enumerate(results.roles)
    tables = [_woven(list(rows_of(place, scores)), scores.people.height) for place, scores in numbered]
    full = [table for table in tables if table is not None]
    if not full:
        return pl.DataFrame(schema=columns)
    # A template's people are in order already; sorting is for several templates, whose people alternate.
    joined = pl.concat(full) if len(full) == 1 else pl.concat(full).sort("row", maintain_order=True)
    return joined.select(*columns)


def _woven(tables: list[pl.LazyFrame], height: int) -> pl.DataFrame | None:
    """Tables of one row per person as one: each person's rows together, in the order of the tables."""
    if not tables:
        return None
    place = pl.int_range(height * len(tables), eager=True)
    order = place % len(tables) * height + place // len(tables)
    return pl.concat(pl.collect_all(tables)).select(pl.all().gather(order))


def _texts(words: list[str], place: pl.Expr) -> pl.Expr:
    return pl.lit(pl.Series(words, dtype=pl.String)).gather(place)


def _shown() -> pl.Expr:
    """Whether a person has an overall that parts can be parts of."""
    return (pl.col("person_status") == "rated") | (pl.col("person_reason") == "low_coverage")


def _people(scores: RoleScores) -> pl.DataFrame:
    return scores.people.select("row", "person", "segment", "role", person_status="status", person_reason="reason")


def _kpis(scores: RoleScores, parts: pl.DataFrame) -> Iterator[pl.LazyFrame]:
    frames = [_people(scores), scores.kpis, share_frame(scores), parts]
    wide = pl.concat(frames, how="horizontal").lazy()
    status = [finding.status.value for finding in FINDINGS]
    reason = [finding.reason for finding in FINDINGS]
    for place, each in enumerate(scores.plan.kpis):
        code = pl.col(f"{place}.code")
        yield wide.select(
            "row",
            "person",
            "segment",
            "role",
            pl.lit(scores.plan.role.kras[each.kra].id).alias("kra"),
            pl.lit(each.kpi.id).alias("kpi"),
            _texts(status, code).alias("status"),
            _texts(reason, code).alias("reason"),
            *(pl.col(f"{place}.{part}").alias(part) for part in ("value", "target", "attainment", "sample")),
            pl.col(f"{place}.band").cast(pl.Int64).alias("band"),
            in_points(pl.col(f"{place}.points")).alias("score"),
            pl.lit(float(each.kpi.weight)).alias("weight"),
            pl.col(f"{place}.share").alias("effective_weight"),
            in_points(pl.when(_shown()).then(f"{place}.part")).alias("contribution"),
            pl.lit(definition_id(scores.plan, each)).alias("definition_id"),
        )


def _kras(scores: RoleScores, parts: pl.DataFrame) -> Iterator[pl.LazyFrame]:
    plan = scores.plan
    frames = [_people(scores), scores.kras, scores.gates, share_frame(scores), parts]
    wide = pl.concat(frames, how="horizontal").lazy()
    for place, kra in enumerate(plan.role.kras):
        score, capped = pl.col(f"{place}.score"), pl.col(f"{place}.capped")
        yield wide.select(
            "row",
            "person",
            "segment",
            "role",
            pl.lit(kra.id).alias("kra"),
            pl.when(score.is_null()).then(pl.lit("not_scored")).otherwise(pl.lit("ok")).alias("status"),
            in_points(score).alias("score"),
            in_points(pl.when(capped).then(f"{place}.uncapped")).alias("uncapped"),
            pl.lit(float(kra.weight)).alias("weight"),
            pl.col(f"kra.{place}.share").alias("effective_weight"),
            in_points(pl.when(_shown()).then(f"kra.{place}.part")).alias("contribution"),
            pl.when(capped).then(_capping(scores, place)).otherwise(pl.lit("")).alias("capped_by"),
        )


def _capping(scores: RoleScores, place: int) -> pl.Expr:
    """The first gate that fails with the cap that counts."""
    named = pl.lit("")
    for index, gate in reversed(list(enumerate(scores.plan.gates))):
        if gate.kra == place:
            sets = (pl.col(f"{index}.gate") == FAIL) & (pl.col(f"{place}.score") == cap_column(index, gate))
            named = pl.when(sets).then(pl.lit(gate.gate.id)).otherwise(named)
    return named


def _gates(scores: RoleScores) -> Iterator[pl.LazyFrame]:
    wide = pl.concat([_people(scores), scores.gates], how="horizontal").lazy()
    reasons = [reason_of(code) for code in range(len(FINDINGS))]
    for place, each in enumerate(scores.plan.gates):
        yield wide.select(
            "row",
            "person",
            "segment",
            "role",
            pl.lit(each.gate.id).alias("gate"),
            _texts([status.value for status in GATE_STATUSES], pl.col(f"{place}.gate")).alias("status"),
            _texts(reasons, pl.col(f"{place}.why")).alias("reason"),
            pl.lit(each.gate.caps).alias("caps"),
            in_points(cap_column(place, each)).alias("cap_at"),
            (pl.col(f"{place}.severity") if each.severity else pl.lit(None, pl.Float64)).alias("severity"),
            (pl.col(f"{place}.open") if each.open else pl.lit(value=False)).alias("open"),
        )


def _adjustments(scores: RoleScores, added: pl.DataFrame) -> Iterator[pl.LazyFrame]:
    wide = pl.concat([_people(scores), scores.gates, added], how="horizontal").lazy()
    reasons = [reason_of(code) for code in range(len(FINDINGS))]
    for place, each in enumerate(scores.plan.adjustments):
        applied, points = pl.col(f"{place}.applies"), pl.when(_shown()).then(f"{place}.added")
        limited = applied & points.is_not_null() & pl.col(f"{place}.limited")
        unknown = _texts(reasons, pl.col(f"{place}.unknown"))
        yield wide.select(
            "row",
            "person",
            "segment",
            "role",
            pl.lit(each.adjustment.id).alias("adjustment"),
            applied.alias("applied"),
            in_points(points.fill_null(0)).alias("added"),
            pl.when(limited).then(pl.lit("limited")).otherwise(unknown).alias("reason"),
        )
