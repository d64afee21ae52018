"""The migration to the register keeps every row, up and down, and refuses to lose what cannot go back."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, delete, text
from sqlalchemy.exc import IntegrityError

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import schema
from surveyapp.storage.engine import open_engine, reading, writing
from surveyapp.storage.tables import Administration
from tests.factories import create_administration, create_agreement

BEFORE = (
    "INSERT INTO person VALUES (1, 'BG-1', 'Bergamo', '', :no, '2026-06-01 10:00:00+00:00')",
    "INSERT INTO path VALUES (7, 1, 1, '2026-06-15', NULL, NULL, 'easy')",
    "INSERT INTO administration VALUES (3, 'KEY2222222', 7, 'BG-1', 'aut', '0.1.0', 'd', 'P', 'EXANTE', 1, 1,"
    " 'easy', 'web', '2026-06-15', '2026-07-15', '2026-08-14', 'open', NULL, NULL, NULL)",
    "INSERT INTO answer VALUES (5, 3, 'AUT_BEN1', 1, 2, NULL, NULL, 'easy', 'self', 'k',"
    " '2026-06-20 10:00:00+00:00')",
)


@pytest.fixture
def older(new_database_url: str) -> Iterator[Engine]:
    """A database of the schema before, with one answer."""
    engine = open_engine(new_database_url)
    schema.upgrade(engine, "0003")
    with writing(engine) as connection:
        for statement in BEFORE:
            connection.execute(text(statement), {"no": False} if ":no" in statement else {})
    yield engine
    engine.dispose()


def rows(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_rows_from_before_are_about_their_paths(older: Engine) -> None:
    schema.upgrade(older)
    schema.check(older)
    query = "SELECT id, subject, path_id, placement_id, length, context, modules, variant FROM administration"
    assert rows(older, query) == [(3, "path:7", 7, None, "full", "{}", "", "easy")]
    assert rows(older, "SELECT administration_id, item, value FROM answer") == [(3, "AUT_BEN1", 2)]
    assert rows(older, "SELECT id, variant, activity_started_on FROM path") == [(7, "easy", None)]


def test_the_rules_hold_after_the_migration(older: Engine) -> None:
    schema.upgrade(older)
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), writing(older) as connection:
        connection.execute(delete(Administration))
    with pytest.raises(IntegrityError, match="known_state"), writing(older) as connection:
        connection.execute(text("UPDATE administration SET state = 'lost', closed_at = '2026-06-20'"))


def test_rows_about_paths_go_back_as_they_were(older: Engine) -> None:
    query = "SELECT id, key, path_id, occasion, state, variant FROM administration"
    before = rows(older, query)
    schema.upgrade(older)
    schema.downgrade(older, "0003")
    assert rows(older, query) == before
    assert rows(older, "SELECT value FROM answer") == [(2,)]
    schema.upgrade(older)
    schema.check(older)


def test_what_the_schema_before_cannot_hold_is_not_lost(engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        create_administration(connection, catalogue, agreement_id=create_agreement(connection))
    with pytest.raises(RuntimeError, match="restore a backup"):
        schema.downgrade(engine, "0003")
    assert schema.is_current(engine)
    assert len(rows(engine, "SELECT id FROM agreement")) == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_migration_that_loses_references_is_undone(older: Engine) -> None:
    with older.connect() as connection:
        raw = connection.connection.cursor()
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("DELETE FROM path")
        raw.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(RuntimeError, match="refers to a row of path"):
        schema.upgrade(older)
    assert not schema.is_current(older)
    assert rows(older, "PRAGMA foreign_keys") == [(1,)]
