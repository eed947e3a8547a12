"""The `credit:` part of a source: to whom an event belongs that names nobody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from appraise.documents.suggest import did_you_mean
from appraise.model.problem import Problem
from appraise.model.workspace import Credit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from appraise.app.workspace_section import Section
    from appraise.model.workspace import SourceSpec

NOBODY = "nobody"
_DAYS = re.compile(r"([0-9]{1,3}) days?")
_ALL = 100


def credit_of(section: Section) -> Credit | None:
    """The rule, or None where there is none; what the schema complains about reads as blank."""
    if not section.names():
        return None
    same, days = section.at("same"), _DAYS.fullmatch(section.text("within"))
    plain = section.text("same")
    otherwise = section.text("otherwise", NOBODY)
    split = section.at("split")
    return Credit(
        to=section.text("to"),
        same=plain or same.text("here"),
        same_there=plain or same.text("there"),
        within=int(days[1]) if days else 0,
        where=section.expression("where"),
        otherwise=None if otherwise == NOBODY else otherwise,
        split=(split.number("last") or 0.0, split.number("first") or 0.0) if split.names() else (100.0, 0.0),
        key=section.optional("key"),
        reverses=section.optional("reverses"),
    )


def credit_problems(section: Section, spec: SourceSpec, sources: Mapping[str, SourceSpec]) -> Iterator[Problem]:
    """What does not fit: both must be logs, the other one with persons, and shares must total 100."""
    credit, thing = spec.credit, f"source '{spec.name}'"
    if credit is None or not credit.to:
        return
    other = sources.get(credit.to)
    if other is None:
        message = f"{thing}: 'credit' names the source '{credit.to}', and there is none"
        hint = did_you_mean(credit.to, sources) or "declare it under sources:"
        yield Problem(section.place("to"), code="unknown-source", message=message, hint=hint)
    elif not (other.date and other.person):
        message = f"{thing}: 'credit' goes by '{credit.to}', which is no log of persons"
        hint = f"'{credit.to}' needs 'person' and 'date'"
        yield Problem(section.place("to"), code="credit-needs-logs", message=message, hint=hint)
    if not spec.date:
        message, hint = f"{thing}: an event that is credited needs a date", "add 'date: COLUMN'"
        yield Problem(section.key_place(), code="credit-needs-logs", message=message, hint=hint)
    if sum(credit.split) != _ALL:
        message = f"{thing}: the shares of 'split' total {sum(credit.split):g}, not 100"
        yield Problem(section.place("split"), code="split-total", message=message, hint="let them total 100")
    if (credit.key is None) != (credit.reverses is None):
        has, lacks = ("key", "reverses") if credit.key else ("reverses", "key")
        message, hint = f"{thing}: 'credit' says '{has}', but no '{lacks}'", f"add '{lacks}: COLUMN', or leave both out"
        yield Problem(section.place(has), code="credit-without-key", message=message, hint=hint)
