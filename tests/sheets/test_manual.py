"""The manual: the file's own texts, then what follows from the rest of it."""

from dataclasses import replace

from surveyapp.instruments.model import Instrument
from surveyapp.sheets.manual import MISSING, manual
from tests.sheets.instruments import ALL, EVERY


def test_the_texts_of_the_file_come_first() -> None:
    chapter = manual(EVERY).chapters[0]
    assert chapter.title == "Tutto, con ${niente}"
    assert chapter.parts[0] == ("A che cosa serve", "A provare ogni cosa.")
    assert chapter.parts[-1] == ("Che cosa non dice", "Non esiste.")


def test_a_text_that_is_missing_is_told() -> None:
    parts = manual(replace(EVERY, manual={})).chapters[0].parts
    assert len(parts) == 6
    assert {text for _, text in parts} == {MISSING}


def test_modules_have_a_chapter_of_their_own() -> None:
    chapters = manual(EVERY, [ALL["aut@0.1.0"]]).chapters
    assert [chapter.title for chapter in chapters] == [EVERY.title, "Autovalutazione"]


def test_scales_list_their_questions_with_reversal() -> None:
    construct, reading, questions = manual(EVERY).scales[0]
    assert construct == "Come va nel complesso."
    assert "Risposte valide necessarie: P 2, C 1; T1: P 1." in reading
    assert "Chieste ma non contate: C: TUTTO_A2." in reading
    assert questions.title == "Come va (TUTTO_A)"
    assert [(row[0], row[3]) for row in questions.rows] == [("TUTTO_A1", ""), ("TUTTO_A2", "sì")]


def test_anchors_are_told_for_each_form_and_variant() -> None:
    assert manual(EVERY).answers == (
        (
            "Versione standard (P, C)",
            "Quanto è vero? 1 Per niente · 2 Poco · 3 Abbastanza · 4 Molto · 5 =1+1",
        ),
        ("Versione semplice (P)", "1 No · 2 Un po' · 3 Sì"),
    )


def test_the_number_of_a_level_is_said_once() -> None:
    ((_, anchors),) = manual(ALL["oss@0.1.0"]).answers
    assert "1 Non ancora presente, anche con aiuto · 2 Con aiuto costante · 3" in anchors


def test_every_question_stands_in_a_manual_once_or_in_each_of_its_scales(instrument: Instrument) -> None:
    made = manual(instrument)
    listed = {row[0] for _, _, questions in made.scales for row in questions.rows}
    others = {row[0] for row in made.others.rows} if made.others else set()
    assert listed | others == set(instrument.declared)
    assert not listed & others
