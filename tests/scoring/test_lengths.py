"""Shorter forms, occasions that ask less, forms that leave an item out, retests and indices."""

import pytest

from surveyapp.instruments.model import Instrument
from surveyapp.instruments.path import Questionnaire
from surveyapp.instruments.reader import read_instrument, read_part
from surveyapp.instruments.rule import Context
from surveyapp.scoring.scores import Score, keyed_values, of_length, scales_of, score, score_common
from tests.instruments.files import HERE, read_with_modules, value

PLACEMENT = (HERE / "valid" / "placement.yaml").read_text(encoding="utf-8")
EVERYTHING = {
    **{f"QIL_BEN{number}": value(5) for number in (1, 2, 3)},
    **{f"QIL_AUD{number}": value(1) for number in (1, 2)},
    **{f"QIL_REL{number}": value(5) for number in (1, 2, 3, 4)},
}


@pytest.fixture(scope="module")
def qil() -> Instrument:
    return read_instrument(PLACEMENT.encode())


def asked(
    qil: Instrument, form: str = "P", occasion: str = "INITINERE", length: str = "full"
) -> Questionnaire:
    return Questionnaire(qil, form, "std", occasion, length=length)


def scored(questionnaire: Questionnaire, **missing: None) -> dict[str, float | None]:
    answers = {name: answer for name, answer in EVERYTHING.items() if name not in missing}
    return {found.scale: found.value for found in score(questionnaire, answers)}


def ids(questionnaire: Questionnaire) -> list[str]:
    return [item.id for item in questionnaire.items()]


def test_shorter_forms_ask_what_is_starred_or_named(qil: Instrument) -> None:
    assert ids(asked(qil, length="short")) == ["QIL_BEN1", "QIL_REL1", "QIL_REL2", "QIL_REL4"]
    assert ids(asked(qil, length="mini")) == ["QIL_REL4"]
    assert len(ids(asked(qil))) == 10


def test_a_short_form_has_scales_of_its_own(qil: Instrument) -> None:
    assert scored(asked(qil, length="short")) == {"QIL_REL_br": 100.0}
    assert scored(asked(qil, length="short"), QIL_REL1=None) == {"QIL_REL_br": None}
    assert scored(asked(qil, length="mini")) == {}


def test_the_same_answers_in_full_are_another_scale(qil: Instrument) -> None:
    # QIL_REL4 is reversed: 100, 100, 100 and 0.
    assert scored(asked(qil))["QIL_REL"] == 75.0


def test_a_scale_without_short_form_gives_none(qil: Instrument) -> None:
    assert of_length(qil.scale("QIL_BEN"), "short") is None
    assert of_length(qil.scale("QIL_REL"), "mini") is None
    assert of_length(qil.scale("QIL_REL"), "full") is qil.scale("QIL_REL")


def test_a_form_leaves_an_item_unscored(qil: Instrument) -> None:
    operator = asked(qil, "O")
    assert "QIL_REL4" in ids(operator)
    assert scored(operator)["QIL_REL"] == 100.0
    assert scored(operator, QIL_REL1=None)["QIL_REL"] is None
    assert scored(asked(qil), QIL_REL1=None)["QIL_REL"] == pytest.approx(200 / 3)
    (found,) = [one for one in score(operator, EVERYTHING) if one.scale == "QIL_REL"]
    assert (found.valid, found.asked) == (3, 3)


LESS_BEFORE = PLACEMENT.replace(
    "- {id: QIL_REL1, criterion: Rapporti,", "- {id: QIL_REL1, occasions: [INITINERE], criterion: Rapporti,"
).replace(
    "min_valid: {P: 3, O: 3, C: 3}\n    min_valid_at: {EXANTE: {P: 3}}",
    "min_valid: {P: 4, O: 3, C: 3}\n    min_valid_at: {EXANTE: {P: 2}}",
)


def test_an_occasion_that_asks_less_has_a_minimum_of_its_own() -> None:
    less = read_instrument(LESS_BEFORE.encode())
    assert scored(asked(less, occasion="EXANTE"), QIL_REL2=None)["QIL_REL"] == 50.0
    assert scored(asked(less), QIL_REL2=None)["QIL_REL"] is None
    assert less.scale("QIL_REL").minimum("P", "EXANTE") == 2
    assert less.scale("QIL_REL").minimum("O", "EXANTE") == 3
    assert less.scale("QIL_REL").minimum("E", "INITINERE") is None


