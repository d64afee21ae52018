"""Gulpease as its authors wrote it, and every easy question short enough."""

import pytest

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.plain_language import EASY, gulpease, sentences, too_long

EASY_TO_READ = "easy"


def test_the_index_is_that_of_the_formula() -> None:
    # 6 words, 21 letters, 2 sentences: 89 + (600 - 210) / 6.
    assert gulpease(["Il cane dorme. La casa è."]) == pytest.approx(89 + (600 - 10 * 18) / 6)
    assert gulpease(["Il cane", "dorme."]) == pytest.approx(89 + (600 - 10 * 11) / 3)


def test_a_text_without_words_is_easy() -> None:
    assert gulpease(["", "…", "12.5 %"]) >= EASY
    assert gulpease([]) == 100


def test_an_apostrophe_parts_two_words() -> None:
    assert gulpease(["L'aula"]) == pytest.approx(89 + (300 - 50) / 2)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ciao. Come stai? Bene!", ["Ciao", "Come stai", "Bene"]),
        ("Vai su www.example.it adesso", ["Vai su www.example.it adesso"]),
        ("Sono 2.5 ore\nSubito", ["Sono 2.5 ore", "Subito"]),
        ("... ?", []),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, found: list[str]) -> None:
    assert sentences(text) == found


def test_a_long_sentence_is_told_whole() -> None:
    long = "una due tre quattro cinque sei sette otto nove dieci undici dodici tredici"
    assert too_long(f"Breve. {long}.") == [long]
    assert too_long(long.removesuffix(" tredici")) == []


def easy_questions(catalogue: Catalogue) -> dict[str, dict[str, str]]:
    """The words of each easy question by instrument and item, hint included."""
    found: dict[str, dict[str, str]] = {}
    for instrument in catalogue.instruments.values():
        for item in instrument.declared.values():
            for (_, variant), wording in item.wordings.items():
                if variant == EASY_TO_READ:
                    text = "\n".join(filter(None, (wording.text, wording.hint)))
                    found.setdefault(instrument.id, {})[item.id] = text
    return found


def test_every_easy_question_has_short_sentences(catalogue: Catalogue) -> None:
    questions = easy_questions(catalogue)
    assert len(questions) >= 3
    long = {
        item: sentence
        for texts in questions.values()
        for item, text in texts.items()
        for sentence in too_long(text)
    }
    assert long == {}


def test_every_easy_form_reads_easily(catalogue: Catalogue) -> None:
    """Over all its questions: on one sentence the index says little (B2)."""
    indices = {name: round(gulpease(texts.values()), 1) for name, texts in easy_questions(catalogue).items()}
    assert {name: index for name, index in indices.items() if index < EASY} == {}
