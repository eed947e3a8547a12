"""What the hand-worked cases share: a desk that scores templates as a user would write them, both ways."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "app"))

from trials import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with a folder of its own."""
    return Desk(tmp_path)
