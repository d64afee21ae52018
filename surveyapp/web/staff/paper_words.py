"""The words of the pages on which a questionnaire is typed from paper."""

from collections.abc import Mapping

from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later, ngettext

# How the person answered, as the first page of the printed form asks; `paper` where nothing is ticked.
MODES: Mapping[str, str] = {
    "self": later("Da sola"),
    "read_aloud": later("Qualcuno le ha letto le domande"),
    "assisted": later("Qualcuno l'ha aiutata"),
    "interview": later("In un'intervista"),
    "paper": later("Sul foglio non è segnato"),
}
HELPERS: Mapping[str, str] = {
    "operator": later("Un operatore o un'operatrice"),
    "tutor": later("Il tutor"),
    "family": later("Un familiare"),
    "educator": later("Un educatore o un'educatrice"),
    "other": later("Un'altra persona"),
}
NO_HELPER = later("Sul foglio non è scritto")
HELP_KINDS: Mapping[str, str] = {
    "read": later("Ha letto le domande"),
    "explained": later("Ha spiegato le domande"),
    "wrote": later("Ha scritto le risposte"),
}


def helpers() -> Mapping[str, str]:
    """Who may have helped, and that nobody wrote it."""
    return {"": NO_HELPER, **HELPERS}


# What is ticked on the sheet under the information.
ACCEPTED, REFUSED, NOTHING = "accepted", "refused", "nothing"
NOT_TICKED = later("Nessuna croce")


def twice(differences: int) -> str:
    """What came out of a second entry."""
    if differences == 0:
        return _("Inserito due volte, nessuna differenza")
    return ngettext(
        "Inserito due volte, %(num)s differenza corretta",
        "Inserito due volte, %(num)s differenze corrette",
        differences,
    )


ENTRIES: Mapping[int, str] = {1: later("primo inserimento"), 2: later("secondo inserimento")}

BLANK_WORDS = later("In bianco")
UNCLEAR_WORDS = later("Illeggibile, o con due croci")
ON_THE_SITE = later("In bianco sul foglio: vale la risposta data sul sito")

ERRORS: Mapping[str, str] = {
    "no_day": later("Scrivi la data che sta sul foglio, così: 31/12/2026."),
    "future": later("La data è nel futuro: controllala sul foglio."),
    "no_variant": later("Indica quale versione è stampata in fondo al foglio."),
    "variant_kept": later(
        "Le risposte già inserite sono nell'altra versione: la versione non si può più cambiare."
    ),
    "no_mode": later("Indica come ha risposto la persona; se non è segnato, scegli l'ultima voce."),
    "alone_with_help": later("C'è «da sola» e c'è anche chi ha aiutato: lascia una cosa sola."),
    "no_decision": later("Indica quale casella del consenso è segnata."),
    "not_agreed": later(
        "Senza la croce sul sì le risposte non si possono inserire."
        " Chiedi a chi ha risposto se vuole partecipare."
    ),
}
