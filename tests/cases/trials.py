"""Templates tried as a user would write them: read as YAML, checked, scored in columns and in numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

import polars as pl

from appraise.app.bundled import schema_text
from appraise.documents.schema import load_schema
from appraise.expr.functions import functions_with
from appraise.model.kinds import Kind
from appraise.model.outcome import KpiScore
from appraise.model.problem import Problem
from appraise.model.role import Label, Role, Scale
from appraise.roles.library import Folder, RoleRequest, load_drafts
from appraise.roles.scope import Scope, expression_problems
from appraise.scoring.company import Results, score_company
from appraise.scoring.one import Scored, appraised
from appraise.scoring.plan import Tools, plan_of
from appraise.scoring.results import adjustment_results, gate_results, kpi_results, kra_results

Thing = dict[str, Any]
Row = dict[str, Any]

SCHEMA = load_schema(schema_text("role"))
FUNCTIONS, _ = functions_with(())
PERSON = ("status", "reason", "overall", "uncapped", "base", "indicative", "label", "coverage", "capped_by")
KPI = ("status", "reason", "value", "target", "attainment", "sample", "band", "score", "weight", "effective_weight")
KRA = ("status", "score", "uncapped", "weight", "effective_weight", "contribution", "capped_by")
FIELDS = {
    "kpi": (*KPI, "contribution"),
    "kra": KRA,
    "gate": ("status", "reason", "caps", "cap_at", "severity", "open"),
    "adjustment": ("applied", "added", "reason"),
}


def kpi(name: str = "k", formula: str = "x", **more: Any) -> Thing:
    """A KPI as a template says it; alone in its KRA, more is better."""
    known = {"id": name, "title": name, "formula": formula, "direction": "higher", "weight": 100}
    return {key: value for key, value in {**known, **more}.items() if value is not None}


def rated(name: str, weight: Any = 100, **more: Any) -> Thing:
    """A KPI whose value is its score, named like its measure."""
    return kpi(name, name, weight=weight, score="rating", direction=None, **more)


def kra(*kpis: Thing, name: str = "a", weight: Any = 100, **more: Any) -> Thing:
    """A KRA of these KPIs."""
    return {"id": name, "title": name, "weight": weight, "kpis": list(kpis), **more}


def template(*kras: Thing, **more: Any) -> Thing:
    """A template of these KRAs."""
    return {"role": "tried", "title": "Tried", "version": "1.0.0", **more, "kras": list(kras)}


def only(*kpis: Thing, **more: Any) -> Thing:
    """A template of one KRA with these KPIs."""
    return template(kra(*kpis), **more)


def scale(lowest: int, highest: int, *labels: tuple[str, float]) -> Scale:
    """A scale with these labels, or with one for each point."""
    points = range(lowest, highest + 1)
    given = labels or [(str(point), float(max(point - 0.5, lowest))) for point in points]
    return Scale("tried", lowest, highest, tuple(Label(*label) for label in given))


@dataclass(frozen=True)
class Desk:
    """Loads, checks and scores templates; each of them from a file in a folder of its own."""

    folder: Path
    scales: Mapping[str, Scale] = field(default_factory=dict)
    loaded: list[Path] = field(default_factory=list)

    def with_scale(self, scale: Scale) -> Desk:
        """The same desk with a scale of the company's own, `tried`."""
        return Desk(self.folder, {"tried": scale}, self.loaded)

    def checked(self, said: Thing, names: Mapping[str, Any]) -> tuple[Role | None, list[Problem]]:
        """The template and everything that a check says of it, where formulas may name these."""
        folder = self.folder / f"roles{len(self.loaded)}"
        folder.mkdir()
        self.loaded.append(folder)
        (folder / "tried.yaml").write_text(json.dumps(said, indent=1), "utf-8")
        drafts, problems = load_drafts(RoleRequest([Folder(folder, "")], SCHEMA, self.scales))
        draft = next(iter(drafts.values()), None)
        if draft is None:
            return None, problems
        scope = Scope({name: kind_of(value) for name, value in names.items()}, FUNCTIONS)
        problems = [*problems, *expression_problems(draft.role, scope)]
        return (draft.role if draft.sound else None), problems

    def codes(self, said: Thing, **names: Any) -> list[str]:
        """The codes of what a check says, warnings in brackets."""
        _, problems = self.checked(said, names or {"x": 1.0, "target.k": 1.0})
        return [problem.code if problem.is_error else f"({problem.code})" for problem in problems]

    def everyone(self, said: Thing, rows: Sequence[Row]) -> list[Scored]:
        """People scored on a template, in columns and in plain numbers, which must say the same."""
        names = {name: value for row in rows for name, value in row.items() if not name.endswith("?")}
        role, problems = self.checked(said, names)
        assert role is not None, problems
        assert [problem for problem in problems if problem.is_error] == []
        plan, problems = plan_of(role, Tools(FUNCTIONS))
        assert plan is not None, problems
        people = [{"person": f"E{n}", "role": role.id, "status_reason": "", **row} for n, row in enumerate(rows, 1)]
        frame = frame_of(people)
        results, _ = score_company([plan], frame)
        alone = [appraised(plan, row) for row in frame.iter_rows(named=True)]
        assert_same(results, alone)
        return alone

    def one(self, said: Thing, **row: Any) -> Scored:
        """One person scored; `__` in a name stands for a dot."""
        return self.everyone(said, [{name.replace("__", "."): value for name, value in row.items()}])[0]

    def kpi(self, said: Thing, **row: Any) -> KpiScore:
        """One person's result of a KPI that is alone in a template."""
        return self.one(only(said), **row).kras[0].kpis[0]


