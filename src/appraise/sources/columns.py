"""What the columns of a file are called in expressions, and which of them the workspace means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.documents.suggest import did_you_mean
from appraise.model.naming import snake_case
from appraise.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from appraise.model.place import Place
    from appraise.model.workspace import SourceSpec

NAMED = "named."
"""Before a column as written, the key of the place in `appraise.yaml` that names it."""

_SHOWN_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of one file: `titles` maps each name, in the order of the file, to the heading it has there.

    `lacking` are the new names that `columns` gives to headings that are not there.
    """

    titles: dict[str, str]
    place: Place
    lacking: frozenset[str] = frozenset()

    def named(self, written: str) -> str | None:
        """The name of a column that the workspace writes in any of its forms: new name, heading or snake_case."""
        if written in self.titles:
            return written
        by_title = {title: name for name, title in self.titles.items()}
        if written in by_title:
            return by_title[written]
        snake = snake_case(written)
        if snake in self.titles:
            return snake
        return next((name for name, title in self.titles.items() if snake_case(title) == snake), None)

    def all_missing(self, names: Iterable[str], spec: SourceSpec) -> list[Problem]:
        """A problem for each of the columns that is not there, each once; what `columns` lacks has been told."""
        wanted = {snake_case(name): name for name in reversed(tuple(names))}
        return [
            self.missing(name, spec)
            for snake, name in reversed(wanted.items())
            if self.named(name) is None and snake not in self.lacking
        ]

    def missing(self, written: str, spec: SourceSpec) -> Problem:
        """The problem that there is no such column, where the workspace names it, else at the header."""
        known = [*self.titles, *self.titles.values()]
        shown = ", ".join(f"'{title}'" for title in list(self.titles.values())[:_SHOWN_COLUMNS])
        more = len(self.titles) - _SHOWN_COLUMNS
        found = f"the header has {shown}" + (f" and {more} more" if more > 0 else "")
        written, place = _as_written(written, spec)
        file = f"file '{self.place.file}' " if place else ""
        return Problem(
            place or self.place,
            code="source-column-missing",
            message=f"source '{spec.name}': {file}has no column '{written}'",
            hint=did_you_mean(written, known) or did_you_mean(snake_case(written), known) or found,
        )


def _as_written(name: str, spec: SourceSpec) -> tuple[str, Place | None]:
    """The column as `appraise.yaml` writes it, and where; the name itself where only expressions use it."""
    for key, place in spec.places.items():
        if key.startswith(NAMED) and snake_case(key.removeprefix(NAMED)) == snake_case(name):
            return key.removeprefix(NAMED), place
    return name, None


def header_of(headings: Sequence[str], spec: SourceSpec, place: Place) -> tuple[Header, list[Problem]]:
    """The names of a file's columns: snake_case, or the new name that `columns` gives them.

    Two columns of the same name are a problem; the first one has it and the other is left out.
    """
    new_names, problems = _renamed(headings, spec, place)
    new_names_used = frozenset(snake_case(name) for name in new_names.values())
    titles: dict[str, str] = {}
    for number, heading in enumerate(headings, start=1):
        name = new_names.get(heading) or snake_case(heading) or f"column_{number}"
        if name in titles:
            problems.append(_clash(name, (titles[name], heading), spec, place))
        else:
            titles[name] = heading
    wide = spec.months_in_columns
    if wide is not None and wide.value in titles and wide.value not in wide.months:
        problems.append(_clash(wide.value, (titles[wide.value], "the value of months_in_columns"), spec, place))
    lacking = frozenset(snake_case(name) for name in spec.columns) - new_names_used
    return Header(titles, place, lacking), problems


def _renamed(headings: Iterable[str], spec: SourceSpec, place: Place) -> tuple[dict[str, str], list[Problem]]:
    """The new names by heading."""
    plain = Header({heading: heading for heading in headings}, place)
    new_names: dict[str, str] = {}
    problems = []
    for name, written in spec.columns.items():
        heading = plain.named(written)
        if heading is None:
            problems.append(plain.missing(written, spec))
        else:
            new_names.setdefault(heading, name)
    return new_names, problems


def _clash(name: str, headings: tuple[str, str], spec: SourceSpec, place: Place) -> Problem:
    return Problem(
        place,
        code="column-clash",
        message=f"source '{spec.name}': the columns '{headings[0]}' and '{headings[1]}' are both called '{name}'",
        hint="give one of them another name under 'columns:'",
    )
