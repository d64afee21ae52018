"""What the cells of the register's files mean: codes, places, dates, hours, words of a closed list."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from surveyapp.instruments.source import Problem
from surveyapp.study.csv_file import Cells, Layout, name_of, shortened
from surveyapp.study.territory import AMBITI, PROVINCES, ambito_named, needs_ambito, province_named

T = TypeVar("T")

YEARS = range(2020, 2041)  # a year outside is a slip of the pen
MAX_WORDS = 80
MAX_HOURS = 60

_CODE = re.compile(r"(?=.*[0-9])[A-Za-z0-9_-]{2,40}")
# With the letters that replace digits where two people would have the same one.
_CODICE_FISCALE = re.compile(
    r"[A-Z]{6}[0-9L-V]{2}[A-Z][0-9L-V]{2}[A-Z][0-9L-V]{3}[A-Z]", re.IGNORECASE | re.ASCII
)
_PARTITA_IVA = re.compile(r"(IT)?[0-9]{11}", re.IGNORECASE | re.ASCII)
_DATES = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})"),
)
_HOURS = re.compile(r"[0-9]{1,3}([.,][0-9]{1,2})?")
_YES_NO = {"si": True, "s": True, "yes": True, "y": True, "no": False, "n": False}


class CellError(Exception):
    """What is wrong with one cell, and what to write."""


class Reading:
    """One row while its cells are read; a problem does not stop the reading."""

    def __init__(self, row: Cells, layout: Layout) -> None:
        self.line = row.line
        self.problems: list[Problem] = []
        self._row = row
        self._layout = layout

    def read(self, column: str, parse: Callable[[str], T]) -> T | None:
        """What a cell means; None where it is wrong, or where a column that is needed is not there."""
        if column not in self._row.cells and column in self._layout.required:
            return None
        try:
            return parse(self._row.cells.get(column, ""))
        except CellError as error:
            self.refuse(column, str(error))
            return None

    def refuse(self, column: str, sentence: str) -> None:
        """Note what is wrong with a cell beside the others of the row."""
        self.problems.append(Problem(self.line, f"{self._layout.title(column)}: {sentence}"))

    @property
    def told(self) -> frozenset[str]:
        """The columns that the file has."""
        return frozenset(self._row.cells)

    def optional(self, column: str, parse: Callable[[str], T]) -> T | None:
        """The same, of a cell that may be empty."""
        return self.read(column, lambda written: parse(written) if written else None)


def code(written: str) -> str:
    """The code of a person or of a thing; what was written is not repeated: it may be a name."""
    if _CODICE_FISCALE.search(written.replace("-", "").replace("_", "")):
        raise CellError("sembra un codice fiscale: usa un codice che non fa riconoscere la persona")
    if not _CODE.fullmatch(written):
        raise CellError("servono da 2 a 40 lettere, cifre, - o _, con almeno una cifra e senza spazi")
    return written


def organisation_code(written: str) -> str:
    """The code of an organisation, which is not its VAT number."""
    if _PARTITA_IVA.fullmatch(written):
        raise CellError("sembra una partita IVA: usa un codice che non fa riconoscere l'ente")
    return code(written)


def province(written: str) -> str:
    """The province meant by a name or an abbreviation."""
    found = province_named(written)
    if found is None:
        raise CellError(f"«{shortened(written)}» non è fra le province: {', '.join(PROVINCES.values())}")
    return found


def ambito(of_province: str | None, written: str) -> str:
    """The Ambito of a province; empty where the province is one territory, or is not known itself."""
    if of_province is None:
        return ""
    if needs_ambito(of_province) and not written:
        raise CellError(f"in provincia di {of_province} serve il nome dell'Ambito")
    found = ambito_named(of_province, words(written))
    if found is None:
        raise CellError(f"«{shortened(written)}» non è fra gli Ambiti: {', '.join(AMBITI[of_province])}")
    return found


def day(written: str) -> date:
    """A date: 2026-06-15 or 15/06/2026."""
    found = next((match for pattern in _DATES if (match := pattern.fullmatch(written))), None)
    if found is None:
        raise CellError(f"«{shortened(written)}» non è una data: scrivi 2026-06-15 o 15/06/2026")
    numbers = {name: int(digits) for name, digits in found.groupdict().items()}
    if numbers["year"] not in YEARS:
        raise CellError(f"l'anno di «{written}» non va bene: controllalo")
    try:
        return date(**numbers)
    except ValueError:
        raise CellError(f"«{written}» non esiste nel calendario: controllala") from None


def day_from(start: date | None, of_what: str, written: str) -> date:
    """A date that does not come before another one."""
    found = day(written)
    if start and found < start:
        raise CellError(f"«{written}» viene prima {of_what}: controlla le due date")
    return found


def words(written: str) -> str:
    """A few words."""
    if len(written) > MAX_WORDS:
        raise CellError(f"più di {MAX_WORDS} caratteri: accorcia")
    if not written.isprintable():
        raise CellError("contiene caratteri invisibili: riscrivi la cella a mano")
    return written


def yes_no(written: str) -> bool:
    """Sì or no."""
    found = _YES_NO.get(name_of(written))
    if found is None:
        raise CellError(f"«{shortened(written)}» non va bene: scrivi sì o no")
    return found


def minutes_of_hours(written: str) -> int:
    """Hours a week (20, 22,5 or 22.5) in minutes."""
    if not _HOURS.fullmatch(written):
        raise CellError(f"«{shortened(written)}» non è un numero di ore: scrivi per esempio 20 o 22,5")
    minutes = round(Decimal(written.replace(",", ".")) * 60)
    if not 0 < minutes <= MAX_HOURS * 60:
        raise CellError(f"{written} ore alla settimana non vanno bene: servono fino a {MAX_HOURS} ore")
    return minutes


def first_words(meanings: Mapping[str, str]) -> dict[str, str]:
    """The first word for each meaning: those shown in messages."""
    shown: dict[str, str] = {}
    for word, meaning in meanings.items():
        shown.setdefault(meaning, word)
    return shown


def one_of(meanings: Mapping[str, str]) -> Callable[[str], str]:
    """A word of a closed list: `meanings` has what each accepted word means."""
    named = {name_of(word): meaning for word, meaning in meanings.items()}

    def parse(written: str) -> str:
        found = named.get(name_of(written))
        if found is None:
            raise CellError(
                f"«{shortened(written)}» non va bene: scrivi {', '.join(first_words(meanings).values())}"
            )
        return found

    return parse
