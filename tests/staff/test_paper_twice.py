"""The same sheet typed a second time: differences are listed, resolved, and counted."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.paper_tables import PaperReading, PaperSheet
from surveyapp.storage.tables import Answer
from tests.staff.people import add_account, enter, press
from tests.staff.sheets import PAGE, add_person, answers, begin, checked, stored, type_all, type_in, values
from tests.web.page import Page, words
from tests.web.pages import visit

pytestmark = pytest.mark.usefixtures("staff")

SECOND = "Controlla con un secondo inserimento"
GOAL = "Un lavoro vicino a casa"


@pytest.fixture
def review(client: FlaskClient, engine: Engine, catalogue: Catalogue) -> Page:
    """The sheet of BG-0042, typed once by the caseworker."""
    with writing(engine) as connection:
        add_person(connection, catalogue)
    enter(client, "caseworker")
    return type_all(client, begin(client), {"AUT_BEN1": "", "AUT_BEN2": "3"})


@pytest.fixture
def colleague(app: Flask, engine: Engine) -> FlaskClient:
    """Another caseworker of the territory."""
    with writing(engine) as connection:
        add_account(connection, "collega@study.example", "caseworker", "BG")
    client = app.test_client()
    enter(client, "collega@study.example")
    return client


def sheet(engine: Engine) -> tuple[object, ...]:
    columns = (PaperSheet.first_by, PaperSheet.second_by, PaperSheet.differences)
    with reading(engine) as connection:
        return tuple(connection.execute(select(*columns)).one())


def test_the_review_suggests_another_person(
    client: FlaskClient, colleague: FlaskClient, review: Page
) -> None:
    suggestion = "è meglio se il secondo lo fa un'altra persona"
    assert suggestion in review.words
    assert suggestion not in visit(colleague, review.path).words


def test_the_second_entry_starts_empty_and_changes_no_answer(
    colleague: FlaskClient, engine: Engine, review: Page
) -> None:
    before = answers(engine)
    page = press(colleague, visit(colleague, review.path), SECOND)
    assert (page.h1, page.path) == ("Come stai", f"{PAGE}/carta/2/BEN")
    assert values(page) == [""] * 5
    assert "secondo inserimento" in page.words
    type_in(colleague, page, "1", "1", "1", "1", "1")
    assert answers(engine) == before


def test_differences_are_listed_and_the_right_one_becomes_the_answer(
    colleague: FlaskClient, engine: Engine, review: Page
) -> None:
    page = press(colleague, visit(colleague, review.path), SECOND)
    compared = type_all(colleague, page, {"AUT_BEN1": "?", "AUT_BEN2": "1", "AUT_INC1": "NA"})
    assert compared.h1 == "3 differenze nel foglio di BG-0042"
    told = [words(label) for label in compared.main.iter("label")]
    assert told == [
        "Primo: In bianco",
        "Secondo: Illeggibile, o con due croci",
        "Primo: Sì",
        "Secondo: No",
        "Primo: Un po'",
        "Secondo: Non mi riguarda",
    ]
    done = press(colleague, compared, "Salva le scelte", {"AUT_BEN1": "2", "AUT_BEN2": "2", "AUT_INC1": "1"})
    assert "Inserito due volte, 3 differenze corrette." in done.words
    found = answers(engine)
    assert [found[item][0] for item in ("AUT_BEN1", "AUT_BEN2", "AUT_INC1")] == ["skipped", 1, 2]
    with reading(engine) as connection:
        query = select(Answer.revision, Answer.value).where(Answer.item == "AUT_BEN2").order_by(Answer.id)
        assert connection.execute(query).all() == [(1, 3), (2, 1)]
    closed = press(colleague, done, "Chiudi il questionario su carta")
    assert "Inserito due volte, 3 differenze corrette (seconda volta: collega@study.example)" in closed.words
    assert sheet(engine) == ("caseworker@study.example", "collega@study.example", 3)


def test_a_difference_left_open_is_asked_again_and_choices_stay(
    colleague: FlaskClient, engine: Engine, review: Page
) -> None:
    page = press(colleague, visit(colleague, review.path), SECOND)
    compared = type_all(colleague, page, {"AUT_BEN1": "1", "AUT_BEN2": "1"})
    again = press(colleague, compared, "Salva le scelte", {"AUT_BEN1": "2", "AUT_BEN2": "7"}, status=422)
    assert again.title.startswith("Errore: ")
    alert = next(one for one in again.main.iter() if one.get("role") == "alert")
    assert "AUT_BEN2: Indica quale dei due inserimenti è giusto." in words(alert)
    assert checked(again) == ["2"]
    assert sheet(engine)[2] is None
    assert answers(engine)["AUT_BEN1"][0] == "skipped"


def test_two_entries_that_say_the_same_need_no_comparison(
    colleague: FlaskClient, engine: Engine, review: Page
) -> None:
    page = press(colleague, visit(colleague, review.path), SECOND)
    same = {"AUT_BEN1": "", "AUT_BEN2": "3", "AUT_ASP1": f"  {GOAL.upper()}\n"}
    done = type_all(colleague, page, same)
    assert done.path == review.path
    assert "Inserito due volte, nessuna differenza." in done.words
    assert SECOND not in done.text
    assert sheet(engine)[2] == 0
    assert answers(engine)["AUT_ASP1"][0] == GOAL  # as it was typed first


def test_one_difference_is_said_in_the_singular(colleague: FlaskClient, review: Page) -> None:
    page = press(colleague, visit(colleague, review.path), SECOND)
    compared = type_all(colleague, page, {"AUT_BEN1": "", "AUT_BEN2": "2"})
    assert compared.h1 == "Una differenza nel foglio di BG-0042"
    done = press(colleague, compared, "Salva le scelte", {"AUT_BEN2": "1"})
    assert "Inserito due volte, 1 differenza corretta." in done.words


def test_what_was_compared_is_not_typed_a_third_time(
    colleague: FlaskClient, engine: Engine, review: Page
) -> None:
    page = press(colleague, visit(colleague, review.path), SECOND)
    type_all(colleague, page, {"AUT_BEN1": "", "AUT_BEN2": "3"})
    assert visit(colleague, f"{PAGE}/carta/2/BEN").path == f"{PAGE}/carta"
    assert visit(colleague, f"{PAGE}/carta/confronto").path == review.path
    token = review.hidden()["csrf_token"]
    reply = colleague.post(f"{PAGE}/carta/2/BEN", data={"csrf_token": token})
    assert reply.status_code in (303, 400)
    assert sheet(engine)[2] == 0


def test_a_second_entry_that_was_not_finished_goes_on_where_it_was(
    client: FlaskClient, colleague: FlaskClient, engine: Engine, review: Page
) -> None:
    page = press(colleague, visit(colleague, review.path), SECOND)
    type_in(colleague, page, "", "3", "2", "2", "2")
    later = press(client, visit(client, review.path), "Continua il secondo inserimento")
    assert later.path == f"{PAGE}/carta/2/INC"
    assert sheet(engine)[1] == "collega@study.example"  # who began it
    assert visit(client, f"{PAGE}/carta/confronto").path == later.path


def test_an_unfinished_second_entry_does_not_hold_the_sheet(
    client: FlaskClient, colleague: FlaskClient, engine: Engine, review: Page
) -> None:
    page = press(colleague, visit(colleague, review.path), SECOND)
    type_in(colleague, page, "1", "1", "1", "1", "1")
    closed = press(client, visit(client, review.path), "Chiudi il questionario su carta")
    assert "Cominciato da collega@study.example, non finito" in closed.words
    assert stored(engine).state == "submitted"


def test_differences_that_are_known_are_resolved_before_the_end(
    client: FlaskClient, colleague: FlaskClient, engine: Engine, review: Page
) -> None:
    page = press(colleague, visit(colleague, review.path), SECOND)
    type_all(colleague, page, {"AUT_BEN1": "1", "AUT_BEN2": "3"})
    compared = press(client, visit(client, review.path), "Chiudi il questionario su carta")
    assert compared.path == f"{PAGE}/carta/confronto"
    assert stored(engine).state == "open"


def test_both_entries_stay_as_they_were_read(colleague: FlaskClient, engine: Engine, review: Page) -> None:
    page = press(colleague, visit(colleague, review.path), SECOND)
    compared = type_all(colleague, page, {"AUT_BEN1": "", "AUT_BEN2": "1"})
    press(colleague, compared, "Salva le scelte", {"AUT_BEN2": "2"})
    with reading(engine) as connection:
        query = select(PaperReading.entry, PaperReading.value).where(PaperReading.item == "AUT_BEN2")
        assert connection.execute(query.order_by(PaperReading.id)).all() == [(1, 3), (2, 1), (1, 1)]
