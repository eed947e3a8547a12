"""`appraise init`: a workspace to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from appraise.app.beginning import FIRST_EXAMPLE, begin
from appraise.cli.options import asking

if TYPE_CHECKING:
    from appraise.app.asked import Asked
    from appraise.cli.show import Screen


@click.command("init")
@click.argument("folder", metavar="[DIR]", required=False)
@click.option("--example", metavar="NAME", default=FIRST_EXAMPLE, help="An example company, like 'collections'.")
@asking()
def command(asked: Asked, screen: Screen, folder: str | None, example: str) -> int:
    """Make a workspace: a small one to start with, or an example company.

    It is made in DIR, or here; the folder must be empty. The small one has one spreadsheet, one role template and a
    commented appraise.yaml, and can be run at once.
    """
    target = Path(folder) if folder else asked.root
    answer = begin(target, example)
    where = "" if target.resolve() == Path.cwd() else f" -w {target}"
    fields = {"folder": str(target), "files": list(answer.files)}
    return screen.answer(answer.problems, lambda: fields, *(_says(answer.files, target, where) if answer.files else ()))


def _says(files: tuple[str, ...], target: Path, where: str) -> list[str]:
    return [
        f"made in {target}, beside schemas/ for your editor:",
        *(f"  {file}" for file in files if not file.startswith("schemas/")),
        "next:",
        f"  appraise{where} check    lists everything that is wrong, with the line",
        f"  appraise{where} run      scores everybody and prints the packs",
        "then put your own figures into data/ and your own expectations into templates/roles/",
    ]
