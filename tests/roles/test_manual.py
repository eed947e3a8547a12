"""The manual of role templates tells every key, and its examples are templates."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from appraise.documents.schema import load_schema, schema_problems
from appraise.documents.text import parse_document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def keys_of(schema: Any) -> Iterator[str]:
    """Every key that a schema declares anywhere."""
    children = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
    for child in children:
        yield from keys_of(child)


@pytest.fixture
def manual(checkout: Path) -> str:
    """The text of docs/templates.md."""
    return (checkout / "docs" / "templates.md").read_text(encoding="utf-8")


def blocks_of(manual: str) -> list[str]:
    """The YAML that the manual shows."""
    return re.findall(r"^```yaml\n(.*?)^```", manual, re.MULTILINE | re.DOTALL)


def test_every_key_is_in_the_manual(checkout: Path, manual: str) -> None:
    """No key of the schema is left out of the manual, be it in words or in an example."""
    schema = json.loads((checkout / "schemas" / "role.schema.json").read_text(encoding="utf-8"))
    named = set(re.findall(r"`([a-z_0-9]+)[`:]", manual)) | set(
        re.findall(r"\b([a-z_0-9]+):", "".join(blocks_of(manual)))
    )
    assert sorted(set(keys_of(schema)) - named) == []


def test_the_examples_of_the_manual_are_right(checkout: Path, manual: str) -> None:
    """Every block of the manual reads without a problem, and whole templates keep the schema."""
    schema = load_schema((checkout / "schemas" / "role.schema.json").read_text(encoding="utf-8"))
    whole = 0
    for block in blocks_of(manual):
        document, problems = parse_document(block, "manual")
        data = document.data if document and isinstance(document.data, dict) else {}
        if document and {"role", "kras"} <= data.keys() and "extends" not in data:
            problems += schema_problems(document, schema, lambda _: "")
            whole += 1
        assert [problem.message for problem in problems if problem.code != "empty-file"] == []
    assert whole == 1
