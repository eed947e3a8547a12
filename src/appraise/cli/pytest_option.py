"""The plugin of pytest: `pytest --appraise WORKSPACE` makes every worked example of the templates a test.

This module is loaded whenever pytest is, so it loads nothing: what does the work is loaded where the option is given.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.getgroup("appraise").addoption(
        "--appraise",
        metavar="WORKSPACE",
        help="try the worked examples of the role templates in this folder of a company, each as a test",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Collect the templates of the workspace, where one is given."""
    workspace = config.getoption("--appraise")
    if workspace is not None:
        importlib.import_module("appraise.cli.pytest_examples").collect(config, Path(workspace))
