"""When an occasion is due, as an Italian sentence."""

from surveyapp.instruments.model import Instrument, Occasion, Window
from surveyapp.sheets.labels import ANCHORS


def window_words(window: Window) -> str:
    """When an occasion is due: "Rispetto all'inizio del percorso: dal giorno stesso a 30 giorni dopo ..."."""
    first, last, late = (_day(days) for days in (window.from_days, window.to_days, window.late_days))
    told = f"Rispetto al{ANCHORS[window.anchor]}: {_da(first)} {_a(last)}"
    if window.late_days > window.to_days:
        told += f"; in ritardo fino {_a(late)}"
    again = f" Poi ogni {window.every_days} giorni, finché dura l'inserimento." if window.every_days else ""
    return f"{told}.{again}"


def occasion_words(occasion: Occasion, instrument: Instrument) -> str:
    """The window of an occasion and, for a retest, what it repeats."""
    repeated = instrument.occasions.get(occasion.repeats or "")
    again = f" Chiede di nuovo le domande di «{repeated.title}»." if repeated else ""
    return window_words(occasion.window) + again


def _day(days: int) -> str:
    noun = "giorno" if abs(days) == 1 else "giorni"
    return "giorno stesso" if days == 0 else f"{abs(days)} {noun} {'dopo' if days > 0 else 'prima'}"


def _da(day: str) -> str:
    return f"dal {day}" if day == "giorno stesso" else f"da {day}"


def _a(day: str) -> str:
    return f"al {day}" if day == "giorno stesso" else f"a {day}"
