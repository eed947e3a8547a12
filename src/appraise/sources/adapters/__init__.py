"""The shipped kinds of files: CSV, Excel, Parquet and SQL, declared through the same hook as anyone's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.plugin import SourceAdapter, hookimpl
from appraise.sources.adapters.columnar import read_columnar
from appraise.sources.adapters.delimited import read_delimited
from appraise.sources.adapters.workbook import read_workbook

if TYPE_CHECKING:
    from appraise.plugin import RawTable, ReadRequest

__all__ = ["appraise_sources"]


def _read_database(request: ReadRequest) -> RawTable:
    from appraise.sources.adapters.database import read_statement  # noqa: PLC0415 -- SQLAlchemy loads slowly

    return read_statement(request)


@hookimpl
def appraise_sources() -> list[SourceAdapter]:
    """The adapters `csv`, `excel`, `parquet` and `sql`."""
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
        SourceAdapter(
            name="sql",
            suffixes=(".sql",),
            read=_read_database,
            doc="The rows that one SELECT gives, over a connection to a database that can only read.",
            isolated=True,
        ),
    ]
