"""To whom events belong that name nobody: the person of the last matching row of another log.

A payment is credited to whoever last spoke with the customer about the account, at most so many days before. Without
a match it is a self-cure: nobody's, or the account's owner's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from appraise.model.problem import Problem
from appraise.sources.clean.texts import texts_from_typed
from appraise.sources.facts import DATE, PERSON, SHARE, Delivery
from appraise.sources.row_filter import kept_rows
from appraise.sources.rule_columns import columns_found

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.model.workspace import Credit
    from appraise.sources.facts import FactTable, Reading

_EVENT = "_event"


def credited(table: FactTable, tables: Mapping[str, FactTable], reading: Reading) -> tuple[FactTable, list[Problem]]:
    """The table with the person of every event, without the events of nobody, which it counts.

    Args:
        table: a log whose source has `credit`.
        tables: every source by name; where the log that decides did not arrive, neither did this one.
        reading: has the period and the functions of `where`.
    """
    rule = table.spec.credit
    deciding = tables.get(rule.to) if rule is not None else None
    if rule is None or deciding is None or not table.is_delivered:
        return table, []
    if not deciding.is_delivered:
        return replace(table, frame=_owned(table.frame).clear(), status=deciding.status), []
    rule, problems = _in_frames(rule, table, deciding)
    if problems:
        return replace(table, frame=_owned(table.frame).clear(), status=Delivery.MISSING), problems
    rows, problems = kept_rows(deciding, rule.where, reading.functions, reading.period)
    events = table.frame.with_row_index(_EVENT)
    owners = _reversed(events, rule, _owners(events, rows, rule))
    frame = events.join(owners, on=_EVENT, how="inner", maintain_order="left")
    uncredited = events.height - frame[_EVENT].n_unique()
    shared = frame.drop(_EVENT) if rule.split[1] else frame.drop(_EVENT, SHARE)
    return replace(table, frame=shared, uncredited=uncredited), problems


def _owned(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.lit(None, pl.String).alias(PERSON))


def _in_frames(rule: Credit, table: FactTable, deciding: FactTable) -> tuple[Credit, list[Problem]]:
    """The rule with the names that its columns have in the two frames; a problem for each that is not there."""
    named = {key: (table, getattr(rule, key)) for key in ("same", "otherwise", "key", "reverses")}
    named["same_there"] = (deciding, rule.same_there)
    found, absent = columns_found(named)
    place, thing = table.spec.places.get("credit") or table.spec.place, f"source '{table.spec.name}'"
    problems = [
        Problem(
            place,
            code="credit-column-missing",
            message=f"{thing}: 'credit' needs the column '{one.name}' of '{one.source}'",
            hint=one.hint or "correct the name under credit:",
        )
        for one in absent
    ]
    changes: dict[str, Any] = dict(found)
    return replace(rule, **changes), problems


def _owners(events: pl.DataFrame, rows: pl.DataFrame, rule: Credit) -> pl.DataFrame:
    """The event, person and share of everybody to whom a matching row or the rule's `otherwise` credits something."""
    matches = _matches(events, rows, rule)
    shares = [
        matches.group_by(_EVENT, maintain_order=True)
        .agg(pl.col(PERSON).last() if place == 0 else pl.col(PERSON).first())
        .with_columns(pl.lit(percent / 100).alias(SHARE))
        for place, percent in enumerate(rule.split)
        if percent
    ]
    found = pl.concat(shares).group_by(_EVENT, PERSON, maintain_order=True).agg(pl.col(SHARE).sum())
    if rule.otherwise is None:
        return found
    left = events.join(found, on=_EVENT, how="anti", maintain_order="left")
    owner = texts_from_typed(left[rule.otherwise]).alias(PERSON)
    others = left.select(_EVENT, owner, pl.lit(1.0).alias(SHARE)).drop_nulls(PERSON)
    return pl.concat([found, others])


def _matches(events: pl.DataFrame, rows: pl.DataFrame, rule: Credit) -> pl.DataFrame:
    """Every event with the persons of all its matching rows, in the order of time and of the file."""
    moment = pl.col(DATE)
    # A day without a time of day stands for the whole day: what happened on it came before.
    until = pl.when(moment == moment.dt.truncate("1d")).then(moment + pl.duration(hours=24, microseconds=-1))
    wanted = events.select(
        _EVENT,
        texts_from_typed(events[rule.same]).alias("_same"),
        until.otherwise(moment).alias("_until"),
        (moment.dt.truncate("1d") - pl.duration(days=rule.within)).alias("_since"),
    )
    there = rows.select(
        texts_from_typed(rows[rule.same_there]).alias("_same"), pl.col(DATE).alias("_then"), PERSON
    ).sort("_then", maintain_order=True)
    met = wanted.drop_nulls("_same").join(there, on="_same", maintain_order="left_right")
    return met.filter(pl.col("_then").is_between("_since", "_until")).select(_EVENT, PERSON)


def _reversed(events: pl.DataFrame, rule: Credit, owners: pl.DataFrame) -> pl.DataFrame:
    """The owners, with events that take others back given to whoever had those, whenever that was."""
    if rule.key is None or rule.reverses is None:
        return owners
    named = events.select(
        _EVENT,
        texts_from_typed(events[rule.key]).alias("_key"),
        texts_from_typed(events[rule.reverses]).alias("_of"),
    )
    originals = named.filter(pl.col("_of").is_null()).drop_nulls("_key").unique("_key", keep="first")
    back = named.drop_nulls("_of").join(originals.select("_key", _first=_EVENT), left_on="_of", right_on="_key")
    followed = back.join(owners, left_on="_first", right_on=_EVENT, maintain_order="left").select(_EVENT, PERSON, SHARE)
    return pl.concat([owners.join(back, on=_EVENT, how="anti", maintain_order="left"), followed])
