"""Small templates for tests, and people scored on them both ways at once."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from appraise.expr.functions import functions_with
from appraise.model.expression import Expression
from appraise.model.outcome import KpiScore
from appraise.model.place import Place
from appraise.model.role import Bands, ByBands, Direction, Gate, Kpi, Kra, Label, Method, Role, Scale
from appraise.scoring.company import score_company
from appraise.scoring.one import Scored, appraised
from appraise.scoring.plan import Plan, Tools, plan_of
from appraise.scoring.results import kpi_results

sys.path.insert(0, str(Path(__file__).parent))

HERE = Place("templates/roles/tried.yaml", 7, 9)
FUNCTIONS, _ = functions_with(())
LABELS = ("Unacceptable", "Needs improvement", "Meets", "Exceeds", "Outstanding")
FIVE = Scale("five_point", 1, 5, tuple(Label(*each) for each in zip(LABELS, (1.0, 1.5, 2.5, 3.5, 4.5), strict=True)))


@dataclass(frozen=True)
class Builder:
    """Builds templates from few words and scores people on them."""

    tools: Tools
    scale: Scale = FIVE

    def says(self, text: str) -> Expression:
        """The text as an expression."""
        return Expression(text, HERE)

    def bands(self, *starts: float, **more: Any) -> ByBands:
        """Scoring by bands with these starts."""
        return ByBands(Bands(tuple(float(start) for start in starts), **more))

    def kpi(self, formula: str = "x", method: Method | None = None, **more: Any) -> Kpi:
        """A KPI; by default `x` scored in bands from 2 to 5."""
        known = {"id": "k", "title": "K", "weight": Decimal(100), "direction": Direction.HIGHER, "place": HERE, **more}
        known["weight"] = Decimal(str(known["weight"]))
        return Kpi(formula=self.says(formula), method=method or self.bands(2, 3, 4, 5), **known)

    def kra(self, *kpis: Kpi, **more: Any) -> Kra:
        """A KRA of these KPIs."""
        known = {"id": "a", "title": "A", "place": HERE, "weight": Decimal(100), **more}
        known["weight"] = Decimal(str(known["weight"]))
        return Kra(kpis=kpis, **known)

    def gate(self, when: str, caps: str = "overall", cap_at: float = 2.0, **more: Any) -> Gate:
        """A gate."""
        return Gate(more.pop("id", "g"), self.says(when), caps, cap_at, "capped", HERE, **more)

    def role(self, *kras: Kra, **more: Any) -> Role:
        """A template of these KRAs."""
        known = {"id": "tried", "title": "Tried", "version": "1.0.0", "scale": self.scale, "sha256": "", **more}
        return Role(kras=kras, place=HERE, **known)

    def plan(self, role: Role) -> Plan:
        """The template made ready."""
        plan, problems = plan_of(role, self.tools)
        assert problems == []
        assert plan is not None
        return plan

    def scored(self, role: Role, **row: Any) -> Scored:
        """One person, scored alone and as a company of one: both must say the same."""
        told = {name.replace("__", "."): value for name, value in row.items()}
        values = {"person": "E1", "role": role.id, **told}
        plan = self.plan(role)
        one = appraised(plan, values)
        results, problems = score_company([plan], frame_of([values]))
        assert results.people.row(0, named=True) == {
            **{name: getattr(one, name) for name in results.people.columns[3:]},
            "person": "E1",
            "role": role.id,
            "status": one.status.value,
        }
        told_of = [kpi for kra in one.kras for kpi in kra.kpis]
        for company, kpi in zip(kpi_results(results).iter_rows(named=True), told_of, strict=True):
            assert (company["status"], company["reason"], company["score"], company["value"]) == (
                kpi.status.value,
                kpi.reason,
                kpi.score,
                kpi.value,
            )
        assert [problem.message for problem in problems] == [problem.message for problem in one.problems]
        return one

    def scored_kpi(self, kpi: Kpi, **row: Any) -> KpiScore:
        """One KPI of one person, both ways."""
        return self.scored(self.role(self.kra(kpi)), **row).kras[0].kpis[0]

    def with_tools(self, **more: Any) -> Builder:
        """The same with other tools."""
        return replace(self, tools=replace(self.tools, **more))

    def on_scale(self, lowest: int, highest: int) -> Builder:
        """The same on another scale, with a label for each point."""
        labels = [Label(str(point), max(point - 0.5, lowest)) for point in range(lowest, highest + 1)]
        return replace(self, scale=Scale("other", lowest, highest, tuple(labels)))


def frame_of(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows as an input frame: whole numbers count as numbers, a column of nothing too."""
    columns = {}
    for name in rows[0]:
        values = [float(value) if type(value) is int else value for value in (row[name] for row in rows)]
        columns[name] = pl.Series(values)
    return pl.DataFrame(columns)


@pytest.fixture(scope="session")
def build() -> Builder:
    """A builder of templates on the default five-point scale."""
    return Builder(Tools(FUNCTIONS))
