"""Where a number comes from: the rows of a measure, and the steps of an expression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from appraise.model.kinds import Value
    from appraise.model.status import MeasureStatus


@dataclass(frozen=True, slots=True)
class RowRange:
    """Rows of one file or table that were used: `rows` like `4-9,12` in the file's own line numbers or keys."""

    file: str
    rows: str
    count: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A named input of a formula, with where it came from.

    `name` as a formula writes it (`calls_made`, `prev.calls_made`, `target.sales`, `person.grade`). `rows` counts the
    source rows used, `blanks` the rows left out because a cell they need was blank. `reason` is `source_missing`,
    `stale`, `no_rows`, `unreadable` or, for a target, `no_target`. `says` is the definition in words,
    `definition_id` the id that a plugin gives it. `notes` tell in words how a target was worked out.
    """

    name: str
    value: Value
    status: MeasureStatus
    reason: str = ""
    source: str = ""
    says: str = ""
    rows: int = 0
    blanks: int = 0
    as_of: date | None = None
    used: tuple[RowRange, ...] = ()
    definition_id: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One node of an expression that was worked out.

    `start` and `end` are the span in the text, in characters; `steps` are its operands, in order.
    """

    text: str
    start: int
    end: int
    kind: str
    value: Value
    fault: str = ""
    steps: tuple[Step, ...] = ()
