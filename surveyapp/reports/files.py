"""A report in every form in which it leaves the house: page, PDF, tables, drawings, numbers for programs."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from surveyapp.reports.cells import replace_file, safe_text
from surveyapp.reports.document import Document, html, svg
from surveyapp.reports.numbers import Numbers
from surveyapp.reports.pictures import png
from surveyapp.reports.printed import printed
from surveyapp.reports.results import results_csv
from surveyapp.reports.results_json import results_json
from surveyapp.reports.table_sheets import table_rows, workbook
from surveyapp.sheets.pdf import PdfMissingError

# With a byte order mark Excel opens accents right.
CSV_ENCODING = "utf-8-sig"


def write_document(document: Document, numbers: Numbers, folder: Path, about: str) -> list[Path]:
    """Write a report whole, and return where its files are.

    report.html and report.pdf; results.csv and results.json, the numbers for programs; tables.xlsx and
    tables/*.csv, as they are read; figures/*.svg and *.png. `about` is the id of the instrument, or
    "project". Where the system's libraries for PDF are missing there is neither PDF nor PNG: the page
    can be printed. Raises OSError where the folder cannot be written.
    """
    page = html(document)
    table = results_csv(numbers, about, demonstration=document.demonstration)
    return [
        replace_file(folder / "report.html", page),
        *printed(folder / "report.pdf", page),
        replace_file(folder / "results.csv", table),
        replace_file(folder / "results.json", results_json(document, numbers, about)),
        replace_file(folder / "tables.xlsx", workbook(document)),
        *_tables(document, folder / "tables"),
        *_figures(document, folder / "figures"),
    ]


def _tables(document: Document, folder: Path) -> Iterator[Path]:
    for table in document.tables:
        out = io.StringIO()
        csv.writer(out).writerows([[safe_text(cell) for cell in row] for row in table_rows(table)])
        yield replace_file(folder / f"{table.id}.csv", out.getvalue(), CSV_ENCODING)


def _figures(document: Document, folder: Path) -> Iterator[Path]:
    for drawing in document.drawings:
        picture = svg(drawing)
        yield replace_file(folder / f"{drawing.id}.svg", picture)
        try:
            yield replace_file(folder / f"{drawing.id}.png", png(picture, drawing.width, drawing.height))
        except PdfMissingError:
            return
