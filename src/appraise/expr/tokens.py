"""Words and signs of an expression, read before Python's parser: each refusal has its place and cure."""

from __future__ import annotations

import keyword
import re
from typing import TYPE_CHECKING, NamedTuple

from appraise.expr.characters import LOOKALIKES
from appraise.expr.complaints import Complaint

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"""(?P<blank>[ \n]+)
    |(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<name>[^\W\d]\w*)
    |(?P<text>"[^"\n]*"|'[^'\n]*')
    |(?P<sign>\*\*|//|<=|>=|==|!=|[-+*/%<>(),.])
    |(?P<other>&&|\|\||=>|=<|<>|:=|<<|>>|.)""",
    re.VERBOSE,
)

_WORDS = frozenset({"and", "or", "not", "if", "else", "in", "True", "False"})

_INSTEAD = {
    "=": "to compare, write ==",
    "=>": "write >=",
    "=<": "write <=",
    "<>": "write !=",
    ":=": "an expression cannot set a name",
    "&&": "write and",
    "&": "write and",
    "||": "write or",
    "|": "write or",
    "!": "write not",
    "~": "write not",
    "^": "for a power, write **",
    "?": "write: a if test else b",
    ":": "write: a if test else b",
    ";": "separate arguments by commas",
    "[": "use round brackets",
    "]": "use round brackets",
    "{": "use round brackets",
    "}": "use round brackets",
    "#": "write the comment outside the expression",
    "\\": "leave it out; a text may use the other kind of quotes",
    "$": "amounts are plain numbers",
    '"': "the text has no closing quote on its line",
    "'": "the text has no closing quote on its line",
}


_WORDS_INSTEAD = {
    "None": "to ask whether x has a value, write missing(x)",
    "is": "to compare, write ==; to ask whether x has a value, missing(x)",
    "IF": "write: a if test else b",
    "If": "write: a if test else b",
    "TRUE": "write True",
    "true": "write True",
    "FALSE": "write False",
    "false": "write False",
}


class Token(NamedTuple):
    """A word or sign: its sort (number, name, word, text, sign), its characters and where it starts."""

    sort: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The position after its last character."""
        return self.start + len(self.text)


def tokens_of(text: str) -> tuple[list[Token], list[Complaint]]:
    """The tokens in order, and what cannot be one (each kind of fault once)."""
    tokens: list[Token] = []
    faults: dict[str, Complaint] = {}
    for token in _scanned(text):
        fault = _fault_of(token, tokens[-1] if tokens else None)
        if fault is None:
            tokens.append(token)
        else:
            faults.setdefault(f"{fault.message}{fault.hint}", fault)
    return tokens, list(faults.values())


def _scanned(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        sort = match.lastgroup or "other"
        if sort == "name" and match.group() in _WORDS:
            sort = "word"
        if sort != "blank":
            yield Token(sort, match.group(), match.start())


def _fault_of(token: Token, previous: Token | None) -> Complaint | None:
    if token.sort == "other":
        return _unknown_sign(token)
    if token.sort == "number" and re.fullmatch(r"0[0-9]+", token.text):
        return _fault(token, f"the number '{token.text}' begins with 0", "leave the zeros out; numbers have no commas")
    if token.sort in {"name", "word"} and previous and previous.sort == "number" and previous.end == token.start:
        return _fault(token, f"'{token.text}' touches the number before it", "put an operator or a space between them")
    if token.sort == "name":
        return _fault_of_name(token)
    if token.sort == "text" and "\\" in token.text:
        return _fault(token, "the text holds a backslash", _INSTEAD["\\"])
    return None


def _fault_of_name(token: Token) -> Complaint | None:
    """Why the word cannot be a name."""
    name = token.text
    if name in _WORDS_INSTEAD:
        return _fault(token, f"'{name}' is not a word of formulas", _WORDS_INSTEAD[name])
    if keyword.iskeyword(name):
        return _fault(token, f"'{name}' is not a word of formulas", "see docs/language.md for what there is")
    if name.lower() in _WORDS:
        return _fault(token, f"'{name}' is no name", f"write it small: {name.lower()}")
    if name.startswith("_") or any(digit.isdigit() and digit not in "0123456789" for digit in name):
        return _fault(token, f"'{name}' cannot be a name", "a name begins with a letter and has digits from 0 to 9")
    return None


def _unknown_sign(token: Token) -> Complaint:
    shown = "a line end inside quotes" if token.text == "\n" else f"'{token.text}'"
    plain = LOOKALIKES.get(token.text)
    if token.text == "=" and token.start == 0:
        plain = "the formula without it"
    hint = f"write {plain}" if plain else _INSTEAD.get(token.text, "see docs/language.md for what there is")
    return _fault(token, f"{shown} is not a sign of formulas", hint)


def _fault(token: Token, message: str, hint: str) -> Complaint:
    return Complaint(start=token.start, end=token.end, code="formula-sign", message=message, hint=hint)
