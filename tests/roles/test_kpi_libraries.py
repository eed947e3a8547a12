"""Libraries: KPIs that are defined once and used by the templates of several roles."""

from __future__ import annotations

import importlib.util
import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LIBRARY = """
library: collections
kpis:
  - id: cei
    title: Collection effectiveness
    definition: As textbooks have it.
    formula: 100 * promises_kept / promises_due
    direction: higher
    unit: percent
    score: {bands: [60, 70, 78, 85]}
    variants:
      seed_wording:
        definition: As the founding text has it.
        formula: 100 * sales / calls
        score: {bands: [10, 20, 30, 40]}
  - {id: talk, title: Talk, formula: talk, direction: higher, score: {bands: [1, 2, 3, 4]}}
"""

ROLE = """
role: agent
title: Agent
version: 1.0.0
kras:
  - id: work
    title: Work
    weight: 100
    kpis:
      - {use: collections.cei, weight: 60, decimals: 1}
      - {use: collections.cei, variant: seed_wording, id: cei_of_the_text, weight: 40}
      - {use: collections.talk, weight: 0, monitor: true}
"""


def test_a_used_kpi_is_the_librarys_with_the_roles_own_keys_over_it(load: Callable) -> None:
    """What the role writes beside `use` stands, everything else comes from the library or its variant."""
    drafts, problems = load({"agent.yaml": ROLE, "library.yaml": LIBRARY})
    first, second, third = drafts["agent"].role.kpis

    assert problems == []
    assert (first.id, first.weight, first.decimals, first.formula.text) == (
        "cei",
        Decimal(60),
        1,
        "100 * promises_kept / promises_due",
    )
    assert (second.id, second.definition, second.formula.text) == (
        "cei_of_the_text",
        "As the founding text has it.",
        "100 * sales / calls",
    )
    assert (second.title, second.unit, second.method.bands.starts) == (
        "Collection effectiveness",
        "percent",
        (10.0, 20.0, 30.0, 40.0),
    )
    assert (third.monitor, third.title) == (True, "Talk")


def test_the_name_of_the_definition_comes_with_the_kpi(load: Callable) -> None:
    """Two figures of one title are told apart by library, KPI and variant."""
    drafts, _ = load({"agent.yaml": ROLE, "library.yaml": LIBRARY})

    assert [kpi.definition_id for kpi in drafts["agent"].role.kpis] == [
        "collections.cei",
        "collections.cei.seed_wording",
        "collections.talk",
    ]


def test_a_formula_of_its_own_has_no_right_to_the_name(load: Callable) -> None:
    """Whoever changes the formula has another figure, and two figures never bear one name."""
    own = ROLE.replace(
        "{use: collections.cei, weight: 60, decimals: 1}", "{use: collections.cei, weight: 60, formula: sales}"
    )
    drafts, problems = load({"agent.yaml": own, "library.yaml": LIBRARY})

    assert problems == []
    assert drafts["agent"].role.kpis[0].definition_id == ""


def test_the_fingerprint_changes_with_the_library(load: Callable, tmp_path: Path) -> None:
    """A template is no longer the same when a KPI that it uses is not."""
    one, _ = load({"agent.yaml": ROLE, "library.yaml": LIBRARY})
    (tmp_path / "layer0").rename(tmp_path / "before")
    other, _ = load({"agent.yaml": ROLE, "library.yaml": LIBRARY.replace("85]", "86]")})

    assert one["agent"].role.sha256 != other["agent"].role.sha256


def test_a_role_may_use_a_library_of_a_folder_further_away(load: Callable) -> None:
    """A company's template takes KPIs from the library that ships, unless it has one of that name itself."""
    own = LIBRARY.replace("60, 70, 78, 85", "61, 71, 79, 86")
    far, _ = load({"agent.yaml": ROLE}, {"library.yaml": LIBRARY})

    assert far["agent"].role.kpis[0].method.bands.starts[0] == 60.0
    assert own != LIBRARY


def test_a_template_that_extends_one_changes_a_used_kpi_by_its_id(load: Callable) -> None:
    """`use` is written out first, so that heirs find the KPI under its id."""
    heir = """
role: senior_agent
title: Senior agent
version: 1.0.0
extends: agent
kras:
  - {id: work, kpis: [{id: cei, decimals: 0}]}
"""
    drafts, problems = load({"agent.yaml": ROLE, "heir.yaml": heir, "library.yaml": LIBRARY})

    assert problems == []
    assert [(kpi.id, kpi.decimals) for kpi in drafts["senior_agent"].role.kpis][:2] == [
        ("cei", 0),
        ("cei_of_the_text", 2),
    ]


@pytest.mark.parametrize(
    ("library", "role", "expected"),
    [
        pytest.param(
            LIBRARY,
            ROLE.replace("collections.talk", "collections.tlak"),
            ["agent.yaml:12:15 unknown-library-kpi"],
            id="kpi",
        ),
        pytest.param(
            LIBRARY, ROLE.replace("seed_wording", "seed_words"), ["agent.yaml:11:41 unknown-variant"], id="variant"
        ),
        pytest.param(LIBRARY.replace("formula: talk,", ""), ROLE, ["library.yaml:16:5 missing-key"], id="library"),
        pytest.param(
            LIBRARY.replace("[1, 2, 3, 4]", "[1, 2, 2, 4]"), ROLE, ["library.yaml:16:85 bands-equal"], id="rule"
        ),
        pytest.param(
            LIBRARY.replace("[10, 20, 30, 40]", "[10, 20, 30]"),
            "",
            ["library.yaml:15:24 wrong-band-count"],
            id="variant of a library that nobody uses",
        ),
        pytest.param(
            LIBRARY.replace("title: Talk", "weight: 5, title: Talk"),
            ROLE,
            ["library.yaml:16:16 unknown-key"],
            id="weight",
        ),
    ],
)
def test_mistakes_are_told_once_where_they_stand(library: str, role: str, expected: list[str], load: Callable) -> None:
    """A mistake in a library is told at its line there, one in its use at the line of the role."""
    _, problems = load({"library.yaml": library} | ({"agent.yaml": role} if role else {}))

    assert [f"{one.place} {one.code}" for one in problems] == expected


def test_two_libraries_of_one_name_in_one_folder_are_a_problem(load: Callable) -> None:
    """Nobody could tell which of them is used."""
    _, problems = load({"a.yaml": LIBRARY, "b.yaml": LIBRARY, "agent.yaml": ROLE})

    assert [f"{one.place} {one.code}" for one in problems] == ["b.yaml:2:10 duplicate-library"]


def test_the_schema_of_libraries_follows_the_one_of_roles(checkout: Path) -> None:
    """`scripts/make_library_schema.py` was run after the last change of the role schema."""
    spec = importlib.util.spec_from_file_location("maker", checkout / "scripts" / "make_library_schema.py")
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    role = json.loads((checkout / "schemas" / "role.schema.json").read_text("utf-8"))
    library = json.loads((checkout / "schemas" / "library.schema.json").read_text("utf-8"))

    assert library == maker.library_schema(role)
