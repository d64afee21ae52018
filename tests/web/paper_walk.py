"""Every kind of page on which paper is typed, and those that close a questionnaire without answers."""

from collections.abc import Iterator

from flask import Flask
from flask.testing import FlaskClient

from surveyapp.storage.engine import writing
from surveyapp.web.services import Services
from tests.factories import create_answer
from tests.staff.people import add_account, enter, press
from tests.staff.sheets import FIRST_PAGE, PAGE, add_person, begin, type_all, type_in
from tests.web.pages import Page, visit


def every_page_of_paper(app: Flask) -> Iterator[tuple[str, Page]]:
    """The name of each kind, and a page of it."""
    services: Services = app.extensions["surveyapp"]
    with writing(services.engine) as connection:
        add_account(connection, "carta@study.example", "caseworker", "BG")
        create_answer(connection, add_person(connection, services.catalogue), "AUT_BEN5", value=1)
    client = app.test_client()
    enter(client, "carta@study.example")
    yield from _first_page(client)
    yield from _typing(client)
    yield from _without_answers(client)


def _first_page(client: FlaskClient) -> Iterator[tuple[str, Page]]:
    start = visit(client, f"{PAGE}/carta")
    yield "paper start", start
    wrong = FIRST_PAGE | {"day": '"><b>', "decision": "", "variant": ""}
    yield "paper start error", press(client, start, "Vai alle risposte", wrong, status=422)


def _typing(client: FlaskClient) -> Iterator[tuple[str, Page]]:
    page = begin(client)
    yield "paper page", page
    yield "paper page error", type_in(client, page, '"<8>', "1", "1", "1", "1", status=422)
    review = type_all(client, page)
    yield "paper review", review
    second = press(client, review, "Controlla con un secondo inserimento")
    yield "paper second entry", second
    compared = type_all(client, second, {"AUT_BEN1": "?", "AUT_OB1": 'Un altro "lavoro" <qui>'})
    yield "paper differences", compared
    yield "paper differences error", press(client, compared, "Salva le scelte", status=422)
    chosen = {"AUT_BEN1": "1", "AUT_OB1": "2"}
    closed = press(
        client, press(client, compared, "Salva le scelte", chosen), "Chiudi il questionario su carta"
    )
    yield "paper closed", closed


def _without_answers(client: FlaskClient) -> Iterator[tuple[str, Page]]:
    yield "withdrawal marked", visit(client, f"{PAGE}/ritiro")
    listed = visit(client, "/gestione/")
    page = visit(client, next(listed.main.iter("tbody")).find(".//a").get("href"))
    cannot = visit(client, page.links["Non può rispondere"])
    yield "cannot answer", cannot
    button = "Segna come non compilabile"
    yield "cannot answer error", press(client, cannot, button, {"reason": "other"}, status=422)
    yield "not possible", press(client, cannot, button, {"reason": "absent", "note": '"<qui>"'})
