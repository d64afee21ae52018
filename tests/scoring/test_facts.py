"""Facts computed from answers, alerts, and differences between points of view, by hand."""

from collections.abc import Mapping

import pytest

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.path import Questionnaire
from surveyapp.instruments.reader import read_instrument
from surveyapp.scoring.facts import Difference, alerts, differences, facts
from surveyapp.scoring.scores import keyed_values
from tests.instruments.files import HERE, missing, text, value

VALID = HERE / "valid"
ACCOMMODATIONS = (VALID / "accommodations.yaml").read_text(encoding="utf-8")
POTENTIAL = (VALID / "potential.yaml").read_text(encoding="utf-8")
PLACEMENT = (VALID / "placement.yaml").read_text(encoding="utf-8")


def read(source: str) -> Instrument:
    return read_instrument(source.encode())


@pytest.fixture(scope="module")
def acc() -> Instrument:
    return read(ACCOMMODATIONS)


@pytest.fixture(scope="module")
def qil() -> Instrument:
    return read(PLACEMENT)


def later(instrument: Instrument) -> Questionnaire:
    return Questionnaire(instrument, "C", "std", "T2")


def records(*states: tuple[int | None, int | None]) -> tuple[dict[str, Answer], dict[str, Answer]]:
    """Answers now and before about accommodations: their state at the start and today."""
    now: dict[str, Answer] = {f"ACC_I01.{len(states) + 1}": value(2)}
    before: dict[str, Answer] = {}
    for number, (start, today) in enumerate(states, 1):
        before |= {f"ACC_I01.{number}": value(1), f"ACC_I04.{number}": text("Qualcosa")}
        before[f"ACC_I06.{number}"] = missing("skipped") if start is None else value(start)
        now[f"ACC_I09.{number}"] = missing("skipped") if today is None else value(today)
    return now, before


# Facts by rule.


def test_a_rule_gives_yes_or_no() -> None:
    fu6 = Questionnaire(read((VALID / "follow_up.yaml").read_text(encoding="utf-8")), "O", "std", "FU6")
    assert facts(fu6, {"FU6_03": value(2)}) == {"FU6_OCCUPATO": True}
    assert facts(fu6, {"FU6_03": value(4)}) == {"FU6_OCCUPATO": False}


@pytest.mark.parametrize("answers", [{}, {"FU6_03": missing("skipped")}])
def test_without_an_answer_a_fact_is_not_known(answers: Mapping[str, Answer]) -> None:
    fu6 = Questionnaire(read((VALID / "follow_up.yaml").read_text(encoding="utf-8")), "O", "std", "FU6")
    assert facts(fu6, answers) == {"FU6_OCCUPATO": None}


def test_a_rule_is_asked_of_each_record_that_says_something(acc: Instrument) -> None:
    found = facts(later(acc), *records((1, 3), (2, 4), (None, None)))
    assert found["ACC_STABILE"] == {1: True, 2: False}
    assert found["ACC_VALUTABILE"] == {1: True, 2: True}


def test_a_rule_on_the_context_alone_is_always_known() -> None:
    source = POTENTIAL + "  - {id: VIP_O, title: O, rule: {where: {form: O}}}\n"
    vip = Questionnaire(read(source), "O", "std", "EXANTE")
    assert facts(vip, {})["VIP_O"] is True


def test_facts_are_of_their_forms_and_occasions(acc: Instrument) -> None:
    source = ACCOMMODATIONS.replace(
        "records: INV, rule", "occasions: [T2], forms: [C], records: INV, rule", 1
    )
    assert "ACC_STABILE" not in facts(Questionnaire(read(source), "C", "std", "T0"), {})
    assert "ACC_STABILE" in facts(later(read(source)), {})
    assert "ACC_STABILE" in facts(Questionnaire(acc, "C", "std", "T0"), {})


# Facts by share.


