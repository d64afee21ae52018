"""Decisions: proposed with what they rest on, taken once with a reason, by who writes the instruments."""

import pytest
from flask.testing import FlaskClient

from tests.staff.people import enter, press, rows
from tests.web.page import Page
from tests.web.pages import visit

PAGE = "/gestione/decisioni"
TYPED = {
    "instrument": "aut",
    "object_kind": "item",
    "object_id": "AUT_OCC3",
    "proposal": "Dire «regole del lavoro».",
    "evidence": "Estratto 12\ngiudizio 3\nI lettori non la capiscono.",
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
    for said in ("aut AUT_OCC3", "Estratto 12", "Giudizio 3", "I lettori non la capiscono."):
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


def test_an_unknown_decision_is_not_found(client: FlaskClient) -> None:
    enter(client, "socialis")
    visit(client, f"{PAGE}/DEC-999", status=404)
