"""A part of an expression that is bound to columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from appraise.expr.sharing import apart, together
from appraise.model.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from appraise.model.kinds import Value

DTYPES: Mapping[Kind, pl.DataType] = {
    Kind.NUMBER: pl.Float64(),
    Kind.YES_NO: pl.Boolean(),
    Kind.TEXT: pl.String(),
    Kind.DATE: pl.Datetime("us"),
}
"""How each kind is held in a column."""

MOST_LEVELS = 8
"""So many levels of an expression are planned at once."""


@dataclass(frozen=True, slots=True)
class Operand:
    """An operand that was worked out: its values, why they are missing, and whether they may not be finite."""

    value: pl.Expr
    fault: pl.Expr
    loose: bool


Judge: TypeAlias = "Callable[[pl.Expr, Sequence[Operand]], pl.Expr]"
"""From the values of a part and its operands to fault codes: UInt8, 0 where the value is there."""


@dataclass(frozen=True, slots=True)
class Part:
    """How to work out a part from its operands, and how to tell why a value of it is missing.

    `make` takes the operands' values as columns. Where it mentions each of them once, `once` spares the detour of
    sharing them. `name` is the column that a part without operands reads. `loose`: a number that is not finite stands
    for a missing one.
    """

    kind: Kind
    make: Callable[..., pl.Expr]
    judge: Judge
    operands: tuple[Part, ...] = ()
    loose: bool = False
    once: bool = False
    name: str = ""

    @property
    def value(self) -> pl.Expr:
        """The values alone; each operand is planned once, so that the plan is as long as the expression."""
        values = [operand.value for operand in self.operands]
        made = self.make(*values) if self.once or not values else together(values, self.make)
        return apart(made, self.names, DTYPES[self.kind]) if self._ends_a_slice else made

    @property
    def value_and_fault(self) -> pl.Expr:
        """A struct with `value` and `fault`; again each operand is planned once."""
        both = self._value_and_fault
        dtype = pl.Struct({"value": DTYPES[self.kind], "fault": pl.UInt8()})
        return apart(both, self.names, dtype) if self._ends_a_slice else both

    @property
    def levels(self) -> int:
        """How many parts lie above one another."""
        return 1 + max((operand.levels for operand in self.operands), default=0)

    @property
    def names(self) -> frozenset[str]:
        """The columns it is worked out from."""
        return frozenset({self.name} if self.name else ()).union(*(operand.names for operand in self.operands))

    @property
    def _ends_a_slice(self) -> bool:
        return bool(self.names) and self.levels % MOST_LEVELS == 0

    @property
    def _value_and_fault(self) -> pl.Expr:
        names = [str(position) for position in range(len(self.operands))]
        operands = [
            Operand(pl.field(name).struct.field("value"), pl.field(name).struct.field("fault"), part.loose)
            for name, part in zip(names, self.operands, strict=True)
        ]
        inner = [part.value_and_fault.alias(name) for name, part in zip(names, self.operands, strict=True)]
        made = self.make(*(operand.value for operand in operands)).alias("value")
        worked_out = pl.struct(inner).struct.with_fields(made) if inner else pl.struct(made)
        fault = self.judge(pl.field("value"), operands).alias("fault")
        return worked_out.struct.with_fields(fault, *(pl.lit(None).alias(name) for name in names))


def literal(value: Value, kind: Kind, fault: int) -> Part:
    """A value, or None with its fault code, that is the same in every row."""
    return Part(
        kind,
        lambda: pl.lit(value, dtype=DTYPES[kind]),
        lambda _value, _operands: pl.lit(fault, dtype=pl.UInt8),
    )


def present(value: pl.Expr, *, loose: bool) -> pl.Expr:
    """Whether the value is there; never null."""
    return value.is_finite().fill_null(value=False) if loose else value.is_not_null()


def usable(result: pl.Expr, *operands: tuple[pl.Expr, Part], strict: bool = False) -> pl.Expr:
    """The result, null where an operand is missing.

    Nulls are taken to pass through the result by themselves unless `strict`; then only numbers that may not be finite
    need care. The operands are given as columns with the part that tells what they may hold.
    """
    checks = [column.is_not_null() for column, part in operands if strict and not part.loose]
    loose = [column for column, part in operands if part.loose]
    if loose:
        checks.append(side_by_side(pl.sum_horizontal, [nothing(column) for column in loose], ignore_nulls=False) == 0.0)
    return pl.when(side_by_side(pl.all_horizontal, checks)).then(result) if checks else result


def side_by_side(join: Callable[..., pl.Expr], columns: Sequence[pl.Expr], **options: bool) -> pl.Expr:
    """The columns joined by a horizontal function; a single one as it is.

    `a & b & c …` would be as deep as it is long, and cost the cube of that to plan (polars 2.1).
    """
    return join(columns, **options) if len(columns) > 1 else columns[0]


def nothing(number: pl.Expr) -> pl.Expr:
    """0.0 where the number is finite, NaN where it is not, null where it is null.

    To compare this with 0 is less work than `is_finite` (polars 2.1), and one comparison does for several numbers.
    """
    return number - number