@pytest.mark.parametrize(
    ("states", "kept"),
    [
        ([(1, 1), (1, 4)], True),  # one of two: exactly half
        ([(1, 1), (1, 4), (2, 4)], False),  # one of three
        ([(1, 4), (2, 4)], False),  # none
        ([(1, 2)], True),
        ([(3, 1)], None),  # nothing that counts
        ([(3, 1), (1, 4)], False),  # stable, but not of those that count
        ([(1, None), (1, 1)], True),  # not told counts as not stable
        ([], None),
    ],
)
def test_a_share_needs_one_record_and_enough_of_them(
    acc: Instrument, states: list[tuple[int | None, int | None]], kept: bool | None
) -> None:
    assert facts(later(acc), *records(*states))["ACC_MANTIENE"] is kept


# Facts by count.


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"VIP_SOG1": value(-1), "VIP_SOG2": value(-1)}, 2),
        ({"VIP_SOG1": value(-1), "VIP_SOG2": value(1)}, 1),
        ({"VIP_SOG1": value(0), "VIP_SOG2": missing("skipped")}, 0),
        ({"VIP_SOG1": missing("skipped"), "VIP_SOG2": missing("skipped")}, None),
        ({}, None),
    ],
)
def test_a_count_is_of_answers_with_one_of_the_codes(
    answers: Mapping[str, Answer], expected: int | None
) -> None:
    assert facts(Questionnaire(read(POTENTIAL), "O", "std", "EXANTE"), answers) == {"VIP_OSTACOLI": expected}


COUNTED = ACCOMMODATIONS.partition("derived:")[0] + (
    "derived:\n  - {id: ACC_TOLTI, title: Tolti, count: {items: [ACC_I09.1, ACC_I09.2], codes: [4]}}\n"
)


def test_a_path_past_all_counted_items_has_none() -> None:
    questionnaire = later(read(COUNTED))
    assert facts(questionnaire, {"ACC_I01.1": value(2)}) == {"ACC_TOLTI": 0}
    assert facts(questionnaire, *records((1, 4), (1, 1))) == {"ACC_TOLTI": 1}
    assert facts(questionnaire, *records((1, None))) == {"ACC_TOLTI": None}


def test_what_is_not_asked_is_not_counted() -> None:
    assert facts(Questionnaire(read(COUNTED), "C", "std", "T0"), {}) == {"ACC_TOLTI": None}


def test_a_count_hears_what_is_known_already() -> None:
    source = COUNTED.replace("ACC_I09.1, ACC_I09.2", "ACC_I06.1, ACC_I06.2").replace(
        "codes: [4]", "codes: [3]"
    )
    questionnaire = later(read(source))
    assert {"ACC_I06.1", "ACC_I06.2"} <= questionnaire.carried_items
    assert facts(questionnaire, *records((3, 1), (1, 1))) == {"ACC_TOLTI": 1}


# Alerts.


def asked(qil: Instrument, form: str = "P", variant: str = "std", length: str = "full") -> Questionnaire:
    return Questionnaire(qil, form, variant, "INITINERE", length=length)


@pytest.mark.parametrize("length", ["full", "short", "mini"])
def test_an_alert_looks_at_the_raw_answer(qil: Instrument, length: str) -> None:
    told = [alerts(asked(qil, length=length), {"QIL_REL4": value(code)}) for code in range(1, 6)]
    assert [[alert.id for alert in found] for found in told] == [[], []] + [["QIL_MALTRATTAMENTO"]] * 3


def test_an_alert_hears_the_form_and_variant(qil: Instrument) -> None:
    loud = {"QIL_REL4": value(3)}
    assert alerts(asked(qil, variant="easy"), loud) == []
    assert alerts(asked(qil, "O"), loud) == []


def test_an_alert_is_silent_without_an_answer(qil: Instrument) -> None:
    assert alerts(asked(qil), {}) == []
    assert alerts(asked(qil), {"QIL_REL4": missing("NS")}) == []


