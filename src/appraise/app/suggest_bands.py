"""Proposing bands from the values of past periods; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

import polars as pl

from appraise.app.pipeline import scores_of
from appraise.app.ready import ready
from appraise.app.results import results_table
from appraise.app.roles import key_of, unknown_role
from appraise.app.setting import opened
from appraise.expr.formula import parse
from appraise.model.calendar import period_before, period_named
from appraise.model.role import ByBands, Direction, PercentOfTarget
from appraise.scoring.proposals import FEWEST_VALUES, QUANTILES, proposed_starts
from appraise.store.runs import run_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.app.answers import Problems
    from appraise.app.asked import Asked
    from appraise.app.pipeline import Facts
    from appraise.app.setting import Setting
    from appraise.model.period import Period
    from appraise.model.role import Kpi, Role

_COLUMNS = ("person", "segment", "segment_role", "kpi", "kpi_status", "value", "attainment")
_ATTAINMENT_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class PastPeriod:
    """A period that values are from: the results of its `run`, or `scored` now; `values` are those of the role."""

    id: str
    origin: str
    values: int


@dataclass(frozen=True, slots=True)
class BandsLine:
    """A KPI with its bands now and those proposed, both empty where there are none; `why` tells why none are.

    The bands of a KPI with a target are percent of it.
    """

    kpi: str
    title: str
    unit: str
    now: tuple[float, ...]
    proposed: tuple[float, ...]
    values: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class BandsSuggested:
    """`roles suggest-bands`: the periods looked at, the latest first, and a line for every KPI of the template."""

    problems: Problems
    role: str = ""
    periods: tuple[PastPeriod, ...] = ()
    kpis: tuple[BandsLine, ...] = ()


def suggest_bands(asked: Asked, name: str, periods: int) -> BandsSuggested:
    """What bands the values of people on a role suggest.

    Args:
        asked: the request; its period is the one that bands are wanted for, and does not count itself.
        name: the role's id, or `id@version`.
        periods: how many periods before it are looked at, at least 1.
    """
    setting, problems = opened(asked, every_template=True)
    if setting is None:
        return BandsSuggested(tuple(problems))
    key = key_of(name, setting)
    if key not in setting.every_draft:
        return BandsSuggested((unknown_role(name, setting),))
    role = setting.every_draft[key].role
    found = list(_past(setting, role, periods))
    values = pl.concat([frame for _, frame in found]) if found else pl.DataFrame()
    told = tuple(replace(period, values=frame.height) for period, frame in found)
    return BandsSuggested((), role.id, told, tuple(_line(kpi, role, values) for kpi in role.kpis))


def _past(setting: Setting, role: Role, periods: int) -> Iterator[tuple[PastPeriod, pl.DataFrame]]:
    """The values of the role's KPIs in the periods before, the latest first.

    Values that are the very same in a later period are those of a table that has no periods, and count once.
    """
    calendar, period = setting.workspace.calendar, setting.period
    seen: list[pl.DataFrame] = []
    for _ in range(periods):
        period = period_before(calendar, period)
        if period_named(calendar, period.id) is None:
            return
        origin, table = _results(setting, role, period)
        values = _values(table, role)
        bare = values.drop("segment")
        for earlier in seen:
            bare = bare.join(earlier, on=bare.columns, how="anti", nulls_equal=True)
        seen.append(values.drop("segment"))
        kept = values.join(bare.select("person", "kpi").unique(), on=["person", "kpi"], how="semi")
        yield PastPeriod(period.id, origin, 0), kept


def _results(setting: Setting, role: Role, period: Period) -> tuple[str, pl.DataFrame]:
    """The results of a period: those that a run left, else scored anew."""
    path = run_folder(setting.workspace.root, period.id, ()).parquet
    if path.is_file():
        try:
            return "run", pl.read_parquet(path, columns=list(_COLUMNS))
        except (OSError, pl.exceptions.PolarsError):  # somebody changed the file: it counts as none
            pass
    workspace, _ = ready(replace(setting.asked, period=period.id))
    if workspace is None:
        return "scored", pl.DataFrame(schema=dict.fromkeys(_COLUMNS, pl.String))
    scores, _ = scores_of(workspace)
    table = results_table(scores).select(_COLUMNS)
    return "scored", table.filter(~pl.col("kpi").is_in(_beyond_reach(scores.inputs.facts, role)))


def _beyond_reach(facts: Facts, role: Role) -> list[str]:
    """The KPIs that count rows of a log which begins after the middle of the period."""
    setting = facts.setting
    middle = setting.period.start + (setting.period.end - setting.period.start) / 2
    logs = {name: table.frame["_date"].min() for name, table in facts.tables.items() if "_date" in table.frame.columns}
    late = {name for name, first in logs.items() if not isinstance(first, datetime) or first.date() > middle}
    measures = {name for name, spec in setting.workspace.measures.items() if spec.source in late}
    found = []
    for kpi in role.kpis:
        formula, _ = parse(kpi.formula, setting.functions)
        if formula is not None and any(name.rpartition(".")[2] in measures for name in formula.names):
            found.append(kpi.id)
    return found


def _values(table: pl.DataFrame, role: Role) -> pl.DataFrame:
    """What people on the role had; figures of too small a sample are left out."""
    mine = pl.col("segment_role").str.split("@").list.first() == role.id
    counted = pl.col("value").is_not_null() & (pl.col("kpi_status") != "insufficient_sample")
    kept = table.filter(mine & counted).with_columns(pl.col("value", "attainment").cast(pl.Float64))
    return kept.select("person", "segment", "kpi", "value", "attainment")


def _line(kpi: Kpi, role: Role, values: pl.DataFrame) -> BandsLine:
    method = kpi.method
    on_target = isinstance(method, PercentOfTarget)
    now = method.bands.starts if isinstance(method, ByBands | PercentOfTarget) else ()
    mine = values.filter(pl.col("kpi") == kpi.id) if values.width else values
    found = mine["attainment" if on_target else "value"].drop_nulls().to_list() if values.width else []
    line = BandsLine(kpi.id, kpi.title, "percent of target" if on_target else kpi.unit, now, (), len(found))
    if why := _why_not(kpi, role, len(found)):
        return replace(line, why=why)
    decimals = _ATTAINMENT_DECIMALS if on_target else kpi.decimals
    starts = proposed_starts(found, decimals, rising=on_target or kpi.direction is Direction.HIGHER)
    if not starts:
        return replace(line, why="the values are too much alike for four bands")
    return replace(line, proposed=tuple(float(start) for start in starts))


def _why_not(kpi: Kpi, role: Role, count: int) -> str:
    """Why no bands can be proposed, if they cannot."""
    if not isinstance(kpi.method, ByBands | PercentOfTarget):
        return "it is not scored by bands of its value"
    if kpi.direction is Direction.RANGE:
        return "ranges do not follow from what people had"
    if role.scale.steps != len(QUANTILES):
        return "only scales with four steps are proposed for"
    return f"fewer than {FEWEST_VALUES} values" if count < FEWEST_VALUES else ""
