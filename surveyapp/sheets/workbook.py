"""Tables as an XLSX file whose texts stay texts: no cell can become a formula.

openpyxl is imported only when a file is written: it brings numpy along, which no other command needs.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WIDEST = 60


def xlsx(sheets: Mapping[str, Iterable[Sequence[str]]]) -> bytes:
    """A workbook with one sheet for each table; the first row of each is its header."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        _fill(book.create_sheet(title), rows)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(sheet: "Worksheet", rows: Iterable[Sequence[str]]) -> None:
    from openpyxl.utils import get_column_letter

    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row, 1):
            if text:
                _write(sheet, number, place, text)
    for place, column in enumerate(sheet.columns, 1):
        longest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[get_column_letter(place)].width = min(longest + 2, WIDEST)
    sheet.freeze_panes = "A2"


def _write(sheet: "Worksheet", number: int, place: int, text: str) -> None:
    from openpyxl.styles import Alignment, Font

    cell = sheet.cell(number, place)
    cell.value = text
    # openpyxl takes a text that begins with "=" for a formula; the quote keeps it a text also when edited.
    cell.data_type = "s"
    cell.quotePrefix = True
    cell.alignment = Alignment(wrap_text=number > 1, vertical="top")
    cell.font = Font(bold=number == 1)
