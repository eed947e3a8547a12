"""The template that is meant by what somebody typed: a role's id, one of its versions, or a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from appraise.app.roles import key_of, unknown_role
from appraise.app.setting import role_request
from appraise.model.place import Place
from appraise.model.problem import Problem
from appraise.roles.files import SUFFIXES
from appraise.roles.library import Folder, load_drafts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appraise.app.setting import Setting
    from appraise.roles.library import Draft


def named_template(
    text: str, setting: Setting, problems: Sequence[Problem]
) -> tuple[Draft | None, tuple[Problem, ...]]:
    """The template that is meant, and what is wrong with it.

    Args:
        text: `agent`, `agent@2.0.0`, or the path of a file, from here or else from the workspace's folder.
        setting: the workspace, whose templates a file may extend.
        problems: what was found when the workspace was opened.
    """
    if text.endswith(SUFFIXES):
        return _in_file(text, setting)
    key = key_of(text, setting)
    file = setting.template_file(key)
    own = tuple(problem for problem in problems if problem.place.file == file)
    if key not in setting.every_draft:
        return None, own or (unknown_role(text, setting),)
    return setting.every_draft[key], own


def _in_file(text: str, setting: Setting) -> tuple[Draft | None, tuple[Problem, ...]]:
    path = next((path for path in (Path(text), setting.workspace.root / text) if path.is_file()), None)
    if path is None:
        hint = "give a file, the id of a role, or ROLE@VERSION; 'appraise roles list' tells which there are"
        return None, (Problem(Place(text), code="no-template-file", message="there is no such file", hint=hint),)
    request = role_request(setting.workspace, setting.registry)
    folder = Path(text).parent.as_posix()
    alone = Folder(path, "" if folder == "." else folder)
    drafts, told = load_drafts(replace(request, folders=[alone, *request.folders]))
    shown = Path(text).as_posix()
    found = next((draft for draft in drafts.values() if draft.role.place.file == shown), None)
    own = tuple(problem for problem in told if problem.place.file == shown)
    if found is None and not own:
        hint = "name a template that is complete, or one that extends this one"
        message = "this is no role's whole template"
        return None, (Problem(Place(shown), code="no-template-file", message=message, hint=hint),)
    return found, own
