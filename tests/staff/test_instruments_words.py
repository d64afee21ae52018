"""Rules, lists of ids and minima in Italian words."""

import pytest

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.rule import Rule
from surveyapp.sheets.words import names_by_id
from surveyapp.web.staff.instruments_words import (
    alternatives,
    answered_by,
    listed,
    minima,
    ranges,
    rule_words,
)


@pytest.fixture
def qil(catalogue: Catalogue) -> Instrument:
    return catalogue.newest("qil")


def asked(item: str, *codes: int) -> Rule:
    return Rule("is", item=item, codes=codes)


def test_ids_that_follow_each_other_are_said_as_a_range() -> None:
    assert ranges(["A1", "A2", "A3", "B1", "B3", "C"]) == "da A1 a A3, B1, B3 e C"
    assert ranges(["A9", "A10", "A11"]) == "da A9 a A11"


def test_records_of_a_section_that_repeats_are_said_once() -> None:
    assert ranges(["OST3.1", "OST3.2", "OST3.3"]) == "OST3"


def test_ids_of_another_number_of_digits_do_not_follow() -> None:
    assert ranges(["A01", "A2", "A03"]) == "A01, A2 e A03"


def test_words_in_a_row_end_with_e() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "",
        "a",
        "a e b",
        "a, b e c",
    ]


def test_a_minimum_that_all_forms_share_is_said_once() -> None:
    assert minima({"P": 3}) == "3 (scheda P)"
    assert minima({"P": 3, "O": 3}) == "3 (schede P e O)"
    assert minima({"P": 5, "ECIL": 4}) == "P 5, ECIL 4"


def test_the_team_answers_as_a_team(qil: Instrument) -> None:
    assert [answered_by(qil.forms[code]) for code in ("P", "C", "ECIL", "CM")] == [
        "partecipante",
        "chi ospita",
        "équipe",
        "Collocamento Mirato",
    ]


def test_many_conditions_on_the_same_answer_are_said_once(catalogue: Catalogue) -> None:
    oss = catalogue.newest("oss")
    rule = Rule("any", parts=tuple(asked(f"OSS_SOF{number}", 1, 5) for number in range(1, 7)))
    words = rule_words(rule, names_by_id(oss, "O", "std"))
    assert words.startswith("la risposta è «")
    assert words.endswith("in almeno una di queste domande: da OSS_SOF1 a OSS_SOF6")


def test_conditions_on_different_answers_are_said_one_by_one(qil: Instrument) -> None:
    rule = Rule("any", parts=(asked("QIL_REL4", 1), asked("QIL_REL4", 2), asked("QIL_BEN1", 1)))
    words = rule_words(rule, names_by_id(qil, "P", "std"))
    assert words.count("QIL_REL4") == 2
    assert words.count(" oppure ") == 2


def test_each_form_has_the_options_of_its_own(qil: Instrument) -> None:
    """The same code is «Per niente» for the person and «Sì» for the operator."""
    (alert,) = qil.alerts
    standard, easy, others = alternatives(alert.rule, qil)
    assert "«Abbastanza», «Molto» o «Moltissimo»" in standard
    assert "«Un po'» o «Sì»" in easy
    assert "«Sì»" in others
    assert "«Un po'»" not in others


def test_a_rule_that_speaks_of_no_form_is_one_clause(qil: Instrument) -> None:
    assert len(alternatives(asked("QIL_BEN1", 1), qil)) == 1
