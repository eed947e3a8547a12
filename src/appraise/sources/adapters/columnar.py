"""Parquet files, whose columns have types already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.plugin import RawTable
from appraise.sources.adapters.headings import headings_of

if TYPE_CHECKING:
    from appraise.plugin import ReadRequest


def read_columnar(request: ReadRequest) -> RawTable:
    """The table of a Parquet file; its rows are numbered from 1.

    Raises:
        OSError: the file cannot be opened.
        ValueError: it is no Parquet file, or a column holds lists or records.
    """
    with request.path.open("rb") as file:
        if file.read(4) != b"PAR1":
            raise ValueError("this is not a Parquet file: export it again")
    try:
        frame = pl.read_parquet(request.path, n_rows=request.rows, use_pyarrow=False)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as fault:
        raise ValueError(f"the Parquet file is damaged ({str(fault).splitlines()[0]})") from None
    nested = [name for name, kind in frame.schema.items() if kind.is_nested() or kind in (pl.Binary, pl.Object)]
    if nested:
        raise ValueError(f"column '{nested[0]}' holds lists, records or bytes: export plain values")
    frame.columns = headings_of(frame.columns, 0)
    lines = pl.Series("line", range(1, frame.height + 1), dtype=pl.Int64)
    return RawTable(frame, lines, header_line=0)
