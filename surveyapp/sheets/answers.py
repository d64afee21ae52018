"""Stored answers as they are written and read in Italian: 31/12/2026, «22,5 ore alla settimana», labels."""

from collections.abc import Callable, Mapping
from datetime import date

from surveyapp.instruments.answers import SKIPPED, Answer, ResponseFormat
from surveyapp.instruments.model import Item
from surveyapp.instruments.path import Questionnaire
from surveyapp.instruments.rules import codes_of

SKIPPED_WORDS = "Domanda saltata"
# Units are in the plural; beside a single one the first word is this.
_ONE: Mapping[str, str] = {
    "giorni": "giorno",
    "mesi": "mese",
    "ore": "ora",
    "persone": "persona",
    "tentativi": "tentativo",
    "verifiche": "verifica",
    "volte": "volta",
}


def in_words(questionnaire: Questionnaire, item: Item, answer: Answer) -> tuple[str, ...]:
    """An answer to an item as people read it, one entry for each option of a list."""
    declared = questionnaire.wording(item).format
    if answer.reason == SKIPPED:
        return (SKIPPED_WORDS,)
    if answer.reason:
        return (questionnaire.no_value_label(item, answer.reason),)
    return _IN_WORDS[declared.kind](declared, answer)


def as_written(declared: ResponseFormat, answer: Answer) -> str:
    """A number, date or text as a person writes it; nothing for a reason."""
    if answer.value is not None:
        return str(answer.value)
    return _WRITTEN[declared.kind](answer.text or "")


def _labels(declared: ResponseFormat, answer: Answer) -> tuple[str, ...]:
    chosen = codes_of(answer)
    return tuple(option.label for option in declared.options if option.code in chosen)


def _step(_declared: ResponseFormat, answer: Answer) -> tuple[str, ...]:
    return (str(answer.value),)


def _number(declared: ResponseFormat, answer: Answer) -> tuple[str, ...]:
    unit = declared.unit or ""
    if answer.value == 1:
        first, _, rest = unit.partition(" ")
        unit = f"{_ONE.get(first, first)} {rest}"
    return (f"{as_written(declared, answer)} {unit}".strip(),)


def _as_written(declared: ResponseFormat, answer: Answer) -> tuple[str, ...]:
    return (as_written(declared, answer),)


def _day(iso: str) -> str:
    try:
        return f"{date.fromisoformat(iso):%d/%m/%Y}"
    except ValueError:  # gathered elsewhere and kept as it came
        return iso


_WRITTEN: Mapping[str, Callable[[str], str]] = {
    "number": lambda text: text.replace(".", ","),
    "date": _day,
    "text": str,
}
_IN_WORDS: Mapping[str, Callable[[ResponseFormat, Answer], tuple[str, ...]]] = {
    "choice": _labels,
    "steps": _step,
    "multi": _labels,
    "number": _number,
    "date": _as_written,
    "text": _as_written,
}
