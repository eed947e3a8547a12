"""Beginning a role template: a copy of a shipped one, or a file made of areas and KPIs with what is still to decide."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.app.beginning import copy_template
from appraise.app.outline_table import outline_of_table
from appraise.app.setting import TEMPLATES, opened
from appraise.model.place import Place
from appraise.model.problem import Problem
from appraise.roles.outlines.arguments import outline_of_arguments
from appraise.roles.outlines.outline import Outline
from appraise.roles.outlines.pasted import outline_of_text
from appraise.roles.outlines.weights import weight_problems
from appraise.roles.outlines.written import id_of, scalar_of, template_text, todos_in

if TYPE_CHECKING:
    from pathlib import Path

    from appraise.app.answers import Problems
    from appraise.app.asked import Asked

_ID = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new template is made of.

    `id` may be blank where there is a title to make it of. Its areas come from `kras` and `kpis` as they were typed,
    from the file of a pasted `text`, from a `table`, or ready-made as an `outline`; from
    none of them where all are empty. `force` lets it take the place of a template that is there.
    """

    id: str = ""
    title: str = ""
    kras: tuple[str, ...] = ()
    kpis: tuple[str, ...] = ()
    text: Path | None = None
    table: Path | None = None
    outline: Outline | None = None
    force: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether nothing but an id was said."""
        return not (self.title or self.kras or self.kpis or self.text or self.table or self.outline)


@dataclass(frozen=True, slots=True)
class Todo:
    """A line of a new template that somebody has to decide."""

    line: int
    says: str


@dataclass(frozen=True, slots=True)
class RoleBegun:
    """`roles new`: the files that were written, as the user would type them, and what is still to decide in them."""

    problems: Problems
    role: str = ""
    files: tuple[str, ...] = ()
    todos: tuple[Todo, ...] = ()


def new_role(asked: Asked, beginning: Beginning) -> RoleBegun:
    """Write a template to begin with; nothing is overwritten unless `force` says so."""
    outline, problems = _outline_of(beginning)
    name = beginning.id or (id_of(outline.title, "role") if outline.title else "")
    shown = f"{TEMPLATES}/{name}.yaml"
    problems += _refusals(name, asked.root / shown, shown, force=beginning.force)
    if problems:
        return RoleBegun(tuple(problems))
    setting, problems = opened(asked, every_template=True)
    if setting is None:
        return RoleBegun(tuple(problems))
    if beginning.is_bare and not (asked.root / shown).exists() and copy_template(name, asked.root):
        return RoleBegun((), name, (shown,))
    title = outline.title or name.replace("_", " ").title()
    text = template_text(name, outline) if outline.kras else BEGINNING.format(name=name, title=scalar_of(title))
    (asked.root / shown).parent.mkdir(parents=True, exist_ok=True)
    (asked.root / shown).write_text(text, "utf-8", newline="\n")
    return RoleBegun((), name, (shown,), tuple(Todo(line, says) for line, says in todos_in(text)))


def _outline_of(beginning: Beginning) -> tuple[Outline, list[Problem]]:
    """The areas and KPIs, with the title that was said or found."""
    place = Place("--kra")
    outline, problems = beginning.outline or Outline(()), list[Problem]()
    if beginning.text is not None:
        outline, problems = _pasted(beginning.text)
        place = Place(str(beginning.text))
    elif beginning.table is not None:
        outline, problems = outline_of_table(beginning.table)
        place = Place(str(beginning.table))
    elif beginning.kras or beginning.kpis:
        outline, problems = outline_of_arguments(beginning.kras, beginning.kpis)
    if not problems and not outline.kras and (beginning.text or beginning.table):
        message = "there are no areas with KPIs in it"
        hint = "a text has lines such as '1. Communication', 'KRA: …' and '• KPI 1: …'; a table a row for each KPI"
        problems = [Problem(place, code="outline-empty", message=message, hint=hint)]
    return Outline(outline.kras, beginning.title or outline.title), [*problems, *weight_problems(outline, place)]


def _pasted(path: Path) -> tuple[Outline, list[Problem]]:
    try:
        return outline_of_text(path.read_text("utf-8-sig")), []
    except (OSError, UnicodeDecodeError) as fault:
        says = getattr(fault, "strerror", "") or "it is no text in UTF-8"
        message, hint = f"file '{path}': {says}", "save the text as UTF-8, and name its file"
        return Outline(()), [Problem(Place(str(path)), code="outline-unreadable", message=message, hint=hint)]


def _refusals(name: str, path: Path, shown: str, *, force: bool) -> list[Problem]:
    """Why no template can be written there, if it cannot."""
    if not _ID.fullmatch(name):
        message = f"'{name}' cannot be the id of a role" if name else "the new template has no id"
        hint = "use lower case letters, digits and _, beginning with a letter: field_agent"
        return [Problem(Place(shown if name else TEMPLATES), code="role-id", message=message, hint=hint)]
    if path.exists() and not force:
        message = f"there is a template '{name}' already, and nothing is overwritten"
        hint = "edit it, choose another id, or write --force to begin it anew"
        return [Problem(Place(shown), code="role-exists", message=message, hint=hint)]
    return []


BEGINNING = """\
# yaml-language-server: $schema=../../schemas/role.schema.json
# A template to begin with: replace the words, the formulas and the bands, then run `appraise check`.
language: 1
role: {name}
title: {title}
version: 0.1.0
kras:
  - id: results
    title: Results             # TODO: name your areas
    purpose: What this person is here to achieve.
    weight: 100                # the weights of all areas total 100
    kpis:
      - id: first_kpi
        title: The first KPI   # TODO: name your KPIs, as many as you need
        definition: What is counted, from which data, and what is left out.
        reference: house default
        formula: 100 * done / planned      # TODO: measures of appraise.yaml, or columns of your spreadsheet
        unit: percent
        decimals: 1
        direction: higher      # higher | lower | range
        weight: 100            # the weights inside an area total 100
        score: {{bands: [60, 70, 80, 90]}}  # TODO: where scores 2, 3, 4 and 5 begin
examples:
  - name: three quarters done
    given: {{done: 75, planned: 100}}
    expect: {{kpi.first_kpi: 3.50}}
"""
