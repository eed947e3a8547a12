"""The cases that are handed down beside the checkout: read where they stand, passed over with a reason where not."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2].parent / "shared" / "cases"
HERE = FOLDER.is_dir()

needed = pytest.mark.skipif(not HERE, reason="the hand-worked cases are not beside this checkout")


@cache
def tricky() -> dict[str, Any]:
    """The tricky cases by id; empty where they are not here."""
    if not HERE:
        return {}
    cases = json.loads((FOLDER / "tricky_cases.json").read_text("utf-8"))["cases"]
    return {case["id"]: case for case in cases}


@cache
def published() -> dict[str, Any]:
    """The published examples by id; empty where they are not here."""
    if not HERE:
        return {}
    cases = json.loads((FOLDER / "worked_examples.json").read_text("utf-8"))
    return {case["id"]: case for case in cases}
