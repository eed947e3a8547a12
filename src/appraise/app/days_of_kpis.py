"""Where the months or earlier days of a KPI do not do what they seem to: no log to count, or a target of the period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.app.words import example_tools_of
from appraise.model.problem import Problem, Severity
from appraise.scoring.names import measure_name
from appraise.scoring.plan import plan_of
from appraise.scoring.windows import is_log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.app.setting import Setting
    from appraise.scoring.plan import KpiPlan

RATE = "rate"
"""What targets are called that are not those of a whole period (`per`)."""


def days_without_effect(setting: Setting) -> list[Problem]:
    """Warnings about KPIs with `by_month` or `matures_after` in the templates that somebody is on."""
    problems: list[Problem] = []
    for role in setting.assigned.values():
        if any(kpi.by_month or kpi.matures_after for kpi in role.kpis):
            plan, _ = plan_of(role, example_tools_of(setting))
            for each in plan.kpis if plan is not None else ():
                problems += [*_counting_nothing(setting, each), *_against_targets(setting, each)]
    return problems


def _counting_nothing(setting: Setting, each: KpiPlan) -> Iterator[Problem]:
    """None of its measures is from a log: there are no rows of a month, or of earlier days."""
    kpi, workspace = each.kpi, setting.workspace
    if not (kpi.by_month or kpi.matures_after):
        return
    known = (measure_name(name) for name in each.formula.names)
    specs = (workspace.measures.get(name.measure) for name in known if name is not None)
    sources = (workspace.sources.get(spec.source) for spec in specs if spec is not None)
    if not any(source is not None and is_log(source) for source in sources):
        key = "by_month" if kpi.by_month else "matures_after"
        yield Problem(
            kpi.places.get(key, kpi.place),
            code="no-log-to-count",
            message=f"KPI '{kpi.id}': '{key}' changes nothing, because its formula reads no measure of a log",
            hint=f"take '{key}' out, or count events by their days",
            severity=Severity.WARNING,
        )


def _against_targets(setting: Setting, each: KpiPlan) -> Iterator[Problem]:
    """A month is held against a target that is an amount of the whole period."""
    if not each.kpi.by_month:
        return
    for name in sorted(each.formula.names):
        spec = setting.workspace.targets.get(name.rpartition("target.")[2]) if "target." in name else None
        if spec is not None and not spec.columns and spec.per != RATE:
            yield Problem(
                each.kpi.places.get("formula", each.kpi.place),
                code="by-month-with-amount",
                message=f"KPI '{each.kpi.id}': a month is held against '{name}', which is that of the whole period",
                hint="divide the target by the number of months, or declare it with `per: rate`",
                severity=Severity.WARNING,
            )
