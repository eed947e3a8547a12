"""Tables for people: results, measures, templates, sources."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from appraise.cli.diagnostics import harmless
from appraise.cli.figures import NOTHING, day, percent, score, shown
from appraise.model.window import window_of, without_window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appraise.app.answers import ColumnLine, Measured, PersonResult, Scored, SourceLine
    from appraise.app.answers_roles import RoleLine
    from appraise.model.period import Period

_RIGHT = frozenset(
    {
        "overall",
        "before",
        "after",
        "change",
        "coverage",
        "value",
        "rows",
        "rejected",
        "of nobody",
        "left out",
        "KRAs",
        "KPIs",
        "weight",
        "blank",
        "unreadable",
    }
)

REASONS = {"too_new": "too few days"}
"""Reasons that read better in other words: somebody on leave all quarter is not new."""


def table_of(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    """A plain table; figures stand to the right, and nothing in a cell can command the terminal."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column in _RIGHT else "left", overflow="fold")
    for row in rows:
        table.add_row(*(harmless(cell) for cell in row))
    return table


def titled(title: str, table: Table) -> Group:
    """A table below its title, which may be longer than the table is wide."""
    return Group(Text(harmless(title), style="bold"), table)


def of_period(what: str, period: Period | None, table: Table) -> tuple[Group | str, ...]:
    """A table of a period; a sentence where it is empty, and nothing where there is no period to speak of."""
    if period is None:
        return ()
    return (titled(f"{what} of {period.title}", table) if table.row_count else f"nobody to show for {period.title}",)


def score_table(answer: Scored) -> tuple[Group | str, ...]:
    """One line per person: the rating, or why there is none."""
    columns = ("person", "name", "role", "overall", "label", "coverage", "status")
    return of_period("Results", answer.period, table_of(columns, [_score_row(result) for result in answer.people]))


def _score_row(result: PersonResult) -> tuple[str, ...]:
    roles = " → ".join(role for role, _ in groupby(segment.role for segment in result.segments))
    reason = REASONS.get(result.reason, result.reason)
    status = f"{result.status}: {reason}" if reason else result.status
    return (
        result.person,
        result.name,
        roles or NOTHING,
        score(result.overall),
        f"{result.label or NOTHING}{' (provisional)' if result.provisional else ''}",
        percent(result.coverage),
        status.replace("_", " "),
    )


def measures_table(answer: Measured) -> tuple[Group | str, ...]:
    """One line per person and measure, and segment where a person has several."""
    several = {line.person for line in answer.measures if line.segment > 1}
    rows: list[tuple[str, ...]] = [
        (
            f"{line.person}, segment {line.segment}" if line.person in several else line.person,
            _measure_in_words(line.measure),
            shown(line.value),
            f"{line.status}: {line.reason}".replace("_", " ") if line.reason else line.status.replace("_", " "),
            line.definition_id or NOTHING,
        )
        for line in answer.measures
    ]
    columns = ("person", "measure", "value", "status", "definition")
    shown_columns = len(columns) if any(line.definition_id for line in answer.measures) else len(columns) - 1
    kept = [row[:shown_columns] for row in rows]
    return of_period("Measures", answer.period, table_of(columns[:shown_columns], kept))


def _measure_in_words(name: str) -> str:
    """The name, and the days that it was counted over where they are others than the period's."""
    window = window_of(name)
    return name if window is None else f"{without_window(name)}, {window.words}"


def roles_table(roles: tuple[RoleLine, ...]) -> Table:
    """One line per version of a role template; `in force` are its days in the period."""
    columns = ("role", "title", "version", "effective", "in force", "KRAs", "KPIs", "file")
    rows = [
        (role.id, role.title, role.version, role.effective or "always", _in_force(role), str(role.kras), str(role.kpis),
         role.file)
        for role in roles
    ]  # fmt: skip
    return table_of(columns, rows)


def _in_force(role: RoleLine) -> str:
    if role.first_day is None:
        return "no"
    return f"{day(role.first_day)} to {day(role.last_day)}{', pinned' if role.pinned else ''}"


def sources_table(sources: tuple[SourceLine, ...]) -> Table:
    """One line per source: what it holds and whether it arrived."""
    credit = any(source.uncredited for source in sources)
    out = any(source.left_out for source in sources)
    more = (*(["of nobody"] if credit else []), *(["left out"] if out else []))
    columns = ("source", "holds", "status", "rows", "rejected", *more, "as of", "files")
    rows = [
        (
            source.name,
            source.holds,
            source.status,
            f"{source.rows:,}",
            f"{source.rejected:,}",
            *([f"{source.uncredited:,}"] if credit else []),
            *([f"{source.left_out:,}"] if out else []),
            day(source.as_of),
            ", ".join(source.files) or NOTHING,
        )
        for source in sources
    ]
    return table_of(columns, rows)


def columns_table(columns: tuple[ColumnLine, ...]) -> Table:
    """One line per column of a source."""
    heads = ("name", "heading in the file", "holds", "blank", "unreadable", "example")
    rows = [
        (line.name, line.heading, line.kind.replace("_", "/"), f"{line.blanks:,}", f"{line.unreadable:,}", line.example)
        for line in columns
    ]
    return table_of(heads, rows)
