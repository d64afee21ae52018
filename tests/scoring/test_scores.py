"""Scores of one response, by hand: T1-T7 of the content blueprint, then boundaries and properties."""

from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.instruments.answers import OFFERED_REASONS, SKIPPED, Answer
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.measures import METHODS as NAMES_OF_METHODS
from surveyapp.instruments.path import Questionnaire
from surveyapp.instruments.reader import read_instrument
from surveyapp.scoring.methods import METHODS, pomp
from surveyapp.scoring.scores import Score, keyed_values, scales_of, score, score_common, score_values
from tests.instruments.files import SMALL, missing, text, value

BEN = ("AUT_BEN1", "AUT_BEN2", "AUT_BEN3", "AUT_BEN4", "AUT_BEN5")
MIG = ("AUT_MIG1", "AUT_MIG2", "AUT_MIG3", "AUT_MIG4")


@pytest.fixture(scope="module")
def std(catalogue: Catalogue) -> Questionnaire:
    return Questionnaire(catalogue.newest("aut"), "P", "std", "EXPOST")


@pytest.fixture(scope="module")
def easy(catalogue: Catalogue) -> Questionnaire:
    return Questionnaire(catalogue.newest("aut"), "P", "easy", "EXPOST")


def answers(items: tuple[str, ...], codes: list[int | None]) -> dict[str, Answer]:
    """Codes by item; None is an answer that was never given."""
    return {item_id: value(code) for item_id, code in zip(items, codes, strict=True) if code is not None}


def scored(questionnaire: Questionnaire, given_answers: dict[str, Answer], scale: str) -> Score:
    (found,) = [found for found in score(questionnaire, given_answers) if found.scale == scale]
    return found


def test_t1_one_reversed_item_is_turned_round(std: Questionnaire) -> None:
    found = scored(std, answers(BEN, [4, 3, 2, 5, 4]), "AUT_BEN")
    assert found == Score("AUT_BEN", 75.0, 4.0, valid=5, asked=5)


def test_t2_one_missing_item_is_left_out(std: Questionnaire) -> None:
    found = scored(std, answers(BEN, [4, None, 2, 5, 4]), "AUT_BEN")
    assert found == Score("AUT_BEN", 81.25, 4.25, valid=4, asked=5)


def test_t3_two_missing_items_give_no_score(std: Questionnaire) -> None:
    found = scored(std, answers(BEN, [4, None, 2, None, 4]), "AUT_BEN")
    assert found == Score("AUT_BEN", None, None, valid=3, asked=5)


def test_t4_easy_answers_have_three_steps(easy: Questionnaire) -> None:
    found = scored(easy, answers(BEN, [3, 2, 1, 3, 2]), "AUT_BEN")
    assert found.value == pytest.approx(80)
    assert found.mean == pytest.approx(2.6)


def test_t5_improvement_is_a_mean_not_rescaled(std: Questionnaire) -> None:
    assert scored(std, answers(MIG, [9, 8, 8, 10]), "MIG_IND").value == 8.75


# Five people: MIG1-4, then MIG0A and MIG0B.
PEOPLE = [
    ([9, 8, 8, 10], 1, 1),
    ([8, 7, 7, 8], 1, 0),
    ([9, 9, 9, 9], 0, 1),
    ([8, 8, 8, 9], 1, 1),
    ([1, 1, 1, 1], 0, 0),
]


def test_t6_all_and_those_who_declare_differ(std: Questionnaire) -> None:
    means, declared = [], []
    for codes, inclusion, work in PEOPLE:
        given_answers = answers((*MIG, "AUT_MIG0A", "AUT_MIG0B"), [*codes, inclusion, work])
        mean = scored(std, given_answers, "MIG_IND").value
        assert mean is not None
        means.append(mean)
        declared.append(scored(std, given_answers, "MIG_DICHIARA").value)
    assert means == [8.75, 7.5, 9.0, 8.25, 1.0]
    assert declared == [1, 1, 1, 1, 0]
    assert fmean(means) == pytest.approx(6.9)
    assert fmean(mean for mean, says in zip(means, declared, strict=True) if says) == 8.375


