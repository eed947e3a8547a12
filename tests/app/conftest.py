"""What the tests of requests share: example companies, and each of them run once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from appraise.app.run import run

sys.path.insert(0, str(Path(__file__).parent))

from companies import Company, Run, begun

if TYPE_CHECKING:
    from appraise.app.pipeline import Scores


@pytest.fixture
def shop(tmp_path: Path) -> Company:
    """A new company with one spreadsheet: four agents in one team."""
    return begun(tmp_path / "shop", "one_spreadsheet")


@pytest.fixture(scope="session")
def shop_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The company with one spreadsheet after its first run; nobody changes it."""
    company = begun(tmp_path_factory.mktemp("shop") / "first", "one_spreadsheet")
    return Run(company, run(company.asked()))


@pytest.fixture(scope="session")
def meridian(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """The collections company; nobody changes its rules and facts."""
    return begun(tmp_path_factory.mktemp("meridian") / "first", "collections")


@pytest.fixture(scope="session")
def meridian_run(meridian: Company) -> Run:
    """The collections company after its first run of everybody."""
    return Run(meridian, run(meridian.asked()))


@pytest.fixture(scope="session")
def meridian_scores(meridian: Company) -> Scores:
    """The collections company scored."""
    return meridian.scores()[0]
