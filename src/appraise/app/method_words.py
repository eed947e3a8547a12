"""How a KPI's value becomes a score, in words: one function for each method, found by the method's type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from appraise.app.wording import joined
from appraise.model.method import (
    Bands,
    ByBands,
    Custom,
    PassFail,
    PercentOfTarget,
    Rating,
    Relative,
    Standing,
)
from appraise.model.role import Direction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from appraise.app.wording import Wording
    from appraise.model.role import Kpi, Scale

_OTHER_PEERS = {"role": "role", "team": "team", "site": "site"}


class Scoring(NamedTuple):
    """A KPI to be said, on the scale of its template."""

    kpi: Kpi
    scale: Scale
    wording: Wording

    def bands(self, bands: Bands, direction: Direction, unit: str) -> str:
        """Where the scores begin, from the second to the lowest."""
        said = self.wording
        parts = [*_starts(self, bands, direction, unit)]
        lowest, even = self.scale.lowest, "" if bands.step else ", evenly in between"
        if bands.ranges:
            below, above = (said.amount(end, _unit(unit, told=False)) for end in _outer_ends(bands))
            return f"{', '.join(parts)}; {lowest} up to {below} and from {above} on{even}"
        side = "and above" if direction is Direction.LOWER else "and below"
        if bands.step or len(bands.starts) < 2:
            return f"{', '.join(parts)}; {lowest} otherwise{even}"
        ends = bands.scores_lowest_at
        ends = ends if ends is not None else 2 * bands.starts[0] - bands.starts[1]
        return f"{', '.join(parts)}; {lowest} at {said.amount(ends, _unit(unit, told=False))} {side}{even}"


def method_words(kpi: Kpi, scale: Scale, wording: Wording) -> str:
    """How the KPI is scored, in a sentence without a full stop."""
    said = _METHODS.get(type(kpi.method))
    return said(Scoring(kpi, scale, wording)) if said else f"by {type(kpi.method).__name__.lower()}"


def _starts(scoring: Scoring, bands: Bands, direction: Direction, unit: str) -> Iterator[str]:
    said, first = scoring.wording, scoring.scale.lowest + 1
    last = first + len(bands.ranges or bands.starts) - 1
    for score, (low, high) in enumerate(bands.ranges, start=first):
        yield f"{score} from {said.number(low)} to {said.amount(high, _unit(unit, told=score == last))}"
    for score, start in enumerate(bands.starts, start=first):
        amount = said.amount(start, _unit(unit, told=score == last))
        yield f"{score} at {amount} or less" if direction is Direction.LOWER else f"{score} from {amount}"


def _unit(unit: str, *, told: bool) -> str:
    """A word is told once behind several numbers, the sign for percent each time."""
    return unit if told or unit == "percent" else ""


def _outer_ends(bands: Bands) -> tuple[float, float]:
    """Where the score of a range has come down to the lowest, on both sides."""
    (low, high), (next_low, next_high) = bands.ranges[0], bands.ranges[min(1, len(bands.ranges) - 1)]
    ends = bands.scores_lowest_at
    below = ends if ends is not None and ends < low else 2 * low - next_low
    above = ends if ends is not None and ends > high else 2 * high - next_high
    return (low, high) if bands.step else (below, above)


def _by_bands(scoring: Scoring) -> str:
    kpi = scoring.kpi
    return scoring.bands(kpi.method.bands, kpi.direction, kpi.unit) if isinstance(kpi.method, ByBands) else ""


def _of_target(scoring: Scoring) -> str:
    method, said = scoring.kpi.method, scoring.wording
    if not isinstance(method, PercentOfTarget):
        return ""
    cap = said.amount(method.attainment_cap, "percent")
    what = "percent of the target that is reached"
    if scoring.kpi.direction is Direction.LOWER:
        what = "percent of the target, turned round (100 % is on target, 110 % a tenth less than it)"
    bands = scoring.bands(method.bands, Direction.HIGHER, "percent")
    return f"by the {what}, counted up to {cap}: {bands}"


def _pass_fail(scoring: Scoring) -> str:
    method, scale, said, kpi = scoring.kpi.method, scoring.scale, scoring.wording, scoring.kpi
    if not isinstance(method, PassFail):
        return ""
    test = said.expression(method.when, kpi.level) if method.when is not None else ""
    if method.at_most is not None:
        test = f"it is at most {said.amount(method.at_most, kpi.unit)}"
    elif method.at_least is not None:
        test = f"it is at least {said.amount(method.at_least, kpi.unit)}"
    return f"{scale.highest} where {test}; {scale.lowest} where not"


def _rating(scoring: Scoring) -> str:
    return f"the value is the score, from {scoring.scale.lowest} to {scoring.scale.highest}"


def _custom(scoring: Scoring) -> str:
    method = scoring.kpi.method
    if not isinstance(method, Custom):
        return ""
    options = ", ".join(f"{name.replace('_', ' ')} {_option(value)}" for name, value in method.options.items())
    return f"by the scorer '{method.scorer}' of a plugin{f' ({options})' if options else ''}"


def _option(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _relative(scoring: Scoring) -> str:
    method, kpi = scoring.kpi.method, scoring.kpi
    if not isinstance(method, Relative):
        return ""
    who = f"those of the same {joined(_shared(method.peers))}"
    what = f"its rank among {who}, in percent of them that it is better than, ties half"
    if method.standing is Standing.Z_SCORE:
        what = f"how many standard deviations it is better than the mean of {who}, 2 at most either way"
    unit = "percent" if method.standing is Standing.PERCENTILE else "number"
    own = scoring.bands(method.otherwise, kpi.direction, kpi.unit)
    bands = scoring.bands(method.bands, Direction.HIGHER, unit)
    return f"by {what}: {bands}. With fewer than {method.min_peers} of them by the value itself: {own}"


def _shared(peers: Sequence[str]) -> list[str]:
    return [_OTHER_PEERS.get(peer, peer.removeprefix("person.").replace("_", " ")) for peer in peers]


_METHODS: Mapping[type[Any], Callable[[Scoring], str]] = {
    ByBands: _by_bands,
    PercentOfTarget: _of_target,
    PassFail: _pass_fail,
    Rating: _rating,
    Custom: _custom,
    Relative: _relative,
}
