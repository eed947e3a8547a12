"""A role template: what is expected of a job, as KRAs, KPIs, gates and adjustments."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from appraise.model.method import (
    Bands,
    ByBands,
    Custom,
    Method,
    PassFail,
    PercentOfTarget,
    Rating,
    Relative,
    Shrinkage,
    Standing,
)
from appraise.model.scale import FIVE_POINT, Label, Scale

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from appraise.model.balance import Accepted
    from appraise.model.expression import Expression
    from appraise.model.kinds import Value
    from appraise.model.members import Members
    from appraise.model.place import Place
    from appraise.model.window import Maturity

__all__ = [
    "FIVE_POINT",
    "Bands",
    "ByBands",
    "Custom",
    "Label",
    "Method",
    "PassFail",
    "PercentOfTarget",
    "Rating",
    "Relative",
    "Scale",
    "Shrinkage",
    "Standing",
]  # beside what is defined here


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
    """What happens to a KPI without data; `ZERO` is no template's to write, only a policy's (see `Role.policy`)."""

    EXCLUDE = "exclude"
    LOWEST_SCORE = "lowest_score"
    FAIL_RUN = "fail_run"
    MANUAL = "manual"
    ZERO = "zero"


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

    With `members` the formula is only the name of the figure that is made of the scores of the team's members.
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
    shrinkage: Shrinkage | None = None
    members: Members | None = None
    applies_when: Expression | None = None
    by_month: bool = False
    matures_after: Maturity | None = None
    pair_with: str | None = None
    controllability: str = "high"
    category: str = ""
    definition_id: str = ""
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Kra:
    """One key responsibility area; `weight` is percent of the overall score.

    `equal_kpis` tells that the KPIs share it equally (`weight: equal`): their weights are then 100 divided by their
    number, rounded to four decimals, so that only their ratio is exact. `category` is that of its KPIs that say none.
    """

    id: str
    title: str
    weight: Decimal
    kpis: tuple[Kpi, ...]
    place: Place
    purpose: str = ""
    rollup: str = "arithmetic"
    equal_kpis: bool = False
    category: str = ""
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SeverityCap:
    """A gate's cap (key `cap_at`) for severities from `start` (key `from`, inclusive) up to the next one's."""

    start: float
    cap_at: float
    place: Place


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition that caps a score: `caps` is `overall` or `kra.<id>`.

    It caps at `cap_at`, or, where `severity` is set, at the cap that `caps_by_severity` has for it; `cap_at` is then no
    number. While `open_when` holds, the rating is provisional, for the reason that `says_open` tells.
    """

    id: str
    when: Expression
    caps: str
    cap_at: float
    says: str
    place: Place
    applies_when: Expression | None = None
    severity: Expression | None = None
    caps_by_severity: tuple[SeverityCap, ...] = ()
    open_when: Expression | None = None
    says_open: str = ""
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
    `edition` is the version where other versions of the same role stand beside this one, else blank. `unscored_weight`
    is `siblings` or `global`; `policy` is the id of a preset of another system's rules, or blank.
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
    edition: str = ""
    unscored_weight: str = "siblings"
    policy: str = ""
    accepted: tuple[Accepted, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)

    @property
    def key(self) -> str:
        """What tells the template from every other that people are scored on: the id, or `id@version`."""
        return f"{self.id}@{self.edition}" if self.edition else self.id

    @property
    def kpis(self) -> tuple[Kpi, ...]:
        """Every KPI in the order of the template."""
        return tuple(kpi for kra in self.kras for kpi in kra.kpis)
