"""Opening the database so that nothing acknowledged is lost, and one transaction at a time."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

SQLITE_PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",  # WAL with NORMAL loses acknowledged answers at a power cut
    "foreign_keys": "ON",
    "secure_delete": "ON",
    "busy_timeout": "10000",
}
WRITES = {"surveyapp_writes": True}


def open_engine(url: str) -> Engine:
    """An engine for the database at `url`; a SQLite file's folder is made when it is missing.

    Error messages never hold the values of a statement (they may be answers).
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, hide_parameters=True, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads."""
    with engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: committed at the end, rolled back on any error.

    On SQLite it takes the write lock at once (BEGIN IMMEDIATE): a transaction that reads first and asks for
    the lock later fails under contention, however long the timeout.
    """
    with engine.connect().execution_options(**WRITES) as connection, connection.begin():
        yield connection


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma, value in SQLITE_PRAGMAS.items():
        connection.execute(f"PRAGMA {pragma} = {value}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("surveyapp_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
