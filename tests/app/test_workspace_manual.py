"""The manual of appraise.yaml is one sound workspace that shows every key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from appraise.app.bundled import schema_text
from appraise.app.workspace import load_workspace
from appraise.app.workspace_protected import ALWAYS_PROTECTED
from appraise.documents.schema import load_schema

MANUAL = Path(__file__).parents[2] / "docs" / "workspace.md"
PAGE = MANUAL.read_text("utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
SCHEMA = load_schema(schema_text("workspace"))


def keys_of(schema: Any) -> Iterator[str]:
    """Every key that the schema describes."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for part in schema.values():
            yield from keys_of(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from keys_of(part)


def test_the_parts_together_are_one_sound_workspace(tmp_path: Path) -> None:
    """Everything the manual shows can be taken over as it stands."""
    (tmp_path / "appraise.yaml").write_text("\n".join(BLOCKS), "utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "holidays.csv").write_text("date,name,site\n2026-10-02,Gandhi Jayanti,\n", "utf-8")
    (tmp_path / "brand").mkdir(parents=True)
    logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>'
    (tmp_path / "brand" / "logo.svg").write_text(logo, "utf-8")

    workspace, problems = load_workspace(tmp_path, SCHEMA)

    assert problems == []
    assert workspace is not None
    assert workspace.plugins == ("plugins/our_metrics.py",)


@pytest.mark.parametrize("key", sorted(set(keys_of(json.loads(schema_text("workspace"))))))
def test_every_key_is_shown(key: str) -> None:
    """No key of the schema is missing from the manual."""
    shown = re.search(rf"(^|[\s{{])(- )?{key}: ", "\n".join(BLOCKS), re.MULTILINE)
    said = re.search(rf"`{key}(`|: )", PAGE)
    assert shown or said


def test_every_protected_attribute_is_named() -> None:
    """The list that always holds is the list of the manual."""
    section = PAGE.split("### Protected attributes")[1].split("The list always holds.")[0]
    assert set(re.findall(r"[a-z_]+(?=[,.])", section.split("`columns`:")[1])) == ALWAYS_PROTECTED
