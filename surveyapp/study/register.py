"""The register: people and their paths come in all together or not at all, with what is due from them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.source import Problem
from surveyapp.storage import register as stored
from surveyapp.study.errors import ImportRefusedError, RefusedError
from surveyapp.study.people_cells import COLUMNS, SEX_WORDS, PersonRow
from surveyapp.study.plan import carry_out

DEMONSTRATION_PRESENT = (
    "il database contiene i dati della dimostrazione: toglili con «surveyapp demo --clear», poi importa"
)

Known = Mapping[str, Row[Any]]


@dataclass(frozen=True)
class ImportSummary:
    """What an import changed."""

    added: int
    ended: int
    unchanged: int
    administrations: int = 0


@dataclass(frozen=True)
class _PathRow:
    """A row of the file with the path it speaks of."""

    path_id: int
    code: str
    row: PersonRow


def import_people(
    connection: Connection, catalogue: Catalogue, rows: Sequence[PersonRow], now: datetime
) -> ImportSummary:
    """Add people, store the ends of paths that were open, and make the administrations that are due.

    A row that says what is known already changes nothing. Raises ImportRefusedError, before anything is
    written, for rows that contradict the register; RefusedError for a database of the demonstration;
    CatalogueError where a pinned version is not here unchanged.
    """
    if stored.holds_demonstration(connection):
        raise RefusedError(DEMONSTRATION_PRESENT)
    if problems := list(conflicts(rows, known_people(connection))):
        raise ImportRefusedError(problems)
    summary = store_people(connection, rows, now)
    return replace(summary, administrations=carry_out(connection, catalogue, now.date()).made)


def store_people(connection: Connection, rows: Sequence[PersonRow], now: datetime) -> ImportSummary:
    """Add who is new and store what is new of the others; the rows contradict nothing (see `conflicts`)."""
    known = known_people(connection)
    new = [row for row in rows if row.code.casefold() not in known]
    ended = [
        _PathRow(person.path_id, person.code, row)
        for row in rows
        if (person := known.get(row.code.casefold())) and _says_more(row, person)
    ]
    for path in ended:
        _write_down(connection, path)
    added = _add(connection, new, now)
    return ImportSummary(len(added), len(ended), len(rows) - len(added) - len(ended))


def conflicts(rows: Sequence[PersonRow], known: Known) -> Iterator[Problem]:
    """What the rows say otherwise than the register (see `known_people`)."""
    for row in rows:
        yield from _conflicts(row, known.get(row.code.casefold()))


def known_people(connection: Connection) -> Known:
    """The last path of everybody, by code in small letters."""
    return {person.code.casefold(): person for person in stored.people(connection)}


def _conflicts(row: PersonRow, person: Row[Any] | None) -> Iterator[Problem]:
    if person is None:
        return
    compared = {
        "code": (row.code, person.code),
        "province": (row.province, person.province),
        "ambito": (row.ambito, person.ambito),
        "path_start": (row.path_start, person.started_on),
        # Files from before this column say nothing of it.
        "activity_start": (
            row.activity_start or person.activity_started_on,
            person.activity_started_on or row.activity_start,
        ),
        # The end may still be to come; what is there is not taken away.
        "path_end": (row.path_end, person.ended_on or row.path_end),
        "end_reason": (row.end_reason, person.end_reason or row.end_reason),
        # It may be told later; what is there is not taken away.
        "sex": (_sex(row.sex or person.sex), _sex(person.sex or row.sex)),
    }
    for column, (written, registered) in compared.items():
        if column in row.told and written != registered:
            yield Problem(
                row.line,
                f"{COLUMNS[column]}: nel registro c'è «{registered}», nel file «{written or ''}»:"
                " correggi il file",
            )


def _sex(code: str | None) -> str:
    return SEX_WORDS[code] if code else ""


def _says_more(row: PersonRow, person: Row[Any]) -> bool:
    ends = (row.path_end, row.end_reason) != (person.ended_on, person.end_reason or "")
    begins = row.activity_start is not None and person.activity_started_on is None
    tells = row.sex is not None and person.sex is None
    return begins or tells or (row.path_end is not None and ends)


def _write_down(connection: Connection, path: _PathRow) -> None:
    row = path.row
    if row.path_end:
        stored.end_path(connection, path.path_id, row.path_end, row.end_reason or None)
    if row.activity_start:
        stored.begin_activity(connection, path.path_id, row.activity_start)
    if row.sex:
        stored.complete_sex(connection, path.code, row.sex)


def _add(connection: Connection, rows: Sequence[PersonRow], now: datetime) -> list[_PathRow]:
    people = [
        {
            "code": row.code,
            "province": row.province,
            "ambito": row.ambito,
            "sex": row.sex,
            "demonstration": False,
            "created_at": now,
        }
        for row in rows
    ]
    paths = [
        {
            "person_id": person_id,
            "started_on": row.path_start,
            "activity_started_on": row.activity_start,
            "ended_on": row.path_end,
            "end_reason": row.end_reason or None,
        }
        for person_id, row in zip(stored.add_people(connection, people), rows, strict=True)
    ]
    path_ids = stored.add_paths(connection, paths)
    return [_PathRow(path_id, row.code, row) for path_id, row in zip(path_ids, rows, strict=True)]
