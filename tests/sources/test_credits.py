"""Credit: an event that names nobody belongs to the person of the last matching row of another log."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from appraise.model.expression import Expression
from appraise.model.place import Place
from appraise.model.workspace import Credit, PersonKey

if TYPE_CHECKING:
    from appraise.model.problem import Problem
    from appraise.sources.facts import FactTable
    from tests.sources.conftest import Desk

CALLS = """agent,account,at,right_party
A,1,2026-07-01T10:00,yes
B,1,2026-07-05T10:00,yes
C,1,2026-07-06T10:00,no
A,2,2026-07-01T09:00,yes
B,2,2026-07-20T18:00,yes
B,2,2026-07-20T08:00,yes
A,3,2026-06-01T10:00,yes
"""
PAYMENTS = """id,account,on,amount,owner,takes_back
p1,1,2026-07-06,100,C,
p2,2,2026-07-16,50,C,
p3,2,2026-07-17,50,C,
p4,2,2026-07-20T12:00,30,C,
p5,3,2026-07-01,20,C,
p6,9,2026-07-01,20,,
p7,1,2026-09-20,-100,C,p1
"""
RULE = Credit(
    to="calls", same="account", same_there="account", within=15, where=Expression("right_party", Place("appraise.yaml"))
)


def collected(desk: Desk, rule: Credit, calls: str = CALLS) -> tuple[FactTable, list[Problem]]:
    """The payments credited by the rule."""
    desk.write("calls.csv", calls)
    desk.write("payments.csv", PAYMENTS)
    kinds = {
        "calls": {"right_party": "yes_no", "account": "text"},
        "payments": {"account": "text", "amount": "number", "id": "text", "takes_back": "text", "owner": "text"},
    }
    tables, problems = desk.collect(
        desk.spec("calls", "calls.csv", person=PersonKey("agent"), date=("at",)),
        desk.spec("payments", "payments.csv", date=("on",), credit=rule),
        kinds=kinds,
    )
    return tables["payments"], problems


def owners(table: FactTable) -> list[tuple[str, str]]:
    """Each payment with its person."""
    return table.frame.select("id", "_person").rows()


def test_the_last_matching_row_decides(desk: Desk) -> None:
    """Of account 1 it is B, who reached the right party last; calls after the payment or too long before count not."""
    table, problems = collected(desk, RULE)

    assert problems == []
    assert owners(table) == [("p1", "B"), ("p2", "A"), ("p4", "B")]


def test_what_nobody_brought_about_is_counted(desk: Desk) -> None:
    """Self-cures belong to nobody, and the table says how many there are."""
    assert collected(desk, RULE)[0].uncredited == 4


def test_the_days_before_count_to_the_day(desk: Desk) -> None:
    """A call fifteen days before still counts, one of sixteen days before does not."""
    table, _ = collected(desk, RULE)

    assert [name for name, _ in owners(table) if name in {"p2", "p3"}] == ["p2"]


def test_a_call_later_on_the_day_of_a_payment_with_a_time_does_not_count(desk: Desk) -> None:
    """Of two calls on the day, the one before noon brought the payment at noon."""
    table, _ = collected(desk, replace(RULE, split=(50.0, 50.0)))

    assert [row for row in table.frame.select("id", "_person", "credit_share").rows() if row[0] == "p4"] == [
        ("p4", "B", 1.0)
    ]


def test_without_a_match_it_can_be_the_owners(desk: Desk) -> None:
    """`otherwise` names a column with a person; where that is blank too it is nobody's."""
    table, _ = collected(desk, replace(RULE, otherwise="owner"))

    assert sorted(owners(table)) == [("p1", "B"), ("p2", "A"), ("p3", "C"), ("p4", "B"), ("p5", "C"), ("p7", "C")]


def test_a_split_gives_the_first_and_the_last_their_shares(desk: Desk) -> None:
    """The shares of an event total 1."""
    table, _ = collected(desk, replace(RULE, split=(70.0, 30.0)))

    assert table.frame.select("id", "_person", "credit_share").rows()[:2] == [("p1", "B", 0.7), ("p1", "A", 0.3)]


def test_a_reversal_follows_what_it_takes_back(desk: Desk) -> None:
    """The reversal in September is B's, who had the payment in July, though nobody called about it since."""
    table, _ = collected(desk, replace(RULE, key="id", reverses="takes_back"))

    assert owners(table)[-1] == ("p7", "B")


def test_where_the_deciding_log_is_missing_so_are_the_events(desk: Desk) -> None:
    """Nothing is credited by half of the facts."""
    desk.write("payments.csv", PAYMENTS)
    tables, _ = desk.collect(
        desk.spec("calls", "calls.csv", person=PersonKey("agent"), date=("at",)),
        desk.spec("payments", "payments.csv", date=("on",), credit=RULE),
    )

    assert (tables["payments"].status, tables["payments"].frame.height) == ("missing", 0)


@pytest.mark.parametrize("key", ["same", "same_there", "otherwise"])
def test_a_column_that_is_not_there_is_told(key: str, desk: Desk) -> None:
    """The rule's columns must be in their logs."""
    table, problems = collected(desk, replace(RULE, **{key: "acount"}))

    assert [problem.code for problem in problems] == ["credit-column-missing"]
    assert table.status == "missing"
