"""What every page is made from: the appraisal, its context, and what several pages work out together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from appraise.model.status import KpiStatus, PersonStatus
from appraise.report.numbers import Numbers, clean, hundredths, numbers_for
from appraise.report.scale import Ruler, ruler_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appraise.model.outcome import Appraisal, KpiScore, KraScore
    from appraise.report.context import PackContext


BRIEF_ABOVE = 16
DENSE_ABOVE = 24
LONGEST_NAME = 320
"""Longer names are cut: more is no name, and would fill the page."""

SPANS = ((28, 31, "month"), (84, 98, "quarter"), (175, 190, "half-year"), (357, 378, "year"))
"""From how many days to how many a period has that name; 4-4-5 calendars included."""


@dataclass(frozen=True, slots=True)
class Move:
    """How far a KPI moved the overall from the scale's middle, in hundredths of a point."""

    kra: KraScore
    kpi: KpiScore
    hundredths: int


@dataclass(frozen=True, slots=True)
class Material:
    """The appraisal with what the pages share; `moves` has the counted KPIs in the order of the template."""

    appraisal: Appraisal
    context: PackContext
    numbers: Numbers
    ruler: Ruler
    moves: tuple[Move, ...]

    @property
    def kras(self) -> tuple[KraScore, ...]:
        """The areas of all roles in the period, in order."""
        return tuple(kra for segment in self.appraisal.segments for kra in segment.kras)

    @property
    def kpis(self) -> tuple[KpiScore, ...]:
        """The KPIs of all areas, in order."""
        return tuple(kpi for kra in self.kras for kpi in kra.kpis)

    @property
    def is_dense(self) -> bool:
        """Whether workings and purposes are left out of the tables, to stay within five pages."""
        return len(self.kpis) > DENSE_ABOVE

    @property
    def is_brief(self) -> bool:
        """Whether definitions are left out too, for the same reason: they need a line or two each."""
        return len(self.kpis) > BRIEF_ABOVE

    @property
    def figure(self) -> float | None:
        """The score that is shown: the overall, or the indicative one where there is no rating."""
        return self.appraisal.overall if self.appraisal.overall is not None else self.appraisal.indicative

    @property
    def is_rated(self) -> bool:
        """Whether there is a rating, so that words of the scale may stand beside figures."""
        return self.appraisal.status is PersonStatus.RATED and self.appraisal.overall is not None

    @property
    def is_scored(self) -> bool:
        """Whether scores are shown at all: those of a rating, or of an indication below the coverage floor."""
        return self.figure is not None

    def weight(self, effective: float, declared: float) -> str:
        """The weight that counted, with the declared one in brackets where they differ; without scores the declared."""
        counted, was = self.numbers.share(effective), self.numbers.share(declared)
        if not self.is_scored:
            return was
        return counted if counted == was or self.is_dense else f"{counted} ({was})"


def material_of(appraisal: Appraisal, context: PackContext) -> Material:
    """Gather what the pages need; names of people lose characters that would turn or hide the text around them."""
    card = appraisal.person
    name = clean(card.name).strip()[:LONGEST_NAME]
    card = replace(card, name=name or clean(card.id), manager_name=clean(card.manager_name).strip()[:LONGEST_NAME])
    appraisal = replace(appraisal, person=card)
    ruler = ruler_of(appraisal)
    is_scored = appraisal.overall is not None or appraisal.indicative is not None
    moves = moves_of(appraisal, ruler) if is_scored else ()
    return Material(appraisal, context, numbers_for(context.language), ruler, moves)


def span_of(appraisal: Appraisal) -> str:
    """What a period of that length is called."""
    days = (appraisal.period_end - appraisal.period_start).days + 1
    return next((word for least, most, word in SPANS if least <= days <= most), "period")


def moves_of(appraisal: Appraisal, ruler: Ruler) -> tuple[Move, ...]:
    """What each counted KPI added to or took from the middle of the scale; the sum ends at the sum of the points."""
    counted = [
        (kra, kpi, kpi.contribution)
        for segment in appraisal.segments
        for kra in segment.kras
        for kpi in kra.kpis
        if kpi.status is KpiStatus.OK and kpi.contribution is not None
    ]
    parts = shares_of(hundredths(ruler.middle), [kpi.effective_weight for _, kpi, _ in counted])
    pairs = zip(counted, parts, strict=True)
    return tuple(Move(kra, kpi, hundredths(points) - part) for (kra, kpi, points), part in pairs)


def shares_of(whole: int, weights: Sequence[float]) -> list[int]:
    """The whole number split by weights, by largest remainder: the shares always add up to it."""
    total = sum(Decimal(str(weight)) for weight in weights)
    if not total:
        return [0 for _ in weights]
    exact = [whole * Decimal(str(weight)) / total for weight in weights]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda index: (shares[index] - exact[index], index))
    for index in by_remainder[: whole - sum(shares)]:
        shares[index] += 1
    return shares
