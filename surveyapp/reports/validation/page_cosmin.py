"""The table of measurement properties (COSMIN): what is shown, not shown, not assessable yet, and why."""

from collections.abc import Callable
from dataclasses import dataclass

from surveyapp.reports.italian import counted, number, whole
from surveyapp.reports.numbers import EVERYWHERE, Figure, Numbers, Place
from surveyapp.reports.tables import CEILING, Block, Line, Names, Part, Section, Table
from surveyapp.reports.validation.readiness import PLANNED, SUFFICIENT

INTRODUCTION = (
    "COSMIN è l'elenco internazionale delle proprietà che uno strumento di misura deve mostrare (Mokkink "
    "2010, Prinsen 2018). Per ciascuna: che cosa si sa oggi da questi dati, e che cosa manca. «Mostrato» "
    "vuol dire che il numero c'è ed è in questo rapporto, non che sia buono.",
)
SHOWN, NOT_SHOWN, NOT_YET, NOT_HERE = "mostrato", "non mostrato", "non ancora valutabile", "non si applica"

FORMATIVE = "è un elenco di fatti: le voci non misurano la stessa cosa, e l'alfa non si calcola"


@dataclass(frozen=True)
class Verdict:
    """Where one property stands, in words."""

    state: str
    why: str


Judge = Callable[[Numbers, bool], Verdict]


def cosmin_section(numbers: Numbers, names: Names, *, reflective: bool) -> Section:
    """The table; `reflective` says whether the instrument has scales whose items go together."""
    lines = []
    for title, judge in PROPERTIES.items():
        verdict = judge(numbers, reflective)
        lines.append(Line(title, (verdict.state, verdict.why)))
    table = Table(
        id="tabella-cosmin",
        caption=f"Proprietà di misura (strumento {names.answered})",
        columns=("Proprietà", "Oggi", "Che cosa si sa, e che cosa manca"),
        blocks=(Block("", tuple(lines)),),
        words=(1, 2),
    )
    return Section("cosmin", "Proprietà di misura (COSMIN)", INTRODUCTION, (Part("", "", tables=(table,)),))


def _estimated(numbers: Numbers, statistic: str) -> list[tuple[Place, Figure]]:
    """The estimates of a statistic over all territories that have a value."""
    places = [
        place for place in numbers.places(statistic) if place.territory == EVERYWHERE and not place.item
    ]
    found = [(place, numbers.figures(place)[statistic]) for place in places]
    return [(place, figure) for place, figure in found if figure.value is not None]


def _internal(numbers: Numbers, reflective: bool) -> Verdict:
    if not reflective:
        return Verdict(NOT_HERE, FORMATIVE)
    alphas = [figure for place, figure in _estimated(numbers, "alpha") if not place.subset]
    if not alphas:
        return Verdict(NOT_YET, "nessuna scala ha ancora 10 persone che hanno risposto a tutto")
    sure = sum(figure.low is not None and figure.low >= SUFFICIENT for figure in alphas)
    return Verdict(
        SHOWN,
        f"alfa con intervallo per {whole(len(alphas))} combinazioni di scala, scheda, versione e "
        f"rilevazione; in {whole(sure)} tutto l'intervallo sta sopra {number(SUFFICIENT, 2)}. COSMIN la "
        "chiede dopo la struttura, che non è ancora mostrata",
    )


def _retest(numbers: Numbers, _reflective: bool) -> Verdict:
    found = _estimated(numbers, "icc_retest")
    if not found:
        return Verdict(NOT_YET, "servono almeno 10 persone con due compilazioni a 7–14 giorni")
    return Verdict(SHOWN, f"ICC(A,1) per {_scales(found)}, con intervallo")


def _raters(numbers: Numbers, _reflective: bool) -> Verdict:
    found = _estimated(numbers, "icc_raters")
    if not found:
        return Verdict(NOT_YET, "servono almeno 10 persone viste da due osservatori (schede di osservazione)")
    return Verdict(SHOWN, f"ICC(1,1) per {_scales(found)}, con intervallo")


def _error(numbers: Numbers, _reflective: bool) -> Verdict:
    found = _estimated(numbers, "sdc")
    if not found:
        return Verdict(NOT_YET, "segue dall'attendibilità: non c'è ancora")
    return Verdict(
        SHOWN,
        f"errore di misura e cambiamento minimo per {_scales(found)}; quale cambiamento conti per le "
        "persone (MIC) non è ancora stabilito, quindi non si può dire se l'errore è abbastanza piccolo",
    )


def _ends(numbers: Numbers, _reflective: bool) -> Verdict:
    found = [*_estimated(numbers, "share_floor"), *_estimated(numbers, "share_ceiling")]
    if not found:
        return Verdict(NOT_YET, "nessuna scala ha ancora il punteggio di 10 persone")
    crowded = sum((figure.value or 0) > CEILING for _, figure in found)
    return Verdict(
        SHOWN, f"pavimento e soffitto in ogni tabella dei punteggi; oltre il 15 % {_times(crowded)}"
    )


def _scales(found: list[tuple[Place, Figure]]) -> str:
    return counted(len(found), "combinazione di scala e scheda", "combinazioni di scala e scheda")


def _times(amount: int) -> str:
    return f"in {counted(amount, 'tabella', 'tabelle')}" if amount else "mai"


def _always(state: str, why: str) -> Judge:
    return lambda _numbers, _reflective: Verdict(state, why)


PROPERTIES: dict[str, Judge] = {
    "Validità di contenuto": _always(
        NOT_SHOWN,
        "viene dai focus group, dai giudizi degli esperti e dalle prove con i lettori, non da questi dati: "
        "il registro delle revisioni dirà che cosa è stato chiesto, a chi e con quale esito",
    ),
    "Validità strutturale": _always(
        NOT_YET,
        f"un'analisi fattoriale confermativa chiede più persone di quelle di oggi: con {PLANNED} si può "
        "provare su una scala corta, con 30 no",
    ),
    "Coerenza interna": _internal,
    "Invarianza fra territori, versioni e gruppi": _always(
        NOT_YET,
        "con 60 persone per gruppo il calcolo riesce in poco più di metà delle volte: i territori si "
        "mettono fianco a fianco senza dire che la scala misuri la stessa cosa in tutti",
    ),
    "Stabilità (retest)": _retest,
    "Accordo fra osservatori": _raters,
    "Errore di misura": _error,
    "Validità di criterio": _always(NOT_HERE, "non c'è un criterio riconosciuto con cui confrontare"),
    "Ipotesi sul costrutto": _always(
        NOT_YET, "le ipotesi si scrivono prima di guardare i dati: non ce ne sono ancora di registrate"
    ),
    "Sensibilità al cambiamento": _always(
        NOT_YET,
        "il cambiamento osservato c'è; per dire che lo strumento lo coglie serve un confronto con un "
        "cambiamento conosciuto per altra via",
    ),
    "Interpretabilità": _ends,
}
