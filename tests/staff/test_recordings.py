"""The voice of the questions, for who writes the instruments: hear, upload, delete, and what is refused."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.sheets.aloud import texts
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.recording_tables import MAX_BYTES, Recording
from surveyapp.web.app import create_app
from tests.factories import create_recording
from tests.sounds import id3, mp3, opus
from tests.staff.people import enter, reply_to, rows
from tests.web.pages import Page, checked_page, send, visit, words
from tests.web.repeated import second_version
from tests.web.walk import new_link

VOICE = "/gestione/strumenti/aut/0.1.0/voce"
FIRST = "AUT_BEN1"
CHANGED = "Il testo è cambiato"

pytestmark = pytest.mark.usefixtures("staff")
sqlite = pytest.mark.parametrize("database", ["sqlite"])


@pytest.fixture
def author(client: FlaskClient) -> FlaskClient:
    enter(client, "socialis")
    return client


def upload(
    client: FlaskClient, page: Page, content: bytes, item: str = FIRST, name: str = "voce.mp3"
) -> Page:
    """Choose a file for a text and press its button; the page that follows."""
    reply = sent(client, page, content, item, name, follow_redirects=True)
    return checked_page(reply, reply.status_code)


def sent(
    client: FlaskClient, page: Page, content: bytes | None, item: str, name: str, **options: Any
) -> TestResponse:
    """The reply to a file, sent as browsers do; written in memory, since the client leaves its files open."""
    button = f"Carica la registrazione di {item}"
    form = next(one for one in page.main.iter("form") if button in map(words, one.iter("button")))
    fields = {
        one.get("name"): one.get("value", "") for one in form.iter("input") if one.get("name") != "file"
    }
    changes = options.pop("changes", {})
    file = {} if content is None else {"file": FileStorage(io.BytesIO(content), name)}
    boundary, body = encode_multipart({**fields, **changes, **file})
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post(form.get("action", ""), data=body, content_type=kind, **options)


def line(page: Page, item: str = FIRST) -> list[str]:
    """The cells of the line of an item."""
    return next(row for row in rows(page) if row[0].startswith(item))


def stored(engine: Engine) -> list[tuple[Any, ...]]:
    columns = (Recording.item, Recording.variant, Recording.source, Recording.media_type, Recording.content)
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(Recording.id))]


def test_the_page_has_every_text_as_it_is_read(author: FlaskClient) -> None:
    page = visit(author, VOICE)
    assert page.h1 == "La voce di «Autovalutazione»"
    assert "42 testi: 39 da registrare e 3 che non si registrano." in page.words
    assert "Ti piacciono le tue giornate?" in line(page)[0]
    assert line(page)[1] == "Da registrare"
    assert line(page, "AUT_OBR1")[1].startswith("Non si registra")
    assert line(page, "AUT_OBR1")[2] == ""


def test_it_is_reached_from_the_instrument(author: FlaskClient) -> None:
    page = visit(author, visit(author, "/gestione/strumenti/aut/0.1.0").links["Voce delle domande"])
    standard = visit(author, f"{VOICE}?scheda=P&variante=std")
    assert rows(page)[0][0] != rows(standard)[0][0]


def test_others_do_not_see_the_link(client: FlaskClient) -> None:
    enter(client, "caseworker")
    assert "Voce delle domande" not in visit(client, "/gestione/strumenti/aut/0.1.0").links


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(mp3(4, id3(100)), "audio/mpeg"), (opus(4), "audio/ogg")],
    ids=["mp3", "opus"],
)
def test_a_voice_is_uploaded_heard_and_deleted(
    author: FlaskClient, engine: Engine, app: Flask, content: bytes, media_type: str
) -> None:
    page = upload(author, visit(author, VOICE), content, name="whatever.txt")
    assert "Registrazione caricata: AUT_BEN1." in page.words
    assert line(page)[1].startswith("Voce 4 secondi,")
    assert "da socialis@study.example" in line(page)[1]
    assert "42 testi: 1 con una voce, 38 da registrare" in page.words
    [player] = page.main.iter("audio")
    part = author.get(player.get("src", ""), headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.data, part.mimetype) == (206, content[:4], media_type)
    assert part.headers["Cache-Control"] == "no-store"
    assert stored(engine) == [(FIRST, "easy", "voice", media_type, content)]
    participant = app.test_client()
    question = send(participant, visit(participant, new_link(app)))
    assert "Ascolta la domanda" in question.words
    [button] = [words(one) for one in page.main.iter("button") if words(one).startswith("Elimina")]
    gone = checked_page(reply_to(author, page, button, follow_redirects=True))
    assert line(gone)[1] == "Da registrare"
    assert stored(engine) == []
    assert "Ascolta la domanda" not in visit(participant, question.path).words


def test_a_new_voice_takes_the_place_of_the_one_before(author: FlaskClient, engine: Engine) -> None:
    page = upload(author, visit(author, VOICE), mp3(2))
    upload(author, page, mp3(3))
    assert [row[4] for row in stored(engine)] == [mp3(3)]


REFUSED = {
    "a text": (b"ciao", 422, "servono file mp3"),
    "a wav": (b"RIFF\x24\x08\x00\x00WAVEfmt " + bytes(3000), 422, "servono file mp3"),
    "an m4a": (b"\x00\x00\x00\x20ftypM4A " + bytes(3000), 422, "servono file mp3"),
    "a page": (b"<!doctype html><script>alert(1)</script>", 422, "servono file mp3"),
    "empty": (b"", 422, "servono file mp3"),
    "too big": (mp3(3, id3(MAX_BYTES)), 413, "al massimo 2 MB"),
}


@sqlite
@pytest.mark.parametrize(("content", "status", "told"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_used_is_refused_in_words(
    author: FlaskClient, engine: Engine, content: bytes, status: int, told: str
) -> None:
    before = upload(author, visit(author, VOICE), mp3(2), "AUT_BEN2")
    page = upload(author, before, content)
    assert page.status == status
    assert page.title.startswith("Errore: ")
    alert = next(one for one in page.main.iter() if one.get("role") == "alert")
    assert "La registrazione di AUT_BEN1 non è stata caricata" in words(alert)
    assert told in words(alert)
    [field] = [one for one in page.main.iter("input") if one.get("aria-invalid")]
    assert next(alert.iter("a")).get("href") == f"#{field.get('id')}"
    assert told in words(page.main.find(f".//*[@id='{field.get('aria-describedby')}']"))
    assert line(page, "AUT_BEN2")[1].startswith("Voce ")
    assert [row[0] for row in stored(engine)] == ["AUT_BEN2"]


@sqlite
def test_no_file_at_all_is_told(author: FlaskClient) -> None:
    reply = sent(author, visit(author, VOICE), None, FIRST, "")
    assert "Scegli un file da caricare." in checked_page(reply, 422).words


@sqlite
def test_the_biggest_file_that_is_promised_passes(author: FlaskClient, engine: Engine) -> None:
    sound = mp3(3)
    upload(author, visit(author, VOICE), id3(MAX_BYTES - len(sound) - 10) + sound)
    assert [len(row[4]) for row in stored(engine)] == [MAX_BYTES]


@sqlite
def test_a_huge_file_is_answered_without_keeping_it(author: FlaskClient, engine: Engine) -> None:
    page = checked_page(sent(author, visit(author, VOICE), bytes(50_000_000), FIRST, "film.mp3"), 413)
    assert page.h1 == "Il file è troppo grande"
    assert "2 MB" in page.words
    assert stored(engine) == []


@sqlite
@pytest.mark.parametrize(
    "changes",
    [{"testo": "0" * 64}, {"item": "AUT_OBR1"}, {"item": "AUT_BEN2"}, {"item": "AUT_BEN1\0"}, {"testo": ""}],
)
def test_a_text_that_is_not_there_gets_no_recording(
    author: FlaskClient, engine: Engine, changes: dict[str, str]
) -> None:
    reply = sent(author, visit(author, VOICE), mp3(2), FIRST, "voce.mp3", changes=changes)
    assert reply.status_code == 404
    assert stored(engine) == []


@sqlite
def test_the_persons_own_words_are_never_recorded(
    author: FlaskClient, engine: Engine, catalogue: Catalogue
) -> None:
    text = next(one for one in texts(catalogue.newest("aut"), "P", "easy") if one.item == "AUT_OBR1")
    changes = {"item": text.item, "testo": text.sha256}
    reply = sent(author, visit(author, VOICE), mp3(2), FIRST, "voce.mp3", changes=changes)
    assert reply.status_code == 404
    assert stored(engine) == []


@sqlite
@pytest.mark.parametrize("number", ["0", "99999999999999999999", "1"])
def test_a_recording_of_another_instrument_is_not_found(
    author: FlaskClient, engine: Engine, number: str
) -> None:
    with writing(engine) as connection:
        create_recording(connection, instrument="qil")
    assert author.get(f"{VOICE}/{number}").status_code == 404


@sqlite
def test_a_voice_of_the_computer_stays_below_a_persons(
    author: FlaskClient, engine: Engine, catalogue: Catalogue
) -> None:
    text = next(one for one in texts(catalogue.newest("aut"), "P", "easy") if one.item == FIRST)
    with writing(engine) as connection:
        create_recording(connection, source="generated", text_sha256=text.sha256)
    page = visit(author, VOICE)
    assert line(page)[1].startswith("Voce del computer")
    both = upload(author, page, mp3(2))
    assert line(both)[1].startswith("Voce 2 secondi")
    assert "Voce del computer, 5 secondi" in line(both)[1]


@sqlite
def test_a_text_that_changed_asks_for_a_new_recording(
    app: Flask, author: FlaskClient, engine: Engine, tmp_path: Path
) -> None:
    for item in (FIRST, "AUT_BEN2"):
        upload(author, visit(author, VOICE), mp3(2), item)
    settings = replace(app.extensions["surveyapp"].settings, instruments=second_version(tmp_path))
    other = create_app(settings, engine).test_client()
    enter(other, "lead_partner")
    page = visit(other, VOICE.replace("0.1.0", "0.2.0"))
    assert line(page)[1] == CHANGED
    assert line(page, "AUT_BEN2")[1].startswith("Voce ")
    [left] = rows(page, 1)
    assert left[0] == FIRST
    assert "Serve alla versione 0.1.0, che ha un altro testo." in left[1]
    assert line(visit(other, VOICE))[1].startswith("Voce ")


@sqlite
def test_a_recording_that_nobody_hears_any_more_is_told(author: FlaskClient, engine: Engine) -> None:
    with writing(engine) as connection:
        create_recording(connection, text_sha256="1" * 64)
        create_recording(connection, item="AUT_GONE", text_sha256="2" * 64)
    page = visit(author, VOICE)
    assert line(page)[1] == CHANGED
    assert [row[0] for row in rows(page, 1)] == [FIRST, "AUT_GONE"]
    assert all("nessuno la sente più" in row[1] for row in rows(page, 1))


@sqlite
@pytest.mark.parametrize(
    ("address", "status"),
    [("acc/0.1.0", 200), ("mcr/0.1.0", 404), ("aut/9.9.9", 404), ("nothing/0.1.0", 404)],
)
def test_where_nothing_is_read_aloud(author: FlaskClient, address: str, status: int) -> None:
    page = visit(author, f"/gestione/strumenti/{address}/voce", status=status)
    if status == 200:
        assert "non c'è niente da leggere ad alta voce" in page.words


@sqlite
@pytest.mark.parametrize("asked", ["scheda=O", "scheda=X&variante=Y", "variante=%00"])
def test_what_the_address_asks_wrongly_shows_the_first_form(author: FlaskClient, asked: str) -> None:
    assert rows(visit(author, f"{VOICE}?{asked}")) == rows(visit(author, VOICE))


@sqlite
def test_words_of_the_context_are_recorded_one_by_one(author: FlaskClient) -> None:
    page = visit(author, "/gestione/strumenti/qil/0.1.0/voce?scheda=P&variante=easy")
    cells = [row[0] for row in rows(page) if "il tirocinio" in row[0]]
    [item] = {cell.split()[0] for cell in cells}
    assert len([row for row in rows(page) if row[0].startswith(item)]) == 5
