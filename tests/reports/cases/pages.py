"""Reading a sheet as a strict browser would."""

from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.cases.case import case_of
from surveyapp.reports.cases.hidden import Promise
from surveyapp.reports.cases.sheet import document
from surveyapp.reports.cells import replace_file
from surveyapp.reports.document import html
from tests.reports import pages
from tests.reports.cases.invented import CODE, TODAY
from tests.reports.pages import NAMESPACE, words

SEES = Promise("vede")


def visit_sheet(path: Path, title: str = "Scheda del percorso di") -> Element:
    """The page, after the checks that every report must pass."""
    return pages.visit(path, title)


def sheet(
    connection: Connection,
    catalogue: Catalogue,
    folder: Path,
    promise: Promise = SEES,
    *,
    may_know: bool = False,
    today: date = TODAY,
) -> Element:
    """The case sheet of the person with the code CODE."""
    case = case_of(connection, catalogue, CODE, promise, may_know_of_alerts=may_know, today=today)
    return visit_sheet(replace_file(folder / "case.html", html(document(case))))


def cells(found: Element) -> list[list[str]]:
    """The cells of a table, row by row, as words."""
    return [[words(cell) for cell in row] for row in found.iter(f"{NAMESPACE}tr")]
