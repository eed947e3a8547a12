"""The shipped metrics, and what they give for rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from appraise.app.plugins import registry_for
from appraise.scoring.custom_examples import example_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from appraise.plugin import CustomMeasure, MeasureExample


@pytest.fixture(scope="session")
def metrics() -> Mapping[str, CustomMeasure]:
    """The metrics of the shipped plugin, loaded as a workspace without plugins of its own loads them."""
    registry, problems = registry_for(Path(__file__).parent, ())
    assert problems == []
    return registry.measures


@pytest.fixture(scope="session")
def value(metrics: Mapping[str, CustomMeasure]) -> Callable[[str, MeasureExample], float | None]:
    """What a metric gives for the rows of an example, all of them one person's; None where it has no figure."""
    return lambda name, example: example_value(metrics[name], example)
