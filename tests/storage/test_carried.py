"""What a later questionnaire looks at: the latest answer given earlier about the same subject."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, update

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.path import Questionnaire
from surveyapp.storage.answering import carried_answers
from surveyapp.storage.carried import Earlier, carried, may_carry
from surveyapp.storage.engine import writing
from surveyapp.storage.tables import Administration
from tests.factories import NOW, create_administration, create_answer, create_path

SENT = {"state": "submitted", "variant": "easy", "closed_at": NOW}
GOAL = "AUT_OB1"


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with writing(engine) as connection:
        yield connection


def asked(catalogue: Catalogue, occasion: str = "EXPOST", form: str = "P") -> Questionnaire:
    return Questionnaire(catalogue.newest("aut"), form, "easy" if form == "P" else "std", occasion)


def given(item: str, answer: Answer, occasion: str = "EXANTE", **other: Any) -> Earlier:
    place = {"form": "P", "number": 1, "rater": 1} | other
    return Earlier(item=item, occasion=occasion, answer=answer, **place)


def sent(
    connection: Connection,
    catalogue: Catalogue,
    path: int,
    goal: str,
    occasion: str = "EXANTE",
    **values: Any,
) -> int:
    number = create_administration(connection, catalogue, path, occasion=occasion, **SENT | values)
    create_answer(connection, number, GOAL, text=goal)
    return number


def test_a_goal_comes_back_at_later_occasions(connection: Connection, catalogue: Catalogue) -> None:
    path = create_path(connection)
    sent(connection, catalogue, path, "leggere")
    found = carried_answers(connection, f"path:{path}", asked(catalogue))
    assert found == {GOAL: Answer(text="leggere")}
    assert carried_answers(connection, f"path:{path}", asked(catalogue, "EXANTE")) == {}


def test_what_another_subject_said_stays_there(connection: Connection, catalogue: Catalogue) -> None:
    sent(connection, catalogue, create_path(connection), "leggere")
    assert carried_answers(connection, f"path:{create_path(connection)}", asked(catalogue)) == {}


def test_what_was_not_sent_is_not_carried(connection: Connection, catalogue: Catalogue) -> None:
    path = create_path(connection)
    sent(connection, catalogue, path, "leggere")
    connection.execute(update(Administration).values(state="open", closed_at=None))
    assert carried_answers(connection, f"path:{path}", asked(catalogue)) == {}


def test_the_latest_revision_of_the_latest_occasion_counts(
    connection: Connection, catalogue: Catalogue
) -> None:
    path = create_path(connection)
    # The later occasion was written down first, as happens with what was gathered on paper.
    later = sent(connection, catalogue, path, "cucinare", "EXPOST")
    create_answer(connection, later, GOAL, text="cucinare da solo", revision=2)
    sent(connection, catalogue, path, "leggere")
    found = carried_answers(connection, f"path:{path}", asked(catalogue, "FU6"))
    assert found[GOAL] == Answer(text="cucinare da solo")


def test_an_operator_sees_the_goals_of_the_person(connection: Connection, catalogue: Catalogue) -> None:
    path = create_path(connection)
    sent(connection, catalogue, path, "leggere")
    found = carried_answers(connection, f"path:{path}", asked(catalogue, form="O"))
    assert found == {GOAL: Answer(text="leggere")}


def test_of_an_item_that_the_form_asks_its_own_answers_count(catalogue: Catalogue) -> None:
    others = [
        given("AUT_OBR1", Answer(value=1), "EXPOST"),
        given("AUT_OBR1", Answer(value=2), "EXPOST", form="O"),
    ]
    assert carried(asked(catalogue, "FU6", "O"), 1, 1, others) == {"AUT_OBR1": Answer(value=2)}
    assert carried(asked(catalogue, "FU6"), 1, 1, others) == {"AUT_OBR1": Answer(value=1)}


def test_a_second_observer_starts_afresh(catalogue: Catalogue) -> None:
    own = [given("AUT_OBR1", Answer(value=1), "EXPOST", form="O")]
    assert carried(asked(catalogue, "FU6", "O"), 1, 2, own) == {}


def test_repeats_of_an_occasion_see_those_before_them(catalogue: Catalogue) -> None:
    first, third = (
        given(GOAL, Answer(text=text), "EXPOST", number=number) for text, number in (("uno", 1), ("tre", 3))
    )
    assert carried(asked(catalogue), 2, 1, [third, first]) == {GOAL: Answer(text="uno")}
    assert carried(asked(catalogue), 1, 1, [first]) == {}


def test_a_retest_sees_what_the_first_time_saw(catalogue: Catalogue) -> None:
    instrument = catalogue.newest("aut")
    retest = next((code for code, one in instrument.occasions.items() if one.repeats == "EXPOST"), None)
    if retest is None:
        pytest.skip("this version has no retest")
    answers = [given(GOAL, Answer(text="prima")), given(GOAL, Answer(text="dopo"), "EXPOST")]
    assert carried(asked(catalogue, retest), 1, 1, answers) == {GOAL: Answer(text="prima")}
    again = [given(GOAL, Answer(text="ripetuto"), retest)]
    assert carried(asked(catalogue, "FU6"), 1, 1, again) == {}


def test_the_first_occasion_of_all_looks_at_nothing(catalogue: Catalogue) -> None:
    assert not may_carry(asked(catalogue, "EXANTE"), 1)
    assert may_carry(asked(catalogue, "EXANTE"), 2)
    assert may_carry(asked(catalogue), 1)
