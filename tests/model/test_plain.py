"""Nouns as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

import pytest

from appraise.model.plain import plain
from appraise.model.problem import Severity


@dataclass(frozen=True)
class Noun:
    """Something with fields."""

    inner: Any


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(None, None, id="nothing"),
        pytest.param(True, True, id="yes/no"),
        pytest.param(1.5, 1.5, id="number"),
        pytest.param(Severity.ERROR, "error", id="word of an enumeration"),
        pytest.param(date(2026, 7, 1), "2026-07-01", id="day"),
        pytest.param(datetime(2026, 7, 1, 12), "2026-07-01T12:00:00", id="moment"),  # noqa: DTZ001 -- company time has no zone
        pytest.param(Decimal("33.3"), 33.3, id="decimal"),
        pytest.param(PurePosixPath("a/b"), "a/b", id="path"),
        pytest.param(frozenset({"b", "a"}), ["a", "b"], id="set"),
        pytest.param((Noun({"x": [Noun(1)]}),), [{"inner": {"x": [{"inner": 1}]}}], id="nouns in nouns"),
    ],
)
def test_plain_forms(value: Any, expected: Any) -> None:
    """Every value that a noun can hold has one plain form, of plain types only."""
    actual = plain(value)

    assert actual == expected
    assert type(actual) is type(expected)


def test_what_json_does_not_know_is_refused() -> None:
    """There is no silent text form."""
    with pytest.raises(TypeError, match="object has no plain form"):
        plain(object())
