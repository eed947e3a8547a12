"""The rows that one SQL statement gives, over a connection that can only read."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import polars as pl
from sqlalchemy import bindparam, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool
from sqlalchemy.types import Date, String

from appraise.plugin import RawTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import URL, Connection, Engine, TextClause

    from appraise.plugin import ReadRequest

MOST_SECONDS = 60
"""How long a statement may run."""

MOST_ROWS = 5_000_000
"""How many rows it may give."""

_LARGEST_STATEMENT = 2**20
_STEPS = 100_000
_DRIVERS = {"postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql", "mariadb": "mariadb+pymysql"}
_PACKAGES = {"psycopg": "postgresql", "pymysql": "mysql"}
_KNOWN = "SQLite, PostgreSQL, MySQL and MariaDB"
_LARGEST_WHOLE = 2**63
_READS = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE})


def read_statement(request: ReadRequest) -> RawTable:
    """The result of the statement in the request's file, its rows in the order of their columns from left to right.

    Rows have numbers from 1 in that order, which is the same whatever order the database gives them in.

    Raises:
        OSError: the statement's file cannot be opened.
        ValueError: the database cannot be reached, does not know the statement, or would have to write.
    """
    statement = _statement(request.path, dict(request.parameters))
    engine = _engine(request.url or "")
    try:
        with engine.connect() as connection, _read_only(connection):
            result = connection.execute(statement)
            if not result.returns_rows:
                raise ValueError("the statement gives no rows: write one SELECT")
            names = list(result.keys())
            rows = result.fetchmany(MOST_ROWS + 1)
    except SQLAlchemyError as fault:
        raise ValueError(_in_words(fault, engine.url)) from None
    except sqlite3.Error as fault:  # while the connection is prepared
        raise ValueError(
            f"the database refused it ({fault}): try the statement in the database's own program"
        ) from None
    if len(rows) > MOST_ROWS:
        raise ValueError(f"the statement gives more than {MOST_ROWS:,} rows: let the database add them up")
    frame = _frame(names, rows)
    return RawTable(
        frame,
        pl.int_range(1, frame.height + 1, eager=True),
        header_line=0,
        fingerprint=_fingerprint(str(statement), frame),
    )


def _statement(path: Path, known: dict[str, str]) -> TextClause:
    """The statement with the values that it asks for, and no others."""
    if path.stat().st_size > _LARGEST_STATEMENT:
        raise ValueError("the file of the statement is larger than 1 MiB: put one SELECT into it")
    try:
        statement = text(path.read_text(encoding="utf-8-sig").strip().removesuffix(";"))
    except UnicodeDecodeError:
        raise ValueError("the statement is not written in UTF-8: save it as UTF-8") from None
    for name in sorted(statement.compile().params):
        if name not in known:
            hint = ", ".join(f":{each}" for each in sorted(known))
            raise ValueError(f"the statement asks for ':{name}', which is not known: there are {hint}")
        kind, value = (String(), known[name]) if name == "period" else (Date(), date.fromisoformat(known[name]))
        statement = statement.bindparams(bindparam(name, value, type_=kind))
    return statement


def _engine(written: str) -> Engine:
    """The engine of an address, without a pool, set to read alone."""
    try:
        url = make_url(written)
        dialect = url.get_backend_name()
        if dialect not in {"sqlite", *_DRIVERS}:
            raise ValueError(f"a database of the kind '{dialect}' is not known here: there are {_KNOWN}")
        url = url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))
        engine = create_engine(url, poolclass=NullPool, connect_args=_arguments(url))
    except ArgumentError:
        raise ValueError("the address is none of a database: write it like postgresql://user@host/name") from None
    except NoSuchModuleError as fault:
        raise ValueError(f"there is no such driver ({fault}): leave it out of the address") from None
    except ModuleNotFoundError as fault:
        extra = _PACKAGES.get(fault.name or "", fault.name)
        raise ValueError(f"its driver is not installed: pip install 'appraise-engine[{extra}]'") from None
    if dialect == "sqlite":
        _must_exist(url)
        event.listen(engine, "connect", _lock_sqlite)
    return engine


def _must_exist(url: URL) -> None:
    """Refuse a SQLite file that is not there: connecting would make an empty one."""
    named = url.database or ""
    if named and named != ":memory:" and not named.startswith("file:") and not Path(named).is_file():
        raise ValueError(f"the database has no file '{Path(named).name}': correct the path in the address")


def _arguments(url: URL) -> dict[str, Any]:
    """What the driver is told beside the address: to read alone, in a limited time."""
    milliseconds = MOST_SECONDS * 1000
    if url.get_backend_name() == "postgresql":
        options = f"-c default_transaction_read_only=on -c statement_timeout={milliseconds}"
        # What is prepared is one statement: the server itself refuses two.
        return {"options": options, "prepare_threshold": 0, "connect_timeout": 10}
    if url.get_backend_name() == "sqlite":
        return {"timeout": 10}
    return {"connect_timeout": 10, "read_timeout": MOST_SECONDS + 10, "local_infile": False}


def _lock_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """Let SQLite read alone: no writing, no other file, and no statement without an end."""
    deadline = monotonic() + MOST_SECONDS
    connection.execute("PRAGMA query_only = ON")
    connection.set_progress_handler(lambda: int(monotonic() > deadline), _STEPS)
    connection.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _READS else sqlite3.SQLITE_DENY)


@contextmanager
def _read_only(connection: Connection) -> Iterator[None]:
    """A transaction that cannot write, undone at its end all the same."""
    if connection.dialect.name in {"mysql", "mariadb"}:
        limit = (
            f"SET SESSION max_statement_time = {MOST_SECONDS}"
            if getattr(connection.dialect, "is_mariadb", False)
            else f"SET SESSION max_execution_time = {MOST_SECONDS * 1000}"
        )
        connection.exec_driver_sql(limit)
        connection.exec_driver_sql("SET SESSION TRANSACTION READ ONLY")
        connection.rollback()
    try:
        yield
    finally:
        if connection.dialect.name != "sqlite":  # SQLite may not even begin one here
            connection.rollback()


def _in_words(fault: SQLAlchemyError, url: URL) -> str:
    """What went wrong in the driver's first line, without the password."""
    said = str(fault.orig if isinstance(fault, DBAPIError) else fault).strip().splitlines() or [type(fault).__name__]
    first = said[0].replace(url.password, "***") if url.password else said[0]
    cure = "check the address, and try the statement in the database's own program"
    return f"the database says ({first.replace('(', '[').replace(')', ']')}): {cure}"


