"""The words of `date_format`: `dd-mm-yyyy`, `d/m/yy hh:mm`, `dd mmm yyyy`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORDS = re.compile(r"yyyy|yy|mmmm|mmm|mm|m|dd|d|hh|h|ss|s|am/pm|ampm|[^a-z]+|[a-z]+", re.IGNORECASE)
_DATE_PARTS = {
    "yyyy": r"(?P<year>[0-9]{4})",
    "yy": r"(?P<year>[0-9]{2})",
    "mmmm": r"(?P<month>[A-Za-z]{3,9})",
    "mmm": r"(?P<month>[A-Za-z]{3,9})",
    "mm": r"(?P<month>[0-9]{1,2})",
    "m": r"(?P<month>[0-9]{1,2})",
    "dd": r"(?P<day>[0-9]{1,2})",
    "d": r"(?P<day>[0-9]{1,2})",
}
_CLOCK = r"(?:[ T]+(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:\s?[AaPp][Mm])?))?"
EXAMPLES = "dd-mm-yyyy, mm/dd/yyyy, dd mmm yyyy"


@dataclass(frozen=True, slots=True)
class DateShape:
    """A date format as a pattern with the groups year, month, day and time; `month_is_word` for `Jan`."""

    pattern: str
    month_is_word: bool
    starts_with_year: bool


def shape_of(date_format: str) -> DateShape | None:
    """The pattern of a format, or None where it does not name one year, month and day.

    A time of day may always follow the date; what the format says of it (`hh:mm`) only helps the reader.
    """
    date_words = re.split(r"[\sT]+(?=h{1,2}\b)", date_format.strip(), maxsplit=1)[0]
    pieces = [piece.lower() for piece in _WORDS.findall(date_words)]
    parts = [_DATE_PARTS.get(piece, re.escape(piece)) for piece in pieces]
    known = [piece for piece in pieces if piece in _DATE_PARTS]
    strange = [piece for piece in pieces if piece not in _DATE_PARTS and piece[0].isalpha()]
    if strange or sorted(piece[0] for piece in known) != ["d", "m", "y"]:
        return None
    pattern = "".join(parts).replace(r"\ ", r"\s+")
    return DateShape(
        f"^{pattern}{_CLOCK}$", any(len(piece) > 2 for piece in known if piece[0] == "m"), known[0][0] == "y"
    )
