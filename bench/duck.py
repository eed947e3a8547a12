"""Runs the hand-written SQL in DuckDB, over a table that is already loaded."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from bench.clock import timed


def main(people: Path, result: Path) -> None:
    """Scores everybody and says how many seconds it took, from the table of measures to the table of labels."""
    with duckdb.connect() as database:
        database.execute("CREATE TABLE measures AS SELECT * FROM read_parquet(?)", [str(people)])
        statement = (Path(__file__).parent / "peer.sql").read_text(encoding="utf-8")
        timed(lambda: database.execute(statement))
        database.table("result").write_parquet(str(result))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
