"""An answer written in a cell is one that its format offers, or is refused in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.instruments.answers import Answer, Option, ResponseFormat
from surveyapp.study.answer_cells import read_answer
from surveyapp.study.cells import CellError

OPTIONS = (Option(-1, "meno"), Option(0, "uguale"), Option(1, "più"))
CHOICE = ResponseFormat("G3", "choice", OPTIONS, no_value=("NA", "NS"))
STEPS = ResponseFormat("N10", "steps", tuple(Option(code, str(code)) for code in range(1, 11)))
MULTI = ResponseFormat(
    "M", "multi", tuple(Option(code, str(code)) for code in (1, 2, 3, 10)), no_value=("NS",)
)
WHOLE = ResponseFormat("W", "number", least=1, most=48)
DECIMAL = ResponseFormat("D", "number", least=0, most=48, decimals=1)
DAY = ResponseFormat("DAY", "date")
TEXT = ResponseFormat("TXT", "text", max_length=20)


@pytest.mark.parametrize(
    ("written", "asked", "answer"),
    [
        ("-1", CHOICE, Answer(value=-1)),
        ("+1", CHOICE, Answer(value=1)),
        ("na", CHOICE, Answer(reason="NA")),
        ("N.A.", CHOICE, Answer(reason="NA")),
        ("NS", CHOICE, Answer(reason="NS")),
        ("10", STEPS, Answer(value=10)),
        ("3+1", MULTI, Answer(text="1,3")),
        ("10 + 2 + 2", MULTI, Answer(text="2,10")),
        ("2", MULTI, Answer(text="2")),
        ("NS", MULTI, Answer(reason="NS")),
        ("20", WHOLE, Answer(value=20)),
        ("20,0", WHOLE, Answer(value=20)),
        ("22,5", DECIMAL, Answer(text="22.5")),
        ("22.50", DECIMAL, Answer(text="22.5")),
        ("20", DECIMAL, Answer(value=20)),
        ("31/12/2026", DAY, Answer(text="2026-12-31")),
        ("2026-12-31", DAY, Answer(text="2026-12-31")),
        ("NS", TEXT, Answer(text="NS")),
        ("un lavoro", TEXT, Answer(text="un lavoro")),
    ],
)
def test_a_cell_means_what_is_stored(written: str, asked: ResponseFormat, answer: Answer) -> None:
    assert read_answer(written, asked) == answer


@pytest.mark.parametrize(
    ("written", "asked", "words"),
    [
        ("2", CHOICE, "«2» non è fra le risposte possibili (-1, 0, 1, NA, NS)"),
        ("NO", CHOICE, "«NO» non è fra le risposte possibili"),
        ("più", CHOICE, "«più» non è fra le risposte possibili"),
        ("NS", STEPS, "«NS» non è fra le risposte possibili"),
        ("1+4", MULTI, "«1+4» non è fra le risposte possibili (separati da +: 1, 2, 3, 10, NS)"),
        ("1,3", MULTI, "separati da +"),
        ("49", WHOLE, "serve un numero da 1 a 48"),
        ("tanti", WHOLE, "serve un numero da 1 a 48"),
        ("22,5", WHOLE, "serve un numero intero"),
        ("22,55", DECIMAL, "con 1 cifre decimali"),
        ("31/06/2026", DAY, "non esiste nel calendario"),
        ("x" * 21, TEXT, "21 caratteri: il testo arriva fino a 20"),
    ],
)
def test_a_cell_that_is_not_offered_is_refused(written: str, asked: ResponseFormat, words: str) -> None:
    with pytest.raises(CellError) as refused:
        read_answer(written, asked)
    assert words in str(refused.value)


@given(st.text(min_size=1, max_size=15), st.sampled_from([CHOICE, STEPS, MULTI, WHOLE, DECIMAL, DAY, TEXT]))
def test_any_text_is_an_answer_or_refused(written: str, asked: ResponseFormat) -> None:
    try:
        answer = read_answer(written, asked)
    except CellError:
        return
    assert [answer.value is None, answer.text is None, answer.reason is None].count(False) == 1
