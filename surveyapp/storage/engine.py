"""Opening the database so that nothing acknowledged is lost, and one transaction at a time."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

SQLITE_PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",  # WAL with NORMAL loses acknowledged answers at a power cut
    "foreign_keys": "ON",
    "secure_delete": "ON",
    "busy_timeout": "10000",
}
POSTGRESQL_CONNECTION = {
    "application_name": "surveyapp",
    "client_encoding": "utf8",
    "connect_timeout": 5,
    # A server that vanished is noticed after 30 seconds, not after the two hours of TCP.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "tcp_user_timeout": 30_000,
    # Nobody waits longer for a row than for SQLite's file: then the page says to try again.
    "options": f"-c lock_timeout={SQLITE_PRAGMAS['busy_timeout']}",
    # After a failover the old server may answer, but take nothing.
    "target_session_attrs": "read-write",
}
# A gunicorn process has four threads: each its connection, and as many again for moments of crowding. Who
# waits for a connection longer than `pool_timeout` seconds gets the page that says to try again.
POOL = {"pool_size": 4, "max_overflow": 4, "pool_timeout": 10}
# Each transaction that reads sees one moment, as on SQLite, and cannot write.
POSTGRESQL_READS = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
WRITES = {"surveyapp_writes": True}


def open_engine(url: str) -> Engine:
    """An engine for the database at `url`; a SQLite file's folder is made when it is missing.

    Error messages never hold the values of a statement (they may be answers). Raises ArgumentError for what
    is not the address of a SQLite or PostgreSQL database.
    """
    parsed = make_url(url)
    backend = parsed.get_backend_name()
    if backend not in _OPEN:
        raise ArgumentError(f"neither sqlite nor postgresql: {backend}")
    return _OPEN[backend](parsed)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads, and sees one moment however many statements it runs."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(**POSTGRESQL_READS)
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: committed at the end, rolled back on any error.

    On SQLite it takes the write lock at once (BEGIN IMMEDIATE): a transaction that reads first and asks for
    the lock later fails under contention, however long the timeout. On PostgreSQL it is READ COMMITTED: each
    statement sees what was committed before it, so who saves locks its row first and reads after.
    """
    with engine.connect().execution_options(**WRITES) as connection, connection.begin():
        yield connection


def _open_sqlite(url: URL) -> Engine:
    if url.database and not url.database.startswith((":memory:", "file:")):
        _make_file(Path(url.database))
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)  # answers: for the owner's eyes only (SQLite gives its log the same mode)


def _open_postgresql(url: URL) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,  # a server that was restarted costs nobody an error
        connect_args=POSTGRESQL_CONNECTION,
        **POOL,
    )
    event.listen(engine, "handle_error", _forget_values)
    return engine


_OPEN: dict[str, Callable[[URL], Engine]] = {"sqlite": _open_sqlite, "postgresql": _open_postgresql}


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma, value in SQLITE_PRAGMAS.items():
        connection.execute(f"PRAGMA {pragma} = {value}")


def _forget_values(context: ExceptionContext) -> None:
    """Keep the first line of PostgreSQL's message: the details repeat the row, which may be an answer."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).split("\n", 1)[0], *error.args[1:])


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("surveyapp_writes"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif driver := connection.connection.driver_connection:
        driver.execute("BEGIN")  # touches no file, so that it cannot fail: nothing to translate
