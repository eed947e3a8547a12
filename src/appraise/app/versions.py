"""Which version of each role template counts in the period: what `template_versions` pins, and what is not there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from appraise.documents.suggest import did_you_mean
from appraise.model.problem import Problem, Severity
from appraise.roles.editions import first_day_of, known_versions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from appraise.app.setting import Setting
    from appraise.model.period import Period
    from appraise.model.role import Role
    from appraise.model.workspace import VersionPin, Workspace
    from appraise.roles.library import Draft


def pinned_in(period: Period, workspace: Workspace) -> dict[str, str]:
    """The version that is pinned for a whole period, by role id."""
    return {pin.role: pin.version for pin in workspace.template_versions if pin.period == period.id}


def pin_problems(pins: Iterable[VersionPin], drafts: Iterable[Draft]) -> list[Problem]:
    """A problem for each pin of a role or a version that there is not, whichever period it is for."""
    every = list(drafts)
    roles = {draft.role.id for draft in every}
    problems = []
    for pin in pins:
        versions = known_versions(every, pin.role)
        if pin.role not in roles:
            message = f"template_versions: there is no role template '{pin.role[:60]}'"
            hint = did_you_mean(pin.role, roles) or "write the id of a role template, or take the line away"
            problems.append(Problem(pin.key_place, code="unknown-role", message=message, hint=hint))
        elif pin.version not in versions:
            message = f"template_versions: role '{pin.role}' has no version {pin.version[:60]}"
            known = " and ".join(version for version in versions if version)
            hint = did_you_mean(pin.version, versions) or f"there is {known}; keep the file of a version that is pinned"
            problems.append(Problem(pin.place, code="unknown-version", message=message, hint=hint))
    return problems


def not_yet_in_force(setting: Setting) -> list[Problem]:
    """A warning for each role of the company of which no version is in force on the period's first day."""
    pinned = pinned_in(setting.period, setting.workspace)
    firsts = (role for key, role in setting.assigned.items() if key == role.id and role.id not in pinned)
    return [_early(role, setting.period) for role in firsts if first_day_of(role.effective) > setting.period.start]


def _early(role: Role, period: Period) -> Problem:
    first = said_day(date.fromisoformat(role.effective))
    message = (
        f"role '{role.id}': no version is in force on {said_day(period.start)}; "
        f"version {role.version} is taken for the whole period, though it counts from {first}"
    )
    return Problem(
        role.places.get("effective", role.place),
        code="not-yet-in-force",
        message=message,
        hint="let 'effective' begin earlier, or keep the template that held before as a version of its own",
        severity=Severity.WARNING,
    )


def said_day(day: date) -> str:
    """A day as a person writes it: 15 Aug 2026."""
    return f"{day.day} {day:%b %Y}"
