"""When a question of a draft is asked, changed by menus, without a script."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.staff.people import buttons, enter, press, reply_to
from tests.web.pages import Page, visit

pytestmark = pytest.mark.usefixtures("staff")

ITEM = "AUT_OCC3"
ONE = {"row": "item.AUT_OCC1", "choice.0": "is", "value.0": ["4", "5"]}
TWO = {
    "row": ["item.AUT_OCC1", "where.placement_type"],
    "joined": "any",
    "choice.0": "is_not",
    "value.0": ["1"],
    "choice.1": "where",
    "value.1": ["TIS", "LAB"],
}


def opened(client: FlaskClient, instrument: str = "aut") -> Page:
    reply = client.post(f"/gestione/bozze/{instrument}/apri", data=visit(client, "/gestione/bozze").hidden())
    return visit(client, reply.location)


@pytest.fixture
def draft(author: FlaskClient) -> Page:
    return opened(author)


def rule(client: FlaskClient, draft: Page, item: str = ITEM) -> Page:
    return visit(client, f"{draft.path}/{item}/quando")


def saved(client: FlaskClient, page: Page, rows: dict[str, Any], button: str = "Salva") -> Page:
    return press(client, page, button, {"row": [], **rows})


def test_the_question_leads_to_its_rule_and_keeps_its_words(author: FlaskClient, draft: Page) -> None:
    page = visit(author, f"{draft.path}/{ITEM}")
    assert "Si chiede sempre." in page.words
    typed = {"text.P.easy": "Hai deciso che cosa vuoi fare?"}
    menus = press(author, page, "Cambia quando si chiede", typed)
    assert menus.path == f"{draft.path}/{ITEM}/quando"
    assert "Nessuna condizione: la domanda si chiede sempre." in menus.words
    assert typed["text.P.easy"] in visit(author, page.path).text


def test_a_row_is_added_and_filled_in(author: FlaskClient, draft: Page) -> None:
    row = press(author, rule(author, draft), "Aggiungi la condizione", {"about": "item.AUT_OCC1"})
    assert "1. Risposta a AUT_OCC1" in row.words
    done = saved(author, row, ONE)
    assert "Salvato." in done.words
    assert "Si chiede se la risposta a AUT_OCC1 è" in done.words
    assert f"{ITEM}.show_if" in visit(author, draft.path).words
    assert "{AUT_OCC1: [4, 5]}" in author.get(f"{draft.path}/file").text


def test_rows_are_joined_and_taken_away(author: FlaskClient, draft: Page) -> None:
    both = saved(author, rule(author, draft), TWO)
    assert " oppure " in both.words
    page = rule(author, draft)
    assert page.words.count("Togli la") == 2
    fewer = press(author, page, "Togli la 1 Risposta a AUT_OCC1", TWO)
    assert "1. Tipo di inserimento" in fewer.words
    assert "AUT_OCC1" in rule(author, draft).words.split("Aggiungi una condizione")[0]
    left = {"row": "where.placement_type", "choice.0": "where", "value.0": ["TIS", "LAB"]}
    assert "AUT_OCC1" not in saved(author, fewer, left).words
    assert "Si chiede sempre." in saved(author, rule(author, draft), {}).words
    assert "Ancora niente." in visit(author, draft.path).words


def test_what_was_chosen_is_kept_when_a_row_comes(author: FlaskClient, draft: Page) -> None:
    page = press(author, rule(author, draft), "Aggiungi la condizione", ONE | {"about": "where.ambito"})
    ticked = [one.get("value") for one in page.main.iter("input") if one.get("checked") is not None]
    assert ticked == ["4", "5"]
    assert "2. Ambito" in page.words
    assert "Crema" in page.words


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"row": "item.AUT_OCC1", "choice.0": "is"}, "Condizione 1: segna almeno una voce."),
        (
            {"row": "item.AUT_OCC1", "choice.0": "at_least", "number.0": "due"},
            "Condizione 1: scrivi un numero.",
        ),
        ({"row": "where.paid", "choice.0": "is"}, "Condizione 1: scegli dalla lista."),
    ],
)
def test_what_is_missing_is_said_at_its_row(
    author: FlaskClient, draft: Page, rows: dict[str, Any], said: str
) -> None:
    told = press(author, rule(author, draft), "Salva", rows, status=422)
    assert told.title.startswith("Errore: ")
    assert told.words.count(said) == 2
    assert "Ancora niente." in visit(author, draft.path).words


def test_numbers_are_compared(author: FlaskClient) -> None:
    draft = opened(author, "acc")
    page = rule(author, draft, "ACC_Q2B")
    assert "si chiede se il numero scritto a ACC_Q2 è almeno 1." in page.words
    rows = {"row": "item.ACC_Q2", "choice.0": "at_most", "number.0": "2"}
    assert "è al massimo 2." in saved(author, page, rows).words


def test_a_rule_within_a_rule_is_read_and_stays(author: FlaskClient) -> None:
    draft = opened(author, "acc")
    page = rule(author, draft, "ACC_I08")
    assert "troppo articolata per i menù" in page.words
    assert "Salva" not in buttons(page)
    sent = rule(author, draft, "ACC_Q2B").main.find(".//input[@name='csrf_token']")
    assert sent is not None
    rows = {"csrf_token": sent.get("value"), "revision": "1"}
    assert author.post(page.path, data=rows).status_code == 422
    assert author.post(f"{draft.path}/ACC_Q2B/quando", data=rows).status_code == 303


def test_a_rule_that_looks_forward_is_a_problem_of_the_question(author: FlaskClient, draft: Page) -> None:
    rows = {"row": "item.AUT_OB1", "choice.0": "answered"}
    assert "viene dopo" in saved(author, rule(author, draft), rows).words


def test_the_second_writer_is_told_and_loses_nothing(author: FlaskClient, draft: Page) -> None:
    theirs = rule(author, draft)
    saved(author, rule(author, draft), ONE)
    told = press(author, theirs, "Salva", TWO, status=409)
    assert told.title.startswith("Errore: ")
    assert "la bozza è cambiata" in told.words
    assert "2. Tipo di inserimento" in told.words
    assert "Nella bozza adesso: si chiede se la risposta a AUT_OCC1 è" in told.words
    assert " oppure " in saved(author, told, TWO).words


def test_who_comes_second_may_take_over(author: FlaskClient, draft: Page) -> None:
    saved(author, rule(author, draft), ONE)
    enter(author, "lead_partner")
    page = rule(author, draft)
    assert "Sta scrivendo socialis@study.example" in page.words
    told = press(author, page, "Salva", TWO, status=409)
    assert "Un'altra persona" in told.words
    assert " oppure " in press(author, told, "Scrivi tu e salva", TWO).words


def test_what_no_page_sends_is_refused(author: FlaskClient, draft: Page) -> None:
    page = rule(author, draft)
    for wrong in (
        {"revision": "x"},
        {"revision": "77"},
        {"row": "x.y", "do": "more"},
        {"row": ["item.AUT_OCC1"] * 101},
    ):
        assert reply_to(author, page, "Salva", wrong).status_code == 422
    visit(author, f"{draft.path}/NOTTHERE/quando", status=404)


def test_a_rule_that_nobody_could_read_is_refused_and_kept(author: FlaskClient, draft: Page) -> None:
    page = rule(author, draft)
    rows: dict[str, Any] = {"row": ["item.AUT_OCC1"] * 60}
    for place in range(60):
        rows |= {f"choice.{place}": "is", f"value.{place}": ["1", "2"]}
    told = reply_to(author, page, "Salva", rows)
    assert told.status_code == 422
    assert "la regola è troppo lunga" in told.text
    assert told.text.count('name="row"') == 60


def test_administrators_read_the_rule(author: FlaskClient, draft: Page) -> None:
    saved(author, rule(author, draft), ONE)
    enter(author, "administrator")
    page = rule(author, draft)
    assert "si chiede se la risposta a AUT_OCC1" in page.words
    assert "Salva" not in buttons(page)
