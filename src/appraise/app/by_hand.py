"""Values that managers enter by hand, for the KPIs whose template asks for them where there is no data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from appraise.app.entries import entries_of
from appraise.app.workspace_tables import day_in
from appraise.documents.suggest import did_you_mean
from appraise.model.problem import Problem, Severity
from appraise.model.role import Missing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from appraise.app.setting import Setting
    from appraise.model.place import Place
    from appraise.model.role import Role

COLUMNS = ("person", "kpi", "value", "evidence", "entered_by", "on")
ANSWERED_FOR = {"evidence": "what shows it", "entered_by": "who entered it"}
"""What a value needs beside itself, and what to write there."""

MOST = 1e15
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")


@dataclass(frozen=True, slots=True)
class ByHand:
    """A value that somebody entered and answers for."""

    person: str
    kpi: str
    value: float
    says: str
    on: str
    place: Place


def with_values_by_hand(
    frame: pl.DataFrame, setting: Setting, asking: Mapping[str, frozenset[str]]
) -> tuple[pl.DataFrame, list[Problem]]:
    """The input frame with what was entered by hand: for each KPI `manual.<id>`, and who says so in `manual.<id>!`.

    Args:
        frame: the input frame, one row per person and segment.
        setting: the workspace and the period.
        asking: by template the KPIs that take a value entered by hand.
    """
    rows, problems = entries_of(setting.workspace.root, setting.workspace.manual, COLUMNS, setting.period.id)
    entered = []
    roles: dict[str, frozenset[str]] = {}
    for person, template in frame.select("person", "template").iter_rows():
        roles[person] = roles.get(person, frozenset()) | {template or ""}
    for place, row in rows:
        entry, found = _entry(place, row)
        problems += found
        if entry is not None:
            doubts = _doubts(entry, roles, asking)
            problems += doubts
            entered += [] if doubts else [entry]
    kept, doubled = _last(entered)
    kpis = sorted(set().union(*asking.values()))
    columns = [column for kpi in kpis for column in _columns(kpi, frame["person"].to_list(), kept)]
    return frame.with_columns(columns), [*problems, *doubled]


def kpis_by_hand(roles: Iterable[Role]) -> dict[str, frozenset[str]]:
    """By template the KPIs that take a value entered by hand where there is no data."""
    return {role.key: frozenset(kpi.id for kpi in role.kpis if kpi.missing is Missing.MANUAL) for role in roles}


def _entry(place: Place, row: Mapping[str, str]) -> tuple[ByHand | None, list[Problem]]:
    thing = f"value by hand of '{row['person'][:60]}' for '{row['kpi'][:60]}'"
    _, undated = day_in(row, "on", place)
    if undated:
        return None, undated
    blank = next((name for name in ANSWERED_FOR if not row[name]), None)
    if blank is not None:
        message = f"{thing}: '{blank}' is blank, so the value does not count"
        hint = f"write {ANSWERED_FOR[blank]}"
        return None, [Problem(place, code="value-by-hand-unsupported", message=message, hint=hint)]
    number = float(row["value"]) if _NUMBER.fullmatch(row["value"]) else None
    if number is None or abs(number) > MOST:
        message = f"{thing}: '{row['value'][:60]}' is not a number"
        hint = "write digits with a decimal point, like 87.5"
        return None, [Problem(place, code="value-by-hand-unreadable", message=message, hint=hint)]
    says = f"by {row['entered_by']} on {row['on']}: {row['evidence']}"
    return ByHand(row["person"], row["kpi"], number, says, row["on"], place), []


def _doubts(entry: ByHand, roles: Mapping[str, frozenset[str]], asking: Mapping[str, frozenset[str]]) -> list[Problem]:
    """A warning about a value that nothing reads."""
    if entry.person not in roles:
        message = f"value by hand: nobody with the id '{entry.person[:60]}' is appraised, so it does not count"
        hint = did_you_mean(entry.person, roles) or "correct the id"
    elif entry.kpi not in (known := _asked_of(roles[entry.person], asking)):
        message = f"value by hand of '{entry.person}': no KPI '{entry.kpi[:60]}' of theirs asks for one"
        hint = did_you_mean(entry.kpi, known) or "correct the id, or write `missing: manual` into the KPI"
    else:
        return []
    return [Problem(entry.place, code="value-by-hand-unused", message=message, hint=hint, severity=Severity.WARNING)]


def _asked_of(templates: Iterable[str], asking: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The KPIs of these templates that take a value entered by hand."""
    return frozenset[str]().union(*(asking.get(template, frozenset()) for template in templates))


def _last(entered: Iterable[ByHand]) -> tuple[dict[tuple[str, str], ByHand], list[Problem]]:
    """Of each person and KPI the value that was entered last; of two on one day neither."""
    kept: dict[tuple[str, str], ByHand] = {}
    doubled: dict[tuple[str, str], Problem] = {}
    for entry in sorted(entered, key=lambda one: (one.on, one.place)):
        key = entry.person, entry.kpi
        doubled.pop(key, None)
        if key in kept and kept[key].on == entry.on:
            doubled[key] = _twice(entry, kept[key])
        kept[key] = entry
    return {key: entry for key, entry in kept.items() if key not in doubled}, list(doubled.values())


def _twice(entry: ByHand, other: ByHand) -> Problem:
    message = f"value by hand of '{entry.person}' for '{entry.kpi}': also entered on the same day in {other.place}"
    hint = "delete one of the two lines; until then neither counts"
    return Problem(entry.place, code="value-by-hand-twice", message=message, hint=hint, person=entry.person)


def _columns(kpi: str, people: Collection[str], kept: Mapping[tuple[str, str], ByHand]) -> list[pl.Series]:
    found = [kept.get((person, kpi)) for person in people]
    return [
        pl.Series(f"manual.{kpi}", [entry.value if entry else None for entry in found], dtype=pl.Float64),
        pl.Series(f"manual.{kpi}!", [entry.says if entry else None for entry in found], dtype=pl.String),
    ]
