"""Texts and ids: as written, so that `0017` and `17` are two people and an Excel 17.0 is `17`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from appraise.sources.clean.asked import Asked

_EXACT = 1e15
_NO_ID: tuple[tuple[str, str], ...] = (
    (r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", "it holds a line break or control character"),
    (r"^\.+[/\\]*$", "it is made of dots alone"),
    (r"[/\\]", "it holds a slash"),
    (r"^[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]+$", "a spreadsheet rounded it"),
    (r"^[0-9]+\.0+$", "a spreadsheet made a number of it"),
    (r"(?i)^(?:grand |sub)?total$", "it looks like a summary row"),
)


def texts_from_text(text: pl.Series, asked: Asked | None) -> pl.Series:  # noqa: ARG001 -- the face of all converters
    """The text itself."""
    return text


def texts_from_typed(column: pl.Series, asked: Asked | None = None) -> pl.Series:  # noqa: ARG001 -- the face of all converters
    """Typed cells the way a person writes them: whole numbers without point, days in ISO, `true` and `false`."""
    if column.dtype.is_float():
        whole = (column == column.floor()) & (column.abs() < _EXACT)
        integers = column.set(~whole.fill_null(value=False), None).cast(pl.Int64).cast(pl.String)
        return integers.zip_with(integers.is_not_null(), column.cast(pl.String))
    if column.dtype == pl.Datetime:
        written = column.dt.strftime("%Y-%m-%d %H:%M:%S")
        return written.str.replace(" 00:00:00$", "")
    if column.dtype == pl.Duration:
        return _clock(column.dt.total_seconds())
    return column.cast(pl.String)


def _clock(seconds: pl.Series) -> pl.Series:
    """`09:12:58` of seconds."""
    parts = pl.DataFrame({"hours": seconds // 3600, "minutes": seconds // 60 % 60, "seconds": seconds % 60})
    padded = [pl.col(name).cast(pl.String).str.zfill(2) for name in parts.columns]
    return parts.select(pl.concat_str(padded, separator=":")).to_series().alias(seconds.name)


def unusable_ids(ids: pl.Series) -> pl.Series:
    """Why each id cannot name a person, in words; null where it can."""
    reasons = [pl.when(ids.str.contains(pattern)).then(pl.lit(says)) for pattern, says in _NO_ID]
    return pl.select(pl.coalesce(reasons)).to_series()
