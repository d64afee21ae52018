"""Meetings read from the database; what may not be told stays there."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row

from surveyapp.focus_groups.names import looks_like_names
from surveyapp.focus_groups.notes import Coded, coded_twice, criteria_of
from surveyapp.focus_groups.readers import Read, Tried, Understood, by_wording
from surveyapp.focus_groups.votes import ranking
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.meetings import reading_decisions, reading_rounds
from surveyapp.reports.meetings.material import (
    NAMES,
    NO_CONSENT,
    UNKNOWN,
    Code,
    Material,
    Meeting,
    Note,
    Person,
    Tested,
)
from surveyapp.reports.meetings.wordings import about, plain, words
from surveyapp.storage import excerpts, rating_rows
from surveyapp.storage import focus_groups as stored
from surveyapp.study.errors import RefusedError

# A role that says who somebody is.
ROLE_HELD = "ruolo non riportato (sembra contenere un nome)"
# The columns of a meeting that stand in a synthesis as they are.
_COPIED = ("planned_for", "held_on", "minutes", "recorded", "demonstration", "audience")
_TEXTS = ("code", "title", "place", "moderator", "observer")


def read_one(connection: Connection, catalogue: Catalogue, meeting: int) -> Material:
    """One meeting. Raises RefusedError where there is none with this id."""
    row = stored.found(connection, meeting)
    if row is None:
        raise RefusedError("il focus group non c'è più: guarda l'elenco dei focus group")
    return _material(connection, catalogue, [row])


def read_all(connection: Connection, catalogue: Catalogue) -> Material:
    """Every meeting, oldest first."""
    rows = sorted(stored.listed(connection), key=lambda row: (row.held_on or row.planned_for, row.id))
    return _material(connection, catalogue, rows)


def _material(connection: Connection, catalogue: Catalogue, rows: list[Row[Any]]) -> Material:
    titles = criteria_of(catalogue, excerpts.new_criteria(connection))
    return Material(
        meetings=tuple(_meeting(connection, catalogue, row) for row in rows),
        titles={code: plain(title) for code, title in titles.items()},
        new=excerpts.found_in(connection),
    )


def _meeting(connection: Connection, catalogue: Catalogue, row: Row[Any]) -> Meeting:
    people = stored.participants(connection, row.id)
    lines, codes = excerpts.listed(connection, row.id), excerpts.codes(connection, row.id)
    votes = stored.votes(connection, row.id)
    texts: dict[str, Any] = {name: plain(getattr(row, name)) for name in _TEXTS}
    return Meeting(
        **{name: getattr(row, name) for name in _COPIED},
        **texts,
        closed=row.closed_at is not None,
        versions=tuple(about(catalogue, *one) for one in stored.versions(connection, row.id)),
        people=tuple(map(_person, people)),
        notes=tuple(_note(line, people) for line in lines),
        codes=frozenset(Code(one.excerpt_id, one.criterion, one.kind) for one in codes),
        twice=coded_twice(
            [Coded(one.excerpt_id, one.coder, one.criterion) for one in codes],
            {line.id: line.key for line in lines},
        ),
        ranked=tuple(ranking((str(person), criterion, points) for person, criterion, points in votes)),
        voters=len({person for person, *_ in votes}),
        rounds=reading_rounds.read(connection, catalogue, row.id),
        decisions=reading_decisions.read(connection, row.id, {line.id: line.position for line in lines}),
        tested=_tested(connection, catalogue, row.id, {one.code for one in people if one.quotable}),
    )


def _person(row: Row[Any]) -> Person:
    role = plain(row.role)
    return Person(ROLE_HELD if looks_like_names(role) else role, row.quotable, row.recordable)


def _note(line: Row[Any], people: list[Row[Any]]) -> Note:
    """Quoted is who accepted it today; nobody is asked for a note of which nobody knows who said it."""
    consents: Mapping[int, bool] = {one.id: one.quotable for one in people}
    text = plain(line.text)
    held = UNKNOWN if line.speaker_id is None else "" if consents[line.speaker_id] else NO_CONSENT
    held = held or (NAMES if looks_like_names(text) else "")
    return Note(line.id, line.position, line.minute, "" if held else text, held)


def _tested(
    connection: Connection, catalogue: Catalogue, meeting: int, quotable: set[str]
) -> tuple[Tested, ...]:
    """What readers understood; their own words where they are among the participants who may be quoted."""
    rows = rating_rows.reader_tests(connection, meeting)
    held = {(_read(row), row.reader): _is_held(row, quotable) for row in rows}
    found = by_wording(_tried(row, quotable) for row in rows)
    return tuple(_wording(catalogue, one, held) for one in found)


def _wording(catalogue: Catalogue, found: Understood, held: Mapping[tuple[Read, str], bool]) -> Tested:
    read = found.wording
    return Tested(
        words=plain(words(catalogue, read)),
        about=about(catalogue, read.instrument, read.version, read.form, read.variant),
        counts=found.counts,
        said=tuple((one.meaning, one.proposal) for one in found.tests if one.meaning or one.proposal),
        held=sum(held[read, one.reader] for one in found.tests),
    )


def _tried(row: Row[Any], quotable: set[str]) -> Tried:
    said = ("", "") if _is_held(row, quotable) else (plain(row.meaning), plain(row.proposal))
    return Tried(_read(row), row.reader, row.understood, *said)


def _is_held(row: Row[Any], quotable: set[str]) -> bool:
    """Whether a reader said something that may not be told."""
    said = f"{row.meaning}\n{row.proposal}".strip()
    return bool(said) and (row.reader not in quotable or bool(looks_like_names(said)))


def _read(row: Row[Any]) -> Read:
    return Read(row.instrument, row.version, row.item, row.form, row.variant)
