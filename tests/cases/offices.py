"""Small companies on disk, scored both ways: for cases about files, days, teams, targets and plugins."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from companies import Company
from trials import FIELDS, PERSON, Thing, plain

from appraise.app.appraisals import appraisals_of
from appraise.app.pipeline import Scores, scores_of
from appraise.app.ready import Ready, ready
from appraise.app.results import results_table
from appraise.model.calendar import period_before, period_named
from appraise.model.outcome import Appraisal, KpiScore, Segment
from appraise.model.period import Period
from appraise.model.problem import Problem
from appraise.scoring.results import adjustment_results, gate_results, kra_results

Table = Sequence[Mapping[str, Any]]


class Office(Company):
    """A company whose people are on the template `tried` unless its rules say otherwise."""

    def rules(self, said: Thing) -> None:
        """Write `appraise.yaml`; JSON is YAML too."""
        self.write("appraise.yaml", json.dumps({"company": "Acme", **said}, indent=1))

    def template(self, said: Thing) -> None:
        """Write a template."""
        self.write(f"templates/roles/{said['role']}.yaml", json.dumps(said, indent=1))

    def table(self, name: str, rows: Table) -> None:
        """Write a file of facts, with a column for every key of any row."""
        columns = dict.fromkeys(key for row in rows for key in row)
        lines = [",".join("" if row.get(key) is None else str(row[key]) for key in columns) for row in rows]
        self.write(f"data/{name}.csv", "\n".join([",".join(columns), *lines, ""]))

    def scored(self, period: str | Period | None = None) -> tuple[Scores, list[Problem]]:
        """The company scored, in its own period or in another, with every problem that was met."""
        rules = opened_once(self.root, self.text("appraise.yaml"))
        return scores_of(rules if period is None else in_period(rules, period))

    def both(self, period: str | Period | None = None) -> dict[str, Appraisal]:
        """Everybody's appraisal by id, in which columns and plain numbers say the same."""
        scores, problems = self.scored(period)
        told = appraisals_of(scores, problems)
        frame = scores.results.people
        assert [(one.person.id, *parts(one, PERSON)) for one in told] == frame.select("person", *PERSON).rows()
        assert_same_parts(scores, told)
        return {one.person.id: one for one in told}


@cache
def opened_once(root: Path, _rules: str) -> Ready:
    """The rules of an office made ready, which takes longer than to score it; read again where they are others."""
    rules, problems = ready(Company(root).asked())
    assert rules is not None, problems
    return rules


def in_period(rules: Ready, asked: str | Period) -> Ready:
    """The same rules for another period."""
    calendar = rules.setting.workspace.calendar
    period = period_named(calendar, asked) if isinstance(asked, str) else asked
    assert period is not None
    return replace(rules, setting=replace(rules.setting, period=period, previous=period_before(calendar, period)))


def begun(folder: Path) -> Office:
    """An office in a folder that need not be there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    return Office(folder)


def parts(thing: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    """Some fields as plain values."""
    return tuple(plain(getattr(thing, name)) for name in names)


def assert_same_parts(scores: Scores, told: Sequence[Appraisal]) -> None:
    """Assert that the tables have the KPIs, KRAs, gates and adjustments of the appraisals."""
    segments = [(one.person.id, segment) for one in told for segment in one.segments]
    tables = {"kra": kra_results, "gate": gate_results, "adjustment": adjustment_results}
    for kind, table in tables.items():
        rows = table(scores.results).select("person", kind, *FIELDS[kind]).rows()
        found = [
            (person, each.id, *parts(each, FIELDS[kind]))
            for person, segment in segments
            for each in getattr(segment, f"{kind}s")
        ]
        assert sorted(rows, key=repr) == sorted(found, key=repr)
    names = [name for name in FIELDS["kpi"] if name not in {"status", "reason"}]
    columns = ["person", "kpi", "kpi_status", "kpi_reason", *names]
    table = results_table(scores)
    rows = table.filter(table["kpi"].is_not_null()).select(columns).rows()
    kpis = [(person, kpi) for person, segment in segments for kpi in kpis_of(segment)]
    found = [(person, kpi.id, *parts(kpi, ("status", "reason", *names))) for person, kpi in kpis]
    assert sorted(rows, key=repr) == sorted(found, key=repr)


def kpis_of(segment: Segment) -> list[KpiScore]:
    """All KPIs of a segment."""
    return [kpi for kra in segment.kras for kpi in kra.kpis]


def result(appraisal: Appraisal, name: str = "k") -> KpiScore:
    """A KPI of somebody with one segment."""
    (segment,) = appraisal.segments
    return next(kpi for kpi in kpis_of(segment) if kpi.id == name)
