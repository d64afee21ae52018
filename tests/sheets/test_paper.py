"""What stands on a form on paper."""

import pytest

from surveyapp.instruments.model import Instrument
from surveyapp.instruments.path import Questionnaire
from surveyapp.instruments.rule import Context
from surveyapp.sheets.asked import Wish, questionnaire
from surveyapp.sheets.occasions import occasions_of
from surveyapp.sheets.paper import Paper, paper
from surveyapp.sheets.paper_parts import RECORDS
from surveyapp.sheets.question import Question
from tests.sheets.instruments import ALL, EVERY, GAPS, consents


def printed(instrument: Instrument = EVERY, **wished: str) -> Paper:
    own = {key: wished.pop(key) for key in ("form", "variant", "occasion", "length") if key in wished}
    return of(questionnaire(instrument, Wish(**own, context=wished)))


def of(asked: Questionnaire) -> Paper:
    return paper(
        asked, consents(asked.instrument)[asked.form][asked.variant], GAPS, ("Codice della persona",)
    )


def questions(sheet: Paper) -> dict[str, Question]:
    return {one.code: one for block in sheet.blocks for one in block.questions}


def words(question: Question) -> str:
    return "".join(piece.text or "____" for piece in question.text)


def test_questions_are_numbered_through() -> None:
    sheet = printed(form="C", occasion="T0")
    numbers = [one.number for block in sheet.blocks for one in block.questions]
    assert numbers == list(range(1, sheet.count + 1))


def test_rules_are_told_by_the_number_of_the_question() -> None:
    found = questions(printed(variant="easy"))
    assert found["TUTTO_A3"].rule == "Rispondi solo se hai risposto «No» o «Un po'» alla domanda 2."
    assert found["TUTTO_A4"].rule == "Rispondi solo se hai risposto alla domanda 1."
    assert found["TUTTO_A5"].rule == (
        "Rispondi solo se hai scritto almeno 20 alla domanda 4 "
        "e non hai scritto al massimo 24,5 alla domanda 4."
    )
    assert questions(printed(form="C"))["TUTTO_A8"].rule == (
        "Rispondere solo se c'è una risposta alla domanda 6 diversa da «Nessuno»."
    )


def test_the_context_is_settled_and_not_told() -> None:
    placed = {"placement_type": "TIS", "paid": "no"}
    assert questions(printed(variant="std"))["TUTTO_A6"].rule == (
        "Rispondi solo se non hai risposto «Per niente» alla domanda 1."
    )
    assert "TUTTO_A6" not in questions(printed(variant="std", **placed))


def test_words_of_the_context_are_filled_in() -> None:
    found = questions(printed(variant="easy", ambito="Cremona", placement_type="A14"))
    assert words(found["TUTTO_A1"]) == "Vai volentieri, a Cremona?"
    assert found["TUTTO_A2"].hint[0].text == 'Pensa al tutor e l\'attività "in convenzione".'
    assert words(questions(printed(variant="easy"))["TUTTO_A1"]) == "Vai volentieri, qui?"


def test_what_the_context_leaves_out_is_not_printed() -> None:
    assert "EXTRA_1" in questions(printed(ambito="Crema e dintorni"))
    assert "EXTRA_1" not in questions(printed(ambito="Bergamo"))


def test_the_rule_of_a_part_stands_at_its_head() -> None:
    rules = {block.title: block.rule for block in printed(form="C", occasion="T0").blocks}
    assert (
        rules["Alla fine"]
        == "Rispondere alle domande di questa parte solo se c'è una risposta alla domanda 6."
    )
    assert rules["Prima parte"] == ""


def test_three_records_are_printed_and_more_go_on_another_sheet() -> None:
    blocks = [block for block in printed(form="C", occasion="T0").blocks if block.record]
    assert [block.record for block in blocks] == [1, 2, 3] == list(range(1, RECORDS + 1))
    assert [bool(block.after) for block in blocks] == [False, False, True]
    gate, *_ = blocks[1].questions
    last = blocks[-1].questions[-1].number
    assert gate.code == "TUTTO_L0.2"
    assert gate.note == f"Se la risposta è «No», si va alla domanda {last + 1}."


