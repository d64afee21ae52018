"""Criteria from a CSV file: read whole, or refused with every problem and its line. Pure.

Columns, in any order, named in Italian or English:

- codice (code): up to 40 letters, digits, `-`, `_` and `.`, without blanks;
- titolo (title): what the criterion is called, at most 200 characters;
- dove (where): the code of the focus group in which it came up, or where else it comes from; may be empty.

codice and titolo must be there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from surveyapp.focus_groups.notes import LONGEST_TITLE
from surveyapp.instruments.source import Problem
from surveyapp.study.cells import CellError, Reading
from surveyapp.study.csv_file import Cells, Layout, open_sheet, read_rows, repeated_codes
from surveyapp.study.errors import ImportRefusedError

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
LONGEST_ORIGIN = 200
REPEATED = "il codice è già alla riga {}: ogni criterio ha una riga sola"
LAYOUT = Layout(
    {"code": ("codice", "code"), "title": ("titolo", "title"), "where": ("dove", "where")},
    ("code", "title"),
    nobody="nessun criterio: scrivine uno per riga",
)


@dataclass(frozen=True)
class CriterionRow:
    """One criterion, and where it comes from in the words of the file."""

    line: int
    code: str
    title: str
    where: str


def read_criteria(data: bytes, known: Mapping[str, str]) -> list[CriterionRow]:
    """The criteria of a file, in its order; `known` are those that there are, id and title.

    Raises ImportRefusedError with every problem found.
    """
    sheet = open_sheet(data, LAYOUT.allowed)
    rows = read_rows(sheet, LAYOUT)
    read = [_criterion(row, known) for row in rows]
    problems = [*sheet.problems, *(problem for _, found in read for problem in found)]
    problems += repeated_codes(rows, REPEATED)
    if problems:
        raise ImportRefusedError(problems)
    return [criterion for criterion, _ in read]


def _criterion(row: Cells, known: Mapping[str, str]) -> tuple[CriterionRow, list[Problem]]:
    reading = Reading(row, LAYOUT)
    code = reading.read("code", _code) or ""
    title = reading.read("title", lambda written: _title(written, known.get(code))) or ""
    where = reading.optional("where", _where) or ""
    return CriterionRow(row.line, code, title, where), reading.problems


def _code(written: str) -> str:
    if not CODE.fullmatch(written):
        raise CellError("servono da 1 a 40 lettere, cifre, -, _ o punti, senza spazi")
    return written


def _title(written: str, known: str | None) -> str:
    if not 1 <= len(written) <= LONGEST_TITLE:
        raise CellError(f"servono da 1 a {LONGEST_TITLE} caratteri")
    if known is not None and known.casefold() != written.casefold():
        raise CellError(f"questo codice è già del criterio «{known}»: scrivine un altro")
    return written


def _where(written: str) -> str:
    if len(written) > LONGEST_ORIGIN:
        raise CellError(f"più di {LONGEST_ORIGIN} caratteri: accorcia")
    return written
