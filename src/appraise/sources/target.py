"""One target of everybody, and the words for why somebody has none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from appraise.sources.target_rates import Weigh

NO_TARGET = "no_target"
AMBIGUOUS = "ambiguous_target"
SOURCE_MISSING = "source_missing"
STALE = "stale"


@dataclass(frozen=True, slots=True)
class Target:
    """One target of everybody.

    `people` has person, stretch, value and reason in the order of the roster's segments; the reason is null where there
    is a value, else `no_target`, `ambiguous_target`, `source_missing` or `stale`. `amounts` has what each row in force
    is worth in each month: stretch, person, month, start, scope, of, value, per, ramp, tenure, available, base, amount,
    `_file` and `_line`; a rate is there once for each of its rows, with its value as the amount. `parts` are the
    stretches they were made of, see `sources.target_parts`. `source` is the first source that has the target, `measure`
    what its rates are weighted by (empty: available days), which `weigh` counts.
    """

    name: str
    source: str
    people: pl.DataFrame
    amounts: pl.DataFrame
    parts: pl.DataFrame
    measure: str = ""
    weigh: Weigh | None = None
