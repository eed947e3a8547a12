"""Whether the words and signs of an expression stand in an order that can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.expr.complaints import Complaint
from appraise.model.naming import snake_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appraise.expr.tokens import Token

_VALUES = frozenset({"number", "name", "text"})
_TIMES = frozenset({"x", "X"})
_PREFIXES = frozenset({"-", "not", "("})
_BETWEEN = frozenset(
    {"+", "-", "*", "/", "//", "%", "**", "<", "<=", ">", ">=", "==", "!=", "and", "or", "if", "else", "in", ",", "."}
)


def order_faults(tokens: Sequence[Token]) -> list[Complaint]:
    """The first place where the order breaks, if any."""
    fault = _brackets(tokens) or _neighbours(tokens)
    return [fault] if fault else []


def _brackets(tokens: Sequence[Token]) -> Complaint | None:
    """A bracket without its partner."""
    open_ones: list[Token] = []
    for token in tokens:
        if token.sort == "sign" and token.text == "(":
            open_ones.append(token)
        elif token.sort == "sign" and token.text == ")":
            if not open_ones:
                return _fault(token, "this bracket was never opened", "delete it, or open it further left")
            open_ones.pop()
    return _fault(open_ones[-1], "this bracket is never closed", "close it with )") if open_ones else None


def _neighbours(tokens: Sequence[Token]) -> Complaint | None:
    """Two neighbours that cannot stand side by side."""
    value_before = False
    previous: Token | None = None
    for position, token in enumerate(tokens):
        if _is_value(token) or (token.text in _PREFIXES and not value_before):
            if value_before and token.text != "(":
                return _side_by_side(tokens, position)
            value_before = _is_value(token)
        elif token.text == "(" or (token.text == "not" and _text_at(tokens, position + 1) == "in"):
            value_before = False
        elif token.text == ")":
            if not value_before and (previous is None or previous.text not in {"(", ","}):
                return _lacking(previous)
            value_before = True
        elif token.text in _BETWEEN:
            if not value_before and not (previous and previous.text == "not" and token.text == "in"):
                return _stray(token, previous)
            value_before = False
        else:
            return _fault(token, f"'{token.text}' cannot stand here", "put an operator before it")
        previous = token
    return None if value_before else _lacking(previous)


def _side_by_side(tokens: Sequence[Token], position: int) -> Complaint:
    """The value at the position follows another one: a sign for times, a heading with blanks, or a lack of a sign."""
    token, last = tokens[position], position
    if token.text in _TIMES and _text_at(tokens, position + 1) not in {"", ")", *_BETWEEN}:
        return _fault(token, f"'{token.text}' is not a sign of formulas", "write * to multiply")
    first = position - 1 if tokens[position - 1].sort == token.sort == "name" else position
    while first < position and last + 1 < len(tokens) and tokens[last + 1].sort == "name":
        last += 1
    if first == position:
        return _fault(token, f"{_shown(token)} follows a value without an operator", "put one between them")
    words = " ".join(each.text for each in tokens[first : last + 1])
    return Complaint(
        start=tokens[first].start,
        end=tokens[last].end,
        code="formula-order",
        message=f"'{words}' is more than one name, for names have no blanks",
        hint=f"write {snake_case(words)} if it is the heading of a column, else put an operator between them",
    )


def _is_value(token: Token) -> bool:
    return token.sort in _VALUES or token.text in {"True", "False"}


def _shown(token: Token) -> str:
    return token.text if token.sort == "text" else f"'{token.text}'"


def _text_at(tokens: Sequence[Token], position: int) -> str:
    return tokens[position].text if position < len(tokens) else ""


def _stray(token: Token, previous: Token | None) -> Complaint:
    if previous is None and token.text == "+":
        return _fault(token, "'+' has nothing before it", "leave it out: a number without a sign is positive")
    before = f"'{previous.text}' is followed by '{token.text}'" if previous else f"'{token.text}' has nothing before it"
    return _fault(token, before, "a value is lacking between them" if previous else "put a value before it")


def _lacking(previous: Token | None) -> Complaint:
    """After this token a value is lacking."""
    if previous is None:
        return Complaint(start=0, end=1, code="formula-empty", message="the expression is empty", hint="write one")
    hint = "a percentage is a plain number: 10, not 10%" if previous.text == "%" else "complete it or delete the sign"
    return _fault(previous, f"after '{previous.text}' a value is lacking", hint)


def _fault(token: Token, message: str, hint: str) -> Complaint:
    return Complaint(start=token.start, end=token.end, code="formula-order", message=message, hint=hint)
