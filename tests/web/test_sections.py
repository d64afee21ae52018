"""Offices and companies answer section by section: one send, each question saved by itself."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select, update

from surveyapp.storage.engine import reading, writing
from surveyapp.storage.tables import Administration, Answer
from surveyapp.web.parts import MOST_QUESTIONS
from tests.databases import lost
from tests.factories import NOW
from tests.web.conftest import Ask
from tests.web.page import Page
from tests.web.pages import checked_page, send, visit, words
from tests.web.sections import filled, problems, questions, save, saved

EVERYTHING = {
    "KINDS_CHO": "1",
    "KINDS_STE": "7",
    "KINDS_MUL": ["1", "3"],
    "KINDS_MUN": ["2"],
}
LEAVE = "Per lasciare vuoto basta premere di nuovo «Salva e vai avanti»."


@pytest.fixture
def first(kinds_client: FlaskClient, start: Ask) -> Page:
    """The first page of the operator's form: four questions."""
    return send(kinds_client, start("O"))


@pytest.fixture
def numbers(kinds_client: FlaskClient, first: Page) -> Page:
    """The second one, with numbers and dates."""
    return save(kinds_client, first, EVERYTHING)


def stored(engine: Engine) -> dict[str, Any]:
    """The current answers by item, without the prefix of the instrument."""
    with reading(engine) as connection:
        query = select(Answer.item, Answer.value, Answer.text, Answer.reason).order_by(Answer.revision)
        return {
            row.item.removeprefix("KINDS_"): next(one for one in row[1:] if one is not None)
            for row in connection.execute(query)
        }


def rows(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(Answer)).scalar_one()


def test_a_page_is_a_section_with_all_its_questions(first: Page) -> None:
    assert first.h1 == "I fatti"
    assert first.title == "I fatti – Parte 1 di 3 – OpenSource in Rete"
    assert [text[:14] for text in questions(first)] == [
        "La prova di qu",
        "Quanto è migli",
        "Da dove si sa?",
        "Chi segue anco",
    ]
    assert words(first.main.find(".//form")).startswith("Persona BG-")


def test_one_send_saves_every_question_by_itself(
    kinds_client: FlaskClient, engine: Engine, numbers: Page
) -> None:
    assert numbers.h1 == "Numeri e date"
    assert "Parte 2 di 3 Risposte salvate" in numbers.words
    assert stored(engine) == {"CHO": 1, "STE": 7, "MUL": "1,3", "MUN": "2"}
    with reading(engine) as connection:
        keys = connection.execute(select(Answer.key)).scalars().all()
    assert len(set(keys)) == 4


def test_what_was_answered_stands_there_again(kinds_client: FlaskClient, numbers: Page) -> None:
    back = visit(kinds_client, numbers.links["Torna indietro"])
    assert back.h1 == "I fatti"
    assert back.checked == ["1", "7", "1", "3", "2"]
    assert visit(kinds_client, back.links["Torna indietro"]).path.endswith("/inizio")


def test_sending_the_same_again_adds_nothing(kinds_client: FlaskClient, engine: Engine, first: Page) -> None:
    save(kinds_client, first, EVERYTHING)
    save(kinds_client, first, EVERYTHING)
    back = visit(kinds_client, first.path)
    save(kinds_client, back)
    assert rows(engine) == 4


def test_the_same_page_sent_with_another_choice_is_a_new_answer(
    kinds_client: FlaskClient, engine: Engine, first: Page
) -> None:
    save(kinds_client, first, EVERYTHING)
    save(kinds_client, first, EVERYTHING | {"KINDS_STE": "8"})
    assert stored(engine)["STE"] == 8
    assert rows(engine) == 5


def test_one_refusal_loses_no_other_answer(kinds_client: FlaskClient, engine: Engine, numbers: Page) -> None:
    sent = {"KINDS_NUM": "trenta", "KINDS_INT": "12", "KINDS_DAY": "31/02/2026", "KINDS_DAN": "1/2/2026"}
    page = save(kinds_client, numbers, sent, status=422)
    assert problems(page) == [
        "Quante ore alla settimana lavora la persona? – Serve un numero fra 1 e 48.",
        "Di quanto è cambiato il punteggio? – Manca la risposta.",
        "In che giorno è stata sentita la persona? – "
        "Questo giorno non esiste. La data va scritta così: 31/12/2026.",
    ]
    assert "C'è qualcosa da controllare" in page.words
    assert filled(page)["answer.KINDS_NUM"] == ["trenta"]
    assert filled(page)["answer.KINDS_INT"] == ["12"]
    assert {name: stored(engine).get(name) for name in ("NUM", "INT", "DAY", "DAN")} == {
        "NUM": None,
        "INT": 12,
        "DAY": None,
        "DAN": "2026-02-01",
    }
    right = {"KINDS_NUM": "30", "KINDS_NEG": "-1", "KINDS_DAY": "28/02/2026"}
    assert save(kinds_client, page, right).h1 == "Parole"
    assert rows(engine) == 9


