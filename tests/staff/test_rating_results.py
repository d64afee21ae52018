"""What came out of a round, audience by audience, and the reading panel."""

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, insert, select, update

from surveyapp.storage.engine import reading, writing
from surveyapp.storage.focus_tables import Rater, Rating, RatingQuestion, ReaderTest
from tests.factories import NOW, create_focus_group
from tests.focus_groups.factories import create_clarity, create_rater, create_relevance, create_round
from tests.staff.people import buttons, enter, press, rows
from tests.web.pages import Page, visit

pytestmark = pytest.mark.usefixtures("staff")

EASY = "aut/0.1.0/P/easy"


@pytest.fixture
def author(app: Flask) -> FlaskClient:
    client = app.test_client()
    enter(client, "socialis")
    return client


@pytest.fixture
def meeting(engine: Engine) -> int:
    with writing(engine) as connection:
        return create_focus_group(connection, code="FG3")


def judged(connection: Connection, round_id: int, question: int, values: str, **about: object) -> None:
    """One link for each sign: 1 to 4, or ? for who cannot say; all sent, unless `about` says otherwise."""
    for value in values:
        rater, _token = create_rater(connection, round_id, **{"submitted_at": NOW, **about})
        row = {"rater_id": rater, "question_id": question, "revision": 1, "rated_at": NOW}
        number = None if value == "?" else int(value)
        connection.execute(insert(Rating), row | {"value": number, "comment": f"Commento {value}"})


@pytest.fixture
def results(engine: Engine, meeting: int) -> str:
    """The address of the results: eight employment offices and six cooperatives on two things."""
    with writing(engine) as connection:
        made = create_round(connection, meeting)
        relevance = create_relevance(connection, made)
        clarity = create_clarity(connection, made)
        judged(connection, made, clarity, "44333221", audience="CM")
        judged(connection, made, relevance, "4444", audience="CM", organisation="")
        judged(connection, made, relevance, "4?", audience="COOP")
        judged(connection, made, relevance, "1", audience="COOP", submitted_at=None)
        judged(connection, made, clarity, "444444", audience="COOP")
    return f"/gestione/valutazioni/{made}/risultati"


def test_results_stand_apart_by_audience(author: FlaskClient, results: str) -> None:
    page = visit(author, results)
    assert "Hanno inviato 20 persone." in page.words
    assert "1 persona ha iniziato senza inviare" in page.words
    relevance, clarity = rows(page, 0), rows(page, 2)
    assert [one[1:8] for one in relevance] == [
        ["Collocamenti Mirati", "4", "0, 0, 0, 4", "0", "1,00", "1,00", "1,00 (ottimo)"],
        ["Cooperative sociali e altri enti", "1", "0, 0, 0, 1", "1", "–", "–", "–"],
    ]
    assert [one[8] for one in relevance] == ["Accettato", "Meno di 3 giudizi"]
    # Five of eight: .625, chance 56 / 256.
    assert clarity[0][1:8] == [
        "Collocamenti Mirati",
        "8",
        "1, 2, 3, 2",
        "0",
        "0,625",
        "0,83",
        "0,52 (discreto)",
    ]
    assert [one[8] for one in clarity] == [
        "Da rivedere Divergenza fra i gruppi Proponi un cambiamento a AUT_OCC3",
        "Accettato Divergenza fra i gruppi",
    ]
    assert rows(page, 1)[0] == ["Tutto l'elenco", "Collocamenti Mirati", "1", "1,00"]
    assert len(rows(page, 1)) > 2
    assert "Commento ?" in page.words
    assert "Commento 1" in page.words


def test_only_the_last_judgement_of_a_person_counts(
    author: FlaskClient, engine: Engine, results: str
) -> None:
    with writing(engine) as connection:
        rater = connection.scalar(select(Rating.rater_id).where(Rating.value == 1).order_by(Rating.id))
        question = connection.scalar(select(Rating.question_id).where(Rating.rater_id == rater))
        row = {"rater_id": rater, "question_id": question, "revision": 2, "rated_at": NOW, "comment": ""}
        connection.execute(insert(Rating), row | {"value": 4})
    assert rows(visit(author, results), 2)[0][3:6] == ["0, 2, 3, 3", "0", "0,75"]


def test_people_of_an_organisation_may_count_as_one(
    author: FlaskClient, engine: Engine, results: str
) -> None:
    with writing(engine) as connection:
        low = select(Rating.rater_id).where(Rating.value <= 2)
        connection.execute(update(Rater).where(Rater.id.in_(low)).values(organisation="CM-1"))
    page = visit(author, f"{results}?voto=ente")
    assert rows(page, 2)[0][2] == "6"
    assert rows(page, 2)[0][5] == "0,833"
    assert visit(author, f"{results}?voto=altro").words == visit(author, results).words


