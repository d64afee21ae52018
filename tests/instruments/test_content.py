"""Manuals, follow-up and potential: what each form asks at which occasion, as ruled."""

import re
from collections.abc import Mapping

import pytest

from surveyapp.instruments.model import Instrument
from surveyapp.instruments.path import Questionnaire
from surveyapp.scoring.facts import facts
from tests.instruments.asking import asked, codes, operator, record, windows
from tests.instruments.drafts import assembled_instruments

VIP_AREAS = {"SOG": 8, "PER": 5, "FAM": 5, "EST": 8, "STO": 4}
FACTORS = [f"VIP_{area}{number}" for area, last in VIP_AREAS.items() for number in range(1, last + 1)]


@pytest.fixture(scope="module")
def instruments() -> Mapping[str, Instrument]:
    return assembled_instruments()


@pytest.fixture(scope="module")
def fu6(instruments: Mapping[str, Instrument]) -> Instrument:
    return instruments["fu6"]


@pytest.fixture(scope="module")
def vip(instruments: Mapping[str, Instrument]) -> Instrument:
    return instruments["vip"]


@pytest.mark.parametrize("name", ["aut", "acc", "oss", "fu6", "vip"])
def test_every_instrument_has_a_manual_and_its_consents(
    instruments: Mapping[str, Instrument], name: str
) -> None:
    found = instruments[name]
    assert list(found.manual) == ["purpose", "who", "when", "how", "reading", "limits"]
    assert all(len(words) > 100 for words in found.manual.values())
    consents = {"participant": "participant", "operator": "operator", "host": "company"}
    for form in found.forms.values():
        assert form.consent == f"{consents[form.respondent]}@0.1.0"


def test_indicators_are_fed_by_these_instruments(instruments: Mapping[str, Instrument]) -> None:
    assert {name: found.indicators for name, found in instruments.items() if found.indicators} == {
        "aut": ("I15",),
        "acc": ("I5", "I14"),
        "oss": ("I12",),
        "fu6": ("I13",),
    }


def test_only_reflective_scales_are_summed(instruments: Mapping[str, Instrument]) -> None:
    assert [scale.id for scale in instruments["acc"].scales] == ["ACC_CUL"]
    assert {scale.kind for name in ("acc", "oss") for scale in instruments[name].scales} == {"reflective"}
    assert instruments["fu6"].scales == instruments["vip"].scales == ()


def test_a_retest_repeats_the_end_of_the_path(instruments: Mapping[str, Instrument]) -> None:
    aut = instruments["aut"]
    assert aut.occasions["RETEST"].repeats == "EXPOST"
    assert windows(aut)["RETEST"] == ("submitted", 7, 14, 21)
    for form, variant in (("P", "std"), ("P", "easy"), ("O", "std")):
        again = Questionnaire(aut, form, variant, "RETEST").items()
        assert again == Questionnaire(aut, form, variant, "EXPOST").items()


def test_two_questions_to_try_the_answers(instruments: Mapping[str, Instrument]) -> None:
    practice = instruments["aut"].forms["P"].practice
    assert [found.text for found in practice["easy"]] == ["Ti piace la pizza?", "Ti piace quando piove?"]
    assert {found.format.id for found in practice["easy"]} == {"R3"}
    assert list(practice) == ["easy"]


REACHED, DOCUMENT = 1, 2
NOT_REACHED = (3, 4, 5, 6)
OF_THE_PERSON = {"FU6_09", "FU6_11"}


def test_the_follow_up_comes_half_a_year_after_the_end(fu6: Instrument) -> None:
    assert windows(fu6) == {"FU6": ("path_end", 180, 210, 240)}


@pytest.mark.parametrize("outcome", NOT_REACHED)
def test_nothing_is_asked_of_who_was_not_reached(fu6: Instrument, outcome: int) -> None:
    found = asked(operator(fu6, "FU6"), codes(FU6_02=outcome))
    assert found == ["FU6_02", "FU6_02B"][: 2 if outcome == 3 else 1]


def test_a_document_tells_the_facts_and_not_what_the_person_wants(fu6: Instrument) -> None:
    employed = codes(FU6_03=1, FU6_05=2)
    reached = asked(operator(fu6, "FU6"), codes(FU6_02=REACHED) | employed)
    documented = asked(operator(fu6, "FU6"), codes(FU6_02=DOCUMENT) | employed)
    assert set(reached) - set(documented) == OF_THE_PERSON
    assert {"FU6_01", "FU6_01B", "FU6_03", "FU6_05C", "FU6_10", "FU6_12"} <= set(documented)
    assert "«Ti va bene così?»" in (fu6.items["FU6_11"].wordings["O", "std"].hint or "")


@pytest.mark.parametrize(
    ("condition", "there", "not_there"),
    [
        (1, "FU6_04 FU6_05 FU6_05B", "FU6_05C FU6_07"),
        (2, "FU6_04 FU6_05B", "FU6_05 FU6_05C FU6_07"),
        (5, "FU6_04 FU6_05B FU6_05C", "FU6_05 FU6_07"),
        (9, "FU6_04 FU6_07", "FU6_05 FU6_05B FU6_09"),
        (10, "FU6_07", "FU6_04 FU6_05 FU6_05B FU6_05C FU6_09"),
    ],
)
def test_each_condition_has_its_own_questions(
    fu6: Instrument, condition: int, there: str, not_there: str
) -> None:
    found = set(asked(operator(fu6, "FU6"), codes(FU6_02=REACHED, FU6_03=condition)))
    assert set(there.split()) <= found
    assert found.isdisjoint(not_there.split())


