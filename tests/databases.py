"""Fresh databases for tests, made fast: a schema that was migrated once is copied for each test."""

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, create_engine, delete, inspect, make_url, table, text

from surveyapp.storage import schema
from surveyapp.storage.engine import open_engine, reading, writing

POSTGRESQL_URL = "SURVEYAPP_TEST_POSTGRESQL_URL"
NO_POSTGRESQL = f"{POSTGRESQL_URL} is not set: the address of a PostgreSQL role that may create databases"


Relations = list[tuple[str, str]]


class SqliteFiles:
    """SQLite databases in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)

    @contextmanager
    def new(self) -> Iterator[str]:
        """The address of a file that does not exist yet."""
        yield f"sqlite:///{self._next()}"

    @contextmanager
    def migrated(self) -> Iterator[str]:
        """The address of an empty database with the newest schema."""
        path = self._next()
        shutil.copy(self._template, path)
        yield f"sqlite:///{path}"

    @cached_property
    def _template(self) -> Path:
        path = self._folder / "template.db"
        _migrate(f"sqlite:///{path}").dispose()
        return path

    def _next(self) -> Path:
        folder = self._folder / str(next(self._numbers))
        folder.mkdir()
        return folder / "test.db"


class PostgresqlServer:
    """Databases on the server of SURVEYAPP_TEST_POSTGRESQL_URL; all are dropped in the end.

    A new database takes half a second (files, checkpoint), emptying one two thousandths: a migrated database
    is emptied after its test and given to the next one, if its schema is still the newest and whole. One with
    many rows is not: its checks of references were planned when there were few, and read whole tables.
    """

    def __init__(self) -> None:
        self._names = (f"surveyapp_test_{os.getpid()}_{number}" for number in itertools.count(1))
        self._made: list[str] = []
        self._clean: list[Engine] = []
        self._newest: Relations = []
        self._emptying = ""

    @contextmanager
    def new(self) -> Iterator[str]:
        """The address of a database without any table."""
        name = self._create()
        yield self._address(name)
        self._drop(name)

    @contextmanager
    def migrated(self) -> Iterator[str]:
        """The address of an empty database with the newest schema."""
        engine = self._clean.pop() if self._clean else _migrate(self._address(self._create()))
        if not self._newest:
            self._newest, self._emptying = _relations(engine), _emptying(engine)
        yield engine.url.render_as_string(hide_password=False)
        if _relations(engine) == self._newest and _is_small(engine):
            _run_all(engine, self._emptying)
            self._clean.append(engine)
        else:
            engine.dispose()

    def close(self) -> None:
        """Drop every database."""
        for engine in self._clean:
            engine.dispose()
        for name in list(self._made):
            self._drop(name)
        if "_server" in self.__dict__:
            self._server.dispose()

    @cached_property
    def _url(self) -> URL:
        if not os.environ.get(POSTGRESQL_URL):
            pytest.skip(NO_POSTGRESQL)
        return make_url(os.environ[POSTGRESQL_URL])

    @cached_property
    def _server(self) -> Engine:
        return create_engine(self._url, isolation_level="AUTOCOMMIT")

    def _create(self) -> str:
        name = next(self._names)
        self._run(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
        self._made.append(name)
        return name

    def _drop(self, name: str) -> None:
        self._run(f"DROP DATABASE {name} WITH (FORCE)")
        self._made.remove(name)

    def _run(self, statement: str) -> None:
        with self._server.connect() as connection:
            connection.exec_driver_sql(statement)

    def _address(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)


@contextmanager
def lost(engine: Engine, name: str) -> Iterator[None]:
    """Meanwhile every statement about a table fails; what is in it comes back."""
    with writing(engine) as connection:
        connection.execute(text(f"ALTER TABLE {name} RENAME TO gone"))
    try:
        yield
    finally:
        with writing(engine) as connection:
            connection.execute(text(f"ALTER TABLE gone RENAME TO {name}"))


def _relations(engine: Engine) -> Relations:
    """Every table, index and sequence, and the revision of the schema."""
    with reading(engine) as connection:
        found = connection.exec_driver_sql(
            "SELECT relname, relkind::text FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " UNION ALL SELECT version_num, 'revision' FROM alembic_version ORDER BY 1, 2"
        )
        return [(name, kind) for name, kind in found]


def _migrate(url: str) -> Engine:
    engine = open_engine(url)
    schema.upgrade(engine)
    return engine


def _is_small(engine: Engine) -> bool:
    with reading(engine) as connection:
        return bool(connection.exec_driver_sql("SELECT count(*) < 1000 FROM answer").scalar_one())


def _emptying(engine: Engine) -> str:
    """What deletes every row, what refers to others first, and counts ids from one again."""
    with reading(engine) as connection:
        names = [name for name, _ in inspect(connection).get_sorted_table_and_fkc_names() if name]
    deleted = [str(delete(table(name))) for name in reversed(names) if name != "alembic_version"]
    return "; ".join([*deleted, "SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'"])


def _run_all(engine: Engine, statements: str) -> None:
    with writing(engine) as connection:
        connection.exec_driver_sql(statements)
