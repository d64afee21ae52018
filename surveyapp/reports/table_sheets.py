"""The tables of a report for spreadsheets: what is a number on the page is a number in the cell."""

import io
import re
from collections.abc import Iterator
from typing import Any

from surveyapp.reports.cells import safe_text
from surveyapp.reports.document import Document
from surveyapp.reports.italian import MINUS
from surveyapp.reports.tables import Table

_NUMBER = re.compile(rf"([{MINUS}+]?)(\d[\d\u202f]*)(?:,(\d+))?(\u00a0%)?")
WIDEST = 60
TITLE_LENGTH = 31


def table_rows(table: Table) -> Iterator[tuple[str, ...]]:
    """The rows as they are read: the group of each row first, where there are groups."""
    grouped = any(block.title for block in table.blocks)
    yield (*(("Gruppo",) if grouped else ()), *(column.replace("\u00ad", "") for column in table.columns))
    for block in table.blocks:
        for line in block.lines:
            yield (*((block.title,) if grouped else ()), line.head, *line.cells)


def workbook(document: Document) -> bytes:
    """One sheet a table behind a list of them all; no cell can become a formula."""
    from openpyxl import Workbook

    book = Workbook()
    first = book.worksheets[0]
    first.title = "Elenco"
    said = [document.title, document.subtitle, *([document.mark] if document.demonstration else [])]
    for text in [*said, str(document.stamp), ""]:
        first.append([safe_text(text)])
    for number, table in enumerate(document.tables, 1):
        title = f"{number:02} {table.id}"[:TITLE_LENGTH]
        first.append([safe_text(title), safe_text(table.caption)])
        _fill(book.create_sheet(title), table)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(sheet: Any, table: Table) -> None:
    sheet.append([safe_text(table.caption)])
    for row in table_rows(table):
        sheet.append([_cell(text) for text in row])
    if table.note:
        sheet.append([safe_text(table.note)])
    for cells in sheet.iter_rows():
        for cell in cells:
            _shown(cell)
    sheet.freeze_panes = "B3"
    sheet.column_dimensions["A"].width = WIDEST / 2


def _cell(text: str) -> str | int | float:
    """A number where the page shows one (a percentage as a share), else the text."""
    found = _NUMBER.fullmatch(text)
    if not found:
        return safe_text(text)
    sign, whole, decimals, percent = found.groups()
    digits = whole.replace("\u202f", "")
    value = float(f"{digits}.{decimals}") if decimals else int(digits)
    value = -value if sign == MINUS else value
    return value / 100 if percent else value


def _shown(cell: Any) -> None:
    if isinstance(cell.value, str):
        cell.data_type = "s"
        cell.quotePrefix = True
    elif isinstance(cell.value, float):
        cell.number_format = "0.00"