def test_t11_placed_and_employed_after_six_months(fu6: Instrument) -> None:
    conditions = [1] * 7 + [3] + [5] * 2 + [9] + [10] * 5
    answers = [codes(FU6_02=REACHED, FU6_03=condition) for condition in conditions]
    answers += [codes(FU6_02=3)] * 4
    found = [facts(operator(fu6, "FU6"), given) for given in answers]
    counts = {name: [one[name] for one in found].count(True) for name in ("FU6_INSERITO", "FU6_OCCUPATO")}
    assert (len(found), counts) == (20, {"FU6_INSERITO": 10, "FU6_OCCUPATO": 8})
    assert [one["FU6_INSERITO"] for one in found].count(None) == 4


def test_operator_and_person_answer_the_same_factors(vip: Instrument) -> None:
    person = Questionnaire(vip, "P", "easy", "EXANTE")
    assert [item.id for item in person.items()] == FACTORS
    assert [name for name in asked(operator(vip, "EXANTE"), {}) if name in FACTORS] == FACTORS
    for name in FACTORS:
        wordings = vip.items[name].wordings
        assert {tuple(option.code for option in found.format.options) for found in wordings.values()} == {
            (-1, 0, 1)
        }
    assert vip.forms["P"].respondent == "participant"


def test_easy_sentences_about_potential_are_short(vip: Instrument) -> None:
    person = vip.forms["P"]
    sentences = [vip.items[name].wordings["P", "easy"].text for name in FACTORS]
    sentences += [found.text for found in person.practice["easy"]]
    sentences += re.split(r"[.?] ?", vip.formats["P3_EASY"].stem or "")
    assert max(len(sentence.split()) for sentence in sentences) <= 12
    assert len(person.practice["easy"]) == 2


def test_obstacles_are_told_only_where_something_hinders(vip: Instrument) -> None:
    found = operator(vip, "EXANTE")
    nothing = codes(**dict.fromkeys(FACTORS, 0))
    assert not [name for name in asked(found, nothing) if name.startswith("VIP_OST")]
    assert "VIP_OST1.1" in asked(found, nothing | codes(VIP_EST1=-1))


def test_up_to_three_obstacles_are_described(vip: Instrument) -> None:
    found = operator(vip, "EXANTE")
    hindered = codes(VIP_EST1=-1)
    one = [f"VIP_OST{number}" for number in range(1, 9)]
    told = asked(found, hindered | record(1, "VIP_", OST1=1))
    assert [name for name in told if "OST" in name] == [*(f"{name}.1" for name in one), "VIP_OST1.2"]
    three = record(1, "VIP_", OST1=1) | record(2, "VIP_", OST1=1) | record(3, "VIP_", OST1=1)
    assert len([name for name in asked(found, hindered | three) if "OST" in name]) == 24


def test_obstacles_are_chosen_among_the_factors(vip: Instrument) -> None:
    named = [option.label for option in vip.formats["FACTOR"].options]
    assert named == [vip.items[name].criterion for name in FACTORS]
    assert len(vip.formats["STRENGTH"].options) == 3


def test_the_outcome_follows_the_factors(vip: Instrument) -> None:
    assert [item.id for item in operator(vip, "EXANTE").items()][-5:] == [
        f"VIP_OPP{number}" for number in range(1, 6)
    ]


def test_helps_and_obstacles_are_counted_by_area(vip: Instrument) -> None:
    given = codes(**dict.fromkeys(FACTORS, 0)) | codes(VIP_SOG1=-1, VIP_SOG2=-1, VIP_SOG3=1, VIP_EST1=-1)
    for form, variant in (("O", "std"), ("P", "easy")):
        found = facts(Questionnaire(vip, form, variant, "EXANTE"), given)
        assert (found["VIP_SOG_OSTACOLI"], found["VIP_SOG_AIUTI"]) == (2, 1)
        assert (found["VIP_EST_OSTACOLI"], found["VIP_EST_AIUTI"]) == (1, 0)
        assert {f"VIP_{area}_{what}" for area in VIP_AREAS for what in ("OSTACOLI", "AIUTI")} <= set(found)
    assert "VIP_FORTI" not in found


def test_a_strong_obstacle_has_strength_three(vip: Instrument) -> None:
    given = (
        codes(VIP_EST1=-1)
        | record(1, "VIP_", OST1=1, OST3=3, OST4=3)
        | record(2, "VIP_", OST1=1, OST3=2, OST4=2)
    )
    found = facts(operator(vip, "EXANTE"), given)
    assert (found["VIP_FORTE"], found["VIP_FORTI"]) == ({1: True, 2: False}, 1)
    assert found["VIP_DA_AFFRONTARE"] == {1: False, 2: True}
