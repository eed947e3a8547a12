"""Where targets stand and how they count, as a company declares it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.model.expression import Expression
    from appraise.model.place import Place


@dataclass(frozen=True, slots=True)
class TargetSpec:
    """A source of targets: a wide or plain sheet of one target (`name`, `value`), or a register of many (`columns`).

    `per` is `month`, `period` or `day`, what one value covers, or `rate`. `columns` maps target, scope, of, from, to,
    value, per to the register's columns. `ramp` has by target, or for all under the empty name, the percentages of
    amounts by month of tenure, the last of which stays. `weighted_by` has by target the measure that a rate which
    changes in the period is weighted by.
    """

    name: str
    source: str
    place: Place
    value: Expression | None = None
    per: str = "period"
    columns: Mapping[str, str] = field(default_factory=dict)
    ramp: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    weighted_by: Mapping[str, str] = field(default_factory=dict)
