"""The scores of a team's members in one figure, in words: how many and what they weigh, never whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.model.members import MEDIAN, OVERALL

if TYPE_CHECKING:
    from appraise.model.members import MembersFigure
    from appraise.model.outcome import KpiScore
    from appraise.report.numbers import Numbers


def members_in_words(kpi: KpiScore, numbers: Numbers) -> str:
    """`median of the overall of 12 colleagues, weighted by their days (780 working days): 3.41`; or why there is none.

    Empty for a KPI that is not made of scores of members.
    """
    found = kpi.members
    if found is None:
        return ""
    if found.value is None or found.members is None:
        return _none(found)
    figure = numbers.amount(found.value, kpi.unit, kpi.decimals)
    days = f"{numbers.loose(found.days)} working days in the team" if found.days is not None else "days"
    if found.how == MEDIAN:
        return f"median of {_whose(found)} of {found.members} colleagues, weighted by their {days}: {figure}"
    least = numbers.loose(found.at_least or 0.0)
    said = f"of {found.members} colleagues, weighted by their {days}, {figure} have {_whose(found)} of at least {least}"
    return said.replace("have the overall", "have an overall").replace("have the score", "have a score")


def _none(found: MembersFigure) -> str:
    if found.members is None:
        return ""
    have = "1 colleague has" if found.members == 1 else f"{found.members or 'no'} colleagues have"
    return f"{have} {'an overall' if found.of == OVERALL else _whose(found)}, and {found.needed} are needed"


def _whose(found: MembersFigure) -> str:
    return "the overall" if found.of == OVERALL else f"the score in {found.of.partition('.')[2].replace('_', ' ')}"
