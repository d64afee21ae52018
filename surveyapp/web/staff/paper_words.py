"""The words of the pages on which a questionnaire is typed from paper."""

from collections.abc import Mapping

# How the person answered, as the first page of the printed form asks; `paper` where nothing is ticked.
MODES: Mapping[str, str] = {
    "self": "Da sola",
    "read_aloud": "Qualcuno le ha letto le domande",
    "assisted": "Qualcuno l'ha aiutata",
    "interview": "In un'intervista",
    "paper": "Sul foglio non è segnato",
}
HELPERS: Mapping[str, str] = {
    "operator": "Un operatore o un'operatrice",
    "tutor": "Il tutor",
    "family": "Un familiare",
    "educator": "Un educatore o un'educatrice",
    "other": "Un'altra persona",
}
NO_HELPER = "Sul foglio non è scritto"
HELP_KINDS: Mapping[str, str] = {
    "read": "Ha letto le domande",
    "explained": "Ha spiegato le domande",
    "wrote": "Ha scritto le risposte",
}


def helpers() -> Mapping[str, str]:
    """Who may have helped, and that nobody wrote it."""
    return {"": NO_HELPER, **HELPERS}


# What is ticked on the sheet under the information.
ACCEPTED, REFUSED, NOTHING = "accepted", "refused", "nothing"
NOT_TICKED = "Nessuna croce"


def twice(differences: int) -> str:
    """What came out of a second entry."""
    found = "nessuna differenza" if differences == 0 else f"{differences} differenze corrette"
    return f"Inserito due volte, {'1 differenza corretta' if differences == 1 else found}"


ENTRIES: Mapping[int, str] = {1: "primo inserimento", 2: "secondo inserimento"}

BLANK_WORDS = "In bianco"
UNCLEAR_WORDS = "Illeggibile, o con due croci"
ON_THE_SITE = "In bianco sul foglio: vale la risposta data sul sito"

ERRORS: Mapping[str, str] = {
    "no_day": "Scrivi la data che sta sul foglio, così: 31/12/2026.",
    "future": "La data è nel futuro: controllala sul foglio.",
    "no_variant": "Indica quale versione è stampata in fondo al foglio.",
    "variant_kept": "Le risposte già inserite sono nell'altra versione: la versione non si può più cambiare.",
    "no_mode": "Indica come ha risposto la persona; se non è segnato, scegli l'ultima voce.",
    "alone_with_help": "C'è «da sola» e c'è anche chi ha aiutato: lascia una cosa sola.",
    "no_decision": "Indica quale casella del consenso è segnata.",
    "not_agreed": (
        "Senza la croce sul sì le risposte non si possono inserire."
        " Chiedi a chi ha risposto se vuole partecipare."
    ),
}
