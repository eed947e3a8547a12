"""Sources that are one statement over a database: SQLite always, PostgreSQL and MariaDB where they run."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

import pytest
import sqlalchemy

from appraise.model.workspace import PersonKey
from appraise.plugin import ReadRequest
from appraise.sources.adapters.database import read_statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.sources.conftest import Desk

DAYS = (("period", "2026-Q3"), ("period_start", "2026-04-01"), ("period_end", "2026-09-30"))
SERVERS = {
    "postgresql": os.environ.get("APPRAISE_TEST_POSTGRESQL", "postgresql+psycopg://postgres@127.0.0.1:5432/test"),
    "mariadb": os.environ.get("APPRAISE_TEST_MARIADB", "mariadb+pymysql://root@127.0.0.1:3306/test"),
}
PAYMENTS = """
create table appraise_payments (id int, collector varchar(20), paid_on date, amount numeric(12, 2), note varchar(40));
insert into appraise_payments values (2, '0017', '2026-07-04', 120.50, 'first; second');
insert into appraise_payments values (1, '0017', '2026-05-02', 80, null);
insert into appraise_payments values (3, '42', '2026-10-01', 7, 'too late')
"""


@pytest.fixture
def shop(tmp_path: Path) -> str:
    """A database of SQLite with three payments."""
    with sqlite3.connect(tmp_path / "shop.db") as connection:
        connection.executescript(PAYMENTS)
    connection.close()
    return f"sqlite:///{tmp_path / 'shop.db'}"


@pytest.fixture(params=sorted(SERVERS))
def server(request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of a server with the same payments."""
    address = SERVERS[request.param]
    engine = sqlalchemy.create_engine(address, poolclass=sqlalchemy.NullPool, connect_args={"connect_timeout": 3})
    try:
        engine.connect().close()
    except sqlalchemy.exc.OperationalError as fault:
        pytest.skip(f"no {request.param} to be had here: {str(fault.orig).splitlines()[0]}")
    with engine.begin() as connection:
        connection.exec_driver_sql("drop table if exists appraise_payments")
        for statement in PAYMENTS.split(";\n"):
            connection.exec_driver_sql(statement)
    yield address
    with engine.begin() as connection:
        connection.exec_driver_sql("drop table appraise_payments")


def request_of(folder: Path, url: str, statement: str) -> ReadRequest:
    """What the adapter is asked, with the statement in a file."""
    (folder / "query.sql").write_text(statement, "utf-8")
    return ReadRequest(folder / "query.sql", url=url, parameters=DAYS)


BETWEEN = """
select id, collector, paid_on, amount, note from appraise_payments where paid_on between :period_start and :period_end
"""


def test_rows_come_in_the_order_of_their_columns_with_bound_days(shop: str, tmp_path: Path) -> None:
    """The row with the smallest key is row 1, whatever the order in the table."""
    raw = read_statement(request_of(tmp_path, shop, BETWEEN + "order by id desc;"))

    assert raw.frame.select("id", "collector", "amount", "note").rows() == [
        (1, "0017", 80.0, None),
        (2, "0017", 120.5, "first; second"),
    ]
    assert raw.lines.to_list() == [1, 2]


def test_servers_give_what_the_file_gives(server: str, shop: str, tmp_path: Path) -> None:
    """PostgreSQL and MariaDB answer with the same values as SQLite; only their days are days already."""
    there, here = (read_statement(request_of(tmp_path, url, BETWEEN)) for url in (server, shop))

    assert there.frame.drop("paid_on").equals(here.frame.drop("paid_on"))
    assert [str(day) for day in there.frame["paid_on"]] == here.frame["paid_on"].to_list()


def test_the_fingerprint_is_of_what_was_read(shop: str, tmp_path: Path) -> None:
    """The same rows give the same fingerprint, in whatever order they come, and other rows another one."""
    statement = "select id from appraise_payments where id < {}"
    prints = [read_statement(request_of(tmp_path, shop, statement.format(limit))).fingerprint for limit in (9, 9, 3)]
    assert prints[0] == prints[1] != prints[2]


WRITES = [
    "delete from appraise_payments",
    "drop table appraise_payments",
    "insert into appraise_payments values (9, 'x', '2026-07-01', 1, null)",
    "select 1; drop table appraise_payments",
    "create table appraise_more (id int)",
]


