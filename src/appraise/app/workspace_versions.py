"""The `template_versions:` part of `appraise.yaml`: versions that a company holds on to for a whole period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.documents.suggest import did_you_mean
from appraise.model.calendar import accepted_names, period_named
from appraise.model.problem import Problem
from appraise.model.workspace import VersionPin

if TYPE_CHECKING:
    from appraise.app.workspace_section import Section
    from appraise.model.period import Calendar


def pins_of(section: Section, calendar: Calendar) -> tuple[VersionPin, ...]:
    """The pinned versions by period and role; a period that the calendar does not have is passed over."""
    return tuple(
        VersionPin(period.id, role, version, roles.place(role), roles.key_place(role))
        for name, roles in section.parts()
        if (period := period_named(calendar, name)) is not None
        for role in roles.names()
        if isinstance(version := roles.at(role).data, str)
    )


def unknown_periods(section: Section, calendar: Calendar) -> list[Problem]:
    """A problem for each period with pinned versions that the calendar does not have."""
    problems = []
    for name in section.names():
        if period_named(calendar, name) is None:
            message = f"template_versions: there is no period '{name[:60]}' in this calendar"
            hint = did_you_mean(name, [period.id for period in calendar.dated]) or accepted_names(calendar)
            problems.append(Problem(section.key_place(name), code="unknown-period", message=message, hint=hint))
    return problems
