"""Quality flags, by hand and as properties: they look at answers, and never touch them."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.instruments.answers import OFFERED_REASONS, SKIPPED, Answer
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.path import Questionnaire
from surveyapp.scoring.quality import FLAGS, SOMEONE_ELSE, flags, joined
from surveyapp.scoring.sittings import one_occasion, sittings, steps

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
NO, SOME, YES = Answer(value=1), Answer(value=2), Answer(value=3)


@pytest.fixture(scope="module")
def easy(catalogue: Catalogue) -> Questionnaire:
    return Questionnaire(catalogue.newest("aut"), "P", "easy", "EXANTE")


@pytest.fixture(scope="module")
def std(catalogue: Catalogue) -> Questionnaire:
    return Questionnaire(catalogue.newest("aut"), "P", "std", "EXANTE")


def scale_items(asked: Questionnaire) -> list[str]:
    """The twenty items of scales asked before the path."""
    scored = {item for scale in asked.instrument.scales for item in scale.items}
    return [item.id for item in asked.asked if item.id in scored]


def reversed_items(asked: Questionnaire) -> list[str]:
    return [item.id for item in asked.asked if item.reversed]


def everywhere(asked: Questionnaire, answer: Answer) -> dict[str, Answer]:
    return dict.fromkeys(scale_items(asked), answer)


def every(seconds: float, number: int, start: datetime = START) -> list[datetime]:
    return [start + timedelta(seconds=seconds * place) for place in range(number)]


def mixed(asked: Questionnaire) -> dict[str, Answer]:
    return {item: (NO, SOME, YES)[place % 3] for place, item in enumerate(scale_items(asked))}


def test_mixed_answers_given_calmly_raise_nothing(easy: Questionnaire) -> None:
    assert flags(easy, mixed(easy), every(8, 20)) == ()


def test_yes_to_everything_is_acquiescence_and_more(easy: Questionnaire) -> None:
    assert len(scale_items(easy)) == 20
    assert len(reversed_items(easy)) == 3
    assert flags(easy, everywhere(easy, YES), []) == ("acquiescence", "same_answer", "last_option")


def test_two_of_twenty_may_differ_three_may_not(easy: Questionnaire) -> None:
    plain = [item for item in scale_items(easy) if item not in reversed_items(easy)]
    two = everywhere(easy, YES) | dict.fromkeys(plain[:2], NO)
    assert flags(easy, two, []) == ("acquiescence",)
    three = everywhere(easy, YES) | dict.fromkeys(plain[:3], NO)
    assert flags(easy, three, []) == ()


def test_contentment_that_is_consistent_is_no_acquiescence(easy: Questionnaire) -> None:
    answers = everywhere(easy, YES) | {reversed_items(easy)[0]: NO}
    assert flags(easy, answers, []) == ("same_answer", "last_option")


def test_without_reversed_items_nobody_can_tell(easy: Questionnaire) -> None:
    answers = everywhere(easy, YES) | dict.fromkeys(reversed_items(easy), Answer(reason="NS"))
    assert "acquiescence" not in flags(easy, answers, [])


def test_always_the_same_is_told_wherever_it_stands(easy: Questionnaire, std: Questionnaire) -> None:
    assert flags(easy, everywhere(easy, SOME), []) == ("same_answer",)
    assert flags(easy, everywhere(easy, Answer(reason="NS")), []) == ("same_answer",)
    assert flags(std, everywhere(std, Answer(value=5)), []) == ("acquiescence", "same_answer", "last_option")


def test_one_of_twenty_may_differ_two_may_not(easy: Questionnaire) -> None:
    items = scale_items(easy)
    assert flags(easy, everywhere(easy, SOME) | {items[0]: NO}, []) == ("same_answer",)
    assert flags(easy, everywhere(easy, SOME) | {items[0]: NO, items[1]: NO}, []) == ()


def test_nothing_is_said_of_fewer_than_ten_answers(easy: Questionnaire) -> None:
    nine, ten = (dict.fromkeys(scale_items(easy)[:number], SOME) for number in (9, 10))
    assert flags(easy, nine, []) == ()
    assert flags(easy, ten, []) == ("same_answer",)
    assert flags(easy, dict.fromkeys(scale_items(easy)[:9], YES), every(1, 9)) == ()


def test_what_was_skipped_and_what_is_written_do_not_count(easy: Questionnaire) -> None:
    skipped = everywhere(easy, Answer(reason=SKIPPED)) | {"AUT_OB1": Answer(text="andare al mare")}
    assert flags(easy, skipped, []) == ()


def test_other_formats_do_not_hide_that_one_is_always_the_same(catalogue: Catalogue) -> None:
    after = Questionnaire(catalogue.newest("aut"), "P", "easy", "EXPOST")
    others = {"AUT_MIG0A": NO, "AUT_MIG1": Answer(value=4), "AUT_MIG2": Answer(value=9)}
    assert flags(after, everywhere(after, SOME) | others, []) == ("same_answer",)


@pytest.mark.parametrize(("seconds", "quick"), [(1.9, True), (2.0, False), (8.0, False)])
def test_quick_is_less_than_two_seconds_in_the_middle(
    easy: Questionnaire, seconds: float, quick: bool
) -> None:
    assert ("too_quick" in flags(easy, mixed(easy), every(seconds, 20))) is quick


def test_a_break_is_not_time_spent_on_a_question(easy: Questionnaire) -> None:
    moments = every(1, 10) + every(1, 10, START + timedelta(days=1))
    assert flags(easy, mixed(easy), moments) == ("too_quick",)


def test_every_answer_after_a_break_says_nothing_about_pace(easy: Questionnaire) -> None:
    assert flags(easy, mixed(easy), every(3600, 20)) == ()


@pytest.mark.parametrize(("days", "interrupted"), [(0, False), (6, False), (7, False), (8, True)])
def test_sittings_within_a_week_are_one_occasion(easy: Questionnaire, days: int, interrupted: bool) -> None:
    moments = [*every(8, 10), START + timedelta(days=days)]
    assert ("interrupted" in flags(easy, mixed(easy), moments)) is interrupted
    assert one_occasion(moments) is not interrupted


def test_half_an_hour_of_silence_begins_another_sitting() -> None:
    moments = [START, START + timedelta(minutes=30), START + timedelta(minutes=61)]
    assert [len(sitting) for sitting in sittings(moments)] == [2, 1]
    assert steps(moments) == [1800]
    assert sittings([]) == []


def test_flags_are_stored_in_one_order_each_once() -> None:
    assert joined(["too_quick", SOMEONE_ELSE, "too_quick"]) == "someone_else,too_quick"
    assert joined([]) == ""
    assert len(joined(FLAGS)) <= 120


VALUES = st.one_of(
    st.integers(-1, 10).map(lambda code: Answer(value=code)),
    st.sampled_from((*OFFERED_REASONS, SKIPPED)).map(lambda reason: Answer(reason=reason)),
    st.text(max_size=5).map(lambda text: Answer(text=text)),
)
MOMENTS = st.lists(st.integers(0, 40 * 86400).map(lambda s: START + timedelta(seconds=s)), max_size=40)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_flags_never_fail_and_hang_on_no_order(catalogue: Catalogue, data: st.DataObject) -> None:
    instrument = catalogue.newest(data.draw(st.sampled_from(["aut", "qil", "vip"])))
    form = instrument.forms["P"]
    asked = Questionnaire(
        instrument,
        "P",
        data.draw(st.sampled_from(list(form.variants))),
        data.draw(st.sampled_from(form.occasions)),
    )
    answers = data.draw(st.dictionaries(st.sampled_from(sorted(instrument.items)), VALUES, max_size=50))
    moments = data.draw(MOMENTS)
    found = flags(asked, answers, moments)
    shuffled, other_way = list(moments), dict(reversed(answers.items()))
    Random(len(moments)).shuffle(shuffled)  # noqa: S311 - any order will do
    assert flags(asked, other_way, shuffled) == found
    assert list(found) == [flag for flag in FLAGS if flag in found]
    assert SOMEONE_ELSE not in found
