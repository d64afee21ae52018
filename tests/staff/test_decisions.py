"""Decisions: proposed with what they rest on, taken once with a reason, by who writes the instruments."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, update

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import rating_rows
from surveyapp.storage.engine import writing
from surveyapp.storage.tables import Administration
from tests.factories import NOW, create_administration, create_answer, create_excerpt, create_focus_group
from tests.focus_groups.factories import create_rater, create_relevance, create_round
from tests.staff.people import enter, press, rows
from tests.web.page import Page
from tests.web.pages import visit

PAGE = "/gestione/decisioni"
TYPED = {
    "instrument": "aut",
    "object_kind": "item",
    "object_id": "AUT_OCC3",
    "proposal": "Dire «regole del lavoro».",
    "evidence": "I lettori non la capiscono.",
}

pytestmark = pytest.mark.usefixtures("staff")


def propose(client: FlaskClient, **typed: str) -> Page:
    return press(client, visit(client, f"{PAGE}/nuova"), "Salva la proposta", TYPED | typed)


def test_nothing_yet_is_said(client: FlaskClient) -> None:
    enter(client, "socialis")
    assert "Nessuna proposta ancora." in visit(client, PAGE).words


def test_a_proposal_gets_a_code_and_shows_what_it_rests_on(client: FlaskClient) -> None:
    enter(client, "socialis")
    page = propose(client)
    assert page.h1 == "Decisione DEC-001"
    for said in ("aut AUT_OCC3", "I lettori non la capiscono."):
        assert said in page.words
    (row,) = rows(visit(client, PAGE))
    assert row == ["DEC-001", "aut AUT_OCC3", "Dire «regole del lavoro».", "Da decidere"]


@pytest.mark.parametrize(
    ("missing", "said"), [("object_id", "Scrivi il codice"), ("proposal", "che cosa proponi")]
)
def test_a_proposal_without_its_object_or_words_comes_back_as_typed(
    client: FlaskClient, missing: str, said: str
) -> None:
    enter(client, "lead_partner")
    typed = TYPED | {missing: "  "}
    page = press(client, visit(client, f"{PAGE}/nuova"), "Salva la proposta", typed, status=422)
    assert said in page.words
    assert "I lettori non la capiscono." in page.words


def test_a_decision_is_taken_once_with_its_reason(client: FlaskClient) -> None:
    enter(client, "lead_partner")
    page = propose(client)
    asked = {"outcome": "accepted", "reason": ""}
    refused = press(client, page, "Salva la decisione", asked, status=422)
    assert "Scegli l'esito e scrivi il motivo." in refused.words
    taken = press(client, page, "Salva la decisione", asked | {"reason": "Chiarezza 0,625."})
    assert "Accolta" in taken.words
    assert "lead_partner@study.example" in taken.words
    again = press(client, page, "Salva la decisione", {"outcome": "rejected", "reason": "No."})
    assert "C'era già una decisione" in again.words
    assert "Chiarezza 0,625." in again.words


def test_who_keeps_the_server_reads_and_does_not_decide(client: FlaskClient) -> None:
    page = enter(client, "administrator")
    token = {"csrf_token": page.hidden()["csrf_token"]}
    assert "Scrivi una proposta" not in visit(client, PAGE).links
    assert client.post(f"{PAGE}/nuova", data=TYPED | token).status_code == 403


@pytest.fixture
def said(engine: Engine) -> dict[str, int]:
    """A meeting with a note, a round whose one question was not accepted, and a test of a reader."""
    with writing(engine) as connection:
        meeting = create_focus_group(connection, code="FG2")
        note, made = (
            create_excerpt(connection, meeting),
            create_round(connection, meeting, title="Prima di FG2"),
        )
        question = create_relevance(connection, made)
        for value in (1, 2, 4):
            rater, _token = create_rater(connection, made, submitted_at=NOW)
            about = {"rater_id": rater, "question_id": question, "revision": 1}
            rating_rows.add_rating(connection, **about, value=value, comment="", rated_at=NOW)
        wording = {
            "instrument": "aut",
            "version": "0.1.0",
            "item": "AUT_OCC3",
            "form": "P",
            "variant": "easy",
        }
        tried = {"reader": "L1", "understood": "no", "written_by": "x", "written_at": NOW}
        test = rating_rows.add_reader_test(connection, focus_group_id=meeting, **wording, **tried)
    return {"meeting": meeting, "note": note, "round": made, "question": question, "test": test}


def test_what_it_rests_on_leads_to_where_it_was_said(client: FlaskClient, said: dict[str, int]) -> None:
    enter(client, "socialis")
    lines = f"estratto {said['note']}\nGiudizio {said['question']}\nprova {said['test']}\nA voce."
    page = propose(client, evidence=lines, meeting=str(said["meeting"]))
    leads = {
        f"Estratto {said['note']}: nota 1 di FG2": "Note di FG2",
        f"Giudizio {said['question']}: AUT_OCC3 in «Prima di FG2»": "Risultati: Prima di FG2",
        f"Prova dei lettori {said['test']}: L1 su AUT_OCC3, FG2": "Prova dei lettori, FG2",
        "FG2": "FG2: Criteri di qualità",
    }
    for words, heading in leads.items():
        assert visit(client, page.links[words]).h1 == heading
    assert "A voce." in page.words


@pytest.mark.parametrize("line", ["estratto 999", "giudizio 999", "Prova 999999999"])
def test_a_number_that_nothing_has_is_refused_and_nothing_typed_is_lost(
    client: FlaskClient, line: str
) -> None:
    enter(client, "socialis")
    page = visit(client, f"{PAGE}/nuova")
    refused = press(client, page, "Salva la proposta", TYPED | {"evidence": f"A voce.\n{line}"}, status=422)
    assert f"Non trovo: {line.lower()}. Controlla il numero." in refused.words
    assert "A voce." in refused.text
    assert "Nessuna proposta ancora." in visit(client, PAGE).words


def test_a_meeting_that_is_not_there_is_refused(client: FlaskClient) -> None:
    enter(client, "socialis")
    page = visit(client, f"{PAGE}/nuova")
    refused = press(client, page, "Salva la proposta", TYPED | {"meeting": "77"}, status=422)
    assert "Scegli un focus group dell'elenco" in refused.words


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("focus-group/{meeting}/note", "estratto {note}"),
        ("valutazioni/{round}/risultati", "giudizio {question}"),
        ("valutazioni/lettori/{meeting}", "prova {test}"),
    ],
)
def test_a_proposal_begins_where_its_reason_is(
    client: FlaskClient, said: dict[str, int], address: str, line: str
) -> None:
    enter(client, "socialis")
    page = visit(client, f"/gestione/{address.format(**said)}")
    (link,) = (one for one in page.links if one.startswith("Proponi un cambiamento"))
    form = visit(client, page.links[link])
    assert line.format(**said) in form.text
    typed = {"object_id": "AUT_OCC3", "proposal": "Altre parole.", "evidence": line.format(**said)}
    kept = press(client, form, "Salva la proposta", TYPED | typed | {"meeting": str(said["meeting"])})
    assert "Altre parole." in kept.words


def test_a_note_that_was_coded_says_what_it_is_about(client: FlaskClient, said: dict[str, int]) -> None:
    enter(client, "socialis")
    page = visit(client, f"/gestione/focus-group/{said['meeting']}/note")
    coded = press(client, page, "Aggiungi il codice", {"criterion": "QIL_BEN1", "kind": "wording"})
    form = visit(client, coded.links["Proponi un cambiamento"])
    assert 'value="QIL_BEN1"' in form.text
    assert '<option value="qil" selected' in form.text
    assert f'<option value="{said["meeting"]}" selected' in form.text


def test_a_meeting_shows_what_came_out_of_it(client: FlaskClient, said: dict[str, int]) -> None:
    enter(client, "socialis")
    notes = visit(client, f"/gestione/focus-group/{said['meeting']}/note")
    press(client, notes, "Aggiungi il codice", {"criterion": "QIL_BEN1", "kind": "wording"})
    propose(client, meeting=str(said["meeting"]))
    page = visit(client, f"/gestione/focus-group/{said['meeting']}")
    assert "QIL_BEN1 Andare volentieri: 1 nota" in page.words
    for words, heading in (
        ("QIL_BEN1", "Note di FG2"),
        ("Prima di FG2", "Prima di FG2"),
        ("1 prova", "Prova dei lettori, FG2"),
        ("DEC-001", "Decisione DEC-001"),
    ):
        there = visit(client, page.links[words])
        assert there.h1 == heading
        assert "FG2" in " ".join(there.links)
    refused = press(client, page, "Elimina il focus group", status=422)
    assert "decisioni: 1, note: 1, giri di giudizi: 1, prove dei lettori: 1" in refused.words


def test_an_answer_that_was_withdrawn_is_no_reason_any_more(
    client: FlaskClient, engine: Engine, catalogue: Catalogue
) -> None:
    with writing(engine) as connection:
        sent = {"state": "submitted", "variant": "easy", "closed_at": NOW, "occasion": "EXPOST"}
        administration = create_administration(connection, catalogue, **sent)
        create_answer(connection, administration, "AUT_TXT1", text="Ora parlo.")
    enter(client, "socialis")
    answers = visit(client, "/gestione/risposte-aperte/aut/AUT_TXT1")
    assert "Proponi un cambiamento" not in answers.links
    coded = press(client, answers, "Aggiungi il codice", {"criterion": "QIL_REL1", "kind": "risk"})
    form = visit(client, coded.links["Proponi un cambiamento"])
    typed = TYPED | {"evidence": "estratto 1"}
    page = press(client, form, "Salva la proposta", typed)
    assert visit(client, page.links["Estratto 1: risposta a AUT_TXT1"]).h1 == "Risposte a AUT_TXT1"
    with writing(engine) as connection:
        connection.execute(update(Administration), {"state": "withdrawn"})
    gone = visit(client, page.path)
    assert "Estratto 1: non c'è più, oppure è stato ritirato" in gone.words
    press(client, form, "Salva la proposta", typed, status=422)


def test_an_unknown_decision_is_not_found(client: FlaskClient) -> None:
    enter(client, "socialis")
    visit(client, f"{PAGE}/DEC-999", status=404)
