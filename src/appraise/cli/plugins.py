"""`appraise plugins`: which plugins there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from appraise.app.plugins import list_plugins
from appraise.cli.figures import NOTHING
from appraise.cli.options import asking
from appraise.cli.tables import table_of
from appraise.model.plain import plain

if TYPE_CHECKING:
    from rich.table import Table

    from appraise.app.asked import Asked
    from appraise.app.plugins import PluginsListed
    from appraise.cli.show import Screen


@click.command("plugins")
@click.option("--load", is_flag=True, help="Run the allowed ones, to tell what each brings.")
@asking()
def command(asked: Asked, screen: Screen, load: bool) -> int:
    """List the plugins, without running the ones that are not allowed.

    A plugin is a program and runs with your rights: allow only what you have read.
    """
    answer = list_plugins(asked, load=load)
    return screen.answer(answer.problems, lambda: {"plugins": plain(answer.plugins)}, _table(answer))


def _table(answer: PluginsListed) -> Table:
    rows = [
        (line.name, line.origin, "yes" if line.allowed else "no, add it to 'plugins: allow:'", ", ".join(line.brings))
        for line in answer.plugins
    ]
    return table_of(("plugin", "origin", "allowed", "brings"), [(*row[:3], row[3] or NOTHING) for row in rows])
