"""The command `appraise`: a group whose subcommands are imported when they are used."""

from __future__ import annotations

import importlib
import io
import signal
import sys
from typing import TYPE_CHECKING, Any

import click

from appraise import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.shell_completion import CompletionItem

COMMANDS: dict[str, str] = {
    "init": "Make a workspace: a small one to start with, or an example company.",
    "check": "Find every mistake in the rules, and with --data in the facts.",
    "run": "Score, explain and print everybody.",
    "score": "Score everybody, without printing.",
    "measures": "Show the numbers that were counted from the sources.",
    "explain": "Walk one person's result back to the source rows.",
    "report": "Print one person's pack.",
    "roles": "List, show, compare or begin role templates.",
    "sources": "List or show the sources of facts.",
    "plugins": "List the plugins, without running the ones that are not allowed.",
    "schema": "Print the JSON Schemas, or write them for your editor.",
    "doctor": "Tell whether everything that appraise needs is there.",
}
"""Every subcommand with its line of help; the module of each has its name."""


class LazyGroup(click.Group):
    """A group that knows its subcommands by name, and imports the one that is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- the signature is click's
        """The names of the shipped subcommands, in the order of work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand of that name, shipped or a plugin's."""
        if cmd_name in COMMANDS:
            command: click.Command = importlib.import_module(f"appraise.cli.{cmd_name}").command
            return command
        if ctx.resilient_parsing or cmd_name.startswith("-"):
            return None
        found: click.Command | None = importlib.import_module("appraise.cli.extra").plugin_command(ctx, cmd_name)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the subcommand; for an unknown one say which was probably meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            raise click.exceptions.NoSuchCommand(error.command_name, possibilities=COMMANDS, ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 -- as click calls it
        """List the subcommands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the name of a subcommand without importing it."""
        item = importlib.import_module("click.shell_completion").CompletionItem
        names = [item(name, help=doc) for name, doc in COMMANDS.items() if name.startswith(incomplete)]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 fine, 1 errors found (listed; everything else was done), 2 wrong usage, 3 a bug in appraise, "
    "130 interrupted.",
)
@click.version_option(__version__, message="appraise %(version)s")
@click.option("-w", "--workspace", metavar="DIR", help="The company's folder (default: here).")
@click.option(
    "--period", metavar="ID", help="The period, like 2026-Q3 (default: the workspace's, or the last full one)."
)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON on standard output; messages on standard error.")
@click.pass_context
def group(context: click.Context, /, **given: Any) -> None:
    """Turn rules and spreadsheets into a scored, explained and printed appraisal of every employee.

    -w, --period and --json may stand before or after the command.
    """
    context.obj = given


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if arguments is None:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # to be ended tidily, as with Ctrl-C
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name that the terminal cannot show stops nobody
    try:
        result = group.main(words, prog_name="appraise", standalone_mode=False)
    except BaseException as failure:  # noqa: BLE001 -- the one boundary: exit.py tells failures from bugs
        code: int = importlib.import_module("appraise.cli.exit").exit_code_of(failure, words)
        return code
    return result if isinstance(result, int) else 0
