"""What a delivered source looks like once it is clean, and what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    import polars as pl

    from appraise.expr.functions import Functions
    from appraise.model.period import Calendar, Period
    from appraise.model.workspace import SourceSpec
    from appraise.plugin import SourceAdapter

PERSON = "_person"
TEAM = "_team"
DATE = "_date"
PERIOD = "_period"
FILE = "_file"
LINE = "_line"
SHARE = "credit_share"
"""The column with a person's part of an event that is split, from 0 to 1."""


class Delivery(StrEnum):
    """Whether a source arrived: `MISSING` and `STALE` make its measures `no_data` and its gates unknown."""

    DELIVERED = "delivered"
    MISSING = "missing"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file that was read: the way the user writes its path, its fingerprint and its data rows."""

    shown: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class FactTable:
    """A source's rows after cleaning, in the order of its files and lines.

    `frame` holds the source's columns under their snake_case (or renamed) names as Float64, String, Boolean, Date or
    Datetime, then the columns of the engine, where they apply:

    - `_person` String: the person's id in the people source (person-level sources; never null)
    - `_team` String: the team (team-level sources; never null)
    - `_date` Datetime("us"), without zone, company time: when it happened (logs; the first day of the month for
      months in columns, of the named period for tables with a `period` column; never null)
    - `_period` String: tables that hold more than one period (`{period}` in the path, or a `period` column): the id of
      the appraised or the previous period where the row lies in one of them, else the id as written
    - `_file` String and `_line` Int64: where the row stands

    A column of a table with unreadable cells has a Boolean column beside it, named `<column>!` and true at those
    cells; `unreadable` counts them by column, `blanks` the missing cells. `rejected` counts rows without a readable
    person or date and broken lines, `strangers` rows of persons not in the people source, `dropped` rows that `where`
    left out and `undecided` rows it could not decide on. `as_of` is the last day with a row up to the period's end.
    `titles` maps a column to its header in the file, `left_out` are those of whose rows one was rejected. `uncredited`
    counts the events of a log with `credit` that belong to nobody, `excluded` the rows that `leave_out` took out.
    """

    spec: SourceSpec
    frame: pl.DataFrame
    status: Delivery
    as_of: date | None = None
    files: tuple[SourceFile, ...] = ()
    rejected: int = 0
    strangers: int = 0
    dropped: int = 0
    undecided: int = 0
    blanks: Mapping[str, int] = field(default_factory=dict)
    unreadable: Mapping[str, int] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    uncredited: int = 0
    excluded: int = 0

    @property
    def is_delivered(self) -> bool:
        """Whether measures may be taken from it."""
        return self.status is Delivery.DELIVERED


@dataclass(frozen=True, slots=True)
class People:
    """The source that lists the people, and its column with their ids."""

    source: str
    id: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a collection of sources works from.

    `adapters` by name. `kinds` tells, by source and column (raw, snake_case or renamed), the type word of a column
    that follows from its use: `number`, `yes_no`, `text` or `date`; declared types win. `people` is None where there is
    no people source to look persons up in (then every person is taken as written). `used` names the sources that
    something needs, None for all: an absent file of an unused source is a warning only. `one_row_each` names the tables
    whose columns are measures by themselves, so that a person's second row is a problem. `environment` has what the
    addresses of databases may ask for. `since` is the first day that a KPI counts, where it lies before both periods.
    """

    root: Path
    period: Period
    previous: Period
    calendar: Calendar
    adapters: Mapping[str, SourceAdapter]
    functions: Functions
    kinds: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    people: People | None = None
    used: frozenset[str] | None = None
    one_row_each: frozenset[str] = frozenset()
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    since: date | None = None

    @property
    def first_day(self) -> date:
        """The first day of which a log has to have rows."""
        return min(self.since or self.previous.start, self.previous.start)
