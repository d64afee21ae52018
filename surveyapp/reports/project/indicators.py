"""What the project promised to count: the indicators of its paragraph 13, and the outputs of paragraph 6."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

START = date(2026, 1, 7)
MONTHS = 36

PEOPLE, HOSTS, THINGS = "people", "hosts", "things"


@dataclass(frozen=True)
class Indicator:
    """Something that is counted: what it is called, how many were promised, and where the number comes from.

    `unit` says whether small counts concern somebody (people, hosts) or not (things). `source` is who knows
    the number, `missing` what to do where it is not there.
    """

    code: str
    title: str
    target: int
    unit: str
    source: str
    missing: str
    operator: str = ">="

    @property
    def sensitive(self) -> bool:
        """Whether a small number of them says something about somebody."""
        return self.unit != THINGS


REGISTER = "registro di surveyapp"
IMPORT = "scrivi gli inserimenti nel registro («surveyapp study import») o il numero nel file dei conteggi"
WRITE = "scrivi il numero nel file dei conteggi («surveyapp report project --counts»)"

_COUNTED = (
    Indicator("I1", "DULD attivate", 90, PEOPLE, "database di Mestieri Lombardia", IMPORT),
    Indicator("I1B", "DULD con esito occupazione", 56, PEOPLE, "database di Mestieri Lombardia", IMPORT),
    Indicator(
        "I2",
        "Persone con disabilità in percorsi personalizzati",
        120,
        PEOPLE,
        "schede dei partecipanti",
        "scrivi le persone nel registro («surveyapp study import») o il numero nel file dei conteggi",
    ),
    Indicator(
        "I3", "Tirocini di inclusione sociale (TIS) avviati", 50, PEOPLE, "registri dei tirocini", IMPORT
    ),
    Indicator("I4", "Tirocini extracurricolari avviati", 70, PEOPLE, "registri dei tirocini", IMPORT),
    Indicator(
        "I5",
        "Imprese e cooperative con inserimenti e adattamenti",
        65,
        HOSTS,
        "registri dei tirocini e schede delle aziende",
        IMPORT,
    ),
    Indicator("I6", "Persone nei moduli formativi", 45, PEOPLE, "registri delle presenze", WRITE),
    Indicator(
        "I7", "Academy realizzate con le imprese", 10, THINGS, "report delle unità territoriali", WRITE
    ),
    Indicator("I8", "Persone in Academy4Impact", 30, PEOPLE, "schede di partecipazione", IMPORT, ">"),
    Indicator("I9", "Mappe territoriali", 11, THINGS, "documenti pubblicati", WRITE),
    Indicator("I10", "Tavoli di rete provinciali", 66, THINGS, "verbali", WRITE),
    Indicator("I11", "Edizioni del Club dei Mestieri", 20, THINGS, "registri delle attività", WRITE),
)
# Promised in paragraph 6 without a row among the indicators: counted, and never called official.
_BESIDE = (
    Indicator(
        "A1", "Persone indirizzate verso altre opportunità", 35, PEOPLE, "schede dei partecipanti", WRITE
    ),
    Indicator(
        "A2", "Persone inserite con convenzioni ex art. 14", 30, PEOPLE, "registro delle convenzioni", IMPORT
    ),
    Indicator("A3", "Ore di supporto nelle Academy", 132, THINGS, "report delle unità territoriali", WRITE),
    Indicator("A4", "Partecipanti al Club dei Mestieri", 65, PEOPLE, "registri delle attività", WRITE),
    Indicator("A5", "Persone in educazione finanziaria", 30, PEOPLE, "registri delle presenze", WRITE),
    Indicator("A6", "Persone in orientamento al welfare", 60, PEOPLE, "registri delle presenze", WRITE),
    Indicator("A7", "Famiglie in counselling", 60, PEOPLE, "registri delle attività", WRITE),
    Indicator("A8", "Aziende e cooperative accompagnate", 65, HOSTS, "schede delle aziende", IMPORT),
    Indicator("A9", "Modello valutativo sperimentale", 1, THINGS, "documenti pubblicati", WRITE),
    Indicator("A10", "Focus group tecnici", 6, THINGS, "verbali", WRITE),
)

COUNTED: Mapping[str, Indicator] = {indicator.code: indicator for indicator in _COUNTED}
BESIDE: Mapping[str, Indicator] = {indicator.code: indicator for indicator in _BESIDE}
EVERY_COUNT: Mapping[str, Indicator] = {**COUNTED, **BESIDE}

# The outcomes, which are computed from answers: title, target in words, target.
OUTCOMES: Mapping[str, tuple[str, str, float]] = {
    "I12": ("Persone che migliorano nelle schede di osservazione", "oltre 70 %", 0.70),
    "I13": ("Persone ancora inserite a 6 mesi", "oltre 50 %", 0.50),
    "I14": ("Aziende e cooperative che mantengono gli adattamenti", "oltre 60 %", 0.60),
    "I15": ("Miglioramento dichiarato alla fine del percorso", "media oltre 8", 8.0),
    "I16": ("Densità della rete", "almeno +30 %", 0.30),
}


def month_of(today: date) -> int:
    """The month of the project on a day, 1 to 36; 0 before it begins, 36 after its end."""
    passed = (today.year - START.year) * 12 + today.month - START.month - (today.day < START.day)
    return max(0, min(MONTHS, passed + 1))
