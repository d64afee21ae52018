"""Notes from a file on the page of a meeting: all of them or none, each problem with its line."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from surveyapp.storage.engine import reading, writing
from surveyapp.storage.focus_tables import ExcerptCode
from tests.factories import create_focus_group
from tests.staff.people import enter, press, rows
from tests.web.pages import Page, visit

pytestmark = pytest.mark.usefixtures("staff")

FORM = "/gestione/focus-group/1/note-da-file"
NOTES = "testo;criteri;tipo\nIl tutor conta;QIL_BEN1;conferma\nLo dice Marco;;\n"


@pytest.fixture
def author(app: Flask, engine: Engine) -> FlaskClient:
    with writing(engine) as connection:
        create_focus_group(connection, code="FG1")
    client = app.test_client()
    enter(client, "socialis")
    return client


def send(client: FlaskClient, text: str = NOTES, status: int = 200) -> Page:
    file = {"file": (BytesIO(text.encode()), "note.csv")}
    return press(client, visit(client, FORM), "Aggiungi le note del file", file, status=status)


def test_notes_come_in_once_coded_by_who_sent_them(author: FlaskClient, engine: Engine) -> None:
    assert "Note da un file" in visit(author, "/gestione/focus-group/1").links
    page = send(author)
    assert page.h1 == "Note di FG1"
    for said in ("Note nuove: 2. C'erano già: 0.", "Controlla le righe 3 del file", "Il tutor conta"):
        assert said in page.words
    assert "Note nuove: 0. C'erano già: 2." in send(author).words
    with reading(engine) as connection:
        assert list(connection.scalars(select(ExcerptCode.coder))) == ["socialis@study.example"]


def test_each_line_that_is_wrong_is_told_and_nothing_is_added(author: FlaskClient) -> None:
    page = send(author, NOTES + "Altra;QIL_BEN1;\n" * 40, status=422)
    assert page.title.startswith("Errore: ")
    assert rows(page)[0] == ["4", f"tipo: «» non va bene: scrivi {KINDS}"]
    assert len(rows(page)) == 30
    assert "ne restano altre 10" in page.words
    assert "Note: 0" in visit(author, "/gestione/focus-group/1/note").words


KINDS = "criterio nuovo, conferma, formulazione, rischio, contesto, buona prassi"


def test_no_file_and_a_closed_meeting_are_told(author: FlaskClient) -> None:
    form = visit(author, FORM)
    assert "Scegli un file." in press(author, form, "Aggiungi le note del file", status=422).words
    press(author, visit(author, "/gestione/focus-group/1"), "Chiudi le note")
    assert "sono chiuse: riaprile" in send(author, status=422).words
