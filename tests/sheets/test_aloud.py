"""What is read aloud: the words of the page, in order, in every context; no pictures, glossary, answers."""

import re
from collections.abc import Iterator

import pytest

from surveyapp.instruments.catalogue import Catalogue, instrument_of
from surveyapp.instruments.path import Questionnaire
from surveyapp.instruments.rule import PLACEMENT_TYPES, Context
from surveyapp.sheets.aloud import Spoken, forms_read, spoken, texts
from surveyapp.web.question_page import Choice, question_page
from tests.web.kinds import FILE


def of(catalogue: Catalogue, instrument: str, variant: str, item: str) -> list[Spoken]:
    return [one for one in texts(catalogue.newest(instrument), "P", variant) if one.item == item]


def test_a_question_is_read_with_its_choices(catalogue: Catalogue) -> None:
    [text] = of(catalogue, "aut", "easy", "AUT_BEN1")
    assert text.pieces == (
        "Ti piacciono le tue giornate?",
        "No",
        "Un po'",
        "Sì",
        "Non mi riguarda",
        "Non lo so",
    )
    assert text.text == "\n".join(text.pieces)
    assert re.fullmatch("[0-9a-f]{64}", text.sha256)
    assert not text.repeats


def test_a_staircase_is_read_with_its_numbers(catalogue: Catalogue) -> None:
    steps = next(
        one for one in texts(catalogue.newest("aut"), "P", "std") if "10, " in one.pieces[-2] + one.text
    )
    assert steps.pieces[2].startswith("1, ")
    assert "2" in steps.pieces


def test_words_of_the_person_are_told_apart(catalogue: Catalogue) -> None:
    found = texts(catalogue.newest("aut"), "P", "easy")
    assert {one.item for one in found if one.repeats} == {"AUT_OBR1", "AUT_OBR2", "AUT_OBR3"}


def test_words_of_the_context_are_texts_of_their_own(catalogue: Catalogue) -> None:
    found = texts(catalogue.newest("qil"), "P", "easy")
    items = [one.item for one in found]
    [changing] = {item for item in items if items.count(item) > 1}
    ways = [one for one in found if one.item == changing]
    assert len(ways) == len({one.sha256 for one in ways}) == 5
    assert any("il tirocinio" in one.text for one in ways)
    assert not [one for one in found if "{" in one.text]


@pytest.mark.parametrize("kind", ["", *PLACEMENT_TYPES])
def test_whatever_is_read_in_a_context_is_among_the_texts(catalogue: Catalogue, kind: str) -> None:
    for instrument in catalogue.instruments.values():
        for asked in _asked(catalogue, instrument.id, Context(placement_type=kind, province="Cremona")):
            known = set(texts(instrument, asked.form, asked.variant))
            assert {spoken(asked, item) for item in asked.asked} <= known


def test_what_is_read_stands_on_the_page(catalogue: Catalogue) -> None:
    """For every question of every participants' form: the same words, in the same order."""
    seen = 0
    for instrument in catalogue.instruments.values():
        for asked in _asked(catalogue, instrument.id, Context(placement_type="TIS", ambito="Cremona")):
            for item in asked.asked:
                page = question_page(asked, item)
                shown = (
                    page.text,
                    " ".join(filter(None, (page.stem, page.hint, page.note))),
                    *map(_words, page.choices),
                )
                assert spoken(asked, item).pieces == tuple(filter(None, shown)), item.id
                seen += 1
    assert seen > 500


def test_pictures_glossary_and_units_are_not_read() -> None:
    kinds = instrument_of(FILE)
    found = {one.item: one.pieces for one in texts(kinds, "P", "easy")}
    assert found["KINDS_MUL"][:2] == ("Da chi lo sai?", "Puoi scegliere più risposte.")
    assert found["KINDS_MUN"][1] == "Puoi scegliere più risposte."
    assert found["KINDS_NUM"] == ("Quante ore lavori in una settimana?", "Si può usare la virgola.")
    assert found["KINDS_DAY"] == ("Che giorno è oggi?", "Puoi chiederlo a qualcuno. Ad esempio: 31/12/2026.")
    assert found["KINDS_LIN"] == ("Che lavoro fai?",)
    [operators] = [
        one for one in texts(kinds, "O", "std") if one.item == "KINDS_CHO" and "il tirocinio" in one.text
    ]
    assert kinds.glossary["mansionario"] not in operators.text


def test_only_participants_forms_are_read(catalogue: Catalogue) -> None:
    read = {
        f"{instrument.id} {form.code}"
        for instrument in catalogue.instruments.values()
        for form in forms_read(instrument)
    }
    assert read == {"aut P", "qil P", "vip P"}


def _asked(catalogue: Catalogue, instrument_id: str, context: Context) -> Iterator[Questionnaire]:
    instrument = catalogue.newest(instrument_id)
    for form in forms_read(instrument):
        for variant in form.variants:
            for occasion in form.occasions:
                yield Questionnaire(instrument, form.code, variant, occasion, context)


def _words(choice: Choice) -> str:
    return ", ".join(filter(None, (choice.number, choice.label)))
