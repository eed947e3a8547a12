"""Protected attributes can never decide a score, wherever they stand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from appraise.app.asked import Asked
from appraise.app.check import check

if TYPE_CHECKING:
    from pathlib import Path

RULES = """\
company: Fair
period: 2026-Q3
people: {source: people, everyone_is: agent, columns: {id: id}}
sources:
  people: people.csv
  visits: {path: visits.csv, person: id, date: on}
measures:
  elder: {count: visits, where: age > 50}
"""

TEMPLATE = """\
language: 1
role: agent
title: Agent
version: 1.0.0
kras:
  - id: a
    title: A
    weight: 100
    kpis:
      - {id: k, title: K, formula: sold + sex, direction: higher, weight: 100, score: {bands: [1, 2, 3, 4]}}
      - {id: e, title: E, formula: elder, direction: higher, weight: 0, monitor: true, score: {bands: [1, 2, 3, 4]}}
"""


def test_a_protected_column_is_refused_in_formulas_and_filters(tmp_path: Path) -> None:
    """A column of a table or log with a protected name is an error at the name, as `person.` names are."""
    (tmp_path / "templates" / "roles").mkdir(parents=True)
    (tmp_path / "appraise.yaml").write_text(RULES, "utf-8")
    (tmp_path / "templates" / "roles" / "agent.yaml").write_text(TEMPLATE, "utf-8")
    (tmp_path / "people.csv").write_text("id,sold,sex\nE1,3,1\n", "utf-8")
    (tmp_path / "visits.csv").write_text("id,on,age\nE1,2026-08-01,60\n", "utf-8")

    found = [f"{problem.place} {problem.code}" for problem in check(Asked(tmp_path, datetime.now(UTC)), False).problems]

    assert found == ["appraise.yaml:8:33 protected-attribute", "templates/roles/agent.yaml:10:43 protected-attribute"]
