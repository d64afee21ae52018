"""A participant answers: start, questions, back, pause, review, send."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.tables import Administration, Answer, Consent, ConsentText, Path
from tests.factories import create_administration, create_answer, create_link, create_path
from tests.web.pages import Page, past_a_pause, send, visit


@pytest.fixture
def link(engine: Engine, catalogue: Catalogue) -> str:
    with writing(engine) as connection:
        return "/r/" + create_link(connection, create_administration(connection, catalogue))


@pytest.fixture
def first_question(client: FlaskClient, link: str) -> Page:
    return send(client, visit(client, link))


def rows(engine: Engine, *columns: object) -> list[tuple[object, ...]]:
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(Answer.id))]  # type: ignore[call-overload]  # any columns


def answer_all(client: FlaskClient, page: Page, pick: Callable[[Page], dict[str, str]]) -> Page:
    """Answer each question until the page asks nothing more."""
    seen = []
    while page.title.startswith("Controlla") is False:
        assert page.title not in seen
        seen.append(page.title)
        page = past_a_pause(client, send(client, page, pick(page)))
    return page


def first_choice(page: Page) -> dict[str, str]:
    return {"answer": next(iter(page.choices.values()), "prova")}


def test_the_start_page_says_what_is_asked(client: FlaskClient, link: str) -> None:
    page = visit(client, link)
    assert "Le domande sono 24" in page.words
    assert "circa 16 minuti" in page.words
    assert "Non ci sono risposte giuste o sbagliate." in page.words
    assert "Le tue risposte le leggono le ricercatrici di Socialis." in page.words
    assert "Puoi dire sì. Puoi dire no." in page.words
    assert "{" not in page.words


def test_the_address_holds_no_token(client: FlaskClient, link: str) -> None:
    page = visit(client, link)
    assert link.removeprefix("/r/") not in page.path
    assert link.removeprefix("/r/") not in page.text


def test_consent_is_kept_with_its_text(client: FlaskClient, engine: Engine, link: str) -> None:
    send(client, visit(client, link), {"optional": "contact_after_6_months"})
    with reading(engine) as connection:
        decision = connection.execute(select(Consent.decision, Consent.optional)).one()
        text = connection.execute(select(ConsentText)).one()
        variants = connection.execute(select(Administration.variant, Path.variant).join(Path)).one()
    assert tuple(decision) == ("accepted", "contact_after_6_months")
    assert (text.consent, text.version, text.variant) == ("participant", "0.1.0", "easy")
    assert "Se stai male o sei in pericolo, chiedi aiuto. Ti aiuta Anna, la tua tutor." in text.text
    assert tuple(variants) == ("easy", "easy")


def test_a_question_page_shows_one_question(first_question: Page) -> None:
    assert first_question.h1 == "Ti piacciono le tue giornate?"
    assert first_question.title.startswith("Ti piacciono le tue giornate? – Domanda 1 di 24")
    assert list(first_question.choices) == ["No", "Un po'", "Sì", "Non mi riguarda", "Non lo so"]
    assert first_question.checked == []


def test_an_answer_is_saved_and_goes_on(client: FlaskClient, engine: Engine, first_question: Page) -> None:
    second = send(client, first_question, {"answer": "3"})
    assert second.title.startswith("Hai abbastanza forza")
    assert "Risposta salvata" in second.words
    assert rows(engine, Answer.item, Answer.value, Answer.variant, Answer.mode) == [
        ("AUT_BEN1", 3, "easy", "self")
    ]


@pytest.mark.parametrize("reason", ["NS", "NA"])
def test_a_reason_is_stored_apart_from_values(
    client: FlaskClient, engine: Engine, first_question: Page, reason: str
) -> None:
    send(client, first_question, {"answer": reason})
    assert rows(engine, Answer.value, Answer.text, Answer.reason) == [(None, None, reason)]


def test_the_skip_button_stores_a_skip(client: FlaskClient, engine: Engine, first_question: Page) -> None:
    page = send(client, first_question, {"salta": "1"})
    assert "Domanda 2 di 24" in page.title
    assert rows(engine, Answer.reason) == [("skipped",)]


def test_an_empty_answer_is_asked_once_more(
    client: FlaskClient, engine: Engine, first_question: Page
) -> None:
    again = send(client, first_question)
    assert again.title.startswith("Errore: Ti piacciono le tue giornate?")
    assert "Scegli una risposta. Se non vuoi rispondere, premi «Salta la domanda»." in again.words
    assert rows(engine, Answer.id) == []
    assert "Domanda 2 di 24" in send(client, again).title
    assert rows(engine, Answer.reason) == [("skipped",)]


def test_going_back_shows_the_earlier_answer(client: FlaskClient, first_question: Page) -> None:
    second = send(client, first_question, {"answer": "2"})
    page = visit(client, second.links["Torna indietro"])
    assert page.h1 == first_question.h1
    assert page.checked == ["2"]
    assert visit(client, page.links["Torna indietro"]).h1 == "Autovalutazione"


def test_the_same_link_resumes_where_it_stopped(
    app: object, client: FlaskClient, link: str, first_question: Page
) -> None:
    second = send(client, first_question, {"answer": "2"})
    assert "Le tue risposte sono salvate." in visit(client, second.links["Fai una pausa"]).words
    other_phone = app.test_client()  # type: ignore[attr-defined]  # it is a Flask
    assert visit(other_phone, link).h1 == second.h1


def test_a_later_question_waits_for_the_earlier_ones(client: FlaskClient, first_question: Page) -> None:
    address = first_question.path.replace("AUT_BEN1", "AUT_AUD1")
    assert visit(client, address).h1 == first_question.h1


def test_review_changes_and_sends(client: FlaskClient, engine: Engine, first_question: Page) -> None:
    review = answer_all(client, first_question, first_choice)
    assert review.words.count("Cambia la risposta a:") == 24
    change = visit(client, review.links["Cambia la risposta a: Ti piacciono le tue giornate?"])
    assert change.checked == ["1"]
    review = send(client, change, {"answer": "3"})
    assert review.h1 == "Controlla le tue risposte"
    thanks = send(client, review)
    assert 'id="grazie"' in thanks.text
    assert thanks.h1 == "Grazie"
    with reading(engine) as connection:
        assert connection.execute(select(Administration.state)).scalar_one() == "submitted"


def test_what_was_sent_is_read_only(
    client: FlaskClient, engine: Engine, link: str, first_question: Page
) -> None:
    send(client, answer_all(client, first_question, first_choice))
    before = rows(engine, Answer.id)
    late = send(client, first_question, {"answer": "3"}, status=409)
    assert "non si possono più cambiare" in late.words.lower()
    assert rows(engine, Answer.id) == before
    thanks = visit(client, link)
    assert thanks.h1 == "Grazie"
    sent = visit(client, thanks.links["Le mie risposte"])
    assert "Ti piacciono le tue giornate?" in sent.words
    assert "Cambia" not in sent.words
    assert visit(client, first_question.path).h1 == "Grazie"


def test_goals_open_the_next_goal_only_when_written(client: FlaskClient, first_question: Page) -> None:
    titles = []

    def pick(page: Page) -> dict[str, str]:
        titles.append(page.h1)
        return {"salta": "1"} if page.h1 == "Che cosa vuoi riuscire a fare?" else first_choice(page)

    review = answer_all(client, first_question, pick)
    assert len(titles) == 22
    assert "C'è un'altra cosa che vuoi riuscire a fare?" not in review.words


def test_goals_come_back_at_the_end_of_the_path(
    client: FlaskClient, engine: Engine, catalogue: Catalogue
) -> None:
    with writing(engine) as connection:
        path = create_path(connection, variant="std")
        before = create_administration(connection, catalogue, path, state="open", variant="std")
        create_answer(connection, before, "AUT_OB1", text="lavorare in <una> cucina")
        connection.exec_driver_sql("UPDATE administration SET state = 'submitted', closed_at = '2026-07-01'")
        after = create_administration(connection, catalogue, path, occasion="EXPOST")
        link = create_link(connection, after)
    start = visit(client, f"/r/{link}")
    assert "Anche questa volta usi la versione standard" in start.words
    titles = []

    def pick(page: Page) -> dict[str, str]:
        titles.append(page.h1)
        return first_choice(page)

    answer_all(client, send(client, start), pick)
    assert "Volevi: «lavorare in <una> cucina». Ci sei riuscito o riuscita?" in titles
    assert len([title for title in titles if title.startswith("Volevi")]) == 1
    assert len(titles) == 35


def test_the_standard_version_can_be_chosen_before_the_start(client: FlaskClient, link: str) -> None:
    picking = visit(client, visit(client, link).links["Cambia versione"])
    start = send(client, picking, {"variant": "std"})
    assert "circa 8 minuti" in start.words
    assert "Le risposte le leggono: le ricercatrici di Socialis." in start.words
    first = send(client, start)
    assert first.h1 == "In questo periodo le mie giornate mi danno soddisfazione."
    assert "Quanto è vero per te?" in first.words
    assert len(first.choices) == 7
    assert visit(client, picking.path).h1 == first.h1


def test_a_no_is_recorded_and_may_become_a_yes(client: FlaskClient, engine: Engine, link: str) -> None:
    start = visit(client, link)
    refused = send(client, visit(client, start.links["No, non voglio rispondere"]))
    assert "Hai scelto di non rispondere." in refused.words
    with reading(engine) as connection:
        assert connection.execute(select(Administration.state)).scalar_one() == "refused"
    assert "Domanda 1 di 24" in send(client, refused).title


def test_wanting_to_talk_is_recorded(client: FlaskClient, engine: Engine, link: str) -> None:
    talk = visit(client, visit(client, link).links["Voglio parlarne con qualcuno"])
    assert "Anna, la tua tutor" in talk.words
    assert "Abbiamo segnato" in send(client, talk).words
    with reading(engine) as connection:
        assert connection.execute(select(Consent.decision)).scalar_one() == "talk"
    assert visit(client, link).h1 == "Autovalutazione"
