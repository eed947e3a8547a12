"""Column expressions that polars can plan in a time that grows with their length alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


def together(operands: Sequence[pl.Expr], use: Callable[..., pl.Expr]) -> pl.Expr:
    """What `use` makes of the operands, which it may mention as often as it likes; it must mention no other column.

    Polars expressions are trees: an operand mentioned twice is planned twice, and forty such levels are 2⁴⁰ nodes. As
    fields of a struct the operands are worked out once. The struct also gives every operand its full length: a divisor
    that Polars knows to be the same in all rows would be multiplied by as a rounded reciprocal (polars 2.1: 739/100 is
    then 7.390000000000001), even where it only happens to be the same.
    """
    names = [str(position) for position in range(len(operands))]
    fields = [operand.alias(name) for operand, name in zip(operands, names, strict=True)]
    made = use(*(pl.field(name) for name in names))
    return pl.struct(fields).struct.with_fields(made.alias("made")).struct.field("made")


def apart(expression: pl.Expr, names: Iterable[str], dtype: pl.DataType) -> pl.Expr:
    """The expression, planned on its own as a function of the columns it reads.

    Polars works out the type of each level by asking all the levels below again (2.1): forty of them take seconds,
    slices of a few take milliseconds. Of a struct only the fields of `dtype` are kept.
    """
    kept = [pl.col("made").struct.field(field.name) for field in dtype.fields] if isinstance(dtype, pl.Struct) else []

    def worked_out(columns: pl.Series) -> pl.Series:
        made = columns.struct.unnest().select(expression.alias("made"))
        return (made.select(pl.struct(kept)) if kept else made).to_series()

    return pl.struct(sorted(names)).map_batches(worked_out, return_dtype=dtype, is_elementwise=True)
