"""Numbers, days and names as the reader sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import NumberPattern, parse_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from appraise.model.kinds import Value

MOST_LISTED, FIRST_LISTED = 12, 3
"""Above so many parts only the first ones of a list are told, and the last."""

DASH = "–"
MINUS = "\N{MINUS SIGN}"
UNITS = {
    "percent": "{}%",
    "currency": "{}",
    "count": "{}",
    "number": "{}",
    "rating_1_5": "{}",
    "minutes": "{} min",
    "seconds": "{} s",
    "hours": "{} h",
    "per_1000": "{} per 1,000",
}
TIGHT_UNITS = {"per_1000": "{}/1,000"}
"""Units as they stand in narrow columns."""

_HIDDEN = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff\\ud800-\\udfff]"
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Writes numbers and days in one language; `patterns` holds one pattern per count of decimals, 0 to 8."""

    locale: Locale
    patterns: tuple[NumberPattern, ...]

    def plain(self, value: float | Decimal, decimals: int) -> str:
        """`1,234.50`: grouped, with just so many decimals and a real minus sign."""
        pattern = self.patterns[min(max(decimals, 0), len(self.patterns) - 1)]
        return str(pattern.apply(Decimal(str(value)), self.locale)).replace("-", MINUS)

    def amount(self, value: float | None, unit: str, decimals: int) -> str:
        """The number with its unit; a dash where there is none."""
        if value is None:
            return DASH
        return with_unit(self.plain(value, decimals), unit)

    def tight(self, value: float | None, unit: str, decimals: int) -> str:
        """The number with its unit for a narrow column."""
        if value is None or unit not in TIGHT_UNITS:
            return self.amount(value, unit, decimals)
        return TIGHT_UNITS[unit].format(self.plain(value, decimals))

    def score(self, value: float | None) -> str:
        """A score with its two decimals; a dash where there is none."""
        return DASH if value is None else self.plain(value, 2)

    def points(self, hundredths: int) -> str:
        """Hundredths as points with a sign: `+0.12`."""
        sign = "+" if hundredths > 0 else ""
        return sign + self.plain(Decimal(hundredths) / 100, 2)

    def share(self, weight: float) -> str:
        """A weight in percent, with as many decimals as it needs, two at most."""
        rounded = Decimal(str(weight)).quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
        exponent = rounded.as_tuple().exponent
        return self.plain(rounded, max(0, -exponent) if isinstance(exponent, int) else 0) + "%"

    def loose(self, value: float) -> str:
        """A number with no more decimals than it has, six at most."""
        text = self.plain(value, 6)
        return text.rstrip("0").rstrip(".") if "." in text else text

    def value(self, value: Value) -> str:
        """Any value of an expression in words."""
        if value is None:
            return "missing"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, float | int):
            return self.loose(value)
        return clean(value) if isinstance(value, str) else self.day(value)

    def day(self, day: date) -> str:
        """`30 Sep 2026`."""
        return str(format_date(day, "d MMM yyyy", self.locale))

    def span(self, start: date, end: date) -> str:
        """`1 Jul – 30 Sep 2026`: the year once where it is the same."""
        first = format_date(start, "d MMM" if start.year == end.year else "d MMM yyyy", self.locale)
        return f"{first} – {self.day(end)}"


def numbers_for(language: str) -> Numbers:
    """The numbers of a language; an unknown one is an error of the caller."""
    locale = Locale.parse(language, sep="-")
    patterns = (parse_pattern("#,##0" + ("." + "0" * decimals if decimals else "")) for decimals in range(9))
    return Numbers(locale, tuple(patterns))


def is_language(language: str) -> bool:
    """Whether numbers and dates can be written in the language."""
    try:
        Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True


def with_unit(number: str, unit: str) -> str:
    """A written number with its unit: `73.0%`, `5 days`."""
    return UNITS.get(unit, f"{{}} {unit.replace('_', ' ')}").format(number)


def hundredths(value: float) -> int:
    """A number with two decimals as a whole number of hundredths."""
    return int(Decimal(str(value)).scaleb(2).to_integral_value(ROUND_HALF_UP))


def clean(text: str) -> str:
    """The text without control, bidirectional and surrogate characters; line breaks and tabs stay."""
    return _HIDDEN.sub("", text).replace("\t", " ")


def ends_of(parts: Sequence[str]) -> list[str]:
    """A list as it is, or where it is longer than anybody reads its first ones, `…` and the last."""
    return list(parts) if len(parts) <= MOST_LISTED else [*parts[:FIRST_LISTED], "…", parts[-1]]


def shortened(text: str, length: int) -> str:
    """The text on one line, cut with an ellipsis where it is longer."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
