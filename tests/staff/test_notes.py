"""Notes of a focus group: added, coded, corrected; coded by a second person who does not see the first."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, insert, select

from surveyapp.storage.engine import reading, writing
from surveyapp.storage.focus_tables import Excerpt
from surveyapp.storage.revision_tables import Decision, DecisionEvidence
from tests.factories import NOW, create_excerpt, create_focus_group, create_focus_participant
from tests.staff.people import buttons, enter, press
from tests.web.pages import Page, visit

pytestmark = pytest.mark.usefixtures("staff")

NOTES = "/gestione/focus-group/1/note"
TEXT = "Il tutor fa la differenza.\nSempre."


@pytest.fixture
def author(app: Flask, engine: Engine) -> FlaskClient:
    with writing(engine) as connection:
        create_focus_participant(connection, create_focus_group(connection), code="P1")
    return signed_in(app, "socialis")


def signed_in(app: Flask, role: str) -> FlaskClient:
    client = app.test_client()
    enter(client, role)
    return client


def note(client: FlaskClient, text: str = TEXT, status: int = 200, **values: Any) -> Page:
    return press(client, visit(client, NOTES), "Aggiungi la nota", {"text": text, **values}, status=status)


def code(
    client: FlaskClient, page: Page, criterion: str, kind: str = "confirmation", status: int = 200
) -> Page:
    return press(client, page, "Aggiungi il codice", {"criterion": criterion, "kind": kind}, status=status)


def excerpts(engine: Engine) -> int:
    with reading(engine) as connection:
        return int(connection.execute(select(func.count()).select_from(Excerpt)).scalar_one())


def test_a_note_is_added_with_its_number_who_spoke_and_when(author: FlaskClient) -> None:
    page = note(author, speaker="P1", minute="12")
    for said in ("Nota aggiunta.", "Il tutor fa la differenza.", "P1 minuto 12", "Codifica la nota 1"):
        assert said in page.words
    assert "Codifica la nota 2" in note(author, "Le pause contano").words


def test_a_note_sent_twice_is_there_once(author: FlaskClient, engine: Engine) -> None:
    page = visit(author, NOTES)
    for _ in range(2):
        press(author, page, "Aggiungi la nota", {"text": TEXT})
    assert excerpts(engine) == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"text": " "}, "Scrivi la nota."),
        ({"text": "x" * 4001}, "al massimo 4000"),
        ({"text": TEXT, "minute": "601"}, "un numero da 0 a 600"),
        ({"text": TEXT, "minute": "²"}, "un numero da 0 a 600"),
    ],
)
def test_a_note_that_cannot_be_kept_is_shown_again(
    author: FlaskClient, engine: Engine, values: dict[str, str], said: str
) -> None:
    page = note(author, status=422, **values)
    assert page.title.startswith("Errore: ")
    assert page.words.count(said) == 2
    assert values["text"].strip() in page.text
    assert excerpts(engine) == 0


def test_closed_notes_take_no_more_and_lose_nothing(author: FlaskClient) -> None:
    page = visit(author, NOTES)
    press(author, visit(author, "/gestione/focus-group/1"), "Chiudi le note")
    refused = press(author, page, "Aggiungi la nota", {"text": TEXT}, status=422)
    assert "sono chiuse: riaprile" in refused.words
    assert TEXT in refused.text


def test_a_note_with_a_name_is_kept_with_a_warning(author: FlaskClient, engine: Engine) -> None:
    assert "Controlla: Marco sembra dire chi è" in note(author, "Marco è contento").words
    assert excerpts(engine) == 1


def test_a_note_is_coded_to_a_criterion_by_a_few_letters(author: FlaskClient) -> None:
    page = code(author, note(author), "andare vol")
    assert "Codice aggiunto: QIL_BEN1." in page.words
    assert "QIL_BEN1 – Andare volentieri: conferma" in page.words
    assert "Questo codice c'era già." in code(author, page, "QIL_BEN1").words


def test_a_new_criterion_is_kept_and_offered_from_then_on(author: FlaskClient) -> None:
    page = code(author, note(author), "Il tutor resta lo stesso", "new_criterion")
    assert "Codice aggiunto: N-1." in page.words
    assert '<option value="N-1 – Il tutor resta lo stesso">' in page.text
    again = code(author, note(author, "Ancora il tutor"), "resta lo stesso", "confirmation")
    assert "Codice aggiunto: N-1." in again.words
    assert (
        "non si può eliminare"
        in press(author, visit(author, "/gestione/focus-group/1"), "Elimina il focus group", status=422).words
    )


@pytest.mark.parametrize(
    ("criterion", "kind", "said"),
    [
        ("", "risk", "Scrivi il criterio."),
        ("QIL_BEN1", "", "Scegli il tipo."),
        ("QIL_BEN", "risk", "Quale criterio? Forse: QIL_BEN1"),
        ("qwertyuiop", "risk", "Nessun criterio si chiama così."),
        ("x" * 201, "new_criterion", "al massimo 200"),
    ],
)
def test_a_code_that_means_nothing_is_shown_again(
    author: FlaskClient, criterion: str, kind: str, said: str
) -> None:
    page = code(author, note(author), criterion, kind, status=422)
    assert page.words.count(said) == 2
    assert f'value="{criterion}"' in page.text


def test_a_code_is_taken_back_by_who_gave_it(app: FlaskClient, author: FlaskClient) -> None:
    page = code(author, note(author), "QIL_BEN1")
    button = next(one for one in buttons(page) if one.startswith("Togli"))
    assert button == "Togli QIL_BEN1, conferma"
    assert "Codice tolto." in press(author, page, button).words
    assert "solo chi l'ha dato" in press(author, page, button).words


def test_a_note_is_corrected_or_deleted(author: FlaskClient, engine: Engine) -> None:
    page = code(author, note(author, "Il tutro di Marco"), "QIL_BEN1")
    corrected = press(author, page, "Salva la correzione", {"correction": "Il tutor di P1"})
    assert "Nota corretta." in corrected.words
    assert "Marco" not in corrected.words
    press(author, corrected, "Salva la correzione", {"correction": ""}, status=422)
    deleted = press(author, corrected, "Elimina la nota", {"delete": "yes"})
    assert "Nota eliminata." in deleted.words
    assert excerpts(engine) == 0


def test_a_note_on_which_a_decision_rests_stays_as_it_is(author: FlaskClient, engine: Engine) -> None:
    page = note(author)
    with writing(engine) as connection:
        what = {"instrument": "aut", "object_kind": "item", "object_id": "AUT_OCC3", "proposal": "x"}
        connection.execute(insert(Decision).values(code="DEC-1", proposed_by="x", proposed_at=NOW, **what))
        evidence = {"decision_id": 1, "kind": "excerpt", "reference": "1"}
        connection.execute(insert(DecisionEvidence).values(**evidence))
    refused = press(author, page, "Salva la correzione", {"correction": "Altro"}, status=422)
    assert "si basa una decisione" in refused.words
    assert "Altro" in refused.text
    press(author, page, "Elimina la nota", {"delete": "yes"}, status=422)


def test_a_second_coder_does_not_see_the_first_and_then_they_are_compared(
    app: Flask, author: FlaskClient, engine: Engine
) -> None:
    code(author, note(author), "QIL_BEN1")
    second = signed_in(app, "lead_partner")
    page = visit(second, NOTES)
    assert "QIL_BEN1 (" not in page.words
    assert "Un'altra persona l'ha già codificata" in page.words
    assert "0 su 1: non bastano ancora" in page.words
    drawn = visit(second, page.links["Codifica quelle estratte: te ne restano 1"])
    assert "Note da codificare: 1" in drawn.words
    done = code(second, drawn, "QIL_BEN2")
    assert "Note da codificare: 0" in done.words
    for client in (author, second):
        both = visit(client, NOTES)
        assert "QIL_BEN1 (conferma), QIL_BEN2 (conferma)" in both.words
        assert "1 su 1: bastano" in both.words
        assert "-1,00, su 2 giudizi doppi" in both.words


def test_a_note_of_another_meeting_is_not_here(author: FlaskClient, engine: Engine) -> None:
    page = note(author)
    with writing(engine) as connection:
        other = create_excerpt(connection, create_focus_group(connection))
    for address in (f"{other}/codici", f"{other}/correggi", f"{other}/codici/1/togli"):
        assert author.post(f"{NOTES}/{address}", data=page.hidden()).status_code == 404
    assert "Codifica la nota 1" in visit(author, f"{NOTES}?nota=999999999999").words
