"""`appraise measures`: what was counted from the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from appraise.app.measures import measures
from appraise.cli.answer_json import measured_json
from appraise.cli.options import asking
from appraise.cli.tables import measures_table

if TYPE_CHECKING:
    from appraise.app.asked import Asked
    from appraise.cli.show import Screen


@click.command("measures")
@asking(filters=True)
def command(asked: Asked, screen: Screen) -> int:
    """Show the numbers that were counted from the sources.

    One line per person and measure, before any rule is applied to them.
    """
    answer = measures(asked)
    return screen.answer(answer.problems, lambda: measured_json(answer), *measures_table(answer))
