"""Backups: made while others write, read again before they count, put back into an empty database."""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection, Engine, func, inspect, select, table

from surveyapp.storage import copy_postgresql, copy_sqlite, schema
from surveyapp.storage.copy_errors import BackupError
from surveyapp.storage.engine import reading

FORMAT = 1
MODE = 0o600


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, as its sheet beside it says."""

    format: int
    database: str
    application: str
    schema: str
    moment: str
    sha256: str
    rows: Mapping[str, int]


@dataclass(frozen=True)
class Copy:
    """How one kind of database is copied.

    `write` copies what the open transaction sees, `rows` reads a copy again (raises BackupError when it is
    not sound), `load` puts it into an empty database; `empty` says how to get one.
    """

    suffix: str
    write: Callable[[Connection, Path], None]
    rows: Callable[[Path], dict[str, int]]
    load: Callable[[Engine, Path], None]
    empty: str


COPIES = {
    "sqlite": Copy(
        ".db",
        copy_sqlite.write,
        copy_sqlite.rows,
        copy_sqlite.load,
        "scrivi in SURVEYAPP_DATABASE_URL il nome di un file che non c'è ancora",
    ),
    "postgresql": Copy(
        ".dump",
        copy_postgresql.write,
        copy_postgresql.rows,
        copy_postgresql.load,
        "crea un database nuovo (createdb) e scrivilo in SURVEYAPP_DATABASE_URL",
    ),
}


def manifest_path(backup: Path) -> Path:
    """The sheet that stands beside a backup."""
    return backup.with_name(backup.name + ".json")


def file_name(engine: Engine, now: datetime) -> str:
    """The name of a backup of this moment."""
    return f"surveyapp-{now:%Y%m%dT%H%M%SZ}{COPIES[engine.dialect.name].suffix}"


def back_up(engine: Engine, destination: Path, now: datetime) -> Manifest:
    """Copy the whole database to a new file; others go on writing meanwhile.

    The copy is one moment of the database: its rows are counted in the same transaction, and again in the
    copy. Raises BackupError when there is nothing to copy, the destination exists, or the copy is not sound;
    then no file is left.
    """
    _refuse_existing(destination)
    with _partial(destination) as copy:
        with reading(engine) as connection:
            revision = schema.revision_of(connection)
            if revision is None:
                raise BackupError("il database è vuoto: non c'è niente da copiare")
            rows = _count(connection)
            _copy_of(engine).write(connection, copy)
        _compare(_copy_of(engine).rows(copy), rows)
        manifest = Manifest(
            format=FORMAT,
            database=engine.dialect.name,
            application=version("surveyapp"),
            schema=revision,
            moment=now.isoformat(timespec="seconds"),
            sha256=_sha256(copy),
            rows=rows,
        )
        _publish(copy, destination)
    _write_manifest(manifest, destination)
    return manifest


def restore(engine: Engine, source: Path) -> Manifest:
    """Put a backup into an empty database, and count there what it says to hold.

    Raises BackupError, before anything is written, for a file that is not the one that was backed up, is of
    another kind of database or of a newer application, and for a database that is not empty.
    """
    manifest = _read_manifest(source)
    _check_fits(engine, manifest)
    if _sha256(source) != manifest.sha256:
        raise BackupError(f"{source} non è più il file che era stato copiato: usa un'altra copia")
    _compare(_copy_of(engine).rows(source), manifest.rows)
    if not schema.is_empty(engine):
        raise BackupError(
            "il database contiene già delle tabelle, e una copia si rimette solo in un database vuoto: "
            + _copy_of(engine).empty
        )
    _copy_of(engine).load(engine, source)
    with reading(engine) as connection:
        _compare(_count(connection), manifest.rows)
    return manifest


def _copy_of(engine: Engine) -> Copy:
    return COPIES[engine.dialect.name]


def _refuse_existing(destination: Path) -> None:
    for path in (destination, manifest_path(destination)):
        if path.exists():
            raise BackupError(f"{path} esiste già: scegli un altro nome")


@contextmanager
def _partial(destination: Path) -> Iterator[Path]:
    """A file beside the destination that only its owner can read; gone in the end, whatever happens."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".partial", dir=destination.parent)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _count(connection: Connection) -> dict[str, int]:
    return {
        name: connection.execute(select(func.count()).select_from(table(name))).scalar_one()
        for name in sorted(inspect(connection).get_table_names())
    }


def _compare(found: Mapping[str, int], expected: Mapping[str, int]) -> None:
    wrong = [
        f"{name}: {found.get(name, 0)} invece di {count}"
        for name, count in expected.items()
        if found.get(name) != count
    ]
    if wrong:
        raise BackupError("la copia non ha tutte le righe (" + "; ".join(wrong) + ")")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _publish(copy: Path, destination: Path) -> None:
    """Give a finished file its name, so that a power cut leaves it whole or not at all."""
    with copy.open("rb") as file:
        os.fsync(file.fileno())
    copy.chmod(MODE)
    copy.rename(destination)
    folder = os.open(destination.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write_manifest(manifest: Manifest, destination: Path) -> None:
    with _partial(destination) as sheet:
        sheet.write_text(json.dumps(asdict(manifest), indent=2) + "\n", encoding="utf-8")
        _publish(sheet, manifest_path(destination))


def _read_manifest(source: Path) -> Manifest:
    try:
        read = json.loads(manifest_path(source).read_text(encoding="utf-8"))
        manifest = Manifest(**read)
    except FileNotFoundError as error:
        raise BackupError(
            f"manca {manifest_path(source)}: il foglio di controllo sta accanto alla copia"
        ) from error
    except (ValueError, TypeError) as error:
        raise BackupError(f"{manifest_path(source)} non è il foglio di controllo di una copia") from error
    return manifest


def _check_fits(engine: Engine, manifest: Manifest) -> None:
    if manifest.database != engine.dialect.name:
        raise BackupError(
            f"la copia è di un database {manifest.database}, SURVEYAPP_DATABASE_URL è {engine.dialect.name}"
        )
    if manifest.format != FORMAT or not schema.is_known(manifest.schema):
        raise BackupError(
            f"la copia è di una versione più nuova dell'applicazione ({manifest.application}): installala,"
            " poi riprova"
        )
