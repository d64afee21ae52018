"""A drawing as PNG, for slides and documents that take no SVG."""

import io

from surveyapp.sheets.pdf import pdf

# Twice the size on screen: sharp on paper at the width of a column.
SCALE = 2
# One CSS pixel is three quarters of the point in which PDF counts.
POINTS = 0.75

_PAGE = """<!doctype html>
<html lang="it"><head><title>Disegno</title>
<style>@page {{ size: {width}px {height}px; margin: 0 }} body {{ margin: 0 }}</style></head>
<body>{picture}</body></html>"""


def png(picture: str, width: float, height: float) -> bytes:
    """The SVG of that size in pixels, on white, drawn by the same program that makes the PDF.

    Raises PdfMissingError where the system's libraries are missing.
    """
    import pypdfium2

    page = pdf(_PAGE.format(width=width, height=height, picture=picture))
    drawn = pypdfium2.PdfDocument(page)
    try:
        image = drawn[0].render(scale=SCALE / POINTS).to_pil()
    finally:
        drawn.close()
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()
