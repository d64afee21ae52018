"""Migrations go up and down, equal the tables, and fail without leaving halves behind."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.util.exc import CommandError
from sqlalchemy import Engine, Inspector, inspect

from surveyapp.storage import schema
from surveyapp.storage.engine import open_engine, reading, writing
from surveyapp.storage.tables import Base


def tables(engine: Engine) -> set[str]:
    with reading(engine) as connection:
        return set(inspect(connection).get_table_names())


def test_the_migrations_equal_the_tables(engine: Engine) -> None:
    schema.check(engine)
    assert schema.is_current(engine)
    assert tables(engine) == {*Base.metadata.tables, "alembic_version"}


def test_migrations_go_down_and_up_again(engine: Engine) -> None:
    schema.downgrade(engine, "base")
    assert tables(engine) == {"alembic_version"}
    assert not schema.is_current(engine)
    schema.upgrade(engine)
    schema.check(engine)


@pytest.fixture
def empty(new_database_url: str) -> Iterator[Engine]:
    """A database without any table."""
    engine = open_engine(new_database_url)
    yield engine
    engine.dispose()


def test_a_new_database_has_no_schema(empty: Engine) -> None:
    assert schema.is_empty(empty)
    assert not schema.is_current(empty)


def test_a_new_file_is_for_its_owner_only(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'sub' / 'new.db'}")
    schema.upgrade(engine)
    engine.dispose()
    assert [path.stat().st_mode & 0o777 for path in (tmp_path / "sub").iterdir()] == [0o600]


def test_servers_that_start_together_migrate_once(empty: Engine) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: schema.upgrade(empty), range(4)))
    assert schema.is_current(empty)


def test_a_failed_migration_leaves_nothing(empty: Engine) -> None:
    engine = empty
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE answer (id INTEGER)")
    with pytest.raises(Exception, match=r'answer"? already exists'):
        schema.upgrade(engine)
    assert tables(engine) == {"answer"}


def test_an_unknown_revision_is_refused(engine: Engine) -> None:
    with pytest.raises(CommandError):
        schema.upgrade(engine, "nowhere")


def test_what_refers_to_another_row_is_found_by_it(engine: Engine) -> None:
    """Else deleting what is referred to reads the whole table, for each row."""
    found = inspect(engine)
    assert [
        (table, reference["constrained_columns"])
        for table in found.get_table_names()
        for reference in found.get_foreign_keys(table)
        if not set(reference["constrained_columns"]) & _first_columns(found, table)
    ] == []


def _first_columns(found: Inspector, table: str) -> set[str]:
    """The columns by which rows can be looked up."""
    indexes = [index["column_names"] for index in found.get_indexes(table)]
    unique = [constraint["column_names"] for constraint in found.get_unique_constraints(table)]
    keys = [found.get_pk_constraint(table)["constrained_columns"], *indexes, *unique]
    return {columns[0] for columns in keys if columns and columns[0]}
