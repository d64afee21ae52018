"""What the script that keeps answers without a line gets from the server: questions ahead, where to go."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from surveyapp.storage.engine import reading
from surveyapp.storage.tables import Answer
from surveyapp.web import offline
from surveyapp.web.offline import MOST_PAGES, SAID
from tests.databases import lost
from tests.web.conftest import Ask
from tests.web.page import Page, words
from tests.web.pages import header_problems, past_a_pause, send, visit
from tests.web.walk import new_link

STATIC = Path(offline.__file__).parent / "static"
AS_JSON = {"Accept": "application/json"}


def ahead(client: FlaskClient, question: Page) -> dict[str, Any]:
    """What comes after the question of a page."""
    before, item = question.path.split("?")[0].rsplit("/domanda/", 1)
    reply = client.get(f"{before}/seguito?dopo={item}")
    assert reply.status_code == 200
    assert reply.headers["Cache-Control"] == "no-store"
    assert header_problems(reply) == []
    found: dict[str, Any] = reply.get_json()
    return found


def items(found: dict[str, Any]) -> list[str]:
    return [page["item"] for page in found["pages"]]


@pytest.fixture
def first(app: Flask, client: FlaskClient) -> Page:
    return send(client, visit(client, new_link(app)))


def test_the_next_questions_are_those_that_come_whatever_is_answered(
    client: FlaskClient, first: Page
) -> None:
    found = ahead(client, first)
    assert items(found)[0] == "AUT_BEN2"
    assert len(items(found)) == MOST_PAGES
    assert found["more"] is True


def test_they_end_before_a_question_that_may_not_be_asked(client: FlaskClient, app: Flask) -> None:
    late = send(client, visit(client, new_link(app, skipped=19)))
    found = ahead(client, late)
    assert items(found)[-1] == "AUT_OB1"  # a second goal is asked of who has a first
    assert found["more"] is False


def test_each_is_the_page_that_the_server_would_show(client: FlaskClient, first: Page) -> None:
    next_page = send(client, first, {"answer": "1"})
    offered = ahead(client, first)["pages"][0]
    tree = html5lib.parse(f"<!doctype html>{offered['html']}", namespaceHTMLElements=False)
    assert offered["url"] == next_page.path.split("?")[0]
    assert tree.findtext(".//title") == next_page.title
    assert words(tree.find(".//form")) == words(next_page.form).replace(" Risposta salvata", "")
    assert words(tree.find(".//body/a")) == "Torna indietro"


def test_no_answer_is_among_them(client: FlaskClient, first: Page) -> None:
    second = send(client, first, {"answer": "1"})
    send(client, second, {"answer": "2"})
    found = ahead(client, first)
    assert items(found)[0] == "AUT_BEN3"
    assert "checked" not in json.dumps(found)


def test_they_end_before_the_own_words_of_the_person(kinds_client: FlaskClient, ask: Ask) -> None:
    """Words of the person are never left in a browser; those of a record follow its first question."""
    gate = ask("KINDS_R1.1", "C")
    assert items(ahead(kinds_client, gate)) == []
    first = send(kinds_client, gate, {"answer": "1"})
    second = send(kinds_client, first, {"answer": "Pause più lunghe"})
    assert "Pause più lunghe" in second.words
    assert items(ahead(kinds_client, first)) == []


@pytest.mark.parametrize("asked", ["", "?dopo=", "?dopo=NIENTE", "?dopo=AUT_PDV1", "?dopo=%00"])
def test_after_what_is_not_asked_there_is_nothing(client: FlaskClient, first: Page, asked: str) -> None:
    assert client.get(f"{first.path.partition('domanda')[0]}seguito{asked}").status_code == 404


def test_only_the_cookie_opens_them_and_only_while_answers_are_taken(
    app: Flask, client: FlaskClient, first: Page
) -> None:
    address = first.path.partition("domanda")[0] + "seguito?dopo=AUT_BEN1"
    assert app.test_client().get(address).status_code == 404
    link = new_link(app, skipped=99)
    done = send(client, send(client, visit(client, link)))
    assert done.h1 == "Grazie"
    assert client.get(done.path.replace("grazie", "seguito?dopo=AUT_BEN1")).status_code == 404


def test_the_script_is_told_where_to_go(client: FlaskClient, engine: Engine, first: Page) -> None:
    data = {**first.hidden(), "answer": "1"}
    replies = [client.post(first.path, data=data, headers=AS_JSON) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [200, 200]
    assert {reply.get_json()["go"] for reply in replies} == {first.path.replace("BEN1", "BEN2?salvata=1")}
    with reading(engine) as connection:
        assert connection.execute(select(Answer.value)).scalars().all() == [1]


# On PostgreSQL a table that is gone is another failure than a database that does not answer.
@pytest.mark.parametrize("database", ["sqlite"])
def test_what_is_not_saved_is_no_place_to_go(client: FlaskClient, engine: Engine, first: Page) -> None:
    def sent(**data: str) -> tuple[int, str]:
        reply = client.post(first.path, data={**first.hidden(), **data}, headers=AS_JSON)
        return reply.status_code, reply.mimetype

    assert sent(answer="12") == (422, "text/html")
    assert sent(answer="1") == (200, "application/json")
    assert sent(answer="2", key="another page") == (409, "text/html")
    with lost(engine, "answer"):
        assert sent(answer="2") == (503, "text/html")


def test_a_page_says_whether_it_answers_a_form(client: FlaskClient, first: Page) -> None:
    refused = send(client, first, {"answer": "12"}, status=422)
    assert script_of(first).get("data-posted") is None
    assert script_of(refused).get("data-posted") is not None


def test_the_words_of_the_script_are_for_who_answers(kinds_client: FlaskClient, start: Ask) -> None:
    question = send(kinds_client, start("P"))
    said = json.loads(script_of(question).get("data-words", ""))
    assert set(SAID) < set(said)
    assert "tuo" in said["waiting_why"] or "tue" in said["waiting_why"]
    assert question.form.get("data-empty", "").startswith("Scegli")


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_failing_save_says_that_the_answer_is_not_saved(
    client: FlaskClient, engine: Engine, first: Page
) -> None:
    """Without the script nothing is kept for later."""
    with lost(engine, "answer"):
        failed = send(client, first, {"answer": "1"}, status=503)
    assert "La tua ultima risposta non è stata salvata." in failed.words


def test_a_first_visit_stays_light(client: FlaskClient, first: Page) -> None:
    """Page, style, script, fonts, icon and the questions ahead, compressed as in transfer."""
    named = [
        one.get("src") or one.get("href", "") for tag in ("link", "script") for one in first.tree.iter(tag)
    ]
    files = [client.get(address, buffered=True).data for address in named]
    fonts = sum(file.stat().st_size for file in (STATIC / "fonts").glob("*.woff2"))
    texts = [first.text.encode(), json.dumps(ahead(client, first)).encode(), *files]
    assert any(b"coda:" in text for text in files)
    assert sum(len(gzip.compress(text)) for text in texts) + fonts <= 60_000
    assert len(gzip.compress((STATIC / "coda.js").read_bytes())) <= 6_000


def script_of(page: Page) -> Element:
    return next(one for one in page.tree.iter("script") if "coda.js" in one.get("src", ""))


def test_answers_sent_all_together_keep_the_pace_at_which_they_were_given(
    client: FlaskClient, engine: Engine, first: Page
) -> None:
    page = first
    for waited in ("40", "32", "0"):
        page = past_a_pause(client, send(client, page, {"answer": "1", "waited": waited}))
    with reading(engine) as connection:
        moments = connection.execute(select(Answer.answered_at).order_by(Answer.id)).scalars().all()
    between = [round((later - earlier).total_seconds()) for earlier, later in pairwise(moments)]
    assert between == [8, 32]


@pytest.mark.parametrize("waited", ["-5", "x", "99999999999", "1e3", "²", "\0"])
def test_a_wait_that_cannot_be_is_none(client: FlaskClient, engine: Engine, first: Page, waited: str) -> None:
    send(client, first, {"answer": "1", "waited": waited})
    with reading(engine) as connection:
        moment = connection.execute(select(Answer.answered_at)).scalar_one()
    assert datetime.now(UTC) - moment < timedelta(minutes=1)
