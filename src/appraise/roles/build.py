"""From a document to a role, as far as the document is sound."""

from __future__ import annotations

import hashlib
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from appraise.model.balance import Accepted
from appraise.model.expression import Expression
from appraise.model.problem import Problem
from appraise.model.role import Adjustment, Gate, Kra, Role, Scale, SeverityCap
from appraise.roles.build_kpi import kpi_of
from appraise.roles.examples import examples_of
from appraise.roles.part import UNKNOWN, Part

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLACED = ("version", "effective", "scale", "min_coverage", "unscored_weight", "policy", "adjustments_limit")

SHARE_DECIMALS = Decimal("0.0001")
"""What an equal share of the weight is rounded to."""


def role_of(part: Part, scale: Scale, sources: Sequence[bytes]) -> tuple[Role, list[Problem]]:
    """The role that a document describes.

    Where something is missing or unsound a harmless stand-in takes its place (an unknown weight, an empty formula), so
    that the rules can still look at the rest; such a role is never scored.

    Args:
        part: the whole document.
        scale: the scale that it names.
        sources: the bytes of the files that it came from, its own first.
    """
    kras, problems = _kras(part)
    role = Role(
        id=part.written("role"),
        title=part.text("title"),
        version=part.text("version"),
        scale=scale,
        kras=kras,
        place=part.key_place("role"),
        sha256=hashlib.sha256(b"".join(sources)).hexdigest(),
        effective=part.text("effective"),
        approved_by=part.text("approved_by"),
        min_coverage=part.number("min_coverage", 60.0),
        team=part.text("team", "same_team"),
        gates=tuple(_gate(gate) for gate in part.at("gates").items()),
        adjustments=tuple(_adjustment(one) for one in part.at("adjustments").items()),
        adjustments_limit=part.number("adjustments_limit", 0.25),
        examples=examples_of(part),
        equal_kras=_all_equal(list(part.at("kras").items())),
        unscored_weight=part.text("unscored_weight", "siblings"),
        policy=part.text("policy"),
        accepted=tuple(_accepted(one) for one in part.at("accepted").items()),
        places={"kras": part.key_place("kras"), **part.places(*_PLACED)},
    )
    return role, problems


def _kras(part: Part) -> tuple[tuple[Kra, ...], list[Problem]]:
    entries = list(part.at("kras").items())
    weights, problems = weights_of(entries, "the KRAs")
    kras = []
    for entry, weight in zip(entries, weights, strict=True):
        kra, told = _kra(entry, weight)
        kras.append(kra)
        problems += told
    return tuple(kras), problems


def weights_of(parts: list[Part], whose: str) -> tuple[list[Decimal], list[Problem]]:
    """The weights of a list; `equal` shares 100 among all of it but what is only monitored."""
    sharing = [part for part in parts if part.text("weight") == "equal"]
    if not sharing:
        return [part.exact("weight") for part in parts], []
    if not _all_equal(parts):
        message = f"{whose}: `weight: equal` stands beside other weights"
        hint = "write it everywhere in the list, or write numbers that total 100"
        problem = Problem(sharing[0].place("weight"), code="mixed-weights", message=message, hint=hint)
        return [UNKNOWN for _ in parts], [problem]
    share = (Decimal(100) / len(sharing)).quantize(SHARE_DECIMALS, ROUND_HALF_UP)
    return [share if part in sharing else Decimal(0) for part in parts], []


def _all_equal(parts: list[Part]) -> bool:
    """Whether all that is scored has `weight: equal`."""
    scored = [part for part in parts if not (part.flag("monitor") and part.number("weight", 1.0) == 0)]
    return bool(scored) and all(part.text("weight") == "equal" for part in scored)


def _kra(part: Part, weight: Decimal) -> tuple[Kra, list[Problem]]:
    entries = list(part.at("kpis").items())
    weights, problems = weights_of(entries, f"KRA '{part.written('id')}'")
    kpis = []
    for entry, kpi_weight in zip(entries, weights, strict=True):
        kpi, told = kpi_of(entry, kpi_weight)
        kpis.append(kpi)
        problems += told
    kra = Kra(
        id=part.written("id"),
        title=part.text("title"),
        weight=weight,
        kpis=tuple(kpis),
        place=part.place(),
        purpose=part.text("purpose"),
        rollup=part.text("rollup", "arithmetic"),
        equal_kpis=_all_equal(entries),
        category=part.text("category"),
        places={"kpis": part.key_place("kpis"), **part.places("id", "weight", "rollup")},
    )
    return kra, problems


def _gate(part: Part) -> Gate:
    return Gate(
        id=part.written("id"),
        when=part.expression("when") or Expression("", part.place("when")),
        caps=part.text("caps", "overall"),
        cap_at=part.number("cap_at", float("nan")),
        says=part.text("says"),
        place=part.place(),
        applies_when=part.expression("applies_when"),
        severity=part.expression("severity"),
        caps_by_severity=tuple(_severity_cap(one) for one in part.at("caps_by_severity").items()),
        open_when=part.expression("open_when"),
        says_open=part.text("says_open"),
        places=part.places("id", "caps", "cap_at", "severity", "caps_by_severity", "open_when", "says_open"),
    )


def _severity_cap(part: Part) -> SeverityCap:
    return SeverityCap(part.number("from", float("nan")), part.number("cap_at", float("nan")), part.place())


def _accepted(part: Part) -> Accepted:
    return Accepted(part.text("warning"), part.text("reason"), part.place())


def _adjustment(part: Part) -> Adjustment:
    return Adjustment(
        id=part.written("id"),
        when=part.expression("when") or Expression("", part.place("when")),
        add=part.exact("add"),
        says=part.text("says"),
        place=part.place(),
        places=part.places("id", "add"),
    )
