"""The parts an expression is made of: whatever is not here is not in the language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.expr.functions import StrictFunction


@dataclass(frozen=True, slots=True)
class Node:
    """Any part of an expression: characters `start` to `end` (exclusive) of its text."""

    start: int
    end: int

    @property
    def parts(self) -> tuple[Node, ...]:
        """The operands, in the order in which they stand."""
        return ()


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A number as written, never negative and never above 1e15."""

    value: float


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A text in quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class YesNo(Node):
    """`True` or `False`."""

    value: bool


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A measure, target, attribute or column by its full name, such as `prev.team.calls`."""

    name: str


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """`-x`."""

    operand: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """What is negated."""
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`left operator right` with an operator of `+ - * / // %`."""

    operator: str
    left: Node
    right: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """Left and right."""
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Power(Node):
    """`operand ** exponent`, the exponent a whole number from 0 to 6."""

    operand: Node
    exponent: int

    @property
    def parts(self) -> tuple[Node, ...]:
        """What is multiplied by itself."""
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """`a < b <= c`: one operator of `< <= > >= == !=` between each two operands."""

    operators: tuple[str, ...]
    operands: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """What is compared."""
        return self.operands


@dataclass(frozen=True, slots=True)
class Membership(Node):
    """`operand in (options)`, or `not in` where `negated`; the options are literals of one kind."""

    operand: Node
    options: tuple[float, ...] | tuple[str, ...] | tuple[bool, ...]
    negated: bool

    @property
    def parts(self) -> tuple[Node, ...]:
        """What is looked for."""
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """`a and b and …` or `a or b or …`."""

    word: str
    operands: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """The conditions."""
        return self.operands


@dataclass(frozen=True, slots=True)
class Not(Node):
    """`not a`."""

    operand: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """The condition."""
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Choice(Node):
    """`body if test else otherwise`."""

    test: Node
    body: Node
    otherwise: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """Body, test and otherwise, as they stand in the text."""
        return (self.body, self.test, self.otherwise)


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A call of a function that is missing where an argument is missing."""

    function: StrictFunction
    arguments: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """The arguments."""
        return self.arguments


@dataclass(frozen=True, slots=True)
class Rounded(Node):
    """`round(operand, places)`."""

    operand: Node
    places: int

    @property
    def parts(self) -> tuple[Node, ...]:
        """What is rounded."""
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Interpolation(Node):
    """`interpolate(operand, (x1, y1), …)`: straight lines between points in order of x, flat beyond the ends."""

    operand: Node
    points: tuple[tuple[float, float], ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """What is looked up."""
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Missing(Node):
    """`missing(operand)`."""

    operand: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """What may be missing."""
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class FirstKnown(Node):
    """`first_known(a, b, …)`."""

    operands: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """What is tried in turn."""
        return self.operands


Literal: TypeAlias = Number | Text | YesNo


def every_node(tree: Node) -> Iterator[Node]:
    """The tree's nodes, each before its operands, from left to right."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.parts))


def names_in(tree: Node) -> frozenset[str]:
    """The full names that the tree mentions."""
    return frozenset(node.name for node in every_node(tree) if isinstance(node, Name))
