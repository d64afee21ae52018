"""Titles, glossary and minima of a draft; answers, verse and section of a question, without a script."""

import pytest
from flask.testing import FlaskClient

from tests.staff.people import buttons, enter, press
from tests.web.pages import Page, visit

pytestmark = pytest.mark.usefixtures("staff")

ITEM = "AUT_OCC3"


@pytest.fixture
def draft(author: FlaskClient) -> Page:
    reply = author.post("/gestione/bozze/aut/apri", data=visit(author, "/gestione/bozze").hidden())
    return visit(author, reply.location)


def titles(client: FlaskClient, draft: Page) -> Page:
    return visit(client, visit(client, draft.path).links["Titoli e glossario"])


def item(client: FlaskClient, draft: Page) -> Page:
    return visit(client, f"{draft.path}/{ITEM}")


def test_titles_minima_and_words_are_saved(author: FlaskClient, draft: Page) -> None:
    page = titles(author, draft)
    said = {
        "title.sections.OCC": "Lavoro e futuro",
        "minimum.AUT_OCC.P": "2",
        "new_term": "orientamento",
        "new_meaning": "Capire che lavoro fa per te.",
    }
    done = press(author, page, "Salva", said)
    assert "Salvato." in done.words
    changed = visit(author, draft.path).words
    for place in ("sections.OCC", "scales.AUT_OCC.min_valid", "glossary.orientamento"):
        assert place in changed
    gone = press(author, done, "Salva", {"meaning.orientamento": ""})
    assert "orientamento" not in gone.words


def test_a_title_without_words_is_a_problem_told_here(author: FlaskClient, draft: Page) -> None:
    done = press(author, titles(author, draft), "Salva", {"title.sections.OCC": "", "minimum.AUT_OCC.P": "x"})
    assert "la voce «title» è vuota" in done.words
    assert "deve essere un numero intero" in done.words


def test_half_a_new_word_is_refused_and_kept(author: FlaskClient, draft: Page) -> None:
    told = press(author, titles(author, draft), "Salva", {"new_meaning": "Capire."}, status=422)
    assert "servono la parola e la sua spiegazione" in told.words
    assert "Capire." in told.text


def test_two_writers_of_a_title_see_both(author: FlaskClient, draft: Page) -> None:
    theirs = titles(author, draft)
    press(author, titles(author, draft), "Salva", {"title..": "Uno"})
    both = press(author, theirs, "Salva", {"title..": "Due", "title.sections.OCC": "Tre"}, status=409)
    assert "Nella bozza adesso c'è: Uno" in both.words
    enter(author, "lead_partner")
    taken = press(author, titles(author, draft), "Salva", {"title..": "Due"}, status=409)
    assert "Un'altra persona" in taken.words
    assert "Salvato." in press(author, taken, "Scrivi tu e salva", {"title..": "Due"}).words


def test_administrators_read_the_titles(author: FlaskClient, draft: Page) -> None:
    enter(author, "administrator")
    assert "Salva" not in buttons(titles(author, draft))
    assert author.post(f"{draft.path}/titoli", data=draft.hidden()).status_code == 403


def test_answers_change_come_and_go(author: FlaskClient, draft: Page) -> None:
    page = press(author, item(author, draft), "Cambia le risposte")
    assert page.path == f"{draft.path}/{ITEM}/risposte"
    said = press(author, page, "Salva", {"label.R3.1": "Mai"})
    assert "formats.R3.options.1" in visit(author, draft.path).words
    new = {"new_code.R3": "4", "new_label.R3": "Molto"}
    added = press(author, said, "Aggiungi la risposta a R3", new)
    assert "Togli la risposta 4 da R3" in buttons(added)
    again = {"new_code.R3": "4", "new_label.R3": "Moltissimo"}
    told = press(author, added, "Aggiungi la risposta a R3", again, status=422)
    assert "ha già una risposta con il codice 4" in told.words
    assert "Moltissimo" in told.text
    gone = press(author, visit(author, page.path), "Togli la risposta 4 da R3", {"label.R3.1": "No"})
    assert "Togli la risposta 4 da R3" not in buttons(gone)
    assert "Ancora niente." in visit(author, draft.path).words


def test_two_writers_of_an_answer_see_both(author: FlaskClient, draft: Page) -> None:
    page = visit(author, f"{draft.path}/{ITEM}/risposte")
    press(author, page, "Salva", {"label.R3.1": "Mai"})
    both = press(author, page, "Salva", {"label.R3.1": "Per niente"}, status=409)
    assert "Nella bozza adesso c'è: Mai" in both.words
    enter(author, "lead_partner")
    taken = press(author, visit(author, page.path), "Salva", {"label.R3.1": "Poco"}, status=409)
    assert "Salvato." in press(author, taken, "Scrivi tu e salva", {"label.R3.1": "Poco"}).words
    enter(author, "administrator")
    read = visit(author, visit(author, f"{draft.path}/{ITEM}").links["Leggi le risposte"])
    assert "Salva" not in buttons(read)


def test_a_text_has_no_answers_to_choose_from(author: FlaskClient, draft: Page) -> None:
    assert "non ci sono risposte fra cui scegliere" in visit(author, f"{draft.path}/AUT_OB1/risposte").words
    visit(author, f"{draft.path}/NOTTHERE/risposte", status=404)


def test_a_question_turns_and_changes_section(author: FlaskClient, draft: Page) -> None:
    turned = press(author, item(author, draft), "Rendila inversa")
    assert "Domanda inversa" in turned.words
    assert "Domanda diretta" in press(author, turned, "Rendila diretta").words
    moved = press(author, item(author, draft), "Sposta nella sezione", {"section": "BEN"})
    assert "Salvato." in moved.words
    words = visit(author, draft.path).words
    assert "sections.BEN.items" in words
