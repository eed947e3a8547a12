"""Why values in a column are missing, as codes: the position in `SEVEREST_LAST`, 0 where the value is there.

Each function is a `Judge` or gives one. They are built apart from the values, because they cost more and are needed for
few rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.arithmetic import SEVERITY
from appraise.expr.parts import Operand, present
from appraise.model.kinds import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appraise.expr.parts import Judge


def never(_value: pl.Expr, _operands: Sequence[Operand]) -> pl.Expr:
    """The value is always there."""
    return _code(Fault.NONE)


def blank(value: pl.Expr, _operands: Sequence[Operand]) -> pl.Expr:
    """A blank cell is no data."""
    return pl.when(value.is_null()).then(_code(Fault.NO_DATA)).otherwise(_code(Fault.NONE))


def blank_or_infinite(value: pl.Expr, _operands: Sequence[Operand]) -> pl.Expr:
    """A blank cell is no data, and a number that is not finite says so."""
    finite = pl.when(value.is_finite()).then(_code(Fault.NONE)).otherwise(_code(Fault.NOT_FINITE))
    return pl.when(value.is_null()).then(_code(Fault.NO_DATA)).otherwise(finite)


def inherited(_value: pl.Expr, operands: Sequence[Operand]) -> pl.Expr:
    """The worst fault of the operands: the value is missing exactly where one of them is."""
    return pl.max_horizontal([operand.fault for operand in operands])


def where_null(value: pl.Expr, operands: Sequence[Operand]) -> pl.Expr:
    """The worst fault of the operands, where it kept the value from being known."""
    return pl.when(value.is_null()).then(inherited(value, operands)).otherwise(_code(Fault.NONE))


def overflow(value: pl.Expr, operands: Sequence[Operand]) -> pl.Expr:
    """The worst fault of the operands, or of a result that is too large where all of them are there."""
    own = pl.when(_all_present(operands) & ~value.is_finite()).then(_code(Fault.NOT_FINITE))
    return pl.max_horizontal(inherited(value, operands), own)


def division(*, previous: bool) -> Judge:
    """The same, and what it means that the divisor is zero; `previous` where a `prev.` value divides."""

    def judged(value: pl.Expr, operands: Sequence[Operand]) -> pl.Expr:
        left, right = operands
        empty, wrong = _code(Fault.ZERO_DENOMINATOR), _code(Fault.DIVISION_BY_ZERO)
        zero = _code(Fault.PREVIOUS_ZERO) if previous else pl.when(left.value == 0.0).then(empty).otherwise(wrong)
        large = pl.when(~value.is_finite()).then(_code(Fault.NOT_FINITE))
        own = pl.when(right.value == 0.0).then(zero).otherwise(large)
        return pl.max_horizontal(inherited(value, operands), pl.when(_all_present(operands)).then(own))

    return judged


def chosen(_value: pl.Expr, operands: Sequence[Operand]) -> pl.Expr:
    """The fault of the test where that is missing, else of the branch it chose."""
    test, body, otherwise = operands
    return pl.when(test.value).then(body.fault).when(~test.value).then(otherwise.fault).otherwise(test.fault)


def call(*, loose: bool) -> Judge:
    """The worst fault of the arguments; with all of them there, what the function did with them."""

    def judged(value: pl.Expr, operands: Sequence[Operand]) -> pl.Expr:
        large = pl.when(~value.is_finite()).then(_code(Fault.NOT_FINITE)) if loose else pl.lit(None, dtype=pl.UInt8)
        own = pl.when(value.is_null()).then(_code(Fault.NO_DATA)).otherwise(large)
        return pl.max_horizontal(inherited(value, operands), pl.when(_all_present(operands)).then(own))

    return judged


def _code(fault: Fault) -> pl.Expr:
    return pl.lit(SEVERITY[fault], dtype=pl.UInt8)


def _all_present(operands: Sequence[Operand]) -> pl.Expr:
    return pl.all_horizontal([present(operand.value, loose=operand.loose) for operand in operands])
