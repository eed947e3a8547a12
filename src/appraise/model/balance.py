"""What KPIs are about, and which warnings about the balance between them are meant to be so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from appraise.model.place import Place
    from appraise.model.role import Kpi, Kra


@dataclass(frozen=True, slots=True)
class Accepted:
    """A warning about a template's balance that is meant to be so: its code, and the reason."""

    warning: str
    reason: str
    place: Place


def category_of(kpi: Kpi, kra: Kra) -> str:
    """What a KPI of an area is about: its own category or the area's, blank where neither says one."""
    return kpi.category or kra.category
