"""Rounds of judgements: prepared, links given once, stopped, closed."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, insert, select

from surveyapp.storage.engine import reading, writing
from surveyapp.storage.focus_tables import Criterion, Rater, RatingQuestion
from tests.factories import NOW, create_focus_group
from tests.staff.people import buttons, enter, press, rows
from tests.web.pages import Page, visit

pytestmark = pytest.mark.usefixtures("staff")

EASY = "aut/0.1.0/P/easy"


@pytest.fixture
def author(app: Flask) -> FlaskClient:
    client = app.test_client()
    enter(client, "socialis")
    return client


@pytest.fixture
def meeting(engine: Engine) -> int:
    with writing(engine) as connection:
        return create_focus_group(connection, code="FG3")


@pytest.fixture
def begun(author: FlaskClient, meeting: int) -> Page:
    """The page of a round without anything in it."""
    page = visit(author, "/gestione/valutazioni")
    return press(author, page, "Prepara la raccolta", {"title": "Prima di FG3", "meeting": str(meeting)})


@pytest.fixture
def ready(author: FlaskClient, begun: Page) -> Page:
    """The page of a round that asks one thing."""
    return tick(author, begun, "Rilevanza di criteri", "aut/0.1.0", "AUT_OCC3")


def tick(client: FlaskClient, page: Page, kind: str, source: str, *items: str, status: int = 200) -> Page:
    scale = {"Rilevanza di criteri": "relevance", "Chiarezza di formulazioni": "clarity"}[kind]
    assert f"Aggiungi: {kind}" in page.links
    choices = visit(client, f"{page.path}/domande?scale={scale}&source={source}")
    return press(client, choices, "Aggiungi", {"item": list(items)}, status=status)


def links(page: Page) -> list[str]:
    """The links that are shown once, without the name of the site."""
    shown = [area.text or "" for area in page.main.iter("textarea")]
    return [f"/v/{one.strip().partition('/v/')[2]}" for one in shown]


def test_without_a_focus_group_there_is_nothing_to_prepare(author: FlaskClient) -> None:
    page = visit(author, "/gestione/valutazioni")
    assert "Nessuna raccolta di giudizi." in page.words
    assert "Prima serve un focus group" in page.words


@pytest.mark.parametrize(("title", "whose"), [("", None), ("x" * 201, None), ("Buono", "99"), ("Buono", "")])
def test_a_round_that_cannot_begin_keeps_what_was_typed(
    author: FlaskClient, meeting: int, title: str, whose: str | None
) -> None:
    page = visit(author, "/gestione/valutazioni")
    sent = {"title": title, "meeting": str(meeting) if whose is None else whose}
    refused = press(author, page, "Prepara la raccolta", sent, status=422)
    assert refused.title.startswith("Errore: ")
    assert title in refused.text


def test_a_round_asks_each_criterion_once(author: FlaskClient, engine: Engine, ready: Page) -> None:
    again = tick(author, ready, "Rilevanza di criteri", "aut/0.1.0", "AUT_OCC3", "AUT_OCC4", "UNKNOWN")
    assert "Aggiunta 1 domanda." in again.words
    with reading(engine) as connection:
        asked = connection.execute(select(RatingQuestion.criterion, RatingQuestion.position)).all()
    assert [tuple(one) for one in asked] == [("AUT_OCC3", 1), ("AUT_OCC4", 2)]


def test_wordings_are_picked_from_one_version(author: FlaskClient, engine: Engine, ready: Page) -> None:
    page = tick(author, ready, "Chiarezza di formulazioni", EASY, "AUT_OCC3", "AUT_OCC4")
    assert len(rows(page)) == 3
    with reading(engine) as connection:
        query = select(RatingQuestion.__table__).where(RatingQuestion.scale == "clarity")
        first = connection.execute(query.order_by(RatingQuestion.position)).first()
    assert first is not None
    assert (first.criterion, first.instrument, first.version) == ("AUT_OCC3", "aut", "0.1.0")
    assert (first.form, first.variant, bool(first.text)) == ("P", "easy", True)


def test_new_criteria_are_asked_too(author: FlaskClient, engine: Engine, begun: Page) -> None:
    with writing(engine) as connection:
        row = {"code": "NEW_1", "title": "Tempo per imparare", "created_at": NOW}
        connection.execute(insert(Criterion), row)
    page = tick(author, begun, "Rilevanza di criteri", "new", "NEW_1")
    assert "Tempo per imparare" in page.words


def test_nothing_ticked_is_told(author: FlaskClient, ready: Page) -> None:
    page = tick(author, ready, "Rilevanza di criteri", "aut/0.1.0", status=422)
    assert page.words.count("Scegli almeno una voce.") == 2


def test_what_is_asked_can_be_taken_out_until_links_are_given(author: FlaskClient, ready: Page) -> None:
    assert "Ancora niente." in press(author, ready, "Togli AUT_OCC3, domanda 1").words
    full = tick(author, visit(author, ready.path), "Rilevanza di criteri", "aut/0.1.0", "AUT_OCC3")
    stale = visit(author, f"{ready.path}/domande?scale=relevance&source=aut/0.1.0")
    given = press(author, full, "Fai i link", {"number": "1", "audience": "CM"})
    assert "Togli AUT_OCC3, domanda 1" not in buttons(visit(author, ready.path))
    refused = press(author, stale, "Aggiungi", {"item": "AUT_OCC4"})
    assert "L'elenco non si cambia più" in refused.words
    assert "L'elenco non si cambia più" in press(author, full, "Togli AUT_OCC3, domanda 1").words
    assert len(links(given)) == 1


def test_links_are_shown_once_and_open(app: Flask, author: FlaskClient, engine: Engine, ready: Page) -> None:
    form = {"number": "3", "audience": "COOP", "organisation": "COOP-A"}
    given = press(author, ready, "Fai i link", form)
    assert len(set(links(given))) == 3
    for link in links(given):
        assert visit(app.test_client(), link).h1 == "Il tuo giudizio"
        assert link.removeprefix("/v/") not in visit(author, ready.path).text
    people = rows(visit(author, ready.path), 1)
    assert [one[:4] for one in people] == [
        [code, "Cooperative sociali e altri enti", "COOP-A", "0 su 1"] for code in ("E1", "E2", "E3")
    ]
    with reading(engine) as connection:
        stored = set(connection.scalars(select(Rater.token_sha256)))
    assert all(len(one) == 64 for one in stored)
    more = press(author, visit(author, ready.path), "Fai i link", {"number": "1", "audience": "CM"})
    assert "Link di E4" in more.words


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"number": "0"}, "Scrivi un numero da 1 a 40."),
        ({"number": "41"}, "Scrivi un numero da 1 a 40."),
        ({"number": "due"}, "Scrivi un numero da 1 a 40."),
        ({"number": "1", "audience": "JOINT"}, "Scegli il gruppo."),
        ({"number": "1", "organisation": "x" * 41}, "al massimo 40 caratteri"),
    ],
)
def test_links_that_cannot_be_made_keep_what_was_typed(
    author: FlaskClient, ready: Page, sent: dict[str, str], said: str
) -> None:
    page = press(author, ready, "Fai i link", {"audience": "CM", **sent}, status=422)
    assert page.words.count(said) == 2
    assert f'value="{sent["number"]}"' in page.text


def test_a_link_is_stopped_extended_and_made_anew(app: Flask, author: FlaskClient, ready: Page) -> None:
    (first,) = links(press(author, ready, "Fai i link", {"number": "1", "audience": "CM"}))
    page = visit(author, ready.path)
    assert "non apre più" in press(author, page, "Annulla E1").words
    visit(app.test_client(), first, status=404)
    assert rows(visit(author, ready.path), 1)[0][4] == "Non apre più"
    assert "apre fino al" in press(author, page, "Proroga E1").words
    visit(app.test_client(), first)
    (second,) = links(press(author, page, "Nuovo link per E1"))
    visit(app.test_client(), first, status=404)
    visit(app.test_client(), second)


def test_a_round_is_closed_once(author: FlaskClient, ready: Page) -> None:
    press(author, ready, "Fai i link", {"number": "1", "audience": "CM"})
    page = visit(author, ready.path)
    assert "Raccolta chiusa." in press(author, page, "Chiudi la raccolta").words
    again = press(author, page, "Chiudi la raccolta")
    assert "La raccolta era già chiusa." in again.words
    assert "Fai i link" not in buttons(again)
    assert "deve essere aperta" in press(author, page, "Fai i link", {"number": "1", "audience": "CM"}).words
    assert "Non serve un altro link" in press(author, page, "Nuovo link per E1").words
    assert rows(visit(author, "/gestione/valutazioni"))[0][-1] == "Chiusa"


def test_administrators_read_and_change_nothing(app: Flask, author: FlaskClient, ready: Page) -> None:
    reader = app.test_client()
    enter(reader, "administrator")
    for address in ("/gestione/valutazioni", ready.path, f"{ready.path}/risultati"):
        assert set(buttons(visit(reader, address))) <= {"Conta così"}
