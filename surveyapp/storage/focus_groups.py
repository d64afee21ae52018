"""Focus groups in the database: meetings, the versions they discuss, who takes part, who voted for what."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from surveyapp.storage.focus_tables import (
    Criterion,
    Excerpt,
    FocusGroup,
    FocusParticipant,
    FocusVersion,
    RatingRound,
    ReaderTest,
    Vote,
)
from surveyapp.storage.revision_tables import Decision

# What keeps a meeting from being deleted, and the column that names the meeting.
HELD_BY = {
    "decisions": Decision.focus_group_id,
    "excerpts": Excerpt.focus_group_id,
    "votes": Vote.focus_group_id,
    "rounds": RatingRound.focus_group_id,
    "reader_tests": ReaderTest.focus_group_id,
    "criteria": Criterion.found_in,
}


def listed(connection: Connection) -> list[Row[Any]]:
    """Every meeting, the newest first, with how many take part and how many notes there are."""
    participants = _number_of(FocusParticipant.focus_group_id).label("participants")
    excerpts = _number_of(Excerpt.focus_group_id).label("excerpts")
    query = select(FocusGroup.__table__, participants, excerpts)
    return list(connection.execute(query.order_by(FocusGroup.planned_for.desc(), FocusGroup.id.desc())))


def found(connection: Connection, meeting: int, *, locked: bool = False) -> Row[Any] | None:
    """One meeting, or None; `locked` lets nobody else add to it until the transaction ends."""
    query = select(FocusGroup.__table__).where(FocusGroup.id == meeting)
    return connection.execute(query.with_for_update() if locked else query).one_or_none()


def id_of(connection: Connection, code: str) -> int | None:
    """The meeting with a code, or None."""
    return connection.scalar(select(FocusGroup.id).where(FocusGroup.code == code))


def add(connection: Connection, values: Mapping[str, Any]) -> int:
    """Keep a new meeting; its id. Raises IntegrityError for a code that is there already."""
    return int(connection.execute(insert(FocusGroup).values(**values).returning(FocusGroup.id)).scalar_one())


def change(connection: Connection, meeting: int, values: Mapping[str, Any]) -> None:
    """Change what is known of a meeting. Raises IntegrityError for a code that is there already."""
    connection.execute(update(FocusGroup).where(FocusGroup.id == meeting).values(**values))


def versions(connection: Connection, meeting: int) -> list[tuple[str, str]]:
    """The instrument versions that a meeting discusses."""
    columns = (FocusVersion.instrument, FocusVersion.version)
    query = select(*columns).where(FocusVersion.focus_group_id == meeting).order_by(*columns)
    return [(row.instrument, row.version) for row in connection.execute(query)]


def set_versions(connection: Connection, meeting: int, wanted: Iterable[tuple[str, str]]) -> None:
    """Discuss these versions and no others."""
    connection.execute(delete(FocusVersion).where(FocusVersion.focus_group_id == meeting))
    rows = [{"focus_group_id": meeting, "instrument": one, "version": version} for one, version in wanted]
    if rows:
        connection.execute(insert(FocusVersion), rows)


def holding(connection: Connection, meeting: int) -> dict[str, int]:
    """What keeps a meeting from being deleted, with how many there are of each; empty where nothing does."""
    numbers = {
        name: int(connection.execute(select(func.count()).where(column == meeting)).scalar_one())
        for name, column in HELD_BY.items()
    }
    return {name: number for name, number in numbers.items() if number}


def remove(connection: Connection, meeting: int) -> None:
    """Delete a meeting with its participants. Raises IntegrityError where something holds it."""
    for column in (FocusVersion.focus_group_id, FocusParticipant.focus_group_id):
        connection.execute(delete(column.class_).where(column == meeting))
    connection.execute(delete(FocusGroup).where(FocusGroup.id == meeting))


def participants(connection: Connection, meeting: int) -> list[Row[Any]]:
    """Who takes part, by code."""
    table = FocusParticipant.__table__
    query = select(table).where(FocusParticipant.focus_group_id == meeting)
    return list(connection.execute(query.order_by(FocusParticipant.code)))


def participant(connection: Connection, meeting: int, participant_id: int) -> Row[Any] | None:
    """One participant of a meeting, or None."""
    query = select(FocusParticipant.__table__).where(
        FocusParticipant.id == participant_id, FocusParticipant.focus_group_id == meeting
    )
    return connection.execute(query).one_or_none()


def participant_with(connection: Connection, meeting: int, code: str) -> int | None:
    """The participant of a meeting with a code, or None."""
    mine = (FocusParticipant.focus_group_id == meeting, FocusParticipant.code == code)
    return connection.scalar(select(FocusParticipant.id).where(*mine))


def add_participant(connection: Connection, meeting: int, values: Mapping[str, Any]) -> None:
    """Somebody more takes part. Raises IntegrityError for a code that is there already."""
    connection.execute(insert(FocusParticipant).values(focus_group_id=meeting, **values))


def change_participant(connection: Connection, participant_id: int, values: Mapping[str, Any]) -> None:
    """Change what is known of a participant. Raises IntegrityError for a code that is there already."""
    connection.execute(update(FocusParticipant).where(FocusParticipant.id == participant_id).values(**values))


def is_heard(connection: Connection, participant_id: int) -> bool:
    """Whether a participant said something that is noted, or voted."""
    said = select(Excerpt.id).where(Excerpt.speaker_id == participant_id).limit(1)
    voted = select(Vote.id).where(Vote.participant_id == participant_id).limit(1)
    return any(connection.scalar(query) is not None for query in (said, voted))


def remove_participant(connection: Connection, participant_id: int) -> None:
    """Take a participant off the list. Raises IntegrityError for one who was heard."""
    connection.execute(delete(FocusParticipant).where(FocusParticipant.id == participant_id))


def votes(connection: Connection, meeting: int) -> list[tuple[int, str, int]]:
    """Every vote of a meeting: participant, criterion, points."""
    columns = (Vote.participant_id, Vote.criterion, Vote.points)
    query = select(*columns).where(Vote.focus_group_id == meeting).order_by(Vote.id)
    return [(row.participant_id, row.criterion, row.points) for row in connection.execute(query)]


def set_votes(connection: Connection, meeting: int, participant_id: int, points: Mapping[str, int]) -> None:
    """The points of a participant, by criterion, in the place of those given before."""
    connection.execute(delete(Vote).where(Vote.participant_id == participant_id))
    whose = {"focus_group_id": meeting, "participant_id": participant_id}
    rows = [{**whose, "criterion": criterion, "points": given} for criterion, given in points.items()]
    if rows:
        connection.execute(insert(Vote), rows)


def _number_of(column: Any) -> Any:
    return select(func.count()).where(column == FocusGroup.id).correlate(FocusGroup).scalar_subquery()
