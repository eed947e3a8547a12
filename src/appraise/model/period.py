"""The span of time that an appraisal is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """A named span of whole days, `start` and `end` both included, in the company's time zone."""

    id: str
    start: date
    end: date

    @property
    def title(self) -> str:
        """`2026-Q3 (1 Jul 2026 – 30 Sep 2026)`: a name is never shown without its dates."""
        return f"{self.id} ({day_in_words(self.start)} – {day_in_words(self.end)})"

    def __contains__(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.start <= day <= self.end


def day_in_words(day: date) -> str:
    """`2 Apr 2026`."""
    return f"{day.day} {day:%b %Y}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a company cuts time: which periods it appraises and which days it works.

    `year_starts` is a month from 1 to 12; `year_named_by` is `start` or `end`; `appraise_every` is `month`, `quarter`,
    `half` or `year`. `dated` holds the company's own periods where it keeps a list of them (4-4-5), in order; it wins.
    `workdays` holds weekday numbers, Monday 0. `holidays` maps a day to the sites that rest then; the empty text means
    every site. `files` are the files of the company that any of it was read from.
    """

    year_starts: int = 1
    year_named_by: str = "start"
    appraise_every: str = "quarter"
    dated: tuple[Period, ...] = ()
    time_zone: str = "UTC"
    workdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    holidays: tuple[tuple[date, str], ...] = ()
    files: tuple[str, ...] = ()
