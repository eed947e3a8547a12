"""What a template says of the scores of a team's members: the names of its figures, and scores that nobody has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.documents.suggest import did_you_mean
from appraise.model.kinds import Kind
from appraise.model.members import OVERALL
from appraise.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from appraise.model.role import Role


def members_names(role: Role) -> dict[str, Kind]:
    """The full names of the figures and of how many members they are made of, which examples can give."""
    named = [f"members.{kpi.id}" for kpi in role.kpis if kpi.members is not None]
    return {f"{name}{part}": Kind.NUMBER for name in named for part in ("", ".count")}


def scores_of_nobody(role: Role, others: Iterable[Role]) -> Iterator[Problem]:
    """A warning for each KPI that is made of a score which no other template has."""
    known = {OVERALL}
    for other in others:
        if other.id != role.id:
            known |= {f"kra.{kra.id}" for kra in other.kras} | {f"kpi.{kpi.id}" for kpi in other.kpis}
    for kpi in role.kpis:
        if kpi.members is None or kpi.members.of in known:
            continue
        kind, _, name = kpi.members.of.partition(".")
        message = f"KPI '{kpi.id}': no other template has a {kind.upper()} '{name}' that members could have a score in"
        hint = did_you_mean(kpi.members.of, known) or "write the id as the templates of the team have it"
        place = kpi.places.get("members.of", kpi.place)
        yield Problem(place, code="members-without-score", message=message, hint=hint, severity=Severity.WARNING)
