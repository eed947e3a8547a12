"""How rules are said: formulas in words, amounts with their unit, and everything a template's keys may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from appraise.app.words import title_of
from appraise.expr.formula import parse, renamed
from appraise.expr.words import say
from appraise.model.expression import Expression
from appraise.model.place import Place
from appraise.model.role import Level
from appraise.report.numbers import numbers_for, with_unit
from appraise.scoring.levels import at_level

if TYPE_CHECKING:
    from appraise.app.setting import Setting
    from appraise.expr.functions import Functions
    from appraise.model.role import Role
    from appraise.report.numbers import Numbers

Thing = TypeVar("Thing")
"""A template or a part of it."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What rules are said with: the functions that formulas may call, the titles of measures, and the numbers."""

    functions: Functions
    titles: Mapping[str, str]
    numbers: Numbers

    def expression(self, expression: Expression, level: Level = Level.PERSON) -> str:
        """A formula or condition in plain words, with whose numbers it reads; as written where it cannot be parsed."""
        formula, _ = parse(expression, self.functions)
        if formula is None:
            return expression.text
        return say(renamed(formula, {name: at_level(name, level) for name in formula.names}), self.titles)

    def number(self, value: float) -> str:
        """A number with no more decimals than it has; of a template with mistakes it may be unknown."""
        return self.numbers.loose(value) if isfinite(value) else "unknown"

    def amount(self, value: float, unit: str) -> str:
        """A number with its unit: `40 %`, `5 days`."""
        written = self.number(value)
        return f"{written} %" if unit == "percent" else with_unit(written, unit).strip()


@dataclass(frozen=True, slots=True)
class Telling(Generic[Thing]):
    """A thing of a template, the template, and what it is said with."""

    thing: Thing
    role: Role
    wording: Wording

    def condition(self, name: str, level: Level = Level.PERSON) -> str:
        """The condition under a key in words; empty where there is none."""
        expression = getattr(self.thing, name)
        return "" if expression is None else self.wording.expression(expression, level)


def wording_of(setting: Setting) -> Wording:
    """The wording of a workspace."""
    titles = {name: title_of(name, spec) for name, spec in setting.workspace.measures.items()}
    return Wording(setting.functions, titles, numbers_for("en"))


def joined(parts: list[str], word: str = "and") -> str:
    """`a, b and c`."""
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}" if len(parts) > 1 else "".join(parts)


def bare(value: Any) -> Any:
    """What a key says, without where it stands: equal for equal rules."""
    if isinstance(value, Expression):
        return value.text
    if isinstance(value, tuple | list):
        return tuple(bare(one) for one in value)
    if isinstance(value, Mapping):
        return tuple((key, bare(value[key])) for key in sorted(value))
    if is_dataclass(value) and not isinstance(value, type):
        known = [getattr(value, one.name) for one in fields(value) if one.compare]
        return (type(value).__name__, *(bare(one) for one in known if not isinstance(one, Place)))
    return value
