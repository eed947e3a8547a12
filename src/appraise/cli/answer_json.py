"""What JSON answers hold beside `format` and `problems`; docs/commands.md describes each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from appraise.model.plain import plain

if TYPE_CHECKING:
    from appraise.app.answers import (
        Checked,
        KraResult,
        Measured,
        PersonResult,
        Ran,
        Scored,
        SegmentResult,
        SourceShown,
        SourcesListed,
    )
    from appraise.app.answers_roles import RoleShown, RolesListed
    from appraise.app.coverage import Coverage
    from appraise.app.template_words import Told
    from appraise.model.period import Period
    from appraise.model.role import Kpi, Kra


def period_json(period: Period | None) -> dict[str, Any] | None:
    """`{"id", "from", "to"}`, the days inclusive."""
    return None if period is None else {"id": period.id, "from": plain(period.start), "to": plain(period.end)}


def checked_json(answer: Checked) -> dict[str, Any]:
    """How much was looked at."""
    counts = {"roles": answer.roles, "sources": answer.sources, "measures": answer.measures, "people": answer.people}
    told = {} if answer.coverage is None else {"coverage": [_coverage(one) for one in answer.coverage]}
    return {"period": period_json(answer.period), **counts, **told}


def _coverage(one: Coverage) -> dict[str, Any]:
    missing = [case._asdict() for case in one.missing]
    return {"role": one.role.key, "reached": one.reached, "total": one.total, "missing": missing}


def measured_json(answer: Measured) -> dict[str, Any]:
    """One object per person, segment and measure; `value` is null unless `status` is ok."""
    lines = [
        {
            "person": line.person,
            "segment": line.segment,
            "measure": line.measure,
            "value": plain(line.value),
            "status": line.status,
            "reason": line.reason,
            "definition_id": line.definition_id,
        }
        for line in answer.measures
    ]
    return {"period": period_json(answer.period), "measures": lines}


def scored_json(answer: Scored) -> dict[str, Any]:
    """One object per person."""
    return {"period": period_json(answer.period), "people": [_person(result) for result in answer.people]}


def ran_json(answer: Ran) -> dict[str, Any]:
    """What was written, and people by status."""
    return {
        "period": period_json(answer.period),
        "folder": answer.folder,
        "people": dict(answer.people),
        "packs": answer.packs,
        "unchanged": answer.unchanged,
        "left_over": list(answer.left_over),
    }


def roles_json(answer: RolesListed) -> dict[str, Any]:
    """One object per version of a template."""
    return {"period": period_json(answer.period), "roles": plain(answer.roles)}


def role_json(answer: RoleShown) -> dict[str, Any]:
    """The template after `extends`, with what its keys say in words."""
    role, told = answer.role, answer.told
    if role is None or told is None:
        return {"role": None}
    named = {"id": role.id, "title": role.title, "version": role.version, "file": role.place.file}
    kras = [_declared_kra(kra, words, answer) for kra, words in zip(role.kras, told.kras, strict=True)]
    rules = {
        "gates": [{"id": one.id, "words": one.words} for one in told.gates],
        "adjustments": [{"id": one.id, "words": one.words} for one in told.adjustments],
    }
    return {"role": {**named, "sha256": role.sha256, "words": told.role.words, "kras": kras, **rules}}


def _declared_kra(kra: Kra, told: Told, answer: RoleShown) -> dict[str, Any]:
    kpis = [_declared_kpi(kpi, words, answer) for kpi, words in zip(kra.kpis, told.parts, strict=True)]
    return {"id": kra.id, "title": kra.title, "weight": float(kra.weight), "words": told.words, "kpis": kpis}


def _declared_kpi(kpi: Kpi, told: Told, answer: RoleShown) -> dict[str, Any]:
    return {
        "id": kpi.id,
        "title": kpi.title,
        "weight": float(kpi.weight),
        "formula": kpi.formula.text,
        "says": answer.words.get(kpi.id, ""),
        "unit": kpi.unit,
        "direction": str(kpi.direction),
        "monitor": kpi.monitor,
        "words": told.words,
    }


def sources_json(answer: SourcesListed) -> dict[str, Any]:
    """One object per source."""
    return {"sources": plain(answer.sources)}


def source_json(answer: SourceShown) -> dict[str, Any]:
    """One source with its columns."""
    return {"source": plain(answer.source), "columns": plain(answer.columns)}


def _person(result: PersonResult) -> dict[str, Any]:
    return {
        "person": result.person,
        "status": result.status,
        "reason": result.reason,
        "overall": result.overall,
        "label": result.label,
        "coverage": result.coverage,
        "provisional": result.provisional,
        "segments": [_segment(segment) for segment in result.segments],
    }


def _segment(segment: SegmentResult) -> dict[str, Any]:
    return {
        "role": segment.role,
        "from": plain(segment.start),
        "to": plain(segment.end),
        "kras": [_kra(kra) for kra in segment.kras],
    }


def _kra(kra: KraResult) -> dict[str, Any]:
    return {"id": kra.id, "score": kra.score, "status": kra.status, "kpis": plain(kra.kpis)}
