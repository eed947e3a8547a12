"""Files named in `appraise.yaml`: they lie inside the workspace and are written the same on every machine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from appraise.model.problem import Problem

if TYPE_CHECKING:
    from appraise.app.workspace_section import Section

_DRIVE = re.compile(r"[A-Za-z]:")
_FROM_THE_ENVIRONMENT = re.compile(r"\$\{?\w+\}?")
_INSIDE = "name a file inside the workspace, from its top folder, like data/people.csv"


def path_problems(section: Section, key: str, thing: str) -> list[Problem]:
    """What is wrong with the path under the key; nothing where there is none.

    Args:
        section: the mapping that holds the key.
        key: the key of the path.
        thing: what the path belongs to, in words for the message (`source 'calls'`).
    """
    return written_path_problems(section, (key,), thing, section.text(key))


def written_path_problems(section: Section, steps: tuple[str | int, ...], thing: str, path: str) -> list[Problem]:
    """What is wrong with a path that stands at the steps."""
    if not path:
        return []
    place = section.place(*steps)
    if _FROM_THE_ENVIRONMENT.search(path):
        message = f"{thing}: '{path}' asks for a value of the environment, which a path cannot have"
        return [Problem(place, code="environment-not-allowed-here", message=message, hint=_INSIDE)]
    if "\\" in path and not _DRIVE.match(path):
        message = f"{thing}: '{path}' is written with backslashes"
        hint = f"write '{path.replace(chr(92), '/')}'"
        return [Problem(place, code="path-outside-workspace", message=message, hint=hint)]
    if path.startswith(("/", "~")) or _DRIVE.match(path) or _climbs_out(path):
        message = f"{thing}: '{path}' leads out of the workspace"
        return [Problem(place, code="path-outside-workspace", message=message, hint=_INSIDE)]
    return []


def _climbs_out(path: str) -> bool:
    depth = 0
    for part in path.split("/"):
        depth += {"": 0, ".": 0, "..": -1}.get(part, 1)
        if depth < 0:
            return True
    return False
