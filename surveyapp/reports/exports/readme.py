"""What has to be known about an export, in Italian: which file is for what, missing codes, what is hidden."""

from collections.abc import Iterable, Sequence

from surveyapp.reports.exports.missing import ALL
from surveyapp.reports.exports.release import FEWEST, LEAST_DAYS, MOST_DAYS, Release
from surveyapp.reports.exports.valoris import TO_FILL_IN

FILES = (
    "answers.csv: una riga per risposta. administrations.csv: una riga per questionario, tutte le schede.",
    "<strumento>-<scheda>-<versione>.csv e .xlsx: una riga per questionario di quella scheda e versione.",
    "  .sav per SPSS, PSPP e jamovi; .dta per Stata 14 o dopo; la cartella r per R (file leggi.R).",
    "<strumento>-ddi.xml: la descrizione per gli archivi (DDI-Codebook 2.5).",
    "<strumento>-<versione>-codici.html e .pdf: il libro dei codici. Il PDF manca se non si può fare qui.",
    "valoris.csv e .xlsx: una riga per inserimento, per il metodo VALORIS.",
)
RULES = (
    "I codici sono quelli della risposta data: gli item inversi non sono girati.",
    "La versione standard (std) e la semplice (easy) hanno opzioni diverse: stanno in file diversi,"
    " e le risposte dell'una non si mescolano con quelle dell'altra.",
    "I punteggi (_score) sono quelli della versione a cui si è risposto, da 0 a 100 se l'etichetta non dice"
    " altro; sono vuoti sotto il minimo di risposte valide.",
    "Il nome di una colonna è il codice della domanda con _ al posto del punto: ACC_I02.1 è ACC_I02_1.",
    "Una domanda con più risposte ha una colonna per opzione, con il codice in fondo (FU6_08_c2):"
    " 1 se è scelta, 0 se no.",
    "Ci sono solo i questionari inviati. Chi ha rifiutato o si è ritirato non c'è.",
)
HIDDEN = (
    "Questo è un export de-identificato:",
    "- al posto dei codici di persone, enti e inserimenti ci sono chiavi (k e 15 cifre), da cui al codice"
    " non si torna;",
    "- le date di ogni persona sono spostate, tutte dello stesso numero di giorni, a caso fra"
    f" {LEAST_DAYS} e {MOST_DAYS}, avanti o indietro: la distanza fra due date resta, il giorno no;",
    f"- l'Ambito c'è solo se ci sono almeno {FEWEST} persone; se no resta la provincia;",
    "- i testi liberi non ci sono;",
    "- le righe sono in ordine di chiave, non di registro.",
    "Non sono dati anonimi: chi conosce bene una persona può riconoscerla dalle risposte. Vanno tenuti con"
    " cura.",
)
SAME_KEYS = "Le chiavi sono le stesse in tutti gli export di questo programma: i file si possono unire."
OTHER_KEYS = "Le chiavi valgono solo per questo export: con un altro non si può unire."
SHOWN = (
    "ATTENZIONE: questo è un export IDENTIFICATO, con i codici, le date e i testi veri.",
    "Serve solo a chi può vedere i dati delle persone. Non si manda per e-mail, e si cancella quando non"
    " serve più.",
)


def readme(release: Release, *, stable: bool, demonstration: bool) -> list[str]:
    """The lines of leggimi.txt. `stable` says whether other exports have the same keys."""
    hidden = SHOWN if release.identified else (*HIDDEN, SAME_KEYS if stable else OTHER_KEYS)
    invented = ("Persone e risposte inventate: è una dimostrazione.",) if demonstration else ()
    parts: Sequence[tuple[str, Iterable[str]]] = (
        ("Che cosa c'è", (*invented, *FILES)),
        ("Chi e quando", hidden),
        ("Come si legge", RULES),
        ("Perché una risposta manca", _missing()),
        ("VALORIS: colonne da completare fuori", [f"{name}: {what}" for name, what in TO_FILL_IN.items()]),
    )
    return [line for title, lines in parts for line in (title.upper(), *lines, "")]


def _missing() -> list[str]:
    told = [f"{one.word}: {one.number} in SPSS, .{one.letter} in Stata. {one.label}." for one in ALL]
    return [
        "Nei CSV e in XLSX la risposta è vuota; la ragione sta nella colonna con lo stesso nome e _reason"
        " in fondo.",
        *told,
    ]
