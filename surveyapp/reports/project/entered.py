"""Counts that the database does not know, from a CSV file: read whole, or refused with every problem.

Columns, in any order, named in English or Italian: indicator (indicatore), value (valore), date (data),
entered_by (inserito_da), note (nota). See docs/guide/indicatori.md.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from surveyapp.instruments.source import Problem
from surveyapp.reports.project.indicators import EVERY_COUNT
from surveyapp.study.cells import CellError, Reading, day, words
from surveyapp.study.csv_file import Cells, Layout, open_sheet, read_rows, repeated_codes, shortened
from surveyapp.study.errors import ImportRefusedError

T = TypeVar("T")

LAYOUT = Layout(
    {
        "code": ("indicatore", "indicator"),
        "value": ("valore", "value"),
        "date": ("data", "date"),
        "entered_by": ("inserito_da", "entered_by"),
        "note": ("nota", "note"),
    },
    required=("code", "value", "date", "entered_by"),
    nobody="nessun conteggio: scrivi almeno una riga",
)
REPEATED = "indicatore: è già alla riga {}; tieni una riga sola per indicatore"
MOST = 1_000_000
_WHOLE = re.compile(r"[0-9]{1,7}")


@dataclass(frozen=True)
class Entered:
    """A count as somebody entered it."""

    code: str
    value: int
    day: date
    entered_by: str
    note: str


def read_counts(data: bytes, today: date) -> dict[str, Entered]:
    """The counts of a file by indicator; raises ImportRefusedError with every problem and its line."""
    sheet = open_sheet(data, LAYOUT.allowed)
    rows = read_rows(sheet, LAYOUT)
    read = [_row(row, today) for row in rows]
    problems = [*sheet.problems, *(problem for _, found in read for problem in found)]
    problems += repeated_codes(rows, REPEATED)
    if problems:
        raise ImportRefusedError(problems)
    return {one.code: one for one, _ in read if one}


def _row(row: Cells, today: date) -> tuple[Entered | None, list[Problem]]:
    reading = Reading(row, LAYOUT)
    code, value = reading.read("code", _indicator), reading.read("value", _count)
    on = reading.read("date", lambda written: _day_until(today, written))
    entered_by, note = reading.read("entered_by", _somebody), reading.optional("note", words)
    if code is None or value is None or on is None or entered_by is None or reading.problems:
        return None, reading.problems
    return Entered(code, value, on, entered_by, note or ""), []


def _indicator(written: str) -> str:
    found = written.upper()
    if found not in EVERY_COUNT:
        raise CellError(f"«{shortened(written)}» non si conta così: scrivi uno fra {', '.join(EVERY_COUNT)}")
    return found


def _count(written: str) -> int:
    if not _WHOLE.fullmatch(written) or int(written) > MOST:
        raise CellError(f"«{shortened(written)}» non è un numero intero: scrivi per esempio 45")
    return int(written)


def _day_until(today: date, written: str) -> date:
    found = day(written)
    if found > today:
        raise CellError(f"«{written}» deve ancora venire: controlla la data")
    return found


def _somebody(written: str) -> str:
    if not written:
        raise CellError("scrivi chi ha inserito il numero")
    return words(written)