def kind_of(value: Any) -> Kind:
    """The kind of a name from what it stands for."""
    if isinstance(value, bool):
        return Kind.YES_NO
    return Kind.TEXT if isinstance(value, str) else Kind.NUMBER


def frame_of(rows: Sequence[Row]) -> pl.DataFrame:
    """Rows as an input frame; what somebody does not have is missing."""
    names = dict.fromkeys(name for row in rows for name in row)
    return pl.DataFrame({name: series_of([row.get(name) for row in rows], name) for name in names})


def series_of(values: Sequence[Any], name: str) -> pl.Series:
    """A column: numbers are floats, also where all of them are missing."""
    if any(isinstance(value, str | bool) for value in values) or name.endswith("?"):
        return pl.Series(values, dtype=None if any(value is not None for value in values) else pl.String)
    return pl.Series([None if value is None else float(value) for value in values], dtype=pl.Float64)


def plain(value: Any) -> Any:
    """The word of a status, and any other value as it is."""
    return value.value if isinstance(value, Enum) else value


def assert_same(results: Results, alone: Sequence[Scored]) -> None:
    """Assert that the company in columns has, person by person, what the plain numbers have."""
    people = results.people.select(*PERSON, "provisional").rows()
    assert people == [tuple(plain(getattr(one, name)) for name in (*PERSON, "provisional")) for one in alone]
    tables = {"kpi": kpi_results, "kra": kra_results, "gate": gate_results, "adjustment": adjustment_results}
    for kind, table in tables.items():
        columns = table(results).select(kind, *FIELDS[kind]).rows()
        assert columns == [parts_of(thing, kind) for one in alone for thing in things_of(one, kind)]


def things_of(one: Scored, kind: str) -> list[Any]:
    """The KPIs, KRAs, gates or adjustments of a person."""
    if kind == "kpi":
        return [kpi for kra in one.kras for kpi in kra.kpis]
    return list(getattr(one, f"{kind}s"))


def parts_of(thing: Any, kind: str) -> tuple[Any, ...]:
    """The fields that both ways tell."""
    return (thing.id, *(plain(getattr(thing, name)) for name in FIELDS[kind]))


def two(number: float | None) -> str | None:
    """A number as it is printed, with two decimals."""
    return None if number is None else f"{number:.2f}"
