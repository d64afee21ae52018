"""The quality of a placement with its two modules: scores, alerts and points of view, as ruled."""

from itertools import combinations

import pytest

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.path import Questionnaire
from surveyapp.instruments.rule import Context
from surveyapp.scoring.facts import alerts, differences
from surveyapp.scoring.scores import keyed_values, score
from tests.instruments.placements import A14_SCALES, CREMONA, CRITERIA, DIMENSIONS, asked, assembled


@pytest.fixture(scope="module")
def qil() -> Instrument:
    return assembled()


def all_answered(questionnaire: Questionnaire, code: int, **other: int) -> dict[str, Answer]:
    """The same code for every question that is scored; `other` codes for some."""
    scored = [item for item in questionnaire.items() if questionnaire.wording(item).format.stem]
    return {item.id: Answer(value=other.get(item.id, code)) for item in scored} | {
        item_id: Answer(value=code) for item_id, code in other.items()
    }


def scores(questionnaire: Questionnaire, answers: dict[str, Answer]) -> dict[str, float | None]:
    return {found.scale: found.value for found in score(questionnaire, answers)}


def without(answers: dict[str, Answer], *item_ids: str) -> dict[str, Answer]:
    return {item_id: answer for item_id, answer in answers.items() if item_id not in item_ids}


def raised(questionnaire: Questionnaire, code: int) -> list[tuple[str, str]]:
    found = alerts(questionnaire, {"QIL_REL4": Answer(value=code)})
    return [(alert.id, alert.kind) for alert in found]


def test_work_has_a_score_where_pay_is_not_asked(qil: Instrument) -> None:
    for form in ("P", "O", "C"):
        found = asked(qil, form, context=Context(placement_type="LAB"))
        assert scores(found, all_answered(found, 5))["QIL_LAV"] == 100
        assert scores(found, without(all_answered(found, 5), "QIL_LAV1"))["QIL_LAV"] is None


def test_ill_treatment_is_never_in_a_short_score(qil: Instrument) -> None:
    short = asked(qil, "P", length="short")
    found = scores(short, all_answered(short, 5))
    assert found == {f"QIL_{dimension}_br": 100 for dimension in DIMENSIONS}
    assert scores(short, without(all_answered(short, 5), "QIL_REL1"))["QIL_REL_br"] is None
    assert scores(asked(qil, "P", length="mini"), all_answered(short, 5)) == {}


def test_hosts_and_operators_state_ill_treatment_as_a_fact(qil: Instrument) -> None:
    for form in ("O", "C"):
        found = asked(qil, form)
        declared = found.wording(qil.items["QIL_REL4"]).format
        assert [(option.code, option.label) for option in declared.options] == [(0, "No"), (1, "Sì")]
        assert declared.no_value == ("NS",)
        complete = all_answered(found, 5, QIL_REL4=1)
        assert scores(found, complete)["QIL_REL"] == 100
        assert scores(found, without(complete, "QIL_REL1"))["QIL_REL"] is None
    person = asked(qil, "P")
    assert scores(person, all_answered(person, 5, QIL_REL4=5))["QIL_REL"] == 75


@pytest.mark.parametrize(("form", "variant", "silent", "loud"), [
    ("P", "std", [1, 2], [3, 4, 5]), ("P", "easy", [1], [2, 3]), ("O", "std", [0], [1]),
    ("C", "std", [0], [1]),
])  # fmt: skip
def test_ill_treatment_is_told_from_the_raw_answer(
    qil: Instrument, form: str, variant: str, silent: list[int], loud: list[int]
) -> None:
    for length in ("full", "short", "mini"):
        found = asked(qil, form, variant=variant, length=length)
        assert [raised(found, code) for code in silent] == [[]] * len(silent)
        assert [raised(found, code) for code in loud] == [[("QIL_MALTRATTAMENTO", "alert")]] * len(loud)


def test_differences_use_parallel_criteria_only(qil: Instrument) -> None:
    apart = {item_id for item_id in CRITERIA if not qil.items[item_id].parallel}
    assert apart == {"QIL_BEN4", "QIL_AUD3", "QIL_REL2", "QIL_SOS4", "QIL_PDV2", "QIL_REL4"}
    (gap,) = qil.gaps
    assert (gap.forms, gap.min_common, len(gap.scales)) == (("P", "O", "C"), 2, 8)
    for forms in combinations(gap.forms, 2):
        first, second = (asked(qil, form) for form in forms)
        values = (
            keyed_values(first, all_answered(first, 5)),
            keyed_values(second, all_answered(second, 4)),
        )
        found = differences((first, second), gap, values)
        assert all(difference.common >= 2 for difference in found)
        assert {difference.scale for difference in found if difference.value is not None} == set(gap.scales)


def test_minima_are_those_of_the_blueprint(qil: Instrument) -> None:
    for dimension in DIMENSIONS:
        assert dict(qil.scale(f"QIL_{dimension}").min_valid) == {"P": 3, "O": 3, "C": 3}
    for name in A14_SCALES:
        expected = {"E", "M", "CM"} | ({"P"} if name in ("A14_SCL", "A14_PRE", "A14_TRA") else set())
        assert dict(qil.scale(name).min_valid) == dict.fromkeys(expected, 3)
    for name in ("MCR_SOC", "MCR_RLZ"):
        assert dict(qil.scale(name).min_valid) == {"P": 5, "ECIL": 5}
        assert qil.scale(name).minimum("P", "EXANTE") == 3
    assert dict(qil.scale("MCR_INT").min_valid) == {"ECIL": 5}


def test_before_a_placement_three_of_four_and_three_of_three(qil: Instrument) -> None:
    found = asked(qil, "P", "EXANTE", CREMONA)
    complete = all_answered(found, 5, MCR_RLZ6=1)
    assert scores(found, without(complete, "MCR_SOC2")) == {"MCR_SOC": 100, "MCR_RLZ": 100}
    assert scores(found, without(complete, "MCR_SOC2", "MCR_SOC4", "MCR_RLZ1")) == {
        "MCR_SOC": None,
        "MCR_RLZ": None,
    }


def test_the_working_side_of_cremona_comes_from_the_placement(qil: Instrument) -> None:
    for form in ("P", "O"):
        found = asked(qil, form, context=CREMONA)
        assert scores(found, all_answered(found, 4))["MCR_LAV"] == 75
        two_sides = without(all_answered(found, 4), *(f"QIL_ORG{number}" for number in range(1, 5)))
        assert scores(found, two_sides)["MCR_LAV"] is None
    team = asked(qil, "ECIL", context=CREMONA)
    assert scores(team, all_answered(team, 4)).keys() == {"MCR_SOC", "MCR_RLZ", "MCR_INT"}


def test_the_index_needs_six_dimensions(qil: Instrument) -> None:
    found = asked(qil, "P")
    complete = all_answered(found, 4)
    six = without(complete, *(name for name in complete if name[4:7] in ("TER", "SOS")))
    five = without(six, *(name for name in six if name[4:7] == "ORG"))
    assert scores(found, six)["QIL_IND"] is not None
    assert scores(found, five)["QIL_IND"] is None


def test_no_index_of_balance(qil: Instrument) -> None:
    assert [index.id for index in qil.indices] == ["QIL_IND", "MCR_LAV"]
    assert [alert.id for alert in qil.alerts] == ["QIL_MALTRATTAMENTO"]
    assert not qil.derived
