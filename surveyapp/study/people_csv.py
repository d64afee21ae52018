"""People and their paths from a CSV file: read whole, or refused with every problem and its line.

Columns, in any order, named in English or Italian (capital letters and spaces do not matter):

- code (codice): the person's code, 2-40 letters, digits, - or _, at least one digit; never a name or a
  codice fiscale;
- province (provincia): name or abbreviation;
- ambito: needed where the territory is an Ambito (everywhere but in the province of Bergamo);
- path_start (inizio_percorso): date, 2026-06-15 or 15/06/2026;
- path_end (fine_percorso): the same, empty while the path is open;
- end_reason (motivo_fine): a few words, only with path_end.

code, province and path_start must be there; any other column that is not there counts as empty. Cells are
separated by `,` or `;`; the text is UTF-8, with or without a byte order mark; empty rows are left out.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from surveyapp.instruments.source import Problem
from surveyapp.study.errors import ImportRefusedError
from surveyapp.study.people_cells import COLUMNS, REQUIRED, PersonRow, read_person, shortened

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 20_000

_NAMED = {name: column for column, italian in COLUMNS.items() for name in (column, italian)}
_ALLOWED = ", ".join(COLUMNS.values())

Record = tuple[int, list[str]]


def read_people(data: bytes) -> list[PersonRow]:
    """The people of a file, in its order; raises ImportRefusedError with every problem found."""
    problems: list[Problem] = []
    records = list(_records(_text(data), problems))
    if not problems and len(records) < 2:
        problems.append(_nobody(records))
    people = _people(records, problems) if records else []
    if problems:
        raise ImportRefusedError(problems)
    return people


def _people(records: list[Record], problems: list[Problem]) -> list[PersonRow]:
    (header_line, header), *others = records
    columns = _columns(header_line, header, problems)
    rows = [(line, _cells(line, columns, record, problems)) for line, record in others]
    read = [read_person(line, cells) for line, cells in rows]
    people = [person for person, _ in read if person]
    problems += [problem for _, found in read for problem in found]
    problems += [*_repeated_codes(rows), *_spelled_otherwise(people)]
    return people


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


def _nobody(records: list[Record]) -> Problem:
    if records:
        return Problem(records[0][0], "dopo l'intestazione non c'è nessuna persona: scrivine una per riga")
    return Problem(1, f"il file è vuoto: la prima riga deve avere le colonne {_ALLOWED}")


def _records(text: str, problems: list[Problem]) -> Iterator[Record]:
    """Rows that hold some text, each with the line where it begins; it stops where quotes do not close."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    found, line = 0, 1
    try:
        for record in reader:
            begins, line = line, reader.line_num + 1
            found += (has_text := any(cell.strip() for cell in record))
            if found > MAX_ROWS + 1:
                problems.append(Problem(begins, f"più di {MAX_ROWS} persone: dividi il file"))
                return
            if has_text:
                yield begins, record
    except csv.Error:
        problems.append(Problem(line, 'da qui il file non si legge: controlla che ogni " aperta si chiuda'))


def _delimiter(text: str) -> str:
    header = next((line for line in io.StringIO(text, newline="") if line.strip()), "")
    return ";" if header.count(";") > header.count(",") else ","


def _columns(line: int, header: list[str], problems: list[Problem]) -> list[str | None]:
    """The column meant by each cell of the header; None for one that is unknown or repeated."""
    columns: list[str | None] = []
    for position, written in enumerate(header, start=1):
        column = _NAMED.get("_".join(written.casefold().split()))
        shown = shortened(" ".join(written.split()))
        wrong = "non è prevista" if column is None else "è ripetuta" if column in columns else None
        if wrong:
            message = f"la colonna {position} «{shown}» {wrong}: toglila; ammesse: {_ALLOWED}"
            problems.append(Problem(line, message))
        columns.append(None if wrong else column)
    missing = [COLUMNS[column] for column in REQUIRED if column not in columns]
    problems += [Problem(line, f"manca la colonna «{name}»: aggiungila") for name in missing]
    return columns


def _cells(
    line: int, columns: Sequence[str | None], record: Sequence[str], problems: list[Problem]
) -> dict[str, str]:
    """Cells by column, superfluous spaces and line ends taken out; none when they do not fit the columns."""
    if len(record) != len(columns):
        message = f"le celle sono {len(record)} e le colonne {len(columns)}: controlla i separatori"
        problems.append(Problem(line, message))
        return {}
    cells = zip(columns, record, strict=True)
    return {column: " ".join(cell.split()) for column, cell in cells if column}


def _repeated_codes(rows: Sequence[tuple[int, Mapping[str, str]]]) -> Iterator[Problem]:
    first_lines: dict[str, int] = {}
    for line, cells in rows:
        code = cells.get("code", "").casefold()
        first = first_lines.setdefault(code, line)
        if code and first != line:
            yield Problem(line, f"il codice è già alla riga {first}: ogni persona ha una riga sola")


def _spelled_otherwise(people: Sequence[PersonRow]) -> Iterator[Problem]:
    """Two spellings of one Ambito would become two territories."""
    spellings: dict[tuple[str, str], str] = {}
    for person in people:
        known = spellings.setdefault((person.province, person.ambito.casefold()), person.ambito)
        if known != person.ambito:
            yield Problem(person.line, f"ambito: «{person.ambito}» è scritto anche «{known}»: scegline uno")
