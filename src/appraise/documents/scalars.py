"""What an unquoted word of a YAML file is: the core rules of YAML 1.2, without its surprises.

`no`, `on`, `y`, dates and times are text, and so are `1_000`, `1,000` and `35%`. Refused are not-a-number, infinity,
numbers beyond 1e15, and numbers that readers disagree about (`010` is 8 to some and 10 to others).
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from appraise.model.problem import Problem
from appraise.model.secrets import holds_password

if TYPE_CHECKING:
    from appraise.documents.nodes import Plain
    from appraise.model.place import Place

LARGEST_NUMBER = 1e15
"""Whole numbers beyond lose digits when they are calculated with."""

_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WHOLE = re.compile(r"[-+]?[0-9]+")
_AMBIGUOUS = re.compile(r"[-+]?(0[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?|0[xob][0-9a-fA-F]+)")
_NOT_FINITE = re.compile(r"[-+]?\.(nan|NaN|NAN|inf|Inf|INF)")
_UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_WORDS: tuple[tuple[frozenset[str], bool | None], ...] = (
    (frozenset({"", "~", "null", "Null", "NULL"}), None),
    (frozenset({"true", "True", "TRUE"}), True),
    (frozenset({"false", "False", "FALSE"}), False),
)


def value_of(text: str, place: Place) -> tuple[Plain, list[Problem]]:
    """The value of an unquoted scalar; None and a problem where it is a number that is refused."""
    for words, value in _WORDS:
        if text in words:
            return value, []
    if _AMBIGUOUS.fullmatch(text):
        message = f"the number {text[:40]} can be read in two ways"
        hint = "write it without leading zeros, or in quotes if it is a code"
        return None, [Problem(place, code="ambiguous-number", message=message, hint=hint)]
    if _NOT_FINITE.fullmatch(text):
        hint = "write a number, or leave the key out where there is none"
        return None, [Problem(place, code="not-finite", message=f"{text} is no number to calculate with", hint=hint)]
    if not _NUMBER.fullmatch(text):
        return text, text_problems(text, place)
    if not math.isfinite(float(text)) or abs(float(text)) > LARGEST_NUMBER:
        message = f"the number {_short(text)} is too large, the largest is 1e15"
        return None, [Problem(place, code="number-too-large", message=message, hint="write a code or an id in quotes")]
    return int(text) if _WHOLE.fullmatch(text) else float(text), []


def text_problems(text: str, place: Place) -> list[Problem]:
    """What is wrong with a text: characters that only escapes can bring in, or a password."""
    problems = []
    if found := _UNUSABLE.search(text):
        message = f"invalid character U+{ord(found.group()):04X} in a text"
        problems.append(Problem(place, code="invalid-character", message=message, hint="remove it"))
    if holds_password(text):
        message = "a password stands in this file, where everybody who has the file can read it"
        hint = "change the password, write ${NAME} here, and put the address into the environment under that name"
        problems.append(Problem(place, code="secret-in-file", message=message, hint=hint))
    return problems


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:20]}…"
