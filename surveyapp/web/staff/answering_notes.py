"""How a response was answered, in neutral words: mode, help, practice, what to look at. Never the answers."""

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import escape
from sqlalchemy import Row

from surveyapp.collection.helping import HELPED
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.scoring.quality import SOMEONE_ELSE
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import italian, later

MODES: Mapping[str, str] = {
    "self": later("Da solo o da sola."),
    "read_aloud": later("Da solo o da sola, ascoltando le domande."),
    "assisted": later("Con l'aiuto di qualcuno."),
    "interview": later("Con un'intervista."),
    "paper": later("Su carta."),
}
HELPERS: Mapping[str, str] = {
    "operator": later("Ha aiutato un operatore o un'operatrice."),
    "tutor": later("Ha aiutato il tutor o la tutor."),
    "family": later("Ha aiutato una persona della famiglia."),
    "educator": later("Ha aiutato un educatore o un'educatrice."),
    "other": later("Ha aiutato un'altra persona."),
}
KINDS: Mapping[str, str] = {
    "read": later("Ha letto le domande."),
    "explained": later("Ha spiegato le parole."),
    "wrote": later("Ha scritto le risposte."),
}
# Questions may be about those who follow the person: then who helps is also who is spoken of.
SPOKEN_OF = ("operator", "tutor")
ALSO_SPOKEN_OF = later(
    "Se qualche domanda parla di chi ha aiutato, è bene tenerne conto leggendo le risposte."
)
PRACTICE: Mapping[str, str] = {
    "passed": later("Fatte."),
    "with_help": later("Fatte la seconda volta, con un aiuto."),
    "not_passed": later("Le domande di prova sono state difficili: conviene farlo insieme."),
    "skipped": later("Saltate."),
}
FLAGS: Mapping[str, str] = {
    SOMEONE_ELSE: later("È stato detto che ha risposto un'altra persona."),
    "acquiescence": later("Ha risposto quasi sempre di sì, anche a domande opposte fra loro."),
    "same_answer": later("Ha scelto quasi sempre la stessa risposta."),
    "last_option": later("Ha scelto quasi sempre l'ultima risposta della scala."),
    "too_quick": later("Ha risposto in fretta: di solito meno di 2 secondi a domanda."),
    "interrupted": later("Fra la prima e l'ultima risposta sono passati più di 7 giorni."),
}
NEUTRAL = later("Non vuol dire che le risposte siano sbagliate: restano tutte.")
STAYS_OPEN = later("Le risposte non sono state inviate: la scheda è della persona, anche con un aiuto.")
FORM_OF_THEIR_OWN = later("Chi segue la persona può dire il suo punto di vista nella scheda {}.")
NOT_SENT = later("Ha risposto un'altra persona")


def notes(catalogue: Catalogue, row: Row[Any]) -> list[tuple[str, list[str]]]:
    """What is known of how it was answered: a title and its sentences, in the order of the page.

    `row` has the columns of storage.scope.administration.
    """
    found = {
        _("Domande di prova"): [PRACTICE[row.practice]] if row.practice else [],
        _("Chi ha risposto"): list(_help(row)),
        _("Da seguire"): list(_left_open(catalogue, row)),
        _("Da tenere presente"): list(_flags(row)),
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
        yield escape(str(FORM_OF_THEIR_OWN)).format(italian(f"{own.code}, «{own.title}»"))


def _is_left_open(row: Row[Any]) -> bool:
    return row.state == "open" and row.mode is None and SOMEONE_ELSE in (row.flags or "").split(",")
