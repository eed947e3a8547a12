"""The shipped kinds of files: CSV, Excel and Parquet, declared through the same hook as anyone's."""

from __future__ import annotations

from appraise.plugin import SourceAdapter, hookimpl
from appraise.sources.adapters.columnar import read_columnar
from appraise.sources.adapters.delimited import read_delimited
from appraise.sources.adapters.workbook import read_workbook

__all__ = ["appraise_sources"]


@hookimpl
def appraise_sources() -> list[SourceAdapter]:
    """The adapters `csv`, `excel` and `parquet`."""
    return [
        SourceAdapter(
            name="csv",
            suffixes=(".csv", ".tsv", ".txt"),
            read=read_delimited,
            doc="Text with a separator between the cells: comma, semicolon, tab or bar.",
        ),
        SourceAdapter(
            name="excel",
            suffixes=(".xlsx", ".xlsm"),
            read=read_workbook,
            doc="A sheet of an Excel workbook; results of formulas are read as last saved.",
            isolated=True,
        ),
        SourceAdapter(
            name="parquet",
            suffixes=(".parquet",),
            read=read_columnar,
            doc="A Parquet file.",
        ),
    ]
