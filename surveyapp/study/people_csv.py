"""People and their paths from a CSV file: read whole, or refused with every problem and its line.

Columns, in any order, named in English or Italian:

- code (codice): the person's code, 2-40 letters, digits, - or _, at least one digit; never a name or a
  codice fiscale;
- province (provincia): name or abbreviation;
- ambito: needed where the territory is an Ambito (everywhere but in the province of Bergamo);
- path_start (inizio_percorso): date, 2026-06-15 or 15/06/2026;
- activity_start (inizio_attivita): when the first activity began in which the person can be observed;
- path_end (fine_percorso): empty while the path is open;
- end_reason (motivo_fine): a few words, only with path_end;
- sex (sesso): F, M or altro; may be left out.

code, province and path_start must be there; a column that is not there says nothing.
"""

from collections.abc import Iterator, Sequence

from surveyapp.instruments.source import Problem
from surveyapp.study.csv_file import Sheet, open_sheet, read_rows, repeated_codes
from surveyapp.study.errors import ImportRefusedError
from surveyapp.study.people_cells import LAYOUT, PersonRow, read_person

REPEATED = "il codice è già alla riga {}: ogni persona ha una riga sola"


def read_people(data: bytes) -> list[PersonRow]:
    """The people of a file, in its order; raises ImportRefusedError with every problem found."""
    return people_of(open_sheet(data, LAYOUT.allowed))


def people_of(sheet: Sheet) -> list[PersonRow]:
    """The people of a sheet; raises ImportRefusedError with every problem found."""
    rows = read_rows(sheet, LAYOUT)
    read = [read_person(row) for row in rows]
    people = [person for person, _ in read if person]
    problems = [*sheet.problems, *(problem for _, found in read for problem in found)]
    problems += [*repeated_codes(rows, REPEATED), *_spelled_otherwise(people)]
    if problems:
        raise ImportRefusedError(problems)
    return people


def _spelled_otherwise(people: Sequence[PersonRow]) -> Iterator[Problem]:
    """Two spellings of one Ambito would become two territories."""
    spellings: dict[tuple[str, str], str] = {}
    for person in people:
        known = spellings.setdefault((person.province, person.ambito.casefold()), person.ambito)
        if known != person.ambito:
            yield Problem(person.line, f"ambito: «{person.ambito}» è scritto anche «{known}»: scegline uno")
