"""`appraise schema`: what an editor needs to complete and explain every key."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from appraise.app.beginning import write_schemas
from appraise.app.bundled import schema_names, schema_text
from appraise.cli.options import asking

if TYPE_CHECKING:
    from appraise.app.asked import Asked
    from appraise.cli.show import Screen


@click.command("schema")
@click.argument("name", required=False)
@click.option("--write", is_flag=True, help="Write into the workspace's folder schemas/ instead of printing.")
@asking()
def command(asked: Asked, screen: Screen, name: str | None, write: bool) -> int:
    """Print the JSON Schemas, or write them for your editor.

    With NAME prints that one, without it lists the names.
    """
    if name is not None and name not in schema_names():
        raise click.BadParameter(
            f"there is no schema '{name}'; there are: {', '.join(schema_names())}", param_hint="NAME"
        )
    if write:
        answer = write_schemas(asked.root, [name] if name else [])
        return screen.answer((), lambda: {"files": list(answer.files)}, *(f"written: {file}" for file in answer.files))
    if name is None:
        return screen.answer((), lambda: {"schemas": list(schema_names())}, *schema_names())
    if not screen.as_json:
        sys.stdout.write(schema_text(name))
        return 0
    return screen.answer((), lambda: {"schema": json.loads(schema_text(name))})
