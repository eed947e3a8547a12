"""Names in `appraise.yaml`: what a path of it is called in messages, and which names can be chosen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from appraise.model.naming import snake_case
from appraise.model.problem import Problem

if TYPE_CHECKING:
    from appraise.app.workspace_section import Section

KINDS = {"sources": "source", "measures": "measure", "targets": "target", "scales": "scale"}
"""The parts whose keys are names of the company's own choice."""

RESERVED = frozenset(
    {"prev", "team", "target", "person", "company", "period_start", "period_end", "working_days", "available_days"}
    | {"and", "or", "not", "in", "if", "else", "is", "true", "false", "missing"}
)
"""Words an expression reads in its own way."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


def thing_of(path: tuple[str | int, ...]) -> str:
    """What a path of the document belongs to: `source 'calls'`, `people: leave`, or nothing for the file itself."""
    words = [step for step in path if isinstance(step, str)]
    if len(words) > 1 and words[0] in KINDS:
        return f"{KINDS[words[0]]} '{words[1]}'"
    return ": ".join(words[:-1][:2])


def name_problems(section: Section) -> list[Problem]:
    """Chosen names that expressions could not read, in every part that has such names."""
    return [
        problem
        for part, kind in KINDS.items()
        for name in section.at(part).names()
        for problem in _name_problems(section.at(part), kind, name)
    ]


def _name_problems(section: Section, kind: str, name: str) -> list[Problem]:
    place = section.key_place(name)
    if not _NAME.fullmatch(name):
        message = f"{kind} '{name}': a name has small letters, digits and underscores, and begins with a letter"
        better = snake_case(name)
        hint = f"write '{better}'" if _NAME.fullmatch(better) else "choose a shorter or plainer name"
        return [Problem(place, code="bad-name", message=message, hint=hint)]
    if name in RESERVED and kind in {"measure", "target"}:
        message, hint = f"{kind} '{name}': this word means something else in an expression", "choose another name"
        return [Problem(place, code="reserved-name", message=message, hint=hint)]
    return []
