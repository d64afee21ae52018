"""A pause is offered after twelve answers of the easy version in one sitting, once, and nothing waits."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.tables import Answer
from tests.factories import create_administration, create_answer, create_link, create_path
from tests.web.pages import PAUSE_OFFERED, Page, send, visit
from tests.web.sections import save
from tests.web.untouched import begin, new_link

OFFER = "Vuoi fare una pausa?"


def answered(client: FlaskClient, page: Page, times: int) -> Page:
    """So many answers, one after the other."""
    for _ in range(times):
        page = send(client, page, {"answer": next(iter(page.choices.values()), "prova")})
    return page


@pytest.fixture
def first(app: Flask, client: FlaskClient) -> Page:
    return begin(client, new_link(app, practice="passed", variant="easy"))


def test_after_twelve_answers_a_pause_is_offered(client: FlaskClient, first: Page) -> None:
    eleven = answered(client, first, 11)
    assert "Domanda 12 di 24" in eleven.title
    offer = answered(client, eleven, 1)
    assert offer.h1 == OFFER
    assert "Hai risposto a 12 domande." in offer.words
    assert "Le tue risposte sono salvate." in visit(client, offer.links["Fai una pausa"]).words
    assert visit(client, offer.links["Torna indietro"]).h1 == eleven.h1
    assert "Domanda 13 di 24" in send(client, offer).title


def test_it_is_offered_once(client: FlaskClient, first: Page) -> None:
    twelfth = answered(client, first, 11)
    thirteenth = send(client, answered(client, twelfth, 1))
    changed = visit(client, twelfth.path)
    assert send(client, changed, {"answer": "3"}).h1 == thirteenth.h1
    assert send(client, visit(client, twelfth.path), {"answer": "3"}).h1 == thirteenth.h1
    answered(client, thirteenth, 1)
    assert "Domanda 14 di 24" in visit(client, twelfth.path.split("domanda")[0] + PAUSE_OFFERED[1:]).title


def test_a_twelfth_answer_sent_twice_offers_it_twice(
    client: FlaskClient, first: Page, engine: Engine
) -> None:
    twelfth = answered(client, first, 11)
    for _ in range(2):
        assert send(client, twelfth, {"answer": "2"}).h1 == OFFER
    with reading(engine) as connection:
        assert len(connection.execute(select(Answer.id)).all()) == 12


def test_never_after_the_last_question(client: FlaskClient, first: Page) -> None:
    page = send(client, answered(client, first, 12))
    page = answered(client, page, 11)
    assert "Domanda 24 di 24" in page.title
    assert answered(client, page, 1).h1 == "Ti ha aiutato qualcuno?"


def test_what_is_skipped_does_not_tire(client: FlaskClient, first: Page) -> None:
    page = first
    for _ in range(15):
        page = send(client, page, {"salta": "1"})
    assert "Domanda 16 di" in page.title


def test_the_standard_version_is_not_interrupted(app: Flask, client: FlaskClient) -> None:
    page = answered(client, begin(client, new_link(app, variant="std")), 13)
    assert "Domanda 14 di 24" in page.title


def test_operators_are_not_interrupted(app: Flask, client: FlaskClient) -> None:
    """Section after section, however many questions they answer."""
    page = begin(client, new_link(app, instrument="vip", form="O"))
    done = 0
    while asked := [one for one in page.main.iter("input") if one.get("name", "").startswith("answer.")]:
        first = {one.get("name", ""): one.get("value", "") for one in reversed(asked)}
        page = save(client, page, {name.removeprefix("answer."): value for name, value in first.items()})
        assert page.h1 != OFFER
        assert not page.path.endswith(PAUSE_OFFERED)
        done += len(first)
    assert done > 13


def resumed(app: Flask, engine: Engine, catalogue: Catalogue, minutes: int, done: int) -> str:
    """A response with so many answers, the last of them so many minutes ago."""
    last = datetime.now(UTC) - timedelta(minutes=minutes)
    items = list(catalogue.newest("aut").items)[:done]
    with writing(engine) as connection:
        path = create_path(connection, variant="easy")
        administration = create_administration(connection, catalogue, path, variant="easy")
        for place, item in enumerate(items, 1):
            create_answer(
                connection, administration, item, value=1, answered_at=last - timedelta(seconds=done - place)
            )
        return "/r/" + create_link(connection, administration)


@pytest.mark.parametrize(("minutes", "before_the_offer"), [(5, 2), (31, 12)])
def test_a_break_begins_the_count_anew(
    app: Flask, client: FlaskClient, engine: Engine, catalogue: Catalogue, minutes: int, before_the_offer: int
) -> None:
    page = begin(client, resumed(app, engine, catalogue, minutes, 10))
    page = answered(client, page, before_the_offer - 1)
    assert "Domanda" in page.title
    assert answered(client, page, 1).h1 == OFFER


def test_coming_back_later_goes_to_the_next_question(
    app: Flask, client: FlaskClient, engine: Engine, catalogue: Catalogue
) -> None:
    page = begin(client, resumed(app, engine, catalogue, 60, 12))
    assert "Domanda 13 di 24" in page.title
    assert visit(client, page.path.split("domanda")[0] + PAUSE_OFFERED[1:]).h1 == page.h1


def test_the_offer_resumes_on_another_device(app: Flask, client: FlaskClient) -> None:
    link = new_link(app, practice="passed", variant="easy")
    assert answered(client, begin(client, link), 12).h1 == OFFER
    other = app.test_client()
    question = visit(other, link)
    assert "Domanda 13 di 24" in question.title
    assert visit(other, question.path.split("domanda")[0] + PAUSE_OFFERED[1:]).h1 == OFFER


def test_a_change_from_the_review_is_never_interrupted(app: Flask, client: FlaskClient) -> None:
    services = app.extensions["surveyapp"]
    items = services.catalogue.newest("aut").items
    with writing(services.engine) as connection:
        path = create_path(connection, variant="easy")
        administration = create_administration(connection, services.catalogue, path, variant="easy")
        for number, item in enumerate(items):
            given = {"value": 1} if number < 11 else {"reason": "skipped"}
            create_answer(connection, administration, item, answered_at=datetime.now(UTC), **given)
        link = "/r/" + create_link(connection, administration)
    review = begin(client, link)
    twelfth = f"/domanda/{list(items)[11]}?"
    change = visit(client, next(link for link in review.links.values() if twelfth in link))
    assert send(client, change, {"answer": "3"}).h1 == review.h1