def test_what_was_left_empty_is_asked_about_once_for_the_page(
    kinds_client: FlaskClient, engine: Engine, first: Page
) -> None:
    page = save(kinds_client, first, {"KINDS_STE": "7"})
    assert page.status == 200
    assert "Mancano 3 risposte" in page.words
    assert page.words.count(LEAVE) == 1
    assert [line.rpartition(" – ")[2] for line in problems(page)] == ["Manca la risposta."] * 3
    assert stored(engine) == {"STE": 7}
    after = save(kinds_client, page, {"KINDS_CHO": "1"})
    assert after.h1 == "Numeri e date"
    assert stored(engine) == {"STE": 7, "CHO": 1, "MUL": "skipped", "MUN": "skipped"}


def test_what_was_skipped_is_not_asked_about_again(
    kinds_client: FlaskClient, engine: Engine, first: Page
) -> None:
    save(kinds_client, save(kinds_client, first))
    back = visit(kinds_client, first.path)
    assert back.checked == []
    assert save(kinds_client, back).h1 == "Numeri e date"
    assert rows(engine) == 4


def test_an_answer_taken_away_is_asked_about_once_then_skipped(
    kinds_client: FlaskClient, engine: Engine, numbers: Page
) -> None:
    back = visit(kinds_client, numbers.links["Torna indietro"])
    page = save(kinds_client, back, {"KINDS_MUL": []})
    assert problems(page) == ["Da dove si sa? – Manca la risposta."]
    assert page.checked == ["1", "7", "2"]
    assert stored(engine)["MUL"] == "1,3"
    assert save(kinds_client, page).h1 == "Numeri e date"
    assert stored(engine)["MUL"] == "skipped"


def test_an_old_address_of_what_was_missing_says_nothing_more(
    kinds_client: FlaskClient, engine: Engine, first: Page
) -> None:
    missing = save(kinds_client, first, {"KINDS_STE": "7"})
    save(kinds_client, missing, EVERYTHING)
    again = visit(kinds_client, missing.path)
    assert not again.title.startswith("Errore")
    assert again.checked == ["1", "7", "1", "3", "2"]


def test_a_pause_saves_what_is_there_and_asks_nothing(
    kinds_client: FlaskClient, engine: Engine, first: Page
) -> None:
    pause = save(kinds_client, first, {"KINDS_STE": "7", "pausa": "1"})
    assert pause.h1 == "Una pausa"
    assert stored(engine) == {"STE": 7}
    assert visit(kinds_client, pause.links["Continua adesso"]).checked == ["7"]


def test_a_pause_never_loses_what_cannot_be_read(kinds_client: FlaskClient, numbers: Page) -> None:
    page = save(kinds_client, numbers, {"KINDS_NUM": "trenta", "pausa": "1"}, status=422)
    assert filled(page)["answer.KINDS_NUM"] == ["trenta"]


@pytest.mark.parametrize(
    "name", ["answer.KINDS_NUM", "answer.KINDS_NEVER", "seen.KINDS_DAY", "answer.", "keep.X"]
)
def test_a_question_of_another_page_is_refused_whole(
    kinds_client: FlaskClient, engine: Engine, first: Page, name: str
) -> None:
    save(kinds_client, first, EVERYTHING | {name: "1"}, status=422)
    assert rows(engine) == 0


def test_choices_that_are_not_there_are_refused(
    kinds_client: FlaskClient, engine: Engine, first: Page
) -> None:
    page = save(
        kinds_client, first, {"KINDS_CHO": "99", "KINDS_MUL": ["1", "99"], "KINDS_STE": "3"}, status=422
    )
    assert len(problems(page)) == 3
    assert stored(engine) == {"STE": 3}


def test_answers_from_elsewhere_stand_beside_those_of_now(
    app: Flask, kinds_client: FlaskClient, engine: Engine, first: Page
) -> None:
    save(kinds_client, first, EVERYTHING)
    other = {"KINDS_CHO": "2", "KINDS_STE": "7", "KINDS_MUL": ["10"], "KINDS_MUN": ["2"], "key": "elsewhere"}
    page = save(kinds_client, first, other, status=409)
    assert questions(page)[0].startswith("La prova")
    assert "Quella salvata: Sì" in page.words
    assert "Quella di adesso: No" in page.words
    assert "Quella salvata: Contratto Azienda o cooperativa" in page.words
    assert len(problems(page)) == 2
    unsaid = save(kinds_client, page, {"keep.KINDS_CHO": "mine"}, status=409)
    assert stored(engine) == {"CHO": 2, "STE": 7, "MUL": "1,3", "MUN": "2"}
    assert len(problems(unsaid)) == 1
    assert save(kinds_client, unsaid, {"keep.KINDS_MUL": "saved"}).h1 == "Numeri e date"
    assert stored(engine)["MUL"] == "1,3"


