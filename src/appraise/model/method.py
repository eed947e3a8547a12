"""How the value of a KPI becomes a score: the methods that a template can name, and where their bands begin."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.model.expression import Expression
    from appraise.model.kinds import Value


@dataclass(frozen=True, slots=True)
class Bands:
    """Where the scores above the lowest begin, in the unit of what is banded.

    `starts` holds `Scale.steps` inclusive starts in the order of the scores (rising for `higher`, falling for
    `lower`). For `range`, `ranges` holds as many nested closed intervals instead, the widest first. `scores_lowest_at`
    is where the score reaches the scale's lowest (key `scores_1_at`); None means one further step of the first width.
    `step` switches the linear score between starts off.
    """

    starts: tuple[float, ...] = ()
    ranges: tuple[tuple[float, float], ...] = ()
    scores_lowest_at: float | None = None
    step: bool = False


@dataclass(frozen=True, slots=True)
class ByBands:
    """Score the value by its bands."""

    bands: Bands


@dataclass(frozen=True, slots=True)
class PercentOfTarget:
    """Score the attainment, in percent of the target, by bands; `attainment_cap` in percent."""

    bands: Bands
    attainment_cap: float = 150.0


@dataclass(frozen=True, slots=True)
class PassFail:
    """The highest score where the test holds and the lowest where it does not; just one of the three is set."""

    at_most: float | None = None
    at_least: float | None = None
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """The value is already a score on the scale."""


@dataclass(frozen=True, slots=True)
class Custom:
    """A plugin's scorer, by name, with the options the template gives it."""

    scorer: str
    options: Mapping[str, Value] = field(default_factory=dict)


class Standing(StrEnum):
    """How a value is compared with those of others; the words are the keys of a template."""

    PERCENTILE = "percentile"
    Z_SCORE = "z_score"


@dataclass(frozen=True, slots=True)
class Relative:
    """Score where the value stands among the peers by `bands`, which always rise: a better value stands higher.

    Peers share what `peers` names (`role`, `team`, `site`, `person.<attribute>`). With fewer than `min_peers` of them,
    the person included, the value itself is scored by the bands `otherwise` (key `else`).
    """

    standing: Standing
    bands: Bands
    otherwise: Bands
    peers: tuple[str, ...] = ("role",)
    min_peers: int = 20


@dataclass(frozen=True, slots=True)
class Shrinkage:
    """Draws a value that few cases carry towards what is usual: (n · value + strength · prior) / (n + strength).

    n is the measure `of`, at the KPI's level. Without a `prior`, in the unit of the value, it is the formula over the
    sums of everybody on the role.
    """

    of: Expression
    strength: float
    prior: float | None = None


Method: TypeAlias = ByBands | PercentOfTarget | PassFail | Rating | Custom | Relative
