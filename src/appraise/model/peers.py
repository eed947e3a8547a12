"""What other people have to do with a score: where a value stands among theirs, and what it was drawn towards."""

from __future__ import annotations

from dataclasses import dataclass

LEAST_PEERS = 20
"""With fewer people than these, the person included, nobody is compared with the others."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Where a value stands among those of the peers.

    `standing` is the percentile (0 to 100) or the z-score (-2 to 2), None where the value itself was scored: there are
    fewer than `needed` peers, or the person is none of them. `peers` counts them, the person included; all share what
    `among` names (`role`, `team`, `site`, `person.<attribute>`). `mean` and `deviation` are those of a z-score, in the
    unit of the value.
    """

    standing: float | None
    peers: int
    needed: int
    among: tuple[str, ...]
    mean: float | None = None
    deviation: float | None = None


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A value that was drawn towards what is usual: (cases · value + strength · prior) / (cases + strength).

    `value` is that before; `of` names what `cases` counts. `prior` is None where the template gives none and there are
    fewer than `needed` peers to take it from: the value then stays. `peers` counts those it was taken from, None where
    the template gives it.
    """

    value: float
    cases: float
    of: str
    strength: float
    prior: float | None
    peers: int | None = None
    needed: int = LEAST_PEERS
