"""Beginning: a new workspace from a shipped example, and schemas for the editor."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from appraise.app.answers import Written
from appraise.app.bundled import bundled_folder, schema_names, schema_text
from appraise.app.workspace import load_workspace
from appraise.documents.schema import load_schema
from appraise.documents.suggest import did_you_mean
from appraise.model.place import Place
from appraise.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FIRST_EXAMPLE = "one_spreadsheet"
"""What a workspace begins with when no example is named."""


def example_names() -> tuple[str, ...]:
    """The shipped example workspaces."""
    folder = bundled_folder("templates") / "examples"
    return tuple(sorted(path.name for path in folder.iterdir() if (path / "appraise.yaml").is_file()))


def begin(folder: Path, example: str = FIRST_EXAMPLE) -> Written:
    """Copy an example workspace into a folder that is empty or not there; files that begin with a dot do not count.

    The engine's schemas are put beside it, so that an editor explains every key.
    """
    if example not in example_names():
        hint = did_you_mean(example, example_names()) or f"there are: {', '.join(example_names())}"
        problem = Problem(
            Place("appraise"), code="unknown-example", message=f"there is no example '{example}'", hint=hint
        )
        return Written((problem,))
    if folder.is_file() or (folder.is_dir() and any(not path.name.startswith(".") for path in folder.iterdir())):
        message = f"folder '{folder}': is not empty, and nothing in it is overwritten"
        hint = "name a new folder: appraise init DIR"
        return Written((Problem(Place(str(folder)), code="folder-not-empty", message=message, hint=hint),))
    source = bundled_folder("templates") / "examples" / example
    wanted = sorted(path for path in source.rglob("*") if path.is_file() and not _is_hidden(path.relative_to(source)))
    for path in wanted:
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    files = [path.relative_to(source).as_posix() for path in wanted]
    return Written((), (*sorted([*files, *_copy_templates(folder)]), *write_schemas(folder).files))


def _copy_templates(folder: Path) -> list[str]:
    """Put the shipped templates that an example's people are on into the workspace, where they can be changed."""
    workspace, _ = load_workspace(folder, load_schema(schema_text("workspace")))
    roles = () if workspace is None else dict.fromkeys(workspace.people.roles.values())
    return [shown for role in roles if (shown := copy_template(role, folder))]


def copy_template(role: str, folder: Path) -> str:
    """Copy the shipped template of a role into a workspace without one of its own; gives its path there, or nothing."""
    shipped, shown = bundled_folder("templates") / "roles" / f"{role}.yaml", f"templates/roles/{role}.yaml"
    if not shipped.is_file() or (folder / shown).exists():
        return ""
    (folder / shown).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(shipped, folder / shown)
    return shown


def write_schemas(folder: Path, names: Iterable[str] = ()) -> Written:
    """Write the engine's schemas into the workspace's `schemas/`; all of them where none is named."""
    chosen = tuple(names) or schema_names()
    (folder / "schemas").mkdir(parents=True, exist_ok=True)
    for name in chosen:
        (folder / "schemas" / f"{name}.schema.json").write_text(schema_text(name), "utf-8", newline="\n")
    return Written((), tuple(f"schemas/{name}.schema.json" for name in chosen))


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") or part in {"out", "__pycache__"} for part in path.parts)


def schema_copy_problems(root: Path) -> list[Problem]:
    """A warning for every schema in the workspace that differs from the engine's own, which alone decides."""
    return [
        Problem(
            Place(f"schemas/{name}.schema.json"),
            code="schema-differs",
            message=f"schema '{name}': this copy differs from the engine's own, so an editor may say other things",
            hint="write it again with 'appraise schema --write'",
            severity=Severity.WARNING,
        )
        for name in schema_names()
        if _differs(root / "schemas" / f"{name}.schema.json", schema_text(name))
    ]


def _differs(path: Path, text: str) -> bool:
    """Whether something else than the text is there; a pipe or device is not read."""
    if not path.exists():
        return False
    try:
        written = text.encode()
        return not path.is_file() or path.stat().st_size > 2 * len(written) or path.read_text("utf-8") != text
    except (OSError, UnicodeDecodeError):
        return True
