"""`appraise roles`: the role templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from appraise.app.compare_roles import compare_roles
from appraise.app.roles import list_roles, show_role
from appraise.cli.answer_json import role_json, roles_json
from appraise.cli.comparison import compared_json, comparison
from appraise.cli.new_role import new_command
from appraise.cli.options import asking, keeping
from appraise.cli.suggest_bands import suggest_command
from appraise.cli.tables import roles_table
from appraise.cli.template import template_page

if TYPE_CHECKING:
    from appraise.app.asked import Asked
    from appraise.cli.show import Screen


@click.group("roles")
@keeping
def command() -> None:
    """List, show, compare or begin role templates."""


@command.command("list")
@asking()
def list_command(asked: Asked, screen: Screen) -> int:
    """List the role templates that this workspace can use, and the file of each."""
    answer = list_roles(asked)
    return screen.answer(answer.problems, lambda: roles_json(answer), roles_table(answer.roles))


@command.command("show")
@click.argument("role")
@asking()
def show_command(asked: Asked, screen: Screen, role: str) -> int:
    """Show the template ROLE as it is after `extends`, with every rule in plain words."""
    answer = show_role(asked, role)
    parts = () if answer.role is None or answer.told is None else (template_page(answer.role, answer.told),)
    return screen.answer(answer.problems, lambda: role_json(answer), *parts)


@command.command("diff")
@click.argument("before")
@click.argument("after")
@click.option("--no-data", is_flag=True, help="Compare the rules alone, and score nobody.")
@asking()
def diff_command(asked: Asked, screen: Screen, before: str, after: str, no_data: bool) -> int:
    """Tell what changed from the template BEFORE to the template AFTER, and who moves from which score to which.

    Each is a role's id, ROLE@VERSION or a file. Everybody who is on either role is scored on both templates.
    """
    answer = compare_roles(asked, (before, after), with_data=not no_data)
    return screen.answer(answer.problems, lambda: compared_json(answer), *comparison(answer))


command.add_command(new_command)
command.add_command(suggest_command)
