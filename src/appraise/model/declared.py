"""What a plugin declares of a measure beside its computation: columns, options and worked examples."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from appraise.model.kinds import Kind, Value

Rows: TypeAlias = "Mapping[str, Sequence[Value]]"
"""The rows of a worked example: by column the values, one below the other."""


@dataclass(frozen=True, slots=True)
class MeasureColumn:
    """A column that a custom measure reads, under the name it has there; `columns:` says which one of the source it is.

    Without that it is the source's column of the same name. A column that is not `needed` is read only where the
    workspace names it. A row with a blank is left out and counted, but where a `blank` says something (not paid yet).
    """

    name: str
    kind: Kind
    says: str
    needed: bool = True
    blank: bool = False


@dataclass(frozen=True, slots=True)
class MeasureOption:
    """What a workspace may set under `options:`; a value must be of the kind of the `default`."""

    name: str
    default: Value
    says: str


@dataclass(frozen=True, slots=True)
class MeasureExample:
    """A worked example, run by the tests: these rows, by column (`date` too), give this value to the one person.

    `within` is how far off a figure that was published rounded may be.
    """

    says: str
    start: date
    end: date
    rows: Rows
    gives: float | None
    options: Mapping[str, Value] = field(default_factory=dict)
    within: float = 0.0
