"""What holds for every instrument, whatever it asks and whatever is answered."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.model import Instrument, Item
from surveyapp.instruments.path import Questionnaire, first_unanswered, path, possible
from surveyapp.scoring.facts import alerts, facts
from surveyapp.scoring.scores import keyed_values, score
from tests.instruments.invented import instruments
from tests.instruments.invented_responses import answers_to, given_answers, questionnaires

THOROUGH = settings(
    deadline=None,
    database=None,
    max_examples=700,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def ids(items: list[Item]) -> list[str]:
    return [item.id for item in items]


def some_response(data: st.DataObject) -> tuple[Questionnaire, dict[str, Answer], dict[str, Answer]]:
    """A questionnaire, answers to any of its items, and answers of earlier occasions."""
    instrument = data.draw(instruments())
    questionnaire = data.draw(questionnaires(instrument))
    return questionnaire, data.draw(given_answers(instrument)), data.draw(given_answers(instrument))


@THOROUGH
@given(st.data())
def test_a_path_is_part_of_the_possible_in_order(data: st.DataObject) -> None:
    questionnaire, answers, carried = some_response(data)
    order = ids(questionnaire.items())
    shortest = ids(path(questionnaire, answers, carried))
    longest = ids(possible(questionnaire, answers, carried))
    assert len(set(order)) == len(order)
    assert [name for name in longest if name in shortest] == shortest
    assert [name for name in order if name in longest] == longest


@THOROUGH
@given(st.data())
def test_going_on_ends_and_the_longest_path_never_grows(data: st.DataObject) -> None:
    instrument = data.draw(instruments())
    questionnaire = data.draw(questionnaires(instrument))
    carried = data.draw(given_answers(instrument))
    answers: dict[str, Answer] = {}
    longest = set(ids(possible(questionnaire, answers, carried)))
    for _ in questionnaire.asked:
        item = first_unanswered(path(questionnaire, answers, carried), answers)
        if item is None:
            break
        assert item.id not in answers
        answers[item.id] = data.draw(answers_to(questionnaire.wording(item).format))
        now = set(ids(possible(questionnaire, answers, carried)))
        assert now <= longest
        longest = now
    items = path(questionnaire, answers, carried)
    assert first_unanswered(items, answers) is None
    assert set(ids(items)) == longest == answers.keys()


@THOROUGH
@given(st.data())
def test_nothing_off_the_path_ever_counts(data: st.DataObject) -> None:
    questionnaire, answers, carried = some_response(data)
    on_path = ids(path(questionnaire, answers, carried))
    kept = {name: answer for name, answer in answers.items() if name in on_path}
    assert ids(path(questionnaire, kept, carried)) == on_path
    assert keyed_values(questionnaire, answers, carried).keys() <= kept.keys()
    for computed in (keyed_values, score, facts, alerts):
        assert computed(questionnaire, kept, carried) == computed(questionnaire, answers, carried)


@THOROUGH
@given(st.data())
def test_scores_stay_within_their_bounds(data: st.DataObject) -> None:
    questionnaire, answers, carried = some_response(data)
    for found in score(questionnaire, answers, carried):
        scale = questionnaire.instrument.scale(found.scale.removesuffix("_br"))
        lowest, highest = {"pomp_mean": (0, 100), "mean": (1, 3), "any_positive": (1, 1)}[scale.method]
        assert found.valid <= found.asked
        assert found.value is None if found.valid < 1 else lowest <= (found.value or 0) <= highest


@THOROUGH
@given(st.data())
def test_only_what_somebody_looks_at_of_the_context_matters(data: st.DataObject) -> None:
    questionnaire, answers, carried = some_response(data)
    instrument = questionnaire.instrument
    seen = questionnaire.context.only(instrument.context_fields)
    same = Questionnaire(
        instrument,
        questionnaire.form,
        questionnaire.variant,
        questionnaire.occasion,
        seen,
        questionnaire.length,
    )
    assert ids(path(same, answers, carried)) == ids(path(questionnaire, answers, carried))
    assert facts(same, answers, carried) == facts(questionnaire, answers, carried)


@THOROUGH
@given(st.data())
def test_only_carried_items_matter_of_earlier_answers(data: st.DataObject) -> None:
    questionnaire, answers, carried = some_response(data)
    kept = {name: answer for name, answer in carried.items() if name in questionnaire.carried_items}
    assert ids(path(questionnaire, answers, kept)) == ids(path(questionnaire, answers, carried))
    assert score(questionnaire, answers, kept) == score(questionnaire, answers, carried)
    assert facts(questionnaire, answers, kept) == facts(questionnaire, answers, carried)


@THOROUGH
@given(instruments())
def test_a_retest_asks_what_it_repeats(instrument: Instrument) -> None:
    for code, occasion in instrument.occasions.items():
        for form in instrument.forms.values():
            again = Questionnaire(instrument, form.code, form.default_variant, code)
            first = Questionnaire(instrument, form.code, form.default_variant, occasion.asked_as)
            assert again.items() == first.items()
