"""Workbooks whose numbers stay numbers and whose texts never become formulas, written row by row."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from surveyapp.reports.cells import replace_file, safe_text
from surveyapp.reports.exports.frame import Frame
from surveyapp.reports.exports.variables import Value, Variable
from surveyapp.reports.exports.wide import REASON, reason_word, with_reasons

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Rows = Iterable[Sequence[Value]]

LONGEST = 32_767  # characters that a cell can hold
# Besides control characters XML has two code points that no file may hold.
_NOT_XML = re.compile(r"[\ufffe\uffff]")


def write_workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write a workbook with one sheet for each table, whose first row is its header. Raises OSError."""
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        _fill(book.create_sheet(title), rows)
    written = io.BytesIO()
    book.save(written)
    return replace_file(path, written.getvalue())


def write_frame(frame: Frame, folder: Path, readme: Iterable[str]) -> Path:
    """Write a frame with its variables, the labels of its codes and what one has to know. Raises OSError."""
    sheets: dict[str, Rows] = {
        "dati": _data(frame),
        "variabili": _variables(frame),
        "etichette": _labels(frame),
        "leggimi": [["Leggimi"], *([line] for line in readme)],
    }
    return write_workbook(folder / f"{frame.name}.xlsx", sheets)


def _fill(sheet: "WriteOnlyWorksheet", rows: Rows) -> None:
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows):
        sheet.append([_cell(sheet, value, is_header=number == 0) for value in row])


def _cell(sheet: "WriteOnlyWorksheet", value: Value, *, is_header: bool) -> object:
    """A value as it is; text that could be taken for a formula or an error is marked as text."""
    if not isinstance(value, str):
        return value
    text = _NOT_XML.sub("", safe_text(value))
    is_quoted = text != value and text.startswith("'")
    if not (is_quoted or is_header or text.startswith("#")):  # "#N/A" would be an error
        return text[:LONGEST]
    cell = WriteOnlyCell(sheet, value=None)
    cell.value = (text[1:] if is_quoted else text)[:LONGEST]
    cell.data_type = "s"
    if (
        is_quoted
    ):  # the quote is a property of the cell: it is shown nowhere, and stays when the cell is edited
        cell.quotePrefix = True
    if is_header:
        cell.font = Font(bold=True)
    return cell


def _data(frame: Frame) -> Rows:
    reasons = with_reasons(frame)
    yield [
        *(column.variable.name for column in frame.columns),
        *(column.variable.name + REASON for column in reasons),
    ]
    words = [[reason_word(reason) or None for reason in column.reasons] for column in reasons]
    yield from zip(*(column.values for column in frame.columns), *words, strict=True)


def _variables(frame: Frame) -> Rows:
    yield ["Nome nei file", "Codice della domanda", "Etichetta", "Tipo", "Misura", "Versioni"]
    for variable in (column.variable for column in frame.columns):
        yield [
            *(variable.name, variable.item, variable.label),
            *(KINDS[variable.kind], MEASURES[variable.measure], ", ".join(variable.versions)),
        ]


def _labels(frame: Frame) -> Rows:
    yield ["Nome nei file", "Codice", "Etichetta"]
    for variable in (column.variable for column in frame.columns):
        yield from _of_variable(variable)


def _of_variable(variable: Variable) -> Rows:
    for code, label in variable.values.items():
        yield [variable.name, code, label]
    for reason, label in variable.reasons.items():
        yield [variable.name, reason_word(reason), label]


KINDS: Mapping[str, str] = {
    "code": "una risposta",
    "steps": "un numero della scala",
    "number": "numero",
    "date": "data",
    "chosen": "opzione scelta o no",
    "text": "testo libero",
    "word": "parola",
    "count": "numero intero",
    "yes_no": "sì o no",
    "score": "punteggio",
}
MEASURES: Mapping[str, str] = {"nominal": "nominale", "ordinal": "ordinale", "scale": "a intervalli"}
