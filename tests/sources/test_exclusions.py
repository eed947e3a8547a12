"""Rows that another source takes out of all figures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from appraise.model.expression import Expression
from appraise.model.place import Place
from appraise.model.problem import Problem
from appraise.model.workspace import LeaveOut, PersonKey
from appraise.sources.facts import Delivery, FactTable
from tests.sources.conftest import Desk

CALLS = """agent,account,at
A,1,2026-07-01T10:00
A,1,2026-07-20T10:00
A,1,2026-08-05T09:00
B,2,2026-07-05T10:00
B,3,2026-07-06T10:00
B,,2026-07-07T10:00
"""
FLAGS = """account,disputed,hardship,since,until
1,yes,no,2026-07-10,2026-08-05
2,no,yes,,
3,no,no,,
"""
RULE = LeaveOut("flags", "account", "account", Expression("disputed or hardship", Place("appraise.yaml")))
IN_FORCE = replace(RULE, first_day="since", last_day="until")
KINDS = {
    "calls": {"account": "text"},
    "flags": {"account": "text", "disputed": "yes_no", "hardship": "yes_no", "since": "date", "until": "date"},
}


def collected(desk: Desk, rule: LeaveOut) -> tuple[FactTable, list[Problem]]:
    """The calls without those that the rule leaves out."""
    desk.write("calls.csv", CALLS)
    desk.write("flags.csv", FLAGS)
    calls = desk.spec("calls", "calls.csv", person=PersonKey("agent"), date=("at",), leave_out=rule)
    tables, problems = desk.collect(calls, desk.spec("flags", "flags.csv"), kinds=KINDS)
    return tables["calls"], problems


@pytest.mark.parametrize(("rule", "lines"), [(RULE, [6, 7]), (IN_FORCE, [2, 6, 7]), (replace(RULE, where=None), [7])])
def test_rows_of_a_flagged_account_are_left_out(desk: Desk, rule: LeaveOut, lines: list[int]) -> None:
    """Without days ever, with days from the first to the last one; a row without an account stays."""
    table, problems = collected(desk, rule)

    assert problems == []
    assert table.frame["_line"].to_list() == lines
    assert table.excluded == 6 - len(lines)


def test_a_row_of_a_table_is_of_the_last_day_of_its_period(desk: Desk) -> None:
    """What was cleared in August is owed at the end of September; what is still in hardship is not."""
    desk.write("flags.csv", FLAGS)
    desk.write("owed.csv", "agent,account\nA,1\nB,2\n")
    owed = desk.spec("owed", "owed.csv", person=PersonKey("agent"), leave_out=IN_FORCE)
    tables, _ = desk.collect(owed, desk.spec("flags", "flags.csv"), kinds=KINDS | {"owed": {"account": "text"}})

    assert tables["owed"].frame["account"].to_list() == ["1"]


def test_without_the_deciding_source_nothing_counts(desk: Desk) -> None:
    """A source whose eligible rows are unknown is missing, as the deciding one is."""
    desk.write("calls.csv", CALLS)
    calls = desk.spec("calls", "calls.csv", person=PersonKey("agent"), date=("at",), leave_out=RULE)
    tables, _ = desk.collect(calls, desk.spec("flags", "flags.csv"), kinds=KINDS)

    assert (tables["calls"].status, tables["calls"].frame.height) == (Delivery.MISSING, 0)


def test_a_column_of_the_rule_that_is_not_there_is_told(desk: Desk) -> None:
    """The message names the column and the source that should have it."""
    _, problems = collected(desk, replace(RULE, same_there="acount"))

    assert [(problem.code, problem.message) for problem in problems] == [
        ("leave-out-column-missing", "source 'calls': 'leave_out' needs the column 'acount' of 'flags'")
    ]
