"""Which questions are asked, recomputed from the answers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.path import Questionnaire, first_unanswered, path, possible
from surveyapp.instruments.reader import read_instrument
from tests.instruments.files import HERE, SMALL, UNHURRIED, missing, small, text, value, with_change

GOAL = text("Un lavoro")


def asked(
    answers: dict[str, Answer], occasion: str = "T0", carried: dict[str, str] | None = None
) -> list[str]:
    return [item.id for item in path(small(occasion), answers, carried or {})]


def still_possible(answers: dict[str, Answer]) -> list[str]:
    return [item.id for item in possible(small(), answers)]


def test_an_occasion_asks_its_own_items() -> None:
    assert [item.id for item in small("T0").items()] == [
        "PROVA_A1",
        "PROVA_A2",
        "PROVA_OB1",
        "PROVA_OB2",
        "PROVA_OB3",
    ]
    assert [item.id for item in small("T1").items()] == ["PROVA_A1", "PROVA_A2", "PROVA_OBR1"]


def test_a_form_that_is_not_written_asks_nothing() -> None:
    instrument = read_instrument(SMALL.encode())
    assert Questionnaire(instrument, "O", "std", "T0").items() == []
    with pytest.raises(KeyError):
        Questionnaire(instrument, "O", "std", "T0").wording(instrument.items["PROVA_A1"])


def test_the_minutes_are_those_of_the_longest_and_others_take_their_part() -> None:
    data = SMALL.replace("minutes: 3", "minutes: 30").encode()
    whole = Questionnaire(read_instrument(data), "P", "std", "T0")
    assert len(whole.asked) == 5
    assert whole.minutes == 30
    assert replace(whole, occasion="T1").minutes == 18  # three questions of five
    assert replace(whole, length="short").minutes == 6
    assert Questionnaire(read_instrument(SMALL.encode()), "P", "std", "T0", length="mini").minutes == 1


def test_what_repeats_counts_once_in_the_minutes() -> None:
    acc = read_instrument((HERE / "valid" / "accommodations.yaml").read_bytes())
    whole = [Questionnaire(acc, "C", "std", occasion) for occasion in acc.occasions]
    usual = acc.forms["C"].variants["std"].minutes
    asked = [len({item.declared for item in one.asked}) for one in whole]
    assert [one.minutes for one in whole] == [round(usual * count / max(asked)) for count in asked]


def test_a_ruled_item_waits_for_its_answer() -> None:
    assert asked({}) == ["PROVA_A1", "PROVA_A2", "PROVA_OB1"]
    assert asked({"PROVA_OB1": GOAL})[-1] == "PROVA_OB2"
    assert asked({"PROVA_OB1": GOAL, "PROVA_OB2": GOAL})[-1] == "PROVA_OB3"


@pytest.mark.parametrize("reason", ["skipped", "NS", "NA"])
def test_a_missing_answer_closes_the_branch(reason: str) -> None:
    answers = {"PROVA_OB1": missing(reason)}
    assert asked(answers)[-1] == "PROVA_OB1"
    assert still_possible(answers)[-1] == "PROVA_OB1"


def test_the_longest_path_counts_open_branches() -> None:
    assert len(still_possible({})) == 5
    assert len(still_possible({"PROVA_OB1": GOAL})) == 5
    assert len(still_possible({"PROVA_OB1": GOAL, "PROVA_OB2": missing("skipped")})) == 4


def test_an_abandoned_branch_opens_nothing() -> None:
    answers = {"PROVA_OB1": missing("skipped"), "PROVA_OB2": GOAL, "PROVA_OB3": GOAL}
    assert asked(answers) == ["PROVA_A1", "PROVA_A2", "PROVA_OB1"]
    assert still_possible(answers) == ["PROVA_A1", "PROVA_A2", "PROVA_OB1"]


def test_a_carried_text_decides_whether_to_ask() -> None:
    assert "PROVA_OBR1" not in asked({}, "T1")
    assert "PROVA_OBR1" in asked({}, "T1", {"PROVA_OB1": GOAL})
    assert [item.id for item in possible(small("T1"), {})] == ["PROVA_A1", "PROVA_A2"]


def test_going_on_finds_the_first_unanswered() -> None:
    items = path(small(), {})
    assert first_unanswered(items, {}) == items[0]
    assert first_unanswered(items, {"PROVA_A1": value(1)}) == items[1]
    assert first_unanswered(items, {item.id: missing("skipped") for item in items}) is None


def test_words_for_no_value_prefer_the_format() -> None:
    instrument = read_instrument(with_change("labels: {NA: Non mi riguarda}", "labels: {NA: Non è per me}"))
    questionnaire = small(instrument=instrument)
    item = instrument.items["PROVA_A1"]
    assert questionnaire.no_value_label(item, "NA") == "Non è per me"
    assert questionnaire.no_value_label(item, "NS") == "Non lo so"


ANY_ANSWER = st.sampled_from([GOAL, missing("skipped"), missing("NS"), missing("NA"), value(2)])
OCCASIONS = st.sampled_from(["EXANTE", "EXPOST", "FU6"])
GOALS = st.dictionaries(st.sampled_from(["AUT_OB1", "AUT_OB2", "AUT_OB3"]), st.just(GOAL))


@UNHURRIED
@given(data=st.data(), occasion=OCCASIONS, variant=st.sampled_from(["std", "easy"]), carried=GOALS)
def test_a_path_is_part_of_the_possible(
    data: st.DataObject, occasion: str, variant: str, carried: dict[str, str], catalogue: Catalogue
) -> None:
    questionnaire = Questionnaire(catalogue.newest("aut"), "P", variant, occasion)
    order = [item.id for item in questionnaire.items()]
    answers = data.draw(st.dictionaries(st.sampled_from(order), ANY_ANSWER))
    shortest = [item.id for item in path(questionnaire, answers, carried)]
    longest = [item.id for item in possible(questionnaire, answers, carried)]
    assert [item_id for item_id in order if item_id in shortest] == shortest
    assert [item_id for item_id in longest if item_id in shortest] == shortest
    assert [item_id for item_id in order if item_id in longest] == longest


@UNHURRIED
@given(data=st.data(), occasion=OCCASIONS, carried=GOALS)
def test_the_longest_path_never_grows_going_on(
    data: st.DataObject, occasion: str, carried: dict[str, str], catalogue: Catalogue
) -> None:
    questionnaire = Questionnaire(catalogue.newest("aut"), "P", "easy", occasion)
    answers: dict[str, Answer] = {}
    longest = len(possible(questionnaire, answers, carried))
    while item := first_unanswered(path(questionnaire, answers, carried), answers):
        answers[item.id] = data.draw(ANY_ANSWER)
        assert len(possible(questionnaire, answers, carried)) <= longest
        longest = len(possible(questionnaire, answers, carried))
    assert len(path(questionnaire, answers, carried)) == longest
