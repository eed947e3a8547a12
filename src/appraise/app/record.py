"""What was run on what: the content of `run.json`, from which a run can be told and repeated."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from appraise import __version__
from appraise.app.entries import entries_file
from appraise.app.first_templates import KEY
from appraise.app.plugins import found_plugins
from appraise.app.workspace import FILE
from appraise.model.plain import plain
from appraise.store.runs import run_folder
from appraise.store.writing import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from appraise.app.first_templates import FirstTemplates
    from appraise.app.pipeline import Scores
    from appraise.app.setting import Setting
    from appraise.model.problem import Problem
    from appraise.model.role import Role

FORMAT = 1
LANGUAGE = 1
"""The version of the expression language."""

ID_LENGTH = 12
"""Characters of a run's id: enough to tell every run of a company from every other."""


@dataclass(frozen=True, slots=True)
class Record:
    """The inputs of a run, as plain data, and the id that follows from them."""

    id: str
    inputs: Mapping[str, Any]


def record_of(scores: Scores) -> Record:
    """The record of a run: the same inputs and versions have the same id, on every machine."""
    setting = scores.inputs.facts.setting
    inputs = {
        "engine": __version__,
        "language": LANGUAGE,
        "company": setting.workspace.company,
        "period": {"id": setting.period.id, "from": plain(setting.period.start), "to": plain(setting.period.end)},
        "rules": {"file": FILE, "sha256": sha256_of(setting.workspace.root / FILE)},
        "templates": _templates(setting),
        "plugins": _plugins(setting),
        "sources": _sources(scores),
        "files": _files(setting),
    }
    text = json.dumps(inputs, sort_keys=True, ensure_ascii=True)
    return Record(hashlib.sha256(text.encode()).hexdigest()[:ID_LENGTH], inputs)


def run_json(record: Record, scores: Scores, firsts: FirstTemplates, problems: Iterable[Problem]) -> dict[str, Any]:
    """The whole of `run.json`; docs/results.md describes its keys."""
    statuses = scores.results.people["status"].to_list()
    return {
        "format": FORMAT,
        "run": record.id,
        **record.inputs,
        KEY: firsts.data,
        "people": {status: statuses.count(status) for status in sorted(set(statuses))},
        "problems": [problem.data for problem in problems],
    }


def _templates(setting: Setting) -> list[dict[str, Any]]:
    return [_template(role, setting.workspace.policy) for _, role in sorted(setting.assigned.items())]


def _template(role: Role, default: str) -> dict[str, Any]:
    """A template, with the policy of another system where people on it are scored by one."""
    named = {"role": role.id, "version": role.version, "file": role.place.file, "sha256": role.sha256}
    policy = role.policy or default
    return {**named, "policy": policy} if policy else named


def _plugins(setting: Setting) -> list[dict[str, Any]]:
    """The plugins that were run, those of the workspace with their fingerprints."""
    found = found_plugins(setting.workspace.root, setting.workspace.plugins)
    return [
        {"name": one.name, "sha256": _fingerprint(one.path)} for one in found if one.name in setting.registry.declared
    ]


def _fingerprint(path: Path | None) -> str | None:
    if path is None:
        return None
    files = [path] if path.is_file() else sorted(path.rglob("*.py"))
    return hashlib.sha256("".join(sha256_of(file) for file in files).encode()).hexdigest()


def _sources(scores: Scores) -> dict[str, Any]:
    return {
        name: {
            "status": str(table.status),
            "rows": table.frame.height,
            "rejected": table.rejected,
            "uncredited": table.uncredited,
            "left_out": table.excluded,
            "as_of": plain(table.as_of),
            "files": [asdict(file) for file in table.files],
        }
        for name, table in scores.inputs.facts.tables.items()
    }


def _files(setting: Setting) -> dict[str, str]:
    """The other files that a pack is made of; the run of the period before brings the changes since then."""
    workspace = setting.workspace
    earlier = run_folder(workspace.root, setting.previous.id, ())
    written = [entries_file(name, setting.period.id) for name in (workspace.manual, workspace.decisions) if name]
    named = [*written, workspace.notes, workspace.reports.logo, f"{earlier.shown}/{earlier.run.name}"]
    paths = {name: workspace.root / name for name in (*workspace.calendar.files, *named) if name}
    return {name: sha256_of(path) for name, path in sorted(paths.items()) if path.is_file()}
