"""«Come vuoi leggere?»: kept for the path, stored with each answer, on every later page, never a way out."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from surveyapp.collection.reading_settings import CHOICES, USUAL, ReadingSettings, from_words
from surveyapp.storage.engine import reading
from surveyapp.storage.tables import Administration, Answer, Path
from tests.web.pages import Page, send, visit
from tests.web.walk import new_link

LARGE_AND_DARK = {"size": "largest", "theme": "dark", "pictures": "off"}
STORED = "size=largest theme=dark pictures=off"


def settings_of(page: Page) -> dict[str, str]:
    return {name: value for name, value in page.tree.attrib.items() if name.startswith("data-")}


def choose(client: FlaskClient, page: Page, chosen: dict[str, str]) -> Page:
    return send(client, visit(client, page.links["Come vuoi leggere?"]), chosen)


def test_the_choices_are_linked_before_the_first_question(app: Flask, client: FlaskClient) -> None:
    start = visit(client, new_link(app))
    offered = visit(client, start.links["Come vuoi leggere?"])
    assert offered.h1 == "Come vuoi leggere?"
    assert offered.checked == [options[0] for options in CHOICES.values()]


def test_choosing_comes_back_to_the_same_question(app: Flask, client: FlaskClient) -> None:
    question = send(client, visit(client, new_link(app)))
    assert settings_of(question) == {}
    again = choose(client, question, LARGE_AND_DARK)
    assert again.path.split("?")[0] == question.path.split("?")[0]
    assert settings_of(again) == {"data-size": "largest", "data-theme": "dark", "data-pictures": "off"}


def test_choices_are_on_every_later_page_and_on_other_devices(app: Flask, client: FlaskClient) -> None:
    link = new_link(app)
    start = choose(client, visit(client, link), LARGE_AND_DARK)
    chosen = settings_of(start)
    assert chosen
    assert settings_of(visit(client, "/aiuto")) == settings_of(send(client, start)) == chosen
    other = app.test_client()
    assert settings_of(visit(other, "/aiuto")) == {}
    assert settings_of(visit(other, link)) == chosen


def test_choices_are_stored_with_path_and_answer(app: Flask, client: FlaskClient, engine: Engine) -> None:
    question = send(client, choose(client, visit(client, new_link(app)), LARGE_AND_DARK))
    send(client, question, {"answer": "1"})
    with reading(engine) as connection:
        stored = [
            connection.execute(select(column)).scalar_one() for column in (Path.reading, Answer.reading)
        ]
        assert connection.execute(select(Administration.reading)).scalar_one() == STORED
    assert stored == [STORED, STORED]


def test_an_operators_choices_leave_the_person_alone(app: Flask, client: FlaskClient, engine: Engine) -> None:
    link = new_link(app, form="O", occasion="EXPOST")
    page = choose(client, visit(client, link), {"theme": "cream"})
    assert settings_of(page) == {"data-theme": "cream"}
    with reading(engine) as connection:
        assert connection.execute(select(Path.reading)).scalar_one() == ""


def test_pages_outside_a_questionnaire_keep_the_choices_too(client: FlaskClient) -> None:
    help_page = choose(client, visit(client, "/aiuto"), {"spacing": "wide"})
    assert help_page.path == "/aiuto"
    assert settings_of(visit(client, "/privacy")) == {"data-spacing": "wide"}


@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil",
        "/nowhere",
        "/" + "a" * 500,
    ],
)
def test_the_way_back_never_leads_elsewhere(client: FlaskClient, back: str) -> None:
    reply = client.post("/leggere", query_string={"da": back}, data={"size": "large"})
    assert reply.status_code == 303
    assert reply.headers["Location"] == "/"


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_link_that_does_not_open_is_not_written_into_an_address(client: FlaskClient) -> None:
    page = visit(client, "/r/secret-token", status=404)
    assert "secret-token" not in page.text


@pytest.mark.parametrize("words", ["", "size=huge", "colour=red size=", "=", "size=medium"])
def test_what_is_not_known_is_left_as_usual(words: str) -> None:
    assert from_words(words) == USUAL


def test_settings_read_back_as_they_were_written() -> None:
    chosen = ReadingSettings("large", "cream", "wide", "off", "off")
    assert from_words(chosen.words) == chosen
    assert len(chosen.words) <= Path.reading.type.length
