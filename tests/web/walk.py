"""Every kind of page that participants and staff can meet, opened one after the other."""

from collections.abc import Iterator

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, text

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.engine import writing
from surveyapp.web.services import Services
from tests.factories import create_administration, create_answer, create_link, create_path
from tests.staff.people import add_account, press, sign_in
from tests.web.pages import Page, checked_page, send, visit
from tests.web.paper_walk import every_page_of_paper

FIRST_TEXT = "AUT_ASP1"


def every_kind_of_page(app: Flask) -> Iterator[tuple[str, Page]]:
    """The name of each kind, and a page of it."""
    yield from _for_everybody(app.test_client())
    yield from _before_the_questions(app)
    yield from _the_questions(app)
    yield from _the_end(app)
    yield from _staff(app)
    yield from every_page_of_paper(app)
    yield from _when_something_fails(app)


def new_link(app: Flask, **values: object) -> str:
    """The personal link of a new administration; `skipped` counts the questions already skipped."""
    services: Services = app.extensions["surveyapp"]
    with writing(services.engine) as connection:
        return _link(connection, services.catalogue, **values)


def _link(connection: Connection, catalogue: Catalogue, **values: object) -> str:
    skipped = int(str(values.pop("skipped", 0)))
    path = create_path(connection, variant=values.get("variant"))
    administration = create_administration(connection, catalogue, path, **values)
    for item in list(catalogue.newest("aut").items)[:skipped]:
        create_answer(connection, administration, item, reason="skipped")
    return "/r/" + create_link(connection, administration)


def _for_everybody(client: FlaskClient) -> Iterator[tuple[str, Page]]:
    yield "home", visit(client, "/")
    yield "help", visit(client, "/aiuto")
    yield "privacy", visit(client, "/privacy")
    yield "not found", visit(client, "/nowhere", status=404)


def _before_the_questions(app: Flask) -> Iterator[tuple[str, Page]]:
    client = app.test_client()
    start = visit(client, new_link(app))
    yield "start", start
    yield "variants", visit(client, start.links["Cambia versione"])
    talk = visit(client, start.links["Voglio parlarne con qualcuno"])
    yield "talk", talk
    yield "talk asked", send(client, talk)
    refusal = visit(client, start.links["No, non voglio rispondere"])
    yield "refusal", refusal
    yield "refused", send(client, refusal)


def _the_questions(app: Flask) -> Iterator[tuple[str, Page]]:
    client = app.test_client()
    link = new_link(app)
    first = send(client, visit(client, link))
    yield "choice", first
    yield "error", send(client, first)
    yield "pause", visit(client, first.links["Fai una pausa"])
    saved = send(client, first, {"answer": "1"})
    yield "saved", saved
    yield "two answers", send(client, first, {"answer": "2", "key": "other"}, status=409)
    yield "bad value", send(client, saved, {"answer": "12"}, status=422)
    yield "from another site", send(client, saved, {"answer": "1"}, status=403, headers={"Origin": "null"})
    items = list(app.extensions["surveyapp"].catalogue.newest("aut").items)
    writer = app.test_client()
    written = send(writer, visit(writer, new_link(app, skipped=items.index(FIRST_TEXT))))
    yield "text", written
    yield "text error", send(writer, written, {"answer": "qualcosa", "salta": "1"})
    yield "too long", send(writer, written, {"answer": "x" * 5_000_000}, status=413)
    standard = app.test_client()
    yield "steps", send(standard, visit(standard, new_link(app, variant="std")))


def _the_end(app: Flask) -> Iterator[tuple[str, Page]]:
    client = app.test_client()
    items = list(app.extensions["surveyapp"].catalogue.newest("aut").items)
    last = send(client, visit(client, new_link(app, skipped=len(items))))
    yield "review", last
    thanks = send(client, last)
    yield "thanks", thanks
    yield "sent answers", visit(client, thanks.links["Rileggi le tue risposte"])
    again = client.post(last.path.replace("riepilogo", f"domanda/{items[0]}"), data={"answer": "1"})
    yield "closed", checked_page(again, 409)


def _staff(app: Flask) -> Iterator[tuple[str, Page]]:
    client = app.test_client()
    with writing(app.extensions["surveyapp"].engine) as connection:
        add_account(connection, "caseworker@study.example", "caseworker", "BG")
        add_account(connection, "socialis@study.example", "socialis")
    yield "sign in", visit(client, "/gestione/accedi")
    yield "sign in error", sign_in(client, "caseworker", "sbagliata")
    today = sign_in(client, "caseworker")
    yield "today", today
    administration = visit(client, next(today.main.iter("tbody")).find(".//a").get("href"))
    yield "administration", administration
    yield "new link", press(client, administration, "Nuovo link")
    yield "not for this role", visit(client, "/gestione/rapporti", status=403)
    other = app.test_client()
    sign_in(other, "socialis")
    reports = visit(other, "/gestione/rapporti")
    yield "reports", reports
    yield "report asked", press(other, reports, "Prepara il rapporto")
    yield from _instruments(other)


def _instruments(client: FlaskClient) -> Iterator[tuple[str, Page]]:
    instruments = visit(client, "/gestione/strumenti")
    yield "instruments", instruments
    yield "study plan", visit(client, instruments.links["Piano di rilevazione"])
    instrument = visit(client, "/gestione/strumenti/qil/0.1.0")
    yield "instrument", instrument
    yield "instrument form", visit(client, instrument.links["P: Il tuo lavoro"])
    yield "instrument versions", visit(client, instrument.links["Versioni e differenze"])
    yield "instrument differences", visit(client, "/gestione/strumenti/qil/differenze")


def _when_something_fails(app: Flask) -> Iterator[tuple[str, Page]]:
    client = app.test_client()
    question = send(client, visit(client, new_link(app)))
    with writing(app.extensions["surveyapp"].engine) as connection:
        connection.execute(text("ALTER TABLE answer RENAME TO gone"))
    yield "not saved", send(client, question, {"answer": "1"}, status=503)
    yield "broken", visit(client, question.path, status=503)
