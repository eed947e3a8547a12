"""`appraise sources`: where the facts stand, and whether they arrived."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from appraise.app.sources import list_sources, show_source
from appraise.cli.answer_json import source_json, sources_json
from appraise.cli.options import asking, keeping
from appraise.cli.tables import columns_table, sources_table

if TYPE_CHECKING:
    from appraise.app.asked import Asked
    from appraise.cli.show import Screen


@click.group("sources")
@keeping
def command() -> None:
    """List or show the sources of facts."""


@command.command("list")
@asking()
def list_command(asked: Asked, screen: Screen) -> int:
    """List the sources with their files, rows, and whether they were delivered for the period."""
    answer = list_sources(asked)
    return screen.answer(answer.problems, lambda: sources_json(answer), sources_table(answer.sources))


@command.command("show")
@click.argument("source")
@asking()
def show_command(asked: Asked, screen: Screen, source: str) -> int:
    """Show the columns of SOURCE: their names in expressions, what they hold, blank and unreadable cells."""
    answer = show_source(asked, source)
    parts = () if answer.source is None else (sources_table((answer.source,)), columns_table(answer.columns))
    return screen.answer(answer.problems, lambda: source_json(answer), *parts)
