"""One row of the people's file: each cell checked and turned into what it means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from surveyapp.instruments.source import Problem
from surveyapp.study import cells
from surveyapp.study.cells import CellError, Reading
from surveyapp.study.csv_file import Cells, Layout

# Each column with its Italian name.
COLUMNS = {
    "code": "codice",
    "province": "provincia",
    "ambito": "ambito",
    "path_start": "inizio_percorso",
    "activity_start": "inizio_attivita",
    "path_end": "fine_percorso",
    "end_reason": "motivo_fine",
    "sex": "sesso",
}
# What may be written for the sex, which may be left out.
SEXES: Mapping[str, str] = {"F": "F", "M": "M", "altro": "X", "X": "X", "other": "X"}
SEX_WORDS = cells.first_words(SEXES)
REQUIRED = ("code", "province", "path_start")
BEGIN = "dell'inizio del percorso"
LAYOUT = Layout(
    {column: (italian, column) for column, italian in COLUMNS.items()},
    REQUIRED,
    nobody="nessuna persona: scrivine una per riga",
)


@dataclass(frozen=True)
class PersonRow:
    """One person with a path. `line` is where the row begins, `told` are the columns that the file has."""

    line: int
    code: str
    province: str
    ambito: str
    path_start: date
    path_end: date | None = None
    end_reason: str = ""
    activity_start: date | None = None
    sex: str | None = None
    told: frozenset[str] = field(default=frozenset(COLUMNS), compare=False)


def read_person(row: Cells) -> tuple[PersonRow | None, list[Problem]]:
    """The person of a row, or None; and everything wrong in it."""
    reading = Reading(row, LAYOUT)
    code = reading.read("code", cells.code)
    province = reading.read("province", cells.province)
    ambito = reading.read("ambito", lambda written: cells.ambito(province, written))
    start = reading.read("path_start", cells.day)
    end = reading.optional("path_end", lambda written: cells.day_from(start, BEGIN, written))
    activity = reading.optional("activity_start", lambda written: _activity(start, end, written))
    reason = reading.read("end_reason", lambda written: _reason(row.cells.get("path_end", ""), written))
    sex = reading.optional("sex", cells.one_of(SEXES))
    if reading.problems or code is None or province is None or start is None:
        return None, reading.problems
    dates = (start, end, reason or "", activity)
    return PersonRow(row.line, code, province, ambito or "", *dates, sex, reading.told), []


def _activity(start: date | None, end: date | None, written: str) -> date:
    day = cells.day_from(start, BEGIN, written)
    if end and day > end:
        raise CellError(f"«{written}» viene dopo la fine del percorso: controlla le due date")
    return day


def _reason(end: str, written: str) -> str:
    if written and not end:
        raise CellError("c'è il motivo ma manca fine_percorso: scrivi la data o togli il motivo")
    return cells.words(written)
