"""The validation report of the invented people: seconds for each step, beside its budget.

    python -m benchmarks.reports [INSTRUMENT ...]

Imports are over before the clock starts; PDF and PNG are printed apart, for WeasyPrint makes them.
"""

import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from surveyapp.instruments import catalogue as instrument_catalogue
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.document import Document, html, svg
from surveyapp.reports.pictures import png
from surveyapp.reports.reading import load
from surveyapp.reports.results_json import results_json
from surveyapp.reports.table_sheets import workbook
from surveyapp.reports.validation.report import compute, validation
from surveyapp.settings import read_settings
from surveyapp.sheets.pdf import pdf
from surveyapp.storage import schema
from surveyapp.storage.engine import open_engine, reading, writing
from surveyapp.study.demonstration import fill

BUDGET = 5.0
DAY = date(2026, 11, 27)
INSTRUMENTS = ("aut", "qil")


def main(instruments: list[str]) -> None:
    """Fill a database, then make each report once, as the worker would."""
    catalogue = instrument_catalogue.load(read_settings().instruments)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'study.db'}")
        schema.upgrade(engine)
        with writing(engine) as connection:
            fill(connection, catalogue, datetime(2026, 11, 27, 9, tzinfo=UTC))
        with reading(engine) as connection:
            for instrument in instruments:
                _measure(catalogue, connection, instrument)
        engine.dispose()


def _measure(catalogue: Catalogue, connection: object, instrument: str) -> None:
    began = time.perf_counter()
    study = load(connection, catalogue, instrument, form=None)  # type: ignore[arg-type]  # a connection
    numbers = compute(study, DAY)
    document = validation(study, numbers, DAY, ())
    page = html(document)
    drawings = [svg(drawing) for drawing in document.drawings]
    results_json(document, numbers, instrument)
    workbook(document)
    seconds = time.perf_counter() - began
    people = len({one.administration.person_code for one in study.responses})
    print(
        f"{instrument}: {people} people, {len(study.responses)} responses, {len(numbers.rows)} numbers, "
        f"{len(document.tables)} tables, {len(drawings)} drawings: {seconds:.2f} s (budget {BUDGET} s)"
    )
    _printed(page, document, drawings)


def _printed(page: str, document: Document, drawings: list[str]) -> None:
    began = time.perf_counter()
    size = len(pdf(page))
    middle = time.perf_counter()
    for picture, drawing in zip(drawings, document.drawings, strict=True):
        png(picture, drawing.width, drawing.height)
    ended = time.perf_counter()
    print(f"  apart: PDF {middle - began:.1f} s ({size // 1024} kB), PNG {ended - middle:.1f} s")


if __name__ == "__main__":
    main(sys.argv[1:] or list(INSTRUMENTS))
