"""The register: people and their paths come in all together or not at all, with what is due from them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.source import Problem
from surveyapp.storage import register as stored
from surveyapp.study.due import PLAN, Due, administrations_due
from surveyapp.study.errors import ImportRefusedError, RefusedError
from surveyapp.study.keys import new_key
from surveyapp.study.people_cells import COLUMNS, PersonRow

DEMONSTRATION_PRESENT = (
    "il database contiene i dati della dimostrazione: toglili con «surveyapp demo --clear», poi importa"
)

Values = dict[str, Any]


@dataclass(frozen=True)
class ImportSummary:
    """What an import changed."""

    added: int
    ended: int
    unchanged: int
    administrations: int


@dataclass(frozen=True)
class _PathRow:
    """A row of the file with the path it speaks of."""

    path_id: int
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
    known = {person.code.casefold(): person for person in stored.people(connection)}
    if problems := [problem for row in rows for problem in _conflicts(row, known.get(row.code.casefold()))]:
        raise ImportRefusedError(problems)
    new = [row for row in rows if row.code.casefold() not in known]
    ended = [
        _PathRow(person.path_id, row)
        for row in rows
        if (person := known.get(row.code.casefold())) and _says_more(row, person)
    ]
    for path in ended:
        stored.end_path(connection, path.path_id, path.row.path_end, path.row.end_reason or None)
    added = _add(connection, new, now)
    made = sum(_plan(connection, catalogue, form, [*added, *ended]) for form in PLAN)
    return ImportSummary(len(added), len(ended), len(rows) - len(added) - len(ended), made)


def administration_row(
    instrument: Instrument, form: str, path_id: int, respondent: str, due: Due, key: str
) -> Values:
    """The columns of an administration that is due, pinned to a version of its instrument."""
    return {
        "key": key,
        "path_id": path_id,
        "respondent": respondent,
        "instrument": instrument.id,
        "version": instrument.version,
        "digest": instrument.digest,
        "form": form,
        "occasion": due.occasion,
        "due_from": due.due_from,
        "due_to": due.due_to,
        "late_to": due.late_to,
    }


def _conflicts(row: PersonRow, person: Row[Any] | None) -> Iterator[Problem]:
    if person is None:
        return
    compared = {
        "code": (row.code, person.code),
        "province": (row.province, person.province),
        "ambito": (row.ambito, person.ambito),
        "path_start": (row.path_start, person.started_on),
        # The end may still be to come; what is there is not taken away.
        "path_end": (row.path_end, person.ended_on or row.path_end),
        "end_reason": (row.end_reason, person.end_reason or row.end_reason),
    }
    for column, (written, registered) in compared.items():
        if written != registered:
            yield Problem(
                row.line,
                f"{COLUMNS[column]}: nel registro c'è «{registered}», nel file «{written or ''}»:"
                " correggi il file",
            )


def _says_more(row: PersonRow, person: Row[Any]) -> bool:
    ends = (row.path_end, row.end_reason) != (person.ended_on, person.end_reason or "")
    return row.path_end is not None and ends


def _add(connection: Connection, rows: Sequence[PersonRow], now: datetime) -> list[_PathRow]:
    people = [
        {
            "code": row.code,
            "province": row.province,
            "ambito": row.ambito,
            "demonstration": False,
            "created_at": now,
        }
        for row in rows
    ]
    paths = [
        {
            "person_id": person_id,
            "started_on": row.path_start,
            "ended_on": row.path_end,
            "end_reason": row.end_reason or None,
        }
        for person_id, row in zip(stored.add_people(connection, people), rows, strict=True)
    ]
    path_ids = stored.add_paths(connection, paths)
    return [_PathRow(path_id, row) for path_id, row in zip(path_ids, rows, strict=True)]


def _plan(
    connection: Connection, catalogue: Catalogue, planned: tuple[str, str], paths: Sequence[_PathRow]
) -> int:
    """Make what is due of one form and not there yet; how many administrations."""
    instrument_id, form = planned
    there = stored.planned(connection, instrument_id, form)
    occasions = {(made.path_id, made.occasion) for made in there}
    first_versions = {made.path_id: (made.version, made.digest) for made in reversed(there)}
    rows = [
        administration_row(instrument, form, path.path_id, path.row.code, due, new_key())
        for path in paths
        for instrument in [_version(catalogue, instrument_id, first_versions.get(path.path_id))]
        for due in administrations_due(instrument, form, path.row.path_start, path.row.path_end)
        if (path.path_id, due.occasion) not in occasions
    ]
    return len(stored.add_administrations(connection, rows))


def _version(catalogue: Catalogue, instrument_id: str, first: tuple[str, str] | None) -> Instrument:
    """The version of the path's first administration, to its end; for a new path the newest."""
    return catalogue.pinned(instrument_id, *first) if first else catalogue.newest(instrument_id)
