"""What the plan leaves to people is asked for by hand: a review, a form in full, one more observation."""

from datetime import date

import pytest
from sqlalchemy import Connection, update

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import register_rows
from surveyapp.storage.register_rows import AdministrationRow
from surveyapp.storage.tables import Administration
from surveyapp.study.asking import Asked, ask
from surveyapp.study.errors import RefusedError
from tests.factories import create_path, create_person, create_placement
from tests.study.conftest import NOW

TODAY = date(2026, 11, 26)
REVIEW = Asked("BG-1", "vip", "O", "REVISIONE")


@pytest.fixture
def path(connection: Connection) -> int:
    return create_path(connection, create_person(connection, code="BG-1"))


def made(connection: Connection) -> list[AdministrationRow]:
    return register_rows.administrations(connection)


def test_a_review_is_due_from_the_day_it_is_asked_for(
    connection: Connection, catalogue: Catalogue, path: int
) -> None:
    ask(connection, catalogue, REVIEW, TODAY)
    [row] = made(connection)
    assert (row.subject, row.form, row.occasion, row.number) == (f"path:{path}", "O", "REVISIONE", 1)
    assert (row.due_from, row.due_to) == (TODAY, date(2026, 12, 26))


def test_a_second_review_is_another_one(connection: Connection, catalogue: Catalogue, path: int) -> None:
    ask(connection, catalogue, REVIEW, TODAY)
    sent = {"state": "submitted", "closed_at": NOW, "opened_at": NOW, "variant": "std"}
    connection.execute(update(Administration).values(**sent))
    assert ask(connection, catalogue, REVIEW, TODAY).number == 2


def test_one_that_is_still_open_is_not_asked_for_again(
    connection: Connection, catalogue: Catalogue, path: int
) -> None:
    ask(connection, catalogue, REVIEW, TODAY)
    with pytest.raises(RefusedError, match="è già da compilare"):
        ask(connection, catalogue, REVIEW, TODAY)


def test_a_form_is_asked_in_full_on_request(connection: Connection, catalogue: Catalogue, path: int) -> None:
    """Outside Bergamo and Cremona the plan asks the short one (rulings R15)."""
    placement = create_placement(connection, path)
    planned = ask(connection, catalogue, Asked("BG-1", "qil", "P", "INITINERE"), TODAY)
    assert (planned.subject.key, planned.length) == (f"placement:{placement}", "full")


def test_the_version_of_the_series_is_kept(connection: Connection, catalogue: Catalogue, path: int) -> None:
    ask(connection, catalogue, Asked("BG-1", "oss", "O", "EXANTE"), TODAY)
    connection.execute(update(Administration).values(version="0.0.9", opened_at=NOW))
    with pytest.raises(Exception, match=r"lo strumento oss 0\.0\.9 non è fra i file"):
        ask(connection, catalogue, Asked("BG-1", "oss", "O", "INITINERE"), TODAY)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (Asked("BG-2", "vip", "O", "REVISIONE"), "«BG-2» non è nel registro (volevi dire «BG-1»?)"),
        (Asked("BG-1", "vip", "Q", "REVISIONE"), "la scheda «Q» non c'è; ci sono O, P"),
        (
            Asked("BG-1", "vip", "O", "REVISION"),
            "la rilevazione «REVISION» non c'è (volevi dire «REVISIONE»?)",
        ),
        (
            Asked("BG-1", "vip", "O", "REVISIONE", "shrt"),
            "la lunghezza «shrt» non c'è (volevi dire «short»?)",
        ),
        (Asked("BG-1", "aut", "O", "EXANTE"), "la scheda O, EXANTE, qui non ha domande"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(
    connection: Connection, catalogue: Catalogue, path: int, asked: Asked, sentence: str
) -> None:
    with pytest.raises(RefusedError) as error:
        ask(connection, catalogue, asked, TODAY)
    assert str(error.value).startswith(sentence)
    assert made(connection) == []
