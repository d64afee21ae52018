"""What goes into a CSV cell of results: numbers stay numbers; texts and files as everywhere (sheets)."""

from surveyapp.sheets.cells import replace_file, safe_text

__all__ = ["number_text", "replace_file", "safe_text"]


def number_text(value: float | None) -> str:
    """A number with 12 significant digits; nothing where there is none."""
    return "" if value is None else f"{value:.12g}"
