"""When the database or the instruments fail: plain words, what was typed stays, nothing private is logged."""

import logging

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.engine import writing
from tests.databases import lost
from tests.factories import create_administration, create_link
from tests.web.pages import Page, checked_page, send, visit

TYPED = "una cosa molto mia"


@pytest.fixture
def link(engine: Engine, catalogue: Catalogue) -> str:
    with writing(engine) as connection:
        return "/r/" + create_link(connection, create_administration(connection, catalogue))


@pytest.fixture
def first_question(client: FlaskClient, link: str) -> Page:
    return send(client, visit(client, link))


def test_a_failing_save_keeps_what_was_typed(
    client: FlaskClient, engine: Engine, first_question: Page, caplog: pytest.LogCaptureFixture
) -> None:
    data = {**first_question.hidden(), "answer": TYPED}
    with lost(engine, "answer"):
        reply = client.post(first_question.path, data=data)
    page = checked_page(reply, reply.status_code)
    assert reply.status_code in (500, 503)
    assert TYPED in page.text
    assert page.form.get("action", "").startswith(first_question.path)
    assert page.hidden()["key"] == first_question.hidden()["key"]


def test_the_answer_goes_through_when_it_works_again(
    client: FlaskClient, engine: Engine, first_question: Page
) -> None:
    with lost(engine, "answer"):
        reply = client.post(first_question.path, data={**first_question.hidden(), "answer": "2"})
        page = checked_page(reply, reply.status_code)
    assert "Domanda 2 di 24" in send(client, page).title


def test_logs_hold_neither_answers_nor_tokens(
    client: FlaskClient, engine: Engine, link: str, first_question: Page, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with lost(engine, "answer"):
        client.post(first_question.path, data={**first_question.hidden(), "answer": TYPED})
        client.get(link)
    logged = caplog.text
    assert logged
    assert TYPED not in logged
    assert link.removeprefix("/r/") not in logged


def test_a_changed_instrument_gives_a_plain_page(
    client: FlaskClient, engine: Engine, catalogue: Catalogue, caplog: pytest.LogCaptureFixture
) -> None:
    with writing(engine) as connection:
        administration = create_administration(connection, catalogue, digest="0" * 64)
        token = create_link(connection, administration)
    page = visit(client, f"/r/{token}", status=500)
    assert "È un problema nostro, non tuo." in page.words
    assert token not in caplog.text
    assert "0" * 12 not in page.text


def test_health_follows_the_database(client: FlaskClient, engine: Engine) -> None:
    assert client.get("/health").status_code == 200
