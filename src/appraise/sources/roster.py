"""Who is appraised in a period: on which template, in which team, and how many days they were there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from appraise.model.calendar import period_before, working_days
from appraise.model.problem import Problem, Severity
from appraise.sources.assignments import ASSIGNMENT_SCHEMA, Assignments, assignments_of
from appraise.sources.availability import leave_days, with_days_worked
from appraise.sources.job_titles import titles_without_template
from appraise.sources.overlaps import overlaps_of
from appraise.sources.segments import AS_OF, judged, segments_of, spells_of, stretches_of
from appraise.sources.teams import SAME_TEAM, memberships

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from appraise.expr.functions import Functions
    from appraise.model.period import Calendar, Period
    from appraise.model.workspace import Workspace
    from appraise.sources.facts import FactTable


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a period.

    `frame` has one row per person with an assignment on some day of the period, in the order of their ids: person,
    name, role (template id or null), role_title, manager, team, site (String, null where not told), start, end (Date,
    the assignments clipped to the period), fte, working_days (of the site in the period), available_days (assigned,
    not on leave, times the share of full time), `person.<attribute>` for each declared one, and status_reason (`""`,
    `no_role`, `too_new`, `short_segment` or `rows_in_doubt`). Everything that can change is as of the person's last
    day, the role as of the last one with a template.

    `segments` has one row per person and stretch on one template edition, by person and day: the columns of `frame`
    as of the stretch's last day, template (the key of the edition), segment (its number from 1), stretch (the
    person's id, with a number behind it where there are several), share (Int64: hundredths of the available days,
    0 where it is not scored) and the reason of the stretch; see `sources.segments`. `spells` are the assignments of
    the period with the stretch that each belongs to.

    `assignments` holds every row of the people source that counts, also those of other periods, see
    `sources.assignments`; `leave` one row per person and day on leave in the period and the one before.
    """

    period: Period
    frame: pl.DataFrame
    segments: pl.DataFrame
    spells: pl.DataFrame
    assignments: pl.DataFrame
    leave: pl.DataFrame
    calendar: Calendar

    def teams(self, kind: str = SAME_TEAM, period: Period | None = None) -> pl.DataFrame:
        """The members of every team: team_key, person, start and end, see `sources.teams`.

        Somebody's own team has the key `team` of the frame for `same_team`, and their id for reports.
        """
        span = period or self.period
        return memberships(self.assignments, kind, span.start, span.end)

    def own_teams(self, kinds: Mapping[str, str]) -> pl.DataFrame:
        """person, stretch, kind and team_key, in the order of the segments: which team `team` means in each.

        `kinds` gives the kind of team by template; `same_team` for all others. The key is null without a team.
        """
        kind = pl.lit(SAME_TEAM)
        if kinds:
            kind = pl.col("template").replace_strict(dict(kinds), default=SAME_TEAM, return_dtype=pl.String)
        kind = kind.fill_null(SAME_TEAM)
        key = pl.when(kind == SAME_TEAM).then(pl.col("team")).otherwise(pl.col("person"))
        return self.segments.select("person", "stretch", kind.alias("kind"), key.alias("team_key"))

    def stretches(self) -> pl.DataFrame:
        """The segments of people who have several, with the days that each stands for, see `sources.segments`."""
        return stretches_of(self.segments)

    def present(self, period: Period) -> pl.DataFrame:
        """The people with an assignment on some day of a period: one column, person, each once."""
        here = (pl.col("start") <= period.end) & (pl.col("end") >= period.start)
        return self.assignments.filter(here).select("person").unique(maintain_order=True)

    def days_within(self, spans: pl.DataFrame) -> pl.DataFrame:
        """The days of people within stretches of days, in the order of the stretches.

        Args:
            spans: person, `_from` and `_until`; other columns are kept.

        Returns:
            one row for each assignment that meets a stretch, with working_days (of its site on these days) and
            available_days.
        """
        met = spans.join(
            self.spells.select("person", "site", "start", "end", "fte"), on="person", maintain_order="left"
        )
        clipped = (
            met.with_columns(
                pl.max_horizontal("start", "_from").alias("start"), pl.min_horizontal("end", "_until").alias("end")
            )
            .filter(pl.col("start") <= pl.col("end"))
            .drop("_from", "_until")
        )
        worked = with_days_worked(clipped, self.leave, self.calendar)
        whole = with_days_worked(clipped.with_columns(fte=pl.lit(1.0)), self.leave.clear(), self.calendar)["days"]
        return worked.with_columns(whole.alias("working_days")).rename({"available": "available_days"}).drop("days")

    def days_worked(self, parts: pl.DataFrame) -> pl.DataFrame:
        """Stretches of days with `days` and `available`, see `sources.availability`."""
        return with_days_worked(parts, self.leave, self.calendar)