def test_change_needs_the_smaller_of_the_two_minima() -> None:
    less = read_instrument(LESS_BEFORE.encode())
    both = asked(less, occasion="EXANTE"), asked(less)
    answers = {name: answer for name, answer in EVERYTHING.items() if name != "QIL_REL2"}
    values = keyed_values(both[0], answers), keyed_values(both[1], answers)
    before, after = score_common(both, less.scale("QIL_REL"), values)
    # QIL_REL3 and QIL_REL4 alone are there twice: 100 and 0.
    assert (before.value, after.value, before.valid, after.valid) == (50.0, 50.0, 2, 2)


def test_a_minimum_of_an_occasion_alone_gives_a_score_there_alone() -> None:
    source = PLACEMENT.replace("min_valid: {P: 3, O: 3, C: 3}\n", "min_valid: {O: 3}\n")
    only = read_instrument(source.encode())
    assert scored(asked(only, occasion="EXANTE"))["QIL_REL"] == 75.0
    assert "QIL_REL" not in scored(asked(only))
    assert scored(asked(only, occasion="EXANTE", length="short")) == {"QIL_REL_br": 100.0}
    assert scored(asked(only, length="short")) == {}


def test_a_scale_with_too_few_items_is_not_given() -> None:
    source = LESS_BEFORE.replace("    min_valid_at: {EXANTE: {P: 2}}\n", "")
    less = read_instrument(source.encode())
    assert [scale.id for scale in scales_of(asked(less, occasion="EXANTE"))] == [
        "QIL_BEN",
        "QIL_AUD",
        "QIL_FATICA",
    ]


def test_a_retest_asks_and_scores_what_it_repeats(qil: Instrument) -> None:
    first, again = asked(qil), asked(qil, occasion="RETEST")
    assert again.asked_as == "INITINERE"
    assert ids(again) == ids(first)
    assert score(again, EVERYTHING) == score(first, EVERYTHING)
    assert again.facts["occasion"] == "INITINERE"


def test_a_retest_is_asked_in_the_forms_of_what_it_repeats(qil: Instrument) -> None:
    assert ids(asked(qil, "O", "RETEST")) == ids(asked(qil, "O"))
    assert ids(asked(qil, "O", "EXANTE")) == []


# Indices.


def test_an_index_is_the_mean_of_its_scales(qil: Instrument) -> None:
    found = score(asked(qil), EVERYTHING)
    assert found[-1] == Score("QIL_IND", 50.0, None, valid=2, asked=2)


def test_an_index_needs_enough_scales_with_a_score(qil: Instrument) -> None:
    assert scored(asked(qil), QIL_AUD1=None)["QIL_IND"] == 50.0
    assert scored(asked(qil), QIL_AUD1=None, QIL_AUD2=None)["QIL_IND"] is None


def test_an_index_is_given_only_where_its_scales_are(qil: Instrument) -> None:
    assert "QIL_IND" not in scored(asked(qil, length="short"))
    fewer = read_instrument(
        PLACEMENT.replace("min_valid: {P: 1, O: 1, C: 1}", "min_valid: {P: 1, O: 1}").encode()
    )
    assert "QIL_IND" in scored(asked(fewer, "O"))
    assert "QIL_IND" not in scored(asked(fewer, "C"))


def test_an_index_of_a_module_is_given_where_the_module_is() -> None:
    whole = read_with_modules(HERE / "modules" / "included")
    answers = {"QIL_A1": value(3), "MCR_S1": value(3), "MCR_S2": value(1)}
    here = Questionnaire(whole, "P", "std", "T0", Context(ambito="Cremona"))
    assert {found.scale: found.value for found in score(here, answers)} == {
        "QIL_A": 100.0, "MCR_S": 50.0, "MCR_I": 75.0,
    }  # fmt: skip
    elsewhere = Questionnaire(whole, "P", "std", "T0", Context(ambito="Crema"))
    assert [found.scale for found in score(elsewhere, answers)] == ["QIL_A"]


def test_an_index_needs_its_module_also_where_its_scales_are_there() -> None:
    base = (HERE / "modules" / "included" / "instrument.yaml").read_bytes()
    source = (HERE / "modules" / "included" / "mcr.yaml").read_bytes()
    of_base = source.replace(b"scales: [QIL_A, MCR_S], min_valid: 2", b"scales: [QIL_A], min_valid: 1")
    whole = read_instrument(base, {("mcr", "0.1.0"): read_part(of_base, module=True)})
    answers = {"QIL_A1": value(3)}
    found = {
        ambito: [
            one.scale
            for one in score(Questionnaire(whole, "P", "std", "T0", Context(ambito=ambito)), answers)
        ]
        for ambito in ("Cremona", "Crema")
    }
    assert found == {"Cremona": ["QIL_A", "MCR_S", "MCR_I"], "Crema": ["QIL_A"]}
