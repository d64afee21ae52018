"""CSV files as spreadsheets write them: named cells, each row with its line, every problem told.

Cells are separated by `,` or `;`; the text is UTF-8, with or without a byte order mark; empty rows are left
out. Columns come in any order; capital letters, spaces and accents in their names do not matter.
"""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from surveyapp.instruments.source import Problem
from surveyapp.study.errors import ImportRefusedError

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 2_000

Record = tuple[int, list[str]]


@dataclass(frozen=True)
class Layout:
    """The columns of a kind of file: for each what it is called, in Italian first, and which must be there.

    `nobody` is what is missing from a file without rows; `listed` names the columns where they are too many.
    """

    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    nobody: str = "nessuna riga: scrivine almeno una"
    listed: str = ""

    def title(self, column: str) -> str:
        """The column as messages call it."""
        return self.columns[column][0]

    @property
    def allowed(self) -> str:
        """Every column, for messages."""
        return self.listed or ", ".join(names[0] for names in self.columns.values())


@dataclass(frozen=True)
class Cells:
    """One row: its cells by column, in one line and trimmed; none where they do not fit the columns."""

    line: int
    cells: Mapping[str, str]


@dataclass
class Sheet:
    """A file while it is read: its header and rows as they are, and what is wrong so far."""

    header_line: int
    header: list[str]
    records: list[Record]
    problems: list[Problem] = field(default_factory=list)


def open_sheet(data: bytes, allowed: str) -> Sheet:
    """The header and rows of a file, whose columns are `allowed`; raises ImportRefusedError without any."""
    problems: list[Problem] = []
    records = list(_records(_text(data), problems))
    if not records:
        empty = Problem(1, f"il file è vuoto: la prima riga deve avere le colonne {allowed}")
        raise ImportRefusedError(problems or [empty])
    (line, header), *others = records
    if len(header) > MAX_COLUMNS:
        raise ImportRefusedError([Problem(line, f"più di {MAX_COLUMNS} colonne: controlla i separatori")])
    return Sheet(line, header, others, problems)


def read_rows(sheet: Sheet, layout: Layout) -> list[Cells]:
    """The rows of a sheet by the columns of a layout; what is wrong is noted in the sheet."""
    if not sheet.problems and not sheet.records:
        sheet.problems.append(Problem(sheet.header_line, f"dopo l'intestazione non c'è {layout.nobody}"))
    columns = _columns(sheet, layout)
    return [Cells(line, _cells(line, columns, record, sheet.problems)) for line, record in sheet.records]


def repeated_codes(rows: Sequence[Cells], sentence: str) -> Iterator[Problem]:
    """Codes that come more than once; `sentence` has the line of the first in braces."""
    first_lines: dict[str, int] = {}
    for row in rows:
        code = row.cells.get("code", "").casefold()
        first = first_lines.setdefault(code, row.line)
        if code and first != row.line:
            yield Problem(row.line, sentence.format(first))


def name_of(written: str) -> str:
    """The name of a column as it is compared: small letters without accents, `_` for spaces."""
    plain = unicodedata.normalize("NFKD", "_".join(written.casefold().split()))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def shortened(written: str) -> str:
    """The beginning of a text, for messages."""
    return written if len(written) <= 40 else f"{written[:40]}…"


def _text(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise ImportRefusedError([Problem(1, "il file supera 5 MB: dividilo in file più piccoli")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefusedError([_not_text(data, error.start)]) from None
    if "\0" in text:
        raise ImportRefusedError([_not_text(data, data.index(b"\0"))])
    return text


def _not_text(data: bytes, position: int) -> Problem:
    return Problem(
        data.count(b"\n", 0, position) + 1,
        "il file non è un testo UTF-8: in Excel scegli «Salva con nome», poi «CSV UTF-8»",
    )


def _records(text: str, problems: list[Problem]) -> Iterator[Record]:
    """Rows that hold some text, each with the line where it begins; it stops where quotes do not close."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    found, line = 0, 1
    try:
        for record in reader:
            begins, line = line, reader.line_num + 1
            found += (has_text := any(cell.strip() for cell in record))
            if found > MAX_ROWS + 1:
                problems.append(Problem(begins, f"più di {MAX_ROWS} righe: dividi il file"))
                return
            if has_text:
                yield begins, record
    except csv.Error:
        problems.append(Problem(line, 'da qui il file non si legge: controlla che ogni " aperta si chiuda'))


def _delimiter(text: str) -> str:
    header = next((line for line in io.StringIO(text, newline="") if line.strip()), "")
    return ";" if header.count(";") > header.count(",") else ","


def _columns(sheet: Sheet, layout: Layout) -> list[str | None]:
    """The column meant by each cell of the header; None for one that is unknown or repeated."""
    named = {name_of(name): column for column, names in layout.columns.items() for name in names}
    columns: list[str | None] = []
    for position, written in enumerate(sheet.header, start=1):
        column = named.get(name_of(written))
        wrong = _not_foreseen(written, named, layout) if column is None else None
        if column in columns and column is not None:
            wrong = "è ripetuta"
        if wrong:
            message = f"la colonna {position} «{shortened(' '.join(written.split()))}» {wrong}: toglila"
            sheet.problems.append(Problem(sheet.header_line, f"{message}; ammesse: {layout.allowed}"))
        columns.append(None if wrong else column)
    missing = [layout.title(column) for column in layout.required if column not in columns]
    sheet.problems += [
        Problem(sheet.header_line, f"manca la colonna «{name}»: aggiungila") for name in missing
    ]
    return columns


def _not_foreseen(written: str, named: Mapping[str, str], layout: Layout) -> str:
    alike = get_close_matches(name_of(written), named, n=1, cutoff=0.8)
    return f"non è prevista (forse è «{layout.title(named[alike[0]])}»)" if alike else "non è prevista"


def _cells(
    line: int, columns: Sequence[str | None], record: Sequence[str], problems: list[Problem]
) -> dict[str, str]:
    if len(record) != len(columns):
        message = f"le celle sono {len(record)} e le colonne {len(columns)}: controlla i separatori"
        problems.append(Problem(line, message))
        return {}
    cells = zip(columns, record, strict=True)
    return {column: " ".join(cell.split()) for column, cell in cells if column}
