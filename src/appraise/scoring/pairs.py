"""KPIs that belong together: a very good score beside a very bad one of its pair is pointed out on both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from appraise.model.outcome import KpiScore

HIGH, LOW = 4.0, 2.0
"""A pair is flagged when one scores at least the first and the other at most the second."""


def flagged_pairs(cards: Sequence[KpiScore]) -> list[KpiScore]:
    """The KPIs of a template, each with a note where it and one of its pair lie far apart."""
    by_id = {card.id: card for card in cards}
    partners: dict[str, list[KpiScore]] = {card.id: [] for card in cards}
    for one, other in ((card, by_id.get(card.pair_with or "")) for card in cards):
        if other is not None and _far_apart(one, other):
            partners[one.id].append(other)
            partners[other.id].append(one)
    return [replace(card, notes=(*card.notes, *_notes(partners[card.id]))) for card in cards]


def _far_apart(one: KpiScore, other: KpiScore) -> bool:
    if one.score is None or other.score is None:
        return False
    return max(one.score, other.score) >= HIGH and min(one.score, other.score) <= LOW


def _notes(partners: Iterable[KpiScore]) -> list[str]:
    titles = {
        partner.id: f"look at it together with “{partner.title}”, which scored {partner.score:.2f}"
        for partner in partners
    }
    return list(titles.values())
