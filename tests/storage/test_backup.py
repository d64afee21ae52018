"""A backup is one moment of the database, read again; it comes back whole or not at all."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import schema
from surveyapp.storage.backup import back_up, manifest_path, restore
from surveyapp.storage.copy_errors import BackupError
from surveyapp.storage.engine import open_engine, reading, writing
from surveyapp.storage.tables import Administration, Answer, Base, Person
from tests.factories import create_administration, create_answer
from tests.storage.writers import writers

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
ROWS = [("AUT_BEN1", 3, None), ("AUT_ASP1", None, "un «lavoro»\n\\.\nè\tbello"), ("AUT_BEN2", None, None)]


@pytest.fixture
def filled(engine: Engine, catalogue: Catalogue) -> Engine:
    with writing(engine) as connection:
        administration = create_administration(connection, catalogue)
        for item, value, text in ROWS:
            reason = None if value or text else "NS"
            create_answer(connection, administration, item, value=value, text=text, reason=reason)
    return engine


@pytest.fixture
def empty(new_database_url: str) -> Iterator[Engine]:
    engine = open_engine(new_database_url)
    yield engine
    engine.dispose()


def content(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with reading(engine) as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(table.select()).all()]
            for table in Base.metadata.sorted_tables
        }


def test_what_was_backed_up_comes_back(filled: Engine, empty: Engine, tmp_path: Path) -> None:
    manifest = back_up(filled, tmp_path / "copy", NOW)
    assert manifest.rows["answer"] == len(ROWS)
    assert manifest.rows["alembic_version"] == 1
    assert restore(empty, tmp_path / "copy") == manifest
    assert content(empty) == content(filled)
    schema.check(empty)
    with writing(empty) as connection:
        added = create_answer(connection, 1, "AUT_BEN3", value=1)
    assert added == len(ROWS) + 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_restored_file_keeps_its_log(filled: Engine, empty: Engine, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "copy", NOW)
    restore(empty, tmp_path / "copy")
    empty.dispose()
    with reading(empty) as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_a_backup_is_for_its_owner_only(filled: Engine, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "copy", NOW)
    assert {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {
        "copy": 0o600,
        "copy.json": 0o600,
    }


def test_a_backup_under_load_is_one_moment(
    engine: Engine, empty: Engine, catalogue: Catalogue, tmp_path: Path
) -> None:
    with writing(engine) as connection:
        administrations = [create_administration(connection, catalogue) for _ in range(6)]
    with writers(engine, administrations) as written:
        time.sleep(0.3)
        before = dict(written.acknowledged)
        back_up(engine, tmp_path / "copy", NOW)
        after = dict(written.acknowledged)
        time.sleep(0.1)
    restore(empty, tmp_path / "copy")
    revisions = select(Answer.administration_id, func.count(), func.max(Answer.revision)).group_by(
        Answer.administration_id
    )
    with reading(empty) as connection:
        for administration, count, last in connection.execute(revisions):
            assert count == last  # nothing in between is missing
            assert before[administration] <= last <= after[administration] + 1
    assert sum(after.values()) > sum(before.values()), "nobody wrote during the backup"


def test_a_database_with_rows_is_never_overwritten(filled: Engine, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "copy", NOW)
    with pytest.raises(BackupError, match="si rimette solo in un database vuoto"):
        restore(filled, tmp_path / "copy")


def test_an_existing_file_is_never_overwritten(filled: Engine, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "copy", NOW)
    with pytest.raises(BackupError, match="esiste già"):
        back_up(filled, tmp_path / "copy", NOW)


def test_an_empty_database_is_no_backup(empty: Engine, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="niente da copiare"):
        back_up(empty, tmp_path / "copy", NOW)
    assert list(tmp_path.glob("*copy*")) == list(tmp_path.glob(".*")) == []


def changed_byte(copy: Path) -> None:
    data = bytearray(copy.read_bytes())
    data[len(data) // 2] ^= 0xFF
    copy.write_bytes(data)


def rewritten(**values: object) -> Callable[[Path], None]:
    def rewrite(copy: Path) -> None:
        sheet = manifest_path(copy)
        sheet.write_text(json.dumps(json.loads(sheet.read_text()) | values))

    return rewrite


FAULTS: list[tuple[Callable[[Path], object], str]] = [
    (changed_byte, "non è più il file che era stato copiato"),
    (lambda copy: copy.write_bytes(b""), "non è più il file che era stato copiato"),
    (lambda copy: manifest_path(copy).unlink(), "il foglio di controllo sta accanto"),
    (lambda copy: manifest_path(copy).write_text("{"), "non è il foglio di controllo"),
    (lambda copy: manifest_path(copy).write_text("[]"), "non è il foglio di controllo"),
    (lambda copy: manifest_path(copy).write_text('{"format": 1}'), "non è il foglio di controllo"),
    (rewritten(schema="9999", application="7.0"), r"versione più nuova dell'applicazione \(7.0\)"),
    (rewritten(database="oracle"), "la copia è di un database oracle"),
    (rewritten(rows={"answer": 4}), r"non ha tutte le righe \(answer: 3 invece di 4\)"),
]


@pytest.mark.parametrize(("spoil", "words"), FAULTS)
def test_a_spoilt_backup_changes_nothing(
    filled: Engine, empty: Engine, tmp_path: Path, spoil: Callable[[Path], object], words: str
) -> None:
    back_up(filled, tmp_path / "copy", NOW)
    spoil(tmp_path / "copy")
    with pytest.raises(BackupError, match=words):
        restore(empty, tmp_path / "copy")
    assert schema.is_empty(empty)


def test_a_file_that_is_no_copy_is_refused(filled: Engine, empty: Engine, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    back_up(filled, copy, NOW)
    copy.write_bytes(b"no database at all")
    rewritten(sha256=hashlib.sha256(copy.read_bytes()).hexdigest())(copy)
    with pytest.raises(BackupError, match="la copia non si può leggere"):
        restore(empty, copy)
    assert schema.is_empty(empty)


def test_everybody_and_everything_is_counted(filled: Engine, tmp_path: Path) -> None:
    manifest = back_up(filled, tmp_path / "copy", NOW)
    assert {table.name for table in Base.metadata.sorted_tables} <= set(manifest.rows)
    assert [manifest.rows[table.__tablename__] for table in (Person, Administration, Answer)] == [1, 1, 3]
