"""A transcript: read, shown as it would be cut, changed, kept once; refused in words."""

import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from surveyapp.storage.engine import reading, writing
from surveyapp.storage.focus_tables import Excerpt
from tests.factories import create_focus_group, create_focus_participant
from tests.staff.people import enter, press, rows
from tests.web.pages import Page, checked_page, visit

pytestmark = pytest.mark.usefixtures("staff")

ADDRESS = "/gestione/focus-group/1/trascrizione"
TEXT = "P1: il tutor è sempre lì.\n\nPX: Marco non è d'accordo.\n"


@pytest.fixture
def author(app: Flask, engine: Engine) -> FlaskClient:
    with writing(engine) as connection:
        create_focus_participant(connection, create_focus_group(connection), code="P1")
    client = app.test_client()
    enter(client, "lead_partner")
    return client


def read(client: FlaskClient, content: bytes, name: str = "fg2.txt", status: int = 200) -> Page:
    """The page after a file; sent from memory, since the client leaves its files open."""
    page = visit(client, ADDRESS)
    file = FileStorage(io.BytesIO(content), name, "file")
    boundary, body = encode_multipart({**page.hidden(), "file": file})
    kind = f"multipart/form-data; boundary={boundary}"
    return checked_page(client.post(ADDRESS, data=body, content_type=kind), status)


def kept(engine: Engine) -> list[Any]:
    columns = (Excerpt.position, Excerpt.text, Excerpt.speaker_id, Excerpt.minute, Excerpt.source)
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(Excerpt.position))]


def test_a_transcript_is_shown_before_it_is_kept(author: FlaskClient, engine: Engine) -> None:
    page = read(author, TEXT.encode("cp1252"))
    assert "Estratti: 2. Non sono ancora tenuti" in page.words
    assert "P1: il tutor è sempre lì.\n\nPX: Marco non è d'accordo." in page.text.replace("&#39;", "'")
    assert rows(page) == [["2", "Marco"]]
    assert kept(engine) == []


def test_the_excerpts_are_kept_as_they_were_changed_and_once(author: FlaskClient, engine: Engine) -> None:
    page = read(author, TEXT.encode())
    changed = {"text": "(3') P1: il tutor è sempre lì.\r\n\r\nUn altro non è d'accordo."}
    done = press(author, page, "Tieni questi estratti", changed)
    assert "Estratti aggiunti: 2." in done.words
    again = press(author, page, "Tieni questi estratti", changed)
    assert "Questi estratti c'erano già." in again.words
    assert kept(engine) == [
        (1, "il tutor è sempre lì.", 1, 3, "transcript"),
        (2, "Un altro non è d'accordo.", None, None, "transcript"),
    ]


@pytest.mark.parametrize(
    ("content", "name", "status", "said"),
    [
        (b"", "", 422, "Scegli un file."),
        (b" ", "fg2.txt", 422, "non c'è nessuna parola"),
        (b"\x00\x01\x02", "fg2.txt", 422, "non è un testo"),
        (b"ID3", "fg2.mp3", 422, "non è un testo"),
        (b"PK", "fg2.docx", 422, "non si apre"),
        (b"x" * (5 * 1024 * 1024 + 1), "fg2.txt", 413, "al massimo 5 MB"),
    ],
)
def test_a_file_that_is_no_transcript_is_refused_in_words(
    author: FlaskClient, engine: Engine, content: bytes, name: str, status: int, said: str
) -> None:
    page = read(author, content, name, status)
    assert page.title.startswith("Errore: ")
    assert page.words.count(said) >= 2
    assert kept(engine) == []


def test_a_file_beyond_every_limit_is_refused_in_words_too(author: FlaskClient) -> None:
    page = read(author, b"x" * 7_000_000, status=413)
    assert "Una trascrizione può avere al massimo 5 MB" in page.words


def test_nothing_is_kept_of_nothing_or_once_the_notes_are_closed(author: FlaskClient, engine: Engine) -> None:
    page = read(author, TEXT.encode())
    nothing = press(author, page, "Tieni questi estratti", {"text": " "}, status=422)
    assert "Non c'è nessun estratto da tenere." in nothing.words
    press(author, visit(author, "/gestione/focus-group/1"), "Chiudi le note")
    refused = press(author, page, "Tieni questi estratti", {"text": TEXT}, status=422)
    assert "sono chiuse: riaprile" in refused.words
    assert "il tutor è sempre lì" in refused.text
    assert kept(engine) == []
