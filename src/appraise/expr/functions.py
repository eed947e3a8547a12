"""The closed table of functions: those of the language and those that plugins declare."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from appraise.expr.shipped import Workdays, shipped_functions
from appraise.expr.strict import StrictFunction
from appraise.expr.trial import fault_of
from appraise.model.place import Place
from appraise.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import polars as pl

    from appraise.model.kinds import Kind, Value

__all__ = ["Functions", "PluginFunction", "StrictFunction", "Workdays", "functions_with"]

SPECIAL: Mapping[str, tuple[str, str]] = {
    "round": (
        "round(x, places)",
        "x rounded half away from zero to so many decimals, a whole number from 0 to 9",
    ),
    "missing": ("missing(x)", "yes where x has no value; never missing itself"),
    "first_known": ("first_known(a, b, …)", "the first of the values that is not missing"),
    "interpolate": (
        "interpolate(x, (x1, y1), (x2, y2), …)",
        "straight lines between the points, which are numbers in order of x; flat before the first and after the last",
    ),
}
"""The functions whose arguments are not just values, or which do something about missing ones: signature and doc."""

_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


class PluginFunction(Protocol):
    """What a plugin declares; `appraise.plugin.Function` has this shape."""

    @property
    def name(self) -> str:
        """The word in a formula."""
        ...

    @property
    def takes(self) -> tuple[Kind, ...]:
        """The kinds of the positional arguments."""
        ...

    @property
    def gives(self) -> Kind:
        """The kind of the result."""
        ...

    @property
    def scalar(self) -> Callable[..., Value]:
        """What it does to plain values."""
        ...

    @property
    def column(self) -> Callable[..., pl.Expr]:
        """What it does to columns."""
        ...

    @property
    def doc(self) -> str:
        """One line for users."""
        ...


@dataclass(frozen=True, slots=True)
class Functions:
    """The functions that an expression may call; `strict` are those that are missing where an argument is missing."""

    strict: Mapping[str, StrictFunction] = field(default_factory=shipped_functions)

    def __contains__(self, name: object) -> bool:
        """Whether there is a function of this name."""
        return name in SPECIAL or name in self.strict

    def __iter__(self) -> Iterator[str]:
        """The names, in alphabetical order."""
        return iter(sorted([*SPECIAL, *self.strict]))

    def signature(self, name: str) -> str:
        """How the function is called, such as `clamp(x, low, high)`."""
        return SPECIAL[name][0] if name in SPECIAL else self.strict[name].signature

    def doc(self, name: str) -> str:
        """What the function gives, in a line."""
        return SPECIAL[name][1] if name in SPECIAL else self.strict[name].doc


def functions_with(
    extra: Iterable[PluginFunction] = (), workdays: Workdays | None = None, time_zone: str = "UTC"
) -> tuple[Functions, list[Problem]]:
    """The language's functions and those of plugins.

    Args:
        extra: what plugins declare, in order; of two with one name the first stays.
        workdays: what `working_days_between` counts, Monday to Friday by default.
        time_zone: the IANA name of the zone of company time, from which `local_hour` begins.
    """
    table = shipped_functions(workdays, time_zone)
    problems: list[Problem] = []
    for declared in extra:
        problem = _problem_with(declared, table)
        if problem is None:
            table[declared.name] = _strict(declared)
        else:
            problems.append(problem)
    return Functions(table), problems


def _strict(declared: PluginFunction) -> StrictFunction:
    """The declaration in our own shape."""
    arguments = ", ".join(kind.value for kind in declared.takes)
    return StrictFunction(
        name=declared.name,
        signature=f"{declared.name}({arguments})",
        doc=declared.doc,
        takes=declared.takes,
        gives=declared.gives,
        scalar=declared.scalar,
        column=declared.column,
    )


def _problem_with(declared: PluginFunction, table: Mapping[str, StrictFunction]) -> Problem | None:
    """Why the declaration cannot join the table."""
    place, name = Place("plugins"), declared.name
    if not _NAME.fullmatch(name) or keyword.iskeyword(name):
        message = f"function '{name}': this cannot be a name in a formula"
        return Problem(place, code="function-name", message=message, hint="use lower case letters, digits and _")
    if name in SPECIAL or name in table:
        message = f"function '{name}': there is a function of this name already"
        return Problem(place, code="function-clash", message=message, hint="rename it in the plugin")
    if fault := fault_of(declared):
        message = f"function '{name}': {fault}"
        return Problem(place, code="function-unfit", message=message, hint="mend the plugin; no formula can call it")
    return None
