"""One target of everybody, and the words for why somebody has none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

NO_TARGET = "no_target"
AMBIGUOUS = "ambiguous_target"
SOURCE_MISSING = "source_missing"
STALE = "stale"


@dataclass(frozen=True, slots=True)
class Target:
    """One target of everybody.

    `people` has person, value and reason in the order of the roster; the reason is null where there is a value, else
    `no_target`, `ambiguous_target`, `source_missing` or `stale`. `amounts` has what each row in force is worth in each
    month: person, month, start, scope, of, value, per, available, amount, `_file` and `_line`; a rate is there once,
    with its value as the amount. `parts` are the stretches they were made of, see `sources.target_parts`. `source`
    is the first source that has the target.
    """

    name: str
    source: str
    people: pl.DataFrame
    amounts: pl.DataFrame
    parts: pl.DataFrame
