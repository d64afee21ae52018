"""One row of the people's file: each cell checked and turned into what it means."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from surveyapp.instruments.source import Problem
from surveyapp.study.territory import AMBITI, PROVINCES, ambito_named, needs_ambito, province_named

T = TypeVar("T")

# Each column with its Italian name.
COLUMNS = {
    "code": "codice",
    "province": "provincia",
    "ambito": "ambito",
    "path_start": "inizio_percorso",
    "path_end": "fine_percorso",
    "end_reason": "motivo_fine",
}
REQUIRED = ("code", "province", "path_start")
YEARS = range(2020, 2041)  # a year outside is a slip of the pen
MAX_WORDS = 80

_CODE = re.compile(r"(?=.*[0-9])[A-Za-z0-9_-]{2,40}")
# With the letters that replace digits where two people would have the same one.
_CODICE_FISCALE = re.compile(
    r"[A-Z]{6}[0-9L-V]{2}[A-Z][0-9L-V]{2}[A-Z][0-9L-V]{3}[A-Z]", re.IGNORECASE | re.ASCII
)
_DATES = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})"),
)


@dataclass(frozen=True)
class PersonRow:
    """One person with a path, as the file tells it. `line` is where the row begins."""

    line: int
    code: str
    province: str
    ambito: str
    path_start: date
    path_end: date | None = None
    end_reason: str = ""


class _CellError(Exception):
    """What is wrong with one cell, and what to write."""


class _Cells:
    """The cells of one row while they are read; a problem does not stop the reading."""

    def __init__(self, line: int, cells: Mapping[str, str]) -> None:
        self.line = line
        self.problems: list[Problem] = []
        self._cells = cells

    def read(self, column: str, parse: Callable[[str], T]) -> T | None:
        """What a cell means; None where it is wrong, or where a column that is needed is not there."""
        if column not in self._cells and column in REQUIRED:
            return None
        try:
            return parse(self._cells.get(column, ""))
        except _CellError as error:
            self.problems.append(Problem(self.line, f"{COLUMNS[column]}: {error}"))
            return None


def read_person(line: int, cells: Mapping[str, str]) -> tuple[PersonRow | None, list[Problem]]:
    """The person of a row, or None; and everything wrong in it. Cells are keyed by English column."""
    row = _Cells(line, cells)
    code = row.read("code", _code)
    province = row.read("province", _province)
    ambito = row.read("ambito", lambda written: _ambito(province, written))
    start = row.read("path_start", _date)
    end = row.read("path_end", lambda written: _end(start, written))
    reason = row.read("end_reason", lambda written: _reason(cells.get("path_end", ""), written))
    if row.problems or code is None or province is None or start is None:
        return None, row.problems
    return PersonRow(line, code, province, ambito or "", start, end, reason or ""), []


def shortened(written: str) -> str:
    """The beginning of a text, for messages."""
    return written if len(written) <= 40 else f"{written[:40]}…"


def _code(written: str) -> str:
    # What was written is not repeated in the messages: it may be a name.
    if _CODICE_FISCALE.search(written.replace("-", "").replace("_", "")):
        raise _CellError("sembra un codice fiscale: usa un codice che non fa riconoscere la persona")
    if not _CODE.fullmatch(written):
        raise _CellError("servono da 2 a 40 lettere, cifre, - o _, con almeno una cifra e senza spazi")
    return written


def _province(written: str) -> str:
    province = province_named(written)
    if province is None:
        raise _CellError(f"«{shortened(written)}» non è fra le province: {', '.join(PROVINCES.values())}")
    return province


def _ambito(province: str | None, written: str) -> str:
    if province is None:
        return ""
    if needs_ambito(province) and not written:
        raise _CellError(f"in provincia di {province} serve il nome dell'Ambito")
    ambito = ambito_named(province, _words(written))
    if ambito is None:
        raise _CellError(f"«{shortened(written)}» non è fra gli Ambiti: {', '.join(AMBITI[province])}")
    return ambito


def _date(written: str) -> date:
    found = next((match for pattern in _DATES if (match := pattern.fullmatch(written))), None)
    if found is None:
        raise _CellError(f"«{shortened(written)}» non è una data: scrivi 2026-06-15 o 15/06/2026")
    numbers = {name: int(digits) for name, digits in found.groupdict().items()}
    if numbers["year"] not in YEARS:
        raise _CellError(f"l'anno di «{written}» non va bene: controllalo")
    try:
        return date(**numbers)
    except ValueError:
        raise _CellError(f"«{written}» non esiste nel calendario: controllala") from None


def _end(start: date | None, written: str) -> date | None:
    end = _date(written) if written else None
    if start and end and end < start:
        raise _CellError(f"«{written}» viene prima dell'inizio del percorso: controlla le due date")
    return end


def _reason(end: str, written: str) -> str:
    if written and not end:
        raise _CellError("c'è il motivo ma manca fine_percorso: scrivi la data o togli il motivo")
    return _words(written)


def _words(written: str) -> str:
    if len(written) > MAX_WORDS:
        raise _CellError(f"più di {MAX_WORDS} caratteri: accorcia")
    if not written.isprintable():
        raise _CellError("contiene caratteri invisibili: riscrivi la cella a mano")
    return written
