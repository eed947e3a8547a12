"""Areas and KPIs out of a text that somebody pasted: a job's list of KRAs as it stands on web pages and in handbooks.

What is understood:

    Key Responsibility Areas (KRA) & Key Performance Indicators (KPI) for Field Agent
    1. Customer Communication
    KRA: Communicate with customers to resolve debts.
    Short Description: Clear and courteous communication.
      • KPI 1: Average call resolution time
      • Customer satisfaction score

Everything else (menus, advertisements, the story of the author) is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from appraise.roles.outlines.outline import KpiOutline, KraOutline, Outline

_TITLE = re.compile(r".*\bKPIs?\b\)?.*?\bfor\s+(?:an?\s+|the\s+)?(.+)", re.IGNORECASE)
_AREA = re.compile(r"(?:KRA\s*)?\d{1,2}\s*[.):]\s*(.+)", re.IGNORECASE)
_PURPOSE = re.compile(r"(?:KRA|Short Description|Description|Purpose|Objective)\s*[:–—-]\s*(.+)", re.IGNORECASE)
_KPI = re.compile(r"(?:[•*·▪◦‣●○–-]\s*(?:KPI\s*\d*\s*[:.)–-]\s*)?|KPI\s*\d*\s*[:.)–-]\s*)(.+)", re.IGNORECASE)


@dataclass(slots=True)
class _Area:
    title: str
    purposes: list[str] = field(default_factory=list)
    kpis: list[str] = field(default_factory=list)


def outline_of_text(text: str) -> Outline:
    """The areas of a pasted text, without any where it has none of that shape.

    A numbered heading is an area where a line beginning with `KRA:` or a KPI follows. Any other line ends it, so that
    the bullets of a later chapter belong to nobody.
    """
    areas: list[_Area] = []
    title, current = "", None
    for line in map(_clean, text.splitlines()):
        if not line:
            continue
        if not areas and not title and (found := _TITLE.fullmatch(line)):
            title = found[1].rstrip(" .:")
        elif found := _PURPOSE.fullmatch(line):
            if current is not None:
                current.purposes.append(found[1])
        elif found := _KPI.fullmatch(line):
            if current is not None:
                current.kpis.append(found[1].rstrip(" .;"))
        elif found := _AREA.fullmatch(line):
            current = _Area(found[1].rstrip(" .:"))
            areas.append(current)
        else:
            current = None
    return Outline(tuple(_outlined(area) for area in areas if area.kpis or area.purposes), title)


def _outlined(area: _Area) -> KraOutline:
    kpis = tuple(KpiOutline(title) for title in area.kpis)
    return KraOutline(area.title, kpis, " ".join(area.purposes)[:2000])


def _clean(line: str) -> str:
    return " ".join(line.replace("\ufeff", "").split())
