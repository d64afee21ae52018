"""A page as PDF, where this system can make one; the page itself can always be printed."""

from pathlib import Path

from surveyapp.reports.cells import replace_file
from surveyapp.sheets.pdf import PdfMissingError, pdf


def printed(path: Path, page: str) -> list[Path]:
    """Write a page as PDF, and say where it is; an older one goes where the system's libraries are missing.

    Raises OSError where the file cannot be written.
    """
    try:
        return [replace_file(path, pdf(page))]
    except PdfMissingError:
        path.unlink(missing_ok=True)
        return []