def test_the_file_has_a_line_for_each_thing_and_audience(
    author: FlaskClient, engine: Engine, results: str
) -> None:
    with writing(engine) as connection:
        connection.execute(update(RatingQuestion).values(text="=SUM(A1)"))
    reply = author.get(f"{results}.csv")
    assert "attachment" in reply.headers["Content-Disposition"]
    lines = list(csv.DictReader(io.StringIO(reply.get_data().decode("utf-8-sig"))))
    assert [
        (one["chiede"], one["gruppo"], one["voti_contati"], one["icvi"], one["esito"]) for one in lines
    ] == [
        ("rilevanza", "CM", "4", "1.0000", "accettato"),
        ("rilevanza", "COOP", "1", "", "pochi_giudizi"),
        ("chiarezza", "CM", "8", "0.6250", "da_rivedere"),
        ("chiarezza", "COOP", "6", "1.0000", "accettato"),
    ]
    assert {one["testo"] for one in lines} == {"'=SUM(A1)"}


def test_a_round_without_questions_has_no_results(author: FlaskClient, engine: Engine) -> None:
    with writing(engine) as connection:
        made = create_round(connection)
    assert "non ha ancora domande" in visit(author, f"/gestione/valutazioni/{made}/risultati").words


def test_a_round_nobody_has_sent_says_so(author: FlaskClient, engine: Engine) -> None:
    with writing(engine) as connection:
        made = create_round(connection)
        create_relevance(connection, made)
    assert "Nessuno ha ancora inviato." in visit(author, f"/gestione/valutazioni/{made}/risultati").words


def noted(client: FlaskClient, meeting: int, *, status: int = 200, **values: str) -> Page:
    page = visit(client, f"/gestione/valutazioni/lettori/{meeting}?source={EASY}&item=AUT_OCC3")
    form = {"reader": "L1", "understood": "yes", **values}
    return press(client, page, "Segna la prova", form, status=status)


def test_readers_are_counted_for_each_wording(author: FlaskClient, meeting: int) -> None:
    assert "Ancora nessuna prova." in visit(author, f"/gestione/valutazioni/lettori/{meeting}").words
    noted(author, meeting, understood="no")
    page = noted(author, meeting, understood="partly", meaning="Se so fare da solo", proposal="Fai da solo?")
    assert "1 lettore su almeno 3. Sì: 0, In parte: 1, No: 0. Servono altri lettori" in page.words
    assert rows(page) == [["L1", "In parte", "Se so fare da solo", "Fai da solo?"]]
    noted(author, meeting, reader="L2")
    page = noted(author, meeting, reader="L3")
    assert "3 lettori su almeno 3. Sì: 2, In parte: 1, No: 0." in page.words
    assert "Servono altri lettori" not in page.words
    assert "Segna la prova" not in buttons(page)
    assert "AUT_OCC4" in page.words


def test_a_test_of_a_question_that_is_not_there(author: FlaskClient, meeting: int) -> None:
    noted(author, meeting, item="UNKNOWN", status=400)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reader": ""}, "Scrivi il codice di chi legge"),
        ({"understood": "maybe"}, "Scegli se ha capito."),
        ({"meaning": "x" * 2001}, "al massimo 2000 caratteri"),
    ],
)
def test_a_test_that_cannot_be_noted_keeps_what_was_typed(
    author: FlaskClient, engine: Engine, meeting: int, wrong: dict[str, str], said: str
) -> None:
    page = noted(author, meeting, status=422, **{"proposal": "Fai da solo?", **wrong})
    assert page.words.count(said) == 2
    assert "Fai da solo?" in page.text
    with reading(engine) as connection:
        assert connection.scalar(select(ReaderTest.id)) is None


def test_a_test_with_a_name_is_asked_about_once_and_loses_nothing(
    author: FlaskClient, engine: Engine, meeting: int
) -> None:
    page = noted(author, meeting, status=422, meaning="Come fa Marco", proposal="Fai da solo?")
    assert page.title.startswith("Controlla: ")
    assert "o come trovarla: Marco." in page.words
    for kept in ("Come fa Marco", "Fai da solo?"):
        assert kept in page.text
    form = {"reader": "L1", "understood": "yes", "meaning": "Come fa Marco", "proposal": "Dillo a Rosa"}
    other = press(author, page, "Segna la prova", form, status=422)
    assert "o come trovarla: Rosa." in other.words
    assert "Prova di L1 segnata." in press(author, other, "Segna la prova", form).words
    with reading(engine) as connection:
        assert connection.scalar(select(ReaderTest.meaning)) == "Come fa Marco"
