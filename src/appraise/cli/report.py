"""`appraise report`: one person's pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from appraise.app.report import report
from appraise.cli.options import asking

if TYPE_CHECKING:
    from appraise.app.asked import Asked
    from appraise.cli.show import Screen


@click.command("report")
@click.argument("person")
@click.option("--page", is_flag=True, help="Also write it as an HTML page, to be read on a screen.")
@asking()
def command(asked: Asked, screen: Screen, person: str, page: bool) -> int:
    """Print one person's pack.

    It is written into out/PERIOD/packs/, and the file is named.
    """
    answer = report(asked, person, page=page)
    return screen.answer(
        answer.problems, lambda: {"files": list(answer.files)}, *(f"written: {file}" for file in answer.files)
    )
