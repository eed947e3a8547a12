"""What a request is answered with: always the problems, and what could be done all the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from appraise.app.coverage import Coverage
    from appraise.model.kinds import Value
    from appraise.model.outcome import Appraisal, KpiScore, KraScore, Segment
    from appraise.model.period import Period
    from appraise.model.problem import Problem

Problems = tuple["Problem", ...]


def once(*found: Iterable[Problem]) -> Problems:
    """Problems met on the way, each told once, in the order in which they were met."""
    return tuple(dict.fromkeys(chain(*found)))


@dataclass(frozen=True, slots=True)
class Checked:
    """`check`: how much was looked at; `people` and `coverage` are None where they were not asked for."""

    problems: Problems
    period: Period | None = None
    roles: int = 0
    sources: int = 0
    measures: int = 0
    people: int | None = None
    coverage: tuple[Coverage, ...] | None = None


@dataclass(frozen=True, slots=True)
class MeasureValue:
    """One measure of one person in one segment; `segment` counts from 1."""

    person: str
    measure: str
    value: Value
    status: str
    reason: str = ""
    definition_id: str = ""
    segment: int = 1


@dataclass(frozen=True, slots=True)
class Measured:
    """`measures`: by person, then by the name of the measure."""

    problems: Problems
    period: Period | None = None
    measures: tuple[MeasureValue, ...] = ()


@dataclass(frozen=True, slots=True)
class KpiResult:
    """A KPI without its way: `value` quantised, `reason` empty where there is none."""

    id: str
    value: float | None
    band: int | None
    score: float | None
    status: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KraResult:
    """A KRA with its KPIs."""

    id: str
    score: float | None
    status: str
    kpis: tuple[KpiResult, ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentResult:
    """A stretch of the period in one role."""

    role: str
    start: date
    end: date
    kras: tuple[KraResult, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonResult:
    """The result of one person; `coverage` in percent, `provisional` while an allegation is open."""

    person: str
    status: str
    reason: str
    overall: float | None
    label: str | None
    coverage: float | None
    segments: tuple[SegmentResult, ...] = ()
    name: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """`score`: everybody the filters let through, by id."""

    problems: Problems
    period: Period | None = None
    people: tuple[PersonResult, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """`explain`: the whole way of one person, or None where it could not be walked."""

    problems: Problems
    appraisal: Appraisal | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """`report`: the files of the pack, as the user would type their paths."""

    problems: Problems
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ran:
    """`run`: the folder, people by status, how many packs are there, drawn now or before, and what is left over."""

    problems: Problems
    period: Period | None = None
    folder: str = ""
    people: Mapping[str, int] = field(default_factory=dict)
    packs: int = 0
    unchanged: int = 0
    left_over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """`init` and `schema --write`: the files that were written, as the user would type them."""

    problems: Problems
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source in a list: `holds` is log, table, team or company; `status` delivered, missing or stale.

    `uncredited` counts the events of a log with `credit` that belong to nobody, `left_out` the rows that `leave_out`
    took out of all figures.
    """

    name: str
    holds: str
    status: str
    files: tuple[str, ...] = ()
    rows: int = 0
    rejected: int = 0
    as_of: date | None = None
    uncredited: int = 0
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class SourcesListed:
    """`sources list`: in the order of appraise.yaml."""

    problems: Problems
    sources: tuple[SourceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column of a source: its name in expressions, its heading in the file, what it holds, and cells that are not."""

    name: str
    heading: str
    kind: str
    blanks: int = 0
    unreadable: int = 0
    example: str = ""


@dataclass(frozen=True, slots=True)
class SourceShown:
    """`sources show`: one source with its columns."""

    problems: Problems
    source: SourceLine | None = None
    columns: tuple[ColumnLine, ...] = ()


def result_of(appraisal: Appraisal) -> PersonResult:
    """The result of an appraisal without its way."""
    return PersonResult(
        person=appraisal.person.id,
        status=str(appraisal.status),
        reason=appraisal.reason,
        overall=appraisal.overall,
        label=appraisal.label,
        coverage=appraisal.coverage,
        segments=tuple(_segment(segment) for segment in appraisal.segments if segment.kras),
        name=appraisal.person.name,
    )


def _segment(segment: Segment) -> SegmentResult:
    return SegmentResult(segment.role, segment.start, segment.end, tuple(_kra(kra) for kra in segment.kras))


def _kra(kra: KraScore) -> KraResult:
    return KraResult(kra.id, kra.score, kra.status, tuple(_kpi(kpi) for kpi in kra.kpis))


def _kpi(kpi: KpiScore) -> KpiResult:
    return KpiResult(kpi.id, kpi.value, kpi.band, kpi.score, str(kpi.status), kpi.reason)
