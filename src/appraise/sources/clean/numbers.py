"""Numbers, percents and amounts of money: one grammar for every way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from appraise.sources.clean.asked import Asked

LARGEST = 1e15
"""Beyond it, up or down, whole numbers are no longer exact and a column is probably not what it says."""

_PLAIN = r"^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?$"
_PERCENT = r"\s*%$"
_NON_ZERO = r"^[^eE]*[1-9]"
_WITH_COMMA = r"(?:(?:[0-9]{1,3}(?:(?:\.[0-9]{3})+|(?:\s[0-9]{3})+)|[0-9]+)(?:,[0-9]*)?|,[0-9]+)"
_PLAIN_WITH_COMMA = rf"^[+-]?{_WITH_COMMA}(?:[eE][+-]?[0-9]{{1,4}})?$"
_WITH_POINT = r"(?:[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
_MONEY = (
    r"^(?P<open>\()?(?P<sign>[+-])?\s*(?P<before>\p{Sc}|[A-Z]{3}|Rs\.?)?\s*(?P<sign2>-)?"
    r"(?P<number>NUMBER)"
    r"\s*(?P<after>\p{Sc}|[A-Z]{3})?(?P<close>\))?$"
)


def numbers_from_text(text: pl.Series, asked: Asked) -> pl.Series:
    """Plain numbers; null where the text is none.

    Where nobody declared the column, and every cell has a percent sign, they are percents.
    """
    if not asked.declared and text.null_count() < len(text) and text.str.contains(_PERCENT).all():
        return percents_from_text(text, asked)
    return _plain(text, asked)


def percents_from_text(text: pl.Series, asked: Asked) -> pl.Series:
    """Numbers with or without percent sign, in percent: `94.01%` is 94.01."""
    return _plain(text.str.replace(_PERCENT, ""), asked)


def amounts_from_text(text: pl.Series, asked: Asked) -> pl.Series:
    """Amounts with thousands separators, one currency sign or code, and accounting brackets for negative ones.

    A column has one currency: cells in another one than its first are null.
    """
    number = _WITH_COMMA if asked.decimal_comma else _WITH_POINT
    parts = text.str.extract_groups(_MONEY.replace("NUMBER", number)).struct.unnest()
    digits = parts["number"] if asked.decimal_comma else parts["number"].str.replace_all(",", "", literal=True)
    frame = parts.with_columns(
        number=_plain(digits, asked),
        currency=pl.coalesce("before", "after"),
        negative=pl.col("open").is_not_null()
        | pl.col("sign").eq_missing(pl.lit("-"))
        | pl.col("sign2").eq_missing(pl.lit("-")),
    )
    currencies = frame["currency"].drop_nulls()
    first = currencies[0] if len(currencies) else ""
    one_currency = pl.col("currency").is_null() | (pl.col("currency") == first)
    one_mark = pl.col("before").is_null() | pl.col("after").is_null()
    closed = pl.col("open").is_null() == pl.col("close").is_null()
    signed = pl.when("negative").then(-pl.col("number")).otherwise("number")
    read = frame.select(pl.when(one_currency & one_mark & closed).then(signed)).to_series()
    plain = _plain(text, asked)
    return plain.zip_with(plain.is_not_null(), read)


def numbers_from_typed(column: pl.Series, asked: Asked) -> pl.Series:  # noqa: ARG001 -- the face of all converters
    """Float64 of a numeric column; dates and yes/no are no numbers."""
    if not column.dtype.is_numeric():
        return pl.Series(column.name, [None] * len(column), dtype=pl.Float64)
    return _within_range(column.cast(pl.Float64))


def _plain(text: pl.Series, asked: Asked) -> pl.Series:
    if asked.decimal_comma:
        text = text.set(~text.str.contains(_PLAIN_WITH_COMMA), None)
        text = text.str.replace_all(r"[.\s]", "").str.replace(",", ".", literal=True)
    number = text.set(~text.str.contains(_PLAIN), None).cast(pl.Float64, strict=False)
    vanished = (number == 0) & text.str.contains(_NON_ZERO)
    return _within_range(number).set(vanished.fill_null(value=False), None)


def _within_range(number: pl.Series) -> pl.Series:
    """The numbers that are finite and not beyond `LARGEST`, zero never negative."""
    kept = number.is_finite() & (number.abs() <= LARGEST)
    return number.set(~kept.fill_null(value=False), None) + 0.0
