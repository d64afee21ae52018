"""Practice before the first question (C8): same page, does not count, stops nobody, resumes where it was."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from surveyapp.collection.practice import next_question, outcome
from surveyapp.instruments.answers import Answer as Given
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import practice
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.practice_tables import PracticeAnswer
from surveyapp.storage.tables import Answer
from tests.factories import NOW, create_administration
from tests.staff.people import press
from tests.web.pages import Page, send, visit
from tests.web.untouched import begin, new_link, stored

FIRST_QUESTION = "Ti piacciono le tue giornate?"


@pytest.fixture
def link(app: Flask) -> str:
    return new_link(app)


@pytest.fixture
def first(client: FlaskClient, link: str) -> Page:
    return begin(client, link)


def tried(engine: Engine) -> list[tuple[Any, ...]]:
    columns = (PracticeAnswer.round, PracticeAnswer.place, PracticeAnswer.value, PracticeAnswer.reason)
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(PracticeAnswer.id))]


def answers(engine: Engine) -> int:
    with reading(engine) as connection:
        return len(connection.execute(select(Answer.id)).all())


def test_the_first_page_is_a_practice_that_looks_like_a_question(first: Page) -> None:
    assert first.h1 == "Ti piace la pizza?"
    assert first.title == "Ti piace la pizza? – Prova 1 di 2 – OpenSource in Rete"
    assert "Questa è una prova. La risposta non conta." in first.words
    assert list(first.choices) == ["No", "Un po'", "Sì", "Non mi riguarda", "Non lo so"]
    assert first.checked == []


def test_two_different_answers_pass(app: Flask, client: FlaskClient, engine: Engine, first: Page) -> None:
    second = send(client, first, {"answer": "3"})
    assert (second.h1, "Prova 2 di 2" in second.words) == ("Ti piace quando piove?", True)
    question = send(client, second, {"answer": "NS"})
    assert question.h1 == FIRST_QUESTION
    assert "Domanda 1 di 24" in question.title
    assert stored(app).practice == "passed"
    assert tried(engine) == [(1, 1, 3, None), (1, 2, None, "NS")]
    assert answers(engine) == 0


def test_the_same_answer_twice_is_tried_once_more_with_help(
    app: Flask, client: FlaskClient, engine: Engine, first: Page
) -> None:
    again = send(client, send(client, first, {"answer": "3"}), {"answer": "3"})
    assert again.h1 == "Proviamo ancora una volta"
    assert stored(app).practice is None
    once_more = visit(client, again.links["Prova ancora"])
    assert "Prova 1 di 2, ancora una volta" in once_more.title
    assert once_more.checked == []
    question = send(client, send(client, once_more, {"answer": "3"}), {"answer": "1"})
    assert question.h1 == FIRST_QUESTION
    assert stored(app).practice == "with_help"
    assert len(tried(engine)) == 4


def test_not_passing_stops_nobody(app: Flask, client: FlaskClient, first: Page) -> None:
    again = send(client, send(client, first, {"answer": "3"}), {"answer": "3"})
    once_more = visit(client, again.links["Prova ancora"])
    together = send(client, send(client, once_more, {"answer": "3"}), {"answer": "3"})
    assert together.h1 == "Puoi rispondere insieme a qualcuno"
    assert stored(app).practice == "not_passed"
    assert send(client, together).h1 == FIRST_QUESTION


def test_the_second_round_can_be_left_out(app: Flask, client: FlaskClient, first: Page) -> None:
    again = send(client, send(client, first, {"answer": "3"}), {"answer": "3"})
    assert press(client, again, "Passa alle domande").h1 == FIRST_QUESTION
    assert stored(app).practice == "not_passed"
    assert visit(client, again.path).h1 == FIRST_QUESTION


def test_practice_can_be_skipped(app: Flask, client: FlaskClient, engine: Engine, first: Page) -> None:
    question = send(client, send(client, first, {"salta": "1"}), {"salta": "1"})
    assert question.h1 == FIRST_QUESTION
    assert stored(app).practice == "skipped"
    assert tried(engine) == [(1, 1, None, "skipped"), (1, 2, None, "skipped")]


def test_an_empty_practice_is_asked_once_more(client: FlaskClient, engine: Engine, first: Page) -> None:
    again = send(client, first)
    assert again.title.startswith("Errore: Ti piace la pizza?")
    assert "Scegli una risposta. Se non vuoi rispondere, premi «Salta la domanda»." in again.words
    assert tried(engine) == []
    assert send(client, again).h1 == "Ti piace quando piove?"
    assert tried(engine) == [(1, 1, None, "skipped")]


@pytest.mark.parametrize("sent", ["12", "", "NO", "skipped", "3\0", "<b>"])
def test_what_is_not_offered_is_refused(client: FlaskClient, engine: Engine, first: Page, sent: str) -> None:
    page = send(client, first, {"answer": sent}, status=422 if sent else 200)
    assert page.title.startswith("Errore: ")
    assert tried(engine) == []


def test_back_shows_what_was_tried_and_leads_to_the_start(client: FlaskClient, first: Page) -> None:
    second = send(client, first, {"answer": "2"})
    page = visit(client, second.links["Torna indietro"])
    assert (page.h1, page.checked) == (first.h1, ["2"])
    start = visit(client, page.links["Torna indietro"])
    assert start.h1 == "Autovalutazione"
    assert visit(client, start.links["Continua"]).h1 == second.h1


def test_going_back_from_the_second_round(client: FlaskClient, first: Page) -> None:
    again = send(client, send(client, first, {"answer": "3"}), {"answer": "3"})
    assert visit(client, again.links["Torna indietro"]).h1 == "Ti piace quando piove?"
    once_more = visit(client, again.links["Prova ancora"])
    assert visit(client, once_more.links["Torna indietro"]).h1 == again.h1
    second = send(client, once_more, {"answer": "3"})
    assert visit(client, second.links["Torna indietro"]).checked == ["3"]


def test_a_practice_sent_twice_is_kept_once(client: FlaskClient, engine: Engine, first: Page) -> None:
    for _ in range(2):
        assert send(client, first, {"answer": "3"}).h1 == "Ti piace quando piove?"
    assert len(tried(engine)) == 1
    second = send(client, first, {"answer": "2"})
    assert tried(engine) == [(1, 1, 3, None), (1, 1, 2, None)]
    for _ in range(2):
        assert send(client, second, {"answer": "3"}).h1 == FIRST_QUESTION
    assert len(tried(engine)) == 3


def test_every_place_resumes_on_another_device(
    app: Flask, client: FlaskClient, link: str, first: Page
) -> None:
    def resumed() -> str:
        return visit(app.test_client(), link).h1

    assert resumed() == first.h1
    second = send(client, first, {"answer": "3"})
    assert resumed() == second.h1
    again = send(client, second, {"answer": "3"})
    assert resumed() == again.h1
    once_more = visit(client, again.links["Prova ancora"])
    assert resumed() == again.h1
    last = send(client, once_more, {"answer": "3"})
    other = visit(app.test_client(), link)
    assert (other.h1, "ancora una volta" in other.title) == (last.h1, True)
    assert send(client, last, {"answer": "3"}).h1 == "Puoi rispondere insieme a qualcuno"
    assert resumed() == FIRST_QUESTION


def test_a_pause_in_the_middle_goes_on_where_it_was(client: FlaskClient, first: Page) -> None:
    second = send(client, first, {"answer": "3"})
    pause = visit(client, second.links["Fai una pausa"])
    assert visit(client, pause.links["Continua adesso"]).h1 == second.h1


def test_a_later_practice_waits_for_the_earlier_one(client: FlaskClient, first: Page) -> None:
    assert visit(client, first.path.replace("/prova/1", "/prova/2")).h1 == first.h1
    assert visit(client, first.path.replace("/prova/1", "/prova/ancora")).h1 == first.h1
    assert visit(client, first.path.replace("/prova/1", "/prova/ancora/2")).h1 == first.h1
    assert visit(client, first.path.replace("/prova/1", "/prova/insieme")).h1 == first.h1
    visit(client, first.path.replace("/prova/1", "/prova/0"), status=404)
    visit(client, first.path.replace("/prova/1", "/prova/3"), status=404)
    visit(client, first.path.replace("/prova/1", "/prova/99999999999999999999"), status=404)


def test_once_questions_are_answered_practice_is_over(
    client: FlaskClient, engine: Engine, first: Page
) -> None:
    question = send(client, send(client, first, {"answer": "3"}), {"answer": "1"})
    send(client, question, {"answer": "1"})
    assert send(client, first, {"answer": "1"}).h1.startswith("Hai abbastanza")
    assert len(tried(engine)) == 2


def test_the_standard_version_has_no_practice(app: Flask, client: FlaskClient) -> None:
    first = begin(client, new_link(app, variant="std"))
    assert "Domanda 1 di 24" in first.title
    visit(client, first.path.replace("domanda/AUT_BEN1", "prova/1"), status=404)
    assert visit(client, first.path.replace("domanda/AUT_BEN1", "prova/")).h1 == first.h1


def test_operators_do_not_practise(app: Flask, client: FlaskClient) -> None:
    first = begin(client, new_link(app, instrument="vip", form="O"))
    assert "Parte 1 di" in first.title


@pytest.mark.parametrize(("purpose", "mode"), [("tablet", "assisted"), ("interview", "interview")])
def test_practice_comes_with_every_kind_of_link(
    app: Flask, client: FlaskClient, engine: Engine, purpose: str, mode: str
) -> None:
    send(client, begin(client, new_link(app, purpose=purpose)), {"answer": "3"})
    with reading(engine) as connection:
        assert connection.execute(select(PracticeAnswer.mode)).scalar_one() == mode


def test_practice_comes_again_at_the_end_of_the_path(app: Flask, client: FlaskClient) -> None:
    assert "Prova 1 di 2" in begin(client, new_link(app, occasion="EXPOST")).title


def test_another_site_cannot_practise(client: FlaskClient, engine: Engine, first: Page) -> None:
    send(client, first, {"answer": "3"}, status=403, headers={"Origin": "https://evil.example"})
    assert tried(engine) == []


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({}, "one_value"),
        ({"value": 1, "reason": "NS"}, "one_value"),
        ({"reason": "BOH"}, "known_reason"),
        ({"value": 1, "place": 0}, "place_from_one"),
        ({"value": 1, "round": 3}, "known_round"),
        ({"value": 1, "mode": "proxy"}, "known_mode"),
    ],
)
def test_the_rules_of_practice_live_in_the_database(
    engine: Engine, catalogue: Catalogue, values: dict[str, Any], rule: str
) -> None:
    row = {"place": 1, "round": 1, "mode": "self", "answered_at": NOW}
    with writing(engine) as connection:
        administration = create_administration(connection, catalogue)
    with pytest.raises(IntegrityError, match=rule), writing(engine) as connection:
        practice.add(connection, administration_id=administration, **(row | values))


def test_a_practice_answer_is_never_changed(client: FlaskClient, engine: Engine, first: Page) -> None:
    send(client, first, {"answer": "3"})
    with pytest.raises(DBAPIError, match="never changed"), writing(engine) as connection:
        connection.execute(update(PracticeAnswer).values(value=1))


TRIED = st.one_of(st.integers(1, 3).map(lambda code: Given(value=code)), st.just(Given(reason="skipped")))


@given(st.integers(1, 2), st.lists(TRIED, max_size=4))
def test_trying_always_comes_to_an_end(count: int, given_in_order: list[Given]) -> None:
    done: dict[tuple[int, int], Given] = {}
    for answer in given_in_order:
        place = next_question(count, done)
        if place is None or outcome(count, done):
            break
        done[place] = answer
    found = outcome(count, done)
    assert found in (None, "passed", "with_help", "not_passed", "skipped")
    assert (found is not None) or next_question(count, done) is not None
