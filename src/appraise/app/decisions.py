"""What named persons decided: a proposed label becomes final only here."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from appraise.app.entries import PERIOD, entries_of
from appraise.app.workspace_tables import day_in
from appraise.documents.suggest import did_you_mean
from appraise.model.calendar import last_full_period
from appraise.model.outcome import Decision
from appraise.model.problem import Problem, Severity
from appraise.model.role import FIVE_POINT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import polars as pl

    from appraise.app.setting import Setting
    from appraise.app.workspace_tables import Row

COLUMNS = ("person", "label", "reason", "decided_by", "on")


def decisions_of(setting: Setting, people: pl.DataFrame) -> tuple[dict[str, Decision], list[Problem]]:
    """The decisions about the people of a period, by person, and what is wrong with those that do not count.

    A decision is about the last period that had ended on its day, unless the file says which period it is about. Of
    several about one person the last one counts.

    Args:
        setting: the workspace and the period.
        people: one row per person, with `person` and `role`.
    """
    rows, problems = entries_of(setting.workspace.root, setting.workspace.decisions, COLUMNS, setting.period.id)
    roles = dict(people.select("person", "role").iter_rows())
    decided: dict[str, Decision] = {}
    for place, row in rows:
        day, undated = day_in(row, "on", place)
        if day is not None and not row.get(PERIOD) and not _is_about(setting, day):
            continue
        found = undated or _faults((place, row), _labels(setting, roles, row["person"]), roles)
        problems += found
        last = decided.get(row["person"])
        if not found and (last is None or last.on <= row["on"]):
            decided[row["person"]] = Decision(row["label"], row["decided_by"], row["on"], row["reason"])
    return decided, problems


def _is_about(setting: Setting, day: date) -> bool:
    """Whether the period is the last one that had ended on that day."""
    ended = last_full_period(setting.workspace.calendar, day + timedelta(days=1))
    return day >= setting.period.end and (ended is None or ended.end <= setting.period.end)


def _labels(setting: Setting, roles: Mapping[str, str | None], person: str) -> tuple[str, ...]:
    role = setting.assigned.get(roles.get(person) or "")
    return tuple(label.label for label in (role.scale if role is not None else FIVE_POINT).labels)


def _faults(line: Row, labels: tuple[str, ...], people: Mapping[str, str | None]) -> list[Problem]:
    """Why a decision cannot count."""
    place, row = line
    person, thing = row["person"], f"decision about '{row['person'][:60]}'"
    if person not in people:
        message = f"decision: nobody with the id '{person[:60]}' is appraised, so it does not count"
        hint = did_you_mean(person, people) or "correct the id"
        return [Problem(place, code="decision-person", message=message, hint=hint, severity=Severity.WARNING)]
    if row["label"] not in labels:
        message = f"{thing}: '{row['label'][:60]}' is no label of their scale"
        hint = did_you_mean(row["label"], labels) or f"write {', '.join(labels)}"
        return [Problem(place, code="decision-label", message=message, hint=hint, person=person)]
    if not row["decided_by"]:
        message = f"{thing}: nobody answers for it, since 'decided_by' is blank"
        hint = "write the name of who decided; until then the label is a proposal"
        return [Problem(place, code="decision-by-nobody", message=message, hint=hint, person=person)]
    return []
