"""Answers in words, as people read them: dates, numbers with their unit, lists, reasons."""

import pytest

from surveyapp.instruments.answers import Answer, ResponseFormat
from surveyapp.instruments.path import Questionnaire
from surveyapp.instruments.reader import read_instrument
from surveyapp.sheets.answers import as_written, in_words
from tests.web.kinds import FILE

OPERATOR = Questionnaire(read_instrument(FILE.read_bytes()), "O", "std", "T0")


def said(item: str, answer: Answer) -> tuple[str, ...]:
    return in_words(OPERATOR, OPERATOR.asked_by_id[f"KINDS_{item}"], answer)


@pytest.mark.parametrize(
    ("item", "answer", "words"),
    [
        ("CHO", Answer(value=2), ("No",)),
        ("CHO", Answer(reason="NS"), ("Non so",)),
        ("STE", Answer(value=5), ("5",)),
        ("MUL", Answer(text="1,10"), ("Contratto", "Dichiarazione")),
        ("MUL", Answer(value=3), ("Azienda o cooperativa",)),
        ("MUN", Answer(reason="NA"), ("Non riguarda la persona",)),
        ("NUM", Answer(text="22.5"), ("22,5 ore alla settimana",)),
        ("NUM", Answer(value=1), ("1 ora alla settimana",)),
        ("INT", Answer(value=1), ("1 persona",)),
        ("INT", Answer(value=0), ("0 persone",)),
        ("NEG", Answer(value=-3), ("-3",)),
        ("DAY", Answer(text="2026-02-01"), ("01/02/2026",)),
        ("DAY", Answer(text="febbraio 2026"), ("febbraio 2026",)),
        ("TXT", Answer(text="due\nrighe"), ("due\nrighe",)),
        ("TXT", Answer(reason="skipped"), ("Domanda saltata",)),
    ],
)
def test_an_answer_is_said_in_italian(item: str, answer: Answer, words: tuple[str, ...]) -> None:
    assert said(item, answer) == words


def test_what_is_written_has_no_unit() -> None:
    hours = ResponseFormat("H", "number", unit="ore")
    assert as_written(hours, Answer(text="22.5")) == "22,5"
    assert as_written(hours, Answer(value=22)) == "22"
    assert as_written(hours, Answer(reason="NS")) == ""
