"""The static check of an expression: what kind of value each part has, before any data is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from appraise.expr import nodes
from appraise.expr.complaints import problems_of
from appraise.expr.misfits import misfit, unknown_name
from appraise.expr.walker import Walker
from appraise.model.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.expr.complaints import Complaint
    from appraise.expr.formula import Formula
    from appraise.model.problem import Problem

_ORDERED = frozenset({Kind.NUMBER, Kind.DATE})


@dataclass(frozen=True, slots=True)
class KindReport:
    """What is known about the kinds in an expression.

    `kind` is that of the whole (None: its names do not tell), `kinds` those of names that follow from their use.
    """

    kind: Kind | None
    kinds: Mapping[str, Kind]
    problems: tuple[Problem, ...]


def kind_of(
    formula: Formula,
    scope: Mapping[str, Kind | None],
    wanted: Kind | None = None,
    hidden: frozenset[str] = frozenset(),
) -> KindReport:
    """The kinds in a formula.

    Args:
        formula: the formula.
        scope: every name that may be used, by full name, with its kind; None where the kind is to follow from use.
        wanted: the kind that the whole expression must have, where it must.
        hidden: names that no message may offer.
    """
    check = Kinds(formula.text, scope, hidden)
    tree = check.walk(formula.tree)
    if wanted is not None:
        check.need(tree, wanted, formula.tree)
    check.settle()
    inferred = {name: cell.kind for name, cell in check.names.items() if cell.kind and scope.get(name) is None}
    problems = problems_of(check.complaints, formula.text, formula.place)
    return KindReport(tree.kind, {name: inferred[name] for name in sorted(inferred)}, tuple(problems))


@dataclass(slots=True, eq=False)
class Cell:
    """The kind of a part, found out bit by bit; cells that must be of one kind are tied to one another."""

    known: Kind | None = None
    tied: Cell | None = None

    @property
    def root(self) -> Cell:
        """The cell that speaks for all that are tied to it."""
        cell = self
        while cell.tied is not None:
            cell = cell.tied
        return cell

    @property
    def kind(self) -> Kind | None:
        """The kind, where it is known by now."""
        return self.root.known


@dataclass(frozen=True, slots=True)
class _Later:
    """A comparison or difference whose operands were not known when it was met."""

    node: nodes.Comparison | nodes.Arithmetic
    cells: tuple[Cell, ...] = field(default_factory=tuple)


class Kinds(Walker[Cell]):
    """The binding to kinds; `complaints` gathers what does not fit."""

    def __init__(self, text: str, scope: Mapping[str, Kind | None], hidden: frozenset[str]) -> None:
        super().__init__(
            {
                nodes.Number: lambda _: Cell(Kind.NUMBER),
                nodes.Text: lambda _: Cell(Kind.TEXT),
                nodes.YesNo: lambda _: Cell(Kind.YES_NO),
                nodes.Name: self._name,
                nodes.Negative: self._number,
                nodes.Arithmetic: self._arithmetic,
                nodes.Power: self._number,
                nodes.Comparison: self._comparison,
                nodes.Membership: self._membership,
                nodes.Logic: self._condition,
                nodes.Not: self._condition,
                nodes.Choice: self._choice,
                nodes.Call: self._call,
                nodes.Rounded: self._number,
                nodes.Interpolation: self._number,
                nodes.Missing: self._missing,
                nodes.FirstKnown: self._first_known,
            }
        )
        self._text = text
        self._scope = scope
        self._hidden = hidden
        self._later: list[_Later] = []
        self.names: dict[str, Cell] = {}
        self.complaints: list[Complaint] = []

    def need(self, cell: Cell, kind: Kind, node: nodes.Node) -> None:
        """The part must be of this kind."""
        root = cell.root
        if root.known is None:
            root.known = kind
        elif root.known is not kind:
            self._complain(node, root, kind)

    def settle(self) -> None:
        """Decide what was put off: what follows from other uses first, then numbers."""
        waiting, self._later = self._later, []
        while waiting:
            ready = [each for each in waiting if any(cell.kind for cell in each.cells)] or waiting[:1]
            for each in ready:
                self._settle_one(each)
            waiting = [each for each in waiting if each not in ready]

    def _settle_one(self, later: _Later) -> None:
        known = next((cell.kind for cell in later.cells if cell.kind), Kind.NUMBER)
        kind = known if known in _ORDERED else Kind.NUMBER
        pairs = list(zip(later.cells, later.node.parts, strict=True))
        if isinstance(later.node, nodes.Comparison) and known not in _ORDERED:
            # The operands were tied: those that did not fit were told, and one speaks for all that do.
            pairs = pairs[:1] if len({cell.kind for cell in later.cells}) == 1 else []
        for cell, operand in pairs:
            self.need(cell, kind, operand)

    def _tie(self, left: Cell, right: Cell, node: nodes.Node) -> None:
        """Both parts must be of one kind; `node` is the right one."""
        one, other = left.root, right.root
        if one is other:
            return
        if one.known is None:
            one.tied = other
        elif other.known is None:
            other.tied = one
        elif one.known is not other.known:
            self._complain(node, other, one.known)

    def _name(self, node: nodes.Name) -> Cell:
        if node.name not in self.names:
            self.names[node.name] = Cell(self._scope.get(node.name))
            if node.name not in self._scope:
                self.complaints.append(unknown_name(node, self._scope, self._hidden))
        return self.names[node.name]

    def _number(self, node: nodes.Negative | nodes.Power | nodes.Rounded | nodes.Interpolation) -> Cell:
        self.need(self.walk(node.operand), Kind.NUMBER, node.operand)
        return Cell(Kind.NUMBER)

    def _arithmetic(self, node: nodes.Arithmetic) -> Cell:
        cells = (self.walk(node.left), self.walk(node.right))
        if node.operator == "-":
            self._later.append(_Later(node, cells))
        else:
            for cell, operand in zip(cells, node.parts, strict=True):
                self.need(cell, Kind.NUMBER, operand)
        return Cell(Kind.NUMBER)

    def _comparison(self, node: nodes.Comparison) -> Cell:
        cells = tuple(self.walk(operand) for operand in node.operands)
        for left, right, operand in zip(cells, cells[1:], node.operands[1:], strict=False):
            self._tie(left, right, operand)
        if not {"==", "!="}.issuperset(node.operators):
            self._later.append(_Later(node, cells))
        return Cell(Kind.YES_NO)

    def _membership(self, node: nodes.Membership) -> Cell:
        of = {float: Kind.NUMBER, str: Kind.TEXT, bool: Kind.YES_NO}
        self.need(self.walk(node.operand), of[type(node.options[0])], node.operand)
        return Cell(Kind.YES_NO)

    def _condition(self, node: nodes.Logic | nodes.Not) -> Cell:
        for operand in node.parts:
            self.need(self.walk(operand), Kind.YES_NO, operand)
        return Cell(Kind.YES_NO)

    def _choice(self, node: nodes.Choice) -> Cell:
        body = self.walk(node.body)
        self.need(self.walk(node.test), Kind.YES_NO, node.test)
        self._tie(body, self.walk(node.otherwise), node.otherwise)
        return body

    def _call(self, node: nodes.Call) -> Cell:
        for position, argument in enumerate(node.arguments):
            self.need(self.walk(argument), node.function.kind_of_argument(position), argument)
        return Cell(node.function.gives)

    def _missing(self, node: nodes.Missing) -> Cell:
        self.walk(node.operand)
        return Cell(Kind.YES_NO)

    def _first_known(self, node: nodes.FirstKnown) -> Cell:
        first, *others = (self.walk(operand) for operand in node.operands)
        for cell, operand in zip(others, node.operands[1:], strict=True):
            self._tie(first, cell, operand)
        return first

    def _complain(self, node: nodes.Node, cell: Cell, wanted: Kind) -> None:
        """The part is of another kind than its surroundings need."""
        written = self._text[node.start : node.end]
        elsewhere = isinstance(node, nodes.Name) and self._scope.get(node.name) is None
        self.complaints.append(misfit(node, written, (cell.known, wanted), elsewhere=elsewhere))