def test_texts_of_the_same_record_are_pointed_to() -> None:
    found = questions(printed(form="C", occasion="T0"))
    assert words(found["TUTTO_L2.2"]) == (
        f"«risposta alla domanda {found['TUTTO_L1.2'].number}»: quante persone lo usano?"
    )


def test_what_cannot_be_known_yet_is_not_asked_about() -> None:
    sheet = printed(form="C", occasion="T0")
    assert questions(sheet)["TUTTO_L1.1"].rule == ""
    assert not any(block.prepared for block in sheet.blocks)
    assert not sheet.prepared


def test_a_record_known_from_before_has_a_line_to_fill_in() -> None:
    sheet = printed(form="C", occasion="T1")
    found = questions(sheet)
    assert [block.prepared for block in sheet.blocks if block.record == 1] == [
        "Dalla volta scorsa – Che aiuto è?"
    ]
    assert found["TUTTO_L0.1"].rule == "Rispondere solo se la riga «Dalla volta scorsa» è vuota."
    assert found["TUTTO_L1.1"].rule == found["TUTTO_L0.1"].rule
    asked = f"alla domanda {found['TUTTO_L2.1'].number}"
    assert found["TUTTO_L3.1"].rule == (
        f"Rispondere solo se il numero scritto {asked} è almeno 1 "
        f"oppure non c'è ancora una risposta {asked} da una rilevazione precedente."
    )


def test_texts_of_an_earlier_occasion_leave_a_line_to_fill_in() -> None:
    sheet = printed(occasion="T1")
    found = questions(sheet)
    assert words(found["TUTTO_R1"]) == "Volevi: «____». Com'è andata?"
    assert found["TUTTO_R2"].rule == (
        "Rispondi solo se avevi già risposto alla domanda «Che cosa vuoi?» (non è in questo foglio) "
        "la volta scorsa e hai risposto «Un po'» o «Sì» alla domanda 1."
    )
    assert sheet.prepared


def test_answers_are_offered_in_the_form_of_their_kind() -> None:
    found = questions(printed(variant="easy"))
    assert [choice.picture for choice in found["TUTTO_A1"].options] == ["empty", "half", "full"]
    assert [choice.picture for choice in found["TUTTO_A1"].reasons] == ["dash", "unknown"]
    assert [choice.number for choice in found["TUTTO_A5"].options] == [str(number) for number in range(1, 11)]
    assert (found["TUTTO_A4"].unit, found["TUTTO_A4"].limits) == ("ore alla settimana", "da 0 a 48")
    assert found["TUTTO_A3"].hint[0].text == "Si possono scegliere più risposte."
    assert (found["TUTTO_G1"].lines, found["TUTTO_A6"].lines) == (1, 0)


def test_codes_stand_beside_the_options_but_for_numbers_and_levels_that_say_their_own() -> None:
    found = questions(printed(variant="std"))
    assert [choice.key for choice in found["TUTTO_A1"].options] == ["1", "2", "3", "4", "5"]
    assert [choice.key for choice in found["TUTTO_A1"].reasons] == ["NS"]
    assert {choice.key for choice in found["TUTTO_A5"].options} == {""}
    levels = questions(printed(ALL["oss@0.1.0"]))["OSS_SOF1"]
    assert [choice.key for choice in levels.options] == [""] * 5
    assert [choice.label[:4] for choice in levels.options] == ["1 · ", "2 · ", "3 · ", "4 · ", "5 · "]
    assert [choice.key for choice in levels.reasons] == ["NO"]
    assert printed(variant="std").key == ()


def test_the_easy_form_has_its_codes_in_a_key_on_the_last_page() -> None:
    assert printed(variant="easy").key == (
        "Domande da 1 a 2: No = 1, Un po' = 2, Sì = 3.",
        "Domanda 3: Casa = 1, Lavoro = 2, Scuola = 3, Altro = 4, Nessuno = 5.",
        "Al posto di una risposta: Non mi riguarda = NA, Non lo so = NS.",
        "Più risposte alla stessa domanda: 1+3.",
    )
    start = printed(ALL["aut@0.1.0"], variant="easy", occasion="EXANTE")
    assert start.key == ("No = 1, Un po' = 2, Sì = 3, Non mi riguarda = NA, Non lo so = NS.",)


