"""How far the path is certain from a question on, whatever is answered: what may be asked without a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.path import Questionnaire, certain, first_unanswered, path
from tests.instruments.files import UNHURRIED, missing, small, text, value

GOAL = text("Un lavoro")
ANY_ANSWER = st.sampled_from([GOAL, value(1), value(2), value(10), missing("skipped"), missing("NS")])


def run(after: str, answers: dict[str, Answer] | None = None) -> list[str]:
    return [item.id for item in certain(small(), answers or {}, after=after)]


def test_it_ends_before_what_hangs_on_an_answer_to_come() -> None:
    assert run("PROVA_A1") == ["PROVA_A2", "PROVA_OB1"]


def test_what_hangs_on_answers_given_before_is_certain() -> None:
    assert run("PROVA_OB2", {"PROVA_OB1": GOAL}) == []
    assert run("PROVA_OB1", {"PROVA_A1": value(3)}) == []


def test_a_later_answer_may_be_changed_on_the_way() -> None:
    """Who goes back and answers again may take the first goal away before the second is reached."""
    assert run("PROVA_A1", {"PROVA_OB1": GOAL}) == ["PROVA_A2", "PROVA_OB1"]


def test_the_answer_being_changed_decides_nothing() -> None:
    """Who goes back to the first goal may take it away."""
    assert run("PROVA_OB1", {"PROVA_OB1": GOAL}) == []


def test_what_is_surely_left_out_is_passed_over() -> None:
    assert run("PROVA_A2", {"PROVA_OB1": missing("skipped")}) == ["PROVA_OB1"]


def test_after_what_is_never_asked_there_is_no_answer() -> None:
    with pytest.raises(ValueError, match="PROVA_X"):
        run("PROVA_X")


@UNHURRIED
@given(data=st.data(), place=st.integers(0))
def test_no_answer_turns_the_path_within_it(
    data: st.DataObject, place: int, every_form: list[Questionnaire]
) -> None:
    questionnaire = every_form[place % len(every_form)]
    answers: dict[str, Answer] = {}
    for given_answer in data.draw(st.lists(ANY_ANSWER, min_size=place % 40, max_size=40)):
        if item := first_unanswered(path(questionnaire, answers), answers):
            answers[item.id] = given_answer
    now = path(questionnaire, answers)
    after = now[data.draw(st.integers(0)) % len(now)].id
    found = [item.id for item in certain(questionnaire, answers, after=after)]
    for item_id in [after, *found]:
        answers[item_id] = data.draw(ANY_ANSWER)
    ids = [item.id for item in path(questionnaire, answers)]
    following = ids[ids.index(after) + 1 :]
    assert following[: len(found)] == found


@pytest.fixture(scope="module")
def every_form(catalogue: Catalogue) -> list[Questionnaire]:
    """What the bundled instruments ask, where nothing is known of the context."""
    found = [
        Questionnaire(instrument, form.code, variant, occasion)
        for instrument in map(catalogue.newest, ("aut", "qil", "acc", "oss", "vip", "fu6"))
        for form in instrument.forms.values()
        for variant in form.variants
        for occasion in form.occasions
    ]
    return [questionnaire for questionnaire in found if path(questionnaire, {})]