@pytest.mark.parametrize("statement", [*WRITES, "attach 'other.db' as other", "pragma query_only = off", "vacuum"])
def test_sqlite_refuses_everything_but_reading(statement: str, shop: str, tmp_path: Path) -> None:
    """A statement that writes, or reaches for another file, is refused in words and changes nothing."""
    with pytest.raises(ValueError, match=r"^(the database |the statement gives no rows)"):
        read_statement(request_of(tmp_path, shop, statement))

    raw = read_statement(request_of(tmp_path, shop, "select count(*) as n from appraise_payments"))
    assert raw.frame["n"].to_list() == [3]


@pytest.mark.parametrize("statement", [*WRITES, "select 1; commit; delete from appraise_payments"])
def test_servers_refuse_everything_but_reading(statement: str, server: str, tmp_path: Path) -> None:
    """A statement that writes, or two statements, are refused by the server and change nothing."""
    with pytest.raises(ValueError, match=r"^(the database |the statement gives no rows)"):
        read_statement(request_of(tmp_path, server, statement))

    raw = read_statement(request_of(tmp_path, server, "select count(*) as n from appraise_payments"))
    assert raw.frame["n"].to_list() == [3]


@pytest.mark.parametrize(
    ("url", "statement", "says"),
    [
        pytest.param("", "select :customer", "asks for ':customer'", id="unknown value"),
        pytest.param("", "select 1 as a, 2 as a", "two columns of the result are called 'a'", id="name twice"),
        pytest.param("", "select x'00ff' as picture", "'picture' holds bytes", id="bytes"),
        pytest.param("", "selct 1", "the database says", id="mistyped"),
        pytest.param("nonsense", "select 1", "none of a database", id="no address"),
        pytest.param("oracle://u@h/d", "select 1", "'oracle' is not known here", id="another kind"),
        pytest.param("sqlite:////nowhere/at/all.db", "select 1", "the database has no file 'all.db'", id="no file"),
    ],
)
def test_what_cannot_be_read_is_told_in_words(url: str, statement: str, says: str, shop: str, tmp_path: Path) -> None:
    """Each mistake is one sentence with its cure."""
    with pytest.raises(ValueError, match=says) as caught:
        read_statement(request_of(tmp_path, url or shop, statement))

    assert ": " in str(caught.value)


def test_a_mistyped_file_of_sqlite_is_not_made(tmp_path: Path) -> None:
    """A path without a file is an error, and no empty database is left behind."""
    with pytest.raises(ValueError, match=r"has no file 'shpo\.db'"):
        read_statement(request_of(tmp_path, f"sqlite:///{tmp_path / 'shpo.db'}", "select 1"))

    assert not (tmp_path / "shpo.db").exists()


def test_a_password_is_never_told(tmp_path: Path) -> None:
    """A server that cannot be reached is named without the password."""
    url = "postgresql://reader:sesame@127.0.0.1:1/sesame"
    with pytest.raises(ValueError, match="the database says") as caught:
        read_statement(request_of(tmp_path, url, "select 1"))

    assert "sesame" not in str(caught.value)


def test_a_source_asks_the_environment_for_its_address(desk: Desk, shop: str) -> None:
    """A log over a database is read like one from a file, with the days of the period before and of this one."""
    desk.write("queries/payments.sql", BETWEEN)
    spec = desk.spec(
        "ledger", "queries/payments.sql", url="${SHOP}", adapter="sql", person=PersonKey("collector"), date=("paid_on",)
    )
    tables, problems = desk.collect(spec, environment={"SHOP": shop})

    assert problems == []
    assert tables["ledger"].frame.select("amount", "_person", "_line").rows() == [(80.0, "0017", 1), (120.5, "0017", 2)]


def test_a_name_that_the_environment_lacks_is_a_problem(desk: Desk) -> None:
    """The source counts as missing, and the name is told with where it is asked for."""
    desk.write("queries/payments.sql", BETWEEN)
    spec = desk.spec("ledger", "queries/payments.sql", url="${SHOP}", adapter="sql", person=PersonKey("collector"))
    tables, problems = desk.collect(spec)

    assert [(problem.code, str(problem.place)) for problem in problems] == [
        ("environment-not-set", "appraise.yaml:3:5")
    ]
    assert tables["ledger"].status == "missing"
