"""The `leave_out:` part of a source: rows about something that another source takes out of all figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.documents.suggest import did_you_mean
from appraise.model.problem import Problem
from appraise.model.workspace import LeaveOut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from appraise.app.workspace_section import Section
    from appraise.model.workspace import SourceSpec


def leave_out_of(section: Section) -> LeaveOut | None:
    """The rule, or None where there is none; what the schema complains about reads as blank."""
    if not section.names():
        return None
    same, plain = section.at("same"), section.text("same")
    return LeaveOut(
        source=section.text("source"),
        same=plain or same.text("here"),
        same_there=plain or same.text("there"),
        where=section.expression("where"),
        first_day=section.optional("from"),
        last_day=section.optional("to"),
    )


def leave_out_problems(section: Section, spec: SourceSpec, sources: Mapping[str, SourceSpec]) -> Iterator[Problem]:
    """What does not fit: the other source must be declared, and be another one."""
    rule = spec.leave_out
    if rule is None or not rule.source or (rule.source in sources and rule.source != spec.name):
        return
    if rule.source == spec.name:
        message = f"source '{spec.name}': 'leave_out' goes by the source itself"
        hint = "write `where:` under the source, which keeps rows by their own columns"
        yield Problem(section.place("source"), code="leave-out-itself", message=message, hint=hint)
        return
    message = f"source '{spec.name}': 'leave_out' names the source '{rule.source}', and there is none"
    hint = did_you_mean(rule.source, sources) or "declare it under sources:"
    yield Problem(section.place("source"), code="unknown-source", message=message, hint=hint)


def deciding_sources(specs: Iterable[SourceSpec]) -> frozenset[str]:
    """The sources that say which rows of others are left out; they need not be anybody's."""
    return frozenset(spec.leave_out.source for spec in specs if spec.leave_out is not None)
