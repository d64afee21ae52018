"""The questions about help at the end, in easy words, and what was said in the words of the person."""

from collections.abc import Mapping
from dataclasses import dataclass

from surveyapp.collection import helping
from surveyapp.collection.response import Response
from surveyapp.sheets.answers import SKIPPED_WORDS

ALONE, HELPED = "no", "yes"


@dataclass(frozen=True)
class HelpQuestion:
    """One question about help: `options` are what is sent and its label; `several` may be ticked."""

    address: str
    text: str
    options: Mapping[str, str]
    several: bool = False
    hint: str = ""


QUESTIONS: Mapping[str, HelpQuestion] = {
    "helped": HelpQuestion(
        "aiutato",
        "Ti ha aiutato qualcuno?",
        {ALONE: "No, ho fatto da solo o da sola", HELPED: "Sì, mi ha aiutato qualcuno"},
        hint="Ad esempio a leggere, a capire o a scrivere.",
    ),
    "helper": HelpQuestion(
        "da-chi",
        "Chi ti ha aiutato?",
        {
            "operator": "Un operatore o un'operatrice",
            "tutor": "Il mio tutor o la mia tutor",
            "family": "Una persona della mia famiglia",
            "educator": "Un educatore o un'educatrice",
            "other": "Un'altra persona",
        },
    ),
    "kinds": HelpQuestion(
        "come",
        "Come ti ha aiutato?",
        {
            "read": "Ha letto le domande",
            "explained": "Ha spiegato le parole",
            "wrote": "Ha scritto le mie risposte",
        },
        several=True,
        hint="Puoi scegliere più risposte.",
    ),
}


def said(response: Response, question: str) -> tuple[str, ...]:
    """What the person said before, as the page sends it."""
    known = response.answering
    if question == "helped":
        return () if known.mode is None else (HELPED if known.mode == helping.HELPED else ALONE,)
    if question == "helper":
        return (known.helper,) if known.helper else ()
    return tuple(filter(None, known.help_kinds.split(",")))


def helped_words(response: Response) -> list[tuple[str, tuple[str, ...]]]:
    """Each question about help that was asked, with what was said; nothing for who is not asked."""
    if not helping.is_asked(response):
        return []
    asked = QUESTIONS if response.answering.mode == helping.HELPED else ("helped",)
    return [(QUESTIONS[name].text, _words(response, name)) for name in asked]


def _words(response: Response, question: str) -> tuple[str, ...]:
    chosen = said(response, question)
    words = (label for option, label in QUESTIONS[question].options.items() if option in chosen)
    return tuple(words) or (SKIPPED_WORDS,)
