"""`appraise score`: results without printing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from appraise.app.score import score
from appraise.cli.answer_json import scored_json
from appraise.cli.options import asking
from appraise.cli.tables import score_table

if TYPE_CHECKING:
    from appraise.app.asked import Asked
    from appraise.cli.show import Screen


@click.command("score")
@asking(filters=True)
def command(asked: Asked, screen: Screen) -> int:
    """Score everybody, without printing.

    Shows the overall, the proposed label and the coverage of each person, or why there is no rating. Writes nothing.
    """
    answer = score(asked)
    return screen.answer(answer.problems, lambda: scored_json(answer), *score_table(answer))
