"""What to tell about a part of the wrong kind, and about a name that nobody declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.documents.suggest import did_you_mean
from appraise.expr.complaints import Complaint
from appraise.model.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from appraise.expr import nodes

IN_WORDS: Mapping[Kind, str] = {
    Kind.NUMBER: "a number",
    Kind.YES_NO: "a yes/no",
    Kind.TEXT: "a text",
    Kind.DATE: "a date",
}
"""How messages call the kinds."""

_OTHER_LEVELS = ("prev.", "team.", "company.")
_SHOWN = 8
_LONGEST = 40


def unknown_name(node: nodes.Name, scope: Iterable[str], hidden: frozenset[str] = frozenset()) -> Complaint:
    """The name is not among those that may be used, of which the `hidden` ones are not to be named."""
    known = [name for name in scope if name not in hidden]
    own = sorted((name for name in known if not name.startswith(_OTHER_LEVELS)), key=lambda name: "." in name)
    few = ", ".join(own[:_SHOWN]) + (", …" if len(own) > _SHOWN else "")
    hint = did_you_mean(node.name, known) or (f"the names here are {few}" if own else "there are no names here")
    message = f"unknown name '{node.name[:80]}'"
    return Complaint(start=node.start, end=node.end, code="unknown-name", message=message, hint=hint)


def misfit(node: nodes.Node, written: str, kinds: tuple[Kind | None, Kind], *, elsewhere: bool) -> Complaint:
    """The part, as it is written, is of the first of the kinds where its surroundings need the second.

    `elsewhere`: that it is of this kind follows from another use of it.
    """
    found, wanted = kinds
    short = written if len(written) <= _LONGEST else f"{written[: _LONGEST - 1]}…"
    shown = short if short[0] in "'\"" else f"'{short}'"
    is_kind = f"{IN_WORDS[found] if found else 'unknown'}{' elsewhere' if elsewhere else ''}"
    message = f"{shown} is {is_kind}, but {IN_WORDS[wanted]} is needed here"
    return Complaint(start=node.start, end=node.end, code="mixed-kinds", message=message, hint=_cure(found, wanted))


def _cure(found: Kind | None, wanted: Kind) -> str:
    """What to do about a kind that does not fit."""
    if wanted is Kind.YES_NO:
        return "compare it with something, as in x > 0"
    if found is Kind.YES_NO and wanted is Kind.NUMBER:
        return "write 1 if x else 0, or count_true(x, …)"
    if found is Kind.TEXT and wanted is Kind.NUMBER:
        return "numbers have no quotes; texts have no order"
    return "only values of one kind can be compared, calculated with or chosen between"
