"""What others have published comes out of their inputs, and where they misprint it the right figure does."""

from __future__ import annotations

from typing import Any

import handed
import pytest
from own_published import OWN
from published import FORMULAS
from published_rules import RULES
from trials import Desk

SAID = {**FORMULAS, **RULES}
UNDEFINED = {1: "Superior", 6: "Minimally Successful"}
"""Where the chart of DI-3100 has no row, the cap of the failed floor decides."""


def assert_near(found: Any, expected: Any, tolerance: float) -> None:
    """Assert that numbers are near and words and switches the same, however deep they are."""
    if isinstance(expected, dict):
        assert list(found) == list(expected)
        for key in expected:
            assert_near(found[key], expected[key], tolerance)
    elif isinstance(expected, list):
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            assert_near(one, other, tolerance)
    elif isinstance(expected, bool | str) or expected is None:
        assert found == expected
    else:
        assert found == pytest.approx(expected, abs=tolerance)


def expected_of(name: str, case: Any) -> Any:
    """What an example expects, with the floors of ours where the published rule has a hole."""
    expected = case["expected"]
    if name == "doi_di3100_2012":
        return [{**each, "level": UNDEFINED.get(n, each["level"])} for n, each in enumerate(expected)]
    return round(expected, 2) if name == "frappe_final" else expected


@handed.needed
@pytest.mark.parametrize("name", SAID)
def test_a_published_example(desk: Desk, name: str) -> None:
    """Its result comes out of its inputs, within what it was printed with."""
    case = handed.published()[name]
    assert_near(SAID[name](desk, case["inputs"]), expected_of(name, case), case.get("tolerance", 1e-9))


MISPRINTED = {
    "cei_calculatorshub_misprint": 96,
    "roll_rate_misprint_a": 20,
    "roll_rate_misprint_b": 6,
    "performance_pro": 3.28,
}


@handed.needed
@pytest.mark.parametrize("name", MISPRINTED)
def test_a_misprint_is_not_reproduced(desk: Desk, name: str) -> None:
    """The figure on the page is not what its own formula gives."""
    case = handed.published()[name]
    assert case["kind"] == "published_wrong"
    found = SAID[name](desk, case["inputs"])
    figure = found["overall_exact"] if isinstance(found, dict) else found
    assert abs(figure - MISPRINTED[name]) > 0.04


@handed.needed
def test_every_published_example_is_said() -> None:
    """None is passed over, and every misprint is named."""
    cases = handed.published()
    assert set(SAID) == set(cases)
    assert {name for name, case in cases.items() if case["kind"] == "published_wrong"} == set(MISPRINTED)


def test_only_a_critical_element_gives_level_1(desk: Desk) -> None:
    """5 CFR 430.208: for every number of elements, level 1 just where a critical one is unacceptable."""
    cases = [
        {"critical_unacceptable": one, "noncritical_unacceptable": other} for one in range(4) for other in range(25)
    ]
    found = RULES["cfr_430_208"](desk, {"cases": cases})
    assert found == [case["critical_unacceptable"] > 0 for case in cases]


@pytest.mark.parametrize("name", OWN)
def test_an_example_of_our_own(desk: Desk, name: str) -> None:
    """The same rules with numbers of our own, worked out by hand, need nothing from outside."""
    rule, given, expected = OWN[name]
    assert_near(SAID[rule](desk, given), expected, 1e-6)
