"""What a company declares in `appraise.yaml`, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from appraise.model.fact_steps import Credit, LeaveOut
from appraise.model.target_spec import TargetSpec

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from appraise.model.expression import Expression
    from appraise.model.kinds import Kind, Value
    from appraise.model.period import Calendar
    from appraise.model.place import Place
    from appraise.model.role import Scale

__all__ = ["Credit", "LeaveOut", "TargetSpec"]  # beside what is defined here


@dataclass(frozen=True, slots=True)
class PersonKey:
    """The source column that names the person, and the people column its values are found in (default: the id)."""

    column: str
    matches: str | None = None


@dataclass(frozen=True, slots=True)
class Expect:
    """When a feed counts as delivered.

    Its last row is at most `last_row_within` days before the period's end, and there are rows on at least
    `days_with_rows` percent of the working days.
    """

    last_row_within: int | None = None
    days_with_rows: float | None = None


@dataclass(frozen=True, slots=True)
class MonthsInColumns:
    """A wide sheet: the column of the year, the twelve month columns, and the name the cell's value gets."""

    year: str
    months: tuple[str, ...]
    value: str


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """A declared source. With `date` it is a log of events; without, a table with one row per person.

    `columns` renames: new name -> name in the file. `types` declares kinds of columns by their new name. `path` may
    hold globs and `{period}`. `header_row` counts from 1; 0 says that there is none. `adapter` names a plugin's adapter
    where the file name does not tell. `decimal_comma` says that texts write `1.234,50`. With `url`, the address of a
    database as it is written (`${NAME}` stands for a value of the environment), `path` is the file of the statement.
    """

    name: str
    place: Place
    path: str | None = None
    url: str | None = None
    adapter: str | None = None
    sheet: str | None = None
    person: PersonKey | None = None
    date: tuple[str, ...] = ()
    date_format: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    missing_marks: tuple[str, ...] = ()
    expect: Expect | None = None
    where: Expression | None = None
    header_row: int = 1
    encoding: str | None = None
    separator: str | None = None
    decimal_comma: bool = False
    company: bool = False
    team: str | None = None
    period: str | None = None
    months_in_columns: MonthsInColumns | None = None
    credit: Credit | None = None
    leave_out: LeaveOut | None = None
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """A column that a plugin's measure reads: its name there, the source's column, and the kind it is read as.

    A row that lacks a `needed` one is left out.
    """

    name: str
    column: str
    kind: Kind
    needed: bool = True


@dataclass(frozen=True, slots=True)
class MeasureSpec:
    """A declared measure: an aggregate of row arithmetic over one source.

    `aggregate` is `count`, `count_distinct`, `sum`, `mean`, `min`, `max`, `latest`, `earliest` or `custom`;
    `expression` is None for `count` and holds the plugin measure's name for `custom`. `as_of` is `""` or `end`;
    `if_no_rows` is `""` (the aggregate's own rule) or `missing` or `zero`.

    `columns` and `options` are what is written for a plugin's measure, by its names. With what the plugin says of it,
    `options` has every option, `reads` the columns it is given, `definition` its meaning in words and `definition_id`
    the id of that meaning.
    """

    name: str
    aggregate: str
    source: str
    place: Place
    expression: Expression | None = None
    where: Expression | None = None
    first_per: str | None = None
    last_per: str | None = None
    as_of: str = ""
    if_no_rows: str = ""
    unit: str = ""
    title: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Value] = field(default_factory=dict)
    reads: tuple[ColumnRead, ...] = ()
    definition: str = ""
    definition_id: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeaveSpec:
    """Where leave days stand; the type of a leave is never read."""

    source: str
    person: str
    first_day: str
    last_day: str


@dataclass(frozen=True, slots=True)
class PeopleSpec:
    """Who is appraised, and on which template.

    `columns` maps `id, name, role, manager, team, site, from, to, fte` to those of the source; `roles` maps job titles
    to template ids, or `everyone_is` names one for all.
    """

    source: str
    place: Place
    where: Expression | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    everyone_is: str | None = None
    attributes: tuple[str, ...] = ()
    leave: LeaveSpec | None = None
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask about a result, how, and within how many days."""

    person: str = ""
    route: str = ""
    days: int = 10


@dataclass(frozen=True, slots=True)
class ReportSpec:
    """How packs look: one accent colour (`#rrggbb`), a logo file, `a4` or `letter`, a language."""

    accent: str = "#0072B2"
    logo: str | None = None
    paper: str = "a4"
    language: str = "en"


@dataclass(frozen=True, slots=True)
class VersionPin:
    """The version of a role's template that alone counts in a period; `period` is the period's id."""

    period: str
    role: str
    version: str
    place: Place
    key_place: Place


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything `appraise.yaml` says, checked."""

    root: Path
    company: str
    calendar: Calendar
    people: PeopleSpec
    sources: Mapping[str, SourceSpec]
    place: Place
    period: str | None = None
    measures: Mapping[str, MeasureSpec] = field(default_factory=dict)
    targets: Mapping[str, TargetSpec] = field(default_factory=dict)
    manual: str | None = None
    notes: str | None = None
    decisions: str | None = None
    contact: Contact = field(default_factory=Contact)
    reports: ReportSpec = field(default_factory=ReportSpec)
    plugins: tuple[str, ...] = ()
    scales: Mapping[str, Scale] = field(default_factory=dict)
    protected: frozenset[str] = frozenset()
    minimum_days: int = 30
    policy: str = ""
    minimum_segment_days: int = 15
    template_versions: tuple[VersionPin, ...] = ()
    scale_places: Mapping[str, Place] = field(default_factory=dict)
