"""Notes of a meeting from a CSV file: read whole, or refused with every problem and its line. Pure.

Columns, in any order, named in Italian or English:

- testo (text): the note, at most 4000 characters, without names;
- ruolo (role): who spoke, by the code or the role of a participant of the meeting; may be empty;
- minuto (minute): 0 to 600; may be empty;
- criteri (criteria): codes or titles of criteria, `|` between them; may be empty;
- tipo (kind): what the note says of them (criterio nuovo, conferma, ...); with criteria only.

testo must be there; a column that is not there says nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveyapp.focus_groups.notes import LONGEST_NOTE, LONGEST_TITLE, meant, near
from surveyapp.instruments.source import Problem
from surveyapp.study import cells
from surveyapp.study.cells import CellError, Reading
from surveyapp.study.csv_file import Cells, Layout, open_sheet, read_rows, shortened
from surveyapp.study.errors import ImportRefusedError

LONGEST_MINUTE = 600
BETWEEN = "|"
NEW = "new_criterion"
# What may be written for each kind: the words of the pages, those in English, the digit that chooses it.
KINDS: Mapping[str, str] = {
    "criterio nuovo": NEW,
    "conferma": "confirmation",
    "formulazione": "wording",
    "rischio": "risk",
    "contesto": "context",
    "buona prassi": "good_practice",
    "new criterion": NEW,
    "confirmation": "confirmation",
    "wording": "wording",
    "risk": "risk",
    "context": "context",
    "good practice": "good_practice",
    "1": NEW,
    "2": "confirmation",
    "3": "wording",
    "4": "risk",
    "5": "context",
    "6": "good_practice",
}
LAYOUT = Layout(
    {
        "text": ("testo", "text"),
        "role": ("ruolo", "role"),
        "minute": ("minuto", "minute"),
        "criteria": ("criteri", "criteria"),
        "kind": ("tipo", "kind"),
    },
    ("text",),
    nobody="nessuna nota: scrivine una per riga",
)


@dataclass(frozen=True)
class Known:
    """What the cells of a file may name: criteria (id and title), participants (code and role)."""

    criteria: Mapping[str, str]
    participants: Mapping[str, str]


@dataclass(frozen=True)
class NoteRow:
    """One note: who spoke by code, its criteria by id; `new` are titles that no criterion has yet."""

    line: int
    text: str
    speaker: str
    minute: int | None
    criteria: tuple[str, ...]
    new: tuple[str, ...]
    kind: str


def read_notes(data: bytes, known: Known) -> list[NoteRow]:
    """The notes of a file, in its order. Raises ImportRefusedError with every problem found."""
    sheet = open_sheet(data, LAYOUT.allowed)
    read = [_note(row, known) for row in read_rows(sheet, LAYOUT)]
    problems = [*sheet.problems, *(problem for _, found in read for problem in found)]
    if problems:
        raise ImportRefusedError(problems)
    return [note for note, _ in read]


def _note(row: Cells, known: Known) -> tuple[NoteRow, list[Problem]]:
    reading = Reading(row, LAYOUT)
    text = reading.read("text", _text)
    speaker = reading.optional("role", lambda written: _speaker(written, known.participants))
    minute = reading.optional("minute", _minute)
    typed = [one.strip() for one in row.cells.get("criteria", "").split(BETWEEN) if one.strip()]
    kind = reading.read("kind", lambda written: _kind(written, typed))
    pairs = reading.read("criteria", lambda _: _criteria(typed, kind or "", known.criteria)) or []
    criteria, new = (tuple(dict.fromkeys(one[side] for one in pairs if one[side])) for side in (0, 1))
    note = NoteRow(row.line, text or "", speaker or "", minute, criteria, new, kind or "")
    return note, reading.problems


def _text(written: str) -> str:
    if not written:
        raise CellError("è vuoto: scrivi la nota o togli la riga")
    if len(written) > LONGEST_NOTE:
        raise CellError(f"più di {LONGEST_NOTE} caratteri: dividi la nota in due righe")
    return written


def _speaker(written: str, participants: Mapping[str, str]) -> str:
    """The code of who spoke; what was written is not repeated: it may be a name."""
    if written in participants:
        return written
    found = [code for code, role in participants.items() if role.casefold() == written.casefold()]
    if len(found) > 1:
        raise CellError(f"più partecipanti hanno questo ruolo: scrivi il codice ({', '.join(found)})")
    if not found:
        there = ", ".join(participants) or "nessuno"
        raise CellError(f"non è il codice né il ruolo di un partecipante (ci sono: {there})")
    return found[0]


def _minute(written: str) -> int:
    if not (written.isascii() and written.isdigit() and int(written[:6]) <= LONGEST_MINUTE):
        raise CellError(f"«{shortened(written)}» non va bene: scrivi un numero da 0 a {LONGEST_MINUTE}")
    return int(written)


def _kind(written: str, criteria: Sequence[str]) -> str:
    if not criteria:
        if written:
            raise CellError("c'è un tipo senza criteri: scrivi i criteri o togli il tipo")
        return ""
    return cells.one_of(KINDS)(written)


def _criteria(typed: Sequence[str], kind: str, criteria: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each criterion as (id, ""), or as ("", title) where it is new."""
    return [_criterion(one, kind, criteria) for one in typed]


def _criterion(written: str, kind: str, criteria: Mapping[str, str]) -> tuple[str, str]:
    found = meant(written, criteria)
    if found:
        return found, ""
    if kind == NEW:
        if len(written) > LONGEST_TITLE:
            raise CellError(f"più di {LONGEST_TITLE} caratteri: accorcia il nome del criterio nuovo")
        return "", written
    alike = "; ".join(near(written, criteria))
    ends = f"forse: {alike}" if alike else "se è nuovo, il tipo è «criterio nuovo»"
    raise CellError(f"«{shortened(written)}» non è un criterio: {ends}")
