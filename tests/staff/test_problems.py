"""Reported problems: a list, what was answered and when, by the central roles."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, update

from surveyapp.storage.engine import writing
from surveyapp.storage.problem_tables import ProblemReport
from tests.staff.people import enter, press, rows
from tests.web.pages import Page, send, visit

pytestmark = pytest.mark.usefixtures("staff")

TEXT = "Non sento la voce.\nHo provato due volte."


@pytest.fixture
def reader(app: Flask) -> FlaskClient:
    client = app.test_client()
    enter(client, "administrator")
    return client


@pytest.fixture
def problem(app: Flask, reader: FlaskClient) -> Page:
    """The page of a problem that somebody reported."""
    visitor = app.test_client()
    form = visit(visitor, "/segnala?da=questions.question")
    send(visitor, form, {"text": TEXT, "email": "anna@example.org", "page": "question"})
    return visit(reader, visit(reader, "/gestione/problemi").links["Non sento la voce."])


def test_no_problem_is_said_in_words(reader: FlaskClient) -> None:
    assert "Nessun messaggio." in visit(reader, "/gestione/problemi").words


def test_a_problem_waits_for_an_answer(reader: FlaskClient, problem: Page) -> None:
    (line,) = rows(visit(reader, "/gestione/problemi"))
    assert line[0] == "Non sento la voce. aspetta una risposta"
    assert (line[1], line[-1]) == ("Una domanda", "Senza risposta")
    for said in ("Ho provato due volte.", "anna@example.org", "non lasciato"):
        assert said in problem.words


def test_the_answer_is_noted_once_with_its_day(reader: FlaskClient, problem: Page) -> None:
    done = press(reader, problem, "Segna la risposta", {"reply": "Telefonato:\nla voce ora va."})
    assert "Risposta segnata." in done.words
    assert "la voce ora va." in done.words
    assert "administrator@study.example" in done.words
    assert rows(visit(reader, "/gestione/problemi"))[0][-2:] == ["–", "Risposta data"]
    again = press(reader, problem, "Segna la risposta", {"reply": "Altro"})
    assert "C'era già una risposta" in again.words
    assert "Altro" not in again.words


@pytest.mark.parametrize(
    ("written", "said"), [("  ", "Scrivi in poche parole"), ("x" * 2001, "al massimo 2000")]
)
def test_an_answer_that_cannot_be_noted_is_shown_again(
    reader: FlaskClient, problem: Page, written: str, said: str
) -> None:
    page = press(reader, problem, "Segna la risposta", {"reply": written}, status=422)
    assert page.title.startswith("Errore: ")
    assert page.words.count(said) == 2
    assert written.strip() in page.text


def test_what_waits_too_long_stands_out(reader: FlaskClient, engine: Engine, problem: Page) -> None:
    with writing(engine) as connection:
        connection.execute(update(ProblemReport).values(received_at=datetime.now(UTC) - timedelta(days=31)))
    assert rows(visit(reader, "/gestione/problemi"))[0][-1] == "In ritardo"


def test_after_a_year_the_list_forgets(reader: FlaskClient, engine: Engine, problem: Page) -> None:
    with writing(engine) as connection:
        connection.execute(update(ProblemReport).values(received_at=datetime.now(UTC) - timedelta(days=366)))
    assert "Nessun messaggio." in visit(reader, "/gestione/problemi").words
    visit(reader, problem.path, status=404)


def test_one_that_is_not_there(reader: FlaskClient, problem: Page) -> None:
    visit(reader, "/gestione/problemi/999", status=404)
    assert reader.post("/gestione/problemi/999/risposta", data=problem.hidden()).status_code == 404
