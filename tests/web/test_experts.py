"""Experts judge by a link: one thing a page, kept at once, sent once; what is typed is never lost."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update

from surveyapp.storage.engine import reading, writing
from surveyapp.storage.focus_tables import Rater, Rating, RatingRound
from tests.databases import lost
from tests.focus_groups.factories import create_clarity, create_rater, create_relevance, create_round
from tests.web.pages import Page, send, visit


@dataclass(frozen=True)
class Asked:
    """A link with two things to judge."""

    rater: int
    round: int
    link: str

    def page(self, name: str) -> str:
        return f"/valuta/{self.rater}/{name}"


@pytest.fixture
def asked(engine: Engine) -> Asked:
    with writing(engine) as connection:
        made = create_round(connection)
        create_relevance(connection, made)
        create_clarity(connection, made)
        rater, token = create_rater(connection, made, code="E1")
    return Asked(rater, made, f"/v/{token}")


@pytest.fixture
def start(client: FlaskClient, asked: Asked) -> Page:
    return visit(client, asked.link)


@pytest.fixture
def first(client: FlaskClient, start: Page) -> Page:
    return visit(client, start.links["Inizia"])


def stored(engine: Engine) -> list[tuple[int, int | None, str]]:
    with reading(engine) as connection:
        query = select(Rating.revision, Rating.value, Rating.comment).order_by(Rating.id)
        return [tuple(row) for row in connection.execute(query)]


def test_the_address_holds_no_token_after_the_link_is_opened(asked: Asked, start: Page) -> None:
    assert start.path == asked.page("?primo=1")
    assert "Ci sono 2 giudizi da dare" in start.words
    assert "non il lavoro del singolo operatore" in start.words
    assert "E1" in start.words


@pytest.mark.parametrize("address", ["/v/unknown", "/v/" + "x" * 500, "/valuta/1/", "/valuta/99/domanda/1"])
def test_an_unknown_link_and_a_missing_cookie_are_not_found(
    client: FlaskClient, asked: Asked, address: str
) -> None:
    visit(client, address, status=404)


def test_the_cookie_of_one_link_opens_no_other(client: FlaskClient, engine: Engine, start: Page) -> None:
    with writing(engine) as connection:
        other, _token = create_rater(connection, create_round(connection))
    visit(client, f"/valuta/{other}/", status=404)


def test_without_cookies_it_is_said(app: Flask, asked: Asked) -> None:
    visit(app.test_client(use_cookies=False), asked.link, status=400)


def test_a_criterion_is_judged_in_four_words_or_not_at_all(first: Page) -> None:
    assert first.h1 == "Quanto è rilevante questo criterio: «Autonomia sul lavoro»?"
    assert first.title == f"{first.h1} – Giudizio 1 di 2 – OpenSource in Rete"
    assert list(first.choices) == [
        "Per niente rilevante",
        "Poco rilevante",
        "Abbastanza rilevante",
        "Molto rilevante",
        "Non so rispondere",
    ]
    assert first.checked == []


def test_a_wording_is_shown_as_its_respondent_reads_it(
    client: FlaskClient, first: Page, asked: Asked
) -> None:
    page = send(client, first, {"value": "4"})
    assert page.path == asked.page("domanda/2")
    for said in ("Sai che cosa fare?", "Chi risponde la legge così:", "Criterio:", "versione"):
        assert said in page.words
    assert len(list(page.main.iter("li"))) >= 3


def test_judgements_are_kept_go_back_and_are_sent(client: FlaskClient, engine: Engine, first: Page) -> None:
    second = send(client, first, {"value": "4", "comment": "Sì:\nè il primo."})
    review = send(client, second, {"value": "unknown"})
    assert review.h1 == "Rivedi i tuoi giudizi"
    assert "Molto rilevante Sì: è il primo." in review.words
    assert "Non so rispondere" in review.words
    back = visit(client, visit(client, review.links["Torna indietro"]).links["Torna indietro"])
    assert (back.checked, "è il primo." in back.text) == (["4"], True)
    thanks = send(client, review)
    assert thanks.h1 == "I tuoi giudizi sono arrivati"
    assert "Molto rilevante" in thanks.words
    assert stored(engine) == [(1, 4, "Sì:\nè il primo."), (1, None, "")]


def test_a_change_stands_beside_and_the_same_again_adds_nothing(
    client: FlaskClient, engine: Engine, first: Page
) -> None:
    for value in ("2", "2", "3"):
        send(client, first, {"value": value})
    assert stored(engine) == [(1, 2, ""), (2, 3, "")]


def test_a_change_from_the_review_comes_back_to_it(client: FlaskClient, first: Page, asked: Asked) -> None:
    send(client, first, {"value": "2"})
    review = visit(client, asked.page("riepilogo"))
    assert "Manca 1 giudizio." in review.words
    change = visit(client, review.links[f"Cambia: {first.h1}"])
    assert send(client, change, {"value": "1"}).path == asked.page("riepilogo")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"comment": "Dipende"}, "Scegli una risposta."),
        ({"comment": "Dipende", "value": "7"}, "Scegli una risposta."),
        ({"comment": "Dipende " * 300, "value": "1"}, "Il commento è troppo lungo"),
    ],
)
def test_an_error_keeps_what_was_written(
    client: FlaskClient, engine: Engine, first: Page, sent: dict[str, str], said: str
) -> None:
    page = send(client, first, sent, status=422)
    assert page.title.startswith("Errore: ")
    assert page.words.count(said) == 2
    assert "Dipende" in page.text
    assert stored(engine) == []


def test_a_comment_with_a_name_is_asked_about_once_and_kept_or_changed(
    client: FlaskClient, engine: Engine, first: Page, asked: Asked
) -> None:
    said = {"value": "2", "comment": "Lo sa bene Marco"}
    page = send(client, first, said, status=422)
    assert page.title.startswith("Controlla: ")
    assert "o come trovarla: Marco." in page.words
    assert (page.checked, "Lo sa bene Marco" in page.text, stored(engine)) == (["2"], True, [])
    changed = {"value": "2", "comment": "Lo sa bene il tutor"}
    assert send(client, page, changed).path == asked.page("domanda/2")
    assert send(client, page, said).path == asked.page("domanda/2")
    assert send(client, first, said).path == asked.page(
        "domanda/2"
    )  # what is kept already is not asked again
    assert stored(engine) == [(1, 2, "Lo sa bene il tutor"), (2, 2, "Lo sa bene Marco")]


def test_the_same_link_goes_on_where_one_stopped(
    app: Flask, client: FlaskClient, first: Page, asked: Asked
) -> None:
    send(client, first, {"value": "2"})
    another = app.test_client()
    start = visit(another, asked.link)
    assert visit(another, start.links["Continua"]).path == asked.page("domanda/2")


def test_what_was_sent_is_not_changed(client: FlaskClient, engine: Engine, first: Page, asked: Asked) -> None:
    send(client, send(client, first, {"value": "2"}), {"value": "2"})
    send(client, visit(client, asked.page("riepilogo")))
    late = send(client, first, {"value": "1", "comment": "Ci ho ripensato"}, status=409)
    assert "Ci ho ripensato" in late.words
    assert visit(client, asked.link).path == asked.page("grazie")
    assert visit(client, asked.page("domanda/1")).path == asked.page("grazie")
    assert visit(client, asked.page("riepilogo")).path == asked.page("grazie")
    assert len(stored(engine)) == 2


def test_sending_nothing_sends_nothing(client: FlaskClient, start: Page, asked: Asked) -> None:
    reply = client.post(asked.page("riepilogo"))
    assert (reply.status_code, reply.location) == (303, asked.page("riepilogo"))
    assert visit(client, asked.page("grazie")).path == asked.page("")


def test_a_closed_round_says_so_and_gives_back_what_was_written(
    client: FlaskClient, engine: Engine, first: Page, asked: Asked
) -> None:
    with writing(engine) as connection:
        connection.execute(update(RatingRound).values(closed_at=datetime.now(UTC)))
    assert "Dipende" in send(client, first, {"value": "2", "comment": "Dipende"}, status=409).words
    assert "La raccolta è chiusa" in visit(client, asked.page("")).words
    assert "La raccolta è chiusa" in visit(client, asked.page("riepilogo")).words
    assert client.post(asked.page("riepilogo")).status_code == 409


def test_a_link_that_has_ended_opens_nothing(
    client: FlaskClient, engine: Engine, first: Page, asked: Asked
) -> None:
    with writing(engine) as connection:
        connection.execute(update(Rater).values(expires_at=datetime.now(UTC) - timedelta(minutes=1)))
    visit(client, asked.link, status=404)
    visit(client, first.path, status=404)


def test_a_place_that_is_not_there(client: FlaskClient, start: Page, asked: Asked) -> None:
    visit(client, asked.page("domanda/3"), status=404)
    visit(client, asked.page("domanda/0"), status=404)


def test_another_site_saves_nothing(client: FlaskClient, engine: Engine, first: Page) -> None:
    send(client, first, {"value": "1"}, status=403, headers={"Origin": "https://elsewhere.example"})
    assert stored(engine) == []


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_database_that_fails_loses_nothing_written(
    client: FlaskClient, engine: Engine, first: Page
) -> None:
    with lost(engine, "rating"):
        page = send(client, first, {"value": "2", "comment": "Dipende"}, status=503)
    assert "Dipende" in page.words
    assert send(client, page).path.endswith("/domanda/2")
    assert stored(engine) == [(1, 2, "Dipende")]


def test_a_round_without_questions_says_to_come_back(client: FlaskClient, engine: Engine) -> None:
    with writing(engine) as connection:
        _rater, token = create_rater(connection, create_round(connection))
    assert "non è ancora pronto" in visit(client, f"/v/{token}").words
