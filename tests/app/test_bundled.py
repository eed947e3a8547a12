"""Where the shipped folders are found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from appraise.app.bundled import FOLDERS, _home, bundled_folder, schema_names, schema_text


@pytest.mark.parametrize("name", FOLDERS)
def test_every_shipped_folder_is_there(name: str) -> None:
    """In a checkout the folders stand beside `src/`."""
    assert bundled_folder(name).is_dir()


def test_a_checkout_wins_over_a_stale_copy(tmp_path: Path) -> None:
    """The copy that an editable install leaves is never read."""
    package = tmp_path / "src" / "appraise"
    (package / "_bundled" / "schemas").mkdir(parents=True)
    (tmp_path / "schemas").mkdir()

    assert _home(package) == tmp_path


def test_an_installed_package_reads_its_own_copy(tmp_path: Path) -> None:
    """In a wheel the folders stand under `_bundled`, whatever lies around the installation."""
    package = tmp_path / "site-packages" / "appraise"
    (package / "_bundled" / "schemas").mkdir(parents=True)
    (tmp_path / "schemas").mkdir()

    assert _home(package) == package / "_bundled"


def test_the_schemas_are_known_by_name() -> None:
    """Every shipped schema can be read by its name."""
    assert "workspace" in schema_names()
    assert [json.loads(schema_text(name))["$schema"] for name in schema_names()] == [
        "https://json-schema.org/draft/2020-12/schema"
    ] * len(schema_names())


def keys_of(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key that the schema describes, with its path."""
    if isinstance(schema, dict):
        for name, part in schema.get("properties", {}).items():
            yield f"{path}/{name}", part
        for name, part in schema.items():
            yield from keys_of(part, f"{path}/{name}")
    elif isinstance(schema, list):
        for number, part in enumerate(schema):
            yield from keys_of(part, f"{path}/{number}")


def test_every_key_of_a_workspace_is_described_with_an_example() -> None:
    """An editor can explain and complete every key of appraise.yaml."""
    keys = list(keys_of(json.loads(schema_text("workspace"))))

    assert len(keys) > 80
    assert [path for path, key in keys if not key.get("description") or not key.get("examples")] == []