def test_what_was_told_before_is_not_told_again(qil: Instrument) -> None:
    said_now = {"QIL_BEN1": value(1)}
    assert alerts(asked(qil), said_now, {"QIL_REL4": value(5)}) == []
    early = "- {id: QIL_EARLY, criterion: E, occasions: [EXANTE], text: {P: {std: E, easy: E}}}"
    source = PLACEMENT.replace("- id: QIL_TXT1", f"{early}\n      - id: QIL_TXT1").replace(
        "{at_least: {QIL_REL4: 3}}", "{at_least: {QIL_EARLY: 3}}"
    )
    assert alerts(asked(read(source)), said_now, {"QIL_EARLY": value(5)}) == []


def test_an_alert_may_look_at_what_was_skipped() -> None:
    source = PLACEMENT.replace("{at_least: {QIL_REL4: 3}}", "{not: {answered: QIL_REL4}}")
    found = asked(read(source))
    assert [alert.id for alert in alerts(found, {"QIL_REL4": missing("skipped")})] == ["QIL_MALTRATTAMENTO"]
    assert alerts(found, {"QIL_BEN1": value(1)}) == []


# Differences between points of view.


def values(questionnaire: Questionnaire, **codes: int) -> dict[str, int]:
    return keyed_values(questionnaire, {name: value(code) for name, code in codes.items()})


def difference(
    first: tuple[Questionnaire, dict[str, int]], second: tuple[Questionnaire, dict[str, int]]
) -> list[Difference]:
    (gap,) = first[0].instrument.gaps
    return differences((first[0], second[0]), gap, (first[1], second[1]))


def test_a_difference_is_first_minus_second_on_common_criteria(qil: Instrument) -> None:
    person, operator = asked(qil), asked(qil, "O")
    mine = values(person, QIL_BEN1=5, QIL_BEN2=4, QIL_BEN3=1, QIL_AUD1=2, QIL_AUD2=2)
    theirs = values(operator, QIL_BEN1=3, QIL_BEN2=3, QIL_BEN3=5, QIL_AUD1=4, QIL_AUD2=3)
    # QIL_BEN3 is not parallel: (100 + 75) / 2 - (50 + 50) / 2, and (25 + 25) / 2 - (75 + 50) / 2.
    assert difference((person, mine), (operator, theirs)) == [
        Difference("QIL_SCARTO", "QIL_BEN", ("P", "O"), 37.5, 2),
        Difference("QIL_SCARTO", "QIL_AUD", ("P", "O"), -37.5, 2),
    ]


def test_too_few_common_criteria_make_no_difference(qil: Instrument) -> None:
    person, operator = asked(qil), asked(qil, "O")
    mine, theirs = values(person, QIL_BEN1=5, QIL_BEN2=4), values(operator, QIL_BEN1=3, QIL_BEN3=1)
    found = difference((person, mine), (operator, theirs))
    assert [(one.value, one.common) for one in found] == [(None, 1), (None, 0)]


def test_only_the_standard_variant_is_compared(qil: Instrument) -> None:
    person, operator = asked(qil, variant="easy"), asked(qil, "O")
    answers = {"QIL_BEN1": 3, "QIL_BEN2": 3}
    found = difference((person, values(person, **answers)), (operator, values(operator, **answers)))
    assert [(one.value, one.common) for one in found] == [(None, 2), (None, 0)]


def test_an_item_that_a_form_leaves_out_is_not_common() -> None:
    source = PLACEMENT.replace("scales: [QIL_BEN, QIL_AUD], forms", "scales: [QIL_REL], forms")
    person, operator = asked(read(source)), asked(read(source), "O")
    answers = {f"QIL_REL{number}": 5 for number in range(1, 5)}
    (found,) = difference((person, values(person, **answers)), (operator, values(operator, **answers)))
    assert (found.value, found.common) == (0.0, 3)


def test_reversed_items_are_turned_before_the_difference() -> None:
    source = PLACEMENT.replace("criterion: Fatica,", "criterion: Fatica, reversed: true,")
    person, operator = asked(read(source)), asked(read(source), "O")
    mine, theirs = values(person, QIL_BEN1=5, QIL_BEN2=1), values(operator, QIL_BEN1=5, QIL_BEN2=5)
    found = difference((person, mine), (operator, theirs))
    assert found[0].value == 50.0
