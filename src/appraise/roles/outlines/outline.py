"""What is known of a template before it is written: titles of areas and KPIs, and whatever else was said of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from appraise.model.role import Direction

_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class KpiOutline:
    """A KPI; what was not said is None or blank. `bands` are where the scores 2, 3, 4 and 5 begin."""

    title: str
    weight: Decimal | None = None
    unit: str = ""
    direction: Direction | None = None
    bands: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class KraOutline:
    """An area with its KPIs, of which there may be none yet."""

    title: str
    kpis: tuple[KpiOutline, ...] = ()
    purpose: str = ""
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """A template to be: `title` is that of the job, blank where it was not said."""

    kras: tuple[KraOutline, ...]
    title: str = ""


def number_in(text: str) -> Decimal | None:
    """A number as people write it, with or without a percent sign; None where it is none."""
    written = text.strip().removesuffix("%").strip()
    return Decimal(written) if _NUMBER.fullmatch(written) else None


def numbers_in(text: str) -> tuple[Decimal, ...] | None:
    """Several numbers with commas or semicolons between them; None where one is none."""
    found = [number_in(part) for part in re.split(r"[,;]", text.strip().strip("[]"))]
    return None if any(one is None for one in found) else tuple(one for one in found if one is not None)
