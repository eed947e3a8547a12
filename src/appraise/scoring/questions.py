"""The expressions of a template, parsed once, with the full names of the columns that they read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.expr.formula import Formula, parse, renamed
from appraise.expr.nodes import YesNo
from appraise.model.kinds import Kind
from appraise.model.role import Level
from appraise.scoring.levels import at_level

if TYPE_CHECKING:
    from appraise.expr.functions import Functions
    from appraise.model.expression import Expression
    from appraise.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Question:
    """An expression of a template; the names in its tree are the full ones, whatever its text says.

    `team.calls` may be the full name of `calls`, in a KPI of the team. `wanted` is the kind of the answer.
    """

    formula: Formula
    level: Level
    wanted: Kind

    @property
    def names(self) -> frozenset[str]:
        """The full names it reads."""
        return self.formula.names


class Reader:
    """Parses expressions and keeps the problems found on the way."""

    def __init__(self, functions: Functions) -> None:
        """Begin without problems."""
        self.functions = functions
        self.problems: list[Problem] = []

    def number(self, expression: Expression, level: Level) -> Question:
        """An expression that has to be a number."""
        return self._question(expression, level, Kind.NUMBER)

    def condition(self, expression: Expression, level: Level = Level.PERSON) -> Question:
        """An expression that has to be yes or no."""
        return self._question(expression, level, Kind.YES_NO)

    def maybe(self, expression: Expression | None, level: Level = Level.PERSON) -> Question | None:
        """A condition where one is written."""
        return self.condition(expression, level) if expression is not None else None

    def _question(self, expression: Expression, level: Level, wanted: Kind) -> Question:
        formula, problems = parse(expression, self.functions)
        self.problems += problems
        if formula is None:  # the plan is thrown away, but the other problems are still to be found
            nothing = Formula(expression.text, expression.place, YesNo(0, 0, value=True), frozenset())
            return Question(nothing, level, wanted)
        full = renamed(formula, {name: at_level(name, level) for name in formula.names})
        return Question(full, level, wanted)
