"""Filters that let nobody through, because what they name is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.documents.suggest import did_you_mean
from appraise.model.place import Place
from appraise.model.problem import Problem

if TYPE_CHECKING:
    from appraise.app.pipeline import Facts


def unknown_filters(facts: Facts) -> list[Problem]:
    """A problem for each person, team and role that a filter names and the period does not have."""
    setting, people = facts.setting, facts.roster.frame
    asked, period = setting.asked, setting.period.title
    persons, teams = people["person"].to_list(), people["team"].drop_nulls().unique().sort().to_list()
    return [
        *(_nobody(one, persons, period) for one in asked.people if one not in persons),
        *(_no_team(one, teams, period) for one in asked.teams if one not in teams),
        *(_no_role(one, list(setting.editions)) for one in asked.roles if one not in setting.editions),
    ]


def _nobody(written: str, known: list[str], period: str) -> Problem:
    message = f"nobody with the id '{written}' is appraised in {period}"
    hint = did_you_mean(written, known) or "see 'appraise score' for everybody's id"
    return Problem(Place("--person"), code="unknown-person", message=message, hint=hint)


def _no_team(written: str, known: list[str], period: str) -> Problem:
    message = f"there is no team '{written}' in {period}"
    hint = did_you_mean(written, known) or (f"there are: {', '.join(known[:20])}" if known else "leave it out")
    return Problem(Place("--team"), code="unknown-team", message=message, hint=hint)


def _no_role(written: str, known: list[str]) -> Problem:
    message = f"there is no role template '{written}'"
    hint = did_you_mean(written, known) or f"there are: {', '.join(sorted(known))}"
    return Problem(Place("--role"), code="unknown-role", message=message, hint=hint)
