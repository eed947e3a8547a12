"""Which columns of which source something uses, and the kind of each that follows from its use."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from appraise.expr.formula import parse
from appraise.expr.kinds import kind_of
from appraise.model.kinds import Kind
from appraise.model.naming import snake_case
from appraise.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from appraise.expr.formula import Formula
    from appraise.expr.functions import Functions
    from appraise.model.expression import Expression
    from appraise.model.workspace import MeasureSpec, SourceSpec, TargetSpec, Workspace

KIND_OF_TYPE: Mapping[str, Kind] = {
    "text": Kind.TEXT,
    "yes_no": Kind.YES_NO,
    "date": Kind.DATE,
    "number": Kind.NUMBER,
    "percent": Kind.NUMBER,
    "duration": Kind.NUMBER,
    "currency": Kind.NUMBER,
}
"""The kind of each type word that a workspace declares."""

ROW_NAMES: Mapping[str, Kind] = {"period_start": Kind.DATE, "period_end": Kind.DATE}
"""What an expression over rows may name beside the columns."""

_OF_PEOPLE = {"from": Kind.DATE, "to": Kind.DATE, "fte": Kind.NUMBER}
_OF_REGISTER = {"from": Kind.DATE, "to": Kind.DATE, "value": Kind.NUMBER}
_NEEDS = {"sum": Kind.NUMBER, "mean": Kind.NUMBER}
_ANY_KIND = frozenset({"min", "max", "latest", "earliest"})


@dataclass(frozen=True, slots=True)
class _Use:
    """An expression over a source: the kind it must have, and that of a bare name of which nothing else tells."""

    source: str
    expression: Expression
    wanted: Kind | None
    otherwise: Kind


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known so far: by source and column the kind."""

    workspace: Workspace
    functions: Functions
    kinds: dict[str, dict[str, Kind]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def column(self, source: str, name: str | None, kind: Kind) -> None:
        """A column is used as this kind; a declared type and an earlier use win."""
        spec = self.workspace.sources.get(source)
        if name and spec is not None:
            column = new_names(spec).get(snake_case(name), snake_case(name))
            self.kinds.setdefault(source, {}).setdefault(column, declared_kinds(spec).get(column, kind))

    def expression(self, use: _Use) -> Kind | None:
        """The columns of an expression are used as its parts need them; gives the kind of the whole, where it tells."""
        spec = self.workspace.sources.get(use.source)
        formula, problems = parse(use.expression, self.functions) if spec else (None, [])
        self.problems.extend(problem for problem in problems if problem not in self.problems)
        if formula is None or spec is None:
            return None
        self.problems.extend(problem for problem in _protected(self.workspace, formula) if problem not in self.problems)
        known = declared_kinds(spec) | self.kinds.get(use.source, {})
        scope: dict[str, Kind | None] = {name: known.get(name) for name in formula.names if "." not in name}
        report = kind_of(formula, {**scope, **ROW_NAMES}, use.wanted)
        self.problems.extend(problem for problem in report.problems if problem not in self.problems)
        for name in sorted(scope):
            kind = known.get(name) or report.kinds.get(name)
            if kind is not None and name not in ROW_NAMES:
                self.column(use.source, name, kind)
        return report.kind

    def bare(self, use: _Use) -> None:
        """A column that stands alone, and of which nothing else tells the kind."""
        if use.expression.text.strip().isidentifier():
            self.column(use.source, use.expression.text.strip(), use.otherwise)


def columns_used(workspace: Workspace, functions: Functions) -> tuple[dict[str, dict[str, Kind]], list[Problem]]:
    """By source the columns that people, leave, measures and targets use, with their kinds, and what does not fit.

    Columns have the names that expressions give them. A declared type wins; two uses of one column as different kinds
    are a problem at the second use.
    """
    known = _known(workspace, functions)
    return known.kinds, known.problems


def kinds_of_measures(workspace: Workspace, functions: Functions) -> dict[str, Kind]:
    """The kind of each declared measure: a number but for min, max, latest and earliest of something else."""
    known = _known(workspace, functions)
    kinds = dict.fromkeys(workspace.measures, Kind.NUMBER)
    for name, spec in workspace.measures.items():
        if spec.aggregate in _ANY_KIND and spec.expression:
            kinds[name] = known.expression(_Use(spec.source, spec.expression, None, Kind.NUMBER)) or Kind.NUMBER
    return kinds


def declared_kinds(spec: SourceSpec) -> dict[str, Kind]:
    """The kinds of the columns whose type a source declares, by the names they have in expressions."""
    typed = {snake_case(column): KIND_OF_TYPE[word] for column, word in spec.types.items() if word in KIND_OF_TYPE}
    return {new_names(spec).get(column, column): kind for column, kind in typed.items()}


def _protected(workspace: Workspace, formula: Formula) -> Iterator[Problem]:
    """A problem for each protected attribute that an expression over rows names as a column."""
    for name in sorted(formula.names & workspace.protected):
        yield Problem(
            formula.place,
            code="protected-attribute",
            message=f"'{name}' is protected and can never decide a score",
            hint="take it out; the fairness report is the only place for it",
        )


def new_names(spec: SourceSpec) -> dict[str, str]:
    """The names that the source gives to columns of its file, by the file's own names in snake_case."""
    return {snake_case(raw): snake_case(name) for name, raw in spec.columns.items()}


def _known(workspace: Workspace, functions: Functions) -> _Known:
    known = _Known(workspace, functions)
    for source, column, kind in _columns(workspace):
        known.column(source, column, kind)
    uses = list(_uses(workspace))
    for use in uses:
        known.expression(use)
    for use in uses:
        known.bare(use)
    for attribute in workspace.people.attributes:
        known.column(workspace.people.source, attribute, Kind.TEXT)
    for spec in workspace.measures.values():
        known.column(spec.source, spec.first_per or spec.last_per, Kind.TEXT)
        for read in spec.reads:
            known.column(spec.source, read.column, read.kind)
    return known


def _columns(workspace: Workspace) -> Iterator[tuple[str, str | None, Kind]]:
    """The columns that are named as such: source, column, kind."""
    people = workspace.people
    for key, column in people.columns.items():
        yield people.source, column, _OF_PEOPLE.get(key, Kind.TEXT)
    if people.leave:
        yield people.leave.source, people.leave.person, Kind.TEXT
        yield people.leave.source, people.leave.first_day, Kind.DATE
        yield people.leave.source, people.leave.last_day, Kind.DATE
    for spec in workspace.sources.values():
        if spec.person:
            yield spec.name, spec.person.column, Kind.TEXT
            yield people.source, spec.person.matches, Kind.TEXT
        if spec.credit:
            yield spec.credit.to, spec.credit.same_there, Kind.TEXT
            named = (spec.credit.same, spec.credit.otherwise, spec.credit.key, spec.credit.reverses)
            yield from ((spec.name, name, Kind.TEXT) for name in named)
        if spec.leave_out:
            yield spec.name, spec.leave_out.same, Kind.TEXT
            yield spec.leave_out.source, spec.leave_out.same_there, Kind.TEXT
            yield spec.leave_out.source, spec.leave_out.first_day, Kind.DATE
            yield spec.leave_out.source, spec.leave_out.last_day, Kind.DATE
        yield spec.name, spec.team, Kind.TEXT
        yield spec.name, spec.period, Kind.TEXT
    for target in workspace.targets.values():
        for key, column in target.columns.items():
            yield target.source, column, _OF_REGISTER.get(key, Kind.TEXT)


def _uses(workspace: Workspace) -> Iterator[_Use]:
    """Every expression over rows, those whose parts tell their kinds first."""
    people = workspace.people
    if people.where:
        yield _Use(people.source, people.where, Kind.YES_NO, Kind.YES_NO)
    for spec in workspace.sources.values():
        if spec.where:
            yield _Use(spec.name, spec.where, Kind.YES_NO, Kind.YES_NO)
        if spec.credit and spec.credit.where:
            yield _Use(spec.credit.to, spec.credit.where, Kind.YES_NO, Kind.YES_NO)
        if spec.leave_out and spec.leave_out.where:
            yield _Use(spec.leave_out.source, spec.leave_out.where, Kind.YES_NO, Kind.YES_NO)
    yield from (use for spec in workspace.measures.values() for use in _uses_of_measure(spec))
    yield from (use for target in workspace.targets.values() for use in _uses_of_target(target))


def _uses_of_measure(spec: MeasureSpec) -> Iterator[_Use]:
    if spec.where:
        yield _Use(spec.source, spec.where, Kind.YES_NO, Kind.YES_NO)
    if spec.expression and spec.aggregate != "custom":
        otherwise = Kind.TEXT if spec.aggregate == "count_distinct" else Kind.NUMBER
        yield _Use(spec.source, spec.expression, _NEEDS.get(spec.aggregate), otherwise)


def _uses_of_target(target: TargetSpec) -> Iterator[_Use]:
    if target.value:
        yield _Use(target.source, target.value, Kind.NUMBER, Kind.NUMBER)
