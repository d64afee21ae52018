"""Somebody who opens a link for the first time: nothing practised, nothing said of help."""

from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, Row, select

from surveyapp.storage.engine import reading, writing
from surveyapp.storage.tables import Administration
from surveyapp.web.services import Services
from tests.factories import NOW, create_administration, create_answer, create_link, create_path
from tests.web.pages import Page, send, visit

NOTHING_SAID: dict[str, Any] = {"practice": None, "mode": None}


def new_link(app: Flask, *, skipped: int = 0, purpose: str = "personal", **values: Any) -> str:
    """The link of a new response; `skipped` counts the questions skipped already."""
    services: Services = app.extensions["surveyapp"]
    with writing(services.engine) as connection:
        return "/r/" + _link(connection, services, skipped, purpose, **values)


def _link(connection: Connection, services: Services, skipped: int, purpose: str, **values: Any) -> str:
    path = create_path(connection, variant=values.get("variant"))
    about = {**NOTHING_SAID, **values}
    administration = create_administration(connection, services.catalogue, path, **about)
    items = list(services.catalogue.newest(values.get("instrument", "aut")).items)[:skipped]
    for place, item in enumerate(items):
        create_answer(
            connection, administration, item, reason="skipped", answered_at=NOW + timedelta(seconds=9 * place)
        )
    return create_link(connection, administration, purpose=purpose)


def begin(client: FlaskClient, link: str) -> Page:
    """Accept: the first page after the start."""
    return send(client, visit(client, link))


def at_the_end(app: Flask, client: FlaskClient, **values: Any) -> Page:
    """The first page after the last question, all questions skipped."""
    return begin(client, new_link(app, skipped=99, **values))


def stored(app: Flask) -> Row[Any]:
    """The one administration of this test."""
    columns = (
        Administration.state,
        Administration.mode,
        Administration.helper,
        Administration.help_kinds,
        Administration.practice,
        Administration.flags,
    )
    with reading(app.extensions["surveyapp"].engine) as connection:
        return connection.execute(select(*columns)).one()
