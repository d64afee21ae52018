"""The XLSForm: read by pyxform without a word, with everything that the instrument has."""

import pytest
from pyxform.xls2xform import convert

from surveyapp.instruments.model import Instrument
from surveyapp.sheets.workbook import xlsx
from surveyapp.sheets.xlsform import xlsform
from surveyapp.sheets.xpath import string, token
from tests.sheets.instruments import EVERY, GAPS, consents


def sheets(instrument: Instrument = EVERY) -> dict[str, list[tuple[str, ...]]]:
    return xlsform(instrument, consents(instrument), GAPS)


def survey(instrument: Instrument = EVERY) -> dict[str, dict[str, str]]:
    header, *rows = sheets(instrument)["survey"]
    found = [dict(zip(header, row, strict=True)) for row in rows]
    return {row["name"]: row for row in found if not row["type"].startswith("end_")}


def choices(list_name: str, instrument: Instrument = EVERY) -> list[tuple[str, str]]:
    return [(code, label) for name, code, label in sheets(instrument)["choices"] if name == list_name]


def test_pyxform_reads_every_instrument_without_error_or_warning(instrument: Instrument) -> None:
    warnings: list[str] = []
    read = convert(xlsx(sheets(instrument)), warnings=warnings, validate=False)
    assert warnings == []
    assert f'<data id="{instrument.id}" version="{instrument.version}">' in read.xform


def test_the_first_questions_pick_form_variant_and_occasion() -> None:
    names = list(survey())
    assert names[:9] == [
        "code",
        "day",
        "form",
        "variant.P",
        "variant",
        "occasion.P",
        "occasion.C",
        "occasion",
        "asked_as",
    ]
    assert choices("forms") == [("P", "La tua scheda (P)"), ("C", "La scheda di chi ospita (C)")]
    assert choices("variant.P") == [("easy", "versione semplice"), ("std", "versione standard")]
    assert (
        survey()["variant"]["calculation"] == "if(${form} = 'P', ${variant.P}, if(${form} = 'C', 'std', ''))"
    )
    assert survey()["asked_as"]["calculation"] == "if(${occasion} = 'AGAIN', 'T1', ${occasion})"
    assert choices("lengths") == [("full", "Intera"), ("short", "Breve"), ("mini", "Mini")]


def test_the_context_is_asked_where_something_looks_at_it() -> None:
    asked = survey()
    assert {"ambito", "placement_type", "paid", "host_type"} <= asked.keys()
    assert not {"province", "executing_host"} & asked.keys()
    assert choices("context.ambito") == [
        ("Cremona", "Cremona"),
        ("Crema_e_dintorni", "Crema e dintorni"),
        ("other", "Un altro"),
    ]
    assert ("TIS", "Tirocinio di inclusione sociale (TIS)") in choices("context.placement_type")


def test_words_of_the_context_are_calculations() -> None:
    word = survey()["word.1"]["calculation"]
    assert word.startswith("if(${placement_type} = 'TIS', \"l'attività di tirocinio\", if(")
    assert """concat('l', "'", 'attività "in convenzione"')""" in word
    assert survey()["TUTTO_A1.P.easy"]["label"] == "Vai volentieri, ${word.2}?"


def test_each_variant_has_its_own_questions_and_lists() -> None:
    asked = survey()
    assert asked["TUTTO_A1.P.easy"]["type"] == "select_one R3.P.easy"
    assert asked["TUTTO_A1.P.std"]["type"] == "select_one R5.P.std"
    assert choices("R3.P.easy") == [
        ("1", "No"), ("2", "Un po'"), ("3", "Sì"), ("NA", "Non mi riguarda"), ("NS", "Non lo so")
    ]  # fmt: skip
    assert choices("R5.P.std")[-2:] == [("5", "=1+1"), ("NS", "@non saprei")]
    assert choices("N10.P.std")[0] == ("1", "1 per niente")


def test_kinds_of_answers_have_their_types_and_limits() -> None:
    asked = survey()
    hours, people = asked["TUTTO_A4.P.std"], asked["TUTTO_L2.C.std"]
    assert (hours["type"], hours["constraint"]) == ("decimal", ". >= 0 and . <= 48 and round(., 1) = .")
    assert hours["constraint_message"] == "Serve un numero da 0 a 48, con al massimo 1 decimali."
    assert (people["type"], people["constraint"]) == ("integer", ". >= -1 and . <= 99")
    assert (asked["TUTTO_A8.C.std"]["type"], asked["TUTTO_A6.P.std"]["type"]) == ("date", "text")
    assert asked["TUTTO_A6.P.std"]["constraint"] == "string-length(.) <= 500"
    assert asked["TUTTO_A3.P.std"]["type"] == "select_multiple MANY.P.std"
    assert asked["TUTTO_A3.P.std"]["constraint"] == "not(selected(., 'NS') and count-selected(.) > 1)"
    assert choices(asked["TUTTO_A4.reason.P.std"]["type"].split()[1]) == [("NS", "Non so")]


