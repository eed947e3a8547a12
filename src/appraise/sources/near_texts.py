"""Texts in a filter that no row has, while one differs from them in case or blanks alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.complaints import Complaint, problems_of
from appraise.expr.formula import parse
from appraise.expr.nodes import Comparison, Membership, Name, Node, Text
from appraise.model.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.expr.functions import Functions
    from appraise.model.expression import Expression
    from appraise.model.problem import Problem

_EQUAL = frozenset({"==", "!="})


def near_text_problems(where: Expression | None, frame: pl.DataFrame, functions: Functions) -> list[Problem]:
    """A warning for each text that a filter compares a column with, that no row has there but for case and blanks.

    Args:
        where: the filter, None where there is none.
        frame: the rows before they are filtered.
        functions: what the filter may call.
    """
    formula = parse(where, functions)[0] if where else None
    if formula is None:
        return []
    complaints = [
        _complaint(node, text, meant)
        for node, column, text in _compared(formula.tree)
        if column in frame.columns and (meant := _meant(text, frame[column]))
    ]
    return problems_of(dict.fromkeys(complaints), formula.text, formula.place)


def _compared(node: Node) -> Iterator[tuple[Node, str, str]]:
    """Every text that is compared with a column, with the part that it stands in."""
    if isinstance(node, Comparison) and _EQUAL.issuperset(node.operators):
        columns = [each.name for each in node.operands if isinstance(each, Name)]
        texts = [each for each in node.operands if isinstance(each, Text)]
        yield from ((text, column, text.value) for column in columns for text in texts)
    if isinstance(node, Membership) and isinstance(node.operand, Name):
        yield from ((node, node.operand.name, text) for text in node.options if isinstance(text, str))
    for part in node.parts:
        yield from _compared(part)


def _meant(text: str, column: pl.Series) -> str:
    """The one value of the column that differs from the text only in case or blanks; else the empty text."""
    if column.dtype != pl.String:
        return ""
    values = column.drop_nulls().unique()
    alike = [value for value in values if _bare(value) == _bare(text)] if text not in values else []
    return alike[0] if len(alike) == 1 else ""


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()


def _complaint(node: Node, text: str, meant: str) -> Complaint:
    return Complaint(
        start=node.start,
        end=node.end,
        code="filter-text-unknown",
        message=f"no row has the text '{text[:60]}'",
        hint=f"did you mean '{meant[:60]}'? texts are compared letter by letter",
        severity=Severity.WARNING,
    )
