"""What measures are computed from, and which ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.expr.functions import Functions
    from appraise.model.period import Period
    from appraise.model.workspace import Workspace
    from appraise.plugin import CustomMeasure
    from appraise.scoring.ports import Facts, People


@dataclass(frozen=True, slots=True)
class MeasuresAsked:
    """A request for measures of everybody on the roster.

    `names` are full names (`x`, `prev.team.x` …); others than measures' are passed over. `team_kinds` tells by role
    template what `team` means there: `same_team` (also where it says nothing), `direct_reports` or `all_reports`.
    `custom` are the plugins' measures by name.
    """

    workspace: Workspace
    tables: Mapping[str, Facts]
    people: People
    period: Period
    previous: Period
    names: frozenset[str]
    functions: Functions
    custom: Mapping[str, CustomMeasure] = field(default_factory=dict)
    team_kinds: Mapping[str, str] = field(default_factory=dict)
