"""Focus groups: planned, changed, closed, deleted; who takes part, by code and role."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, insert

from surveyapp.storage.engine import writing
from surveyapp.storage.focus_tables import Vote
from surveyapp.storage.revision_tables import Decision
from tests.factories import NOW
from tests.staff.people import buttons, enter, press, rows
from tests.web.pages import Page, visit

pytestmark = pytest.mark.usefixtures("staff")

LIST = "/gestione/focus-group"
FG2 = {
    "code": "FG2",
    "title": "Criteri delle cooperative",
    "audience": "COOP",
    "planned_for": f"10/12/{datetime.now(UTC).year}",
    "guide": "Che cosa rende buono un inserimento?",
    "versions": ["aut@0.1.0", "qil@0.1.0"],
}
P1 = {"code": "P1", "role": "coop di tipo B", "organisation": "C07", "quotable": "yes"}


@pytest.fixture
def author(app: Flask) -> FlaskClient:
    client = app.test_client()
    enter(client, "socialis")
    return client


@pytest.fixture
def meeting(author: FlaskClient) -> Page:
    return press(author, visit(author, f"{LIST}/nuovo"), "Salva", FG2)


def test_no_meeting_is_said_in_words(author: FlaskClient) -> None:
    assert "Non c'è ancora nessun focus group." in visit(author, LIST).words


def test_a_new_meeting_is_on_the_list_and_has_a_page(author: FlaskClient, meeting: Page) -> None:
    for said in ("Focus group aggiunto.", "Cooperative sociali", "Autovalutazione 0.1.0", FG2["guide"]):
        assert said in meeting.words
    (line,) = rows(visit(author, LIST))
    assert line == ["FG2 Criteri delle cooperative", "Cooperative sociali", "10 dic", "0", "0", "Previsto"]


def test_what_is_wrong_is_shown_with_what_was_typed(author: FlaskClient) -> None:
    form = visit(author, f"{LIST}/nuovo")
    page = press(author, form, "Salva", FG2 | {"planned_for": "presto", "minutes": "tanti"}, status=422)
    assert page.title.startswith("Errore: ")
    assert page.words.count("Scrivi il giorno così") == 2
    for typed in ("presto", "tanti", FG2["title"], FG2["guide"]):
        assert str(typed) in page.text


def test_a_code_is_there_once(author: FlaskClient, meeting: Page) -> None:
    again = press(author, visit(author, f"{LIST}/nuovo"), "Salva", FG2, status=422)
    assert "Questo codice c'è già" in again.words


def test_what_is_known_can_be_changed(author: FlaskClient, meeting: Page) -> None:
    form = visit(author, meeting.links["Modifica"])
    held = {"held_on": "26/11/2026", "minutes": "115", "recorded": "yes", "versions": ["aut@0.1.0"]}
    page = press(author, form, "Salva", FG2 | held)
    for said in ("Modifiche salvate.", "26 nov", "115 minuti", "Tenuto, note aperte"):
        assert said in page.words
    assert "Qualità" not in page.words
    shown = visit(author, page.links["Modifica"])
    assert 'value="26/11/2026"' in shown.text
    wrong = press(author, shown, "Salva", FG2 | {"held_on": "01/01/2040"}, status=422)
    assert "non può essere nel futuro" in wrong.words


def test_a_text_that_looks_like_a_name_is_kept_with_a_warning(author: FlaskClient) -> None:
    page = press(author, visit(author, f"{LIST}/nuovo"), "Salva", FG2 | {"moderator": "Giulia"})
    assert "Giulia sembra dire chi è una persona" in page.words
    assert "Focus group aggiunto." in page.words


def test_notes_are_closed_and_opened_again(author: FlaskClient, meeting: Page) -> None:
    closed = press(author, meeting, "Chiudi le note")
    assert "Concluso" in closed.words
    assert "Previsto" in press(author, closed, "Riapri le note").words


def test_a_meeting_in_which_nothing_was_said_is_deleted(author: FlaskClient, meeting: Page) -> None:
    press(author, meeting, "Aggiungi il partecipante", P1)
    page = press(author, meeting, "Elimina il focus group")
    assert "Focus group eliminato: FG2." in page.words
    visit(author, meeting.path, status=404)


def test_a_meeting_with_a_decision_stays(author: FlaskClient, engine: Engine, meeting: Page) -> None:
    proposal = {"instrument": "aut", "object_kind": "item", "object_id": "AUT_OCC3", "proposal": "x"}
    by = {"code": "DEC-001", "focus_group_id": 1, "proposed_by": "x", "proposed_at": NOW}
    with writing(engine) as connection:
        connection.execute(insert(Decision).values(**proposal, **by))
    page = press(author, meeting, "Elimina il focus group", status=422)
    assert "non si può eliminare: contiene qualcosa (decisioni: 1)" in page.words
    visit(author, meeting.path)


def test_participants_have_a_code_a_role_and_two_consents(author: FlaskClient, meeting: Page) -> None:
    page = press(author, meeting, "Aggiungi il partecipante", P1)
    assert rows(page) == [["P1", "coop di tipo B", "C07", "Sì", "No"]]
    again = press(author, page, "Aggiungi il partecipante", P1 | {"role": ""}, status=422)
    for said in ("Questo codice c'è già", "Scrivi il ruolo."):
        assert said in again.words


def test_a_consent_can_be_taken_back(author: FlaskClient, meeting: Page) -> None:
    one = visit(author, press(author, meeting, "Aggiungi il partecipante", P1).links["P1"])
    taken_back = {"code": "P1", "role": "coop di tipo B", "organisation": "C07"}
    assert rows(press(author, one, "Salva", taken_back)) == [["P1", "coop di tipo B", "C07", "No", "No"]]
    wrong = press(author, one, "Salva", taken_back | {"code": ""}, status=422)
    assert "Scrivi un codice" in wrong.words


def test_who_refused_the_recording_of_a_recorded_meeting_is_told(author: FlaskClient, meeting: Page) -> None:
    press(author, visit(author, meeting.links["Modifica"]), "Salva", FG2 | {"recorded": "yes"})
    page = press(author, meeting, "Aggiungi il partecipante", P1)
    assert "Non tutti i partecipanti hanno accettato la registrazione." in page.words


def test_a_participant_who_voted_stays_on_the_list(
    author: FlaskClient, engine: Engine, meeting: Page
) -> None:
    one = visit(author, press(author, meeting, "Aggiungi il partecipante", P1).links["P1"])
    with writing(engine) as connection:
        vote = {"focus_group_id": 1, "participant_id": 1, "criterion": "AUT_BEN1", "points": 2}
        connection.execute(insert(Vote).values(**vote))
    assert "resta fra i partecipanti" in press(author, one, "Elimina il partecipante").words
    with writing(engine) as connection:
        connection.execute(Vote.__table__.delete())
    assert "Partecipante eliminato: P1." in press(author, one, "Elimina il partecipante").words


def test_an_administrator_reads_and_changes_nothing(app: Flask, author: FlaskClient, meeting: Page) -> None:
    press(author, meeting, "Aggiungi il partecipante", P1)
    press(author, visit(author, f"{meeting.path}/note"), "Aggiungi la nota", {"text": "Il tutor conta."})
    reader = app.test_client()
    enter(reader, "administrator")
    for page in (LIST, meeting.path, f"{meeting.path}/note", f"{meeting.path}/voti"):
        assert set(buttons(visit(reader, page))) <= {"Prepara la sintesi"}  # a report, which changes nothing
    assert "Il tutor conta." in visit(reader, f"{meeting.path}/note").words
