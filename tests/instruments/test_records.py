"""Sections that repeat: one record after the other, known from earlier occasions or told now."""

import pytest

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.path import Questionnaire, first_unanswered, path, possible
from surveyapp.instruments.reader import read_instrument
from surveyapp.instruments.rule import Rule
from tests.instruments.files import HERE, missing, text, value

ACCOMMODATIONS = (HERE / "valid" / "accommodations.yaml").read_text(encoding="utf-8")
YES, NO = value(1), value(2)
# What was told at the first occasion: two accommodations, and that there is no third.
TOLD_BEFORE = {
    "ACC_I01.1": YES,
    "ACC_I04.1": text("Una pausa in più"),
    "ACC_I06.1": value(3),
    "ACC_I01.2": YES,
    "ACC_I04.2": text("Un tutor"),
    "ACC_I06.2": value(1),
    "ACC_I01.3": NO,
}


@pytest.fixture(scope="module")
def acc() -> Instrument:
    return read_instrument(ACCOMMODATIONS.encode())


def at(acc: Instrument, occasion: str) -> Questionnaire:
    return Questionnaire(acc, "C", "std", occasion)


def asked(
    questionnaire: Questionnaire, answers: dict[str, Answer], carried: dict[str, Answer] | None = None
) -> list[str]:
    return [item.id for item in path(questionnaire, answers, carried or {}) if item.record]


def test_every_record_has_the_items_under_its_number(acc: Instrument) -> None:
    records = [item for item in acc.items.values() if item.record]
    assert len(records) == 12 * 4
    assert [item.id for item in records[:5]] == [
        "ACC_I01.1", "ACC_I04.1", "ACC_I06.1", "ACC_I09.1", "ACC_I01.2",
    ]  # fmt: skip
    assert {item.declared for item in records} == {"ACC_I01", "ACC_I04", "ACC_I06", "ACC_I09"}
    assert acc.items["ACC_Q1"].declared == "ACC_Q1"
    assert list(acc.declared) == ["ACC_Q1", "ACC_Q2", "ACC_I01", "ACC_I04", "ACC_I06", "ACC_I09", "ACC_Q3"]


def test_a_text_comes_back_in_its_own_record(acc: Instrument) -> None:
    assert acc.items["ACC_I06.3"].recalls == "ACC_I04.3"


def test_a_rule_inside_looks_at_its_own_record(acc: Instrument) -> None:
    rule = acc.items["ACC_I06.3"].show_if
    assert rule is not None
    assert {name for name in rule.items() if name.startswith("ACC_I06")} == {"ACC_I06.3"}


def test_a_record_is_asked_when_it_is_there(acc: Instrument) -> None:
    first = at(acc, "T0")
    assert asked(first, {}) == ["ACC_I01.1"]
    assert asked(first, {"ACC_I01.1": YES}) == ["ACC_I01.1", "ACC_I04.1", "ACC_I06.1", "ACC_I01.2"]
    assert asked(first, {"ACC_I01.1": NO}) == ["ACC_I01.1"]


@pytest.mark.parametrize("answer", [NO, missing("skipped")])
def test_without_a_yes_no_more_records_are_asked(acc: Instrument, answer: Answer) -> None:
    found = asked(at(acc, "T0"), {"ACC_I01.1": YES, "ACC_I01.2": answer})
    assert found[-1] == "ACC_I01.2"


def test_a_record_that_was_taken_back_takes_the_later_ones_along(acc: Instrument) -> None:
    told = {"ACC_I01.1": YES, "ACC_I01.2": YES, "ACC_I04.2": text("Un tutor")}
    assert "ACC_I04.2" in asked(at(acc, "T0"), told)
    assert asked(at(acc, "T0"), told | {"ACC_I01.1": NO}) == ["ACC_I01.1"]


def test_the_last_record_has_no_other_after_it(acc: Instrument) -> None:
    every = {f"ACC_I01.{number}": YES for number in range(1, 13)}
    found = asked(at(acc, "T0"), every)
    assert found[-3:] == ["ACC_I01.12", "ACC_I04.12", "ACC_I06.12"]
    assert first_unanswered(path(at(acc, "T0"), every), every) is not None


def test_all_records_are_possible_at_the_start(acc: Instrument) -> None:
    found = [item.id for item in possible(at(acc, "T0"), {}) if item.record]
    assert len(found) == 12 * 3
    after_no = [item.id for item in possible(at(acc, "T0"), {"ACC_I01.1": NO}) if item.record]
    assert after_no == ["ACC_I01.1"]


def test_what_is_known_is_not_asked_again(acc: Instrument) -> None:
    found = asked(at(acc, "T2"), {}, TOLD_BEFORE)
    # The gate and the description of the two known ones are left out; a third may be new.
    assert found == ["ACC_I09.1", "ACC_I09.2", "ACC_I01.3"]


def test_a_new_record_after_known_ones_is_asked_in_full(acc: Instrument) -> None:
    found = asked(at(acc, "T2"), {"ACC_I01.3": YES}, TOLD_BEFORE)
    assert found[2:] == ["ACC_I01.3", "ACC_I04.3", "ACC_I06.3", "ACC_I09.3", "ACC_I01.4"]


def test_a_record_without_its_text_is_not_known(acc: Instrument) -> None:
    skipped = TOLD_BEFORE | {"ACC_I04.1": missing("skipped")}
    assert asked(at(acc, "T2"), {}, skipped)[0] == "ACC_I01.1"


def test_earlier_answers_of_every_record_matter(acc: Instrument) -> None:
    carried = at(acc, "T2").carried_items
    assert {f"ACC_I06.{number}" for number in range(1, 13)} <= carried
    assert {f"ACC_I04.{number}" for number in range(1, 13)} <= carried
    assert "ACC_Q2" not in carried


def test_a_rule_outside_names_a_record(acc: Instrument) -> None:
    assert acc.items["ACC_Q3"].show_if == Rule(
        "any", parts=(Rule("is", "ACC_I01.1", codes=(1,)), Rule("known", "ACC_I04.1"))
    )
    ids = [item.id for item in path(at(acc, "T0"), {"ACC_I01.1": NO})]
    assert "ACC_Q3" not in ids