def test_an_empty_answer_of_now_can_be_chosen_too(
    kinds_client: FlaskClient, engine: Engine, first: Page
) -> None:
    without_steps = {name: value for name, value in EVERYTHING.items() if name != "KINDS_STE"}
    missing = save(kinds_client, first, without_steps)
    save(kinds_client, first, EVERYTHING | {"key": "elsewhere"})
    page = save(kinds_client, missing, {"key": "here"}, status=409)
    assert "Quella salvata: 7" in page.words
    assert "Quella di adesso: Domanda saltata" in page.words
    save(kinds_client, page, {"keep.KINDS_STE": "mine"})
    assert stored(engine)["STE"] == "skipped"


def test_a_page_sent_after_the_end_is_shown_not_saved(
    kinds_client: FlaskClient, engine: Engine, numbers: Page
) -> None:
    with writing(engine) as connection:
        connection.execute(update(Administration).values(state="submitted", variant="std", closed_at=NOW))
    page = save(kinds_client, numbers, {"KINDS_NUM": "22,5", "KINDS_INT": "dodici"}, status=409)
    assert page.h1 == "Queste risposte non sono state salvate"
    assert "Quante ore alla settimana lavora la persona?22,5 ore alla settimana" in page.words
    assert "Quante persone lavorano con lei?dodici" in page.words
    assert rows(engine) == 4
    assert visit(kinds_client, numbers.path).path.endswith("/grazie")


def test_nothing_is_saved_before_the_start(kinds_client: FlaskClient, engine: Engine, start: Ask) -> None:
    page = start("O")
    address = page.path.replace("inizio", "parte/FACTS")
    reply = kinds_client.post(address, data={"seen.KINDS_CHO": "0", "answer.KINDS_CHO": "1"})
    assert "Prima di rispondere bisogna leggere" in checked_page(reply, 409).words
    assert visit(kinds_client, address).path == page.path
    assert rows(engine) == 0


def test_another_sites_form_saves_nothing(kinds_client: FlaskClient, engine: Engine, first: Page) -> None:
    assert saved(kinds_client, first, EVERYTHING, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert rows(engine) == 0


def test_a_failing_save_keeps_every_field(kinds_client: FlaskClient, engine: Engine, numbers: Page) -> None:
    sent = {"KINDS_NUM": "22,5", "reason.KINDS_DAN": "NS", "KINDS_INT": "12"}
    with lost(engine, "answer"):
        reply = saved(kinds_client, numbers, sent)
        kept = checked_page(reply, reply.status_code)
    assert kept.status >= 500
    again = send(kinds_client, kept)
    assert "Mancano 2 risposte" in again.words
    assert {name: stored(engine)[name] for name in ("NUM", "DAN", "INT")} == {
        "NUM": "22.5",
        "DAN": "NS",
        "INT": 12,
    }


def test_participants_are_asked_one_question_a_page(
    kinds_client: FlaskClient, engine: Engine, start: Ask
) -> None:
    question = send(kinds_client, start("P"))
    assert question.is_question
    address = f"/q/{question.path.split('/')[2]}/parte/FACTS"
    assert visit(kinds_client, address).path == question.path
    assert kinds_client.post(address, data={"answer.KINDS_MUL": "1"}).status_code == 404
    assert rows(engine) == 0


@pytest.mark.parametrize(
    ("name", "status", "leads"), [("TEXTS", 200, "FACTS"), ("NIENTE", 404, "NIENTE"), ("%00", 404, "")]
)
def test_pages_ahead_or_unknown_are_not_opened(
    kinds_client: FlaskClient, first: Page, name: str, status: int, leads: str
) -> None:
    page = visit(kinds_client, first.path.replace("FACTS", name), status=status)
    assert leads in page.path


def test_to_the_end_and_back_from_the_review(
    kinds_client: FlaskClient, engine: Engine, numbers: Page
) -> None:
    texts = save(kinds_client, save(kinds_client, numbers))
    review = save(kinds_client, save(kinds_client, texts, {"KINDS_LIN": "Aiuto cuoco"}))
    assert review.h1 == "Le risposte da controllare"
    assert visit(kinds_client, review.links["Torna indietro"]).h1 == "Parole"
    question = visit(kinds_client, review.links["Cambia la risposta a: Che lavoro fa la persona?"])
    assert question.written == "Aiuto cuoco"
    changed = send(kinds_client, question, {"answer": "Cuoco"})
    assert changed.h1 == review.h1
    assert "Cuoco" in changed.words
    assert 'id="grazie"' in send(kinds_client, changed).text


def test_the_link_leads_to_the_first_page_with_something_open(
    kinds_client: FlaskClient, engine: Engine, numbers: Page
) -> None:
    key = numbers.path.split("/")[2]
    assert visit(kinds_client, f"/q/{key}/").h1 == "Numeri e date"
    reply = kinds_client.get(f"/q/{key}/")
    assert reply.location == f"/q/{key}/parte/NUMBERS#parte"


def test_words_are_explained_once_a_page(numbers: Page, first: Page) -> None:
    summaries = [words(one) for one in first.main.iter("summary")]
    assert len(summaries) == len(set(summaries)) == 4
    assert MOST_QUESTIONS == 12
