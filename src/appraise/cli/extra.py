"""Subcommands that plugins bring."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from appraise.app.plugins import commands_of
from appraise.cli.diagnostics import show_problems

if TYPE_CHECKING:
    import click


def plugin_command(context: click.Context, name: str) -> click.Command | None:
    """The subcommand of that name in an installed or allowed plugin; problems are told when there is none."""
    root = Path(context.params.get("workspace") or ".")
    registry, problems = commands_of(root)
    found = registry.commands.get(name)
    if found is None:
        show_problems(problems, root)
    return found
