"""Where workspace and templates miss each other: roles without a template, measures that nothing reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from appraise.app.setting import TEMPLATES
from appraise.app.versions import pinned_in
from appraise.documents.suggest import did_you_mean
from appraise.documents.text import read_document
from appraise.model.problem import Problem, Severity
from appraise.scoring.names import measure_name
from appraise.scoring.plan import names_needed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from appraise.app.setting import Setting
    from appraise.model.role import Role


def unknown_templates(setting: Setting) -> list[Problem]:
    """A problem for each template that people are put on and that is not there.

    A file of its name, or one that says it is this role, may be there and not be readable: what is wrong with it is
    told at its own lines, and that the template is missing only follows from it.
    """
    people = setting.workspace.people
    wanted = {"everyone_is": people.everyone_is} if people.everyone_is else {}
    wanted |= {f"roles.{title}": name for title, name in people.roles.items()}
    problems = []
    for key, name in wanted.items():
        if name in setting.editions or _is_unreadable(setting, name):
            continue
        hint = did_you_mean(name, setting.editions) or "write it into templates/roles, or name another one"
        message = f"people: there is no role template '{name}'"
        if _files_of(setting, name):
            message, hint = f"{message}: it is only a beginning that others extend", "name one that extends it"
        place = people.places.get(key, people.place)
        problems.append(Problem(place, code="unknown-role", message=message, hint=hint))
    return problems


def lost_versions(setting: Setting, told: Iterable[Problem]) -> list[Problem]:
    """A problem for each role of which a version may count that cannot be used: nobody knows then which one does.

    Such a file says that it is the role, and something is so wrong in it that it has become no version. It does not
    matter where a version is pinned.

    Args:
        setting: the workspace and its templates.
        told: what was met when they were read.
    """
    known = {draft.role.place.file for draft in setting.every_draft.values()}
    wrong = {one.place.file for one in told if one.is_error and one.code != "duplicate-role"} - known
    if not any(file.startswith(f"{TEMPLATES}/") for file in wrong):
        return []
    pinned = pinned_in(setting.period, setting.workspace)
    return [
        _lost(setting.drafts[role].role, f"{TEMPLATES}/{path.name}")
        for role in sorted(setting.given & setting.drafts.keys() - pinned.keys())
        for path in _files_of(setting, role)
        if f"{TEMPLATES}/{path.name}" in wrong
    ]


def _lost(role: Role, file: str) -> Problem:
    message = (
        f"role '{role.id}': {file} may be a version that counts in the period, and it cannot be used, so that nobody "
        f"on the role is scored"
    )
    hint = "correct that file, take it out of the folder, or pin a version under template_versions"
    return Problem(role.place, code="version-unusable", message=message, hint=hint)


def _is_unreadable(setting: Setting, name: str) -> bool:
    """Whether a file seems to be the template and has mistakes of its own that keep it from being one."""
    documents = [read_document(path, path.name)[0] for path in _files_of(setting, name)]
    return any(document is None or document.raw("extends") for document in documents)


def _files_of(setting: Setting, name: str) -> list[Path]:
    """The files of the workspace that are called like the template or say that they are it."""
    says = re.compile(rf"^role\s*:?\s*[\"']?{re.escape(name)}\b", re.MULTILINE)
    files = sorted((setting.workspace.root / TEMPLATES).glob("[!.]*.y*ml"))
    return [path for path in files if path.stem == name or says.search(_text(path))]


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""


def unused_measures(setting: Setting) -> list[Problem]:
    """A warning for each declared measure that no template of the workspace reads, in whichever of its versions."""
    drafts = setting.every_draft.values()
    sound = [draft.role for draft in drafts if draft.sound]
    read = {
        known.measure
        for role in [role for role in sound if role.id in setting.given] or sound
        for name in names_needed(role, setting.functions)
        if (known := measure_name(name)) is not None
    }
    read |= {measure for spec in setting.workspace.targets.values() for measure in spec.weighted_by.values()}
    unsound = any(not draft.sound for draft in drafts)
    return [
        Problem(
            spec.place,
            code="unused-measure",
            message=f"measure '{name}': no role template reads it",
            hint="use it in a formula, or take it out",
            severity=Severity.WARNING,
        )
        for name, spec in setting.workspace.measures.items()
        if name not in read and not unsound
    ]
