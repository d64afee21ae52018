"""Syntheses written: read once, one document, a page, a PDF and a Word file from it."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.cells import replace_file
from surveyapp.reports.change_report import Tell
from surveyapp.reports.document import Document, html
from surveyapp.reports.frames import ROME
from surveyapp.reports.meetings.material import Material
from surveyapp.reports.meetings.matrix import matrix
from surveyapp.reports.meetings.reading import read_all, read_one
from surveyapp.reports.meetings.synthesis import synthesis
from surveyapp.reports.printed import printed
from surveyapp.reports.word import as_word

PAGE, PRINTED, WORD = "report.html", "report.pdf", "report.docx"


def write_meeting(
    connection: Connection,
    catalogue: Catalogue,
    meeting: int,
    folder: Path,
    *,
    today: date | None = None,
    tell: Tell = lambda _progress, _message: None,
) -> list[Path]:
    """Write the synthesis of a meeting as report.html, report.pdf and report.docx; where they are.

    Where the system's libraries for PDF are missing there is no PDF. Raises RefusedError where there is no
    such meeting, OSError where the folder cannot be written.
    """
    return _write(lambda: read_one(connection, catalogue, meeting), synthesis, folder, today, tell)


def write_meetings(
    connection: Connection,
    catalogue: Catalogue,
    folder: Path,
    *,
    today: date | None = None,
    tell: Tell = lambda _progress, _message: None,
) -> list[Path]:
    """Write the table of criteria over all meetings; the same files, raises OSError."""
    return _write(lambda: read_all(connection, catalogue), matrix, folder, today, tell)


def _write(
    read: Callable[[], Material],
    build: Callable[[Material, date], Document],
    folder: Path,
    today: date | None,
    tell: Tell,
) -> list[Path]:
    tell(10, "Leggo le note.")
    material = read()
    tell(60, "Scrivo.")
    document = build(material, today or datetime.now(ROME).date())
    page = html(document)
    return [
        replace_file(folder / PAGE, page),
        *printed(folder / PRINTED, page),
        replace_file(folder / WORD, as_word(document)),
    ]
