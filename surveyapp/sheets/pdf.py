"""HTML to PDF with WeasyPrint, which needs Debian's Pango."""

import io
from contextlib import redirect_stdout

from surveyapp.sheets.errors import SheetError

MISSING = (
    "per i PDF mancano le librerie Pango del sistema (su Debian: apt-get install libpangoft2-1.0-0 "
    "libharfbuzz-subset0)"
)


class PdfMissingError(SheetError):
    """No PDF can be made on this computer; the HTML of the same page can be printed from a browser."""


def pdf(html: str) -> bytes:
    """The page as PDF, tagged for screen readers; nothing is fetched from anywhere.

    Raises PdfMissingError where WeasyPrint or its system libraries are not there.
    """
    try:
        with redirect_stdout(io.StringIO()):  # it prints a long English text before it fails
            from weasyprint import HTML
            from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        raise PdfMissingError(MISSING) from error
    only_inside = URLFetcher(allowed_protocols=["data"])
    made: bytes = HTML(string=html, url_fetcher=only_inside).write_pdf(pdf_variant="pdf/ua-1")
    return made
