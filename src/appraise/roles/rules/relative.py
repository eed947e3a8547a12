"""Rules about scores by comparison with other people."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from appraise.model.balance import category_of
from appraise.model.problem import Problem
from appraise.model.role import Level, Relative, Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.model.role import Kpi, Kra, Role

ENDS = {Standing.PERCENTILE: (0.0, 100.0), Standing.Z_SCORE: (-2.0, 2.0)}
"""Between which numbers a standing lies; a percentile reaches neither end, since everybody counts half as worse."""


class _Compared(NamedTuple):
    kra: Kra
    kpi: Kpi
    method: Relative


def standings_can_be_reached(role: Role) -> list[Problem]:
    """The bands of a percentile begin between 0 and 100, those of a z-score from -2 to 2."""
    problems = []
    for _, kpi, method in _compared(role):
        low, high = ENDS[method.standing]
        for number, start in enumerate(method.bands.starts):
            if low < start < high or (method.standing is Standing.Z_SCORE and start in {low, high}):
                continue
            message = f"KPI '{kpi.id}': no {method.standing.value.replace('_', '-')} is {start:g}"
            hint = f"write a number between {low:g} and {high:g}"
            place = kpi.places.get(f"starts.{number}", kpi.places.get("method", kpi.place))
            problems.append(Problem(place, code="standing-out-of-reach", message=message, hint=hint))
    return problems


def compliance_is_not_relative(role: Role) -> list[Problem]:
    """What `category: compliance` asks of everybody is never scored by comparison with others."""
    problems = []
    for kra, kpi, method in _compared(role):
        if category_of(kpi, kra) == "compliance":
            message = f"KPI '{kpi.id}': `{method.standing.value}` compares people, and the KPI is about compliance"
            hint = "score it by `bands` or `pass_fail`: that others break a rule too is no excuse"
            place = kpi.places.get("method", kpi.place)
            problems.append(Problem(place, code="relative-compliance", message=message, hint=hint))
    return problems


def peers_share_the_role(role: Role) -> list[Problem]:
    """`peers` has `role` among what is shared: figures of different jobs are never compared."""
    problems = []
    for _, kpi, method in _compared(role):
        if "role" not in method.peers:
            message = f"KPI '{kpi.id}': 'peers' leaves out `role`, and only people in the same role are compared"
            hint = f"write peers: [role, {', '.join(method.peers)}]"
            place = kpi.places.get("peers", kpi.place)
            problems.append(Problem(place, code="peers-without-role", message=message, hint=hint))
    return problems


def companies_have_no_peers(role: Role) -> list[Problem]:
    """A KPI with `level: company` has one figure for everybody, and cannot be scored by comparison."""
    problems = []
    for _, kpi, method in _compared(role):
        if kpi.level is Level.COMPANY:
            message = f"KPI '{kpi.id}': `{method.standing.value}` compares people, and all have the company's figure"
            hint = "score it by `bands`, or write `level: person` or `level: team`"
            place = kpi.places.get("level", kpi.place)
            problems.append(Problem(place, code="relative-company", message=message, hint=hint))
    return problems


def _compared(role: Role) -> Iterator[_Compared]:
    for kra in role.kras:
        for kpi in kra.kpis:
            if isinstance(kpi.method, Relative):
                yield _Compared(kra, kpi, kpi.method)
