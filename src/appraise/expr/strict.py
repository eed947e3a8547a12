"""A function that is missing where one of its arguments is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from appraise.model.kinds import Kind, Value


@dataclass(frozen=True, slots=True)
class StrictFunction:
    """A function as the evaluators see it; they never call it with a missing argument.

    `takes` are the kinds of the positional arguments; where `repeats`, the last one may come any number of times.
    `scalar` works on plain values (dates as datetime), `column` on Polars expressions (Float64, Boolean, String,
    Datetime in microseconds), of which it may only use its own arguments. `finite`: a number it gives is always finite;
    `whole`: and never has a fraction.
    """

    name: str
    signature: str
    doc: str
    takes: tuple[Kind, ...]
    gives: Kind
    scalar: Callable[..., Value]
    column: Callable[..., pl.Expr]
    repeats: bool = False
    finite: bool = False
    whole: bool = False

    def kind_of_argument(self, position: int) -> Kind:
        """The kind of the argument at that position, from 0."""
        return self.takes[min(position, len(self.takes) - 1)]

    def accepts(self, arguments: int) -> bool:
        """Whether it can be called with so many arguments."""
        return arguments >= len(self.takes) if self.repeats else arguments == len(self.takes)
