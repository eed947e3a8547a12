"""Checking the expressions of a template against the names that a company has, before any data is read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from appraise.documents.suggest import did_you_mean
from appraise.expr.checks import doubts_about
from appraise.expr.formula import parse
from appraise.expr.kinds import kind_of
from appraise.model.kinds import Kind
from appraise.model.problem import Problem
from appraise.model.role import Custom, Level, PercentOfTarget
from appraise.roles.members import members_names
from appraise.roles.peers import peer_problems, prior_problems
from appraise.roles.uses import Use, uses_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from appraise.expr.formula import Formula
    from appraise.expr.functions import Functions
    from appraise.model.place import Place
    from appraise.model.role import Kpi, Role

ZERO_DIVISOR = "divisor-can-be-zero"
ZERO_HINT = "write `success_when_empty: true` where nothing to do is a success, or `false` where it is not scored"

_PERSON = "person."


@dataclass(frozen=True, slots=True)
class Scope:
    """What a template may name.

    `kinds` has every name by its full name (`calls`, `prev.calls`, `target.sales`, `person.grade`), with None where the
    kind is to follow from use. `protected` are attributes without `person.`, which can never be named. `groups` are
    those of `team` and `site` that are known of people.
    """

    kinds: Mapping[str, Kind | None]
    functions: Functions
    protected: frozenset[str] = frozenset()
    scorers: frozenset[str] = field(default_factory=frozenset)
    groups: frozenset[str] = frozenset({"team", "site"})


def expression_problems(role: Role, scope: Scope) -> list[Problem]:
    """What is wrong with the expressions of a role and with what else it names.

    Every problem has the place of its first character in the template and begins with the thing it belongs to.
    """
    problems, _ = _checked(role, scope)
    for kpi in role.kpis:
        problems += _target_problems(kpi, scope)
        problems += _scorer_problems(kpi, scope)
        problems += peer_problems(kpi, {*scope.kinds, *scope.groups}, scope.protected)
        problems += prior_problems(kpi, scope.functions)
    return sorted([*problems, *_given_problems(role, scope)], key=lambda problem: (problem.place, problem.code))


def kinds_by_use(role: Role, scope: Scope) -> Mapping[str, Kind]:
    """The kinds that follow from use, of the names whose kind the scope does not know."""
    _, kinds = _checked(role, scope)
    return {name: kind for name, kind in kinds.items() if kind and scope.kinds.get(name) is None}


def _checked(role: Role, scope: Scope) -> tuple[list[Problem], Mapping[str, Kind | None]]:
    """The problems of every expression; a kind that one of them gives a name holds for the next."""
    kinds: dict[str, Kind | None] = {**scope.kinds}
    problems: list[Problem] = []
    for use in uses_of(role):
        formula, told = parse(use.expression, scope.functions)
        if formula is not None:
            forbidden = frozenset(name for name in formula.names if _is_protected(name, scope))
            named = dict.fromkeys(forbidden)  # known here, so that they are told as protected
            report = kind_of(formula, {**kinds, **named}, use.wanted, forbidden)
            kinds.update({name: kind for name, kind in report.kinds.items() if name in kinds})
            told = [*report.problems, *_name_problems(formula, use, scope)]
            told += [] if told else _doubts(formula, use, kinds)
        problems += [replace(problem, message=f"{use.thing}: {problem.message}") for problem in told]
    return problems, {name: kind for name, kind in kinds.items() if not _is_protected(name, scope)}


def _is_protected(name: str, scope: Scope) -> bool:
    """Whether a name is that of a protected attribute, of the person or as a column of a table."""
    *_, prefix, bare = ("", *name.split("."))
    return bare in scope.protected and prefix != "target"


def _doubts(formula: Formula, use: Use, kinds: Mapping[str, Kind | None]) -> Iterator[Problem]:
    """Warnings about a formula that is right in itself; a sample that is large enough is no divisor of zero."""
    for problem in doubts_about(formula, kinds, zero_is_explained=use.zero_is_explained):
        if problem.code != ZERO_DIVISOR or use.key != "formula":
            yield problem
        elif not use.sample or not problem.message.startswith(f"'{use.sample}' "):
            yield replace(problem, hint=ZERO_HINT)


def _name_problems(formula: Formula, use: Use, scope: Scope) -> Iterator[Problem]:
    for name in sorted(formula.names):
        place = _place_of(name, formula)
        if _is_protected(name, scope):
            message = f"'{name}' is protected and can never decide a score"
            hint = "take it out; the fairness report is the only place for it"
            yield Problem(place, code="protected-attribute", message=message, hint=hint)
        elif name.startswith(_PERSON) and use.level is not Level.PERSON:
            message = f"'{name}' belongs to a person, and this KPI is about the {use.level.value}"
            hint = "take it out of the formula, or write `level: person`"
            yield Problem(place, code="person-in-team-level", message=message, hint=hint)


def _place_of(name: str, formula: Formula) -> Place:
    start = formula.text.find(name)
    before = formula.text[:start]
    column = start - (before.rfind("\n") + 1)
    place = formula.place.shifted(column, len(name))
    return replace(place, line=place.line + before.count("\n"))


def _target_problems(kpi: Kpi, scope: Scope) -> Iterator[Problem]:
    if not isinstance(kpi.method, PercentOfTarget) or kpi.target is None or kpi.target in scope.kinds:
        return
    known = [name for name in scope.kinds if name.startswith("target.")]
    place = kpi.places.get("target", kpi.places.get("method", kpi.place))
    message = f"KPI '{kpi.id}': there is no target '{kpi.target}'"
    if "target" not in kpi.places:
        message += ", which is meant where `target` is left out"
    hint = did_you_mean(kpi.target, known) or "declare it in appraise.yaml under `targets`, or name another one"
    yield Problem(place, code="unknown-target", message=message, hint=hint)


def _scorer_problems(kpi: Kpi, scope: Scope) -> Iterator[Problem]:
    if isinstance(kpi.method, Custom) and kpi.method.scorer not in scope.scorers:
        message = f"KPI '{kpi.id}': there is no scorer '{kpi.method.scorer}'"
        hint = did_you_mean(kpi.method.scorer, scope.scorers) or "allow the plugin that brings it in appraise.yaml"
        place = kpi.places.get("scorer", kpi.place)
        yield Problem(place, code="unknown-scorer", message=message, hint=hint)


def _given_problems(role: Role, scope: Scope) -> Iterator[Problem]:
    """Examples may give what formulas may name, in its kind."""
    kinds = {**scope.kinds, **members_names(role)}
    for example in role.examples:
        for name, value in example.given.items():
            place, thing = example.given_places[name], f"example '{example.name}'"
            kind = kinds.get(name)
            if name not in kinds:
                hint = did_you_mean(name, kinds) or "give what formulas can name"
                yield Problem(place, code="unknown-name", message=f"{thing}: unknown name '{name}'", hint=hint)
            elif kind in (Kind.NUMBER, Kind.YES_NO) and value is not None and _kind(value) is not kind:
                wanted = "a number" if kind is Kind.NUMBER else "true or false"
                message = f"{thing}: '{name}' must be {wanted}"
                yield Problem(place, code="given-of-wrong-kind", message=message, hint=f"write {wanted}")


def _kind(value: object) -> Kind:
    if isinstance(value, bool):
        return Kind.YES_NO
    return Kind.NUMBER if isinstance(value, float) else Kind.TEXT
