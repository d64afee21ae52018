"""Where alpha is refused: lists and facts, whose items need not go together."""

from surveyapp.instruments.model import Instrument
from surveyapp.reports.levels import REFLECTIVE

# Sections of facts inside instruments that have scales too, by instrument: an inventory, a sheet of facts.
FACTS = {
    "acc": "l'inventario degli adattamenti",
    "qil": "i dati della convenzione (modulo art. 14)",
}
LIST = (
    "«{title}» è un elenco formativo, non una scala: ogni voce conta per sé e le voci non devono andare "
    "insieme. Per questo non c'è un totale e l'alfa di Cronbach non si calcola: un valore basso non "
    "direbbe niente di male."
)
PART = (
    "Per {what} l'alfa di Cronbach non si calcola: sono fatti, uno diverso dall'altro, e non devono "
    "andare insieme."
)


def alpha_refused_sentence(instrument: Instrument) -> str:
    """Why there is no alpha for an instrument, or for a part of it; empty where every item stands in a scale
    whose items must go together (blueprint 3.4)."""
    if not any(scale.kind == REFLECTIVE for scale in instrument.scales):
        return LIST.format(title=instrument.title)
    what = FACTS.get(instrument.id)
    return PART.format(what=what) if what else ""
