"""An expression that is bound to columns: what the rest of the program uses of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.parts import nothing
from appraise.expr.sharing import together
from appraise.model.kinds import Kind

if TYPE_CHECKING:
    from appraise.expr.parts import Part


@dataclass(frozen=True, slots=True)
class Bound:
    """An expression over the columns of a frame, of the kind told."""

    part: Part
    constant: bool

    @property
    def kind(self) -> Kind:
        """The kind of the values."""
        return self.part.kind

    @property
    def value(self) -> pl.Expr:
        """Float64, Boolean, String or Datetime; null is missing, NaN and infinity never come out."""
        value = self.part.value
        if self.constant:
            return _repeated(value)
        return together([value], _finished) if self.kind is Kind.NUMBER else value

    @property
    def fault(self) -> pl.Expr:
        """UInt8: 0 where there is a value, else the position of the fault in `SEVEREST_LAST`.

        It works the values out again and costs several times what they do: ask for it in rows whose value is null.
        """
        fault = self.part.value_and_fault.struct.field("fault")
        return _repeated(fault) if self.constant else fault


def _finished(value: pl.Expr) -> pl.Expr:
    """A number that is missing where it is not finite; adding zero turns -0.0 into 0.0."""
    return pl.when(nothing(value) == 0.0).then(value + nothing(value))


def _repeated(value: pl.Expr) -> pl.Expr:
    """The only value there is, in every row of any frame."""
    only = pl.select(value).to_series()
    return pl.repeat(only.item(), pl.len(), dtype=only.dtype)
