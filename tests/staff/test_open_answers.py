"""Open answers are coded as notes are; nothing says who wrote them, and what is withdrawn is gone."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import register
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.focus_tables import Excerpt, ExcerptCode
from surveyapp.storage.tables import Administration, Answer
from tests.factories import (
    NOW,
    create_accompaniment,
    create_administration,
    create_answer,
    create_path,
    create_person,
    create_placement,
)
from tests.staff.people import buttons, enter, press, rows
from tests.web.pages import Page, visit

pytestmark = pytest.mark.usefixtures("staff")

QUESTIONS = "/gestione/risposte-aperte"
ANSWERS = f"{QUESTIONS}/aut/AUT_TXT1"
SENT = {"state": "submitted", "variant": "easy", "closed_at": NOW, "occasion": "EXPOST"}


def write(
    engine: Engine, catalogue: Catalogue, text: str = "Ora parlo con i colleghi.", **person: Any
) -> int:
    """Somebody wrote a text and sent the questionnaire; its id."""
    with writing(engine) as connection:
        path = create_path(connection, create_person(connection, **person))
        sent = create_administration(connection, catalogue, path, **SENT)
        create_answer(connection, sent, "AUT_TXT1", text=text)
    return sent


def signed_in(app: Flask, role: str = "socialis") -> FlaskClient:
    client = app.test_client()
    enter(client, role)
    return client


def code(client: FlaskClient, page: Page, criterion: str = "QIL_REL1", status: int = 200) -> Page:
    typed = {"criterion": criterion, "kind": "confirmation"}
    return press(client, page, "Aggiungi il codice", typed, status=status)


def count(engine: Engine, table: Any) -> int:
    with reading(engine) as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def test_questions_are_chosen_by_instrument_with_their_answers(
    app: Flask, engine: Engine, catalogue: Catalogue
) -> None:
    write(engine, catalogue)
    client = signed_in(app)
    page = visit(client, f"{QUESTIONS}?strumento=aut")
    assert ["Cambiamento più importante", "AUT_TXT1", "1"] in rows(page)
    assert "AUT_BEN1" not in page.words
    assert "A14_D01" not in visit(client, f"{QUESTIONS}?strumento=qil").words
    assert "Risposte aperte e interviste" in visit(client, "/gestione/focus-group").links
    assert "Risposte: 1" in visit(client, page.links["Cambiamento più importante"]).words


def test_an_answer_shows_form_and_month_and_nobody(app: Flask, engine: Engine, catalogue: Catalogue) -> None:
    write(engine, catalogue, code="BG-0417")
    page = visit(signed_in(app), ANSWERS)
    for said in ("Ora parlo con i colleghi.", "Autovalutazione, versione semplice, 0.1.0", "novembre 2026"):
        assert said in page.words
    for hidden in ("BG-0417", "22", "Bergamo"):
        assert hidden not in page.words


def test_a_territory_is_said_where_enough_people_wrote(
    app: Flask, engine: Engine, catalogue: Catalogue
) -> None:
    for _ in range(5):
        write(engine, catalogue)
    write(engine, catalogue, province="Cremona", ambito="Cremona")
    page = visit(signed_in(app), ANSWERS)
    assert page.words.count("Provincia di Bergamo") >= 5
    assert "Ambito di Cremona" not in page.words


def test_an_answer_is_coded_as_a_note_is_and_keeps_its_words_to_itself(
    app: Flask, engine: Engine, catalogue: Catalogue
) -> None:
    write(engine, catalogue)
    client = signed_in(app)
    page = code(client, visit(client, ANSWERS))
    assert "Codice aggiunto: QIL_REL1." in page.words
    assert "Questo codice c'era già." in code(client, page).words
    with reading(engine) as connection:
        (row,) = connection.execute(select(Excerpt.__table__))
    assert (row.source, row.text, row.focus_group_id) == ("answer", "", None)
    given_to = (row.instrument, row.version, row.item, row.form, row.variant)
    assert given_to == ("aut", "0.1.0", "AUT_TXT1", "P", "easy")
    taken = press(client, page, next(one for one in buttons(page) if one.startswith("Togli")))
    assert "Codice tolto." in taken.words


def test_a_criterion_that_is_new_is_kept_without_a_meeting(
    app: Flask, engine: Engine, catalogue: Catalogue
) -> None:
    write(engine, catalogue)
    client = signed_in(app)
    page = visit(client, ANSWERS)
    refused = code(client, page, "Il tutor resta lo stesso", status=422)
    assert refused.title.startswith("Errore: ")
    typed = {"criterion": "Il tutor resta lo stesso", "kind": "new_criterion"}
    assert "Codice aggiunto: N-1." in press(client, refused, "Aggiungi il codice", typed).words


def test_the_next_answer_without_codes_is_a_link(app: Flask, engine: Engine, catalogue: Catalogue) -> None:
    for text in ("Primo", "Secondo"):
        write(engine, catalogue, text)
    client = signed_in(app)
    page = code(client, visit(client, ANSWERS))
    (following,) = (one for one in page.links if one.startswith("Prossima risposta senza codici"))
    done = code(client, visit(client, page.links[following]))
    assert not any(one.startswith("Prossima risposta") for one in done.links)


def test_a_second_coder_does_not_see_the_first_and_then_they_are_compared(
    app: Flask, engine: Engine, catalogue: Catalogue
) -> None:
    write(engine, catalogue)
    first, second = signed_in(app), signed_in(app, "lead_partner")
    code(first, visit(first, ANSWERS))
    page = visit(second, ANSWERS)
    assert "QIL_REL1 (" not in page.words
    assert "Un'altra persona l'ha già codificata" in page.words
    drawn = visit(second, page.links["Codifica quelle estratte: te ne restano 1"])
    assert "Risposte da codificare: 0" in code(second, drawn).words
    assert "1 su 1: bastano" in visit(first, ANSWERS).words


def test_a_text_with_a_name_is_pointed_out(app: Flask, engine: Engine, catalogue: Catalogue) -> None:
    write(engine, catalogue, "Mi ha aiutato Marco.")
    page = visit(signed_in(app), ANSWERS)
    assert "Forse c'è un nome" in page.words
    assert "Marco sembra dire chi è una persona" in page.words


def test_withdrawn_words_are_gone_with_their_codes_and_come_back_with_the_person(
    app: Flask, engine: Engine, catalogue: Catalogue
) -> None:
    sent = write(engine, catalogue)
    client = signed_in(app)
    coded = code(client, visit(client, ANSWERS))
    with writing(engine) as connection:
        connection.execute(update(Administration).where(Administration.id == sent), {"state": "withdrawn"})
    page = visit(client, ANSWERS)
    for gone in ("Ora parlo", "QIL_REL1 ("):
        assert gone not in page.words
    assert "Non c'è nessuna risposta da codificare." in page.words
    assert "0 su 0" in page.words
    listed = rows(visit(client, f"{QUESTIONS}?strumento=aut"))
    assert ["Cambiamento più importante", "AUT_TXT1", "0"] in listed
    press(client, coded, "Aggiungi il codice", {"criterion": "QIL_REL2", "kind": "risk"}, status=404)
    with writing(engine) as connection:
        connection.execute(update(Administration).where(Administration.id == sent), {"state": "submitted"})
    assert "QIL_REL1 (conferma)" in visit(client, ANSWERS).words


def test_both_kinds_of_evidence_meet_on_the_page_of_the_criterion(
    app: Flask, engine: Engine, catalogue: Catalogue
) -> None:
    """As a number: the second coder is not told, and who keeps the server reads nothing of it."""
    sent = write(engine, catalogue)
    history, empty = "/gestione/storia/qil/QIL_REL1", "Nessuna risposta aperta è codificata"
    first, second = signed_in(app), signed_in(app, "lead_partner")
    assert empty in visit(first, history).words
    code(first, visit(first, ANSWERS))
    page = visit(first, history)
    assert "Risposte codificate con questo criterio." in page.words
    assert page.links["AUT_TXT1"] == ANSWERS
    assert "Ora parlo" not in page.words
    assert empty in visit(second, history).words
    assert "risposte aperte" not in visit(signed_in(app, "administrator"), history).words
    with writing(engine) as connection:
        connection.execute(update(Administration).where(Administration.id == sent), {"state": "withdrawn"})
    assert empty in visit(first, history).words


def test_words_that_were_changed_are_another_answer(app: Flask, engine: Engine, catalogue: Catalogue) -> None:
    sent = write(engine, catalogue)
    client = signed_in(app)
    code(client, visit(client, ANSWERS))
    with writing(engine) as connection:
        later = {"revision": 2, "answered_at": NOW + timedelta(hours=1)}
        create_answer(connection, sent, "AUT_TXT1", text="Adesso dico altro.", **later)
    page = visit(client, ANSWERS)
    assert "Adesso dico altro." in page.words
    for gone in ("Ora parlo", "QIL_REL1 ("):
        assert gone not in page.words


def test_an_answer_cannot_be_deleted_under_its_excerpt_and_goes_with_its_person(
    app: Flask, engine: Engine, catalogue: Catalogue
) -> None:
    write(engine, catalogue, demonstration=True)
    client = signed_in(app)
    code(client, visit(client, ANSWERS))
    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(delete(Answer))
    with writing(engine) as connection:
        register.delete_demonstration(connection)
    assert (count(engine, Excerpt), count(engine, ExcerptCode), count(engine, Answer)) == (0, 0, 0)


def test_what_a_company_tells_is_an_interview(app: Flask, engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        sent = {"instrument": "acc", "form": "C", "occasion": "T2", "respondent": "AZ-1"}
        about = {"accompaniment_id": create_accompaniment(connection), "variant": "std"}
        closed = {"state": "submitted", "closed_at": NOW}
        administration = create_administration(connection, catalogue, **sent, **about, **closed)
        create_answer(connection, administration, "ACC_Q3", text="Le pause.", variant="std")
    client = signed_in(app)
    assert "Codice aggiunto" in code(client, visit(client, f"{QUESTIONS}/acc/ACC_Q3")).words
    with reading(engine) as connection:
        assert connection.scalar(select(Excerpt.source)) == "interview"


def test_an_answer_on_a_branch_that_was_left_is_not_shown(
    app: Flask, engine: Engine, catalogue: Catalogue
) -> None:
    """What happened is asked only of who says that something did."""
    seen = {"instrument": "qil", "form": "O", "occasion": "INITINERE", "variant": "std"}
    with writing(engine) as connection:
        for value in (0, 1):
            place = {
                "path_id": (path := create_path(connection)),
                "placement_id": create_placement(connection, path),
            }
            sent = create_administration(connection, catalogue, **SENT | seen | place)
            create_answer(connection, sent, "QIL_REL4", value=value, variant="std")
            create_answer(connection, sent, "QIL_REL4T", text=f"Fatto {value}", variant="std")
    page = visit(signed_in(app), f"{QUESTIONS}/qil/QIL_REL4T")
    assert "Fatto 1" in page.words
    assert "Fatto 0" not in page.words


def test_an_unknown_question_and_an_answer_of_another_one_are_not_found(
    app: Flask, engine: Engine, catalogue: Catalogue
) -> None:
    write(engine, catalogue)
    client = signed_in(app)
    hidden = visit(client, ANSWERS).hidden()
    for address in (f"{QUESTIONS}/aut/AUT_BEN1", f"{QUESTIONS}/nothing/AUT_TXT1"):
        visit(client, address, status=404)
    typed = {**hidden, "criterion": "QIL_REL1", "kind": "risk"}
    assert client.post(f"{QUESTIONS}/aut/AUT_TXT2/1/codici", data=typed).status_code == 404


def test_who_keeps_the_server_and_the_territories_read_no_answer(app: Flask) -> None:
    for role in ("administrator", "territory_office", "caseworker"):
        client = signed_in(app, role)
        visit(client, QUESTIONS, status=403)
        visit(client, ANSWERS, status=403)