def roster_of(
    workspace: Workspace,
    tables: Mapping[str, FactTable],
    period: Period,
    functions: Functions,
    cuts: Mapping[str, Sequence[tuple[date, str]]] | None = None,
) -> tuple[Roster, list[Problem]]:
    """Everybody with an assignment in the period; one bad row never stops the others.

    Args:
        workspace: says where people and leave stand, which job title has which template, and the least days.
        tables: the sources by name.
        period: the appraised period.
        functions: what `where` may call.
        cuts: by role the first day and key of the template's editions that count in the period, in order; a role that
            is not named has one edition, called like itself.
    """
    people, calendar = workspace.people, workspace.calendar
    problems: list[Problem] = []
    read = Assignments(pl.DataFrame(schema=ASSIGNMENT_SCHEMA), frozenset())
    table = tables.get(people.source)
    if table is not None and table.is_delivered:
        read, problems = assignments_of(people, table, functions, period)
    away = tables.get(people.leave.source) if people.leave else None
    leave, backwards = leave_days(people.leave, away, period_before(calendar, period).start, period.end)
    here = read.frame.filter((pl.col("start") <= period.end) & (pl.col("end") >= period.start))
    overlaps = overlaps_of(here, people.source, period)
    doubtful = read.doubtful | {problem.person for problem in overlaps if problem.person}
    spells = spells_of(here, period, cuts or {})
    minimums = workspace.minimum_days, workspace.minimum_segment_days
    found = segments_of(spells, leave, calendar, period)
    segments, named = judged(found, _people(spells, period, leave, calendar), sorted(doubtful), minimums)
    frame = _in_order(named)
    problems += [*backwards, *overlaps, *titles_without_template(here, people)]
    problems += _thin(workspace, period, frame)
    return Roster(period, frame, segments, spells, read.frame, leave, calendar), problems


def _people(spells: pl.DataFrame, period: Period, leave: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """One row per person from the assignments of the period, as of the last of them."""
    worked = with_days_worked(spells, leave, calendar)
    carried = [name for name in worked.columns if name.startswith("person.")]
    frame = worked.group_by("person", maintain_order=True).agg(
        pl.col(*AS_OF, *carried).last(),
        pl.col("role").drop_nulls().last(),
        pl.col("start").min(),
        pl.col("end").max(),
        pl.col("days").sum(),
        pl.col("available").sum().alias("available_days"),
    )
    whole = frame.select("person", "site", start=pl.lit(period.start), end=pl.lit(period.end), fte=pl.lit(1.0))
    days = with_days_worked(whole, leave.clear(), calendar)["days"]
    return frame.with_columns(days.alias("working_days"))


def _in_order(people: pl.DataFrame) -> pl.DataFrame:
    carried = [name for name in people.columns if name.startswith("person.")]
    days = ("start", "end", "working_days", "available_days")
    return people.select("person", "name", "role", *AS_OF[1:], *days, *carried, "status_reason")


def _thin(workspace: Workspace, period: Period, frame: pl.DataFrame) -> list[Problem]:
    """What to say where there is nobody to appraise, or where the period is too short to rate anybody."""
    people = workspace.people
    if frame.is_empty():
        message = f"people: nobody in source '{people.source}' has a job in {period.title}"
        hint = "check the period, 'where' and the from and to dates"
        return [Problem(people.place, code="nobody-to-appraise", message=message, hint=hint)]
    days, minimum = working_days(workspace.calendar, period.start, period.end), workspace.minimum_days
    if days >= minimum:
        return []
    message = f"minimum_days: {period.title} has {days} working days, but a rating needs {minimum}"
    hint = "lower minimum_days, or appraise a longer period"
    return [
        Problem(
            workspace.place, code="period-below-minimum-days", message=message, hint=hint, severity=Severity.WARNING
        )
    ]
