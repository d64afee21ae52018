"""«Ascolta» on question pages and the recordings behind it: who gets them, how, and what they cost."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, event, select

from surveyapp.instruments.model import Instrument
from surveyapp.sheets.aloud import texts
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.tables import Answer
from surveyapp.web.aloud import SECONDS_KNOWN, Known
from surveyapp.web.app import create_app
from tests.factories import create_recording
from tests.sounds import mp3, opus
from tests.web.pages import Page, header_problems, send, visit, words
from tests.web.repeated import goal_question, second_version
from tests.web.walk import new_link

FIRST = "AUT_BEN1"
SQLITE = pytest.mark.parametrize("database", ["sqlite"])


def record(app: Flask, item: str = FIRST, **values: Any) -> bytes:
    """Add a recording of the words that the item has now; its content."""
    services = app.extensions["surveyapp"]
    instrument: Instrument = services.catalogue.newest(values.get("instrument", "aut"))
    found = texts(instrument, "P", values.get("variant", "easy"))
    text = next(one for one in found if one.item == item)
    content = values.get("content", mp3(2))
    row = {"item": item, "text_sha256": text.sha256, "content": content, **values}
    with writing(services.engine) as connection:
        create_recording(connection, **row)
    return bytes(content)


def first_question(client: FlaskClient, link: str) -> Page:
    return send(client, visit(client, link))


def source(page: Page) -> str:
    """The address of the recording on a page; empty where there is no player."""
    found = page.main.find(".//audio/source")
    return "" if found is None else found.get("src", "")


def scripts(page: Page) -> list[str]:
    """The scripts of a page, but for the one that waits for the line."""
    found = [script.get("src", "").partition("?")[0] for script in page.tree.iter("script")]
    return [source for source in found if source != "/static/coda.js"]


def test_without_a_recording_the_page_has_room_and_a_script(app: Flask, client: FlaskClient) -> None:
    page = first_question(client, new_link(app))
    place = page.main.find(".//*[@id='ascolta']")
    assert place is not None
    assert not words(place)
    assert not list(place)
    assert scripts(page) == ["/static/leggi.js"]


def test_a_recording_has_a_player_without_script(app: Flask, client: FlaskClient) -> None:
    content = record(app)
    page = first_question(client, new_link(app))
    assert "Ascolta la domanda" in page.words
    player = page.main.find(".//audio")
    assert player is not None
    assert player.get("preload") == "none"
    assert player.get("autoplay") is None
    reply = client.get(source(page))
    assert reply.status_code == 200
    assert reply.data == content
    assert reply.mimetype == "audio/mpeg"


def test_a_recording_may_be_kept_by_the_browser_alone(app: Flask, client: FlaskClient) -> None:
    record(app)
    reply = client.get(source(first_question(client, new_link(app))))
    assert header_problems(reply) == []
    assert reply.headers["Cache-Control"] == "private, max-age=86400"
    assert (
        client.get(reply.request.full_path, headers={"If-None-Match": reply.headers["ETag"]}).status_code
        == 304
    )


def test_telephones_get_the_part_they_ask_for(app: Flask, client: FlaskClient) -> None:
    content = record(app, content=opus(2), media_type="audio/ogg")
    address = source(first_question(client, new_link(app)))
    reply = client.get(address, headers={"Range": "bytes=10-29"})
    assert reply.status_code == 206
    assert reply.data == content[10:30]
    assert reply.headers["Content-Range"] == f"bytes 10-29/{len(content)}"
    assert reply.mimetype == "audio/ogg"
    probe = client.get(address, headers={"Range": "bytes=0-1"})
    assert (probe.status_code, len(probe.data)) == (206, 2)
    assert client.get(address, headers={"Range": "bytes=999999-"}).status_code == 416


def test_only_who_may_answer_hears_it(app: Flask, client: FlaskClient) -> None:
    record(app)
    address = source(first_question(client, new_link(app)))
    stranger = app.test_client().get(address)
    assert stranger.status_code == 404
    assert stranger.headers["Cache-Control"] == "no-store"
    other = app.test_client()
    first_question(other, new_link(app))
    assert other.get(address).status_code == 404


@pytest.mark.parametrize("item", ["AUT_BEN2", "AUT_OBR1", "nothing", "AUT_BEN1%00"])
def test_an_item_without_a_recording_is_not_found(app: Flask, client: FlaskClient, item: str) -> None:
    record(app)
    address = source(first_question(client, new_link(app))).replace(FIRST, item)
    assert client.get(address).status_code == 404


def test_a_new_sound_has_a_new_address(app: Flask, client: FlaskClient) -> None:
    record(app, source="generated", content=mp3(2))
    link = new_link(app)
    before = source(first_question(client, link))
    record(app, source="voice", content=mp3(3))
    app.extensions["surveyapp.recordings"].forget()
    after = source(visit(client, link))
    assert before.partition("?")[0] == after.partition("?")[0]
    assert before != after


def test_a_recording_of_other_words_is_not_heard(app: Flask, client: FlaskClient) -> None:
    record(app, text_sha256="1" * 64)
    page = first_question(client, new_link(app))
    assert source(page) == ""
    assert client.get(page.path.replace("domanda", "audio").partition("?")[0]).status_code == 404


def test_each_version_of_a_form_has_its_own_voice(app: Flask, client: FlaskClient) -> None:
    record(app, variant="std")
    assert source(first_question(client, new_link(app))) == ""
    standard = app.test_client()
    assert source(first_question(standard, new_link(app, variant="std"))) != ""


def test_who_does_not_want_to_listen_gets_nothing(app: Flask, client: FlaskClient) -> None:
    record(app)
    start = visit(client, new_link(app))
    send(client, visit(client, start.links["Come vuoi leggere?"]), {"aloud": "off"})
    page = send(client, visit(client, start.path))
    assert page.is_question
    assert scripts(page) == []
    assert page.main.find(".//*[@id='ascolta']") is None


def test_only_participants_have_questions_read(app: Flask, client: FlaskClient) -> None:
    page = send(client, visit(client, new_link(app, form="O", occasion="EXPOST", instrument="qil")))
    assert scripts(page) == []


def test_the_persons_own_words_are_for_voices_of_the_device(app: Flask) -> None:
    page = goal_question(app, "Lavorare in una biblioteca")
    assert "Lavorare in una biblioteca" in page.h1
    place = page.main.find(".//*[@id='ascolta']")
    assert place is not None
    assert place.get("data-own") is not None
    assert source(page) == ""


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    found: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("recorded", [False, True], ids=["no recordings", "recordings"])
def test_a_question_asks_the_database_nothing_more(
    app: Flask, client: FlaskClient, engine: Engine, recorded: bool
) -> None:
    """Two queries show a question: the response and its answers. The recordings are known to the process."""
    if recorded:
        record(app)
    page = first_question(client, new_link(app))
    with statements(engine) as asked:
        visit(client, page.path)
    selects = [statement for statement in asked if statement.lstrip().upper().startswith("SELECT")]
    assert len(selects) == 2
    assert not [statement for statement in selects if "recording" in statement]


def test_other_processes_know_within_a_minute(app: Flask, client: FlaskClient) -> None:
    known: Known = app.extensions["surveyapp.recordings"]
    moment = 1000.0
    known.clock = lambda: moment
    link = new_link(app)
    assert source(first_question(client, link)) == ""
    record(app)
    moment += SECONDS_KNOWN - 1
    assert source(visit(client, link)) == ""
    moment += 1
    assert source(visit(client, link)) != ""


def stored_modes(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.execute(select(Answer.mode).order_by(Answer.id)).scalars())


def test_a_question_that_was_read_aloud_says_so_with_its_answer(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    first = first_question(client, new_link(app))
    second = send(client, first, {"answer": "1", "aloud": "1"})
    assert "aloud" not in second.hidden()
    send(client, second, {"answer": "1"})
    assert stored_modes(engine) == ["read_aloud", "self"]


def test_it_was_read_aloud_also_when_the_page_came_again(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    """Nothing sent at first, something impossible, and the same question from another page."""
    first = first_question(client, new_link(app))
    again = send(client, first, {"aloud": "1"})
    assert again.hidden()["aloud"] == "1"
    wrong = send(client, again, {"answer": "77"}, status=422)
    assert wrong.hidden()["aloud"] == "1"
    send(client, first, {"answer": "2", "key": "elsewhere"})
    both = send(client, wrong, {"answer": "1"}, status=409)
    assert both.hidden()["aloud"] == "1"
    send(client, both)
    assert stored_modes(engine) == ["self", "read_aloud"]


def test_a_changed_text_leaves_its_recording_behind(
    app: Flask, client: FlaskClient, engine: Engine, tmp_path: Path
) -> None:
    """The same recording serves every version with the same words, and none with others."""
    kept, changed = record(app, "AUT_BEN2"), record(app, FIRST)
    newer = create_app(
        replace(app.extensions["surveyapp"].settings, instruments=second_version(tmp_path)), engine
    )
    browser = newer.test_client()
    first = first_question(browser, new_link(newer, version="0.2.0"))
    assert first.h1 == "Le tue giornate ti piacciono?"
    assert source(first) == ""
    second = send(browser, first, {"answer": "1"})
    assert browser.get(source(second)).data == kept
    assert client.get(source(first_question(client, new_link(app)))).data == changed
