"""Migrations go up and down, equal the tables, and fail without leaving halves behind."""

import pytest
from alembic.util.exc import CommandError
from sqlalchemy import Engine, inspect

from surveyapp.settings import Settings
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


def test_a_new_file_has_no_schema(settings: Settings) -> None:
    engine = open_engine(settings.database_url.replace("test.db", "sub/new.db"))
    assert schema.is_empty(engine)
    assert not schema.is_current(engine)


def test_a_failed_migration_leaves_nothing(settings: Settings) -> None:
    engine = open_engine(settings.database_url.replace("test.db", "failed.db"))
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE answer (id INTEGER)")
    with pytest.raises(Exception, match="answer already exists"):
        schema.upgrade(engine)
    assert tables(engine) == {"answer"}


def test_an_unknown_revision_is_refused(engine: Engine) -> None:
    with pytest.raises(CommandError):
        schema.upgrade(engine, "nowhere")
