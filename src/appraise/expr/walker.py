"""The one evaluator of the language: simpleeval's walker over our own closed table of node handlers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from simpleeval import SimpleEval

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Result = TypeVar("Result")


class Walker(SimpleEval, Generic[Result]):  # type: ignore[misc]  # simpleeval ships no types
    """Gives a meaning to a tree: each binding (grammar, kinds, numbers, columns, words) is a table of handlers.

    A type of node without a handler raises `simpleeval.FeatureNotAvailable`. The constructor of SimpleEval is not
    called: its own handlers, operators, functions and names never exist, so nothing can fall back to them.
    """

    def __init__(self, handlers: Mapping[type[Any], Callable[[Any], Result]]) -> None:
        self.nodes = dict(handlers)

    def _check_disallowed_items(self, item: object) -> None:
        """Do nothing: simpleeval looks here for modules and functions, and our handlers give neither."""

    def walk(self, node: object) -> Result:
        """What the node means."""
        return cast("Result", self._eval(node))
