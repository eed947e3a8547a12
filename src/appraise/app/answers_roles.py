"""What requests about role templates are answered with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from appraise.app.answers import Problems
    from appraise.app.template_words import TemplateWords
    from appraise.model.period import Period
    from appraise.model.role import Role


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A version of a role template in a list.

    `effective` is the day from which it counts, blank for always. `first_day` and `last_day` are the days of the period
    on which it is the one in force, None where it is not; `pinned` tells that the workspace holds on to it.
    """

    id: str
    title: str
    version: str
    file: str
    kras: int = 0
    kpis: int = 0
    effective: str = ""
    first_day: date | None = None
    last_day: date | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class RolesListed:
    """`roles list`: by id, and the versions of each in the order of their days."""

    problems: Problems
    roles: tuple[RoleLine, ...] = ()
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class RoleShown:
    """`roles show`: the template after `extends`; `words` maps each KPI's id to its formula in plain language.

    `told` is the whole of it in plain language.
    """

    problems: Problems
    role: Role | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    told: TemplateWords | None = None
