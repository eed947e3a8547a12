"""`appraise roles new`: beginning a role template from a list of areas and KPIs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from appraise.app.new_role import Beginning, RoleBegun, new_role
from appraise.cli.options import asking
from appraise.cli.outline_prompts import outline_asked
from appraise.roles.outlines.written import id_of

if TYPE_CHECKING:
    from appraise.app.asked import Asked
    from appraise.cli.show import Screen

_SHOWN = 8
"""How many kinds of to-dos are listed; the file has them all."""

_FILE = click.Path(path_type=Path)


class _Asking(click.Command):
    """Asks on a terminal for what was not said, before anything else is drawn there."""

    def invoke(self, ctx: click.Context) -> Any:
        """Ask, then run."""
        given = ctx.params
        if not any(given[key] for key in ("role", "kras", "kpis", "text", "table")):
            if sys.stdin.isatty():
                given["outline"] = outline_asked(given["title"])
                given["title"] = given["outline"].title
                given["id_"] = given["id_"] or _id_asked(given["title"])
            elif not given["id_"]:
                raise click.UsageError(
                    "name the role: appraise roles new ROLE, or on a terminal without it to be asked"
                )
        return super().invoke(ctx)


def _id_asked(title: str) -> str:
    guess = id_of(title, "role") if title else None
    return str(click.prompt("Id of the role, which names its file", default=guess, err=True))


@click.command("new", cls=_Asking)
@click.argument("role", required=False)
@click.option("--id", "id_", metavar="ID", help="The id of the role, instead of ROLE.")
@click.option("--title", default="", help="The job's title.")
@click.option("--kra", "kras", multiple=True, metavar='"TITLE[:WEIGHT]"', help="An area; can be repeated.")
@click.option(
    "--kpi",
    "kpis",
    multiple=True,
    metavar='"KRA > TITLE[:WEIGHT]"',
    help='A KPI; can be repeated. Behind it may stand " | UNIT | DIRECTION | B2, B3, B4, B5".',
)
@click.option("--from-text", "text", type=_FILE, metavar="FILE", help="A pasted text with numbered areas and bullets.")
@click.option("--from-table", "table", type=_FILE, metavar="FILE", help="A spreadsheet with a row for each KPI.")
@click.option("--force", is_flag=True, help="Begin anew where there is a template of that id.")
@asking()
def new_command(asked: Asked, screen: Screen, role: str | None, id_: str | None, **given: Any) -> int:
    """Begin a template in templates/roles/, with every guess and gap marked TODO.

    With ROLE alone it is a copy of the shipped template of that id, or a small one to fill in. With areas and KPIs,
    typed, pasted or in a spreadsheet, it is made of them. Without any of these, on a terminal, it asks.
    """
    if role and id_ and role != id_:
        raise click.UsageError("ROLE and --id name two different roles")
    if sum((bool(given["kras"] or given["kpis"]), given["text"] is not None, given["table"] is not None)) > 1:
        raise click.UsageError("areas come from --kra and --kpi, or --from-text, or --from-table: choose one of them")
    beginning = Beginning(role or id_ or "", **given)
    answer = new_role(asked, beginning)
    return screen.answer(answer.problems, lambda: _json(answer), *_says(answer))


def _json(answer: RoleBegun) -> dict[str, Any]:
    todos = [{"file": answer.files[0], "line": todo.line, "says": todo.says} for todo in answer.todos]
    return {"files": list(answer.files), "todos": todos}


def _says(answer: RoleBegun) -> list[str]:
    if not answer.files:
        return []
    kinds: dict[str, list[int]] = {}
    for todo in answer.todos:
        kinds.setdefault(todo.says, []).append(todo.line)
    to_do = [f"  line {_lines(lines)}: {says}" for says, lines in list(kinds.items())[:_SHOWN]]
    return [
        f"written: {answer.files[0]}" + (f", with {len(answer.todos)} to-dos" if to_do else ""),
        *to_do,
        "next:",
        f"  give it to a job title in appraise.yaml, under `people`: roles: {{JOB TITLE: {answer.role}}}",
        "  change it as you need, then run 'appraise check'",
        f"  once a period is scored, 'appraise roles suggest-bands {answer.role}' proposes bands",
    ]


def _lines(lines: list[int]) -> str:
    return str(lines[0]) if len(lines) == 1 else f"{lines[0]} and {len(lines) - 1} more"
