"""The expressions of a template as questions: parsed once, their names in full, over the days that a KPI counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from appraise.expr.formula import Formula, parse, renamed
from appraise.expr.nodes import Name, YesNo
from appraise.model.kinds import Kind
from appraise.model.role import Level
from appraise.model.window import Window, matured, month_before, months_in, without_window
from appraise.scoring.levels import at_level
from appraise.scoring.names import is_of_days, measure_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.expr.functions import Functions
    from appraise.model.expression import Expression
    from appraise.model.period import Period
    from appraise.model.problem import Problem
    from appraise.model.role import Kpi
    from appraise.model.window import Maturity, Month


@dataclass(frozen=True, slots=True)
class Question:
    """An expression of a template; the names in its tree are the full ones, whatever its text says.

    `team.calls` may be the full name of `calls`, in a KPI of the team. `wanted` is the kind of the answer. `window` is
    the mark behind the names that are counted over other days than the period's. With `months` the answer is the mean
    of the answers to these, one for each month, and the formula itself is not asked.
    """

    formula: Formula
    level: Level
    wanted: Kind
    window: str = ""
    months: tuple[tuple[Month, Question], ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The full names it reads."""
        if not self.months:
            return self.formula.names
        return frozenset[str]().union(*(question.formula.names for _, question in self.months))

    @property
    def as_written(self) -> Formula:
        """The formula with its full names alone, whatever days they are counted over."""
        return renamed(self.formula, {name: without_window(name) for name in self.formula.names})


def of_a_figure(named: Expression) -> Question:
    """What reads a figure of the input frame that the engine itself made, under a name that no formula can have."""
    tree = Name(0, len(named.text), named.text)
    return Question(Formula(named.text, named.place, tree, frozenset({named.text})), Level.PERSON, Kind.NUMBER)


@dataclass(frozen=True, slots=True)
class Reader:
    """Parses expressions and keeps the problems found on the way.

    `days` are the appraised period and the one before; without them every name stands for what a formula calls it, as
    in a worked example. `maturity` and `by_month` are those of the KPI that is read.
    """

    functions: Functions
    problems: list[Problem]
    days: tuple[Period, Period] | None = None
    maturity: Maturity | None = None
    by_month: bool = False

    def within(self, kpi: Kpi) -> Reader:
        """The reader of this KPI's own expressions."""
        return replace(self, maturity=kpi.matures_after, by_month=kpi.by_month)

    def value(self, expression: Expression, level: Level) -> Question:
        """The formula of a KPI: over the whole period, or month by month."""
        whole = self.number(expression, level)
        if self.days is None or not self.by_month:
            return whole
        formula, _ = parse(expression, self.functions)
        if formula is None:
            return whole
        months = ((month, self._in_month(formula, level, month)) for month in months_in(self.days[0]))
        return replace(whole, months=tuple(months))

    def number(self, expression: Expression, level: Level) -> Question:
        """An expression that answers with a number."""
        return self._question(expression, level, Kind.NUMBER)

    def condition(self, expression: Expression, level: Level = Level.PERSON) -> Question:
        """An expression that answers with yes or no."""
        return self._question(expression, level, Kind.YES_NO)

    def maybe(self, expression: Expression | None, level: Level = Level.PERSON) -> Question | None:
        """The same where there is one."""
        return self.condition(expression, level) if expression is not None else None

    def _question(self, expression: Expression, level: Level, wanted: Kind) -> Question:
        formula, problems = parse(expression, self.functions)
        self.problems.extend(problems)
        if formula is None:  # the plan is thrown away, but the other problems are still to be found
            nothing = Formula(expression.text, expression.place, YesNo(0, 0, value=True), frozenset())
            return Question(nothing, level, wanted)
        if self.days is None or self.maturity is None:
            return Question(renamed(formula, {name: at_level(name, level) for name in formula.names}), level, wanted)
        now, before = (matured(period.start, period.end, self.maturity) for period in self.days)
        full = {name: _marked(at_level(name, level), now, before) for name in formula.names}
        return Question(renamed(formula, full), level, wanted, now.mark)

    def _in_month(self, formula: Formula, level: Level, month: Month) -> Question:
        """The formula about one month: its rows and days, and by `prev.` those of the month before."""
        own, before = Window(month.start, month.end), month_before(month)
        now = own
        if self.maturity is not None:
            now, before = (matured(each.start, each.end, self.maturity) for each in (now, before))
        full = {name: at_level(name, level) for name in formula.names}
        marked: Mapping[str, str] = {
            name: f"{each}{own.mark}" if is_of_days(each) else _marked(each, now, before) for name, each in full.items()
        }
        return Question(renamed(formula, marked), level, Kind.NUMBER, now.mark)


def _marked(full: str, now: Window, before: Window) -> str:
    """The full name of a measure with the mark of its days; others, as targets and attributes, stay as they are."""
    known = measure_name(full)
    if known is None:
        return full
    return f"{full}{before.mark if known.previous else now.mark}"
