"""Wide sheets with a column for each month, turned into one row for each month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.sources.facts import DATE
from appraise.sources.rejects import rejected

if TYPE_CHECKING:
    from appraise.model.workspace import MonthsInColumns
    from appraise.sources.columns import Header

_YEARS = (1900, 2200)


def one_row_a_month(frame: pl.DataFrame, wide: MonthsInColumns, header: Header) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The long rows, January first, with the value and `_date` on the first of the month; and the rejected rows.

    A row without a readable year is rejected. A cell that is missing gives a row with a missing value.
    """
    year = header.named(wide.year) or wide.year
    months = [header.named(month) or month for month in wide.months]
    readable = pl.col(year).is_between(*_YEARS) & (pl.col(year) == pl.col(year).floor())
    known = frame.filter(readable.fill_null(value=False))
    unknown = frame.filter(~readable.fill_null(value=False))
    value = wide.value
    made = {*months, value, DATE}
    others = [name for name in frame.columns if name.removesuffix("!") not in made]
    long = [
        known.select(
            *others,
            pl.col(month).alias(value),
            (pl.col(f"{month}!") if f"{month}!" in known.columns else pl.lit(value=False)).alias(f"{value}!"),
            pl.datetime(pl.col(year).cast(pl.Int32), number, 1, time_unit="us").alias(DATE),
            pl.int_range(pl.len()).alias("_row"),
        )
        for number, month in enumerate(months, start=1)
    ]
    rows = pl.concat(long).sort("_row", DATE, maintain_order=True).drop("_row")
    if not rows[f"{value}!"].any():
        rows = rows.drop(f"{value}!")
    return rows, rejected(unknown, f"it has no readable year in '{wide.year}'")
