"""What all tests share: where the checkout is, and how hard properties are tried."""

from __future__ import annotations

from pathlib import Path

import hypothesis
import pytest

# Machines that run tests are busy ones: a slow example is no failure.
hypothesis.settings.register_profile("appraise", deadline=None, print_blob=True)
hypothesis.settings.load_profile("appraise")


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The top folder of this repository, which is the shipped workspace."""
    return Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on the terminal or the clock of the machine that runs it."""
    for name in ("FORCE_COLOR", "SOURCE_DATE_EPOCH", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
