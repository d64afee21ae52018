"""Copying a SQLite database by SQLite itself: a copy of the file alone loses what is still in the log."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select, table

from surveyapp.storage.copy_errors import BackupError


def write(connection: Connection, copy: Path) -> None:
    """Copy what the open transaction sees, in one step: smaller steps start again at each write of others.

    Raises BackupError when there is no room.
    """
    try:
        with closing(sqlite3.connect(copy)) as target:
            _sqlite(connection).backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
    except sqlite3.Error as error:
        raise BackupError(f"la copia non è riuscita ({error})") from error


def rows(copy: Path) -> dict[str, int]:
    """The number of rows of each table; raises BackupError for a file that is not a sound database."""
    try:
        with closing(_open(copy)) as connection:
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
            if verdict != "ok":
                raise BackupError(f"la copia non è integra ({verdict})")
            tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
            return {name: _count(connection, name) for (name,) in tables if not name.startswith("sqlite_")}
    except sqlite3.Error as error:
        raise BackupError(f"la copia non si può leggere ({error})") from error


def load(engine: Engine, copy: Path) -> None:
    """Put a copy into an empty database: all of it or, when something goes wrong, nothing."""
    with engine.connect() as connection, closing(_open(copy)) as source:
        source.backup(_sqlite(connection))


def _sqlite(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError(f"not SQLite: {driver!r}")
    return driver


def _open(copy: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True)


def _count(connection: sqlite3.Connection, name: str) -> int:
    query = select(func.count()).select_from(table(name))
    return int(connection.execute(str(query)).fetchone()[0])
