"""The four kinds of value that an expression knows."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = float | bool | str | date | datetime | None
"""What a name can stand for: a number (always float), a yes/no, a text, a date or moment, or None for missing."""


class Kind(StrEnum):
    """The kind of a value; mixing kinds is an error that a check finds before any data is read."""

    NUMBER = "number"
    YES_NO = "yes_no"
    TEXT = "text"
    DATE = "date"


class Fault(StrEnum):
    """Why a value is missing, worst last; `NONE` where it is not missing.

    `NO_DATA` an input is missing · `ZERO_DENOMINATOR` 0/0 · `PREVIOUS_ZERO` a `prev.` value divides and is 0 ·
    `DIVISION_BY_ZERO` x/0, an error · `NOT_FINITE` the result is no finite number, an error.
    """

    NONE = ""
    NO_DATA = "no_data"
    ZERO_DENOMINATOR = "zero_denominator"
    PREVIOUS_ZERO = "previous_zero"
    DIVISION_BY_ZERO = "division_by_zero"
    NOT_FINITE = "not_finite"


SEVEREST_LAST: tuple[Fault, ...] = tuple(Fault)
"""The faults from harmless to worst: of two faults that meet, the later one is told."""
