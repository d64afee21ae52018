"""The codebook of what is exported: that of each version, and how its questions are called in the files."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from surveyapp.instruments.model import Instrument
from surveyapp.reports.cells import replace_file
from surveyapp.reports.exports.frame import Frame
from surveyapp.reports.exports.missing import ALL
from surveyapp.reports.printed import printed
from surveyapp.sheets.codebook import codebook
from surveyapp.sheets.page import codebook_html
from surveyapp.sheets.tables import Row, Table, table

_MISSING_COLUMNS = {
    "word": "Nei CSV e in XLSX",
    "number": "In SPSS",
    "letter": "In Stata",
    "label": "Che cosa vuol dire",
}
_NAME_COLUMNS = {"name": "Nome nei file", "item": "Domanda", "label": "Che cosa contiene"}


def write_codebooks(instruments: Sequence[Instrument], frames: Sequence[Frame], folder: Path) -> list[Path]:
    """Write the codebook of each version as HTML and, where Pango is there, as PDF. Raises OSError."""
    own = (_missing(), _names(frames))
    found: list[Path] = []
    for instrument in instruments:
        name = f"{instrument.id}-{instrument.version}-codici"
        footer = f"{instrument.id} {instrument.version} · {instrument.digest[:12]}"
        page = codebook_html(instrument.title, footer, (*own, *codebook(instrument)))
        found.append(replace_file(folder / f"{name}.html", page))
        found += printed(folder / f"{name}.pdf", page)
    return found


def _missing() -> Table:
    rows = ((one.word, str(one.number), f".{one.letter}", one.label) for one in ALL)
    return table("mancanti", "Perché una risposta manca", _MISSING_COLUMNS, rows)


def _names(frames: Sequence[Frame]) -> Table:
    return table("nomi", "Nomi nei file diversi dai codici", _NAME_COLUMNS, dict.fromkeys(_renamed(frames)))


def _renamed(frames: Sequence[Frame]) -> Iterator[Row]:
    """What is not called as its question: records, options of several, scores, and the context."""
    for frame in frames:
        for variable in (column.variable for column in frame.columns):
            if variable.name != variable.item:
                yield (variable.name, variable.item, variable.label)
