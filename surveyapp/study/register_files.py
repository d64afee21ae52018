"""The files of the register: which kind each one is, by its columns, and what it says.

Every problem of a file is told with its line; see docs/guide/registro.md for the columns.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from surveyapp.instruments.source import Problem
from surveyapp.study import register_cells as lines
from surveyapp.study.csv_file import Cells, Layout, Sheet, name_of, open_sheet, read_rows, repeated_codes
from surveyapp.study.errors import ImportRefusedError
from surveyapp.study.people_cells import LAYOUT as PEOPLE
from surveyapp.study.people_cells import PersonRow
from surveyapp.study.people_csv import people_of

ReadRow = Callable[[Cells], tuple[lines.AnyLine | None, list[Problem]]]

LAYOUTS: Mapping[str, Layout] = {
    "people": PEOPLE,
    "organisations": lines.ORGANISATIONS,
    "agreements": lines.AGREEMENTS,
    "placements": lines.PLACEMENTS,
    "accompaniments": lines.ACCOMPANIMENTS,
}
# What each kind of file is called on screen.
TITLES: Mapping[str, str] = {
    "people": "persone",
    "organisations": "enti",
    "agreements": "convenzioni",
    "placements": "inserimenti",
    "accompaniments": "accompagnamenti",
}
_READ: Mapping[str, ReadRow] = {
    "organisations": lines.read_organisation,
    "agreements": lines.read_agreement,
    "placements": lines.read_placement,
    "accompaniments": lines.read_accompaniment,
}
ANY_KIND = "delle persone, degli enti, delle convenzioni, degli inserimenti o degli accompagnamenti"
REPEATED = "codice: è già alla riga {}"


@dataclass(frozen=True)
class RegisterFile:
    """What a file says: rows of one kind, in its order."""

    name: str
    kind: str
    rows: Sequence[Any]

    @property
    def people(self) -> list[PersonRow]:
        """Its people, where it is a file of people."""
        return list(self.rows) if self.kind == "people" else []


def read_file(name: str, data: bytes) -> RegisterFile:
    """What a file says; raises ImportRefusedError with every problem, each with the file's name."""
    try:
        sheet = open_sheet(data, ANY_KIND)
        kind = recognised(sheet)
        return RegisterFile(name, kind, people_of(sheet) if kind == "people" else _rows(sheet, kind))
    except ImportRefusedError as error:
        raise ImportRefusedError(replace(problem, file=name) for problem in error.problems) from None


def read_files(files: Mapping[str, bytes]) -> list[RegisterFile]:
    """What files say, by their names; raises ImportRefusedError with every problem of all of them."""
    read, wrong = [], []
    for name, data in files.items():
        try:
            read.append(read_file(name, data))
        except ImportRefusedError as error:
            wrong += error.problems
    if wrong:
        raise ImportRefusedError(wrong)
    return read


def recognised(sheet: Sheet) -> str:
    """The kind whose columns the header has: all that are needed, then as many as possible.

    Raises ImportRefusedError for a header without any known column.
    """
    found = {name_of(written) for written in sheet.header}
    fits = {kind: _fit(layout, found) for kind, layout in LAYOUTS.items()}
    best = max(fits, key=lambda kind: fits[kind])
    if fits[best] <= (False, 1):  # only a code, or less
        known = "; ".join(f"{TITLES[kind]}: {layout.allowed}" for kind, layout in LAYOUTS.items())
        raise ImportRefusedError(
            [Problem(sheet.header_line, f"dalle colonne non si capisce che cosa elenca il file. {known}")]
        )
    return best


def _fit(layout: Layout, header: set[str]) -> tuple[bool, int]:
    present = [column for column, names in layout.columns.items() if header & set(names)]
    return set(layout.required) <= set(present), len(present)


def _rows(sheet: Sheet, kind: str) -> list[lines.AnyLine]:
    rows = read_rows(sheet, LAYOUTS[kind])
    read = [_READ[kind](row) for row in rows]
    problems = [*sheet.problems, *(problem for _, found in read for problem in found)]
    problems += repeated_codes(rows, REPEATED)
    if problems:
        raise ImportRefusedError(problems)
    return [line for line, _ in read if line]
