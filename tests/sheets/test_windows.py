"""Windows in words."""

import pytest

from surveyapp.instruments.model import Instrument, Window
from surveyapp.sheets.windows import occasion_words, window_words
from tests.sheets.instruments import EVERY

WORDS = [
    (
        Window("path_start", 0, 30, 60),
        "Rispetto all'inizio del percorso: dal giorno stesso a 30 giorni dopo;"
        " in ritardo fino a 60 giorni dopo.",
    ),
    (
        Window("placement_end", -30, 0, 28),
        "Rispetto alla fine dell'inserimento: da 30 giorni prima al giorno stesso;"
        " in ritardo fino a 28 giorni dopo.",
    ),
    (
        Window("agreement_end", -1, 1, 1),
        "Rispetto alla scadenza della convenzione: da 1 giorno prima a 1 giorno dopo.",
    ),
    (
        Window("placement_start", 30, 91, 91, 182),
        "Rispetto all'inizio dell'inserimento: da 30 giorni dopo a 91 giorni dopo."
        " Poi ogni 182 giorni, finché dura l'inserimento.",
    ),
]


@pytest.mark.parametrize(("window", "words"), WORDS)
def test_a_window_is_a_sentence(window: Window, words: str) -> None:
    assert window_words(window) == words


def test_a_retest_says_what_it_repeats() -> None:
    assert occasion_words(EVERY.occasions["AGAIN"], EVERY).endswith(" Chiede di nuovo le domande di «Fine».")


def test_every_occasion_has_words(instrument: Instrument) -> None:
    assert all(occasion_words(occasion, instrument) for occasion in instrument.occasions.values())
