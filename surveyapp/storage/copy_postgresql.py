"""Copying a PostgreSQL database with its own programs, pg_dump and pg_restore."""

import os
import re
import shutil
import subprocess  # nosec B404  # PostgreSQL's own programs, without a shell
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy import Connection, Engine, func, select

from surveyapp.storage.copy_errors import BackupError

_TABLE_BEGINS = re.compile(rb'COPY (?:\w+|"[^"]+")\.(\w+|"[^"]+") .*FROM stdin;')
_TABLE_ENDS = b"\\.\n"


def write(connection: Connection, copy: Path) -> None:
    """Dump what the open transaction sees; raises BackupError with what pg_dump says."""
    snapshot = connection.execute(select(func.pg_export_snapshot())).scalar_one()
    _run(
        connection.engine,
        *("pg_dump", "--format=custom", "--no-owner", "--no-privileges"),
        *(f"--snapshot={snapshot}", f"--file={copy}"),
    )


def rows(copy: Path) -> dict[str, int]:
    """The number of rows of each table in a dump; raises BackupError for a file that cannot be read."""
    command = [_program("pg_restore"), "--data-only", "--file=-", str(copy)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603 - fixed words
        counted = _count(process.stdout or ())
        said = process.stderr.read() if process.stderr else b""
    if process.returncode:
        raise BackupError(f"la copia non si può leggere ({_last_line(said)})")
    return counted


def load(engine: Engine, copy: Path) -> None:
    """Put a dump into an empty database, in one transaction; raises BackupError with what pg_restore says."""
    _run(
        engine,
        *("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"),
        str(copy),
    )


def _run(engine: Engine, program: str, *words: str) -> None:
    """Run a program on the engine's database; the password goes by the environment, commands can be seen."""
    _, known = engine.dialect.create_connect_args(engine.url)
    address = {name: value for name, value in known.items() if name not in ("password", "context")}
    environment = {**os.environ, **({"PGPASSWORD": known["password"]} if "password" in known else {})}
    command = [_program(program), *words, f"--dbname={make_conninfo(**address)}", "--no-password"]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603 - fixed words
    if done.returncode:
        raise BackupError(f"{program} non è riuscito ({_last_line(done.stderr)})")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupError(f"manca il programma {name}: installa il pacchetto postgresql-client")
    return found


def _count(lines: Iterable[bytes]) -> dict[str, int]:
    """Rows between the beginning and the end of each table; line ends inside a row are escaped."""
    counted: Counter[str] = Counter()
    table = None
    for line in lines:
        if table is None:
            begins = _TABLE_BEGINS.match(line)
            table = begins and begins[1].decode().strip('"')
            if table:
                counted[table] += 0
        elif line == _TABLE_ENDS:
            table = None
        else:
            counted[table] += 1
    return dict(counted)


def _last_line(said: bytes) -> str:
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "senza spiegazione"
