"""Notes and criteria from files come in all together or not at all; the same file again changes nothing."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from surveyapp.focus_groups.criteria_csv import read_criteria
from surveyapp.focus_groups.names import looks_like_names
from surveyapp.focus_groups.notes import criteria_of, next_code
from surveyapp.focus_groups.notes_csv import Known, NoteRow, read_notes
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import excerpts, focus_groups
from surveyapp.study.errors import RefusedError


@dataclass(frozen=True)
class NotesSummary:
    """What an import of notes changed; `named` are the lines of the file where a name may be."""

    added: int
    unchanged: int
    codes: int
    criteria: int
    named: tuple[int, ...]


@dataclass(frozen=True)
class CriteriaSummary:
    """What an import of criteria changed."""

    added: int
    unchanged: int


def import_notes(
    connection: Connection, catalogue: Catalogue, meeting: str, data: bytes, by: str, now: datetime
) -> NotesSummary:
    """Add the notes of a file to a meeting, coded as `by` coded them; those that are there stay as they are.

    Raises RefusedError for a meeting that is not there or takes no more notes, ImportRefusedError, before
    anything is written, with every line that is wrong.
    """
    row = _meeting(connection, meeting)
    there = {one.code: one for one in focus_groups.participants(connection, row.id)}
    criteria = criteria_of(catalogue, excerpts.new_criteria(connection))
    notes = read_notes(data, Known(criteria, {code: one.role for code, one in there.items()}))
    keyed = _keys(row.id, notes)
    known = excerpts.known(connection, keyed)
    fresh = {key: note for key, note in keyed.items() if key not in known}
    if fresh and row.closed_at is not None:
        raise RefusedError(f"le note di {meeting} sono chiuse: riaprile dalla pagina del focus group")
    speakers = {code: one.id for code, one in there.items()}
    excerpts.add(connection, _rows(connection, row.id, fresh, speakers, by, now))
    new = _add_criteria(connection, row.id, list(fresh.values()), now)
    codes = _add_codes(connection, fresh, new, by, now)
    named = tuple(note.line for note in fresh.values() if looks_like_names(note.text))
    return NotesSummary(len(fresh), len(known), codes, len(new), named)


def import_criteria(
    connection: Connection, catalogue: Catalogue, data: bytes, now: datetime
) -> CriteriaSummary:
    """Add the criteria of a file; those that are there, in an instrument too, stay as they are.

    Raises ImportRefusedError, before anything is written, with every line that is wrong.
    """
    known = criteria_of(catalogue, excerpts.new_criteria(connection))
    read = read_criteria(data, known)
    fresh = [row for row in read if row.code not in known]
    for row in fresh:
        meeting = focus_groups.id_of(connection, row.where) if row.where else None
        origin = "" if meeting else row.where
        excerpts.add_criterion(connection, row.code, row.title, meeting, now, origin)
    return CriteriaSummary(len(fresh), len(read) - len(fresh))


def _meeting(connection: Connection, code: str) -> Row[Any]:
    meeting = focus_groups.id_of(connection, code)
    row = focus_groups.found(connection, meeting, locked=True) if meeting else None
    if row is None:
        raise RefusedError(f"non c'è nessun focus group con il codice «{code}»")
    return row


def _keys(meeting: int, notes: Sequence[NoteRow]) -> dict[str, NoteRow]:
    """The notes by keys that the same file gives again: a text that comes twice is two notes."""
    seen: Counter[str] = Counter()
    found = {}
    for note in notes:
        seen[note.text] += 1
        said = f"{meeting}\n{seen[note.text]}\n{note.text}"
        found[f"file-{hashlib.sha256(said.encode()).hexdigest()[:35]}"] = note
    return found


def _rows(
    connection: Connection,
    meeting: int,
    notes: Mapping[str, NoteRow],
    speakers: Mapping[str, int],
    by: str,
    now: datetime,
) -> list[dict[str, Any]]:
    first = excerpts.next_position(connection, meeting)
    common = {"focus_group_id": meeting, "source": "live", "written_by": by, "written_at": now}
    return [
        {
            **common,
            "key": key,
            "position": first + number,
            "text": note.text,
            "speaker_id": speakers.get(note.speaker),
            "minute": note.minute,
        }
        for number, (key, note) in enumerate(notes.items())
    ]


def _add_criteria(
    connection: Connection, meeting: int, notes: Sequence[NoteRow], now: datetime
) -> dict[str, str]:
    """The codes of the criteria that are new, by title; the same title is one criterion."""
    made: dict[str, str] = {}
    for title in (title for note in notes for title in note.new):
        if title.casefold() not in made:
            code = next_code(excerpts.new_criteria(connection))
            excerpts.add_criterion(connection, code, title, meeting, now)
            made[title.casefold()] = code
    return made


def _add_codes(
    connection: Connection, notes: Mapping[str, NoteRow], new: Mapping[str, str], by: str, now: datetime
) -> int:
    ids = excerpts.known(connection, notes)
    about = [
        (ids[key], criterion, note.kind)
        for key, note in notes.items()
        for criterion in (*note.criteria, *(new[title.casefold()] for title in note.new))
    ]
    return sum(excerpts.code(connection, one, by, criterion, kind, now) for one, criterion, kind in about)
