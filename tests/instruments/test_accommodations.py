"""Adjustments in companies and cooperatives: what is asked of each one when, and which ones are kept."""

from collections.abc import Mapping

import pytest

from surveyapp.instruments.model import Instrument
from surveyapp.instruments.path import Questionnaire
from surveyapp.instruments.rule import Context
from surveyapp.scoring.facts import Facts, facts
from surveyapp.scoring.scores import score
from tests.instruments.asking import Answers, asked, codes, record, windows
from tests.instruments.drafts import assembled_instruments
from tests.instruments.files import missing, text, value

COMPANY = Context(host_type="company")
CULTURE = [f"ACC_CUL{number}" for number in range(1, 7)]
INTERVIEW = ["Q2", "Q3", "Q4", "Q5", "Q5B", "Q6", "Q7", "Q8", "Q8B", "Q9"]


@pytest.fixture(scope="module")
def acc() -> Instrument:
    return assembled_instruments()["acc"]


def host(acc: Instrument, occasion: str, context: Context = COMPANY) -> Questionnaire:
    return Questionnaire(acc, "C", "std", occasion, context)


def test_accommodations_are_asked_from_start_to_six_months_after(acc: Instrument) -> None:
    assert windows(acc) == {
        "T0": ("accompaniment_start", 0, 30, 60),
        "T1": ("accompaniment_end", -30, 28, 60),
        "T2": ("accompaniment_end", 183, 243, 365),
    }
    assert {form.respondent for form in acc.forms.values()} == {"host"}


NEW = ["I01.1", "I04.1", "I02.1", "I03.1", "I05.1"]
DONE = ["I06.1", "I07.1", "I08.1", "I08B.1"]
STILL_THERE = ["I09.1", "I10.1", "I11.1", "I12.1", "I14.1"]
DESCRIBED = record(1, "ACC_", I04="Pause più lunghe", I03=1)
FINISHED = {**DESCRIBED, **record(1, "ACC_", I06=1, I07="2027-03-01", I08=1)}


@pytest.mark.parametrize(
    ("occasion", "earlier", "given", "expected"),
    [
        pytest.param("T0", {}, record(1, "ACC_", I01=1), NEW, id="a new one at the start"),
        pytest.param("T0", {}, record(1, "ACC_", I01=2), ["I01.1"], id="none"),
        pytest.param(
            "T1",
            DESCRIBED,
            record(1, "ACC_", I06=1, I08=1),
            [*DONE, "I01.2"],
            id="done, known from the start",
        ),
        pytest.param(
            "T1", DESCRIBED, record(1, "ACC_", I06=2, I08=0), [*DONE[:3], "I01.2"], id="done for free"
        ),
        pytest.param("T1", DESCRIBED, record(1, "ACC_", I06=3), ["I06.1", "I01.2"], id="not done"),
        pytest.param(
            "T1", {}, record(1, "ACC_", I01=1, I06=1, I08=1), [*NEW, *DONE], id="a new one at the end"
        ),
        pytest.param("T2", FINISHED, record(1, "ACC_", I09=1), [*STILL_THERE, "I01.2"], id="still there"),
        pytest.param(
            "T2", FINISHED, record(1, "ACC_", I09=5), ["I09.1", "I13.1", "I14.1", "I01.2"], id="gone"
        ),
        pytest.param("T2", FINISHED, record(1, "ACC_", I09=7), ["I09.1", "I14.1", "I01.2"], id="lapsed"),
        pytest.param("T2", {**DESCRIBED, **record(1, "ACC_", I06=3)}, {}, ["I01.2"], id="never done"),
        pytest.param(
            "T2",
            DESCRIBED,
            record(1, "ACC_", I06=1, I08=1, I09=1),
            [*DONE, *STILL_THERE, "I01.2"],
            id="its end was never told",
        ),
        pytest.param(
            "T2",
            {},
            record(1, "ACC_", I01=1, I08=0, I09=1),
            [*NEW, *DONE[1:3], *STILL_THERE],
            id="a new one half a year after",
        ),
    ],
)
def test_an_accommodation_is_asked_what_can_be_told_of_it(
    acc: Instrument, occasion: str, earlier: Answers, given: Answers, expected: list[str]
) -> None:
    found = asked(host(acc, occasion), given, earlier)
    inventory = [item_id.removeprefix("ACC_") for item_id in found if "." in item_id]
    # What follows the first record asks whether there is another one.
    following = ["I01.2"] if record(1, "ACC_", I01=1).items() <= given.items() else []
    assert inventory == [*expected, *following]


def test_a_known_accommodation_comes_back_in_its_own_words(acc: Instrument) -> None:
    for name in ("I06", "I07", "I08", "I08B", "I09", "I10", "I11", "I12", "I13", "I14"):
        item = acc.items[f"ACC_{name}.2"]
        assert item.recalls == "ACC_I04.2"
        assert "{ACC_I04}" in item.wordings["C", "std"].text
    assert acc.items["ACC_I09.12"].record == 12


