"""Reading a sheet as a strict browser would."""

from pathlib import Path
from xml.etree.ElementTree import Element

from tests.reports import pages


def visit_sheet(path: Path, title: str = "Scheda del percorso di") -> Element:
    """The page, after the checks that every report must pass."""
    return pages.visit(path, title)
