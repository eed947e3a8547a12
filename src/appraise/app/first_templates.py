"""The templates of a period as its first run used them, which tells those that changed without a new version."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from appraise.model.problem import Problem, Severity
from appraise.store.runs import run_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from appraise.app.setting import Setting
    from appraise.model.role import Role

KEY = "first_templates"
"""Where `run.json` keeps them."""

Versions = dict[tuple[str, str], str]
"""The SHA-256 of templates, by role and version."""


@dataclass(frozen=True, slots=True)
class FirstTemplates:
    """Every version of a template that a run of the period used, with the SHA-256 that it had in the first of them.

    What an earlier run has noted stays, so that the second of two like runs writes what the first one wrote.
    `problems` warn of the templates that changed since and still have the same version.
    """

    noted: Versions
    problems: tuple[Problem, ...]

    @property
    def data(self) -> list[dict[str, str]]:
        """As `run.json` has them, in the order of roles and versions."""
        return [
            {"role": role, "version": version, "sha256": sha256}
            for (role, version), sha256 in sorted(self.noted.items())
        ]


def first_templates(setting: Setting) -> FirstTemplates:
    """The templates of the period's runs up to now, this one included."""
    before = _noted_in(run_folder(setting.workspace.root, setting.period.id, ()).run)
    roles = setting.assigned.values()
    now = {(role.id, role.version): role.sha256 for role in roles}
    changed = [role for role in roles if before.get((role.id, role.version), role.sha256) != role.sha256]
    return FirstTemplates({**now, **before}, tuple(_changed(role, setting.period.id) for role in changed))


def _noted_in(path: Path) -> Versions:
    """What the last run of the period wrote down; nothing where there is none, or none that can be read."""
    try:
        run = json.loads(path.read_bytes())
        written = run.get(KEY, run.get("templates"))  # a run of an older version of appraise has the second alone
        return _by_version(written)
    except (AttributeError, KeyError, OSError, RecursionError, TypeError, ValueError):
        return {}


def _by_version(written: Iterable[Mapping[str, Any]]) -> Versions:
    return {(str(one["role"]), str(one["version"])): str(one["sha256"]) for one in written}


def _changed(role: Role, period: str) -> Problem:
    message = (
        f"role '{role.id}': the template changed since the first run of {period}, "
        f"but its version is still {role.version}"
    )
    return Problem(
        role.places.get("version", role.place),
        code="template-changed-in-cycle",
        message=message,
        hint="count the version up and give it the day from which it counts as 'effective', beside the old file; "
        "or pin the old version under template_versions",
        severity=Severity.WARNING,
    )
