"""The sources of a workspace: what was delivered, and what its columns hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.app.answers import ColumnLine, SourceLine, SourceShown, SourcesListed, once
from appraise.app.pipeline import facts_of
from appraise.app.ready import ready
from appraise.app.workspace import FILE
from appraise.documents.suggest import did_you_mean
from appraise.model.place import Place
from appraise.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from appraise.app.asked import Asked
    from appraise.model.workspace import SourceSpec
    from appraise.sources.facts import FactTable

KINDS: Mapping[str, str] = {
    "Float64": "number",
    "String": "text",
    "Boolean": "yes/no",
    "Date": "date",
    "Datetime": "date",
}
"""What a column holds, by the first word of its type."""

LONGEST = 40
"""Characters of an example that are shown."""


def list_sources(asked: Asked) -> SourcesListed:
    """Every source with its files and rows, and whether it was delivered for the period."""
    tables, problems = _tables(asked)
    return SourcesListed(tuple(problems), tuple(_line(name, table) for name, table in tables.items()))


def show_source(asked: Asked, name: str) -> SourceShown:
    """One source with its columns; a problem where there is none of that name."""
    tables, problems = _tables(asked)
    if name in tables:
        own = tuple(problem for problem in problems if f"'{name}'" in problem.message or _is_of(problem, tables[name]))
        return SourceShown(own, _line(name, tables[name]), _columns(tables[name]))
    if not tables:
        return SourceShown(tuple(problems))
    hint = did_you_mean(name, tables) or f"there are: {', '.join(tables)}"
    problem = Problem(Place(FILE), code="unknown-source", message=f"there is no source '{name}'", hint=hint)
    return SourceShown((problem,))


def _tables(asked: Asked) -> tuple[Mapping[str, FactTable], list[Problem]]:
    workspace, problems = ready(asked)
    if workspace is None:
        return {}, problems
    facts, found = facts_of(workspace)
    return facts.tables, list(once(problems, found))


def _is_of(problem: Problem, table: FactTable) -> bool:
    return problem.place.file in {file.shown for file in table.files}


def _line(name: str, table: FactTable) -> SourceLine:
    return SourceLine(
        name=name,
        holds=_holds(table.spec),
        status=str(table.status),
        files=tuple(file.shown for file in table.files),
        rows=table.frame.height,
        rejected=table.rejected,
        uncredited=table.uncredited,
        left_out=table.excluded,
        as_of=table.as_of,
    )


def _holds(spec: SourceSpec) -> str:
    if spec.company or spec.team:
        return "company" if spec.company else "team"
    return "log" if spec.date or spec.months_in_columns else "table"


def _columns(table: FactTable) -> tuple[ColumnLine, ...]:
    names = [name for name in table.frame.columns if not name.startswith("_") and not name.endswith("!")]
    return tuple(
        ColumnLine(
            name=name,
            heading=table.titles.get(name, name),
            kind=KINDS.get(str(table.frame.schema[name]).partition("(")[0], "other"),
            blanks=table.blanks.get(name, 0),
            unreadable=table.unreadable.get(name, 0),
            example=_example(table.frame.get_column(name)),
        )
        for name in names
    )


def _example(column: pl.Series) -> str:
    known = column.drop_nulls()
    text = f"{known[0]:g}" if known.len() and isinstance(known[0], float) else str(known[0]) if known.len() else ""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
