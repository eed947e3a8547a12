"""What the tests of role templates share: the names that a small invented company has, and a way to load templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from appraise.documents.schema import load_schema
from appraise.expr.functions import functions_with
from appraise.model.kinds import Kind
from appraise.roles.library import Draft, Folder, RoleRequest, load_drafts
from appraise.roles.scope import Scope, expression_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from appraise.model.problem import Problem

MEASURES = (
    *("calls", "talk", "sales", "promises_kept", "promises_due"),
    *("complaints", "violations", "trainees", "quality", "delay"),
)


@pytest.fixture(scope="session")
def scope() -> Scope:
    """Ten measures, a target, two attributes of unknown kind, a protected one, and one scorer."""
    kinds: dict[str, Kind | None] = {
        f"{prefix}{name}": Kind.NUMBER for prefix in ("", "prev.", "team.", "prev.team.") for name in MEASURES
    }
    kinds |= {"target.sales": Kind.NUMBER, "person.region": None, "person.grade": None, "period_end": Kind.DATE}
    functions, _ = functions_with()
    return Scope(kinds, functions, frozenset({"age"}), frozenset({"seed_table"}))


@pytest.fixture(scope="session")
def schema(checkout: Path) -> Mapping[str, Any]:
    """The schema of role templates."""
    return load_schema((checkout / "schemas" / "role.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def library_schema(checkout: Path) -> Mapping[str, Any]:
    """The schema of libraries of KPIs."""
    return load_schema((checkout / "schemas" / "library.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def load(
    tmp_path: Path, schema: Mapping[str, Any], library_schema: Mapping[str, Any]
) -> Callable[..., tuple[Mapping[str, Draft], list[Problem]]]:
    """Loads templates from texts: `load({"a.yaml": text}, {"b.yaml": text})` with one folder for each argument."""

    def loaded(*folders: Mapping[str, str]) -> tuple[Mapping[str, Draft], list[Problem]]:
        layers = []
        for number, files in enumerate(folders):
            folder = tmp_path / f"layer{number}"
            folder.mkdir()
            for name, text in files.items():
                (folder / name).write_text(text, encoding="utf-8")
            layers.append(Folder(folder, "" if len(folders) == 1 else f"layer{number}"))
        return load_drafts(RoleRequest(layers, schema, library_schema=library_schema))

    return loaded


@pytest.fixture
def check(tmp_path: Path, schema: Mapping[str, Any], scope: Scope) -> Callable[[bytes, str], list[Problem]]:
    """Finds everything that can be found without data in one template: `check(content, "role.yaml")`."""

    def found(content: bytes, name: str) -> list[Problem]:
        (tmp_path / name).write_bytes(content)
        drafts, problems = load_drafts(RoleRequest([Folder(tmp_path, "")], schema))
        told = [problem for draft in drafts.values() for problem in expression_problems(draft.role, scope)]
        assert problems or all(draft.sound for draft in drafts.values())
        return sorted([*problems, *told], key=lambda problem: (problem.place, problem.code))

    return found
