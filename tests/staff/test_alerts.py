"""Alerts: read by the few who may act, noted when read, closed with an outcome, never out of these pages."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.alert_tables import Alert
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.job_tables import Job
from surveyapp.storage.tables import Administration
from tests.factories import (
    NOW,
    create_administration,
    create_answer,
    create_link,
    create_path,
    create_person,
    create_placement,
)
from tests.staff.people import enter, press, rows
from tests.web.page import words
from tests.web.pages import Page, send, visit

pytestmark = pytest.mark.usefixtures("staff")

CODE, WORDS = "BG-CANARINO-7", "parole che nessuno deve leggere"
QUESTION = "Al lavoro qualcuno ti tratta male?"
BEFORE = ("QIL_REL4", "QIL_REL4R")
REASON = "Secondo te, perché ti trattano male?"


@pytest.fixture
def link(engine: Engine, catalogue: Catalogue) -> str:
    """The link of a person asked about a placement; all but the questions on bad treatment are skipped."""
    with writing(engine) as connection:
        path = create_path(connection, create_person(connection, code=CODE))
        placement = create_placement(connection, path)
        about = {"instrument": "qil", "occasion": "INITINERE", "variant": "easy", "placement_id": placement}
        administration = create_administration(connection, catalogue, path, **about)
        for item in catalogue.newest("qil").items:
            if item not in BEFORE:
                create_answer(connection, administration, item, reason="skipped")
        return "/r/" + create_link(connection, administration)


def answer_badly(app: Flask, link: str) -> Page:
    """The person says yes, and goes no further; the page that comes next."""
    client = app.test_client()
    question = send(client, visit(client, link))
    assert question.h1 == QUESTION
    return send(client, question, {"answer": "3"})


@pytest.fixture
def reader(app: Flask) -> FlaskClient:
    client = app.test_client()
    enter(client, "lead_partner")
    return client


def stored(engine: Engine) -> Any:
    with reading(engine) as connection:
        return connection.execute(select(Alert.__table__)).one()


def opened(reader: FlaskClient) -> Page:
    alerts = visit(reader, "/gestione/segnalazioni")
    return visit(reader, next(link for text, link in alerts.links.items() if text.startswith(CODE)))


def panels(page: Page) -> list[str]:
    return [words(one) for one in page.main.iter("div") if one.get("class") == "panel"]


def test_an_answer_that_is_never_sent_is_read_by_who_may_act(
    app: Flask, reader: FlaskClient, engine: Engine, link: str
) -> None:
    answer_badly(app, link)
    assert "C'è una segnalazione da leggere" in visit(reader, "/gestione/").words
    (line,) = rows(visit(reader, "/gestione/segnalazioni"))
    assert line[0].startswith(CODE)
    assert line[1] == "Provincia di Bergamo"
    assert line[-1] == "Da leggere"
    page = opened(reader)
    assert panels(page) == [f"{QUESTION} Sì"]
    for said in ("Possibile maltrattamento o esclusione", "Non ancora inviato", "lead_partner@study.example"):
        assert said in page.words
    row = stored(engine)
    assert (row.read_by, row.raised_by, row.closed_at) == ("lead_partner@study.example", "", None)
    assert "da leggere" not in visit(reader, "/gestione/").words


def test_once_read_it_no_longer_waits_and_the_first_reader_stays(
    app: Flask, reader: FlaskClient, engine: Engine, link: str
) -> None:
    answer_badly(app, link)
    opened(reader)
    other = app.test_client()
    assert "da leggere" not in enter(other, "socialis").words
    opened(other)
    assert stored(engine).read_by == "lead_partner@study.example"
    assert rows(visit(other, "/gestione/segnalazioni"))[0][-1] == "Letta, aperta"


def test_what_was_asked_because_of_it_is_shown_too(app: Flask, reader: FlaskClient, link: str) -> None:
    client = app.test_client()
    question = send(client, visit(client, link))
    follow_up = send(client, question, {"answer": "3"})
    assert follow_up.h1 == REASON
    value = next(value for label, value in follow_up.choices.items() if label not in ("Non lo so",))
    label = next(label for label, code in follow_up.choices.items() if code == value)
    send(client, follow_up, {"answer": value})
    assert panels(opened(reader)) == [f"{QUESTION} Sì", f"{REASON} {label}"]


def test_a_changed_answer_is_marked_so(app: Flask, reader: FlaskClient, link: str) -> None:
    client = app.test_client()
    question = send(client, visit(client, link))
    follow_up = send(client, question, {"answer": "3"})
    again = visit(client, follow_up.links["Torna indietro"])
    send(client, again, {"answer": "1"})
    assert "La risposta è stata cambiata dopo" in visit(reader, "/gestione/segnalazioni").words
    assert panels(opened(reader)) == [f"{QUESTION} Sì La risposta è stata cambiata dopo. Adesso è: No"]


def test_closing_needs_an_outcome_and_stays_visible(
    app: Flask, reader: FlaskClient, engine: Engine, link: str
) -> None:
    answer_badly(app, link)
    page = opened(reader)
    wrong = press(reader, page, "Chiudi la segnalazione", {"outcome": "made up"}, status=422)
    assert wrong.title.startswith("Errore: ")
    assert wrong.words.count("Scegli com'è andata") == 2
    assert stored(engine).closed_at is None
    closed = press(reader, page, "Chiudi la segnalazione", {"outcome": "helped", "reason": "disability"})
    assert "La persona ha avuto un aiuto" in closed.words
    assert "La disabilità" in closed.words
    assert closed.main.find(".//form") is None
    row = stored(engine)
    assert (row.outcome, row.reason, row.closed_by) == ("helped", "disability", "lead_partner@study.example")
    assert rows(visit(reader, "/gestione/segnalazioni"))[0][-2:] == ["–", "Chiusa"]
    again = press(reader, page, "Chiudi la segnalazione", {"outcome": "no_danger"})
    assert "era già chiusa" in again.words
    assert stored(engine).outcome == "helped"


def test_until_when_is_said_and_what_is_late_stands_out(
    app: Flask, reader: FlaskClient, engine: Engine, link: str
) -> None:
    answer_badly(app, link)
    page = visit(reader, "/gestione/segnalazioni")
    assert "si muove entro 2 giorni lavorativi" in page.words
    assert "In ritardo" not in page.words
    with writing(engine) as connection:
        connection.execute(update(Alert).values(raised_at=datetime.now(UTC) - timedelta(days=20)))
    assert "In ritardo" in visit(reader, "/gestione/segnalazioni").words


def test_it_stays_when_the_person_withdraws(
    app: Flask, reader: FlaskClient, engine: Engine, link: str
) -> None:
    answer_badly(app, link)
    with writing(engine) as connection:
        connection.execute(update(Administration).values(state="withdrawn", closed_at=NOW))
    page = opened(reader)
    assert panels(page) == [f"{QUESTION} Sì"]
    assert "Ritirato" in page.words


@pytest.mark.parametrize("role", ["administrator", "territory_office", "caseworker"])
def test_nobody_else_knows_that_there_is_one(app: Flask, engine: Engine, link: str, role: str) -> None:
    answer_badly(app, link)
    client = app.test_client()
    today = enter(client, role)
    assert "egnalazion" not in today.words
    assert "Segnalazioni" not in today.links
    for address in ("/gestione/segnalazioni", "/gestione/segnalazioni/1"):
        assert client.get(address).status_code == 403
    assert stored(engine).read_at is None


def test_the_screen_after_it_says_nothing_of_it(app: Flask, engine: Engine, link: str) -> None:
    page = answer_badly(app, link)
    for said in ("egnal", "avvis", "aiut", "pericol"):
        assert said not in page.words.replace("Aiuto", "")
    assert page.h1 == REASON  # what the instrument itself asks


def test_nothing_of_it_is_in_logs_or_jobs(
    app: Flask, reader: FlaskClient, engine: Engine, link: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer_badly(app, link)
    opened(reader)
    with reading(engine) as connection:
        (job,) = connection.execute(select(Job.__table__))
    assert (job.kind, job.arguments, job.message) == ("notice", '{"alert": "1"}', "")
    for secret in (CODE, "CANARINO", "QIL_REL4", "MALTRATTAMENTO", "tratta male"):
        assert secret not in caplog.text.replace("/domanda/QIL_REL4", "")
        assert secret not in str(tuple(job))


TEXT_KEY = "TEXT222222"


@pytest.fixture
def sent_text(engine: Engine, catalogue: Catalogue) -> int:
    """A questionnaire that was sent with a text in it; its id."""
    with writing(engine) as connection:
        path = create_path(connection, create_person(connection, code=CODE))
        sent = {"state": "submitted", "variant": "easy", "closed_at": NOW, "key": TEXT_KEY}
        administration = create_administration(connection, catalogue, path, **sent)
        create_answer(connection, administration, "AUT_ASP1", text="prima")
        create_answer(connection, administration, "AUT_ASP1", text=WORDS, revision=2)
        create_answer(connection, administration, "AUT_BEN1", value=3)
        return administration


def test_a_text_that_was_read_can_be_reported(reader: FlaskClient, engine: Engine, sent_text: int) -> None:
    page = visit(reader, f"/gestione/somministrazioni/{TEXT_KEY}")
    texts = visit(reader, page.links["Leggi i testi scritti"])
    assert WORDS in texts.words
    assert "prima" not in texts.words.replace("prima volta", "")
    button = next(words(one) for one in texts.main.iter("button"))
    assert button.startswith("Segnala il testo: ")
    reported = press(reader, texts, button, {"reason": "sex"})
    assert "Segnalato" in reported.words
    row = stored(engine)
    assert (row.code, row.item, row.revision, row.reason) == ("by_staff", "AUT_ASP1", 2, "sex")
    assert row.raised_by == "lead_partner@study.example"
    alert = opened(reader)
    assert "Un testo segnalato dal personale" in alert.words
    assert [panel.endswith(WORDS) for panel in panels(alert)] == [True]


def test_a_text_is_reported_once(reader: FlaskClient, engine: Engine, sent_text: int) -> None:
    address = f"/gestione/somministrazioni/{TEXT_KEY}/testi"
    texts = visit(reader, address)
    button = next(words(one) for one in texts.main.iter("button"))
    for _ in range(2):
        press(reader, texts, button, {"reason": "made up"})
    assert stored(engine).reason is None


@pytest.mark.parametrize("state", ["open", "withdrawn", "refused"])
def test_texts_that_were_not_sent_are_not_read(
    reader: FlaskClient, engine: Engine, sent_text: int, state: str
) -> None:
    closed = None if state == "open" else NOW
    with writing(engine) as connection:
        connection.execute(update(Administration).values(state=state, closed_at=closed))
    visit(reader, f"/gestione/somministrazioni/{TEXT_KEY}/testi", status=404)
    assert "Leggi i testi scritti" not in visit(reader, f"/gestione/somministrazioni/{TEXT_KEY}").links


def test_what_is_no_text_cannot_be_reported(reader: FlaskClient, sent_text: int) -> None:
    texts = visit(reader, f"/gestione/somministrazioni/{TEXT_KEY}/testi")
    for item in ("AUT_BEN1", "NOTHING"):
        address = f"/gestione/somministrazioni/{TEXT_KEY}/testi/{item}/segnala"
        assert reader.post(address, data=texts.hidden()).status_code == 404


def test_the_database_keeps_its_own_rules(engine: Engine, sent_text: int) -> None:
    good = {"administration_id": sent_text, "code": "c", "item": "AUT_ASP1", "revision": 2, "raised_at": NOW}
    read = {"read_at": NOW, "read_by": "x"}
    for wrong in (
        {"revision": 9},
        {"reason": "made up"},
        {"read_at": NOW},
        {**read, "closed_at": NOW, "closed_by": "x"},
        {**read, "closed_at": NOW, "closed_by": "x", "outcome": "made up"},
        {"closed_at": NOW, "closed_by": "x", "outcome": "talked"},
    ):
        with pytest.raises(IntegrityError), writing(engine) as connection:
            connection.execute(insert(Alert), good | {"raised_by": ""} | wrong)
    with writing(engine) as connection:
        connection.execute(insert(Alert), good)
    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(insert(Alert), good)
