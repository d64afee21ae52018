"""How a response was answered, in neutral words: mode, help, practice, what to look at. Never the answers."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Row

from surveyapp.collection.helping import HELPED
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.scoring.quality import SOMEONE_ELSE

MODES: Mapping[str, str] = {
    "self": "Da solo o da sola.",
    "read_aloud": "Da solo o da sola, ascoltando le domande.",
    "assisted": "Con l'aiuto di qualcuno.",
    "interview": "Con un'intervista.",
    "paper": "Su carta.",
}
HELPERS: Mapping[str, str] = {
    "operator": "Ha aiutato un operatore o un'operatrice.",
    "tutor": "Ha aiutato il tutor o la tutor.",
    "family": "Ha aiutato una persona della famiglia.",
    "educator": "Ha aiutato un educatore o un'educatrice.",
    "other": "Ha aiutato un'altra persona.",
}
KINDS: Mapping[str, str] = {
    "read": "Ha letto le domande.",
    "explained": "Ha spiegato le parole.",
    "wrote": "Ha scritto le risposte.",
}
# Questions may be about those who follow the person: then who helps is also who is spoken of.
SPOKEN_OF = ("operator", "tutor")
ALSO_SPOKEN_OF = "Se qualche domanda parla di chi ha aiutato, è bene tenerne conto leggendo le risposte."
PRACTICE: Mapping[str, str] = {
    "passed": "Fatte.",
    "with_help": "Fatte la seconda volta, con un aiuto.",
    "not_passed": "Le domande di prova sono state difficili: conviene farlo insieme.",
    "skipped": "Saltate.",
}
FLAGS: Mapping[str, str] = {
    SOMEONE_ELSE: "È stato detto che ha risposto un'altra persona.",
    "acquiescence": "Ha risposto quasi sempre di sì, anche a domande opposte fra loro.",
    "same_answer": "Ha scelto quasi sempre la stessa risposta.",
    "last_option": "Ha scelto quasi sempre l'ultima risposta della scala.",
    "too_quick": "Ha risposto in fretta: di solito meno di 2 secondi a domanda.",
    "interrupted": "Fra la prima e l'ultima risposta sono passati più di 7 giorni.",
}
NEUTRAL = "Non vuol dire che le risposte siano sbagliate: restano tutte."
STAYS_OPEN = "Le risposte non sono state inviate: la scheda è della persona, anche con un aiuto."
FORM_OF_THEIR_OWN = "Chi segue la persona può dire il suo punto di vista nella scheda {}."
NOT_SENT = "Ha risposto un'altra persona"


def notes(catalogue: Catalogue, row: Row[Any]) -> list[tuple[str, list[str]]]:
    """What is known of how it was answered: a title and its sentences, in the order of the page.

    `row` has the columns of storage.scope.administration.
    """
    found = {
        "Domande di prova": [PRACTICE[row.practice]] if row.practice else [],
        "Chi ha risposto": list(_help(row)),
        "Da seguire": list(_left_open(catalogue, row)),
        "Da tenere presente": list(_flags(row)),
    }
    return [(title, sentences) for title, sentences in found.items() if sentences]


def to_follow(row: Row[Any]) -> str:
    """A few words for a list, where somebody should look at this one; empty elsewhere."""
    return NOT_SENT if _is_left_open(row) else ""


def _help(row: Row[Any]) -> Iterator[str]:
    if row.mode:
        yield MODES[row.mode]
    if row.mode != HELPED:
        return
    if row.helper:
        yield HELPERS[row.helper]
    yield from (KINDS[kind] for kind in row.help_kinds.split(",") if kind in KINDS)
    if row.helper in SPOKEN_OF:
        yield ALSO_SPOKEN_OF


def _flags(row: Row[Any]) -> Iterator[str]:
    found = [FLAGS[flag] for flag in (row.flags or "").split(",") if flag in FLAGS]
    yield from found
    if found and not _is_left_open(row):
        yield NEUTRAL


def _left_open(catalogue: Catalogue, row: Row[Any]) -> Iterator[str]:
    if not _is_left_open(row):
        return
    yield STAYS_OPEN
    forms = catalogue.newest(row.instrument).forms.values()
    own = next((form for form in forms if form.respondent == "operator"), None)
    if own:
        yield FORM_OF_THEIR_OWN.format(f"{own.code}, «{own.title}»")


def _is_left_open(row: Row[Any]) -> bool:
    return row.state == "open" and row.mode is None and SOMEONE_ELSE in (row.flags or "").split(",")
