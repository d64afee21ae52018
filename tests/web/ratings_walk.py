"""Every kind of page around ratings by experts and tests by readers, opened one after the other."""

from collections.abc import Generator, Iterator

from flask import Flask
from flask.testing import FlaskClient

from surveyapp.storage.engine import writing
from surveyapp.web.services import Services
from tests.factories import create_focus_group
from tests.staff.people import press, sign_in
from tests.web.pages import Page, send, visit

EASY = "aut/0.1.0/P/easy"


def every_page_of_ratings(app: Flask) -> Iterator[tuple[str, Page]]:
    """The name of each kind, and a page of it; there is an account of Socialis."""
    services: Services = app.extensions["surveyapp"]
    author = app.test_client()
    sign_in(author, "socialis")
    yield "no focus groups", visit(author, "/gestione/valutazioni")
    with writing(services.engine) as connection:
        meeting = create_focus_group(connection, code="FG3")
    yield from _prepared(author, meeting)
    link = yield from _linked(author)
    yield from _judged(app.test_client(), link)
    yield "rating results", visit(author, "/gestione/valutazioni/1/risultati")
    yield "rating closed", press(author, visit(author, "/gestione/valutazioni/1"), "Chiudi la raccolta")
    yield "ratings", visit(author, "/gestione/valutazioni")
    yield from _read(author, meeting)


def _prepared(author: FlaskClient, meeting: int) -> Iterator[tuple[str, Page]]:
    ratings = visit(author, "/gestione/valutazioni")
    yield "rating round refused", press(author, ratings, "Prepara la raccolta", status=422)
    form = {"title": "Prima di FG3", "meeting": str(meeting)}
    begun = press(author, ratings, "Prepara la raccolta", form)
    yield "rating round begun", begun
    for scale, source in (("relevance", "aut/0.1.0"), ("clarity", EASY)):
        page = visit(author, f"{begun.path}/domande?scale={scale}&source={source}")
        yield f"questions of {scale}", page
        press(author, page, "Aggiungi", {"item": "AUT_OCC3"})
    page = visit(author, f"{begun.path}/domande?scale=relevance&source=aut/0.1.0")
    yield "no questions ticked", press(author, page, "Aggiungi", status=422)


def _linked(author: FlaskClient) -> Generator[tuple[str, Page], None, str]:
    page = visit(author, "/gestione/valutazioni/1")
    yield "rating links refused", press(author, page, "Fai i link", status=422)
    given = press(author, page, "Fai i link", {"number": "2", "audience": "COOP"})
    yield "rating links", given
    yield "rating round", visit(author, page.path)
    shown = next(area.text or "" for area in given.main.iter("textarea"))
    return f"/v/{shown.strip().partition('/v/')[2]}"


def _judged(expert: FlaskClient, link: str) -> Iterator[tuple[str, Page]]:
    start = visit(expert, link)
    yield "expert start", start
    first = visit(expert, start.links["Inizia"])
    yield "expert criterion", first
    yield "expert error", send(expert, first, {"comment": "Dipende"}, status=422)
    yield "expert name", send(expert, first, {"value": "4", "comment": "Chiedi a Marco"}, status=422)
    wording = send(expert, first, {"value": "4"})
    yield "expert wording", wording
    review = send(expert, wording, {"value": "unknown", "comment": "Dipende"})
    yield "expert review", review
    yield "expert thanks", send(expert, review)
    yield "expert too late", send(expert, first, {"value": "1", "comment": "No"}, status=409)


def _read(author: FlaskClient, meeting: int) -> Iterator[tuple[str, Page]]:
    address = f"/gestione/valutazioni/lettori/{meeting}"
    yield "no readers", visit(author, address)
    form = visit(author, f"{address}?source={EASY}&item=AUT_OCC3")
    yield "reader test", form
    yield "reader test refused", press(author, form, "Segna la prova", status=422)
    named = {"reader": "L1", "understood": "partly", "meaning": "Come Marco"}
    yield "reader test with a name", press(author, form, "Segna la prova", named, status=422)
    yield "readers", press(author, form, "Segna la prova", {"reader": "L1", "understood": "partly"})