def test_t7_a_mean_of_eight_is_exactly_eight(std: Questionnaire) -> None:
    for codes in ([8, 8, 8, 8], [7, 9, 6, 10], [8, 8, 8, None], [6, 8, 10, None]):
        assert scored(std, answers(MIG, codes), "MIG_IND").value == 8.0


@pytest.mark.parametrize(
    ("inclusion", "work", "expected"),
    [(1, -1, 1), (-1, 1, 1), (0, 0, 0), (-1, -1, 0), (None, 1, 1), (0, None, 0), (None, None, None)],
)
def test_one_gate_is_enough_to_declare(
    std: Questionnaire, inclusion: int | None, work: int | None, expected: int | None
) -> None:
    given_answers = answers(("AUT_MIG0A", "AUT_MIG0B"), [inclusion, work])
    assert scored(std, given_answers, "MIG_DICHIARA").value == expected


@pytest.mark.parametrize("reason", [*OFFERED_REASONS, SKIPPED])
def test_every_reason_counts_as_missing(std: Questionnaire, reason: str) -> None:
    given_answers = answers(BEN, [5, 5, 1, 5, None]) | {"AUT_BEN5": missing(reason)}
    assert scored(std, given_answers, "AUT_BEN") == Score("AUT_BEN", 100.0, 5.0, valid=4, asked=5)


@pytest.mark.parametrize(("valid", "has_score"), [(2, False), (3, True), (4, True)])
def test_the_minimum_of_valid_answers_is_enough(std: Questionnaire, valid: int, has_score: bool) -> None:
    codes = [7 if place < valid else None for place in range(4)]
    found = scored(std, answers(MIG, codes), "MIG_IND")
    assert (found.value is not None, found.valid) == (has_score, valid)


def test_no_answers_give_no_scores(std: Questionnaire) -> None:
    assert {found.value for found in score(std, {})} == {None}
    assert {found.valid for found in score(std, {})} == {0}


def test_scores_come_in_the_order_of_the_file(std: Questionnaire) -> None:
    assert [found.scale for found in score(std, {})] == [
        "AUT_BEN", "AUT_AUD", "AUT_OCC", "AUT_INC", "AUT_PDV", "MIG_IND", "MIG_DICHIARA",
    ]  # fmt: skip


def test_only_scales_that_are_asked_are_scored(catalogue: Catalogue) -> None:
    aut = catalogue.newest("aut")
    before = scales_of(Questionnaire(aut, "P", "std", "EXANTE"))
    assert [scale.id for scale in before] == ["AUT_BEN", "AUT_AUD", "AUT_OCC", "AUT_INC"]
    assert scales_of(Questionnaire(aut, "O", "std", "EXPOST")) == []


def test_texts_and_other_items_have_no_value(std: Questionnaire) -> None:
    given_answers = {"AUT_TXT1": text("Tutto"), "AUT_BEN1": value(4), "AUT_ASP1": value(3), "ALTRO": value(1)}
    assert keyed_values(std, given_answers) == {"AUT_BEN1": 4}


def test_an_abandoned_branch_is_not_scored() -> None:
    ruled = SMALL.replace("criterion: Ansia", "criterion: Ansia\n        show_if: {answered: PROVA_A1}")
    questionnaire = Questionnaire(read_instrument(ruled.encode()), "P", "std", "T0")
    kept = {"PROVA_A1": value(3), "PROVA_A2": value(1)}
    assert keyed_values(questionnaire, kept) == {"PROVA_A1": 3, "PROVA_A2": 3}
    assert keyed_values(questionnaire, kept | {"PROVA_A1": missing(SKIPPED)}) == {}


def test_a_carried_goal_opens_its_result(std: Questionnaire) -> None:
    rated = {"AUT_OBR1": value(2)}
    assert keyed_values(std, rated) == {}
    assert keyed_values(std, rated, {"AUT_OB1": Answer(text="Un lavoro")}) == {"AUT_OBR1": 2}


# Change on common items (R4).


def pair(
    questionnaires: tuple[Questionnaire, Questionnaire], before: list[int | None], after: list[int | None]
) -> tuple[Score, Score]:
    scale = questionnaires[0].instrument.scale("AUT_BEN")
    return score_common(
        questionnaires,
        scale,
        (
            keyed_values(questionnaires[0], answers(BEN, before)),
            keyed_values(questionnaires[1], answers(BEN, after)),
        ),
    )


