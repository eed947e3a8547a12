"""What measures need of clean sources and of the people: `sources.facts.FactTable` and `sources.roster.Roster` fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import polars as pl

    from appraise.model.period import Period
    from appraise.model.workspace import SourceSpec


class Facts(Protocol):
    """A source's clean rows, with the columns of the engine named in `scoring.windows`."""

    @property
    def spec(self) -> SourceSpec:
        """What the workspace says of the source."""

    @property
    def frame(self) -> pl.DataFrame:
        """Its rows."""

    @property
    def status(self) -> str:
        """`delivered`, `missing` or `stale`."""

    @property
    def as_of(self) -> date | None:
        """The last day with a row up to the period's end."""


class People(Protocol):
    """The people of a period and the teams they are members of."""

    @property
    def period(self) -> Period:
        """The appraised period."""

    @property
    def segments(self) -> pl.DataFrame:
        """One row per person and segment of the period: person, stretch, template, team, start, end and more."""

    def teams(self, kind: str, period: Period) -> pl.DataFrame:
        """team_key, person, start and end of every membership as of a period."""

    def own_teams(self, kinds: Mapping[str, str]) -> pl.DataFrame:
        """person, kind and team_key of the own team in every segment, by the kind that its template asks for."""

    def stretches(self) -> pl.DataFrame:
        """The segments of people who have several: person, stretch, start, end, `_from` and `_until`."""

    def days_within(self, spans: pl.DataFrame) -> pl.DataFrame:
        """The working and available days of people within stretches of days."""

    def present(self, period: Period) -> pl.DataFrame:
        """The people assigned on some day of the period: one column, person."""
