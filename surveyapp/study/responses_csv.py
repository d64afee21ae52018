"""Responses gathered before the platform, from a CSV file: one row a questionnaire, one column an item.

Columns beside the items: the code of what it is about (person, placement, agreement or accompaniment: one of
them), form, occasion, date, and where needed variant, mode, version, number, rater, length, respondent. Their
Italian names are in docs/guide/registro.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from surveyapp.instruments.answers import FULL
from surveyapp.instruments.source import Problem
from surveyapp.study import cells
from surveyapp.study.cells import CellError, Reading
from surveyapp.study.csv_file import Cells, Layout, Sheet, name_of, open_sheet, read_rows, shortened
from surveyapp.study.errors import ImportRefusedError

# The columns that say what a response is about, with the kind of subject.
SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "path": ("persona", "person"),
    "placement": ("inserimento", "placement"),
    "agreement": ("convenzione", "agreement"),
    "accompaniment": ("accompagnamento", "accompaniment"),
}
OTHERS: Mapping[str, tuple[str, ...]] = {
    "form": ("scheda", "form"),
    "variant": ("variante", "variant"),
    "occasion": ("rilevazione", "occasion"),
    "day": ("data", "date"),
    "mode": ("modalita", "mode"),
    "version": ("versione", "version"),
    "number": ("numero", "number"),
    "rater": ("osservatore", "rater"),
    "length": ("lunghezza", "length"),
    "respondent": ("chi_risponde", "respondent"),
}
REQUIRED = ("form", "occasion", "day")
MODES: Mapping[str, str] = {
    "carta": "paper",
    "da sola": "self",
    "con lettura": "read_aloud",
    "con aiuto": "assisted",
    "intervista": "interview",
    "paper": "paper",
    "da solo": "self",
    "self": "self",
    "read_aloud": "read_aloud",
    "assisted": "assisted",
    "interview": "interview",
}
LENGTHS: Mapping[str, str] = {"intera": FULL, "breve": "short", "mini": "mini", FULL: FULL, "short": "short"}
LISTED = ", ".join(
    [*(names[0] for names in (*SUBJECTS.values(), *OTHERS.values())), "e i codici delle domande"]
)


@dataclass(frozen=True)
class ResponseRow:
    """One response as the file tells it; empty where a cell may be. `cells` are the answers by item id."""

    line: int
    kind: str
    code: str
    form: str
    occasion: str
    day: date
    variant: str
    mode: str
    version: str
    number: int
    rater: int
    length: str
    respondent: str
    cells: Mapping[str, str]


def read_responses(data: bytes, items: Iterable[str]) -> list[ResponseRow]:
    """The responses of a file whose other columns are among these items, in its order.

    Raises ImportRefusedError with every problem found.
    """
    columns = {**SUBJECTS, **OTHERS, **{item: (item,) for item in items}}
    sheet = open_sheet(data, LISTED)
    kind = _kind(sheet)
    layout = Layout(columns, (kind, *REQUIRED) if kind else REQUIRED, listed=LISTED)
    rows = read_rows(sheet, layout)
    read = [_response(row, layout, kind) for row in rows] if kind else []
    problems = [*sheet.problems, *(problem for _, found in read for problem in found)]
    if problems:
        raise ImportRefusedError(problems)
    return [row for row, _ in read if row]


def _kind(sheet: Sheet) -> str:
    """The kind of subject that the file is about, by its column; empty without one, or with several."""
    header = {name_of(written) for written in sheet.header}
    kinds = [kind for kind, names in SUBJECTS.items() if header & set(names)]
    if len(kinds) == 1:
        return kinds[0]
    titles = ", ".join(names[0] for names in SUBJECTS.values())
    found = f"ci sono {', '.join(SUBJECTS[kind][0] for kind in kinds)}" if kinds else "non c'è"
    sentence = f"serve una sola colonna che dica di chi o di che cosa è la risposta ({titles}): {found}"
    sheet.problems.append(Problem(sheet.header_line, sentence))
    return ""


def _response(row: Cells, layout: Layout, kind: str) -> tuple[ResponseRow | None, list[Problem]]:
    reading = Reading(row, layout)
    known = {*SUBJECTS, *OTHERS}
    values: dict[str, Any] = {
        "code": reading.read(kind, cells.code),
        "form": reading.read("form", _needed),
        "occasion": reading.read("occasion", _needed),
        "day": reading.read("day", cells.day),
        "variant": reading.read("variant", cells.words),
        "mode": reading.optional("mode", cells.one_of(MODES)) or "paper",
        "version": reading.read("version", cells.words),
        "number": reading.optional("number", _counted) or 1,
        "rater": reading.optional("rater", _counted) or 1,
        "length": reading.optional("length", cells.one_of(LENGTHS)) or "",
        "respondent": reading.optional("respondent", cells.code) or "",
    }
    if reading.problems or any(value is None for value in values.values()):
        return None, reading.problems
    answers = {item: written for item, written in row.cells.items() if item not in known and written}
    return ResponseRow(line=row.line, kind=kind, cells=answers, **values), []


def _needed(written: str) -> str:
    if not written:
        raise CellError("manca: scrivila")
    return cells.words(written)


def _counted(written: str) -> int:
    if not (written.isascii() and written.isdecimal() and len(written) <= 2 and int(written)):
        raise CellError(f"«{shortened(written)}» non va bene: serve un numero da 1 a 99")
    return int(written)