RULES = {
    "TUTTO_A3.P.std": "${TUTTO_A2.P.std} >= 3",
    "TUTTO_A3.P.easy": "${TUTTO_A2.P.easy} <= 2",
    "TUTTO_A3.C.std": "(${TUTTO_A2.C.std} = '4' or ${TUTTO_A2.C.std} = '5')",
    "TUTTO_A4.P.easy": (
        "(${TUTTO_A1.P.easy} != '' and ${TUTTO_A1.P.easy} != 'NA' and ${TUTTO_A1.P.easy} != 'NS')"
    ),
    "TUTTO_A5.P.std": "(${TUTTO_A4.P.std} >= 20 and not(${TUTTO_A4.P.std} <= 24.5))",
    "TUTTO_A6.C.std": (
        "not((${TUTTO_A1.C.std} = '1' or "
        "((${placement_type} = 'TIS' or ${placement_type} = 'LAB') and ${paid} = 'no')))"
    ),
    "TUTTO_A8.C.std": (
        "(selected(${TUTTO_A7.C.std}, '1') or selected(${TUTTO_A7.C.std}, '2') "
        "or selected(${TUTTO_A7.C.std}, '3') or selected(${TUTTO_A7.C.std}, '4'))"
    ),
    "TUTTO_L0.C.std": "not(${TUTTO_L1.before.C.std} != '')",
    "TUTTO_Z1.C.std": (
        "(indexed-repeat(${TUTTO_L0.said.C.std}, ${LIST.C.std}, 1) = '1' "
        "and not(${host_type} = 'cooperative'))"
    ),
    "EXTRA_2.P.easy": "${EXTRA_1.P.easy} = '1'",
    "MORE.P.easy": "(${ambito} = 'Cremona' or ${ambito} = 'Crema_e_dintorni')",
    "GOAL.P.std": "${asked_as} = 'T0'",
}


@pytest.mark.parametrize("name", RULES)
def test_rules_become_tests_in_xpath(name: str) -> None:
    assert RULES[name] in survey()[name]["relevant"]


def test_shorter_forms_leave_questions_out() -> None:
    asked = survey()
    assert asked["TUTTO_A1.P.std"]["relevant"] == "${length} != 'mini'"
    assert "${length} != 'short' and ${length} != 'mini'" in asked["TUTTO_A5.P.std"]["relevant"]


def test_a_repeating_section_is_a_repeat_with_its_most_records() -> None:
    asked = survey()
    assert asked["LIST.C.std"]["type"] == "begin_repeat"
    assert asked["LIST.C.std"]["relevant"] == "not(${host_type} = 'cooperative')"
    assert asked["TUTTO_L0.C.std"]["constraint"] == "position(..) <= 5"


def test_texts_of_earlier_occasions_are_asked_first() -> None:
    asked = survey()
    before = asked["TUTTO_G1.before.P.easy"]
    assert (before["type"], before["label"]) == ("text", "Dalla volta scorsa – Che cosa vuoi?")
    assert before["relevant"] == "${asked_as} = 'T1'"
    assert asked["TUTTO_R1.P.easy"]["label"] == "Volevi: «${TUTTO_G1.before.P.easy}». Com'è andata?"
    assert "${TUTTO_G1.before.P.easy} != ''" in asked["TUTTO_R1.P.easy"]["relevant"]
    assert asked["TUTTO_L2.C.std"]["label"] == "«${TUTTO_L1.said.C.std}»: quante persone lo usano?"
    names = list(asked)
    assert names.index("LIST.C.std") < names.index("TUTTO_L1.before.C.std") < names.index("TUTTO_L0.C.std")


def test_questions_come_only_after_consent() -> None:
    asked = survey()
    assert "Le tue risposte le leggono le ricercatrici." in asked["information.P.easy"]["label"]
    assert "……" in asked["information.P.std"]["label"]
    assert choices("consent.P.easy")[0] == ("accept", "Sì, voglio rispondere")
    assert asked["questions.P.easy"]["relevant"] == "${consent.P.easy} = 'accept'"
    assert asked["practice1.P.easy"]["label"] == "Ti piace la pizza?"


def test_words_are_never_taken_for_the_name_of_a_question() -> None:
    _, values = sheets()["settings"]
    assert values == ("Tutto, con $ {niente}", "tutto", "0.1.0")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("solo", "'solo'"), ("l'altro", '"l\'altro"'), ('l\'"x"', "concat('l', \"'\", '\"x\"')")],
)
def test_a_text_with_quotes_is_still_one_xpath_string(text: str, expected: str) -> None:
    assert string(text) == expected


def test_values_of_open_lists_are_single_words() -> None:
    assert token("Crema e dintorni") == "Crema_e_dintorni"