def _frame(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> pl.DataFrame:
    """The rows as a table, in the order of their columns; a column of several types becomes text."""
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"two columns of the result are called '{twice}': name one of them otherwise with AS")
    cells = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    frame = pl.DataFrame([_column(name, values) for name, values in zip(names, cells, strict=True)])
    return frame.sort(frame.columns, nulls_last=False, maintain_order=True) if names else frame


def _column(name: str, values: Sequence[Any]) -> pl.Series:
    kinds = {type(value) for value in values if value is not None}
    if kinds & {bytes, memoryview}:
        raise ValueError(f"the column '{name}' holds bytes: turn them into text or numbers in the statement")
    if kinds == {int} and all(value is None or -_LARGEST_WHOLE <= value < _LARGEST_WHOLE for value in values):
        return pl.Series(name, values, dtype=pl.Int64)
    if kinds and kinds <= {int, float, Decimal}:
        return pl.Series(name, [None if value is None else float(value) for value in values], dtype=pl.Float64)
    if kinds == {datetime}:
        return _moments(name, values)
    for kind, dtype in ((bool, pl.Boolean), (date, pl.Date), (time, pl.Time)):
        if kinds == {kind}:
            return pl.Series(name, values, dtype=dtype)
    return pl.Series(name, [None if value is None else str(value) for value in values], dtype=pl.String)


def _moments(name: str, values: Sequence[datetime | None]) -> pl.Series:
    """Moments with a zone as those of UTC, which the engine turns into the company's; others as they are."""
    if any(value is not None and value.tzinfo is not None for value in values):
        moved = [None if value is None else value.astimezone(UTC) for value in values]
        return pl.Series(name, moved, dtype=pl.Datetime("us", "UTC"))
    return pl.Series(name, values, dtype=pl.Datetime("us"))


def _fingerprint(statement: str, frame: pl.DataFrame) -> str:
    """The SHA-256 of the statement and of all that it gave."""
    digest = hashlib.sha256(statement.encode())
    digest.update(frame.write_csv(null_value="\0").encode())
    return digest.hexdigest()
