"""Words of the pages of focus groups: audiences, kinds of excerpts, what is wrong with a field."""

from collections.abc import Iterable, Mapping

from flask import flash

from surveyapp.focus_groups.names import looks_like_names
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later

AUDIENCES: Mapping[str, str] = {
    "CM": later("Collocamenti Mirati"),
    "COOP": later("Cooperative sociali"),
    "JOINT": later("Congiunto"),
    "READERS": later("Lettori con disabilità"),
}
# In the order of the digits that choose them.
KINDS: Mapping[str, str] = {
    "new_criterion": later("Criterio nuovo"),
    "confirmation": later("Conferma"),
    "wording": later("Formulazione"),
    "risk": later("Rischio"),
    "context": later("Contesto"),
    "good_practice": later("Buona prassi"),
}
# What keeps a meeting from being deleted.
HELD_BY: Mapping[str, str] = {
    "decisions": later("decisioni"),
    "excerpts": later("note"),
    "votes": later("voti"),
    "rounds": later("giri di giudizi"),
    "reader_tests": later("prove dei lettori"),
    "criteria": later("criteri nuovi"),
}
ERRORS: Mapping[str, str] = {
    "no_code": later("Scrivi un codice, per esempio FG2 o P1."),
    "bad_code": later("Il codice può avere fino a 20 lettere e cifre, senza spazi."),
    "same_code": later("Questo codice c'è già: scrivine un altro."),
    "no_audience": later("Scegli chi è invitato."),
    "no_title": later("Scrivi un titolo."),
    "no_role": later("Scrivi il ruolo."),
    "too_long": later("Questo testo è troppo lungo: accorcialo."),
    "long_guide": later("La traccia è troppo lunga: al massimo 20000 caratteri."),
    "no_day": later("Scrivi il giorno previsto."),
    "bad_day": later("Scrivi il giorno così: 31/12/2026."),
    "future": later("Il giorno in cui si è tenuto non può essere nel futuro."),
    "bad_minutes": later("Scrivi la durata in minuti, da 1 a 600."),
}


def messages(problems: Mapping[str, str]) -> dict[str, str]:
    """The sentence of each problem, by field."""
    return {field: str(ERRORS[name]) for field, name in problems.items()}


def warn_of_names(texts: Iterable[str]) -> None:
    """Say what looks like a name on the next page; what was written is kept all the same."""
    if found := looks_like_names("\n".join(texts)):
        flash(
            _(
                "Controlla: %(words)s sembra dire chi è una persona. Scrivi il codice o il ruolo.",
                words=", ".join(found),
            )
        )
