"""What the tests of the pages share: the designs that ship, and packs drawn in real workers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from appraise.report.designs import DesignFolder, Designs

sys.path.insert(0, str(Path(__file__).parent))

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "cases" / "hostile_inputs"


@pytest.fixture(scope="session")
def designs() -> Designs:
    """The designs that ship."""
    return Designs((DesignFolder(ROOT / "reports", "reports"),))


@pytest.fixture(scope="session")
def hostile() -> Path:
    """The folder of hostile inputs, where it is at hand."""
    if not SHARED.is_dir():
        pytest.skip("the shared hostile inputs are not at hand")
    return SHARED


@pytest.fixture
def workspace(tmp_path: Path, designs: Designs) -> Callable[[dict[str, str]], Designs]:
    """Designs of a workspace with these files, before those that ship."""

    def build(files: dict[str, str]) -> Designs:
        for name, text in files.items():
            path = tmp_path / "reports" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return Designs((DesignFolder(tmp_path / "reports", "mine"), *designs.folders))

    return build
