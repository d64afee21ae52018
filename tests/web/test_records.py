"""Sections that repeat, asked question by question: each page says its record, and the answers stay apart.

How offices and companies meet them, record by record: tests/web/test_inventory.py.
"""

from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from surveyapp.storage.engine import reading, writing
from surveyapp.storage.tables import Administration, Answer
from tests.factories import create_path
from tests.web.conftest import Ask, question_address
from tests.web.pages import Page, send, visit


def describe(client: FlaskClient, page: Page, words: str) -> Page:
    """One record from its first question to the first of the next."""
    page = send(client, page, {"answer": "1"})
    page = send(client, page, {"answer": words})
    return send(client, page, {"answer": "1/2/2026"})


def test_the_page_says_which_record_it_is_about(kinds_client: FlaskClient, ask: Ask) -> None:
    first = ask("KINDS_R1.1", "C")
    assert "C'è un adattamento da descrivere? – Gli adattamenti, numero 1: domanda 1 di 3 – " in first.title
    second = describe(kinds_client, first, "Pause più lunghe")
    assert "Gli adattamenti, numero 2: domanda 1 di 3" in second.words
    asked = send(kinds_client, send(kinds_client, second, {"answer": "1"}), {"answer": "Un tutor"})
    assert asked.h1 == "«Un tutor»: da quando c'è?"
    assert "Gli adattamenti, numero 2: domanda 3 di 3" in asked.title


def test_questions_outside_are_counted_without_the_records(kinds_client: FlaskClient, ask: Ask) -> None:
    page = ask("KINDS_MUN", "C")
    places = []
    while "Domanda" in page.title or "domanda" in page.title:
        places.append(page.title.split(" – ")[1])
        is_gate = page.h1.startswith("C'è un adattamento")
        page = send(kinds_client, page, {"answer": "2"} if is_gate else {"salta": "1"})
    assert places == [
        "Domanda 1 di 4",
        "Domanda 2 di 4",
        "Domanda 3 di 4",
        "Gli adattamenti, numero 1: domanda 1 di 3",
        "Domanda 4 di 4",
    ]


def test_each_record_has_answers_of_its_own(kinds_client: FlaskClient, engine: Engine, ask: Ask) -> None:
    page = describe(kinds_client, ask("KINDS_R1.1", "C"), "Pause più lunghe")
    page = describe(kinds_client, page, "Un tutor")
    send(kinds_client, page, {"answer": "2"})
    with reading(engine) as connection:
        rows = connection.execute(select(Answer.item, Answer.text).where(Answer.item.like("KINDS_R2%")))
        assert dict(tuple(row) for row in rows) == {
            "KINDS_R2.1": "Pause più lunghe",
            "KINDS_R2.2": "Un tutor",
        }


def test_the_review_has_a_title_for_each_record(kinds_client: FlaskClient, ask: Ask) -> None:
    page = describe(kinds_client, ask("KINDS_R1.1", "C"), "Pause più lunghe")
    page = send(kinds_client, describe(kinds_client, page, "Un tutor"), {"answer": "2"})
    review = send(kinds_client, page, {"salta": "1"})
    titles = ["".join(title.itertext()) for title in review.tree.iter("h2")]
    assert titles[-4:] == [f"Gli adattamenti, numero {n}" for n in (1, 2, 3)] + ["Per finire"]
    assert "«Un tutor»: da quando c'è?01/02/2026" in review.words
    changed = visit(kinds_client, review.links["Cambia la risposta a: «Un tutor»: da quando c'è?"])
    assert changed.written == "01/02/2026"
    assert send(kinds_client, changed, {"answer": "2/2/2026"}).h1 == review.h1


def test_records_known_from_before_come_back_with_their_words(
    kinds_client: FlaskClient, engine: Engine, ask: Ask, start: Ask
) -> None:
    with writing(engine) as connection:
        path = create_path(connection)
    page = describe(kinds_client, ask("KINDS_R1.1", "C", path_id=path), "Pause più lunghe")
    page = send(kinds_client, page, {"answer": "2"})
    send(kinds_client, send(kinds_client, page, {"salta": "1"}))
    with reading(engine) as connection:
        assert connection.execute(select(Administration.state)).scalar_one() == "submitted"
    skipped = ("KINDS_MUN", "KINDS_INT", "KINDS_TXN")
    first = send(kinds_client, start("C", path_id=path, occasion="T1", skip=skipped))
    page = visit(kinds_client, question_address(first, "KINDS_R3.1"))
    assert page.h1 == "«Pause più lunghe»: da quando c'è?"
    assert "Gli adattamenti, numero 1: domanda 1 di 1" in page.title


def test_the_start_does_not_count_what_repeats(start: Ask) -> None:
    assert "Quante sono le domande dipende dalle risposte. Servono circa 5 minuti." in start("C").words
    assert "Le domande sono 12." in start("O").words
