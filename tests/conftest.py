"""What most tests share: the bundled instruments, a fresh database, the application and a client."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from surveyapp.instruments import catalogue as instrument_catalogue
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.settings import Settings, read_settings
from surveyapp.storage import schema
from surveyapp.storage.engine import open_engine
from surveyapp.web.app import create_app

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return instrument_catalogue.load(ROOT / "instruments")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(
        {
            "SURVEYAPP_DATABASE_URL": f"sqlite:///{tmp_path / 'test.db'}",
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
    schema.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def app(settings: Settings, engine: Engine) -> Flask:
    return create_app(settings, engine)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
