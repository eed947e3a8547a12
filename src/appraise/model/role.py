"""A role template: what is expected of a job, as KRAs, KPIs, gates and adjustments."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from appraise.model.scale import FIVE_POINT, Label, Scale

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from appraise.model.expression import Expression
    from appraise.model.kinds import Value
    from appraise.model.place import Place

__all__ = ["FIVE_POINT", "Label", "Scale"]  # beside what is defined here


class Direction(StrEnum):
    """Which values are better: more, fewer, or those inside a range."""

    HIGHER = "higher"
    LOWER = "lower"
    RANGE = "range"


class Level(StrEnum):
    """Whose rows a KPI is computed from."""

    PERSON = "person"
    TEAM = "team"
    COMPANY = "company"


class Missing(StrEnum):
    """What happens to a KPI without data."""

    EXCLUDE = "exclude"
    LOWEST_SCORE = "lowest_score"
    FAIL_RUN = "fail_run"
    MANUAL = "manual"


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


Method: TypeAlias = ByBands | PercentOfTarget | PassFail | Rating | Custom


@dataclass(frozen=True, slots=True)
class MinSample:
    """Score only where the measure `of` (in the KPI's level) is at least `at_least`."""

    of: Expression
    at_least: float


@dataclass(frozen=True, slots=True)
class MinScore:
    """A floor under the score where the condition holds (the ceiling rule of improvement KPIs)."""

    score: float
    when: Expression
    says: str


@dataclass(frozen=True, slots=True)
class Kpi:
    """One key performance indicator of a KRA; `weight` is percent of its KRA; `decimals` are those printed.

    `places` says where its keys stand: `weight`, `pair_with`, `starts`, `starts.0`, `ranges.0`, `scores_1_at` ….
    """

    id: str
    title: str
    formula: Expression
    weight: Decimal
    direction: Direction
    method: Method
    place: Place
    definition: str = ""
    reference: str = ""
    unit: str = "number"
    decimals: int = 2
    target: str | None = None
    level: Level = Level.PERSON
    monitor: bool = False
    min_sample: MinSample | None = None
    missing: Missing = Missing.EXCLUDE
    success_when_empty: bool = False
    max_score: float | None = None
    min_score: MinScore | None = None
    applies_when: Expression | None = None
    pair_with: str | None = None
    controllability: str = "high"
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Kra:
    """One key responsibility area; `weight` is percent of the overall score.

    `equal_kpis` tells that the KPIs share it equally (`weight: equal`): their weights are then 100 divided by their
    number, rounded to four decimals, so that only their ratio is exact.
    """

    id: str
    title: str
    weight: Decimal
    kpis: tuple[Kpi, ...]
    place: Place
    purpose: str = ""
    rollup: str = "arithmetic"
    equal_kpis: bool = False
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition that caps a score: `caps` is `overall` or `kra.<id>`."""

    id: str
    when: Expression
    caps: str
    cap_at: float
    says: str
    place: Place
    applies_when: Expression | None = None
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A named bonus (or penalty) in points that is added to the overall before gates cap it."""

    id: str
    when: Expression
    add: Decimal
    says: str
    place: Place
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example of a template: names to values, and results (`kpi.x`, `kra.x`, `gate.x`, `overall`, `label`)."""

    name: str
    given: Mapping[str, Value]
    expect: Mapping[str, float | str | None]
    place: Place
    expect_places: Mapping[str, Place] = field(default_factory=dict)
    given_places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Role:
    """A whole template after `extends` was merged and everything was checked.

    `sha256` is of the files it came from, its own first. `equal_kras` tells that the KRAs share the overall equally.
    """

    id: str
    title: str
    version: str
    scale: Scale
    kras: tuple[Kra, ...]
    place: Place
    sha256: str
    language: int = 1
    effective: str = ""
    approved_by: str = ""
    min_coverage: float = 60.0
    team: str = "same_team"
    gates: tuple[Gate, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    adjustments_limit: float = 0.25
    examples: tuple[Example, ...] = ()
    equal_kras: bool = False
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)

    @property
    def kpis(self) -> tuple[Kpi, ...]:
        """Every KPI in the order of the template."""
        return tuple(kpi for kra in self.kras for kpi in kra.kpis)
