"""An application whose only instrument has every kind of answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine

from surveyapp.instruments.catalogue import Catalogue, load
from surveyapp.settings import Settings, read_settings
from surveyapp.storage.engine import open_engine, writing
from surveyapp.study.demonstration import fill
from surveyapp.web.app import create_app
from surveyapp.web.services import Services
from tests.conftest import Databases
from tests.factories import create_administration, create_answer, create_link
from tests.staff.conftest import Clock
from tests.web.kinds import make_folder
from tests.web.pages import Page, send, visit
from tests.web.walk import every_kind_of_page

Ask = Callable[..., Page]


@pytest.fixture
def clock(app: Flask) -> Clock:
    """The clock of the pages for who answers."""
    clock = Clock()
    app.extensions["surveyapp"] = replace(app.extensions["surveyapp"], clock=clock)
    return clock


@pytest.fixture(scope="session")
def kinds_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_folder(tmp_path_factory.mktemp("instruments"))


@pytest.fixture(scope="session")
def kinds_catalogue(kinds_folder: Path) -> Catalogue:
    return load(kinds_folder)


@pytest.fixture
def kinds_app(
    settings: Settings,
    engine: Engine,
    kinds_folder: Path,
    kinds_catalogue: Catalogue,
    compiled: FileSystemBytecodeCache,
) -> Flask:
    app = create_app(replace(settings, instruments=kinds_folder), engine, kinds_catalogue)
    app.jinja_env.bytecode_cache = compiled
    return app


@pytest.fixture
def kinds_client(kinds_app: Flask) -> FlaskClient:
    return kinds_app.test_client()


@pytest.fixture
def start(kinds_app: Flask, kinds_client: FlaskClient, engine: Engine) -> Ask:
    """The start page of a form, for one who opens its link; `skip` names items that are skipped already."""

    def open_start(form: str = "O", *, skip: tuple[str, ...] = (), **values: object) -> Page:
        services: Services = kinds_app.extensions["surveyapp"]
        about = {"instrument": "kinds", "form": form, "occasion": "T0", **values}
        with writing(engine) as connection:
            administration = create_administration(connection, services.catalogue, **about)
            for item in skip:
                create_answer(connection, administration, item, reason="skipped")
            token = create_link(connection, administration)
        return visit(kinds_client, f"/r/{token}")

    return open_start


@pytest.fixture
def ask(kinds_client: FlaskClient, start: Ask) -> Ask:
    """The page of one question of a form, all those before it skipped.

    Offices and companies meet sections (tests/web/test_sections.py); each question has its page all the same.
    """

    def open_question(item: str, form: str = "O", **values: object) -> Page:
        first = send(kinds_client, start(form, skip=_before(item, form), **values))
        page = visit(kinds_client, question_address(first, item))
        assert page.path == question_address(first, item)
        return page

    return open_question


def question_address(page: Page, item: str) -> str:
    """Where one question is asked by itself, in the questionnaire of a page."""
    return f"/q/{page.path.split('/')[2]}/domanda/{item}"


def _before(item: str, form: str) -> tuple[str, ...]:
    items = [f"KINDS_{name}" for name in ASKED[form].split()]
    return tuple(items[: items.index(item)])


# The items of each form, in order.
ASKED = {
    "O": "CHO STE MUL MUN NUM INT NEG DAY DAN LIN TXN TXT",
    "P": "MUL MUN NUM DAY LIN",
    "C": "MUN INT TXN R1.1 END",
}


@pytest.fixture(scope="session")
def walked(databases: Databases, catalogue: Catalogue, compiled: FileSystemBytecodeCache) -> dict[str, Page]:
    """Every kind of page by name, each opened once, among the people of the demonstration."""
    with databases["sqlite"].migrated() as url:
        settings = read_settings({"SURVEYAPP_DATABASE_URL": url, "SURVEYAPP_CONTATTO": "035 000000"})
        engine = open_engine(url)
        with writing(engine) as connection:
            fill(connection, catalogue, datetime.now(UTC))
        app = create_app(settings, engine, catalogue)
        app.jinja_env.bytecode_cache = compiled
        pages = dict(every_kind_of_page(app))
        engine.dispose()
    return pages