def test_every_code_of_an_easy_form_is_in_its_key(instrument: Instrument) -> None:
    for form in instrument.forms.values():
        for occasion in occasions_of(instrument, form) if "easy" in form.variants else ():
            asked = Questionnaire(instrument, form.code, "easy", occasion)
            told = " ".join(of(asked).key)
            offered = [
                choice for one in questions(of(asked)).values() for choice in one.options + one.reasons
            ]
            assert all(f"{choice.label} = {choice.key}" in told for choice in offered if choice.key)


def test_a_form_with_fewer_questions_takes_less_time() -> None:
    minutes = {
        occasion: printed(ALL["aut@0.1.0"], variant="easy", occasion=occasion).minutes
        for occasion in ("EXANTE", "EXPOST", "FU6")
    }
    assert minutes == {"EXANTE": 16, "EXPOST": 24, "FU6": 25}


def test_the_stem_is_said_once_in_a_row_but_always_in_the_easy_variant() -> None:
    found = questions(printed(variant="std"))
    assert (found["TUTTO_A1"].stem, found["TUTTO_A2"].stem) == ("Quanto è vero?", None)
    easy = questions(printed(ALL["aut@0.1.0"], variant="easy", occasion="EXPOST"))
    assert (
        easy["AUT_MIG1"].stem == easy["AUT_MIG2"].stem == "1 vuol dire per niente. 10 vuol dire moltissimo."
    )


def test_a_difficult_word_is_explained_where_it_comes_first() -> None:
    found = questions(printed(variant="easy"))
    assert found["TUTTO_A2"].terms == (("tutor", "La persona che ti segue."),)
    assert not any(one.terms for code, one in found.items() if code != "TUTTO_A2")


def test_shorter_forms_have_fewer_questions() -> None:
    assert set(questions(printed(variant="std", length="mini"))) == {"TUTTO_A2", "TUTTO_A3"}
    assert set(questions(printed(variant="std", length="short"))) == {"TUTTO_A1", "TUTTO_A2", "TUTTO_A3"}


def test_the_information_comes_first_with_its_gaps() -> None:
    sheet = printed(variant="easy")
    lines = ["".join(piece.text or "____" for piece in line) for line in sheet.consent.information]
    assert "Le tue risposte le leggono le ricercatrici." in lines
    assert len(sheet.consent.boxes) == 3
    std = printed(variant="std")
    assert any(piece.kind == "blank" for line in std.consent.information for piece in line)


def test_the_footer_says_which_version_it_is() -> None:
    sheet = printed(variant="easy")
    assert sheet.footer == f"tutto 0.1.0 · {EVERY.digest[:12]} · P easy T0"
    assert (sheet.title, sheet.about) == ("La tua scheda", "Inizio, versione semplice")
    assert printed(variant="std", length="short").about == "Inizio, versione standard, scheda breve"
    assert printed(form="C").about == "Inizio"


def test_practice_comes_with_the_variant_that_has_it() -> None:
    assert [one.text for one in printed(variant="easy").practice] == ["Ti piace la pizza?"]
    assert printed(variant="std").practice == ()


CONTEXTS = [Context(), Context("Cremona", "Cremona", "A14", "yes", "cooperative", "yes")]


@pytest.mark.parametrize("context", CONTEXTS, ids=["anywhere", "Cremona"])
def test_every_form_variant_and_occasion_can_be_printed(instrument: Instrument, context: Context) -> None:
    for form in instrument.forms.values():
        for variant in form.variants:
            for occasion in occasions_of(instrument, form):
                asked = Questionnaire(instrument, form.code, variant, occasion, context)
                expected = [item.id for item in asked.asked if item.record <= RECORDS]
                assert list(questions(of(asked))) == expected
