"""The manual of the commands names every command, option and exit code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from appraise.cli import exit as boundary
from appraise.cli.main import COMMANDS, group

PAGE = (Path(__file__).parents[2] / "docs" / "commands.md").read_text("utf-8")


def commands(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[str, click.Command]]:
    """A command and those below it, with the words that call it."""
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from commands(below, (*words, name))
    else:
        yield " ".join(words), command


EVERY = [
    each
    for name in COMMANDS
    if (found := group.get_command(click.Context(group), name))
    for each in commands(found, (name,))
]


@pytest.mark.parametrize(("name", "command"), EVERY, ids=[name for name, _ in EVERY])
def test_every_command_is_in_the_manual(name: str, command: click.Command) -> None:
    """Each command has its line, its options and its JSON keys in docs/commands.md."""
    options = [
        option for parameter in command.params if isinstance(parameter, click.Option) for option in parameter.opts
    ]

    assert f"`appraise {name}" in PAGE or f"`{name} " in PAGE
    assert f"| `{name}` |" in PAGE
    assert [option for option in options if option not in PAGE] == []


@pytest.mark.parametrize(
    "code", [boundary.FINE, boundary.ERRORS_FOUND, boundary.USAGE, boundary.BUG, boundary.INTERRUPTED]
)
def test_every_exit_code_is_in_the_manual(code: int) -> None:
    """Each exit code has its line."""
    assert f"\n| {code} | " in PAGE


@pytest.mark.parametrize("name", COMMANDS)
def test_every_line_of_help_is_the_commands_own(name: str) -> None:
    """What `appraise --help` says of a command is the first sentence of the command's own help."""
    command = group.get_command(click.Context(group), name)

    assert command is not None
    assert f"{command.get_short_help_str(200).rstrip('.')}." == COMMANDS[name]