def test_culture_is_asked_three_times_with_one_answer_to_spare(acc: Instrument) -> None:
    for occasion in acc.occasions:
        found = host(acc, occasion)
        assert set(CULTURE) <= set(asked(found, {}))
        answers = codes(**dict.fromkeys(CULTURE, 5))
        assert {one.scale: one.value for one in score(found, answers)} == {"ACC_CUL": pytest.approx(250 / 3)}
        assert score(found, answers | {"ACC_CUL1": missing("NS")})[0].value == 80
        fewer = answers | {"ACC_CUL1": missing("NS"), "ACC_CUL2": missing("NA")}
        assert score(found, fewer)[0].value is None


def test_the_interview_comes_half_a_year_after(acc: Instrument) -> None:
    for occasion in ("T0", "T1"):
        assert not [name for name in asked(host(acc, occasion), {}) if name.startswith("ACC_Q")]
    found = asked(host(acc, "T2"), {})
    assert (found[0], found[-len(INTERVIEW) :]) == ("ACC_Q1", [f"ACC_{name}" for name in INTERVIEW])


def test_cooperatives_are_not_asked_about_quotas(acc: Instrument) -> None:
    found = asked(host(acc, "T2", Context(host_type="cooperative")), {})
    assert {"ACC_Q8", "ACC_Q8B"}.isdisjoint(found)
    assert {"ACC_Q7", "ACC_Q9"} <= set(found)


def test_the_second_question_follows_a_yes(acc: Instrument) -> None:
    found = host(acc, "T2")
    for first, yes, no, second in (("Q2", 1, 0, "Q2B"), ("Q6", 1, 2, "Q6B"), ("Q7", 4, 8, "Q7B")):
        answer = text(str(yes)) if first == "Q7" else value(yes)
        assert f"ACC_{second}" in asked(found, {f"ACC_{first}": answer})
        assert f"ACC_{second}" not in asked(found, {f"ACC_{first}": value(no)})


def test_who_has_left_may_take_accommodations_along(acc: Instrument) -> None:
    for name in ("ACC_Q1", "ACC_I09.1"):
        assert "decadut" in (acc.items[name].wordings["C", "std"].hint or "")


def interview(acc: Instrument, *records: Mapping[str, int]) -> Facts:
    """The facts of an interview about accommodations that had been described and done before."""
    earlier, now = codes(), codes()
    for number, told in enumerate(records, 1):
        done = {"I03": 2, "I06": 1, **{name: code for name, code in told.items() if name < "I09"}}
        earlier |= record(number, "ACC_", I04="Un adattamento", **done)
        now |= record(number, "ACC_", **{name: code for name, code in told.items() if name >= "I09"})
    return facts(host(acc, "T2"), now, earlier)


STABLE = {"I09": 1, "I10": 1, "I11": 1}
GONE = {"I09": 5}
UNSURE = {"I09": 3, "I10": 1}  # "non so" has no code
LEFT = {"I03": 1, "I09": 7}


def test_t12_half_of_the_accommodations_that_count_are_stable(acc: Instrument) -> None:
    found = interview(acc, STABLE, STABLE, UNSURE, GONE, LEFT)
    assert found["ACC_VALUTABILE"] == {1: True, 2: True, 3: True, 4: True, 5: False}
    assert found["ACC_STABILE"] == {1: True, 2: True, 3: False, 4: False, 5: False}
    assert found["ACC_MANTIENE"] is True


@pytest.mark.parametrize(
    ("told", "stable", "counted"),
    [
        ({"I09": 2, "I10": 2, "I11": 1}, True, True),
        ({"I09": 3, "I10": 1, "I11": 1}, True, True),
        ({"I09": 1, "I10": 3, "I11": 1}, False, True),
        ({"I09": 1, "I10": 4, "I11": 1}, False, True),
        ({"I09": 1, "I10": 1, "I11": 2}, False, True),
        ({"I09": 4}, False, True),
        ({"I09": 6}, False, False),
        ({"I09": 7, "I03": 2}, False, True),
        ({"I06": 2, **STABLE}, True, True),
        ({"I06": 3}, False, False),
    ],
)
def test_an_accommodation_is_stable_when_it_is_there_kept_and_planned(
    acc: Instrument, told: Mapping[str, int], stable: bool, counted: bool
) -> None:
    found = interview(acc, told)
    assert found["ACC_VALUTABILE"] == {1: counted}
    assert found["ACC_STABILE"] in ({1: stable}, {})
    assert found["ACC_MANTIENE"] is (stable if counted else None)


def test_t13_companies_that_keep_their_accommodations(acc: Instrument) -> None:
    told = [(STABLE,)] * 8 + [(STABLE, GONE, GONE)] * 4 + [(LEFT,)]
    kept = [interview(acc, *records)["ACC_MANTIENE"] for records in told]
    assert (kept.count(True), kept.count(False), kept.count(None)) == (8, 4, 1)
    assert 100 * kept.count(True) / (len(kept) - kept.count(None)) == pytest.approx(66.7, abs=0.05)


def test_a_new_accommodation_is_not_one_that_was_kept(acc: Instrument) -> None:
    new = record(1, "ACC_", I01=1, I04="Nuovo", I03=2, I09=1, I10=1, I11=1)
    found = facts(host(acc, "T2"), new)
    assert (found["ACC_STABILE"], found["ACC_VALUTABILE"]) == ({1: True}, {1: False})
    assert found["ACC_MANTIENE"] is None
    assert facts(host(acc, "T1"), {}) == {}
