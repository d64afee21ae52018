"""Excerpts of meetings stay as they were; a coded answer holds no words, and cannot go back."""

from typing import Any

import pytest
from sqlalchemy import Engine, insert, text
from sqlalchemy.exc import IntegrityError

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import excerpts, schema
from surveyapp.storage.engine import open_engine, reading, writing
from surveyapp.storage.focus_tables import Excerpt
from tests.factories import NOW, create_administration, create_answer, create_excerpt, create_focus_group

BEFORE = "0017"
GIVEN_TO = {"instrument": "aut", "version": "0.1.0", "item": "AUT_TXT1", "form": "P", "variant": "easy"}


def coded(engine: Engine, catalogue: Catalogue) -> int:
    """An answer with its excerpt; the id of the answer."""
    with writing(engine) as connection:
        administration = create_administration(connection, catalogue)
        answer = create_answer(connection, administration, "AUT_TXT1", text="Ora parlo.")
        for _ in range(2):
            assert excerpts.of_answer(connection, answer, GIVEN_TO, "answer", "x", NOW) == 1
    return answer


def test_excerpts_from_before_are_kept_up_and_down(new_database_url: str) -> None:
    engine = open_engine(new_database_url)
    schema.upgrade(engine)
    with writing(engine) as connection:
        create_excerpt(connection, create_focus_group(connection), text="Il tutor conta.")
    for move, revision in ((schema.downgrade, BEFORE), (schema.upgrade, "head")):
        move(engine, revision)
        with reading(engine) as connection:
            found = connection.execute(text("SELECT text, focus_group_id FROM excerpt")).one()
        assert tuple(found) == ("Il tutor conta.", 1)
    schema.check(engine)
    engine.dispose()


def test_a_coded_answer_cannot_go_back(new_database_url: str, catalogue: Catalogue) -> None:
    engine = open_engine(new_database_url)
    schema.upgrade(engine)
    coded(engine, catalogue)
    with pytest.raises(IntegrityError):
        schema.downgrade(engine, BEFORE)
    assert schema.is_current(engine)
    engine.dispose()


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"text": "Ora parlo."}, "text_fits"),
        ({"focus_group_id": 1}, "said_or_written"),
        ({"item": ""}, "answer_has_question"),
        ({"answer_id": None}, "text_fits|said_or_written|answer_has_question"),
        ({"key": "another"}, "one_answer|answer_id"),
    ],
)
def test_an_excerpt_is_of_a_meeting_with_words_or_of_an_answer_without(
    engine: Engine, catalogue: Catalogue, values: dict[str, Any], rule: str
) -> None:
    answer = coded(engine, catalogue)
    with writing(engine) as connection:
        create_focus_group(connection)
        other = create_answer(connection, 1, "AUT_TXT2", text="Altro.")
    row = {"key": "k", "answer_id": answer if "key" in values else other, "position": 0, "text": ""}
    made = {"source": "answer", "written_by": "x", "written_at": NOW}
    with pytest.raises(IntegrityError, match=rule), writing(engine) as connection:
        connection.execute(insert(Excerpt).values(row | made | GIVEN_TO | values))
