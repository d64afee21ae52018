"""Numbers and words as the page shows them, in Italian."""

from collections.abc import Mapping
from datetime import date

NOTHING = "–"
MINUS = "−"
MONTHS = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
]

MISSING = {
    "NS": "Non so",
    "NA": "Non mi riguarda",
    "NO": "Non osservabile",
    "skipped": "Saltate",
    "blank": "Senza risposta",
}
MODES = {
    "self": "Da sola",
    "helped": "Con aiuto",
    "paper": "Su carta",
    "mixed": "In modi diversi",
    "blank": "Senza risposte",
}
LOSSES: Mapping[str, str] = {
    "lost_no_after": "manca il secondo questionario",
    "lost_no_before": "manca il primo questionario",
    "lost_variant_changed": "ha cambiato tra versione semplice e standard",
    "lost_version_changed": "strumento aggiornato tra le due rilevazioni",
    "lost_few_common": "troppo poche risposte in comune",
}
SENSITIVITY = {
    "not_legacy": "Senza i questionari raccolti prima della piattaforma",
    "equal_versions": "Solo coppie con versioni uguali dello strumento",
    "same_mode": "Solo chi ha compilato nello stesso modo le due volte",
    "on_time": "Solo questionari compilati nei tempi previsti",
    "unflagged": "Solo questionari senza segnali sul modo di rispondere",
}


def number(value: float | None, digits: int = 1) -> str:
    """A number with decimal comma and a true minus sign; a dash where there is none."""
    if value is None:
        return NOTHING
    text = f"{abs(value):.{digits}f}".replace(".", ",")
    negative = value < 0 and any(character in "123456789" for character in text)
    return MINUS + text if negative else text


def signed(value: float | None, digits: int = 1) -> str:
    """A change: with its sign, also when it is positive."""
    text = number(value, digits)
    positive = value is not None and value > 0 and any(character in "123456789" for character in text)
    return f"+{text}" if positive else text


def whole(value: float | None) -> str:
    """A count, with a thin blank at the thousands; a dash where there is none."""
    return NOTHING if value is None else f"{round(value):,}".replace(",", "\u202f")


def percent(share: float | None) -> str:
    """A share between 0 and 1 as a whole percentage."""
    return NOTHING if share is None else f"{number(100 * share, 0)}\u00a0%"


def interval(low: float | None, high: float | None, digits: int = 1) -> str:
    """The limits of an interval, in words."""
    if low is None or high is None:
        return NOTHING
    return f"da\u00a0{number(low, digits)}\u00a0a\u00a0{number(high, digits)}"


def day(moment: date) -> str:
    """A date in words."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def counted(amount: int, one: str, many: str) -> str:
    """An amount with its noun in singular or plural."""
    return f"{whole(amount)} {one if amount == 1 else many}"


def listed(words: list[str]) -> str:
    """Words in a row, the last after "e"."""
    return " e ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""
