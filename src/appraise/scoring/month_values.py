"""The months of a KPI whose value is their mean, as the trace tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.expr.nodes import Name, every_node
from appraise.model.month_value import MonthValue
from appraise.model.status import KpiStatus
from appraise.scoring.by_month import NOT_FINITE
from appraise.scoring.replies import number_of, replied
from appraise.scoring.statuses import FINDINGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from appraise.model.kinds import Value
    from appraise.scoring.questions import Question

_WITHOUT = {
    KpiStatus.NO_DATA: "no data",
    KpiStatus.NO_TARGET: "no target",
    KpiStatus.ZERO_DENOMINATOR: "nothing to divide by",
}


def month_values(question: Question, row: Mapping[str, Value]) -> tuple[MonthValue, ...]:
    """The months of a formula that is asked month by month, in order; nothing for any other."""
    found = []
    for month, asked in question.months:
        reply = replied(asked, row)
        value = number_of(reply.value)
        status, reason = FINDINGS[0 if value is not None else reply.finding or NOT_FINITE]
        found.append(MonthValue(month.id, month.start, month.end, value, status, reason, names_in_order(asked)))
    return tuple(found)


def left_out(months: Sequence[MonthValue]) -> tuple[str, ...]:
    """A sentence about the months that the mean is not made of; nothing where it is made of all, or of none."""
    without = [f"{month.start:%b}: {_WITHOUT.get(month.status, 'no value')}" for month in months if month.value is None]
    if not without or len(without) == len(months):
        return ()
    return (f"{', '.join(without)}; the mean is that of the other months",)


def names_in_order(question: Question) -> tuple[str, ...]:
    """The full names in an expression, in the order in which they stand; month after month where it is asked so."""
    asked = [month for _, month in question.months] or [question]
    nodes = (node for each in asked for node in every_node(each.formula.tree))
    return tuple(dict.fromkeys(node.name for node in nodes if isinstance(node, Name)))
