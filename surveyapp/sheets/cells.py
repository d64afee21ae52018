"""Files that people open: no text can become a formula, and a file is written whole or not at all."""

import os
import re
import tempfile
from pathlib import Path

# What makes a spreadsheet take a cell for a formula, also after blanks and in fullwidth forms.
_FORMULA = re.compile(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠]|[\t\r\n]")
# Control characters, which spreadsheets and readers drop or choke on; tab and line breaks stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def safe_text(text: str | None) -> str:
    """The text without control characters, behind an apostrophe where it could be taken for a formula."""
    clean = _CONTROL.sub("", text or "")
    return f"'{clean}" if _FORMULA.match(clean) else clean


def replace_file(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    """Write a file whole or not at all: readers see the old one or the new one. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode(encoding) if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o640)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path
