"""The options that every command knows, before or after its name, and the request they make."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeAlias

import click

from appraise.app.asked import Asked
from appraise.cli.show import Screen

Function: TypeAlias = Callable[..., Any]

_LONGEST_MOMENT = 11
"""Digits of the seconds since 1970 until the year 5138; calendars end in 9999."""

_EVERYWHERE = (
    click.option("-w", "--workspace", metavar="DIR", help="The company's folder (default: here)."),
    click.option("--period", metavar="ID", help="The period, like 2026-Q3."),
    click.option("--json", "as_json", is_flag=True, default=None, help="Answer in JSON on standard output."),
)
_FILTERS = (
    click.option("--person", "people", multiple=True, metavar="ID", help="Show this person only; can be repeated."),
    click.option("--team", "teams", multiple=True, metavar="TEAM", help="Show this team only; can be repeated."),
    click.option("--role", "roles", multiple=True, metavar="ROLE", help="Show this role only; can be repeated."),
)


def asking(*, filters: bool = False) -> Callable[[Function], Function]:
    """Make a function that takes `(asked, screen, …)` one that click can call.

    Args:
        filters: whether --person, --team and --role make sense for it.
    """

    def decorated(function: Function) -> Function:
        @click.pass_context
        @wraps(function)
        def called(context: click.Context, /, **given: Any) -> Any:
            before = context.find_root().obj or {}
            told = {key: _given(given, before, key) for key in ("workspace", "period", "as_json")}
            screen = Screen(bool(told["as_json"]), Path(told["workspace"] or "."))
            chosen = {key: given.pop(key, ()) for key in ("people", "teams", "roles")}
            with screen.watching() as progress:
                asked = Asked(
                    root=screen.root,
                    now=datetime.now(UTC),
                    period=told["period"],
                    made_at=_made_at(),
                    progress=progress,
                    environment=dict(os.environ),
                    **chosen,
                )
                return function(asked, screen, **given)

        called_with: Function = called
        for option in (*(_FILTERS if filters else ()), *reversed(_EVERYWHERE)):
            called_with = option(called_with)
        return called_with

    return decorated


def keeping(function: Function) -> Function:
    """Let a group of commands know the same options, and hand what is given there to the command."""

    @click.pass_context
    @wraps(function)
    def called(context: click.Context, /, **given: Any) -> Any:
        root = context.find_root()
        root.obj = {**(root.obj or {}), **{key: value for key, value in given.items() if value is not None}}
        return function()

    called_with: Function = called
    for option in reversed(_EVERYWHERE):
        called_with = option(called_with)
    return called_with


def _given(own: dict[str, Any], before: dict[str, Any], key: str) -> Any:
    """What stands after the command's name wins over what stands before it."""
    value = own.pop(key)
    return before.get(key) if value is None else value


def _made_at() -> int | None:
    """The moment that files shall bear, where the environment fixes one."""
    written = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not written:
        return None
    if not written.isascii() or not written.isdecimal() or len(written) > _LONGEST_MOMENT:
        raise click.UsageError(f"SOURCE_DATE_EPOCH is '{written}', not a number of seconds")
    return int(written)