@pytest.fixture(scope="module")
def both(catalogue: Catalogue) -> tuple[Questionnaire, Questionnaire]:
    aut = catalogue.newest("aut")
    return Questionnaire(aut, "P", "std", "EXANTE"), Questionnaire(aut, "P", "std", "EXPOST")


def test_common_items_are_those_valid_twice(both: tuple[Questionnaire, Questionnaire]) -> None:
    before, after = pair(both, [1, 3, 3, 3, 3], [None, 3, 3, 3, 5])
    assert (before.value, after.value) == (50.0, 62.5)
    assert (before.valid, after.valid) == (4, 4)


def test_too_few_common_items_make_no_pair(both: tuple[Questionnaire, Questionnaire]) -> None:
    before, after = pair(both, [None, 3, 3, 3, 3], [3, 3, 3, 3, None])
    assert (before.value, after.value) == (None, None)


CODES = st.integers(1, 5)


@settings(deadline=None)
@given(codes=st.lists(CODES, min_size=5, max_size=5), lost=st.integers(0, 4))
def test_a_missing_item_never_looks_like_change(
    codes: list[int], lost: int, both: tuple[Questionnaire, Questionnaire]
) -> None:
    later: list[int | None] = [None if place == lost else code for place, code in enumerate(codes)]
    before, after = pair(both, list(codes), later)
    assert before.value == after.value is not None


# Properties.

SOME = st.lists(CODES | st.none(), min_size=5, max_size=5)


def test_every_method_a_file_may_name_exists() -> None:
    assert tuple(METHODS) == NAMES_OF_METHODS


def test_pomp_is_percent_of_the_possible() -> None:
    assert [pomp(mean, 1, 5) for mean in (1, 2, 3, 5)] == [0, 25, 50, 100]
    assert [pomp(mean, -1, 1) for mean in (-1, 0, 1)] == [0, 50, 100]
    assert METHODS["mean"]([1, 2], 1, 5) == 1.5
    assert METHODS["any_positive"]([-1, 0], -1, 1) == 0.0


@settings(deadline=None)
@given(codes=SOME)
def test_a_pomp_score_is_between_0_and_100(codes: list[int | None], std: Questionnaire) -> None:
    found = scored(std, answers(BEN, codes), "AUT_BEN")
    assert (found.value is None) == (found.valid < 4)
    assert found.value is None or 0 <= found.value <= 100
    assert (found.mean is None) == (found.value is None)


@settings(deadline=None)
@given(code=CODES)
def test_reversing_twice_changes_nothing(code: int, std: Questionnaire) -> None:
    once = keyed_values(std, {"AUT_BEN3": value(code)})["AUT_BEN3"]
    assert once == 6 - code
    assert keyed_values(std, {"AUT_BEN3": value(once)})["AUT_BEN3"] == code


@settings(deadline=None)
@given(codes=SOME, place=st.integers(0, 4), reason=st.sampled_from([*OFFERED_REASONS, SKIPPED]))
def test_one_more_missing_answer_never_raises(
    codes: list[int | None], place: int, reason: str, std: Questionnaire
) -> None:
    given_answers = answers(BEN, codes)
    before = scored(std, given_answers, "AUT_BEN")
    after = scored(std, given_answers | {BEN[place]: missing(reason)}, "AUT_BEN")
    assert after.valid == before.valid - (codes[place] is not None)
    assert after.asked == before.asked


@settings(deadline=None)
@given(codes=SOME, data=st.data())
def test_the_order_of_answers_is_irrelevant(
    codes: list[int | None], data: st.DataObject, std: Questionnaire
) -> None:
    given_answers = answers(BEN, codes)
    shuffled = dict(data.draw(st.permutations(list(given_answers.items()))))
    assert score(std, shuffled) == score(std, given_answers)


@settings(deadline=None)
@given(codes=SOME)
def test_scores_of_values_are_scores_of_answers(codes: list[int | None], std: Questionnaire) -> None:
    values = keyed_values(std, answers(BEN, codes))
    scale = std.instrument.scale("AUT_BEN")
    assert score_values(std, scale, values) == scored(std, answers(BEN, codes), "AUT_BEN")
