"""Pages of companies and of the telephone, opened one after the other."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient

from surveyapp.storage.engine import writing
from surveyapp.web.services import Services
from tests.factories import create_link
from tests.staff.people import add_account, enter, press
from tests.web.inventories import create_company
from tests.web.page import Page
from tests.web.pages import send, visit
from tests.web.sections import save

KEY = "KEYCOMPANY"


def every_company_page(app: Flask) -> Iterator[tuple[str, Page]]:
    """The name of each kind, and a page of it."""
    services: Services = app.extensions["surveyapp"]
    today = datetime.now(UTC).date()
    window = {"due_from": today, "due_to": today + timedelta(30), "late_to": today + timedelta(60)}
    with writing(services.engine) as connection:
        token = create_link(connection, create_company(connection, services.catalogue, key=KEY, **window))
    yield from _sections(app.test_client(), token)
    yield from _telephone(app)


def _sections(client: FlaskClient, token: str) -> Iterator[tuple[str, Page]]:
    first = send(client, visit(client, f"/r/{token}"))
    yield "section", first
    missing = save(client, first)
    yield "section missing", missing
    known = save(client, missing)
    yield "known record", known
    yield (
        "questions that came up",
        save(client, known, {"confirm": "yes", "ACC_I09.1": "1", "ACC_I14.1": "4"}),
    )
    change = visit(client, f"{known.path.partition('?')[0]}?cambia=1")
    yield "known record to correct", change
    yield "section wrong", save(client, change, {"ACC_I07.1": "ieri"}, status=422)
    yield (
        "section from two places",
        save(client, known, {"ACC_I09.1": "2", "ACC_I14.1": "4", "key": "elsewhere"}, status=409),
    )


def _telephone(app: Flask) -> Iterator[tuple[str, Page]]:
    client = app.test_client()
    with writing(app.extensions["surveyapp"].engine) as connection:
        add_account(connection, "telephone@study.example", "caseworker", "BG")
    enter(client, "telephone@study.example")
    page = visit(client, f"/gestione/somministrazioni/{KEY}")
    yield "telephone", page
    yield "call not noted", press(client, page, "Segna la chiamata", status=422)
    yield "calls", press(client, page, "Segna la chiamata", {"outcome": "no_answer", "note": "Dopo le 15"})
    yield "interview", press(client, page, "Avvia l'intervista al telefono")
