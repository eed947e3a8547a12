"""A small workspace on disk, and how to collect its sources."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from appraise.expr.functions import Functions
from appraise.model.expression import Expression
from appraise.model.period import Calendar, Period
from appraise.model.place import Place
from appraise.model.workspace import SourceSpec
from appraise.sources.adapters import appraise_sources
from appraise.sources.collect import collect
from appraise.sources.facts import Reading

if TYPE_CHECKING:
    from appraise.model.problem import Problem
    from appraise.sources.facts import FactTable

QUARTER = Period("2026-Q3", date(2026, 7, 1), date(2026, 9, 30))
QUARTER_BEFORE = Period("2026-Q2", date(2026, 4, 1), date(2026, 6, 30))


class Desk:
    """A folder with files, and the sources that read them."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, text: str | bytes) -> Path:
        """Put a file there."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def spec(self, name: str, path: str, **said: Any) -> SourceSpec:
        """A source as `appraise.yaml` would declare it on line 3; a `where` is given as text."""
        if isinstance(said.get("where"), str):
            said["where"] = Expression(said["where"], Place("appraise.yaml", 9, 12))
        return SourceSpec(name, Place("appraise.yaml", 3, 5), path=path, **said)

    def reading(self, **said: Any) -> Reading:
        """What a collection works from, in the third quarter of 2026."""
        defaults: dict[str, Any] = {
            "root": self.root,
            "period": QUARTER,
            "previous": QUARTER_BEFORE,
            "calendar": Calendar(time_zone="Asia/Kolkata"),
            "adapters": {adapter.name: adapter for adapter in appraise_sources()},
            "functions": Functions(),
        }
        return Reading(**(defaults | said))

    def collect(self, *specs: SourceSpec, **said: Any) -> tuple[dict[str, FactTable], list[Problem]]:
        """The fact tables of the sources and their problems."""
        return collect({spec.name: spec for spec in specs}, self.reading(**said))

    def table(self, text: str, **said: Any) -> tuple[FactTable, list[Problem]]:
        """The fact table of one CSV file, `facts.csv`; `kinds` are by column."""
        self.write("facts.csv", text)
        kinds = said.pop("kinds", {})
        tables, problems = self.collect(self.spec("facts", "facts.csv", **said), kinds={"facts": kinds})
        return tables["facts"], problems


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty folder to put files into."""
    return Desk(tmp_path)
