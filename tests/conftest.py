"""What most tests share: the bundled instruments, a fresh database, the application and a client."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.settings import Settings, read_settings
from surveyapp.storage.engine import open_engine
from surveyapp.web.app import create_app
from tests.bundled import bundled
from tests.databases import PostgresqlServer, SqliteFiles
from tests.rules import RememberedRule

pytest_plugins = (
    "tests.gates.addresses",
    "tests.gates.no_skips",
    "tests.gates.postgresql",
    "tests.web.opened",
)

Flask.url_rule_class = RememberedRule

ROOT = Path(__file__).parent.parent

Databases = dict[str, SqliteFiles | PostgresqlServer]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return bundled()


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    server = PostgresqlServer()
    yield {"sqlite": SqliteFiles(tmp_path_factory.mktemp("databases")), "postgresql": server}
    server.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Which database: every test that uses one runs on both, unless it says which with `parametrize`."""
    return str(request.param)


@pytest.fixture
def new_database_url(databases: Databases, database: str) -> Iterator[str]:
    """A database of this test alone, without any table."""
    with databases[database].new() as url:
        yield url


@pytest.fixture
def database_url(databases: Databases, database: str) -> Iterator[str]:
    """An empty database of this test alone, with the newest schema."""
    with databases[database].migrated() as url:
        yield url


@pytest.fixture
def settings(database_url: str) -> Settings:
    return read_settings(
        {
            "SURVEYAPP_DATABASE_URL": database_url,
            "SURVEYAPP_CHI": "le ricercatrici di Socialis",
            "SURVEYAPP_NOME": "Anna, la tua tutor",
            "SURVEYAPP_CONTATTO": "035 000000",
            "SURVEYAPP_TITOLARE": "Mestieri Lombardia",
            "SURVEYAPP_DATA": "31 dicembre 2031",
            "SURVEYAPP_FIGURA": "la responsabile del servizio",
            "SURVEYAPP_VEDE": "non vede",
        }
    )


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    engine = open_engine(settings.database_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates are compiled once for all applications of the tests."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(settings: Settings, engine: Engine, catalogue: Catalogue, compiled: FileSystemBytecodeCache) -> Flask:
    app = create_app(settings, engine, catalogue)
    app.jinja_env.bytecode_cache = compiled
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
