"""The report on observed change: reads, computes once, writes the page and the table of its numbers."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.cells import replace_file
from surveyapp.reports.change import change_rows
from surveyapp.reports.coverage import coverage_rows
from surveyapp.reports.document import html
from surveyapp.reports.frames import ROME, Study
from surveyapp.reports.improvement import improvement_rows
from surveyapp.reports.levels import level_rows
from surveyapp.reports.numbers import Numbers
from surveyapp.reports.page import document
from surveyapp.reports.reading import load
from surveyapp.reports.results import results_csv

# Who waits is told how far it is: hundredths, and what is being done.
Tell = Callable[[int, str], None]


def write_report(
    connection: Connection,
    catalogue: Catalogue,
    instrument_id: str,
    folder: Path,
    *,
    today: date | None = None,
    tell: Tell = lambda _progress, _message: None,
) -> list[Path]:
    """Write report.html and results.csv, which hold the same numbers, and return where they are.

    `today` decides what is due and what can no longer come; `tell` hears how far it is. Raises CatalogueError
    for an unknown instrument or a pinned version that is not here unchanged, OSError where the folder cannot
    be written.
    """
    day = today or datetime.now(ROME).date()
    tell(10, "Leggo le risposte.")
    study = load(connection, catalogue, instrument_id)
    tell(30, "Calcolo.")
    numbers = compute(study, day)
    tell(80, "Scrivo.")
    table = results_csv(numbers, instrument_id, demonstration=study.demonstration)
    return [
        replace_file(folder / "report.html", html(document(study, numbers, day))),
        replace_file(folder / "results.csv", table),
    ]


def compute(study: Study, today: date) -> Numbers:
    """Every number of the report, in its order."""
    return Numbers(
        (
            *coverage_rows(study, today),
            *improvement_rows(study),
            *change_rows(study),
            *level_rows(study),
        )
    )
