"""Questions of a template answered for one person in plain numbers, from the person's row of full names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from appraise.expr.numbers import evaluate
from appraise.model.kinds import Fault
from appraise.model.outcome import Step
from appraise.scoring.by_month import NOT_FINITE, mean_of_months
from appraise.scoring.statuses import FINDINGS, fault_code, missing_code, missing_rank

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.model.kinds import Value
    from appraise.scoring.questions import Question


@dataclass(frozen=True, slots=True)
class Reply:
    """A question answered for one person: `finding` is 0 where there is a value.

    `months` are the answers of the months, where it is asked month by month and the value is their mean.
    """

    value: Value
    finding: int
    step: Step
    months: tuple[Reply, ...] = ()


def replied(question: Question, row: Mapping[str, Value]) -> Reply:
    """The answer to a question from a person's row of full names."""
    if question.months:
        return _by_month(question, row)
    outcome = evaluate(question.formula, {name: row.get(name) for name in question.names})
    code = fault_code(outcome.fault)
    if outcome.fault is Fault.NO_DATA:
        ranks = [rank_of(name, row) for name in question.names if row.get(name) is None]
        code = missing_code(max(ranks, default=missing_rank(None)))
    return Reply(outcome.value, code, outcome.step)


def _by_month(question: Question, row: Mapping[str, Value]) -> Reply:
    """The mean of the months; its step has theirs as operands."""
    months = tuple(replied(month, row) for _, month in question.months)
    numbers = [(number_of(month.value), month.finding or NOT_FINITE) for month in months]
    value, finding = mean_of_months(numbers)
    text = question.formula.text
    fault = FINDINGS[finding].reason or FINDINGS[finding].status.value if finding else ""
    step = Step(text, 0, len(text), "number", value, fault, tuple(month.step for month in months))
    return Reply(value, finding, step, months)


def rank_of(name: str, row: Mapping[str, Value]) -> int:
    """How bad the reason is for which a name is missing."""
    reason = row.get(f"{name}?")
    return missing_rank(reason if isinstance(reason, str) else None, name)


def number_of(value: Value) -> float | None:
    """A value as a number; None where it is missing or a text or date, which a check refuses before."""
    return None if value is None or isinstance(value, (str, date)) else float(value)
