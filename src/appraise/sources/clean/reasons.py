"""Why a cell is not what its column should be, in words, and what to do about it."""

from __future__ import annotations

import re

from appraise.sources.clean.date_words import EXAMPLES

_THINGS = {
    "number": "a number",
    "percent": "a percent",
    "currency": "an amount in the column's currency",
    "duration": "a duration",
    "yes_no": "yes or no",
    "date": "a date",
}
_LONGEST = 60
_BEFORE, _AFTER = r"\(?\s*(?:[^\W\d_]{1,3}\.?|[^\w\s.,+-])?\s*", r"\s*(?:[^\W\d_]{1,3}|[^\w\s.,])?\)?"
_OTHER_DECIMALS = {
    mark: re.compile(
        rf"{_BEFORE}(?P<number>[+-]?(?:[0-9]*{sign}(?:[0-9]{{1,2}}|[0-9]{{4,}})|"
        rf"[0-9]{{1,3}}(?:[{thousands}\s][0-9]{{3}})+{sign}[0-9]+)){_AFTER}"
    )
    for mark, sign, thousands in ((",", ",", "."), (".", r"\.", ","))
}
"""Numbers by the sign before their decimals; three digits after it, without others before, may be thousands."""

_NUMBER_REASONS: tuple[tuple[str, str, str], ...] = (
    (r"(?i)[+-]?(nan|inf|infinity)|.*∞.*", "it is not finite", "leave the cell blank where there is no number"),
    (r"(?i)#(n/a|div/0!|ref!|value!|name\?|num!|null!).*", "it is an error of the spreadsheet", "mend it there"),
    (r"[+-]?[0-9.]+\s*%", "it is a percent", "declare it under `types:` as percent"),
    (r"[0-9]+(:[0-9]{2}){1,2}(\.[0-9]+)?|.*\bdays?\b.*:.*", "it is a duration",
     "declare it under `types:` as duration"),
    (r"0[xXoObB].*", "it is no decimal number", "write it with the digits 0 to 9"),
    (r"\(.*[0-9].*\)", "brackets are no minus sign", "write -5, or declare it under `types:` as currency"),
    (r"[−–—].*[0-9].*", "the minus sign is another character", "write it with a plain hyphen"),
    (r"[+-]?[0-9]{1,3},[0-9]{3}", "its comma can mean thousands or decimals",
     "for thousands declare it under `types:` as currency; for decimals write `decimal: comma` under the source"),
    (r"[+-]?[0-9]{1,3}(,[0-9]{2,3})*,[0-9]{3}(\.[0-9]+)?", "it has thousands separators",
     "write it without them, or declare it under `types:` as currency"),
    (r"(?i)true|false|yes|no", "it is yes or no", "write a number, or use the column as yes/no"),
    (r"(?i)n/?a|null|none|nil|-+|\?+|\.+|—|–", "it seems to mean that there is none",
     "leave the cell blank, or list it under `missing_marks:`"),
    (r"[+-]?[0-9.]+([eE].*)?", "it is too large or too small", "up to 1,000,000,000,000,000 is read"),
    (r".*[0-9].*", "it has something beside the digits", "write the number alone, units belong into the heading"),
)  # fmt: skip


def why_unreadable(text: str, kind: str, *, is_typed: bool = False, decimal_comma: bool = False) -> tuple[str, str]:
    """The fault of a cell in words, and its cure.

    Args:
        text: the cell as written.
        kind: the type word that its column should have.
        is_typed: whether the cell is no text but a typed cell of another kind.
        decimal_comma: whether the source says that its numbers have one.
    """
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    says = f"'{shown}' is not {_THINGS.get(kind, 'of that kind')}"
    if kind == "date":
        return says, _date_cure(text, is_typed=is_typed)
    if kind == "yes_no":
        return says, "write Y or N; 1 and 0 are read where the column is declared under `types:` as yes_no"
    if found := _other_decimals(text, decimal_comma=decimal_comma):
        return f"{says}, {found[0]}", found[1]
    if kind == "duration":
        return says, "write hours:minutes:seconds, minutes:seconds or a number of seconds"
    for pattern, reason, cure in _NUMBER_REASONS:
        if re.fullmatch(pattern, text):
            return f"{says}, {reason}", cure
    return says, "write a number, or leave the cell blank where there is none"


def _other_decimals(text: str, *, decimal_comma: bool) -> tuple[str, str] | None:
    """What to say of a number whose decimals stand after the other sign than the source says."""
    mark, other = (",", ".") if decimal_comma else (".", ",")
    found = _OTHER_DECIMALS[other].fullmatch(text)
    if found is None:
        return None
    number = re.sub(rf"[\s{re.escape(mark)}]", "", found["number"]).replace(other, mark)
    if decimal_comma:
        return f"it has a decimal point; here that is {number}", "write it so, or take `decimal: comma` out"
    return f"it looks like {number} with a decimal comma", "write `decimal: comma` under the source"


def _date_cure(text: str, *, is_typed: bool) -> str:
    if is_typed or re.fullmatch(r"[0-9]{4,6}(\.[0-9]+)?", text):
        return "it is a number: give the cells a date format in the spreadsheet, or write 2026-10-02"
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?", text):
        return "there is no such day"
    if re.search(r"[0-9]+[-/. ]\w+[-/. ][0-9]+", text):
        return f"write it as 2026-10-02, or say `date_format:` for this source ({EXAMPLES})"
    return "write it as 2026-10-02"
