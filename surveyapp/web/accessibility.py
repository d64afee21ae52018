"""How accessible these pages are, as it was found: what /accessibilita says comes from here.

Whoever checks the pages changes STATE in the same commit: a test compares it with the checks of the suite.
"""

from dataclasses import dataclass
from datetime import date

from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later


@dataclass(frozen=True)
class Gap:
    """Something that is not accessible, or that nobody has tried. `rule` is the machine's, if it found it."""

    what: str
    instead: str
    rule: str = ""


@dataclass(frozen=True)
class State:
    """What was checked, by whom and when. `tried_by_people` is empty until people with disabilities have."""

    standard: str
    written_on: date
    machine_on: date
    machine: tuple[str, ...]
    tried_by_people: date | None
    gaps: tuple[Gap, ...]

    @property
    def conformity(self) -> str:
        """The word of the law for it; a machine alone never says `conforme`."""
        whole = self.tried_by_people is not None and not self.gaps
        return _("conforme") if whole else _("parzialmente conforme")


STATE = State(
    standard=later("WCAG 2.1, livello AA (norma UNI CEI EN 301549)"),
    written_on=date(2026, 11, 26),
    machine_on=date(2026, 11, 26),
    machine=(
        later("Le regole di axe-core per le WCAG 2.2, livello AA, su ogni tipo di pagina: nessun errore."),
        later("Il controllo del W3C sul codice delle pagine: nessun errore."),
        later("Tutto il questionario con la sola tastiera e senza JavaScript."),
        later(
            "Schermo stretto (320 punti), con le lettere più grandi e spazi larghi:"
            " niente esce dallo schermo."
        ),
        later("Ogni combinazione di colori di «Come vuoi leggere?»: il contrasto basta."),
        later("Pulsanti e risposte: almeno 44 punti per 44."),
    ),
    tried_by_people=None,
    gaps=(
        Gap(
            later("Le pagine non sono ancora state provate da persone con disabilità."),
            later("Le prove si fanno prima dell'uso con persone vere."),
        ),
        Gap(
            later("Le pagine non sono ancora state provate con i lettori di schermo più usati."),
            later("Chi ha difficoltà può rispondere con l'aiuto di una persona, o su carta."),
        ),
        Gap(
            later("I moduli in PDF non sono stati provati con un lettore di schermo."),
            later("Gli stessi moduli ci sono anche come pagine da leggere nel browser."),
        ),
    ),
)
