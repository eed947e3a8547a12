"""What other people have to do with a figure, in words: a score by comparison, and a value drawn towards a prior."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from appraise.report.formulas import name_in_words

if TYPE_CHECKING:
    from appraise.model.outcome import KpiScore
    from appraise.model.peers import Compared, Shrunk
    from appraise.report.numbers import Numbers

PERCENTILE = "percentile"
HELD_AT = 2.0
LEAST_DECIMALS = 2
"""Mean and deviation have one decimal more than the values, and no fewer than these, to work a z-score out with."""

RELATIVE = " (relative)"
"""Marks a KPI whose score says how others did, too."""

_NAME = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)*")


def is_relative(kpi: KpiScore) -> bool:
    """Whether the bands are of a percentile or z-score, and not of the value."""
    return kpi.compared is not None and kpi.compared.standing is not None


def standing_word(kpi: KpiScore) -> str:
    """What the bands are of: `percentile` or `z-score`."""
    return kpi.method.replace("_", "-")


def own_value(kpi: KpiScore) -> float | None:
    """What the formula came to, before it was drawn towards a prior."""
    return kpi.shrunk.value if kpi.shrunk is not None else kpi.value


def compared_in_words(kpi: KpiScore, numbers: Numbers) -> str:
    """`relative: compared with 34 colleagues in the same role: percentile 71.25`; or why not; empty for other KPIs."""
    among = kpi.compared
    if among is None or kpi.score is None:
        return ""
    if among.standing is None:
        return _alone(among)
    others = among.peers - 1
    said = f"relative: compared with {others} colleagues in the same {_shared(among.among)}"
    return f"{said}: {_percentile(among, numbers) if kpi.method == PERCENTILE else _distance(kpi, among, numbers)}"


def drawn_in_words(kpi: KpiScore, numbers: Numbers) -> str:
    """`100.00% of 4 answers, drawn towards 75.00% by 12 further answers: 81.25%`; empty where nothing is drawn."""
    before = kpi.shrunk
    if before is None:
        return ""
    if before.prior is None:
        return f"not drawn towards what is usual, since {_few(before.peers or 0, before.needed, 'role')}"
    own, prior, used = (
        numbers.amount(value, kpi.unit, kpi.decimals) for value in (before.value, before.prior, kpi.value)
    )
    cases, strength = numbers.loose(before.cases), numbers.loose(before.strength)
    what = _cases(before)
    usual = f"{prior}, the figure of {before.peers} people in the role together," if before.peers else prior
    return f"{own} of {cases} {what}, drawn towards {usual} by {strength} further {what}: {used}"


def _percentile(among: Compared, numbers: Numbers) -> str:
    standing = numbers.plain(among.standing or 0.0, 2)
    return f"percentile {standing} ({standing}% have a worse figure, with half of those who have the same)"


def _distance(kpi: KpiScore, among: Compared, numbers: Numbers) -> str:
    decimals = max(kpi.decimals + 1, LEAST_DECIMALS)
    standing, mean = among.standing or 0.0, numbers.amount(among.mean, kpi.unit, decimals)
    if standing == 0:
        return f"z-score 0.00 (at the mean of {mean})"
    side = f"{'better' if standing > 0 else 'worse'} than the mean of {mean}"
    more = " or more" if abs(standing) == HELD_AT else ""
    deviation = numbers.amount(among.deviation, kpi.unit, decimals)
    times = numbers.plain(abs(standing), 2)
    return f"z-score {numbers.plain(standing, 2)} ({times}{more} standard deviations of {deviation} {side})"


def _alone(among: Compared) -> str:
    if among.peers >= among.needed:
        return "not compared with others, since this result is none of those that are; the figure itself is scored"
    few = _few(among.peers, among.needed, _shared(among.among))
    return f"not compared with others, since {few}; the figure itself is scored"


def _few(peers: int, needed: int, shared: str) -> str:
    have = "1 person in the same {} has" if peers == 1 else f"{peers} people in the same {{}} have"
    return f"{have.format(shared)} such a figure and {needed} are needed"


def _shared(among: tuple[str, ...]) -> str:
    words = [name.removeprefix("person.").replace("_", " ") for name in among]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _cases(before: Shrunk) -> str:
    """What is counted, where it is a measure; else `cases`."""
    return name_in_words(before.of) if _NAME.fullmatch(before.of) else "cases"
