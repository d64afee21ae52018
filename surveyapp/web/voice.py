"""How the answering pages speak: "tu" to participants, without naming anybody to offices and companies."""

from collections.abc import Mapping

from surveyapp.collection.response import PARTICIPANT
from surveyapp.web.voice_troubles import ERRORS, OFFLINE
from surveyapp.web.voice_words import AFTER, BEFORE, QUESTIONS, WITHDRAWAL

# The sheet that is printed and handed over: Italian, whoever prints it.
_LETTER: Mapping[str, tuple[str, str]] = {
    "letter": ("Il tuo questionario", "Il questionario da compilare"),
    "letter_about": (
        "Vogliamo sapere che cosa pensi tu.\nRispondi solo se vuoi. Non ci sono risposte giuste o sbagliate.",
        "Con questo foglio si apre il questionario. Si può rispondere in più volte.",
    ),
    "letter_telephone": ("Con il telefono", "Con il telefono"),
    "letter_camera": (
        "Apri la fotocamera. Inquadra il quadrato. Premi il link che vedi.",
        "Inquadrare il quadrato con la fotocamera e aprire il link che compare.",
    ),
    "letter_computer": ("Con il computer", "Con il computer"),
    "letter_address": ("Vai a questo indirizzo:", "L'indirizzo è:"),
    "letter_code": ("Poi scrivi questo codice:", "Il codice da scrivere è:"),
    "letter_until": ("Il codice vale fino al {}.", "Il codice vale fino al {}."),
    "letter_help": ("Hai bisogno di aiuto?", "Per qualsiasi domanda"),
    "letter_call": ("Chiama o scrivi qui: {}.", "Si può chiamare o scrivere qui: {}."),
    "letter_own": (
        "Questo foglio è solo tuo. Non darlo ad altri.",
        "Il foglio è personale: chi lo ha può rispondere.",
    ),
}

PAIRS: Mapping[str, tuple[str, str]] = {
    **BEFORE,
    **QUESTIONS,
    **AFTER,
    **WITHDRAWAL,
    **_LETTER,
    **ERRORS,
    **OFFLINE,
}
_TO_PARTICIPANTS = {name: pair[0] for name, pair in PAIRS.items()}
_NEUTRAL = {name: pair[1] for name, pair in PAIRS.items()}


def voice(respondent: str) -> Mapping[str, str]:
    """The sentences of the answering pages, as this kind of respondent reads them."""
    return _TO_PARTICIPANTS if respondent == PARTICIPANT else _NEUTRAL
