"""How accessible these pages are, as it was found: what /accessibilita says comes from here.

Whoever checks the pages changes STATE in the same commit: a test compares it with the checks of the suite.
"""

from dataclasses import dataclass
from datetime import date


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
        return "conforme" if whole else "parzialmente conforme"


STATE = State(
    standard="WCAG 2.1, livello AA (norma UNI CEI EN 301549)",
    written_on=date(2026, 11, 26),
    machine_on=date(2026, 11, 26),
    machine=(
        "Le regole di axe-core per le WCAG 2.2, livello AA, su ogni tipo di pagina: nessun errore.",
        "Il controllo del W3C sul codice delle pagine: nessun errore.",
        "Tutto il questionario con la sola tastiera e senza JavaScript.",
        "Schermo stretto (320 punti), con le lettere più grandi e spazi larghi: niente esce dallo schermo.",
        "Ogni combinazione di colori di «Come vuoi leggere?»: il contrasto basta.",
        "Pulsanti e risposte: almeno 44 punti per 44.",
    ),
    tried_by_people=None,
    gaps=(
        Gap(
            "Le pagine non sono ancora state provate da persone con disabilità.",
            "Le prove si fanno prima dell'uso con persone vere.",
        ),
        Gap(
            "Le pagine non sono ancora state provate con i lettori di schermo più usati.",
            "Chi ha difficoltà può rispondere con l'aiuto di una persona, o su carta.",
        ),
        Gap(
            "I moduli in PDF non sono stati provati con un lettore di schermo.",
            "Gli stessi moduli ci sono anche come pagine da leggere nel browser.",
        ),
    ),
)
