"""What a template says of the scores of somebody's team, and the one figure that is made of them."""

from __future__ import annotations

from dataclasses import dataclass

MEDIAN, SHARE = "median", "share_at_or_above"
"""What can be made of the scores of members; the words are those of a template."""

OVERALL = "overall"
LEAST_MEMBERS = 3
"""With fewer members who have a score than this there is no figure, where a template does not say another number."""


@dataclass(frozen=True, slots=True)
class Members:
    """A KPI whose value is made of the scores of the team's members.

    `of` is `overall`, `kra.<id>` or `kpi.<id>`; `how` (key `as`) is `median` or `share_at_or_above`, the percent of the
    members with at least `at_least` points. With fewer than `needed` members (key `at_least_members`) there is none.
    """

    of: str
    how: str
    at_least: float | None = None
    needed: int = LEAST_MEMBERS

    @property
    def whose(self) -> str:
        """Which score of theirs it is, in words: `overall`, `score in call quality`."""
        return OVERALL if self.of == OVERALL else f"score in {self.of.partition('.')[2].replace('_', ' ')}"

    @property
    def says(self) -> str:
        """What the value is, in words."""
        if self.how == MEDIAN:
            return f"the median {self.whose} of the team's members, weighted by their days in the team"
        least = "" if self.at_least is None else f"{self.at_least:g}"
        return (
            f"the percent of the team's members whose {self.whose} is at least {least}, "
            "weighted by their days in the team"
        )


@dataclass(frozen=True, slots=True)
class MembersFigure:
    """The figure of a team's members, who are never told one by one.

    `members` counts those with a score, None where their scores cannot be had; `days` are the working days in the team
    that they weigh together. `days` and `value` are None with fewer than `needed` members. The other fields are those
    of `Members`.
    """

    of: str
    how: str
    at_least: float | None
    needed: int
    members: int | None
    days: float | None
    value: float | None
