"""The report on observed change: reads, computes once, writes the page and the table of its numbers."""

from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.cells import replace_file
from surveyapp.reports.change import change_rows
from surveyapp.reports.coverage import coverage_rows
from surveyapp.reports.frames import ROME, Study, load
from surveyapp.reports.improvement import improvement_rows
from surveyapp.reports.levels import level_rows
from surveyapp.reports.numbers import Numbers
from surveyapp.reports.page import html
from surveyapp.reports.results import results_csv


def write_report(
    connection: Connection,
    catalogue: Catalogue,
    instrument_id: str,
    folder: Path,
    *,
    today: date | None = None,
) -> list[Path]:
    """Write report.html and results.csv, which hold the same numbers, and return where they are.

    `today` decides what is due and what can no longer come. Raises CatalogueError for an unknown instrument
    or a pinned version that is not here unchanged, OSError where the folder cannot be written.
    """
    day = today or datetime.now(ROME).date()
    study = load(connection, catalogue, instrument_id)
    numbers = compute(study, day)
    table = results_csv(numbers, instrument_id, demonstration=study.demonstration)
    return [
        replace_file(folder / "report.html", html(study, numbers, day)),
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
